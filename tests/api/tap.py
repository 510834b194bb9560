# SPDX-License-Identifier: Apache-2.0
"""Runs functions as tests and prints TAP."""
import sys
import traceback


def run(tests):
    """Each test is a function; its name, with spaces, is what is printed."""
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace("_", " ")
        try:
            test()
            print(f"ok {number} - {name}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {number} - {name}", flush=True)
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
    sys.exit(1 if failed else 0)
