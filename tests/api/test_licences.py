#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`cairn licences` prints what the files of the source tree say.

usage: test_licences.py CAIRN
"""
import os
import subprocess
import sys
from pathlib import Path

import tap

CAIRN = os.path.abspath(sys.argv[1])
ROOT = Path(__file__).resolve().parent.parent.parent


def run(*args):
    done = subprocess.run([CAIRN, "licences", *args], capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def everything_is_printed():
    status, out, err = run()
    assert status == 0 and not err, err
    assert (ROOT / "NOTICE").read_text() in out
    assert (ROOT / "LICENSE").read_text() in out
    rows = [line for line in (ROOT / "data" / "licences.txt").read_text().splitlines() if line[:1] not in ("", "#")]
    assert rows and all(f"\n  {row}\n" in out for row in rows)


def it_takes_nothing():
    for args in (("x",), ("--x",)):
        status, out, err = run(*args)
        assert status == 64 and not out and err, (args, status, out)
    status, out, _ = run("--help")
    assert status == 0 and out.startswith("usage: cairn licences")


tap.run([everything_is_printed, it_takes_nothing])
