#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`cairn privacy report` from outside; and what a server says while people sign in, award and claim.

usage: test_privacy.py CAIRN
"""
import json
import os
import re
import subprocess
import sys
import tempfile

import tap
from network import FILE, ask, award, database, send, session, start
from serving import Cairn, get

CAIRN = os.path.abspath(sys.argv[1])
ENGLISH, FRENCH = "# Personal information in Cairn", "# Les renseignements personnels dans Cairn"
folder = tempfile.TemporaryDirectory()


def run(*args):
    done = subprocess.run([CAIRN, "privacy", *args], capture_output=True, timeout=60, stdin=subprocess.DEVNULL,
                          cwd=folder.name)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def both_languages_are_printed_one_after_the_other():
    status, out, err = run("report")
    assert status == 0 and not err, err
    assert out.startswith(ENGLISH) and out.count("\n---\n") == 1, out
    english, french = out.split("\n---\n\n")
    assert french.startswith(FRENCH), french
    assert (english, french) == (run("report", "--lang", "en")[1], run("--lang", "fr", "report")[1])
    rows = [[line.count("|") for line in text.splitlines() if line.startswith("|")] for text in (english, french)]
    assert rows[0] == rows[1] and len(rows[0]) > 60 and set(rows[0]) == {5}, rows
    assert os.listdir(folder.name) == [], "it makes nothing"


def programs_read_json():
    status, out, err = run("report", "--json")
    report = json.loads(out)
    assert status == 0 and not err and report["format"] == "cairn-privacy-report", err
    personal = [column for column in report["columns"] if column["personal"]]
    assert 0 < len(personal) < len(report["columns"])
    for column in personal:
        assert set(column["holds"]) == {"en", "fr"}, column
        assert column["purpose"] in report["purposes"] and column["retention"] in report["retention"], column
        assert column["readers"] and set(column["readers"]) <= set(report["readers"]), column
    for words in (report["purposes"], report["readers"], report["retention"]):
        assert all(set(word["text"]) == {"en", "fr"} and word["text"]["en"] != word["text"]["fr"] for word in words.values())
    french = json.loads(run("report", "--json", "--lang", "fr")[1])
    assert set(french["purposes"]["award"]["name"]) == {"fr"}, french["purposes"]


def wrong_usage_is_said():
    for args in ((), ("repport",), ("report", "more"), ("report", "--lang", "de"), ("report", "--lang", "")):
        status, out, err = run(*args)
        assert status == 64 and not out and err, (args, status, out, err)


def no_log_names_anybody():
    """The mail server is not there, so that what cannot be done is said too."""
    start("logs").stop()
    with Cairn(CAIRN, "--db", database("logs"), "--offline", "--trust-proxy", "--smtp", "smtp://127.0.0.1:1") as server:
        token = session("logs", "priya@cedarbay.example")
        cookie = f"session={token}"
        assert send(server, "/sign-in", email="amina@learner.example").status < 400
        assert send(server, "/sign-in/code", email="amina@learner.example", code="K7QMX-3TXPA").status == 422
        assert get(server, "/account", f"Cookie: {cookie}", "X-Forwarded-For: 198.51.100.7").status == 200
        award(server, cookie, "logs")
        [(facts,)] = ask("logs", "SELECT facts FROM mail WHERE recipient = 'odile@learner.example'")
        link, code = json.loads(facts)["link"], json.loads(facts)["code"]
        path = re.sub("^https?://[^/]*", "", link)
        assert get(server, path).status == 200 and send(server, path).status == 303
        for wrong in ("/credentials/Odile-Girard", "/claim/odile@learner.example", "/Odile?email=odile@learner.example"):
            assert get(server, wrong).status == 404, wrong
        server.prints(rb"known issuers")
    said = (server.printed + server.rest).decode() + server.complaints
    assert "Cairn has stopped." in said and "mail" in said, said
    personal = ["Odile", "Girard", "odile", "amina", "priya", "Priya", "learner.example", "cedarbay", "new.csv", "C-2001",
                "198.51", "K7QMX", "/sign-in", "/claim", token, code, path.rsplit("/", 1)[1], FILE.splitlines()[1]]
    found = [word for word in personal if word in said]
    assert not found, (found, said)


tap.run([both_languages_are_printed_one_after_the_other, programs_read_json, wrong_usage_is_said, no_log_names_anybody])
