#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The audit's chain from outside: its hashes as another program works them out, `cairn audit`, a server and commands that
write at once, an account that is deleted, what was done past the program, and how long 100,000 rows take (10,000 with
CAIRN_PART in the environment, which builds with AddressSanitizer have).

usage: test_audit_chain.py CAIRN
"""
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

import staff
import tap
from serving import Cairn, get, post
from staff import Organisation, Visitor, fields_of

CAIRN = os.path.abspath(sys.argv[1])
SERVER = Cairn(CAIRN)
SQL = Path(__file__).parents[2] / "src/store"
DB = os.path.join(SERVER.folder.name, "cairn.db")
COLLEGE = Organisation(SERVER)
BOSS = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
HAND = Visitor(SERVER, COLLEGE, staff.DESIGNER)
FORM = "application/x-www-form-urlencoded"
TRIGGERS = ("audit_stays", "audit_link_stays", "audit_remains", "audit_link_remains")
MANY = 10_000 if os.environ.get("CAIRN_PART") else 100_000
seen = {}


def run(*args, db=DB):
    done = subprocess.run([CAIRN, *args, "--db", db], capture_output=True, timeout=120, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def verify(*args, db=DB):
    status, out, err = run("audit", "verify", "--json", *args, db=db)
    assert not err, err
    report = json.loads(out)
    assert status == (0 if report["holds"] else 1), (status, report)
    return report


def send(at, who, **fields):
    kept = fields_of(get(SERVER, at, who.cookie))
    answer = post(SERVER, at, FORM, urllib.parse.urlencode({**kept, **fields}).encode(), who.cookie)
    assert answer.status == 303, answer.text()


def copy():
    """The database as it is now, without what guards it: for what somebody does past the program."""
    to = os.path.join(SERVER.folder.name, "copy.db")
    for end in ("", "-wal", "-shm"):
        if os.path.exists(to + end):
            os.remove(to + end)
    source, target = sqlite3.connect(DB, timeout=20), sqlite3.connect(to, isolation_level=None)
    source.backup(target)
    source.close()
    for trigger in TRIGGERS:
        target.execute(f"DROP TRIGGER {trigger}")
    return to, target


def netstring(value):
    data = value if isinstance(value, bytes) else str(value).encode()
    return b"%d:%s," % (len(data), data)


def chain(db):
    """The links as docs/decisions/0016 describes them: every number with its hash."""
    before, out = bytes(32), {}
    steps = {row[0]: row[1:] for row in db.execute(
        "SELECT r.number, r.state, r.version, r.digest, r.document, coalesce(r.body, 0), r.reason, r.at, coalesce(p.from_at, 0), "
        "coalesce(p.until_at, 0) FROM review r LEFT JOIN approval p ON p.step = r.number")}
    rows = db.execute("SELECT a.number, a.at, l.organisation, l.actor, l.salt, l.who, a.action, a.subject, a.step FROM audit a "
                      "JOIN audit_link l ON l.number = a.number ORDER BY a.number").fetchall()
    for number, at, organisation, actor, salt, who, action, subject, step in rows:
        if actor:
            assert hashlib.sha256(salt + actor.encode()).digest() == who, number
        parts = ("cairn audit 1", before, number, at, organisation, who, action, subject)
        if step:
            said = hashlib.sha256(b"".join(map(netstring, steps[step]))).digest()
            parts = ("cairn audit 2", *parts[1:], said)
        before = out[number] = hashlib.sha256(b"".join(map(netstring, parts))).digest()
    return out


def every_step_leaves_a_link():
    for i in range(5):
        send(f"/organisations/{COLLEGE.id}/achievements/new", HAND, **{"name-en": f"A{i}", "name-fr": f"R{i}", "months": ""})
    send(f"/organisations/{COLLEGE.id}/edit", BOSS, **{"name-en": "East College"})
    texts = {f"{field}-{language}": "Keeps the books." for field in ("name", "description", "criteria") for language in ("en", "fr")}
    send(f"/organisations/{COLLEGE.id}/achievements/new", BOSS, **texts, months="")
    [(made,)] = staff.run(SERVER, "SELECT id FROM achievement ORDER BY number DESC LIMIT 1")
    assert run("achievement", "publish", made, "--organisation", COLLEGE.id)[0] == 0
    assert run("achievement", "withdraw", made, "--organisation", COLLEGE.id, "--reason", "Never taught.")[0] == 0
    assert staff.run(SERVER, "SELECT count(*) FROM audit WHERE step IS NOT NULL") == [(4,)]
    report = verify()
    [(rows, links)] = staff.run(SERVER, "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM audit_link)")
    assert report["holds"] and report["entries"] == rows == links and rows >= 6, (report, rows, links)
    status, out, _ = run("audit", "verify")
    assert status == 0 and out.startswith("The chain holds: ") and f"{rows} entries" in out, out


def another_program_works_out_the_same_hashes():
    db = sqlite3.connect(DB, timeout=20)
    worked_out = chain(db)
    assert worked_out == dict(db.execute("SELECT number, hash FROM audit_link").fetchall())
    db.close()
    last = max(worked_out)
    assert run("audit", "head")[1] == f"{worked_out[last].hex()}@{last}\n"
    seen["head"] = f"{worked_out[last].hex()}@{last}"
    assert verify()["head"] == seen["head"] and verify("--head", seen["head"])["holds"]


def pages_and_commands_write_at_once():
    """A server and several commands at a time: nobody waits in vain, and the chain does not fork."""
    body = Organisation(SERVER)
    assert run("organisation", "set", body.id, "--quality-body", "yes")[0] == 0
    failed = []

    def commands():
        for _ in range(8):
            made = run("organisation", "scope", "grant", COLLEGE.id, "--body", body.id, "--purpose", "endorse")
            failed.extend([made] if made[0] else [])

    def pages():
        for i in range(8):
            send(f"/organisations/{COLLEGE.id}/edit", BOSS, **{"name-en": f"College {i}"})

    threads = [threading.Thread(target=work) for work in (commands, commands, pages, pages)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed
    report = verify("--head", seen["head"])
    assert report["holds"], report
    [(granted, changed)] = staff.run(SERVER, "SELECT (SELECT count(*) FROM audit WHERE action = 'scope.granted'), "
                                     "(SELECT count(*) FROM audit WHERE action = 'organisation.changed')")
    assert (granted, changed) == (16, 17), (granted, changed)


def an_account_that_is_deleted_leaves_no_name_and_a_whole_chain():
    [(person,)] = staff.run(SERVER, "SELECT id FROM person WHERE number = ?", HAND.number)
    before = dict(staff.run(SERVER, "SELECT number, hash FROM audit_link"))
    kept = fields_of(get(SERVER, "/account/delete", HAND.cookie))
    answer = post(SERVER, "/account/delete", FORM, urllib.parse.urlencode(kept).encode(), HAND.cookie)
    assert answer.status in (200, 303), answer.text()
    assert staff.run(SERVER, "SELECT count(*) FROM person WHERE id = ?", person) == [(0,)]
    assert staff.run(SERVER, "SELECT count(*) FROM audit_link WHERE actor = ?", person) == [(0,)]
    [(forgotten,)] = staff.run(SERVER, "SELECT count(*) FROM audit_link WHERE length(who) = 32 AND actor = '' AND salt = x''")
    assert forgotten == 5, forgotten
    after = dict(staff.run(SERVER, "SELECT number, hash FROM audit_link"))
    assert before.items() <= after.items() and verify("--head", seen["head"])["holds"]


def what_is_done_past_the_program_is_named():
    head = run("audit", "head")[1].strip()
    last = int(head.split("@")[1])
    at = staff.run(SERVER, "SELECT at FROM audit WHERE number = 3")[0][0]
    iso = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
    step = staff.run(SERVER, "SELECT max(number) FROM audit WHERE action = 'review.withdrawn'")[0][0]
    for sql, kind, first, to, good in (
            (["DROP TRIGGER review_stays", "UPDATE review SET reason = 'It was taught.' WHERE state = 8"], "altered", step, step,
             step - 1),
            (["DROP TRIGGER approval_stays", "UPDATE approval SET until_at = 4102444800"], "altered", step - 2, step - 2, step - 3),
            (["DROP TRIGGER approval_stays", "UPDATE approval SET withdrawn_at = NULL"], "step", 4, 4, None),
            (["UPDATE audit SET subject = 'x' WHERE number = 3"], "altered", 3, 3, 2),
            (["DELETE FROM audit WHERE number = 3"], "removed", 3, 3, 2),
            (["DELETE FROM audit WHERE number IN (3, 4)", "DELETE FROM audit_link WHERE number IN (3, 4)"], "removed", 3, 4, 2),
            (["INSERT INTO audit (at, action, subject) VALUES (1, 'a.b', '')"], "foreign", last + 1, last + 1, last)):
        path, db = copy()
        for one in sql:
            db.execute(one)
        db.close()
        report = verify(db=path)
        assert [(f["kind"], f["first"], f["last"]) for f in report["faults"]] == [(kind, first, to)], (sql, report)
        status, out, _ = run("audit", "verify", db=path)
        assert status == 1 and "does not hold" in out, out
        if kind == "step":
            assert "step 4 of a review" in out and report["last_good"] is None, (out, report)
            continue
        assert report["last_good"]["number"] == good, report
        assert f"last good entry before that is {good}" in out, out
        if kind == "altered" and first == 3:
            assert f"entry 3 ({iso}): altered" in out, out


def a_removed_end_is_found_by_a_head_that_was_noted():
    for i in range(3):
        send(f"/organisations/{COLLEGE.id}/edit", BOSS, **{"name-en": f"College at the end {i}"})
    head = run("audit", "head")[1].strip()
    last = int(head.split("@")[1])
    path, db = copy()
    db.execute("DELETE FROM audit WHERE number > ?", (last - 3,))
    db.execute("DELETE FROM audit_link WHERE number > ?", (last - 3,))
    db.close()
    assert verify(db=path)["holds"]
    report = verify("--head", head, db=path)
    assert [(f["kind"], f["first"], f["last"]) for f in report["faults"]] == [("removed", last - 2, last)], report


def a_chain_that_was_written_anew_is_found_by_it_too():
    head = run("audit", "head")[1].strip()
    path, db = copy()
    db.execute("UPDATE audit SET subject = 'x' WHERE number = 3")
    for number, value in chain(db).items():
        db.execute("UPDATE audit_link SET hash = ? WHERE number = ?", (value, number))
    db.close()
    assert verify(db=path)["holds"]
    report = verify("--head", head, db=path)
    assert [f["kind"] for f in report["faults"]] == ["head"] and report["last_good"] is None, report


def the_page_says_since_when_it_holds_and_that_it_does_not():
    at = f"/organisations/{COLLEGE.id}/audit"
    for language, words in (("en", "has been chained since"), ("fr", "est enchaîné depuis le")):
        text = get(SERVER, f"{at}?lang={language}", BOSS.cookie).text()
        assert words in text and "cairn audit verify" not in text, text
    staff.run(SERVER, "INSERT INTO audit (at, action, subject) VALUES (1, 'a.b', '')")
    for language, words in (("en", "altered or removed past the program"), ("fr", "à l’insu du programme")):
        text = get(SERVER, f"{at}?lang={language}", BOSS.cookie).text()
        assert words in text and "cairn audit verify" in text, text
    # Taken away again as somebody would who can write the file.
    db = sqlite3.connect(DB, timeout=20)
    with db:
        [(guard,)] = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'audit_remains'").fetchall()
        db.execute("DROP TRIGGER audit_remains")
        db.execute("DELETE FROM audit WHERE action = 'a.b'")
        db.execute(guard)
    db.close()
    assert verify()["holds"]


def wrong_words_are_refused():
    for args, status in ((("audit",), 64), (("audit", "sing"), 64), (("audit", "verify", "--head", "abc"), 1),
                         (("audit", "verify", "--head", "00@1"), 1), (("audit", "prune"), 1),
                         (("audit", "prune", "--before", "soon"), 1)):
        got = run(*args)
        assert got[0] == status and not got[1] and got[2].startswith("cairn:"), (args, got)


def retention_takes_out_what_is_old():
    path, db = copy()
    db.close()
    head = run("audit", "head", db=path)[1].strip()
    assert run("audit", "prune", "--before", "2020-01-01", db=path)[:2] == (0, "0\n")
    with sqlite3.connect(path) as db:
        [(rows,)] = db.execute("SELECT count(*) FROM audit").fetchall()
    status, out, err = run("audit", "prune", "--before", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 2 * 86400)), db=path)
    assert status == 0 and int(out) == rows, (out, rows, err)
    report = verify("--head", head, db=path)
    assert report["holds"] and report["entries"] == 1 and report["pruned"] == int(head.split("@")[1]), report


def before_the_chain():
    """A database as the migrations up to the chain leave it, with one organisation and one person."""
    path = os.path.join(SERVER.folder.name, "old.db")
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA application_id={int.from_bytes(b'Cair', 'big')}")
    db.executescript((SQL / "sql/migration_table.sql").read_text())
    for number, file in enumerate(sorted((SQL / "migrations").glob("*.sql")), 1):
        if file.stem.endswith("-chain"):
            break
        db.executescript(file.read_text())
        db.execute("INSERT INTO migration VALUES (?, ?, 0)", (number, file.stem.split("-", 1)[1]))
    now = int(time.time())
    db.execute("INSERT INTO organisation (id, name_en, name_fr, url, domain, fictional, created_at) "
               "VALUES ('old', 'Old', 'Ancien', '', '', 1, ?)", (now,))
    db.execute("INSERT INTO person (id, name, language, created_at) VALUES ('old', 'Old', 'en', ?)", (now,))
    return path, db


def very_many_old_rows_are_linked():
    """As a database of before the chain: its rows are linked when it is opened for the first time."""
    path, db = before_the_chain()
    db.execute("BEGIN")
    db.executemany("INSERT INTO audit (at, organisation, person, action, subject) VALUES (?, ?, ?, 'award.made', ?)",
                   ((1_790_000_000 + i, 1, 1, f"subject-{i}") for i in range(MANY)))
    db.execute("COMMIT")
    db.close()
    began = time.monotonic()
    assert run("audit", "head", db=path)[0] == 0
    linked = time.monotonic()
    report = verify(db=path)
    ended = time.monotonic()
    assert report["holds"] and report["entries"] == MANY, report
    print(f"# {MANY:,} rows: linked in {linked - began:.2f} s, verified in {ended - linked:.2f} s")


def the_server_has_borne_it():
    SERVER.stop()


tap.run([every_step_leaves_a_link, another_program_works_out_the_same_hashes, pages_and_commands_write_at_once,
         an_account_that_is_deleted_leaves_no_name_and_a_whole_chain, what_is_done_past_the_program_is_named,
         a_removed_end_is_found_by_a_head_that_was_noted, a_chain_that_was_written_anew_is_found_by_it_too,
         the_page_says_since_when_it_holds_and_that_it_does_not,
         wrong_words_are_refused, retention_takes_out_what_is_old, very_many_old_rows_are_linked,
         the_server_has_borne_it])
