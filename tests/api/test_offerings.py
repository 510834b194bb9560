#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Offerings of an achievement: listed, added, changed, closed; shown to everybody while they are open.

usage: test_offerings.py CAIRN
"""
import os
import re
import sys
import urllib.parse

import staff
import tap
from serving import Cairn, get, post, words
from staff import Organisation, Visitor, fields_of

SERVER = Cairn(os.path.abspath(sys.argv[1]))
T = {language: words("design." + language) for language in ("en", "fr")}
COLLEGE = Organisation(SERVER)
BOSS, VIEWER = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR), Visitor(SERVER, COLLEGE, staff.VIEWER)
LIST = f"/organisations/{COLLEGE.id}/achievements"
TEXTS = {name + side: value for name, value in (("name-", "Bookkeeping"), ("description-", "d"), ("criteria-", "c"))
         for side in ("en", "fr")}


def send(path, fields, language="en"):
    return post(SERVER, f"{path}?lang={language}", "application/x-www-form-urlencoded",
                urllib.parse.urlencode(fields).encode(), BOSS.cookie)


def page(path, visitor=BOSS, language="en"):
    return get(SERVER, f"{path}?lang={language}", *([visitor.cookie] if visitor else []))


def hidden(path):
    fields = fields_of(page(path))
    return {"csrf": fields["csrf"], "seen": fields.get("seen", "")}


def begin():
    answer = send(LIST + "/new", {**hidden(LIST + "/new"), **TEXTS})
    return answer.headers["location"].split("?")[0]


def publish(own):
    answer = send(own + "/publish", hidden(own))
    assert answer.status == 303, answer.text()
    return f"/achievements/{own.split('/')[-1]}/versions/1"


def offer(own, **fields):
    return send(f"{own}/offerings/new", {**hidden(f"{own}/offerings/new"), **{k.replace("__", "."): v for k, v in fields.items()}})


def ids(own):
    return re.findall(rf'href="{own}/offerings/([A-Za-z0-9_-]{{22}})\?', page(f"{own}/offerings").body)


def an_offering_is_shown_to_everybody_until_it_is_closed():
    own = begin()
    public = publish(own)
    assert T["en"]["offerings.none"] in page(f"{own}/offerings").text() and "Offerings" not in page(public, None).text()
    answer = offer(own, starts="2999-09-01", ends="2999-11-30", mode="hybrid", language__en="1", language__fr="1",
                   place__en="Main campus", place__fr="Campus principal", price="249.50", currency="CAD", seats="20",
                   funding__en="Grant", funding__fr="Bourse", evening="yes", register_url="https://northshore.example/r")
    assert answer.status == 303 and "done=saved" in answer.headers["location"], answer.text()
    for language, said in (("en", ("September 1, 2999", "Main campus", "249.50", "CAD", "Grant", "Hybrid")),
                           ("fr", ("1er septembre 2999", "Campus principal", "249,50", "Bourse", "Hybride"))):
        text = page(public, None, language).text()
        assert T[language]["offerings.public"] in text and all(word in text for word in said), text
    assert 'href="https://northshore.example/r"' in page(public, None).body
    [one] = ids(own)
    assert send(f"{own}/offerings/{one}/close", hidden(f"{own}/offerings")).status == 303
    assert T["en"]["offerings.public"] not in page(public, None).text()
    assert T["en"]["offering.closed"] in page(f"{own}/offerings", VIEWER).text()
    assert send(f"{own}/offerings/{one}/close", {**hidden(f"{own}/offerings"), "open": "1"}).status == 303
    assert T["en"]["offerings.public"] in page(public, None).text()


def what_is_wrong_stands_by_its_field():
    own = begin()
    for language in ("en", "fr"):
        answer = send(f"{own}/offerings/new", {**hidden(f"{own}/offerings/new"), "ends": "soon", "place.en": "Here"}, language)
        assert answer.status == 422 and all(f'href="#{at}"' in answer.body for at in ("starts", "ends")), answer.body
        assert 'value="soon"' in answer.body and 'value="Here"' in answer.body
        assert T[language]["field-problem.missing"].split("%1")[1] in answer.text()
    answer = offer(own, starts="2026-06-01", ends="2026-05-01")
    assert answer.status == 422 and 'href="#ends"' in answer.body and 'href="#starts"' not in answer.body
    assert ids(own) == []


def who_saves_over_somebody_else_is_asked_first():
    own = begin()
    assert offer(own, start_any_time="yes").status == 303
    [one] = ids(own)
    path = f"{own}/offerings/{one}"
    mine = hidden(path)
    assert send(path, {**mine, "start_any_time": "yes", "seats": "5"}).status == 303
    answer = send(path, {**mine, "start_any_time": "yes", "seats": "7"})
    assert answer.status == 409 and 'value="7"' in answer.body and 'value="5"' in page(path).body
    assert send(path, {**hidden(path), "start_any_time": "yes", "seats": "7"}).status == 303
    assert 'value="7"' in page(path).body


def who_may_view_sees_them_and_changes_nothing():
    own = begin()
    offer(own, start_any_time="yes")
    [one] = ids(own)
    body = page(f"{own}/offerings", VIEWER).body
    assert "/offerings/new" not in body and "/close" not in body and T["en"]["offering.any-time"] in body
    assert page(f"{own}/offerings/{one}", VIEWER).status == 403
    assert page(f"{own}/offerings/AAAAAAAAAAAAAAAAAAAAAA").status == 404


try:
    tap.run([an_offering_is_shown_to_everybody_until_it_is_closed, what_is_wrong_stands_by_its_field,
             who_saves_over_somebody_else_is_asked_first, who_may_view_sees_them_and_changes_nothing])
finally:
    SERVER.stop()
