#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Registries on the command line: `cairn verify --registry` and `cairn registry`.

usage: test_registry_cli.py CAIRN
"""
import json
import os
import subprocess
import sys
import tempfile

import tap

CAIRN = os.path.abspath(sys.argv[1])
os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "registry"))
SIGNER = json.load(open("list.json"))["issuer"]
NORTHERN = json.load(open("badge-listed.json"))["issuer"]["id"]
AT = ("--at", "2026-06-01")
folder = tempfile.TemporaryDirectory()


def run(*args):
    done = subprocess.run([CAIRN, *args], capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def verify(badge, *options):
    status, out, err = run("verify", "--json", "--offline", *AT, *options, badge)
    assert not err, err
    assert out.count("\n") == 1, out
    report = json.loads(out)
    report["registry"] = next(step for step in report["steps"] if step["id"] == "registry")
    return status, report


def the_registered_name_is_shown():
    for badge in ("badge-listed.json", "badge-second-id.json"):
        status, report = verify(badge, "--registry", "list.json")
        assert status == 0 and report["registry"]["problem"] == "", report
        assert report["credential"]["issuer"]["name"] == "Northern College", report
        assert "Colleges of Ontario" in report["registry"]["detail"], report
        _, text, _ = run("verify", *AT, "--registry", "list.json", badge)
        assert "signed by  Northern College" in text and "Colleges of Ontario" in text, text
        assert "Our own name" not in text, text


def a_signer_that_no_list_knows_is_a_warning_with_its_key():
    for options in ((), ("--registry", "list.json")):
        status, report = verify("badge-unlisted.json", *options)
        assert status == 0 and report["verdict"] == "verified", report
        assert report["registry"]["outcome"] == "pass" and report["registry"]["problem"] == "issuer-unlisted", report
        assert report["credential"]["issuer"]["id"] in report["registry"]["detail"], report


def a_registered_name_is_never_shown_for_another_key():
    for badge in ("badge-impostor.json", "badge-impostor-alike.json", "badge-impostor-french.json",
                  "badge-forged.json"):
        status, report = verify(badge, "--registry", "list.json")
        assert status == (1 if badge == "badge-forged.json" else 0), report
        assert "name" not in report["credential"]["issuer"], report
        claimed = json.load(open(badge, encoding="utf-8"))["issuer"]["name"]
        claimed = [claimed] if isinstance(claimed, str) else [name["@value"] for name in claimed]
        _, text, _ = run("verify", *AT, "--registry", "list.json", badge)
        for name in claimed + ["Northern College", "Collège Nordique"]:
            assert name not in text and name not in json.dumps(report, ensure_ascii=False), (name, text)


def several_lists_may_be_named():
    status, report = verify("badge-unlisted.json", "--registry", "list.json", "--registry-unsigned",
                            write("more.json", {"registry": {json.load(open("badge-unlisted.json"))["issuer"]["id"]:
                                                             {"name": "Evening School of Sudbury"}}}))
    assert status == 0 and report["credential"]["issuer"]["name"] == "Evening School of Sudbury", report


def write(name, document):
    path = os.path.join(folder.name, name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    return path


def a_list_that_cannot_be_relied_on_is_not_used():
    for path, words in (("list-expired.json", "2026-03-01"), ("list-tampered.json", "invalid-signature"),
                        ("list-unsigned.json", "not verified"), ("badge-listed.json", "no list"),
                        ("list-context-inline.json", "contexts by URL"), ("no-such.json", "no-such.json"),
                        ("make.py", "not-json"), (".", "cairn: .:")):
        status, out, err = run("verify", *AT, "--registry", path, "badge-listed.json")
        assert status == 2 and not out and words in err and err.count("\n") == 1, (path, status, out, err)
        status, out, err = run("verify", *AT, "--json", "--registry", path, "badge-listed.json", "", "-")
        reports = [json.loads(line) for line in out.splitlines()]
        assert status == 2 and words in err and err.count("\n") == 1, (path, status, out, err)
        assert [r["input"] for r in reports] == ["badge-listed.json", "", "-"], reports
        for report in reports:
            (step,) = report["steps"]
            assert report["verdict"] == "unknown" and report["proof"] is None, report
            assert step["id"] == "read" and step["outcome"] == "unknown" and step["detail"] in err, (step, err)
    status, _, err = run("verify", "--at", "2027-06-01", "--registry", "list.json", "badge-listed.json")
    assert status == 2 and "2027-01-01" in err, err
    status, _, err = run("verify", *AT, *["--registry", "list.json"] * 65, "badge-listed.json")
    assert status == 64 and "64" in err, err


def a_list_is_printed():
    status, out, err = run("registry", "check", *AT, "list.json")
    assert status == 0 and not err, err
    for words in ("Colleges of Ontario", SIGNER, "2027-01-01T00:00:00Z", "issuers  2", NORTHERN,
                  "Northern College / Collège Nordique", "did:web:riviere.example"):
        assert words in out, (words, out)
    status, out, err = run("registry", "check", *AT, "list-with-problems.json")
    assert status == 1 and "left out 3" in out and "/credentialSubject/3: This entry has no name." in out, out


def who_signed_a_list_may_be_asked_for():
    assert run("registry", "check", *AT, "--signer", SIGNER, "list.json")[0] == 0
    status, out, err = run("registry", "check", *AT, "--signer", NORTHERN, "list.json")
    assert status == 1 and not out and SIGNER in err and NORTHERN in err, err


def an_unsigned_list_is_checked_where_that_is_said():
    status, out, err = run("registry", "check", "list-unsigned.json")
    assert status == 1 and not out and "not verified" in err, err
    status, out, err = run("registry", "check", "--unsigned", "list-unsigned.json")
    assert status == 1 and "by nobody" in out and "/registry/not an id" in out, out


def bad_lists_have_exit_statuses():
    for path, expected in (("list-expired.json", 1), ("list-tampered.json", 1), ("make.py", 1), ("no-such.json", 2)):
        status, out, err = run("registry", "check", *AT, path)
        assert status == expected and not out and path in err, (path, status, err)
    for args in ((), ("check",), ("check", "a", "b"), ("list", "list.json"), ("import",), ("remove",),
                 ("remove", "one"), ("remove", "-1"), ("import", "--unsigned", "list-unsigned.json"), ("frobnicate",), ("check", "--at", "soon", "list.json"),
                 ("check", "--frobnicate", "list.json")):
        status, out, err = run("registry", *args)
        assert status == 64 and not out and err, (args, status, out, err)
    status, out, _ = run("registry", "--help")
    assert status == 0 and "--signer ID" in out


def lists_are_kept_listed_and_removed():
    db = ("--db", os.path.join(folder.name, "new", "cairn.db"))
    status, out, err = run("registry", "list", *db)
    none = (0, f"no lists are kept in {db[1]}\n", "")
    assert (status, out, err) == none, (status, out, err)
    status, out, err = run("registry", "remove", *db, "1")
    assert status == 1 and not out and db[1] in err, (status, out, err)
    assert not os.path.exists(os.path.dirname(db[1])), "looking made something"
    status, out, err = run("registry", "import", *AT, *db, "--signer", SIGNER, "list.json")
    assert status == 0 and not err and "Colleges of Ontario" in out and out.endswith("kept as  1\n"), (out, err)
    status, again, _ = run("registry", "import", *AT, *db, "./list.json")
    assert status == 0 and again == out, "the next edition replaces the one before"
    status, out, err = run("registry", "list", *db)
    assert status == 0 and not err and out.startswith("1        Colleges of Ontario\n"), out
    for words in (SIGNER, "2027-01-01T00:00:00Z", "list.json", "2026-06-01T00:00:00Z"):
        assert words in out, (words, out)
    status, out, err = run("registry", "remove", *db, "1")
    assert (status, out, err) == (0, "removed  1 Colleges of Ontario\n", ""), (status, out, err)
    status, out, err = run("registry", "remove", *db, "1")
    assert status == 1 and not out and "number 1" in err, err
    assert run("registry", "list", *db) == none


def a_list_that_cannot_be_relied_on_is_not_kept():
    db = ("--db", os.path.join(folder.name, "none.db"))
    for path, expected in (("list-expired.json", 1), ("list-tampered.json", 1), ("list-unsigned.json", 1),
                           ("badge-listed.json", 1), ("no-such.json", 2)):
        status, out, err = run("registry", "import", *AT, *db, path)
        assert status == expected and not out and path in err, (path, status, err)
    status, _, err = run("registry", "import", *AT, *db, "--signer", NORTHERN, "list.json")
    assert status == 1 and SIGNER in err, err
    assert not os.path.exists(db[1])


def a_database_that_cannot_be_used_is_said():
    text = write("text.db", ["no database"] * 1000)
    for path, expected, words, verbs in ((text, 1, "not a database", 0), ("/proc/none/cairn.db", 2, "cannot be made", 2)):
        for args in (("list",), ("remove", "1"), ("import", *AT, "list.json"))[verbs:]:
            status, out, err = run("registry", *args, "--db", path)
            assert status == expected and not out and words in err and path in err, (args, status, out, err)


def a_terminal_is_not_steered_by_a_list():
    path = write("steer.json", {"registry": {NORTHERN: {"name": "North\x1b[2J\u009b"}, "a\nb\x1b": {"name": "x"}}})
    status, out, _ = run("registry", "check", "--unsigned", path)
    assert status == 1 and "\x1b" not in out and "\u009b" not in out, repr(out)


tap.run([
    the_registered_name_is_shown, a_signer_that_no_list_knows_is_a_warning_with_its_key,
    a_registered_name_is_never_shown_for_another_key, several_lists_may_be_named,
    a_list_that_cannot_be_relied_on_is_not_used, a_list_is_printed, who_signed_a_list_may_be_asked_for,
    an_unsigned_list_is_checked_where_that_is_said, bad_lists_have_exit_statuses,
    lists_are_kept_listed_and_removed, a_list_that_cannot_be_relied_on_is_not_kept,
    a_database_that_cannot_be_used_is_said, a_terminal_is_not_steered_by_a_list,
])
