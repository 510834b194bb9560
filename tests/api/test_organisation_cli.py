#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""From nothing to an organisation with an administrator: `cairn init`, `cairn organisation`, the invitation's mail.

usage: test_organisation_cli.py CAIRN
"""
import email
import email.policy
import glob
import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import tap
from serving import free_port

CAIRN = os.path.abspath(sys.argv[1])
ORIGIN = "https://cairn.example"
NAMES = ("--name-en", "North College", "--name-fr", "Collège du Nord")
WITHIN = 30
folder = tempfile.TemporaryDirectory()
DB = os.path.join(folder.name, "cairn.db")


def run(*args):
    done = subprocess.run([CAIRN, *args, "--db", DB], capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def mails():
    with sqlite3.connect(DB, timeout=10) as database:
        return database.execute("SELECT recipient, language, kind FROM mail ORDER BY number").fetchall()


def without_a_database_it_says_so():
    status, out, err = run("organisation", "list")
    assert status == 1 and not out and "no database" in err, (status, err)


def init_makes_what_a_server_needs():
    status, _, err = run("init", "--origin", ORIGIN)
    assert status == 0, err
    assert os.stat(DB).st_mode & 0o777 == 0o600
    assert os.stat(os.path.join(folder.name, "master.key")).st_mode & 0o777 == 0o600


def wrong_words_change_nothing():
    for args, part in ((("add", *NAMES), "--administrator"), (("add", *NAMES, "--administrator", "an na"), "address"),
                       (("add", *NAMES, "--administrator", "a@b.example", "--lang", "de"), "en or fr"),
                       (("invite", "none", "--administrator", "a@b.example"), "organisation list"),
                       (("sing",), "organisation takes")):
        status, out, err = run("organisation", *args)
        assert status in (1, 64) and not out and part in err, (args, status, out, err)
    assert run("organisation", "list")[1] == "" and mails() == []


def add_invites_the_administrator():
    status, out, err = run("organisation", "add", *NAMES, "--administrator", "Zoe@college.example", "--lang", "fr")
    assert status == 0 and re.fullmatch(r"[\w-]{22}\n", out) and "invitation" in err, (out, err)
    assert mails() == [("zoe@college.example", "fr", "invitation")]
    assert f"{out.strip()}  0 members  North College / Collège du Nord\n" == run("organisation", "list")[1]


def the_invitation_makes_an_administrator():
    port = free_port()
    server = subprocess.Popen([CAIRN, "serve", "--db", DB, "--port", str(port)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + WITHIN
        while not (found := glob.glob(os.path.join(folder.name, "outbox", "*.eml"))):
            assert server.poll() is None and time.monotonic() < end, "no invitation was sent"
            time.sleep(0.1)
        with open(found[0], "rb") as file:
            letter = email.message_from_binary_file(file, policy=email.policy.default)
        text = letter.get_body(("plain",)).get_content()
        path = re.search(re.escape(ORIGIN) + r"(/sign-in/link)/([\w-]{43})\?lang=fr\s", text)
        assert "Collège du Nord" in text and "North College" not in text, text
        answers = []
        for method in ("GET", "HEAD", "POST", "POST"):
            ask = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            post = method == "POST"
            ask.request(method, path[1] if post else f"{path[1]}/{path[2]}",
                        headers={"Host": "cairn.example", "Origin": ORIGIN,
                                 "Content-Type": "application/x-www-form-urlencoded"},
                        body=f"token={path[2]}" if post else None)
            answer = ask.getresponse()
            answer.read()
            answers.append((method, answer.status, run("organisation", "list")[1].split("  ")[1]))
            ask.close()
        assert [a[2] for a in answers] == ["0 members", "0 members", "1 member", "1 member"], answers
        assert answers[2][1] == 303 and answers[3][1] >= 400, answers
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


tap.run([without_a_database_it_says_so, init_makes_what_a_server_needs, wrong_words_change_nothing,
         add_invites_the_administrator, the_invitation_makes_an_administrator])
