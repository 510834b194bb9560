#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: test_permissions.py CAIRN

Every address of `cairn serve`, and who may call it. The matrix below is written by hand: a route that is missing in
it, or that asks for something else than it says, fails. Then every address is called in every role, as itself and
with what another organisation has."""
import base64
import hashlib
import http.client
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

from serving import Cairn, free_port
from tap import run

CAIRN = os.path.abspath(sys.argv[1])

# Who may call what. public: anybody. signed-in: whoever has a session. proven: the same, but not by a claim. viewer, issuer, designer, administrator: that
# role in the organisation of the address, or administrator; viewer: any role. demo: anybody, of a demonstration.
MATRIX = {
    "public": """
        GET /  GET /healthz  GET /accessibility  GET /static/:file
        GET /verify  POST /verify
        GET /check  POST /check
        GET /frameworks  GET /frameworks/:id  GET /frameworks/compare  GET /frameworks/core  GET /frameworks/convert
        GET /self-check  POST /self-check
        GET /competencies  GET /competencies/found  GET /competencies/:item
        GET /claim  POST /claim  GET /claim/:token  POST /claim/:token  POST /claim/:token/again
        GET /credentials/:credential
        GET /credentials/:credential/credential.json
        GET /credentials/:credential/credential.png
        GET /credentials/:credential/credential.svg
        GET /achievements/:achievement
        GET /achievements/:achievement/versions/:version
        GET /achievements/:achievement/versions/:version/image.png
        GET /achievements/:achievement/versions/:version/:language
        GET /achievements/:achievement/versions/:version/:language/image.png
        GET /achievements/:achievement/versions/:version/:language/image.svg
        GET /endorsements/:endorsement  GET /endorsements/:endorsement/endorsement.json
        GET /sign-in/passkey  POST /sign-in/passkey
        GET /issuers/:organisation  GET /status/:list
        GET /sign-in  POST /sign-in  POST /sign-in/code  GET /sign-in/link/:token  POST /sign-in/link
        POST /vc-api/credentials/verify  POST /vc-api/presentations/verify
        POST /vc-api/:suite/credentials/issue  POST /vc-api/:suite/credentials/derive
        POST /vc-api/status/credentials/issue  POST /vc-api/credentials/status  GET /vc-api/status-lists/:purpose
    """,
    "demo": """
        GET /mailbox  GET /mailbox/:number
    """,
    "signed-in": """
        POST /sign-out
        GET /credentials
        GET /credentials/:credential/settings  POST /credentials/:credential/settings
        GET /account  POST /account
        POST /account/sessions/end
        GET /organisations
        GET /achievements/:achievement/versions/:version/use  POST /achievements/:achievement/versions/:version/use
    """,
    "proven": """
        POST /account/addresses  GET /account/address/:token  POST /account/addresses/confirm
        POST /account/addresses/main  POST /account/addresses/remove
        GET /account/passkeys/new  POST /account/passkeys  POST /account/passkeys/remove
        GET /account/data.json
        GET /account/delete  POST /account/delete
    """,
    "viewer": """
        GET /organisations/:org  GET /organisations/:org/scopes
        GET /organisations/:org/achievements
        GET /organisations/:org/achievements/:achievement
        GET /organisations/:org/achievements/:achievement/design
        GET /organisations/:org/achievements/:achievement/design.json
        GET /organisations/:org/achievements/:achievement/offerings
        GET /organisations/:org/achievements/:achievement/image/:language
        GET /organisations/:org/achievements/:achievement/endorsements
        GET /organisations/:org/endorsements
        GET /organisations/:org/frameworks/impact  POST /organisations/:org/frameworks/impact
        GET /organisations/:org/achievements/:achievement/check
        GET /organisations/:org/achievements/:achievement/statements
        GET /organisations/:org/achievements/:achievement/statements/:statement
        GET /organisations/:org/achievements/:achievement/changes
        GET /organisations/:org/reviews  GET /organisations/:org/reviews/:achievement
        GET /organisations/:org/reviews/:achievement/changes  GET /organisations/:org/reviews/:achievement/image/:language
        GET /organisations/:org/achievements/:achievement/files/:file
        GET /organisations/:org/awards  GET /organisations/:org/awards.csv  GET /organisations/:org/awards/:award
    """,
    "designer": """
        GET /organisations/:org/achievements/import  POST /organisations/:org/achievements/import
        GET /organisations/:org/achievements/new  POST /organisations/:org/achievements/new
        GET /organisations/:org/achievements/:achievement/edit  POST /organisations/:org/achievements/:achievement/edit
        GET /organisations/:org/achievements/:achievement/image  POST /organisations/:org/achievements/:achievement/image
        POST /organisations/:org/achievements/:achievement/submit
        POST /organisations/:org/achievements/:achievement/recall
        GET /organisations/:org/achievements/:achievement/offerings/new
        POST /organisations/:org/achievements/:achievement/offerings/new
        GET /organisations/:org/achievements/:achievement/offerings/:offering
        POST /organisations/:org/achievements/:achievement/offerings/:offering
        POST /organisations/:org/achievements/:achievement/offerings/:offering/close
        GET /organisations/:org/achievements/:achievement/competencies
        GET /organisations/:org/achievements/:achievement/competencies/found
        POST /organisations/:org/achievements/:achievement/competencies/add
        POST /organisations/:org/achievements/:achievement/competencies/take
        POST /organisations/:org/achievements/:achievement/competencies/remove
        GET /organisations/:org/achievements/:achievement/design/fill
        POST /organisations/:org/achievements/:achievement/design/fill
        GET /organisations/:org/achievements/:achievement/design/:section
        POST /organisations/:org/achievements/:achievement/design/:section
        POST /organisations/:org/achievements/:achievement/comment
        POST /organisations/:org/achievements/:achievement/restore
        POST /organisations/:org/achievements/:achievement/endorsements
        POST /organisations/:org/achievements/:achievement/endorsements/withdraw
        POST /organisations/:org/achievements/:achievement/statements
        POST /organisations/:org/achievements/:achievement/statements/:statement/withdraw
    """,
    "issuer": """
        GET /organisations/:org/awards/model.csv
        GET /organisations/:org/awards/upload  POST /organisations/:org/awards/upload
        GET /organisations/:org/uploads/:upload
        POST /organisations/:org/uploads/:upload/decision  POST /organisations/:org/uploads/:upload/confirm
        POST /organisations/:org/uploads/:upload/cancel  POST /organisations/:org/uploads/:upload/drop-wrong
        GET /organisations/:org/uploads/:upload/rows/:line  POST /organisations/:org/uploads/:upload/rows/:line
        POST /organisations/:org/uploads/:upload/rows/:line/drop
        POST /organisations/:org/awards/:award/claim
        GET /organisations/:org/awards/:award/revoke  POST /organisations/:org/awards/:award/revoke
        GET /organisations/:org/endorsements/accept  POST /organisations/:org/endorsements/accept
        GET /organisations/:org/endorsements/requests/:request  POST /organisations/:org/endorsements/requests/:request
        POST /organisations/:org/endorsements/requests/:request/decline
        GET /organisations/:org/endorsements/:endorsement/revoke
        POST /organisations/:org/endorsements/:endorsement/revoke
    """,
    "reviewer": """
        POST /organisations/:org/reviews/:achievement/take  POST /organisations/:org/reviews/:achievement/approve
        POST /organisations/:org/reviews/:achievement/return  POST /organisations/:org/reviews/:achievement/withdraw
        POST /organisations/:org/reviews/:achievement/comment
    """,
    "administrator": """
        POST /organisations/:org/achievements/:achievement/publish
        POST /organisations/:org/achievements/:achievement/retire
        GET /organisations/:org/members  POST /organisations/:org/members
        POST /organisations/:org/invitations/drop
        GET /organisations/:org/members/:person  POST /organisations/:org/members/:person
        GET /organisations/:org/members/remove/:person  POST /organisations/:org/members/remove/:person
        GET /organisations/:org/keys  GET /organisations/:org/keys/retire  POST /organisations/:org/keys/retire
        GET /organisations/:org/edit  POST /organisations/:org/edit
        GET /organisations/:org/profile  POST /organisations/:org/profile
        GET /organisations/:org/keys/domain  POST /organisations/:org/keys/domain  POST /organisations/:org/keys/leave
        GET /organisations/:org/keys/did.json
        GET /organisations/:org/audit  GET /organisations/:org/audit.csv
        GET /organisations/:org/scopes/new  POST /organisations/:org/scopes/new
        GET /organisations/:org/scopes/:scope/withdraw  POST /organisations/:org/scopes/:scope/withdraw
    """,
}
# POSTs that carry no token: for people who are not signed in, and those that change nothing.
BY_ORIGIN = {"POST /claim", "POST /claim/:token", "POST /claim/:token/again", "POST /sign-in",
             "POST /sign-in/code", "POST /sign-in/link", "POST /sign-in/passkey",
             "POST /vc-api/:suite/credentials/issue", "POST /vc-api/status/credentials/issue", "POST /vc-api/credentials/status"}
UNGUARDED = {"POST /verify", "POST /check", "POST /self-check", "POST /vc-api/credentials/verify", "POST /vc-api/presentations/verify",
             "POST /vc-api/:suite/credentials/derive"}

ROLES = {"administrator": 1, "designer": 2, "issuer": 4, "viewer": 8, "reviewer": 16}
NOBODY, OUTSIDERS = "nobody", ("learner", "administrator elsewhere", "removed member")
HERE, ELSEWHERE = "organisation-here", "organisation-elsewhere"
NOW = int(time.time())


def expected():
    return {" ".join(words): permission for permission, text in MATRIX.items()
            for words in zip(text.split()[::2], text.split()[1::2])}


def printed():
    lines = subprocess.run([CAIRN, "serve", "--routes"], check=True, capture_output=True, text=True).stdout.splitlines()
    return {f"{method} {path}": (permission, guard) for method, path, permission, guard in map(str.split, lines)}


# ---- Who is there

class People:
    """The rows the roles need, written past the program, so that they are the same for every request."""

    def __init__(self, database):
        self.db = sqlite3.connect(database, timeout=20, isolation_level=None)
        self.db.execute("PRAGMA synchronous=OFF")
        self.numbers = {name: 1000 + i for i, name in enumerate([*ROLES, *OUTSIDERS])}

    def reset(self, way="passkey"):
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM ticket")
        for number, key in ((1000, HERE), (1001, ELSEWHERE)):
            db.execute("INSERT OR REPLACE INTO organisation (number, id, name_en, name_fr, url, domain, fictional, created_at) "
                       "VALUES (?, ?, 'A', 'A', '', '', 0, 1)", (number, key))
            db.execute("INSERT OR REPLACE INTO organisation VALUES (?, ?, 'A', 'A', '', '', 0, 1, '{}')", (number, key))
        db.execute("DELETE FROM member WHERE organisation IN (1000, 1001)")
        for name, number in self.numbers.items():
            db.execute("INSERT OR REPLACE INTO person VALUES (?, ?, ?, 'en', 1)", (number, f"person-{number}", name))
            db.execute("INSERT OR REPLACE INTO address VALUES (?, ?, 1, 1)", (f"p{number}@a.example", number))
            digest = hashlib.sha256(self.token(name).encode()).digest()
            db.execute("INSERT OR REPLACE INTO session VALUES (?, ?, ?, '', ?, ?, ?)",
                       (digest, number, way, NOW, NOW, NOW + 86400))
        for name, bit in ROLES.items():
            db.execute("INSERT INTO member VALUES (1000, ?, ?, 1)", (self.numbers[name], bit))
        db.execute("INSERT INTO member VALUES (1001, ?, 1, 1)", (self.numbers["administrator elsewhere"],))
        db.execute("COMMIT")

    def insert(self, table, values):
        """A row with these values, and something empty for every other column that must have one."""
        columns = self.db.execute(f"PRAGMA table_info({table})").fetchall()
        empty = {name: "" if kind == "TEXT" else b"" if kind == "BLOB" else 0
                 for _, name, kind, needed, *_ in columns if needed}
        row = {**empty, **({"number": 1000} if "number" in (c[1] for c in columns) else {}), **values}
        marks = ", ".join("?" * len(row))
        self.db.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))

    def token(self, name):
        return f"token-of-{self.numbers[name]}"

    def csrf(self, name):
        digest = hashlib.sha256(f"csrf of the session {self.token(name)}".encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def ask(port, route, name=None, csrf=None, cookie="session", headers=(), parts=()):
    """Status, and the code of an error (what the pages' sentences hide)."""
    method, path = route.split(" ")
    values = {"org": HERE, "language": "en", "version": "1", "number": "1", **dict(parts)}
    path = "/".join(values.get(s[1:], "none") if s.startswith(":") else s for s in path.split("/"))
    sent = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded", **dict(headers)}
    if name:
        sent["Cookie"] = f"{cookie}={name}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, f"csrf={csrf or ''}" if method == "POST" else None, sent)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    problem = body and answer.headers["content-type"] == "application/problem+json"
    return answer.status, json.loads(body)["code"] if problem else "", answer.headers


def may(permission, name):
    if permission in ("public", "demo"):
        return True
    if permission in ("signed-in", "proven"):
        return name != NOBODY
    return name in ROLES and (permission == "viewer" or name in (permission, "administrator"))


def refusal(name):
    return "sign-in.needed" if name == NOBODY else "role.small" if name in ROLES else "http.path"


REFUSALS = ("sign-in.needed", "role.small", "http.permission", "http.path", "http.csrf")
# With the VC-API, which is not there otherwise.
vc_keys = tempfile.TemporaryDirectory()
subprocess.run([CAIRN, "keys", "new", "--out", os.path.join(vc_keys.name, "key.json")], check=True)
server = Cairn(CAIRN, "--vc-api", vc_keys.name)
people = People(os.path.join(server.folder.name, "cairn.db"))


def by_name(name, route, **more):
    people.reset()
    if name == NOBODY:
        return ask(server.port, route, **more)
    return ask(server.port, route, people.token(name), people.csrf(name), **more)


# ---- Tests

def the_matrix_names_every_route_and_nothing_else():
    want, have = expected(), {route: permission for route, (permission, _) in printed().items()}
    assert want == have, {route: (want.get(route), have.get(route)) for route in set(want) ^ set(have)
                          | {r for r in set(want) & set(have) if want[r] != have[r]}}


def every_form_is_guarded():
    for route, (permission, guard) in printed().items():
        want = "-" if route.startswith("GET") or route in UNGUARDED else "origin" if route in BY_ORIGIN else "token"
        assert guard == want, (route, guard)
        assert guard != "origin" or permission == "public", route


def every_role_at_every_address():
    wrong = []
    for route, permission in expected().items():
        for name in [NOBODY, *ROLES, *OUTSIDERS]:
            status, code, headers = by_name(name, route)
            want = None if may(permission, name) else refusal(name)
            if want is None and code in REFUSALS or want is not None and code != want or status >= 500:
                wrong.append((route, name, status, code, want))
            if name != NOBODY and not headers["cache-control"].endswith("immutable"):
                assert headers["cache-control"] == "no-store", (route, headers["cache-control"])
    assert not wrong, wrong


def a_page_for_members_leads_to_the_sign_in():
    for route, permission in expected().items():
        if permission not in ("public", "demo") and route.startswith("GET"):
            people.reset()
            status, _, headers = ask(server.port, route, headers={"Accept": "text/html"})
            assert status == 303 and headers["location"].startswith("/sign-in?next=/"), (route, status)


def a_form_without_its_token_or_from_elsewhere_does_nothing():
    for route, (_, guard) in printed().items():
        foreign = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
                   {"Origin": "null"}, {"Referer": "https://evil.example/"}]
        for headers in foreign if guard != "-" else ():
            assert by_name("administrator", route, headers=headers)[:2] == (403, "http.csrf"), (route, headers)
        if guard == "token":
            people.reset()
            for csrf in ("", "x", people.csrf("viewer")):
                got = ask(server.port, route, people.token("administrator"), csrf)[:2]
                assert got == (403, "http.csrf"), (route, csrf, got)


def head_asks_as_get_does():
    for route, permission in expected().items():
        if route.startswith("GET"):
            for name in (NOBODY, "viewer", "learner"):
                status, _, _ = by_name(name, route)
                assert by_name(name, route.replace("GET", "HEAD"))[0] == status, (route, name)


def an_expired_or_foreign_cookie_is_nobody():
    people.reset()
    people.db.execute("UPDATE session SET expires_at = ?", (NOW - 1,))
    assert ask(server.port, "GET /account", people.token("viewer"))[1] == "sign-in.needed"
    people.reset()
    for token in ("", "x", people.token("viewer")[:-1], people.token("viewer") + "x"):
        assert ask(server.port, "GET /account", token)[1] == "sign-in.needed", token


def a_removed_member_is_out_at_once():
    people.reset()
    assert ask(server.port, "GET /organisations/:org", people.token("issuer"))[0] == 200
    gone = {"person": f"person-{people.numbers['issuer']}"}
    got = ask(server.port, "POST /organisations/:org/members/remove/:person", people.token("administrator"),
              people.csrf("administrator"), parts=gone)
    assert got[0] == 303, got
    for route in ("GET /organisations/:org", "GET /account"):
        assert ask(server.port, route, people.token("issuer"))[1] == "sign-in.needed", route


def the_last_administrator_stays():
    for route in ("POST /organisations/:org/members/remove/:person", "POST /organisations/:org/members/:person"):
        people.reset()
        self = {"person": f"person-{people.numbers['administrator']}"}
        token, csrf = people.token("administrator"), people.csrf("administrator")
        if "remove" not in route:
            csrf += "&role=viewer"
        assert ask(server.port, route, token, csrf, parts=self)[0] == 409, route
        assert ask(server.port, "GET /organisations/:org/members", token)[0] == 200


def what_another_organisation_has_is_not_found():
    people.reset()
    db = people.db
    rows = {"achievement": {"id": "achievement-elsewhere", "draft": "{}", "organisation": 1001},
            "version": {"achievement": 1000, "document": "{}"},
            "upload": {"id": "upload-elsewhere", "version": 1000, "organisation": 1001, "decision": "{}"},
            "upload_row": {"upload": 1000, "line": 1},
            "scope": {"id": "scope-elsewhere", "organisation": 1000, "body": 1001},
            "endorsement_request": {"id": "request-elsewhere", "achievement": 1000, "organisation": 1001, "state": "waiting"},
            "endorsement": {"id": "endorsement-elsewhere", "achievement": "achievement-elsewhere", "organisation": 1001,
                            "document": "{}"},
            "award": {"id": "award-elsewhere", "version": 1000, "achievement": 1000, "organisation": 1001}}
    for table, values in rows.items():
        people.insert(table, values)
    theirs = {"achievement": "achievement-elsewhere", "upload": "upload-elsewhere", "award": "award-elsewhere",
              "request": "request-elsewhere", "endorsement": "endorsement-elsewhere",
              "scope": "scope-elsewhere", "person": f"person-{people.numbers['administrator elsewhere']}", "line": "1"}
    before = "\n".join(db.iterdump())
    for route in expected():
        if "/:org/" in route and any(f":{part}" in route for part in theirs):
            token, csrf = people.token("administrator"), people.csrf("administrator") + "&role=viewer&code=administrative&reason=none"
            status, code, _ = ask(server.port, route, token, csrf, parts=theirs)
            # 422: a form that is not complete is not looked at further.
            assert status in (404, 422) and code != "http.path", (route, status, code)
    assert "\n".join(db.iterdump()) == before


def real_server(folder, origin):
    """One that is no demonstration: its process and port."""
    port = free_port()
    process = subprocess.Popen([CAIRN, "serve", "--origin", origin, "--port", str(port), "--db",
                                os.path.join(folder, "cairn.db"), "--rate", "100000"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    assert b"Cairn is at" in process.stdout.readline()
    return process, port


def end(process):
    process.terminate()
    process.wait(timeout=30)
    process.stdout.close()


def a_real_server_has_no_mailbox_and_takes_no_plain_cookie():
    folder = os.path.join(server.folder.name, "real")
    process, port = real_server(folder, "https://cairn.example")
    try:
        real = People(os.path.join(folder, "cairn.db"))
        real.reset()
        for route, permission in expected().items():
            if permission == "demo":
                assert ask(port, route, real.token("administrator"), cookie="__Host-session")[:2] == (404, "http.path")
        assert ask(port, "GET /account", real.token("viewer"), cookie="__Host-session")[0] == 200
        assert ask(port, "GET /account", real.token("viewer"))[1] == "sign-in.needed"
    finally:
        end(process)


def what_is_signed_takes_a_passkey():
    """By mail nobody does what an issuer or an administrator does; by passkey they do, and in a demonstration every
    way will do. A claim opens no account that has roles."""
    folder = os.path.join(server.folder.name, "keys")
    process, port = real_server(folder, "https://cairn.example")
    wrong = []
    try:
        real = People(os.path.join(folder, "cairn.db"))
        for way, route, permission in ((w, *r) for w in ("mail", "passkey") for r in expected().items()):
            for name in ROLES:
                real.reset(way)
                status, code, _ = ask(port, route, real.token(name), real.csrf(name), cookie="__Host-session")
                signs = permission in ("issuer", "reviewer", "administrator")
                want = way != "passkey" and signs and may(permission, name)
                if (code == "passkey.needed" and "/passkeys" not in route) != want or want and status != 403:
                    wrong.append((way, route, name, status, code))
                assert status != 429, route
        for route in ("GET /organisations/:org/members", "HEAD /organisations/:org/members"):
            real.reset("mail")
            got = ask(port, route, real.token("administrator"), cookie="__Host-session", headers={"Accept": "text/html"})
            assert got[0] == 403, (route, got)
        real.reset("claim")
        for name in ROLES:
            assert ask(port, "GET /account", real.token(name), cookie="__Host-session")[1] == "sign-in.needed", name
    finally:
        end(process)
    assert not wrong, wrong
    people.reset("mail")
    got = ask(server.port, "GET /organisations/:org/members", people.token("administrator"))
    assert got[0] == 200, got


def a_claim_changes_nothing_of_how_its_account_is_entered():
    """Its link may have been passed on: it adds no address and no passkey, by which somebody else would come in."""
    for way in ("claim", "mail"):
        for route, permission in expected().items():
            people.reset(way)
            status, code, _ = ask(server.port, route, people.token("learner"), people.csrf("learner"))
            want = way == "claim" and permission == "proven"
            assert (code == "sign-in.claimed") == want and (status == 403 or not want), (way, route, status, code)
    people.reset("claim")
    page = ask(server.port, "GET /account/passkeys/new", people.token("learner"), headers={"Accept": "text/html"})
    assert page[0] == 403, page


def the_server_has_borne_it():
    server.stop()


run([the_matrix_names_every_route_and_nothing_else, every_form_is_guarded, every_role_at_every_address,
     a_page_for_members_leads_to_the_sign_in, a_form_without_its_token_or_from_elsewhere_does_nothing,
     head_asks_as_get_does, an_expired_or_foreign_cookie_is_nobody, a_removed_member_is_out_at_once,
     the_last_administrator_stays, what_another_organisation_has_is_not_found,
     a_real_server_has_no_mailbox_and_takes_no_plain_cookie, what_is_signed_takes_a_passkey,
     a_claim_changes_nothing_of_how_its_account_is_entered, the_server_has_borne_it])
