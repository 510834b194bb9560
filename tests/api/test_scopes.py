#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scopes: the operator makes an organisation a quality body, its administrators let others provide or endorse and
withdraw it again, on the pages and by the commands; both sides see what holds, in both languages.

usage: test_scopes.py CAIRN
"""
import os
import re
import subprocess
import sys
import urllib.parse

import staff
import tap
from serving import Cairn, get, post
from staff import Organisation, Visitor, fields_of

CAIRN = os.path.abspath(sys.argv[1])
SERVER = Cairn(CAIRN)
BODY = Organisation(SERVER, "Quality North", "Qualité Nord")
COLLEGE = Organisation(SERVER)
BOSS = Visitor(SERVER, BODY, staff.ADMINISTRATOR)
VIEWER = Visitor(SERVER, BODY, staff.VIEWER)
THERE = Visitor(SERVER, COLLEGE, staff.VIEWER)
OWN, THEIRS = f"/organisations/{BODY.id}/scopes", f"/organisations/{COLLEGE.id}/scopes"
FORM = "application/x-www-form-urlencoded"


def run(*args):
    done = subprocess.run([CAIRN, "organisation", *args, "--db", os.path.join(SERVER.folder.name, "cairn.db")],
                          capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def send(at, who=BOSS, language="en", **fields):
    kept = fields_of(get(SERVER, f"{at}?lang={language}", who.cookie))
    kept.pop("kind", None)  # the first of boxes that nobody has ticked
    return post(SERVER, f"{at}?lang={language}", FORM, urllib.parse.urlencode({**kept, **fields}).encode(), who.cookie)


def text(at, who, language="en"):
    answer = get(SERVER, f"{at}?lang={language}", who.cookie)
    assert answer.status == 200, (at, answer.status)
    return answer.text().replace("\xa0", " ")


def rows():
    return staff.run(SERVER, "SELECT id, purpose, fields, level_framework, level_most, valid_until, reason FROM scope "
                     "ORDER BY number")


def only_the_operator_makes_a_quality_body():
    assert "What it lets others do" not in text(OWN, BOSS)
    json = "Accept: application/json"
    assert get(SERVER, f"{OWN}/new", BOSS.cookie, json).status == 403
    for args in (("set", BODY.id), ("set", BODY.id, "--quality-body", "perhaps"), ("set", "none", "--quality-body", "yes")):
        status, out, err = run(*args)
        assert status in (1, 64) and not out and err.startswith("cairn:"), (args, err)
    assert run("scope", "grant", COLLEGE.id, "--body", BODY.id, "--purpose", "provide")[0] == 1 and not rows()
    for _ in "ab":
        assert run("set", BODY.id, "--quality-body", "yes") == (0, "", "")
    assert "It has given no scope yet" in text(OWN, BOSS) and "accordé aucune portée" in text(OWN, BOSS, "fr")
    assert get(SERVER, f"{OWN}/new", BOSS.cookie).status == 200
    assert get(SERVER, f"{OWN}/new", VIEWER.cookie, json).status == 403
    said = staff.run(SERVER, "SELECT count(*) FROM audit WHERE action = 'organisation.trusted'")
    assert said == [(1,)], said


def what_is_wrong_stands_by_its_field():
    good = {"to": COLLEGE.id, "purpose": "provide"}
    for fields, wrong in (({"to": ""}, "to"), ({"to": BODY.id}, "to"), ({"purpose": "sing"}, "purpose"),
                          ({"isced": "6"}, "isced"), ({"cip": "11.08x"}, "cip"), ({"noc": "123456"}, "noc"),
                          ({"framework": "EQF"}, "level"), ({"level": "5"}, "framework"),
                          ({"framework": "EQF", "level": "five"}, "level"), ({"from": "2026-02-30"}, "from"),
                          ({"from": "2027-01-02", "until": "2027-01-01"}, "until")):
        for language, prefix in (("en", "Error"), ("fr", "Erreur")):
            answer = send(f"{OWN}/new", language=language, **{**good, **fields})
            assert answer.status == 422 and f"<title>{prefix}" in answer.body, (fields, answer.status)
            assert f'href="#{wrong}"' in answer.body, (fields, wrong)
    assert not rows()


def a_body_lets_another_provide_and_both_see_it():
    done = send(f"{OWN}/new", to=COLLEGE.id, purpose="provide", isced="061, 0541", cip="11.08", framework="EQF", level="5",
                **{"from": "2026-01-01", "until": "2027-12-31"})
    assert done.status == 303 and "done=granted" in done.headers["location"], done.text()
    assert "The scope is given" in get(SERVER, done.headers["location"], BOSS.cookie).text()
    [(_, purpose, fields, framework, level, until, _)] = rows()
    assert (purpose, fields, framework, level) == ("provide", "isced:061 isced:0541 cip:11.08", "EQF", 5)
    assert until == 1830297599, until  # 2027-12-31T23:59:59Z
    for language, words in (("en", ("Quality North", "ISCED-F 061, ISCED-F 0541, CIP 11.08", "EQF 5 at most",
                                    "To offer and award", "From January 1, 2026 to December 31, 2027")),
                            ("fr", ("Qualité Nord", "CITE-F 061, CITE-F 0541, CPE 11.08", "EQF 5 au plus",
                                    "Pour offrir et décerner", "31 décembre 2027"))):
        shown = text(THEIRS, THERE, language)
        assert all(word in shown for word in words), (words, shown)
    assert "North Shore College" in text(OWN, VIEWER) and "/withdraw" not in get(SERVER, OWN, VIEWER.cookie).body
    listed = run("scope", "list", COLLEGE.id)[1]
    assert re.fullmatch(r"\S+  provide  force  2026-01-01\.\.2027-12-31  isced:061 isced:0541 cip:11\.08  up to EQF 5  "
                        rf"from {BODY.id} Quality North\n", listed), listed
    assert f"  to {COLLEGE.id} North Shore College" in run("scope", "list", BODY.id)[1]


def it_withdraws_it_with_a_reason_that_the_other_reads():
    scope = rows()[0][0]
    at = f"{OWN}/{scope}/withdraw"
    assert f'href="{at}?lang=en"' in get(SERVER, f"{OWN}?lang=en", BOSS.cookie).body
    assert send(at, reason=" ").status == 422
    done = send(at, reason="The college closes.")
    assert done.status == 303, done.text()
    assert rows()[0][-1] == "The college closes."
    for language, words in (("en", ("Withdrawn on", "The college closes.")), ("fr", ("Retirée le", "The college closes."))):
        for at_page, who in ((THEIRS, THERE), (OWN, BOSS)):
            assert all(word in text(at_page, who, language) for word in words)
    assert get(SERVER, at, BOSS.cookie, "Accept: application/json").status == 404


def the_operator_grants_and_withdraws_by_command():
    for args, part in ((("--purpose", "provide"), "--body"), (("--body", BODY.id, "--purpose", "sing"), "provide"),
                       (("--body", BODY.id, "--purpose", "endorse", "--fields", "06"), "isced:061"),
                       (("--body", BODY.id, "--purpose", "endorse", "--level", "5"), "EQF:5"),
                       (("--body", BODY.id, "--purpose", "endorse", "--until", "soon"), "2026-09-01"),
                       (("--body", COLLEGE.id, "--purpose", "endorse"), "quality body")):
        status, out, err = run("scope", "grant", COLLEGE.id, *args)
        assert status in (1, 64) and not out and part in err, (args, err)
    status, out, err = run("scope", "grant", COLLEGE.id, "--body", BODY.id, "--purpose", "endorse", "--fields",
                           "noc:21 cip:11", "--level", "EQF:6", "--from", "2026-02-01", "--until", "2099-01-31")
    assert status == 0, err
    scope = out.strip()
    assert rows()[-1][:5] == (scope, "endorse", "noc:21 cip:11", "EQF", 6)
    assert run("scope", "withdraw", scope)[0] == 64
    assert "no scope" in run("scope", "withdraw", "none", "--reason", "r")[2]
    assert run("scope", "withdraw", scope, "--reason", "An error") == (0, "", "")
    assert run("scope", "withdraw", scope, "--reason", "An error")[0] == 1
    assert "An error" in text(THEIRS, THERE)


def a_scope_is_for_some_kinds_of_credentials():
    form_ = get(SERVER, f"{OWN}/new", BOSS.cookie).body
    assert form_.count('name="kind"') == 6 and "Digital badge" in form_, "those that a design can be"
    token = fields_of(get(SERVER, f"{OWN}/new", BOSS.cookie))["csrf"]
    body = urllib.parse.urlencode([("csrf", token), ("to", COLLEGE.id), ("purpose", "endorse"), ("kind", "micro-course"),
                                   ("kind", "digital-badge"), ("level", "5")])
    answer = post(SERVER, f"{OWN}/new?lang=en", FORM, body.encode(), BOSS.cookie)
    assert answer.status == 422 and answer.body.count(" checked") == 3, "what was ticked stays"
    answer = post(SERVER, f"{OWN}/new?lang=en", FORM, body.replace("&level=5", "").encode(), BOSS.cookie)
    assert answer.status == 303, answer.text()
    for language, words in (("en", "Only: Micro-course, Digital badge"), ("fr", "Seulement : Microcours, Insigne numérique")):
        assert words in text(THEIRS, THERE, language), text(THEIRS, THERE, language)
    status, _, err = run("scope", "grant", COLLEGE.id, "--body", BODY.id, "--purpose", "provide", "--kinds", "diploma")
    assert status == 1 and "diploma" in err
    status, out, err = run("scope", "grant", COLLEGE.id, "--body", BODY.id, "--purpose", "provide", "--kinds",
                           "digital-badge micro-credential")
    assert status == 0, err
    assert "  kinds digital-badge micro-credential  " in run("scope", "list", COLLEGE.id)[1]
    assert staff.run(SERVER, "SELECT kinds FROM scope ORDER BY number")[-2:] == [("micro-course digital-badge",),
                                                                              ("digital-badge micro-credential",)]
    assert run("scope", "withdraw", out.strip(), "--reason", "It was for this test")[0] == 0


def every_step_is_in_the_audit():
    said = staff.run(SERVER, "SELECT action, person, subject FROM audit WHERE organisation = ? AND action LIKE 'scope.%' "
                     "ORDER BY number", BODY.number)
    first, second = rows()[0][0], rows()[1][0]
    assert said == [("scope.granted", BOSS.number, first), ("scope.withdrawn", BOSS.number, first),
                    ("scope.granted", None, second), ("scope.withdrawn", None, second)], said
    shown = text(f"/organisations/{BODY.id}/audit", BOSS)
    assert "Scope given" in shown and "Scope withdrawn" in shown and "Made a quality body" in shown


def the_organisation_with_scopes_stays():
    assert "scopes" in run("remove", COLLEGE.id)[2]
    assert run("set", BODY.id, "--quality-body", "no") == (0, "", "")
    # Who was bound stays so: what was withdrawn still stands there, and what that body gave to endorse does not count.
    assert "Withdrawn on" in text(THEIRS, THERE) and "Only: Micro-course" not in text(THEIRS, THERE)


def the_server_has_borne_it():
    SERVER.stop()


tap.run([only_the_operator_makes_a_quality_body, what_is_wrong_stands_by_its_field,
         a_body_lets_another_provide_and_both_see_it, it_withdraws_it_with_a_reason_that_the_other_reads,
         the_operator_grants_and_withdraws_by_command, every_step_is_in_the_audit, a_scope_is_for_some_kinds_of_credentials, the_organisation_with_scopes_stays,
         the_server_has_borne_it])
