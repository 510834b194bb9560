#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`cairn privacy report` from outside.

usage: test_privacy.py CAIRN
"""
import json
import os
import subprocess
import sys
import tempfile

import tap

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


tap.run([both_languages_are_printed_one_after_the_other, programs_read_json, wrong_usage_is_said])
