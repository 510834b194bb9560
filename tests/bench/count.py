#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/bench/count.py BENCH_COUNT BENCH_MEMORY COMPILER [renew]

Counts the instructions that Cairn's own code takes for each of the main works, with valgrind's callgrind, and holds them
against instructions.json: one result in TAP a work. A clock would tell how busy the machine is; this does not. What
libraries take is left out, because OpenSSL, libsodium and libc choose their code by the processor.

COMPILER is what built it ("gcc 12.2.0"): another one makes other instructions, and nothing is held against them. With
"renew" (tools/bench --renew) the file is written anew, after a change that is worth what it costs.

One result more: a verification takes less than a megabyte and gives all of it back.
"""
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent.parent / "tools"))
from make import graph  # noqa: E402
from tap import Tap  # noqa: E402

KEPT = HERE / "instructions.json"
WORKS = ["verify", "sign", "to-rdf", "rdfc", "quads-1000", "jwt-verify", "sd-derive", "sd-verify", "status", "json-read",
         "jcs"]
MEMORY = 1_000_000
TOLERANCE = 0.03  # above it, what changed is more than where the compiler put things


def instructions(dump, program):
    """Those of a callgrind dump that stand in the program itself: costs of calls are the callee's, and it has its own."""
    total, inside, after_call = 0, False, False
    for line in dump.read_text(errors="replace").splitlines():
        if line.startswith("ob="):
            inside = Path(line[3:]).name == program.name
        elif line.startswith("calls="):
            after_call = True
        elif re.match(r"[+\-*\d]", line):
            total += int(line.split()[-1]) if inside and not after_call else 0
            after_call = False
    return total


def count(program, files, works):
    """The instructions of each work."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=cn_bench_counted",
             "--dump-after=cn_bench_counted", "--compress-strings=no", "--compress-pos=no",
             f"--callgrind-out-file={folder}/out", program, files, *works],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            sys.exit(done.stdout)
        return {work: instructions(Path(folder) / f"out.{i}", program) for i, work in enumerate(works, 1)}


def count_main_works(program):
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        shutil.copytree(HERE / "data", files)
        (files / "quads-1000.nq").write_text(graph(1000), encoding="utf-8")
        return count(program, files, WORKS)


def hold(counted, kept, tap):
    for work, now in counted.items():
        was = kept.get(work, 0)
        change = f"{now / was - 1:+.1%}" if was else "new"
        tap.result(f"{work}: {now:,} instructions, {change}", [] if 0 < now <= was * (1 + TOLERANCE) else [
            f"{now:,} instructions instead of {was:,}, and {TOLERANCE:.0%} more are let pass.",
            "If the change is worth it: tools/bench --renew"])


def weigh(program, tap):
    """Bytes at most, bytes kept, and how often memory was asked for."""
    done = subprocess.run([program, HERE / "data", "verify"], stdout=subprocess.PIPE, text=True, check=True)
    peak, kept, _ = (int(word) for word in done.stdout.split())
    tap.result(f"verify: {peak:,} bytes at most, {kept} not given back", [] if peak < MEMORY and not kept else [
        f"It should take less than {MEMORY:,} bytes and keep none."])


def main():
    if len(sys.argv) not in (4, 5) or sys.argv[4:] not in ([], ["renew"]):
        print(__doc__, file=sys.stderr)
        return 64
    program, memory, compiler = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), sys.argv[3]
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    if sys.argv[4:]:
        KEPT.write_text(json.dumps({"compiler": compiler, "instructions": count_main_works(program)}, indent=2) + "\n")
        return 0
    tap = Tap()
    weigh(memory, tap)
    if not shutil.which("valgrind"):
        tap.skip("instructions", "valgrind is not installed")
    elif kept.get("compiler") != compiler:
        tap.skip("instructions", f"they were counted with {kept.get('compiler')}, and this is {compiler}")
    else:
        hold(count_main_works(program), kept["instructions"], tap)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
