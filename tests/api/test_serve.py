#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`cairn serve`: what it will not start with, how it stops, and what it keeps.

usage: test_serve.py CAIRN
"""
import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import tap

CAIRN = os.path.abspath(sys.argv[1])
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")
SAMPLES = os.path.join(DATA, "..", "..", "docs", "samples")
SAMPLES_REGISTRY = os.path.join(SAMPLES, "registry.json")
folder = tempfile.TemporaryDirectory()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Serving:
    """A server that runs while the block does; its first line has been read."""

    def __init__(self, *args, demo=True, db=None):
        self.port = free_port()
        self.args = [CAIRN, "serve", *(["--demo", "--bare"] if demo else []), "--port", str(self.port),
                     "--db", db or os.path.join(folder.name, f"{self.port}.db"), *args]

    def __enter__(self):
        self.process = subprocess.Popen(self.args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        stdin=subprocess.DEVNULL)
        self.line = self.process.stdout.readline()
        self.listens = self.process.stdout.readline()
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err

    def get(self, path, method="GET", body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


def run(*args):
    done = subprocess.run([CAIRN, "serve", *args], capture_output=True, timeout=30, stdin=subprocess.DEVNULL,
                          cwd=folder.name)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def refused(args, status, *words):
    got = run(*args)
    assert got[0] == status and not got[1] and got[2].count("\n") == 1, (args, got)
    assert got[2].startswith("cairn: ") and all(word in got[2] for word in words), (words, got)


def it_says_where_it_is_answers_and_stops():
    for number in (signal.SIGTERM, signal.SIGINT):
        with Serving() as s:
            assert s.line == f"Cairn is at http://localhost:{s.port} (demonstration; stop with Ctrl-C)\n", s.line
            assert s.get("/healthz") == (200, "ok\n")
            status, out, err = s.stop(number)
            assert status == 0 and out == "Cairn has stopped.\n" and not err, (status, out, err)


def outside_the_demonstration_it_needs_its_origin():
    refused((), 64, "--origin https://", "--demo")
    for origin in ("http://cairn.example", "https://", "https://cairn.example//", "https://cairn.example/path",
                   "https://CAIRN.example", "https://user@cairn.example", "https://cairn.example:0",
                   "https://cairn.example:70000", "https://cairn.example?x", "https://.example", "cairn.example", ""):
        refused(("--origin", origin), 64, "--origin takes https://", origin)
    with Serving("--origin", "https://cairn.example:8443", demo=False) as s:
        assert s.line == "Cairn is at https://cairn.example:8443\n", s.line
        assert s.listens == f"It listens on 127.0.0.1 port {s.port}, with 0 lists of known issuers.\n", s.listens
        assert s.get("/healthz")[0] == 200
        assert s.stop()[0] == 0
    with Serving("--origin", "https://cairn.example/", "--registry", SAMPLES_REGISTRY, demo=False) as s:
        assert s.line == "Cairn is at https://cairn.example\n", s.line
        assert "with 1 list of known issuers" in s.listens, s.listens


def the_demonstration_keeps_to_this_machine():
    for address in ("0.0.0.0", "192.0.2.1", "10.0.0.1", "::", "2001:db8::1", "128.0.0.1", "::ffff:127.0.0.1"):
        refused(("--demo", "--address", address), 64, address, "loopback")
    refused(("--demo", "--origin", "https://cairn.example"), 64, "--origin")
    with Serving("--address", "127.0.0.2") as s:
        assert s.line.startswith("Cairn is at "), s.process.stderr.read()


def wrong_options_are_said():
    for args in (("--port", "0"), ("--port", "65536"), ("--port", "http"), ("--threads", "0"), ("--rate", "-1")):
        refused(("--demo", *args), 64, args[0], args[1])
    refused(("--demo", "--address", "localhost"), 64, "--address", "localhost")
    refused(("--demo", "file.json"), 64, "file.json")
    for option in ("--allow-private", "--frobnicate"):
        assert run("--demo", option)[0] == 64, option
    status, out, _ = run("--help")
    assert status == 0 and "--origin URL" in out and "--allow-private" not in out


def files_that_cannot_be_used_are_said():
    db = ("--demo", "--db", os.path.join(folder.name, "files.db"))
    for option, value in (("--url-map", "no-such.json"), ("--contexts", "no-such"), ("--registry", "no-such.json"),
                          ("--registry", os.path.join(DATA, "registry", "list-tampered.json")),
                          ("--registry", os.path.join(DATA, "registry", "list-unsigned.json"))):
        refused((*db, option, value), 1, value)
    refused((*db, "--context", "no-equals-sign"), 1, "URL=FILE")


def a_port_that_is_taken_is_said():
    with Serving() as s:
        refused(("--demo", "--bare", "--port", str(s.port), "--db", os.path.join(folder.name, "taken.db")), 1, str(s.port),
                "--port")


def a_database_that_cannot_be_used_is_said():
    refused(("--demo", "--db", os.path.join(folder.name, "no", "such", "cairn.db")), 1, "No such file")
    refused(("--demo", "--db", folder.name), 1, folder.name)
    path = os.path.join(folder.name, "text.db")
    with open(path, "w", encoding="utf-8") as file:
        file.write("This is no database. " * 500)
    refused(("--demo", "--db", path), 1, path, "not a database")


def a_database_of_a_newer_program_is_refused():
    path = os.path.join(folder.name, "newer.db")
    with Serving(db=path) as s:
        s.stop()
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO migration VALUES (9000, 'later', 0)")
    db.close()
    refused(("--demo", "--db", path), 1, "newer", path)


def the_default_database_is_under_var_for_the_owner_alone():
    place = os.path.join(folder.name, "fresh")
    os.mkdir(place)
    port = free_port()
    process = subprocess.Popen([CAIRN, "serve", "--demo", "--bare", "--port", str(port)], cwd=place, stdout=subprocess.PIPE,
                               text=True)
    assert process.stdout.readline().startswith("Cairn is at ")
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert os.stat(os.path.join(place, "var")).st_mode & 0o777 == 0o700
    assert os.stat(os.path.join(place, "var", "cairn.db")).st_mode & 0o777 == 0o600


def it_starts_again_after_a_crash():
    path = os.path.join(folder.name, "crash.db")
    subprocess.run([CAIRN, "registry", "import", "--at", "2026-06-01", "--db", path,
                    os.path.join(DATA, "registry", "list.json")], check=True, capture_output=True)
    for _ in range(3):
        with Serving(db=path) as s:
            assert s.get("/healthz")[0] == 200
            s.process.send_signal(signal.SIGKILL)
            s.process.communicate()
    listed = subprocess.run([CAIRN, "registry", "list", "--db", path], check=True, capture_output=True, text=True)
    assert "Colleges of Ontario" in listed.stdout


def it_may_take_its_port_again_at_once():
    with Serving() as s:
        s.get("/healthz")
        s.stop()
        with subprocess.Popen(s.args, stdout=subprocess.PIPE, text=True) as again:
            assert again.stdout.readline() == s.line
            again.terminate()
            again.communicate(timeout=30)


def two_servers_may_use_one_database():
    path = os.path.join(folder.name, "shared.db")
    with Serving(db=path) as one, Serving(db=path) as two:
        assert one.get("/healthz")[0] == two.get("/healthz")[0] == 200
        assert one.stop()[0] == two.stop()[0] == 0


def form(credential, path=None):
    """A multipart body with the file as a browser sends it."""
    with open(path or os.path.join(DATA, "registry", credential), "rb") as file:
        body = (b'--=cut\r\nContent-Disposition: form-data; name="file"; filename="badge.json"\r\n'
                b"Content-Type: application/json\r\n\r\n" + file.read() + b"\r\n--=cut--\r\n")
    return body, {"Content-Type": 'multipart/form-data; boundary="=cut"', "Accept-Language": "en"}


def an_imported_list_gives_the_name_that_is_shown():
    path = os.path.join(folder.name, "names.db")
    body, headers = form("badge-listed.json")
    with Serving(db=path) as s:
        status, page = s.get("/verify", "POST", body, headers)
        assert status == 200 and "Northern College" not in page and "Verified" in page, page
    subprocess.run([CAIRN, "registry", "import", "--db", path, SAMPLES_REGISTRY], check=True, capture_output=True)
    with Serving("--registry", os.path.join(DATA, "registry", "list.json"), db=path) as s:
        status, page = s.get("/verify", "POST", body, headers)
        assert status == 200 and "Northern College" in page and "Colleges of Ontario" in page, page
        status, page = s.get("/verify", "POST", *form("", os.path.join(SAMPLES, "good.json")))
        assert status == 200 and "Northern College" in page and "Colleges of the samples" in page, page


def documents_of_its_own_origin_are_never_fetched():
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.settimeout(1)
        origin = f"https://localhost:{outside.getsockname()[1]}"
        with Serving("--origin", origin, demo=False) as s:
            status, page = s.get("/verify", "POST", f"link={origin}/badge.json",
                                 {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"})
            assert status == 422 and "Error:" in page, (status, page)
            try:
                outside.accept()
                raise AssertionError("it asked over the network")
            except TimeoutError:
                pass


def a_request_under_way_is_answered_before_it_stops():
    body, headers = form("badge-listed.json")
    head = f"POST /verify HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with Serving() as s:
        with socket.create_connection(("127.0.0.1", s.port), timeout=30) as c:
            c.sendall(head.encode() + b"\r\n" + body[:100])
            time.sleep(0.3)
            s.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            assert s.process.poll() is None, "it did not wait"
            c.sendall(body[100:])
            answer = b""
            while part := c.recv(4096):
                answer += part
            assert answer.startswith(b"HTTP/1.1 200 ") and b"Verified" in answer, answer
        out, err = s.process.communicate(timeout=30)
        assert s.process.returncode == 0 and out == "Cairn has stopped.\n" and not err, (out, err)


def a_second_signal_ends_it_at_once():
    """While a request is under way that nobody will end."""
    with Serving() as s, socket.create_connection(("127.0.0.1", s.port), timeout=30) as c:
        c.sendall(b"POST /verify HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
        assert c.recv(4096).startswith(b"HTTP/1.1 100 ")
        s.process.send_signal(signal.SIGTERM)
        try:
            while True:
                socket.create_connection(("127.0.0.1", s.port), timeout=30).close()
        except ConnectionError:
            pass  # it is stopping
        assert s.stop(signal.SIGINT) == (-signal.SIGINT, "", "")


def nothing_is_said_of_who_asks_for_what():
    body, headers = form("badge-listed.json")
    with Serving() as s:
        s.get("/verify", "POST", body, headers)
        s.get("/no-such-page")
        assert s.stop() == (0, "Cairn has stopped.\n", "")


def a_list_that_has_expired_is_left_out():
    path = os.path.join(folder.name, "expired.db")
    subprocess.run([CAIRN, "registry", "import", "--at", "2026-02-01", "--db", path,
                    os.path.join(DATA, "registry", "list-expired.json")], check=True, capture_output=True)
    with Serving(db=path) as s:
        assert s.line.startswith("Cairn is at ")
        _, _, err = s.stop()
        assert "list 1 is left out" in err and err.count("\n") == 1, err


tap.run([
    it_says_where_it_is_answers_and_stops, outside_the_demonstration_it_needs_its_origin,
    the_demonstration_keeps_to_this_machine, wrong_options_are_said, files_that_cannot_be_used_are_said,
    a_port_that_is_taken_is_said, a_database_that_cannot_be_used_is_said, a_database_of_a_newer_program_is_refused,
    the_default_database_is_under_var_for_the_owner_alone, it_starts_again_after_a_crash,
    it_may_take_its_port_again_at_once, two_servers_may_use_one_database,
    an_imported_list_gives_the_name_that_is_shown, documents_of_its_own_origin_are_never_fetched,
    a_request_under_way_is_answered_before_it_stops, a_second_signal_ends_it_at_once, nothing_is_said_of_who_asks_for_what,
    a_list_that_has_expired_is_left_out,
])
