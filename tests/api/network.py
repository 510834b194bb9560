# SPDX-License-Identifier: Apache-2.0
"""The demonstration's network for tests: databases by their names, the printed links, forms as a browser sends them."""
import hashlib
import os
import re
import secrets
import sqlite3
import sys
import tempfile
import time
import urllib.parse

from serving import MULTIPART, Answer, Cairn, get, multipart, part, post, raw
from staff import fields_of

CAIRN = os.path.abspath(sys.argv[1])
FOLDER = tempfile.TemporaryDirectory()
LINK = re.compile(rb"^  (\w+) +(.*?) +(http://localhost:\d+(/sign-in/link/([\w-]{43})))$", re.M)
TABLES = ("organisation", "person", "member", "achievement", "version", "upload", "award", "claim", "mail", "audit")


def database(name):
    return os.path.join(FOLDER.name, name + ".db")


def ask(name, sql):
    db = sqlite3.connect(database(name), timeout=10)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def counts(name):
    return [ask(name, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]


def start(name, *options):
    server = Cairn(CAIRN, "--db", database(name), "--offline", *options, network=True)
    server.prints(rb"\n  learner .*\n")
    return server


def links(server):
    return {found[1].decode(): found for found in LINK.finditer(server.printed)}


def send(server, path, cookie=None, **fields):
    body = urllib.parse.urlencode(fields).encode()
    head = [f"POST {path} HTTP/1.1", f"Host: localhost:{server.port}", "Connection: close",
            "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
            "Sec-Fetch-Site: same-origin", *([f"Cookie: {cookie}"] if cookie else [])]
    return Answer(raw(server, "\r\n".join(head).encode() + b"\r\n\r\n", body))


def sign_in(server, part):
    """Follows a printed link as a browser does: a cookie, and the page it leads to."""
    link = links(server)[part]
    token = link[5].decode()
    page = get(server, link[4].decode())
    assert page.status == 200 and token in page.body and "set-cookie" not in page.headers, page.headers
    answer = send(server, "/sign-in/link?lang=en", token=token)
    assert answer.status == 303, (answer.status, answer.text())
    return answer.headers["set-cookie"].split(";")[0], answer.headers["location"]


def see(server, path, cookie):
    return get(server, path, f"Cookie: {cookie}")


def session(name, email):
    """Signs in who has that address: the session's token."""
    token, now = secrets.token_urlsafe(32), int(time.time())
    db = sqlite3.connect(database(name), timeout=10)
    with db:
        db.execute("INSERT INTO session (token_hash, person, way, agent, created_at, seen_at, expires_at) SELECT ?, person, "
                   "'passkey', '', ?, ?, ? FROM address WHERE email = ?",
                   (hashlib.sha256(token.encode()).digest(), now, now, now + 3600, email))
    db.close()
    return token


FILE = "student number,name,email,language,result,date,method,assessor\nC-2001,Odile Girard,odile@learner.example,fr," \
       "95 %,2026-05-20,Portfolio,Helen MacLeod\n"


def award(server, cookie, name):
    """Uploads and confirms a file as the issuer of Cedar Bay College; the document that comes of it."""
    [(organisation, version)] = ask(name, "SELECT o.id, max(v.number) FROM organisation o JOIN achievement a ON "
                                    "a.organisation = o.number JOIN version v ON v.achievement = a.number "
                                    "WHERE o.name_en LIKE 'Cedar Bay%'")
    at = f"/organisations/{organisation}/awards"
    page = get(server, at, f"Cookie: {cookie}")
    assert page.status == 200, (page.status, page.text())
    csrf = fields_of(page)["csrf"]
    body = multipart(part("csrf", csrf), part("version", str(version)), part("file", FILE, "new.csv", "text/csv"))
    answer = post(server, at + "/upload", MULTIPART, body, f"Cookie: {cookie}")
    assert answer.status == 303, (answer.status, answer.text())
    path = answer.headers["location"].split("?")[0]
    assert send(server, path + "/confirm", cookie=cookie, csrf=csrf).status == 303
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = ask(name, "SELECT document FROM award WHERE learner_key = 'C-2001'")
        if found:
            return found[0][0]
        time.sleep(0.1)
    raise AssertionError(f"nothing was awarded: {server.said()}")
