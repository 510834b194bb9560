#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`cairn export` and `cairn import`: one organisation from one server's database into another's.

usage: test_move.py CAIRN
"""
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile

import tap

CAIRN = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = tempfile.TemporaryDirectory()
TABLES = ("organisation", "person", "address", "member", "signing_key", "achievement", "version", "status_list",
          "status_place", "upload", "upload_row", "award", "claim", "audit", "session", "mail")


def place(*names):
    return os.path.join(FOLDER.name, *names)


def write(name, text):
    with open(place(name), "w", encoding="utf-8") as file:
        file.write(text)
    return place(name)


def run(*args):
    done = subprocess.run([CAIRN, *args], capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def ask(folder, sql, *values):
    db = sqlite3.connect(place(folder, "cairn.db"))
    try:
        with db:
            return db.execute(sql, values).fetchall()
    finally:
        db.close()


def counts(folder):
    return {table: ask(folder, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


def server(folder, origin):
    """A new server's database, with its origin and master key."""
    os.mkdir(place(folder))
    status, out, err = run("init", "--origin", origin, "--db", place(folder, "cairn.db"))
    assert status == 0, (out, err)


PASSPHRASE = write("passphrase", "correct horse battery staple\nnothing else counts\n")
WRONG = write("wrong", "correct horse battery stable\n")
OLD, NEW = "https://old.example", "https://new.example"


def fill(folder):
    """An organisation with members, a definition and awards as the program leaves them, and another organisation."""
    subprocess.run([sys.executable, os.path.join(HERE, "..", "tools", "awards.py"), place(folder, "cairn.db"),
                    place("filled.json")], check=True, timeout=60)
    [(identifier,)] = ask(folder, "SELECT id FROM organisation WHERE name_en = 'Riverbend College'")
    return identifier


def export(folder, organisation, name, *more, passphrase=PASSPHRASE):
    return run("export", "--db", place(folder, "cairn.db"), "--organisation", organisation, "--out", place(name),
               "--passphrase-file", passphrase, *more)


def bring(folder, name, passphrase=PASSPHRASE):
    return run("import", "--db", place(folder, "cairn.db"), "--passphrase-file", passphrase, place(name))


def refused(done, *words, status=1):
    assert done[0] == status and not done[1] and done[2].count("\n") == 1, done
    for word in words:
        assert word in done[2], (word, done)


def wrong_usage_is_said():
    for args in (("export",), ("export", "--organisation", "x"), ("export", "--out", place("x")), ("import",),
                 ("import", "a", "b"), ("import", "--frobnicate", "a"), ("export", "--organisation", "x", "--out", "y", "z")):
        status, out, err = run(*args)
        assert status == 64 and not out and err, (args, out, err)
    for command in ("export", "import"):
        status, out, err = run(command, "--help")
        assert status == 0 and "--passphrase-file" in out and not err, (out, err)
    assert not os.path.exists(place("x"))


def what_cannot_be_exported_leaves_no_file():
    server("none", OLD)
    refused(export("none", "nobody", "none.cairn"), "nobody", "cairn organisation list")
    refused(export("nowhere", "nobody", "none.cairn"), "there is no database")
    refused(export("none", "nobody", "none.cairn", passphrase=place("no-such")), "no-such")
    ask("none", "INSERT INTO organisation (id, name_en, name_fr, url, domain, fictional, created_at) "
        "VALUES ('org', 'A', 'B', '', '', 0, 0)")
    refused(export("none", "org", "none.cairn", passphrase=write("short", "short\n")), "at least 12")
    refused(run("export", "--db", place("none", "cairn.db"), "--organisation", "org", "--out", place("none.cairn")),
            "--passphrase-file")
    os.rename(place("none", "master.key"), place("master.away"))
    refused(export("none", "org", "none.cairn"), "master key")
    os.rename(place("master.away"), place("none", "master.key"))
    assert not os.path.exists(place("none.cairn"))
    write("taken", "something of mine")
    refused(export("none", "org", "taken"), "exists")
    assert open(place("taken"), encoding="utf-8").read() == "something of mine"
    refused(export("none", "org", os.path.join("no", "such", "folder")), "No such file")


def an_organisation_arrives_whole():
    server("old", OLD)
    server("new", NEW)
    college = fill("old")
    # tests/tools/awards.py seals nothing.
    refused(export("old", college, "college.cairn"), "sealed with another master key")
    ask("old", "UPDATE signing_key SET sealed = ?", sealed("old"))
    status, out, err = export("old", college, "college.cairn")
    assert status == 0 and not err, err
    assert "Riverbend College / Collège de la Boucle\n" in out and place("college.cairn") in out, out
    before = counts("old")
    assert f"awards        {before['award']}\n" in out and "members       2\n" in out, out
    assert stat.S_IMODE(os.stat(place("college.cairn")).st_mode) == 0o600
    text = open(place("college.cairn"), encoding="utf-8").read()
    assert "Hilltop" not in text and "stranger@" not in text and "correct horse" not in text

    status, out, err = bring("new", "college.cairn")
    assert status == 0 and not err, err
    assert OLD in out and NEW in out and "Riverbend College" in out, out
    after = counts("new")
    for table in ("achievement", "version", "award", "claim", "signing_key", "status_list"):
        assert after[table] == before[table] > 0, (table, before, after)
    assert after["organisation"] == 1 and after["person"] == 3 and after["session"] == 0, after
    assert ask("new", "SELECT action FROM audit WHERE person IS NULL") == [("organisation.imported",)]
    assert ask("old", "SELECT id, document, name, claimed_at, revoked_at, revoke_reason FROM award ORDER BY id") == \
        ask("new", "SELECT id, document, name, claimed_at, revoked_at, revoke_reason FROM award ORDER BY id")
    refused(bring("new", "college.cairn"), "here already")
    assert counts("new") == after

    server("same", OLD)
    status, out, err = bring("same", "college.cairn")
    assert status == 0 and "origin is the same" in out, (out, err)


def sealed(folder):
    """32 bytes as the program seals them: libsodium's secretbox under the master key."""
    import ctypes
    sodium = ctypes.CDLL("libsodium.so.23")
    with open(place(folder, "master.key"), encoding="ascii") as file:
        key = bytes.fromhex(file.read().strip())
    out, nonce, plain = ctypes.create_string_buffer(48), os.urandom(24), os.urandom(32)
    assert sodium.crypto_secretbox_easy(out, plain, ctypes.c_ulonglong(32), nonce, key) == 0
    return nonce + out.raw


def what_is_not_whole_changes_nothing():
    server("clean", NEW)
    before = counts("clean")
    data = open(place("college.cairn"), "rb").read()
    lines = data.splitlines(keepends=True)

    def tried(content, *words, **how):
        with open(place("bad.cairn"), "wb") as file:
            file.write(content)
        refused(bring("clean", "bad.cairn", **how), *words)
        assert counts("clean") == before, words

    tried(data, "another passphrase", passphrase=WRONG)
    tried(b"".join(lines[:-1]), "cut off")
    tried(data[:len(data) // 2], "changed")
    tried(b"".join(lines[:2]), "cut off")
    at = data.index(b"\"87 %\"")
    tried(data[:at + 1] + b"9" + data[at + 2:], "seal")
    tried(b"".join(lines[:-3] + lines[-2:]), "seal")
    tried(data + b"{}\n", "follows")
    tried(b"\x00\xff" * 50, "cairn export")
    tried(b"", "cut off")
    refused(bring("clean", "no-such.cairn"), "no-such.cairn")
    refused(bring("missing", "college.cairn"), "there is no database")
    os.remove(place("clean", "master.key"))
    refused(bring("clean", "college.cairn"), "master key")
    assert counts("clean") == before


tap.run([wrong_usage_is_said, what_cannot_be_exported_leaves_no_file, an_organisation_arrives_whole,
         what_is_not_whole_changes_nothing])
