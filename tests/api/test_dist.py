#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tarball of a release: the same bytes each time, all of the commit, and its checks need no git.

usage: test_dist.py
"""
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import tap

ROOT = Path(__file__).resolve().parent.parent.parent
TOP = tempfile.TemporaryDirectory(prefix="cairn-dist-")


def run(*command, cwd=ROOT):
    done = subprocess.run([str(c) for c in command], capture_output=True, timeout=120, cwd=cwd, text=True)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def made(folder):
    return ROOT / run(ROOT / "tools" / "dist", Path(TOP.name) / folder).strip()


def the_same_commit_gives_the_same_bytes():
    assert made("one").read_bytes() == made("two").read_bytes()


def all_of_the_commit_is_in_it():
    with tarfile.open(made("one")) as tar:
        names = {name.split("/", 1)[1] for name in tar.getnames() if "/" in name}
        files = {m.name.split("/", 1)[1] for m in tar.getmembers() if m.isfile() or m.issym()}
        assert all(name.startswith("cairn-") for name in tar.getnames())
        assert all(m.uid == 0 and not m.mode & 0o022 for m in tar.getmembers()), "nobody's machine shows"
    wanted = set(run("git", "-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", "HEAD").splitlines())
    assert files == wanted, files ^ wanted
    assert {"LICENSE", "meson.build", "package-lock.json"} <= names


def its_checks_need_no_git():
    with tarfile.open(made("one")) as tar:
        tar.extractall(TOP.name)
    tree = next(Path(TOP.name).glob("cairn-*"))
    for folder in ("build", "node_modules", "var"):
        (tree / folder).mkdir()
        (tree / folder / "made.c").write_text("no licence here")
    for check in ("check-spdx", "check-layers", "check-size"):
        there = run(sys.executable, tree / "tools" / check, cwd=tree)
        assert there.count("\nok ") > 100
        assert "made.c" not in there


if not (ROOT / ".git").exists():
    print("1..0 # SKIP this is no git checkout")
    sys.exit(0)
tap.run([the_same_commit_gives_the_same_bytes, all_of_the_commit_is_in_it, its_checks_need_no_git])
