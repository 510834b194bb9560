#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An organisation's own page, and the form for its names and site.

usage: test_organisation_page.py CAIRN
"""
import json
import os
import sys
import urllib.parse

import staff
import tap
from serving import Cairn, get, post
from staff import Organisation, Visitor, fields_of

SERVER = Cairn(os.path.abspath(sys.argv[1]))
COLLEGE = Organisation(SERVER)
BOSS = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
OWN = f"/organisations/{COLLEGE.id}"


def save(language="en", **changes):
    form = get(SERVER, f"{OWN}/edit?lang={language}", BOSS.cookie)
    fields = fields_of(form) | changes
    return post(SERVER, f"{OWN}/edit?lang={language}", "application/x-www-form-urlencoded",
                urllib.parse.urlencode(fields).encode(), BOSS.cookie)


def kept():
    return staff.run(SERVER, "SELECT name_en, name_fr, url FROM organisation WHERE id = ?", COLLEGE.id)[0]


def every_role_is_shown_what_it_may_do():
    cards = {staff.ADMINISTRATOR: ("/achievements", "/awards", "/scopes", "/members", "/keys", "/audit", "/edit"),
             staff.ISSUER: ("/achievements", "/awards", "/scopes"), staff.VIEWER: ("/achievements", "/awards", "/scopes")}
    for role, expected in cards.items():
        body = get(SERVER, f"{OWN}?lang=en", Visitor(SERVER, COLLEGE, role).cookie).body
        shown = {at for at in cards[staff.ADMINISTRATOR] if f'href="{OWN}{at}?lang=en"' in body}
        assert shown == set(expected), (role, shown)


def the_form_holds_what_is_there_and_saves_it():
    form = get(SERVER, f"{OWN}/edit?lang=fr", BOSS.cookie)
    for value in ("North Shore College", "Collège de la Rive-Nord", "https://northshore.example"):
        assert f'value="{value}"' in form.body, value
    done = save(**{"name-en": " South Shore College ", "name-fr": "Collège de la Rive-Sud", "url": ""})
    assert done.status == 303, done.text()
    assert kept() == ("South Shore College", "Collège de la Rive-Sud", "")
    for language, words in (("en", ("South Shore College", "are saved")), ("fr", ("Collège de la Rive-Sud", "enregistrés"))):
        text = get(SERVER, f"{OWN}?done=saved&lang={language}", BOSS.cookie).text()
        assert all(word in text for word in words), text
    controller = get(SERVER, f"/issuers/{COLLEGE.id}.json")
    assert json.loads(controller.body) and "Rive-Sud" in get(SERVER, f"/issuers/{COLLEGE.id}?lang=fr").text()
    assert staff.run(SERVER, "SELECT action, person FROM audit WHERE organisation = ?", COLLEGE.number)[-1] == (
        "organisation.changed", BOSS.number)


def what_is_wrong_stands_by_its_field_and_nothing_is_kept():
    before = kept()
    for changes, fields in (({"name-en": " "}, ["name-en"]), ({"name-en": "", "name-fr": ""}, ["name-en", "name-fr"]),
                            ({"name-fr": "x" * 201}, ["name-en", "name-fr"]), ({"url": "http://college.example"}, ["url"]),
                            ({"url": "javascript:alert(1)"}, ["url"])):
        for language, prefix in (("en", "Error"), ("fr", "Erreur")):
            answer = save(language, **changes)
            assert answer.status == 422 and f"<title>{prefix}" in answer.body, (changes, answer.status)
            wrong = [name for name in ("name-en", "name-fr", "url") if f'id="{name}-error"' in answer.body]
            assert wrong == fields and all(f'href="#{name}"' in answer.body for name in fields), (changes, wrong)
    assert kept() == before


try:
    tap.run([every_role_is_shown_what_it_may_do, the_form_holds_what_is_there_and_saves_it,
             what_is_wrong_stands_by_its_field_and_nothing_is_kept])
finally:
    SERVER.stop()
