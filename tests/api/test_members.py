#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The pages of an organisation's members from outside, in both languages: who is invited knows by whom and to what,
nobody is removed unasked, and a form that comes back with an error says so before all else.

usage: test_members.py CAIRN
"""
import html
import os
import re
import sys
import urllib.parse

import staff
import tap
from serving import Cairn, get, post, words
from staff import Organisation, Visitor, fields_of

SERVER = Cairn(os.path.abspath(sys.argv[1]))
T = {language: {**words(language), **words("people." + language), **words("uploads." + language)}
     for language in ("en", "fr")}
COLLEGE = Organisation(SERVER)
ADMINISTRATOR = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
HERE = f"/organisations/{COLLEGE.id}"
NAMES = {"en": "North Shore College", "fr": "Collège de la Rive-Nord"}


def name_of(visitor):
    return staff.run(SERVER, "SELECT name, id FROM person WHERE number = ?", visitor.number)[0]


def page(path, language, *headers):
    return get(SERVER, f"{path}{'&' if '?' in path else '?'}lang={language}", *headers)


def send(path, language, visitor=ADMINISTRATOR, **fields):
    csrf = {} if visitor is None else {"csrf": fields_of(page(HERE, language, visitor.cookie))["csrf"]}
    return post(SERVER, f"{path}?lang={language}", "application/x-www-form-urlencoded",
                urllib.parse.urlencode({**csrf, **fields}).encode(), *([visitor.cookie] if visitor else []))


def title_of(answer):
    return " ".join(html.unescape(re.search("<title>(.*)</title>", answer.body)[1]).split())


def members():
    return [number for number, in staff.run(SERVER, "SELECT person FROM member WHERE organisation = ?", COLLEGE.number)]


def a_removal_asks_first():
    for language, t in T.items():
        other = Visitor(SERVER, COLLEGE, staff.ISSUER)
        name, id = name_of(other)
        path = f"{HERE}/members/remove/{id}"
        one = page(f"{HERE}/members/{id}", language, ADMINISTRATOR.cookie)
        assert f'href="{path}?lang={language}"' in one.body and f'action="{path}' not in one.body, one.body
        asked = page(path, language, ADMINISTRATOR.cookie)
        assert asked.status == 200 and asked.is_page(language), (asked.status, asked.text())
        assert t["members.remove.sure"].replace("%1", name) in asked.text() and t["members.remove.text"] in asked.text()
        assert f'action="{path}?lang={language}"' in asked.body and f'href="{HERE}/members/{id}?lang={language}"' in asked.body
        assert other.number in members(), "a look removes"
        assert post(SERVER, path, "application/x-www-form-urlencoded", b"", ADMINISTRATOR.cookie).status == 403
        assert other.number in members(), "without the page's token"
        done = send(path, language)
        assert done.status == 303 and "done=removed" in done.headers["location"], done.text()
        assert other.number not in members()
        assert page(path, language, ADMINISTRATOR.cookie).status == 404


def an_error_comes_first_in_the_title():
    _, id = name_of(ADMINISTRATOR)
    for language, t in T.items():
        error = t["page.error"] + " "
        wrong = [send(f"{HERE}/members", language, email="nobody", role="viewer"),
                 send(f"{HERE}/members", language, email="anna@college.example"),
                 send(f"{HERE}/members/{id}", language),
                 send(f"{HERE}/members/remove/{id}", language),
                 send("/account", language, name="a" * 500),
                 send("/account/addresses", language, email="nobody"),
                 send("/sign-in", language, None, email="nobody"),
                 send("/sign-in/code", language, None, email="anna@college.example", code="x"),
                 send("/sign-in/passkey", language, None)]
        for i, answer in enumerate(wrong):
            assert answer.status in (409, 422), (i, answer.status, answer.text())
            assert title_of(answer).startswith(error), (i, title_of(answer))
        for path in (f"{HERE}/members", f"{HERE}/members/{id}", "/account", "/sign-in"):
            assert error not in title_of(page(path, language, ADMINISTRATOR.cookie)), path


def invited(language, address):
    """The mail of an invitation and the page its link leads to, as somebody who is not signed in sees them."""
    [(facts,)] = staff.run(SERVER, "SELECT facts FROM mail WHERE recipient = ? AND kind = 'invitation'", address)
    link = re.search(r'"link":"[^"]*(/sign-in/link/[^"]*)"', facts)[1]
    [(number,)] = staff.run(SERVER, "SELECT number FROM mail WHERE recipient = ?", address)
    return page(f"/mailbox/{number}", language).text(), page(link, language).text()


def an_invitation_says_who_invites_to_what():
    name, _ = name_of(ADMINISTRATOR)
    for language, t in T.items():
        address = f"guest-{language}@college.example"
        answer = send(f"{HERE}/members", language, email=address, role="issuer")
        assert answer.status == 303, answer.text()
        letter, look = invited(language, address)
        for text in (letter, look):
            assert name in text and NAMES[language] in text, text
        assert t["sign-in.invited.by"].replace("%1", name) in look, look
        assert t["organisation.roles"].replace("%1", t["role.issuer"]) in look, look
        staff.run(SERVER, "UPDATE person SET name = '' WHERE number = ?", ADMINISTRATOR.number)
        assert f"person{ADMINISTRATOR.number}@example.org" in invited(language, address)[1]
        staff.run(SERVER, "UPDATE person SET name = ? WHERE number = ?", name, ADMINISTRATOR.number)
        staff.run(SERVER, "UPDATE ticket SET person = NULL WHERE email = ?", address)
        look = invited(language, address)[1]
        assert NAMES[language] in look and t["sign-in.invited.by"].partition("%1")[0] not in look, look


def nothing_is_not_zero():
    for language, t in T.items():
        text = page(f"{HERE}/awards", language, ADMINISTRATOR.cookie).text()
        assert t["awards.none"] in text and t["awards.none.found"] not in text, text
        text = page(f"{HERE}/awards?q=anna", language, ADMINISTRATOR.cookie).text()
        assert t["awards.none.found"] in text and t["awards.none"] not in text, text


def the_visitors_own_language_stands_first():
    for path, first, second in ((f"{HERE}/achievements/new", "name-en", "name-fr"), (f"{HERE}/edit", "name-en", "name-fr")):
        for language in T:
            body = page(path, language, ADMINISTRATOR.cookie).body
            places = [body.index(f'id="{name}"') for name in (first, second)]
            assert (places == sorted(places)) == (language == "en"), (path, language, places)
    answer = send(f"{HERE}/achievements/new", "fr", **{"name-en": "Books", "description-fr": "a" * 1001})
    assert answer.status == 422 and re.search('id="name-en"[^>]*value="Books"', answer.body), "the sides are mixed up"
    assert 'href="#description-fr"' in answer.body
    answer = send(f"{HERE}/achievements/new", "fr", **{"name-en": "Books", "name-fr": "Livres"})
    shown = page(answer.headers["location"].split("?")[0], "fr", ADMINISTRATOR.cookie).body
    assert shown.index(">Livres</p>") < shown.index(">Books</p>")
    headings = [words("achievements.fr")["achievement." + name] for name in ("french", "english")]
    assert shown.index(headings[0]) < shown.index(">Livres</p>") < shown.index(headings[1]) < shown.index(">Books</p>")


try:
    tap.run([a_removal_asks_first, an_error_comes_first_in_the_title, an_invitation_says_who_invites_to_what,
             nothing_is_not_zero, the_visitors_own_language_stands_first])
finally:
    SERVER.stop()
