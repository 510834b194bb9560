#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The demonstration's network: what `cairn serve --demo` makes in an empty database, and the links it prints.

usage: test_demo.py CAIRN
"""
import json
import re
import signal
import sqlite3
import subprocess
import time

import tap
from network import CAIRN, FOLDER, TABLES, ask, counts, database, links, see, send, sign_in, start
from serving import Cairn, get

def the_network_is_made_quickly_and_once():
    began = time.monotonic()
    server = start("one")
    # Under a second on a quiet machine; tests share theirs.
    assert time.monotonic() - began < 20
    said = re.match(rb"Making a demonstration: (\d+) micro-credentials and a draft, (\d+) fictional organisations, (\d+) people "
                    rb"\.\.\. done\.\n", server.printed)
    published, drafts = ask("one", "SELECT count(DISTINCT achievement), (SELECT count(*) FROM achievement) - "
                            "count(DISTINCT achievement) FROM version")[0]
    assert said and [int(n) for n in said.groups()] == [published, *counts("one")[:2]] and drafts == 1, server.printed
    assert b" done.\nCairn is at http" in server.printed, server.printed
    assert server.printed.count(b"/sign-in/link/") == 4
    made = counts("one")
    server.stop()
    again = start("one")
    assert again.printed.startswith(b"Cairn is at http") and again.printed.count(b"/sign-in/link/") == 4
    assert counts("one") == made, (counts("one"), made)
    again.stop()
    assert made[:2] == [6, 7] and made[3:5] == [6, 5] and made[6] == 5, made


def it_is_marked_as_made_up_in_both_languages():
    for english, french, fictional in ask("one", "SELECT name_en, name_fr, fictional FROM organisation"):
        assert english and french and english != french and fictional == 1
    names = set()
    for (document,) in ask("one", "SELECT document FROM version"):
        version = json.loads(document)
        for language in ("en", "fr"):
            text = version[language]
            assert text["name"] and text["description"] and len(text["criteria"]) > 300, text
            assert 4 <= len(text["outcomes"]) <= 6, text
        assert len(version["en"]["outcomes"]) == len(version["fr"]["outcomes"])
        names.add(version["en"]["name"])
    assert names == {"Bookkeeping Essentials", "Computer Support Service Essentials", "Digital Marketing",
                     "Health Care Operations", "Java Programming"}, names
    for (document,) in ask("one", "SELECT document FROM award"):
        assert "This is a demonstration and certifies nothing." in document, document


def roles_are_as_they_should_be():
    roles = dict(ask("one", "SELECT p.name, m.roles FROM member m JOIN person p ON p.number = m.person "
                     "WHERE m.organisation = 1"))
    assert roles == {"Maya Tremblay": 1, "Noah Bélanger": 2, "Priya Nair": 4, "Liam Fraser": 8}, roles
    states = ask("one", "SELECT count(holder), count(claimed_at), count(revoked_at), count(*) FROM award")
    assert states == [(1, 1, 1, 5)], states
    assert ask("one", "SELECT count(*) FROM award WHERE decided_on >= date('now')") == [(0,)]


SERVER = None


def each_link_leads_to_its_part_once():
    global SERVER
    SERVER = start("one")
    for part, page, words in (("administrator", "/organisations", "Cedar Bay College"),
                              ("issuer", "/organisations", "Cedar Bay College"),
                              ("learner", "/credentials", "Bookkeeping Essentials")):
        cookie, location = sign_in(SERVER, part)
        assert location.startswith(page), (part, location)
        seen = see(SERVER, location, cookie)
        assert seen.status == 200 and words in seen.text(), (part, seen.text())
        answer = send(SERVER, "/sign-in/link", token=links(SERVER)[part][5].decode())
        assert "set-cookie" not in answer.headers and answer.status >= 400, (part, answer.status)


def what_was_made_can_be_looked_at():
    for (identifier,) in ask("one", "SELECT id FROM achievement WHERE number IN (SELECT achievement FROM version)"):
        for language in ("en", "fr"):
            page = get(SERVER, f"/achievements/{identifier}/versions/1?lang={language}")
            assert page.status == 200 and page.is_page(language), page.status
            assert {"en": "made up", "fr": "fictive"}[language] in page.text(), page.text()
    [(claimed,)] = ask("one", "SELECT id FROM award WHERE holder IS NOT NULL")
    page = get(SERVER, f"/credentials/{claimed}?lang=en")
    assert page.status == 200 and "Amina Diallo" in page.text(), page.text()
    [(revoked,)] = ask("one", "SELECT id FROM award WHERE revoked_at IS NOT NULL")
    page = get(SERVER, f"/credentials/{revoked}?lang=en")
    assert page.status == 200 and "Samuel" not in page.text(), page.text()
    mailbox = get(SERVER, "/mailbox?lang=en")
    assert mailbox.status == 200 and "amina@learner.example" in mailbox.text(), mailbox.text()
    SERVER.stop()


def the_micro_credentials_meet_the_framework_but_for_one_that_is_left_to_mend():
    failed = {}
    for identifier, organisation, draft in ask("one", "SELECT a.id, o.id, a.draft FROM achievement a JOIN organisation o "
                                               "ON o.number = a.organisation"):
        record = subprocess.run([CAIRN, "achievement", "show", identifier, "--record", "--organisation", organisation, "--db",
                                 database("one")], check=True, capture_output=True).stdout
        report = subprocess.run([CAIRN, "frameworks", "check", "--pack", "on-ecampus", "--json"], input=record, check=True,
                                capture_output=True).stdout
        came = {one["rule"]: one["outcome"] for one in json.loads(report)}
        assert len(came) > 10 and "attest" not in came.values(), came
        failed[json.loads(draft)["en"]["name"]] = sorted(rule for rule, outcome in came.items() if outcome == "fail")
    assert failed.pop("Plain Language at Work") == ["ON-F-03", "ON-F-05", "ON-F-07"], failed
    assert len(failed) == 5 and not any(failed.values()), failed


def what_was_stopped_half_way_is_finished():
    """Killed after more and more of it; then it is whole, and nothing is there twice."""
    for number, award_rows in enumerate((0, 1, 3)):
        name = f"half{number}"
        process = subprocess.Popen([CAIRN, "serve", "--demo", "--offline", "--port", "1", "--db", database(name)],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=FOLDER.name)
        process.stdout.read(20)
        end = time.monotonic() + 20
        while time.monotonic() < end and process.poll() is None:
            try:
                if ask(name, "SELECT count(*) FROM award")[0][0] >= award_rows and ask(name, "SELECT 1 FROM setting"):
                    break
            except sqlite3.OperationalError:
                pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        start(name).stop()
        # What a letter or an audit says of the same thing twice is no matter.
        # A file that was not read to its end is nobody's: nobody sees it, and it is cleared away within the day.
        unread = ask(name, "SELECT count(*) FROM upload WHERE state = 4")[0][0]
        made = counts(name)[:7]
        made[TABLES.index("upload")] -= unread
        assert made == counts("one")[:7] and unread <= 1, (number, unread, counts(name), counts("one"))
        assert ask(name, "SELECT count(holder), count(revoked_at) FROM award") == [(1, 1)]


def a_database_that_is_not_empty_is_left_alone():
    Cairn(CAIRN, "--db", database("own"), "--offline").stop()
    assert counts("own") == [0] * len(TABLES), "--bare makes none"
    db = sqlite3.connect(database("own"))
    with db:
        db.execute("INSERT INTO organisation (id, name_en, name_fr, url, domain, fictional, created_at) "
                   "VALUES ('own', 'Own', 'Propre', '', '', 0, 0)")
    db.close()
    server = Cairn(CAIRN, "--db", database("own"), "--offline", network=True)
    server.prints(rb"known issuers.\n")
    assert b"Making" not in server.printed and counts("own")[0] == 1
    server.stop()
    assert b"/sign-in/link" not in server.printed


def an_invitation_by_command_leads_to_this_server():
    """The command knows no origin: the server that sends the letter does."""
    server = start("invited")
    [(organisation,)] = ask("invited", "SELECT id FROM organisation ORDER BY number LIMIT 1")
    subprocess.run([CAIRN, "organisation", "invite", organisation, "--administrator", "new@college.example", "--db",
                    database("invited")], capture_output=True, timeout=60, check=True)
    [(number,)] = ask("invited", "SELECT number FROM mail WHERE kind = 'invitation' ORDER BY number DESC LIMIT 1")
    page = get(server, f"/mailbox/{number}")
    found = re.search(rf"http://localhost:{server.port}(/sign-in/link/[\w-]+)", page.text())
    assert page.status == 200 and found, page.text()
    assert get(server, found[1]).status == 200
    server.stop()


tap.run([the_network_is_made_quickly_and_once, it_is_marked_as_made_up_in_both_languages, roles_are_as_they_should_be,
         each_link_leads_to_its_part_once, what_was_made_can_be_looked_at,
             the_micro_credentials_meet_the_framework_but_for_one_that_is_left_to_mend, what_was_stopped_half_way_is_finished,
         a_database_that_is_not_empty_is_left_alone, an_invitation_by_command_leads_to_this_server])
