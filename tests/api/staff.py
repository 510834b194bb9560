# SPDX-License-Identifier: Apache-2.0
"""Organisations and people who are signed in, put straight into a test server's database: tests of what they do need
not walk through how they came in."""
import hashlib
import itertools
import os
import re
import secrets
import sqlite3
import time

ADMINISTRATOR, DESIGNER, ISSUER, VIEWER, REVIEWER = 1, 2, 4, 8, 16
counter = itertools.count(1)


def run(server, sql, *values):
    db = sqlite3.connect(os.path.join(server.folder.name, "cairn.db"), timeout=10)
    try:
        with db:
            return db.execute(sql, values).fetchall()
    finally:
        db.close()


def age(server, sql, *values):
    """Moves dates of approvals, as if time had gone by: the program has no other clock than the machine's, and the database
    lets nobody change them. Its guard is put back; the audit's chain finds what was done."""
    with sqlite3.connect(os.path.join(server.folder.name, "cairn.db"), timeout=10, isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        [(guard,)] = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'approval_stays'").fetchall()
        db.execute("DROP TRIGGER approval_stays")
        db.execute(sql, values)
        db.execute(guard)
        db.execute("COMMIT")
    db.close()


def new_id():
    """As the program makes them: none begins with a hyphen, which would be an option to a command."""
    return next(made for made in iter(lambda: secrets.token_urlsafe(16), None) if not made.startswith("-"))


class Organisation:
    def __init__(self, server, name_en="North Shore College", name_fr="Collège de la Rive-Nord", fictional=1):
        self.server, self.id = server, new_id()
        [(self.number,)] = run(server, "INSERT INTO organisation (id, name_en, name_fr, url, domain, fictional, created_at) "
                               "VALUES (?, ?, ?, 'https://northshore.example', '', ?, ?) RETURNING number",
                               self.id, name_en, name_fr, fictional, int(time.time()))


class Visitor:
    """Somebody with a session; `roles` in an organisation, or none."""

    def __init__(self, server, organisation=None, roles=0):
        self.server, token, now = server, secrets.token_urlsafe(32), int(time.time())
        [(self.number,)] = run(server, "INSERT INTO person (id, name, language, created_at) VALUES (?, ?, 'en', ?) "
                               "RETURNING number", new_id(), f"Person {next(counter)}", now)
        run(server, "INSERT INTO address (email, person, main, proven_at) VALUES (?, ?, 1, ?)",
            f"person{self.number}@example.org", self.number, now)
        if organisation:
            run(server, "INSERT INTO member (organisation, person, roles, since_at) VALUES (?, ?, ?, ?)",
                organisation.number, self.number, roles, now)
        run(server, "INSERT INTO session (token_hash, person, way, agent, created_at, seen_at, expires_at) "
            "VALUES (?, ?, 'passkey', 'test', ?, ?, ?)", hashlib.sha256(token.encode()).digest(), self.number, now, now,
            now + 3600)
        self.cookie = f"Cookie: session={token}"


def fields_of(answer):
    """The hidden fields and filled-in inputs of a page: name -> value, of its first form that has a csrf field on."""
    import html
    at = answer.body.find('name="csrf"')
    found = re.findall(r'<input[^>]*\bname="([^"]*)"[^>]*\bvalue="([^"]*)"', answer.body[max(0, at - 100):])
    kept = {}
    for name, value in found:
        kept.setdefault(name, html.unescape(value))
    return kept
