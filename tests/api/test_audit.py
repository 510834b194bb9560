#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The audit of an organisation, as its administrators read it: who did what, in both languages, of one person or one
kind, page by page and as a spreadsheet.

usage: test_audit.py CAIRN
"""
import csv
import io
import os
import re
import sys
import urllib.parse

import staff
import tap
from serving import Cairn, get, post
from staff import Organisation, Visitor, fields_of

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SERVER = Cairn(os.path.abspath(sys.argv[1]))
HERE, ELSEWHERE = Organisation(SERVER), Organisation(SERVER)
BOSS = Visitor(SERVER, HERE, staff.ADMINISTRATOR)
HAND = Visitor(SERVER, HERE, staff.DESIGNER)
HOLDER = Visitor(SERVER)
AUDIT = f"/organisations/{HERE.id}/audit"


def name_of(visitor):
    return staff.run(SERVER, "SELECT name FROM person WHERE number = ?", visitor.number)[0][0]


def id_of(visitor):
    return staff.run(SERVER, "SELECT id FROM person WHERE number = ?", visitor.number)[0][0]


def write(organisation, person, action, subject="", at=1_780_000_000):
    staff.run(SERVER, "INSERT INTO audit (at, organisation, person, action, subject) VALUES (?, ?, ?, ?, ?)", at,
              organisation.number, person.number if person else None, action, subject)


def page(query="", who=BOSS, language="en"):
    answer = get(SERVER, f"{AUDIT}?lang={language}{query}", who.cookie)
    assert answer.status == 200, answer.status
    return answer


def entries(answer):
    found = re.findall(r'(?s)<li class="cairn-entry">(.*?)</li>', answer.body)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", one)).strip() for one in found]


def sheet(query="", language="en"):
    answer = get(SERVER, f"{AUDIT}.csv?lang={language}{query}", BOSS.cookie)
    assert answer.status == 200, answer.status
    text = answer.body.removeprefix("\ufeff")
    return answer, list(csv.reader(io.StringIO(text), delimiter=";" if language == "fr" else ","))


def what_is_done_on_the_pages_stands_in_it():
    at = f"/organisations/{HERE.id}/achievements/new"
    fields = fields_of(get(SERVER, at, HAND.cookie)) | {"name-en": "Bookkeeping", "name-fr": "Tenue de livres",
                                                       "months": ""}
    body = urllib.parse.urlencode(fields).encode()
    made = post(SERVER, at, "application/x-www-form-urlencoded", body, HAND.cookie)
    assert made.status == 303, made.text()
    path = made.headers["location"].split("?")[0]
    for language, what, name in (("en", "Achievement begun:", "Bookkeeping"), ("fr", "Réalisation commencée", "Tenue de livres")):
        answer = page(language=language)
        assert what in entries(answer)[0] and name in entries(answer)[0] and name_of(HAND) in entries(answer)[0]
        assert f'href="{path}?lang={language}"' in answer.body, path


def other_organisations_and_the_holders_own_affairs_are_not():
    write(ELSEWHERE, BOSS, "member.removed")
    write(HERE, HOLDER, "page.off", "award-1")
    write(HERE, HOLDER, "award.claimed", "award-1")
    listed = entries(page())
    assert "Award claimed" in listed[0] and "Its holder" in listed[0], listed[0]
    assert "Achievement begun" in listed[1], listed[1]
    for text in (page().body, sheet()[0].body):
        assert name_of(HOLDER) not in text and f"person{HOLDER.number}@" not in text and "page.off" not in text
    assert get(SERVER, AUDIT, HAND.cookie, "Accept: application/json").status == 403


def every_action_has_words():
    """The actions of the source, all of them, as the pages say them: none of them by its stable word."""
    source = "".join(open(os.path.join(folder, file), encoding="utf-8").read()
                     for folder, _, files in os.walk(os.path.join(ROOT, "src", "app"))
                     for file in files if file.endswith(".c"))
    kinds = "achievement|award|claim|domain|invitation|key|member|organisation|scope|upload"
    actions = set(re.findall(rf'CN_S\("((?:{kinds})\.[a-z]+)"\)', source)) - {"upload.state"}
    assert len(actions) >= 15 and {"member.removed", "award.revoked", "upload.confirmed"} <= actions, actions
    for action in sorted(actions):
        write(HERE, BOSS, action)
    for language in ("en", "fr"):
        listed = entries(page(language=language))
        assert len(listed) >= len(actions)
        for action in actions:
            assert not any(action in one for one in listed), (language, action)


def the_list_is_narrowed_to_a_person_or_a_kind():
    assert all(name_of(HAND) in one for one in entries(page(f"&person={id_of(HAND)}")))
    assert len(entries(page(f"&person={id_of(HAND)}"))) == 1
    assert entries(page("&person=nobody")) == [] and "There is nothing here" in page("&person=nobody").text()
    members = entries(page("&kind=member"))
    assert members and all(re.match("Member|Roles|Invitation", one) for one in members), members
    both = page(f"&kind=achievement&person={id_of(HAND)}")
    assert len(entries(both)) == 1 and both.body.count(" selected") == 2, both.text()
    assert len(entries(page("&kind=nonsense"))) == len(entries(page()))


def it_is_read_page_by_page_to_its_end():
    for number in range(120):
        write(HERE, BOSS, "upload.dropped", at=1_790_000_000 + number)
    query, seen, pages = "&kind=upload", [], 0
    while pages < 9:
        answer = page(query)
        seen += entries(answer)
        pages += 1
        older = re.search(r'before=(\d+)[^"]*">Older entries<', answer.body)
        if not older:
            break
        query = f"&kind=upload&before={older[1]}"
    [(kept,)] = staff.run(SERVER, "SELECT count(*) FROM audit WHERE organisation = ? AND action LIKE 'upload.%'",
                          HERE.number)
    assert pages == 3 and len(seen) == kept, (pages, len(seen), kept)


def it_is_downloaded_as_a_spreadsheet():
    answer, rows = sheet()
    assert 'filename="audit-log.csv"' in answer.headers["content-disposition"]
    [(kept,)] = staff.run(SERVER, "SELECT count(*) FROM audit WHERE organisation = ? AND action NOT LIKE 'page.%'",
                          HERE.number)
    assert rows[0][0] == "when (UTC)" and len(rows) == kept + 1, (rows[0], len(rows), kept)
    begun = next(row for row in rows if row[4] == "achievement.begun" and row[6])
    assert begun[1] == name_of(HAND) and begun[2] == f"person{HAND.number}@example.org" and begun[5] == "Bookkeeping"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", begun[0]), begun
    answer, rows = sheet("&kind=achievement", "fr")
    assert 'filename="journal-audit.csv"' in answer.headers["content-disposition"]
    assert rows[0][0] == "quand (UTC)" and all(row[4].startswith("achievement.") for row in rows[1:])


def where_a_former_member_has_mail_today_is_not_in_it():
    former = Visitor(SERVER, HERE, staff.DESIGNER)
    name, address = name_of(former), f"person{former.number}@example.org"
    write(HERE, former, "upload.confirmed")
    write(HERE, BOSS, "member.set", id_of(former))
    assert sheet()[1][2][1:3] == [name, address]
    staff.run(SERVER, "DELETE FROM member WHERE person = ?", former.number)
    assert sheet()[1][2][1:3] == [name, ""] and sheet()[1][1][5] == name
    staff.run(SERVER, "UPDATE person SET name = '' WHERE number = ?", former.number)
    assert "A former member" in entries(page())[1] and ">A former member</option>" in page().body
    assert "Une personne qui n’est plus membre" in entries(page(language="fr"))[1]
    for text in (page().body, sheet()[0].body):
        assert address not in text and f"person{former.number}%40" not in text


def an_account_that_is_gone_is_in_it_without_a_name():
    gone = name_of(HAND)
    staff.run(SERVER, "DELETE FROM session WHERE person = ?", HAND.number)
    for table in ("member", "address"):
        staff.run(SERVER, f"DELETE FROM {table} WHERE person = ?", HAND.number)
    staff.run(SERVER, "UPDATE audit SET person = NULL WHERE person = ?", HAND.number)
    staff.run(SERVER, "DELETE FROM person WHERE number = ?", HAND.number)
    listed = entries(page("&kind=achievement"))
    assert any("Achievement begun" in one and "account that is gone" in one for one in listed), listed
    assert gone not in page().body


try:
    tap.run([what_is_done_on_the_pages_stands_in_it, other_organisations_and_the_holders_own_affairs_are_not,
             every_action_has_words, the_list_is_narrowed_to_a_person_or_a_kind, it_is_read_page_by_page_to_its_end,
             it_is_downloaded_as_a_spreadsheet,
             where_a_former_member_has_mail_today_is_not_in_it, an_account_that_is_gone_is_in_it_without_a_name])
finally:
    SERVER.stop()
