#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Real Open Badges 3.0 and CLR 2.0 of many issuers, through the command line, against expected.json.

usage: ob3.py CAIRN CONFORMANCE_DIR    (speaks TAP; without the corpus there is nothing to run)
"""
import json
import pathlib
import subprocess
import sys

FORMATS = {"json", "jwt", "png", "svg"}  # as many as the program reads
# Words of expected.json that Cairn says in more detail.
ALSO = {
    "data-loss": {"data-loss", "jsonld-error"},
    "verification-method-unresolvable": {"verification-method-unresolvable", "key-not-given"},
}


def run(cairn, folder, names, clock):
    command = [cairn, "verify", "--json", "--at", clock, "--url-map", str(folder / "url-map.json")]
    done = subprocess.run(command + [str(folder / n) for n in names], capture_output=True, timeout=300, check=False)
    lines = done.stdout.decode().splitlines()
    if len(lines) != len(names):
        sys.exit(f"Bail out! {len(names)} inputs, {len(lines)} lines; {done.stderr.decode()[:500]}")
    return dict(zip(names, map(json.loads, lines))), done.returncode


def differences(want, got):
    """What of the scored parts differs, in words."""
    problems = {s["problem"] for s in got["steps"] if s["outcome"] != "pass"}
    if "overall" in want["scored"]:
        if (got["verdict"] == "verified") != want["verified"]:
            yield f"verdict {got['verdict']}, verified should be {want['verified']}"
        for reason in want["reasons"]:
            if not ALSO.get(reason, {reason}) & problems:
                yield f"no step says {reason}"
        if want["reasons"] == ["status-list-unretrievable"] and got["verdict"] != "unknown":
            yield f"verdict {got['verdict']}: what could not be checked is unknown"
    if "proof" in want["scored"] and got["proof"] is not want["proof"]:
        yield f"proof {got['proof']}, should be {want['proof']}"
    if "proof-lenient" in want["scored"]:
        warned = any(s["outcome"] == "pass" and s["problem"] for s in got["steps"] if s["id"] == "proof")
        if got["proof"] is not True or not warned:
            yield "proof should be true, with a warning"


def main():
    cairn, conformance = sys.argv[1], pathlib.Path(sys.argv[2])
    folder = conformance / "ob3"
    if not folder.is_dir():
        print("1..0 # SKIP the public corpus is not on this machine")
        return
    expected = json.loads((folder / "expected.json").read_text())
    names = [n for n, v in expected["files"].items() if {v["format"], *({"jwt"} & v.keys())} <= FORMATS]
    number = 0
    for clock in (expected["clock"]["evaluated_at"], "2026-01-24T00:00:01Z", "2029-12-30T00:00:00Z"):
        results, status = run(cairn, folder, names, clock)
        for name in names:
            number += 1
            wrong = list(differences(expected["files"][name], results[name]))
            print(f"{'not ok' if wrong else 'ok'} {number} - {name} at {clock[:10]}")
            for line in wrong:
                print(f"# {line}: {json.dumps(results[name]['steps'])[:2000]}")
        number += 1
        print(f"{'ok' if status == 1 else 'not ok'} {number} - the exit status says that some did not verify ({status})")
    print(f"1..{number}")


main()
