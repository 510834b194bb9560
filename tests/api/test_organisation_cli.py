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
seen = {}  # what one test leaves to the next
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


def a_twin_is_refused_unless_it_is_meant():
    before = run("organisation", "list")[1]
    for names in (NAMES, ("--name-en", "NORTH COLLEGE", "--name-fr", "Autre"),
                  ("--name-en", "Other", "--name-fr", "Collège du Nord")):
        status, out, err = run("organisation", "add", *names, "--administrator", "ann@college.example")
        assert status == 1 and not out and before.split("  ")[0] in err and "--another" in err, (names, err)
    assert run("organisation", "list")[1] == before
    status, out, err = run("organisation", "add", *NAMES, "--another", "--administrator", "ann@college.example")
    assert status == 0, err
    seen["twin"] = out.strip()


def an_organisation_is_renamed():
    twin = seen["twin"]
    assert run("organisation", "rename", twin)[0] == 1
    status, _, err = run("organisation", "rename", twin, "--name-en", "South College", "--url", "https://south.example")
    assert status == 0, err
    assert "South College / Collège du Nord" in run("organisation", "list")[1]
    status, _, err = run("organisation", "rename", twin, "--url", "http://south.example")
    assert status == 1 and "https://" in err, err
    assert run("organisation", "rename", twin, "--name-fr", " ")[0] == 1
    with sqlite3.connect(DB, timeout=10) as database:
        assert database.execute("SELECT name_fr, url FROM organisation WHERE id = ?", (twin,)).fetchall() == [
            ("Collège du Nord", "https://south.example")]


def an_empty_organisation_is_removed_and_no_other():
    twin = seen["twin"]
    with sqlite3.connect(DB, timeout=10) as database:
        database.execute("INSERT INTO achievement (id, organisation, draft, created_at, updated_at) "
                         "SELECT 'a', number, '{}', 1, 1 FROM organisation WHERE id = ?", (twin,))
    status, _, err = run("organisation", "remove", twin)
    assert status == 1 and "stays" in err and twin in run("organisation", "list")[1], err
    with sqlite3.connect(DB, timeout=10) as database:
        database.execute("DELETE FROM achievement")
        database.execute("DELETE FROM mail WHERE recipient = 'ann@college.example'")
    status, _, err = run("organisation", "remove", twin)
    assert status == 0 and twin not in run("organisation", "list")[1], err
    with sqlite3.connect(DB, timeout=10) as database:
        assert database.execute("SELECT count(*) FROM ticket WHERE email = 'ann@college.example'").fetchall() == [(0,)]
        said = database.execute("SELECT action FROM audit WHERE subject = ?", (twin,)).fetchall()
    assert said == [("organisation.made",), ("organisation.changed",), ("organisation.removed",)], said
    assert run("organisation", "remove", twin)[0] == 1


def an_organisation_without_a_key_says_so():
    status, out, err = run("keys", "list")
    assert status == 0 and "North College\n  no key yet" in out, (out, err)


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
         add_invites_the_administrator, a_twin_is_refused_unless_it_is_meant, an_organisation_is_renamed,
         an_empty_organisation_is_removed_and_no_other, an_organisation_without_a_key_says_so,
         the_invitation_makes_an_administrator])
