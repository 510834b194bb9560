# SPDX-License-Identifier: Apache-2.0
"""The rows of `make bench`, and how they are measured: both sides in turn, round after round.

Each side is a process that lives as long as its row (bench_worker, peers.mjs) and does the work as often as it can when
it is its turn; the other waits. A side that is Node.js works for WARM seconds of CPU time first, so that its compiler
has seen the code; ours has two turns. What is set side by side was measured in the same round.
"""
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = Path(os.environ.get("CAIRN_BUILD", ROOT / "build")).resolve()
BUILT, CAIRN = BUILD / "tests" / "bench", BUILD / "cairn"
# Frameworks that users bring: their rows are left out where they are not here.
ESCO = ROOT.parent / "shared" / "data" / "esco"
WARM = 2.0  # seconds, of Node.js


class Failed(Exception):
    pass


@dataclass
class Row:
    key: str
    work: str     # for people
    against: str
    target: float  # the ratio that is asked for; 0: none is
    ours: list    # a side: its kind, and what it is told
    theirs: list
    by: str = "cpu"  # what judges: CPU time, the clock on the wall, or both


PEER = {"vc": "@digitalbazaar/vc", "sd": "@digitalbazaar/ecdsa-sd-2023-cryptosuite",
        "list": "@digitalbazaar/vc-bitstring-status-list"}
ROWS = [
    Row("verify", "verify eddsa-rdfc-2022", "libsodium verify", 0.6, ["ours", "verify"], ["ours", "limit-verify"]),
    Row("verify-peer", "verify eddsa-rdfc-2022", PEER["vc"], 80, ["ours", "verify"], ["node", "verify"]),
    Row("sign", "sign eddsa-rdfc-2022", "libsodium sign", 0.3, ["ours", "sign"], ["ours", "limit-sign"]),
    Row("sign-peer", "sign eddsa-rdfc-2022", PEER["vc"], 0, ["ours", "sign"], ["node", "sign"]),
    Row("to-rdf", "JSON-LD to RDF, from bytes", "jsonld", 150, ["ours", "to-rdf"], ["node", "to-rdf"]),
    Row("rdfc-memory", "RDFC-1.0, 10,000 quads, memory", "rdf-canonize", 8, ["ours", "rdfc-memory"], ["node", "rdfc-memory"]),
    Row("rdfc-text", "RDFC-1.0, 10,000 quads, text", "rdf-canonize", 100, ["ours", "rdfc-text"], ["node", "rdfc-text"]),
    Row("sd-derive", "ecdsa-sd-2023 derive", PEER["sd"], 30, ["ours", "sd-derive"], ["node", "sd-derive"]),
    Row("sd-verify", "ecdsa-sd-2023 verify", PEER["sd"], 30, ["ours", "sd-verify"], ["node", "sd-verify"]),
    Row("sd-limit", "ecdsa-sd-2023 verify", "libcrypto, as many signatures", 0, ["ours", "sd-verify"],
        ["ours", "limit-sd-verify"]),
    Row("jwt", "JWT EdDSA verify", "jose", 4, ["ours", "jwt-verify"], ["node", "jwt-verify"]),
    Row("status", "status list, 131,072 bits", PEER["list"], 4, ["ours", "status"], ["node", "status"]),
    Row("cold", "cold `cairn verify FILE`", f"Node.js, {PEER['vc']}", 50, ["spawn", "cairn"], ["spawn", "node"], "wall"),
    Row("threads", "verify, two threads", "one thread", 1.7, ["ours", "verify", 2], ["ours", "verify", 1], "wall"),
    Row("esco", "ESCO: import, two languages", "Python, csv and sqlite3", 0, ["esco", "cairn"], ["esco", "python"]),
    Row("esco-again", "ESCO: the same again", "the first time", 0, ["esco", "again"], ["esco", "cairn"]),
    Row("find", "ESCO: a letter typed, 20 found", "FTS5, ORDER BY rank", 0, ["find", "find"], ["find", "rank"]),
    Row("http", "verify over HTTP", "in process, two threads", 0.5, ["http"], ["ours", "verify", 2], "both"),
]
if not ESCO.is_dir():
    ROWS = [row for row in ROWS if row.ours[0] not in ("esco", "find")]


@dataclass
class Turn:
    times: int
    wall: float
    cpu: float

    def rate(self, wall):
        return self.times / (self.wall if wall else self.cpu)


@dataclass
class Result:
    row: Row
    ours: list  # a Turn a round
    theirs: list

    def ratios(self, wall):
        return sorted(a.rate(wall) / b.rate(wall) for a, b in zip(self.ours, self.theirs))

    @property
    def by_wall(self):
        """Whether the wall is what the ratio is told by."""
        return self.row.by == "wall"

    def met(self):
        judges = {"cpu": [False], "wall": [True], "both": [False, True]}[self.row.by]
        return all(median(self.ratios(wall)) >= self.row.target for wall in judges)


def median(values):
    values = sorted(values)
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


def read_turn(line, what):
    words = line.split()
    if len(words) != 3 or words[0] == "error":
        raise Failed(f"{what}: {line.strip() or 'it has ended by itself'}")
    return Turn(int(words[0]), float(words[1]), max(float(words[2]), 1e-9))


# ---- Sides: each has a turn of so many seconds, and ends ----

class Worker:
    """A program that answers lines."""

    def __init__(self, command, work, threads=None):
        self.work, self.threads = work, threads
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def turn(self, seconds):
        words = [self.work, str(max(1, round(seconds * 1000)))] + ([str(self.threads)] if self.threads else [])
        try:
            self.process.stdin.write(" ".join(words) + "\n")
        except BrokenPipeError:
            pass
        return read_turn(self.process.stdout.readline(), self.work)

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


class Command:
    """A program that is started for each turn."""

    def __init__(self, make, end=lambda: None):
        self.make, self.end = make, end

    def turn(self, seconds):
        done = subprocess.run([str(word) for word in self.make(max(1, round(seconds * 1000)))], stdout=subprocess.PIPE,
                              text=True, check=False)
        return read_turn(done.stdout, "a command")


def spawned(files, program):
    command = {"cairn": [CAIRN, "verify", "--url-map", files / "url-map.json", files / "badge.json"],
               "node": ["node", HERE / "cold.mjs", files]}[program]
    return Command(lambda ms: [BUILT / "bench_spawn", ms, *command])


class Served(Command):
    """The server's VC-API, asked over 16 connections. CPU seconds are those of the server and of who asks."""

    def __init__(self, files):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        keys, asked, self.said = files / "keys", files / "request.json", files / "served.err"
        keys.mkdir(exist_ok=True)
        shutil.copy(files / "ed25519.jwk", keys / "ed25519.json")
        asked.write_text('{"verifiableCredential":' + (files / "badge.json").read_text() + "}")
        with open(self.said, "w", encoding="utf-8") as said:
            self.server = subprocess.Popen(
                [CAIRN, "serve", "--demo", "--bare", "--port", str(port), "--db", files / "served.db", "--vc-api", keys,
                 "--url-map", files / "url-map.json"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
        self.wait_for(port)
        super().__init__(lambda ms: [BUILT / "bench_http", port, "/vc-api/credentials/verify", "application/json", asked,
                                     16, ms, '"verified":true'], self.stop)

    def wait_for(self, port):
        while self.server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise Failed(f"the server has ended by itself: {self.said.read_text()}")

    def cpu(self):
        fields = Path(f"/proc/{self.server.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def turn(self, seconds):
        before = self.cpu()
        turn = super().turn(seconds)
        turn.cpu += self.cpu() - before
        return turn

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait()


def start(side, files):
    kind, *rest = side
    if kind == "ours":
        return Worker([BUILT / "bench_worker", files], *rest)
    if kind == "node":
        return Worker(["node", HERE / "peers.mjs", files], *rest)
    if kind == "esco":
        return Worker([HERE / "esco.py", CAIRN, *esco_files()], *rest)
    if kind == "find":
        return Worker([BUILT / "bench_find", found_in(files)], *rest)
    return spawned(files, *rest) if kind == "spawn" else Served(files)


def esco_files():
    return [*sorted((ESCO / "en-v1.1.1").glob("*.zip")), *sorted((ESCO / "fr-v1.2.1-labels").glob("*.gz")),
            *sorted((ESCO / "fr-v1.0-full").glob("*.gz"))]


def found_in(files):
    """A database with ESCO, made for the first who asks."""
    path = files / "esco.db"
    if not path.exists():
        say("importing ESCO")
        run(CAIRN, "init", "--origin", "https://cairn.example", "--db", path)
        subprocess.run([CAIRN, "competencies", "import", *esco_files(), "--db", path], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=True)
    return path


# ---- A row ----

def say(text):
    """What is going on, on one line that the next overwrites."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def warm(side, kind, seconds):
    side.turn(max(WARM, seconds) if kind == "node" else seconds / 2)


def measure(row, files, rounds, seconds):
    sides = []
    try:
        for side in (row.ours, row.theirs):
            say(f"{row.key}: warming up")
            sides.append(start(side, files))
            warm(sides[-1], side[0], seconds)
        result = Result(row, [], [])
        for i in range(rounds):
            say(f"{row.key}: round {i + 1} of {rounds}")
            result.ours.append(sides[0].turn(seconds))
            result.theirs.append(sides[1].turn(seconds))
        return result
    finally:
        say("")
        for side in sides:
            side.end()


def run(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Failed(f"{Path(command[0]).name} ended with status {done.returncode}")
    return done.stdout


def memory(files):
    """Bytes at most, bytes kept, how often memory was asked for."""
    return [int(word) for word in run(BUILT / "bench_memory", files, "verify").split()]


def make_files(folder, rows):
    small = [] if {"curves", "rdfc-memory", "rdfc-text"} & set(rows) else ["small"]
    say("making what is measured")
    run(HERE / "make.py", CAIRN, folder, *small)
    return Path(folder)


def renew():
    compiler = run("gcc", "-dumpfullversion").strip()
    run(HERE / "count.py", BUILT / "bench_count", BUILT / "bench_memory", f"gcc {compiler}", "renew")
    return 0
