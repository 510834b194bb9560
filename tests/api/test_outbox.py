#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Letters of a server: from the database to a folder or a mail server, and to the mailbox of a demonstration.

usage: test_outbox.py CAIRN
"""
import email
import email.policy
import json
import os
import re
import sqlite3
import sys
import tempfile
import time

import tap
from serving import Answer, Cairn, get, post, raw
from smtp_sink import Sink

PROGRAM = os.path.abspath(sys.argv[1])
WITHIN = 30
CLAIM = {"name": "Zoé Bégin", "achievement": {"en": "Bookkeeping", "fr": "Tenue de livres"},
         "organisation": {"en": "North College", "fr": "Collège du Nord"}, "link": "http://localhost:1/claim/x",
         "code": "K7QMX-3TXPA", "until": "2026-12-22T00:00:00Z"}
SIGN_IN = {"link": "http://localhost:1/sign-in/x", "code": "ABCDE-FGHJK", "minutes": 15}


class Place:
    """A database that outlives its servers."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "var", "cairn.db")
        self.outbox = os.path.join(self.folder.name, "var", "outbox")

    def serve(self, *options):
        return Cairn(PROGRAM, "--db", self.path, *options)

    def ask(self, sql, *values):
        with sqlite3.connect(self.path, timeout=10) as database:
            rows = database.execute(sql, values).fetchall()
        database.close()
        return rows

    def put(self, recipient, language="fr", kind="claim", facts=None, award=None):
        self.ask("INSERT INTO mail (recipient, language, kind, facts, award, tries, next_at, problem, created_at) "
                 "VALUES (?, ?, ?, ?, ?, 0, 0, '', ?)", recipient, language, kind, json.dumps(facts or CLAIM), award,
                 int(time.time()))

    def wait(self, sql, answer):
        """Until the database answers so."""
        end = time.monotonic() + WITHIN
        while (got := self.ask(sql)) != answer:
            assert time.monotonic() < end, (sql, got, answer)
            time.sleep(0.1)


def new_place():
    place = Place()
    place.serve().stop()
    return place


def files(place):
    return sorted(os.listdir(place.outbox))


def letters_become_files():
    place = new_place()
    assert os.stat(place.outbox).st_mode & 0o777 == 0o700
    place.put("zoe@ecole.example")
    place.put("sam@school.example", "en", "sign-in", SIGN_IN)
    server = place.serve()
    place.wait("SELECT count(*) FROM mail WHERE sent_at IS NULL", [(0,)])
    server.stop()
    assert len(files(place)) == 2, files(place)
    mails = {}
    for name in files(place):
        path = os.path.join(place.outbox, name)
        assert os.stat(path).st_mode & 0o777 == 0o600
        with open(path, "rb") as file:
            mail = email.message_from_binary_file(file, policy=email.policy.default)
        mails[mail["to"].addresses[0].addr_spec] = mail
    french, english = mails["zoe@ecole.example"], mails["sam@school.example"]
    assert french["subject"] == "Votre microcertification\u00a0: Tenue de livres", french["subject"]
    assert french["from"].addresses[0].display_name == "Collège du Nord"
    assert french["from"].addresses[0].addr_spec == "no-reply@localhost"
    assert english["content-language"] == "en-CA" and french["content-language"] == "fr-CA"
    for part in french.iter_parts():
        body = part.get_content()
        assert "Bonjour Zoé Bégin," in body and "K7QMX-3TXPA" in body and "/claim/x?lang=fr" in body, body
    assert "within 15 minutes" in english.get_body(("plain",)).get_content()


def letters_go_to_a_mail_server():
    place = new_place()
    place.put("zoe@ecole.example")
    sink = Sink(login=("cairn", "secret"))
    login = os.path.join(place.folder.name, "login")
    with open(login, "w", encoding="utf-8") as file:
        file.write("cairn\nsecret\n")
    server = place.serve("--smtp", f"smtp://127.0.0.1:{sink.port}", "--smtp-user", login, "--mail-from",
                         "Badges@North.example")
    place.wait("SELECT count(*) FROM mail WHERE sent_at IS NULL", [(0,)])
    server.stop()
    assert len(sink.mails) == 1 and sink.mails[0][:2] == ("Badges@north.example", ["zoe@ecole.example"]), sink.mails
    assert not files(place)


def what_a_page_puts_goes_at_once():
    place = new_place()
    sink = Sink()
    server = place.serve("--smtp", f"smtp://127.0.0.1:{sink.port}")
    for language, subject in (("fr", "Votre lien pour ouvrir une session dans Cairn"), ("en", "Your link to sign in to Cairn")):
        answer = post(server, f"/sign-in?lang={language}", "application/x-www-form-urlencoded", b"email=zoe%40ecole.example")
        assert answer.status == 200, answer.text()
        # The steps' own period is a minute: it was called.
        end = time.monotonic() + WITHIN
        while not sink.mails:
            assert time.monotonic() < end
            time.sleep(0.05)
        sender, recipients, raw = sink.mails.pop()
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        assert recipients == ["zoe@ecole.example"] and mail["subject"] == subject, mail["subject"]
        link = re.search(r"http://localhost:\d+(/sign-in/link/\S+)", mail.get_body(("plain",)).get_content())[1]
        assert link.endswith(f"?lang={language}") and get(server, link).is_page(language)
    server.stop()


def a_bad_mailbox_shows_and_nothing_is_said_of_it():
    place = new_place()
    place.ask("INSERT INTO award (number, id, organisation, achievement, version, learner_key, name, email, language, "
              "result, decision, decided_on, method, assessor, evidence, document, status_list, status_place, "
              "awarded_at, page_on, check_code, mail_problem, revoke_code, revoke_reason) VALUES (7, 'i', 1, 1, 1, "
              "'k', 'n', 'e', 'fr', '', '', '', '', '', '', '', 1, 1, 1, 1, 'c', '', '', '')")
    place.put("zoe@ecole.example", award=7)
    place.put("sam@school.example", "en")
    sink = Sink({"RCPT TO:<zoe@": "550 no zoe@ecole.example here"})
    server = place.serve("--smtp", f"smtp://127.0.0.1:{sink.port}")
    place.wait("SELECT mail_problem FROM award", [("recipient",)])
    place.wait("SELECT count(*) FROM mail WHERE sent_at IS NOT NULL", [(1,)])
    said = server.said()
    assert "zoe" not in said and "Zoé" not in said, said
    assert place.ask("SELECT facts FROM mail WHERE problem = 'recipient'") == [("{}",)]
    page = get(server, "/mailbox?lang=fr")
    assert "non livré" in page.text(), page.text()
    number = place.ask("SELECT number FROM mail WHERE problem = 'recipient'")[0][0]
    page = get(server, f"/mailbox/{number}?lang=fr")
    assert page.status == 200 and "ne connaît pas cette boîte" in page.text(), page.text()
    server.stop()


def a_dead_mail_server_loses_nothing():
    place = new_place()
    place.put("zoe@ecole.example")
    sink = Sink()
    sink.close()
    server = place.serve("--smtp", f"smtp://127.0.0.1:{sink.port}")
    place.wait("SELECT tries FROM mail", [(1,)])
    said = server.said()
    assert "cannot be connected to" in said and "zoe" not in said, said
    server.stop()
    # An hour later, as it were.
    place.ask("UPDATE mail SET next_at = 0")
    sink = Sink()
    server = place.serve("--smtp", f"smtp://127.0.0.1:{sink.port}")
    place.wait("SELECT count(*) FROM mail WHERE sent_at IS NULL", [(0,)])
    server.stop()
    assert len(sink.mails) == 1


def the_mailbox_shows_every_letter():
    place = new_place()
    place.put("zoe@ecole.example")
    place.put("<b>@x.example", "en", "sign-in", SIGN_IN)
    server = place.serve()
    for language, words in (("en", "Mailbox of the demonstration"), ("fr", "Boîte aux lettres de la démonstration")):
        page = get(server, f"/mailbox?lang={language}")
        assert page.status == 200 and page.is_page(language) and words in page.text(), page.text()
        assert "<b>" not in page.body and "Tenue de livres" in page.text()
        links = re.findall(r'href="(/mailbox/\d+\?lang=..)"', page.body)
        assert len(links) >= 2, page.body
    letter = get(server, re.search(r'href="(/mailbox/\d+\?lang=fr)"[^>]*>[^<]*Tenue de livres', page.body)[1])
    assert letter.status == 200 and letter.is_page("fr")
    assert letter.body.count("http://localhost:1/claim/x?lang=fr") == 3, letter.body
    assert 'href="http://localhost:1/claim/x?lang=fr"' in letter.body
    assert "K7QMX-3TXPA" in letter.text()
    for path in ("/mailbox/0", "/mailbox/x", "/mailbox/99999999999999999999", "/mailbox/9999"):
        assert get(server, path).status == 404, path
    server.stop()


def another_sites_name_leads_to_no_mailbox():
    place = new_place()
    place.put("zoe@ecole.example")
    server = place.serve()
    number = place.ask("SELECT number FROM mail")[0][0]
    for path in ("/mailbox", f"/mailbox/{number}"):
        for host, status in (("localhost", 200), (f"127.0.0.1:{server.port}", 200), (f"[::1]:{server.port}", 200),
                             ("evil.example", 404), (f"localhost.evil.example:{server.port}", 404),
                             ("127.0.0.1.evil.example", 404)):
            head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            answer = Answer(raw(server, head.encode()))
            assert answer.status == status, (path, host, answer.status)
            assert status == 200 or "zoe" not in answer.body
    server.stop()


def elsewhere_there_is_no_mailbox():
    place = new_place()
    place.put("zoe@ecole.example")
    server = place.serve()
    number = place.ask("SELECT number FROM mail")[0][0]
    server.stop()
    process = serve_origin(place)
    try:
        for path in ("/mailbox", f"/mailbox/{number}"):
            assert get(process, path).status == 404, path
    finally:
        process.stop()


class serve_origin(Cairn):
    """A server that is no demonstration."""

    def __init__(self, place):
        import socket
        import subprocess
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self.host, self.folder = "127.0.0.1", place.folder
        self.errors = open(os.path.join(place.folder.name, "errors"), "w+b")
        self.process = subprocess.Popen([PROGRAM, "serve", "--origin", "https://cairn.example", "--port", str(self.port),
                                         "--db", place.path], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=self.errors)
        assert b"Cairn is at" in self.process.stdout.readline(), self.said()


def settings_that_are_refused():
    import subprocess
    for options, word in ((["--smtp", "http://x"], b"smtp"), (["--smtp-user", "x"], b"--smtp"),
                          (["--mail-from", "nobody"], b"mail-from"), (["--smtp", "smtp://x", "--smtp-user", "/none"],
                                                                     b"/none")):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([PROGRAM, "serve", "--demo", "--db", os.path.join(folder, "c.db"), *options],
                                  capture_output=True, timeout=60)
        assert done.returncode in (1, 64) and word in done.stderr, done


tap.run([
    letters_become_files, letters_go_to_a_mail_server, what_a_page_puts_goes_at_once,
    a_bad_mailbox_shows_and_nothing_is_said_of_it,
    a_dead_mail_server_loses_nothing, the_mailbox_shows_every_letter, another_sites_name_leads_to_no_mailbox,
    elsewhere_there_is_no_mailbox, settings_that_are_refused,
])
