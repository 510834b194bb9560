#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Passkeys where they are needed: a server that is no demonstration, and an authenticator made of OpenSSL.

usage: test_passkeys.py CAIRN
"""
import base64
import email
import email.policy
import glob
import hashlib
import html
import json
import os
import re
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

import tap
from serving import Answer, Cairn, raw, words

CAIRN = os.path.abspath(sys.argv[1])
WITHIN = 30
FOLDER = tempfile.TemporaryDirectory()
DB = os.path.join(FOLDER.name, "cairn.db")
ORIGIN = "https://cairn.example"
T = {**words("en"), **words("people.en"), **words("letters.en")}
ADMINISTRATOR, ISSUER = "zoe@college.example", "ivan@college.example"
HERE = {}


def encode(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


# ---- An authenticator

class Authenticator:
    """Ed25519; says that the person was there and was verified (Web Authentication, 6.1)."""

    def __init__(self, name):
        self.key, self.id, self.count = os.path.join(FOLDER.name, name + ".pem"), secrets.token_bytes(16), 0
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.key], check=True)
        public = subprocess.run(["openssl", "pkey", "-in", self.key, "-pubout", "-outform", "DER"], check=True,
                                capture_output=True).stdout
        self.public = public[-32:]

    def head(self, flags):
        return hashlib.sha256(b"cairn.example").digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def says(self, kind, challenge, origin=ORIGIN):
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()

    def create(self, challenge, flags=0x45):
        """COSE_Key {1: OKP, 3: EdDSA, -1: Ed25519, -2: x} behind the id (6.5.1)."""
        cose = bytes([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20]) + self.public
        data = self.head(flags) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        return {"id": encode(self.id), "client_data": encode(self.says("webauthn.create", challenge)),
                "authenticator_data": encode(data)}

    def get(self, challenge, flags=0x05):
        self.count += 1
        data, said = self.head(flags), self.says("webauthn.get", challenge)
        message = os.path.join(FOLDER.name, "message")
        with open(message, "wb") as file:
            file.write(data + hashlib.sha256(said).digest())
        signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", self.key, "-in", message],
                                   check=True, capture_output=True).stdout
        return {"id": encode(self.id), "client_data": encode(said), "authenticator_data": encode(data),
                "signature": encode(signature)}


# ---- A browser

class Browser:
    def __init__(self):
        self.cookie = ""

    def ask(self, method, path, body=b""):
        head = [f"{method} {path} HTTP/1.1", "Host: cairn.example", "Connection: close", "Accept: text/html"]
        if self.cookie:
            head.append(f"Cookie: {self.cookie}")
        if method == "POST":
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", f"Origin: {ORIGIN}"]
        answer = Answer(raw(HERE["server"], "\r\n".join(head).encode() + b"\r\n\r\n", body))
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
        return answer

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, **fields):
        return self.ask("POST", path, urllib.parse.urlencode(fields).encode())

    def form(self, path):
        """The page's hidden fields and its challenge."""
        page = self.get(path)
        assert page.status == 200, (path, page.status, page.text())
        fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.body))
        challenge = re.search(r'data-challenge="([^"]+)"', page.body)
        return {k: html.unescape(v) for k, v in fields.items()}, challenge and challenge[1]

    def csrf(self):
        return self.form("/account")[0]["csrf"]

    def add(self, authenticator, query="", **how):
        fields, challenge = self.form("/account/passkeys/new" + query)
        return self.post("/account/passkeys?lang=en", **{**fields, **authenticator.create(challenge, **how)}, label="Key")

    def use(self, authenticator, path="/sign-in/passkey", **how):
        fields, challenge = self.form(path)
        return self.post("/sign-in/passkey?lang=en", **{**fields, **authenticator.get(challenge, **how)})

    def follow(self, link):
        path = link.split(ORIGIN)[1]
        token = path.split("/")[-1].split("?")[0]
        return self.post("/sign-in/link?lang=en", token=token)

    def where(self, answer):
        assert answer.status == 303, (answer.status, answer.text())
        return answer.headers["location"]


def letters(recipient):
    """What came to an address, the oldest first: subject and text."""
    found = []
    paths = glob.glob(os.path.join(FOLDER.name, "outbox", "*.eml"))
    for path in sorted(paths, key=lambda path: int(os.path.basename(path).split(".")[0])):
        with open(path, "rb") as file:
            letter = email.message_from_binary_file(file, policy=email.policy.default)
        if recipient in letter["To"]:
            page = letter.get_body(("html",)).get_content()
            found.append((letter["Subject"], letter.get_body(("plain",)).get_content(), page))
    return found


def wait_for_letter(recipient, n):
    end = time.monotonic() + WITHIN
    while len(got := letters(recipient)) < n:
        assert time.monotonic() < end, (recipient, got, HERE["server"].said())
        time.sleep(0.1)
    return got[n - 1]


def link_of(letter):
    return re.search(r"https://cairn.example/sign-in/link/[\w-]{43}\S*", letter[1])[0]


def rows(sql, *values):
    db = sqlite3.connect(DB, timeout=10)
    try:
        return db.execute(sql, values).fetchall()
    finally:
        db.close()


def change(sql):
    db = sqlite3.connect(DB, timeout=10)
    try:
        with db:
            db.execute(sql)
    finally:
        db.close()


def run(*args):
    done = subprocess.run([CAIRN, *args, "--db", DB], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


# ---- The story

zoe, thief, key, other = Browser(), Browser(), Authenticator("zoe"), Authenticator("thief")


def no_link_waits_in_clear():
    """The invitation was written before the server ran; a letter of an account that waits would be there too."""
    assert len(HERE["waiting"]) == 1 and '"sealed"' in HERE["waiting"][0] and "College" in HERE["waiting"][0], HERE["waiting"]
    letter = wait_for_letter(ADMINISTRATOR, 1)
    for secret in (link_of(letter).split("/")[-1].split("?")[0], re.search(r"    (\S{5}-\S{5})", letter[1])[1]):
        assert secret not in HERE["waiting"][0]
        for name in os.listdir(FOLDER.name):
            path = os.path.join(FOLDER.name, name)
            if name.startswith("cairn.db"):
                with open(path, "rb") as file:
                    assert secret.encode() not in file.read(), name
    end = time.monotonic() + WITHIN
    while rows("SELECT count(*) FROM mail") != [(0,)]:
        assert time.monotonic() < end
        time.sleep(0.05)


def a_master_key_that_others_may_read_is_said():
    assert f"chmod 600 {os.path.join(FOLDER.name, 'master.key')}" in HERE["server"].said(), HERE["server"].said()


def who_is_signed_in_stays_so_where_there_is_no_page():
    for path in ("/no/such/page", "/sign-out"):
        page = zoe.get(path + "?lang=en")
        assert page.status in (404, 405) and T["page.sign-out"] in page.text(), (path, page.status, page.text())
        assert T["page.sign-out"] not in Browser().get(path + "?lang=en").text()
    assert T["account.sessions.end"] not in zoe.get("/account?lang=en").text()


def an_invitation_leads_to_the_first_passkey():
    link = link_of(wait_for_letter(ADMINISTRATOR, 1))
    assert T["sign-in.link.passkey"] in zoe.get(link.split(ORIGIN)[1]).text()
    assert zoe.where(zoe.follow(link)) == "/account/passkeys/new?next=/organisations&lang=en"
    page = zoe.get(HERE["members"] + "?lang=en&x=%C3%A9")
    assert page.status == 403 and T["passkey.needed.first"] in page.text(), (page.status, page.text())
    want = "/account/passkeys/new?next=" + urllib.parse.quote(HERE["members"] + "?lang=en&x=%C3%A9") + "&lang=en"
    assert f'href="{html.escape(want)}"' in page.body, page.body
    assert T["passkey.add.staff"] in zoe.get("/account/passkeys/new?lang=en").text()


def what_is_added_opens_nothing_until_it_has_signed():
    nobody = zoe.add(key, flags=0x41)
    assert nobody.status == 422, "not verified"
    place = zoe.where(zoe.add(key, "?next=" + HERE["members"]))
    assert place == f"/sign-in/passkey?added=1&next={HERE['members']}&lang=en", place
    assert zoe.get(HERE["members"]).status == 403
    assert T["passkey.get.added"] in zoe.get(place).text()
    wrong = Authenticator("wrong")
    wrong.id = key.id
    assert zoe.use(wrong, place).status == 422
    assert zoe.where(zoe.use(key, place)) == HERE["members"] + "?lang=en"
    assert zoe.get(HERE["members"]).status == 200
    subject, text, page = wait_for_letter(ADMINISTRATOR, 2)
    assert subject == T["letter.account.subject"] and "Key" in text and "Key" in page and "/sign-in/link/" not in text


def the_mailbox_alone_does_nothing_with_it():
    thief.post("/sign-in?lang=en", email=ADMINISTRATOR, next="")
    assert thief.where(thief.follow(link_of(wait_for_letter(ADMINISTRATOR, 3)))).startswith("/organisations?")
    for path in ("/account/passkeys/new?next=/account", HERE["members"]):
        page = thief.get(path)
        assert page.status == 403 and T["passkey.needed.text"] in page.text(), (path, page.status, page.text())
    # Past the page, with a challenge that was asked for before there was a key.
    challenge = secrets.token_urlsafe(32)
    digest = hashlib.sha256(challenge.encode()).digest()
    [(person,)] = rows("SELECT person FROM address WHERE email = ?", ADMINISTRATOR)
    db = sqlite3.connect(DB, timeout=10)
    with db:
        db.execute("INSERT INTO challenge VALUES (?, ?, ?)", (digest, person, int(time.time()) + 100))
    db.close()
    got = thief.post("/account/passkeys?lang=en", csrf=thief.csrf(), label="Mine", **other.create(challenge))
    assert got.status == 403 and T["passkey.needed.text"] in got.text(), (got.status, got.text())
    got = thief.post("/account/passkeys/remove?lang=en", csrf=thief.csrf(), id=encode(key.id))
    assert got.status == 403, got.status
    assert rows("SELECT id FROM passkey") == [(key.id,)]
    assert len(letters(ADMINISTRATOR)) == 3


def nor_does_another_account_take_the_address():
    eve = Browser()
    eve.post("/sign-in?lang=en", email="eve@home.example", next="")
    eve.follow(link_of(wait_for_letter("eve@home.example", 1)))
    eve.post("/account/addresses?lang=en", csrf=eve.csrf(), email=ADMINISTRATOR)
    text = wait_for_letter(ADMINISTRATOR, 4)[1]
    token = re.search(r"/account/address/([\w-]{43})", text)[1]
    got = eve.post("/account/addresses/confirm?lang=en", csrf=eve.csrf(), token=token)
    assert got.status == 409 and T["sign-in.address.passkey"] in got.text(), (got.status, got.text())
    assert eve.get(HERE["members"]).status == 404


def next_is_followed_within_this_site_alone():
    for given, want in (("/account", "/account?lang=en"), ("//evil.example", "/organisations?lang=en"),
                        ("https://evil.example", "/organisations?lang=en"), ("/\\evil.example", "/organisations?lang=en")):
        place = "/sign-in/passkey?lang=en&next=" + urllib.parse.quote(given)
        browser = Browser()
        assert browser.where(browser.use(key, place)) == want, given
        fields, challenge = browser.form("/sign-in/passkey?lang=en")
        fields["next"] = given
        assert browser.where(browser.post("/sign-in/passkey?lang=en", **{**fields, **key.get(challenge)})) == want, given


def a_member_without_one_is_shown_to_administrators():
    fields, _ = zoe.form(HERE["members"] + "?lang=en")
    zoe.where(zoe.post(HERE["members"] + "?lang=en", csrf=fields["csrf"], email=ISSUER, role="issuer"))
    ivan = Browser()
    ivan.follow(link_of(wait_for_letter(ISSUER, 1)))
    assert zoe.get(HERE["members"] + "?lang=en").text().count(T["members.passkey.none"]) == 1
    awards = f"/organisations/{HERE['org']}/awards"
    assert ivan.get(awards).status == 200 and ivan.get(awards + "/upload").status == 403
    mine = Authenticator("ivan")
    assert ivan.where(ivan.use(mine, ivan.where(ivan.add(mine, f"?next={awards}/upload")))) == f"{awards}/upload?lang=en"
    assert ivan.get(awards + "/upload").status == 200
    assert T["members.passkey.none"] not in zoe.get(HERE["members"] + "?lang=en").text()


def a_second_one_takes_the_first_and_removing_closes_what_is_open():
    second, elsewhere = Authenticator("second"), Browser()
    elsewhere.use(key)
    assert zoe.where(zoe.add(second)) == "/account?done=passkey&lang=en"
    zoe.use(second)
    zoe.where(zoe.post("/account/passkeys/remove?lang=en", csrf=zoe.csrf(), id=encode(key.id)))
    assert elsewhere.get("/account").status == 303 and thief.get("/account").status == 303
    assert zoe.get(HERE["members"]).status == 200
    assert Browser().use(key).status == 422
    HERE["key"] = second


def without_any_left_a_session_proves_none():
    second = HERE["key"]
    zoe.where(zoe.post("/account/passkeys/remove?lang=en", csrf=zoe.csrf(), id=encode(second.id)))
    page = zoe.get(HERE["members"] + "?lang=en")
    assert page.status == 403 and T["passkey.needed.first"] in page.text(), (page.status, page.text())
    assert zoe.where(zoe.add(second, "?next=" + HERE["members"])).startswith("/sign-in/passkey")
    assert zoe.where(zoe.use(second)).startswith("/organisations")
    assert zoe.get(HERE["members"]).status == 200


def a_sign_in_is_whole_or_not_at_all():
    """The key's counter goes up with the session, or stays."""
    one = Browser()
    before = rows("SELECT counter, used_at FROM passkey")
    change("CREATE TRIGGER refuse BEFORE INSERT ON session BEGIN SELECT RAISE(ABORT, 'no'); END")
    assert one.use(HERE["key"]).status == 500 and one.get("/account").status == 303
    change("DROP TRIGGER refuse")
    assert rows("SELECT counter, used_at FROM passkey") == before
    assert one.use(HERE["key"]).status == 303 and one.get("/account").status == 200
    assert rows("SELECT counter FROM passkey") != [row[:1] for row in before]


def the_operator_lets_somebody_begin_anew():
    had = len(letters(ADMINISTRATOR))
    for args in (("people",), ("people", "reset-passkeys"), ("people", "reset-passkeys", "nobody@college.example")):
        status, _, err = run(*args)
        assert status in (1, 64) and "people" in err, (args, status, err)
    status, _, err = run("people", "reset-passkeys", "ZOE@college.example")
    assert status == 0 and "e-mail" in err, (status, err)
    assert rows("SELECT count(*) FROM passkey k JOIN address a ON a.person = k.person WHERE a.email = ?", ADMINISTRATOR) == [(0,)]
    assert zoe.get("/account").status == 303
    assert rows("SELECT action, person FROM audit WHERE action = 'passkeys.reset'") == [("passkeys.reset", None)]
    assert run("people", "reset-passkeys", ADMINISTRATOR)[0] == 1
    # The mails wait for the next round of the server, which a change on the pages begins.
    again = Browser()
    asked = again.post("/sign-in?lang=en", email=ADMINISTRATOR, next="")
    assert asked.status == 200, asked.text()
    end, told = time.monotonic() + WITHIN, T["letter.account.passkeys-reset"][:40]
    while not any(told in letter[1] for letter in letters(ADMINISTRATOR)[had:]):
        assert time.monotonic() < end, HERE["server"].said()
        time.sleep(0.1)
    again.follow(link_of([letter for letter in letters(ADMINISTRATOR)[had:] if "/sign-in/link/" in letter[1]][0]))
    assert again.get("/account/passkeys/new").status == 200


def story():
    return [no_link_waits_in_clear, a_master_key_that_others_may_read_is_said,
            an_invitation_leads_to_the_first_passkey, who_is_signed_in_stays_so_where_there_is_no_page, what_is_added_opens_nothing_until_it_has_signed,
            the_mailbox_alone_does_nothing_with_it, nor_does_another_account_take_the_address,
            next_is_followed_within_this_site_alone, a_member_without_one_is_shown_to_administrators,
            a_second_one_takes_the_first_and_removing_closes_what_is_open, without_any_left_a_session_proves_none,
            a_sign_in_is_whole_or_not_at_all, the_operator_lets_somebody_begin_anew]


assert run("init", "--origin", ORIGIN)[0] == 0
HERE["org"] = run("organisation", "add", "--name-en", "College", "--name-fr", "Collège", "--administrator",
                  ADMINISTRATOR)[1].strip()
HERE["members"] = f"/organisations/{HERE['org']}/members"
os.chmod(os.path.join(FOLDER.name, "master.key"), 0o640)
HERE["waiting"] = [facts for facts, in rows("SELECT facts FROM mail")]
with Cairn(CAIRN, "--db", DB, "--origin", ORIGIN, "--offline", "--rate", "10000", demo=False) as served:
    HERE["server"] = served
    tap.run(story())
