#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What belongs to a version and what to the draft: reports of published versions, for members in full and for
everybody in figures; statements, which a new version begins without; what changed, in the reader's words.

usage: test_version_pages.py CAIRN
"""
import html
import json
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
DB = os.path.join(SERVER.folder.name, "cairn.db")
COLLEGE = Organisation(SERVER)
MEMBER, VIEWER = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR), Visitor(SERVER, COLLEGE, staff.VIEWER)
LIST = f"/organisations/{COLLEGE.id}/achievements"
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
KEEP = {"label": {"en": "keep books", "fr": "tenir des livres"}, "framework": "ESCO", "uri": "http://data.europa.eu/esco/skill/1"}
AUDIT = {"label": {"en": "audit books", "fr": "vérifier des livres"}, "framework": "ESCO", "uri": "http://data.europa.eu/esco/skill/2"}
PAY = {"label": {"en": "run a payroll", "fr": "tenir la paie"}, "framework": "ESCO", "uri": "http://data.europa.eu/esco/skill/3"}
BEFORE = {
    "credential_type": "micro-credential", "hours": {"total": 30}, "credits": [{"system": "ON", "value": 1.5}],
    "competencies": [KEEP, AUDIT], "outcome_alignment": [{"outcome": 1, "kind": "knowledge"}],
    "assessment": {"types": ["exam"], "summative": False, "pass_rule": {"en": "60 points", "fr": "60 points"}},
    "participation": {"mode": "online"}, "language": ["en"], "classification": {"noc": ["12200"]},
    "partners": [{"name": "Bookkeepers of Ontario"}], "frameworks": ["ca-bc"],
}
AFTER = {
    "credential_type": "digital-badge", "hours": {"total": 37.5}, "credits": [{"system": "ON", "value": 3.125}],
    "competencies": [KEEP, {**PAY, "label": {**PAY["label"]}}], "outcome_alignment": [{"outcome": 1, "kind": "skill"}],
    "assessment": {"types": ["exam", "portfolio"], "summative": True, "pass_rule": {"en": "70 points", "fr": "60 points"}},
    "participation": {"mode": "onsite"}, "language": ["en", "fr"], "classification": {"noc": ["12200", "14200"]},
    "partners": [{"name": "Bookkeepers of Ontario", "quality_assured": True}], "frameworks": ["on-ecampus"],
    "relation_to_qualification": "component",
}


def run(*args, given=None):
    done = subprocess.run([CAIRN, "achievement", *args, "--organisation", COLLEGE.id, "--db", DB], capture_output=True, timeout=120,
                          input=given)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def fill(achievement, design, months=None):
    run("fill", achievement, "--file", "-", "--replace", given=json.dumps(design).encode())
    if months:
        path = f"{LIST}/{achievement}/edit"
        fields = fields_of(page(path))
        answer = send(path, {**fields, **TEXTS, "months": months})
        assert answer.status == 303, answer.text()


TEXTS = {"name-en": "Bookkeeping", "name-fr": "Tenue de livres", "description-en": "Keeps books", "description-fr": "Tient des livres",
         "criteria-en": "An exam", "criteria-fr": "Un examen", "outcomes-en": "Records sales", "outcomes-fr": "Consigne les ventes"}


def page(path, visitor=MEMBER, language="en", status=200):
    answer = get(SERVER, f"{path}{'&' if '?' in path else '?'}lang={language}", *([visitor.cookie] if visitor else []))
    assert answer.status == status, (path, answer.status, answer.text())
    return answer


def send(path, fields, visitor=MEMBER):
    return post(SERVER, f"{path}?lang=en", "application/x-www-form-urlencoded", urllib.parse.urlencode(fields).encode(), visitor.cookie)


def begin():
    answer = send(LIST + "/new", {**fields_of(page(LIST + "/new")), **TEXTS, "months": "24"})
    assert answer.status == 303, answer.text()
    achievement = answer.headers["location"].split("?")[0].rsplit("/", 1)[1]
    fill(achievement, BEFORE)
    return achievement


def state(achievement, statement):
    path = f"{LIST}/{achievement}/statements"
    answer = send(path, {"csrf": fields_of(page(path))["csrf"], "statement": statement})
    assert answer.status == 303, answer.text()


def outcome(achievement, rule, version="", pack="on-ecampus"):
    body = page(f"{LIST}/{achievement}/check?pack={pack}&version={version}").body
    items = re.findall(r'<li class="cairn-rule-item">(.*?)</li>', body, re.S)
    return {re.search(r'cairn-list__note"[^>]*>([^<]*)<', one)[1]: re.search(r"cairn-came--(\w+)", one)[1] for one in items}[rule]


def a_version_has_a_report_of_its_own():
    own = begin()
    fill(own, AFTER)
    assert 'id="version"' not in page(f"{LIST}/{own}/check").body
    run("publish", own)
    fill(own, BEFORE)
    assert outcome(own, "ON-F-04") == "fail" and outcome(own, "ON-F-04", 1) == "pass"
    shown = page(f"{LIST}/{own}/check?pack=on-ecampus&version=1", VIEWER)
    assert "Version 1, published on" in shown.text() and '<option value="1" selected>' in shown.body
    assert "/design/" not in shown.body, "what is published is not mended"
    assert "version=1&amp;pack=" in page(f"{LIST}/{own}/check?version=1").body
    assert f'{LIST}/{own}/check?version=1' in page(f"{LIST}/{own}").body
    assert "La version 1, publiée le" in page(f"{LIST}/{own}/check?version=1", language="fr").text()
    for wrong in ("2", "x", "99999999999999"):
        page(f"{LIST}/{own}/check?version={wrong}", status=404)
    design = json.loads(run("show", own, "--version", "1"))
    assert design["hours"] == {"total": 37.5} and json.loads(run("show", own))["hours"] == {"total": 30}
    record = json.loads(run("show", own, "--version", "1", "--record"))
    assert record["offering"]["approval"]["granted"] is True
    assert json.loads(run("show", own, "--record"))["offering"]["approval"]["granted"] is False


def everybody_sees_what_a_version_meets():
    own = begin()
    run("publish", own)
    fill(own, {**AFTER, "frameworks": ["on-ecampus", "eu"]})
    run("publish", own)
    with open(f"{ROOT}/data/frameworks/on-ecampus-2020.json", encoding="utf-8") as file:
        must = sum(rule["severity"] == "must" and rule["confidence"] != "R" for rule in json.load(file)["rules"])
    shown = page(f"/achievements/{own}/versions/2", None).text()
    found = re.search(r"Meets (\d+) of the (\d+) rules that must hold", shown[shown.index("eCampusOntario principles"):])
    assert found and 0 < int(found[1]) < int(found[2]) <= must, shown
    assert "Checked on" in shown
    french = page(f"/achievements/{own}/versions/2", None, "fr").text()
    assert "Cadres auxquels elle doit répondre" in french and f"Respecte {found[1]} des {found[2]} règles obligatoires" in french
    first = page(f"/achievements/{own}/versions/1", None).text()
    assert first.count("rules that must hold") == 1, "it says of another framework"


def a_new_version_begins_without_statements():
    own = begin()
    state(own, "labour_market_relevant")
    assert "version 1, which the draft becomes" in page(f"{LIST}/{own}/statements").text()
    run("publish", own)
    assert outcome(own, "ON-P-01") == "pass" and outcome(own, "ON-P-01", 1) == "pass"
    assert "version 1 as it is published" in page(f"{LIST}/{own}/statements").text()
    fill(own, AFTER)
    assert outcome(own, "ON-P-01") == "attest" and outcome(own, "ON-P-01", 1) == "pass"
    for language, note in (("en", "For version 1, to be confirmed"), ("fr", "Pour la version 1, à confirmer")):
        shown = page(f"{LIST}/{own}/statements", language=language)
        assert note in shown.text() and 'value="labour_market_relevant"' in shown.body, language
    state(own, "labour_market_relevant")
    assert outcome(own, "ON-P-01") == "pass"
    assert "to be confirmed" not in page(f"{LIST}/{own}/statements").text().replace("is to be confirmed", "")
    run("publish", own)
    assert outcome(own, "ON-P-01", 2) == "pass"


def marks(body):
    """{heading: [("+" or "-" or "", text)…]}"""
    out = {}
    for heading, text in re.findall(r'<section class="cairn-change">\s*<h2[^>]*>(.*?)</h2>\s*<p[^>]*>(.*?)</p>', body, re.S):
        text = re.sub(r'<span class="govuk-visually-hidden".*?</span>', "", text, flags=re.S)
        parts = re.findall(r"<(ins|del)[^>]*>(.*?)</\1>", text, re.S)
        out[html.unescape(heading)] = {(("+" if tag == "ins" else "-") + html.unescape(re.sub(r"\s+", " ", part)).strip()) for tag, part in parts}
    return out


def what_changed_is_said_in_the_readers_words():
    own = begin()
    run("publish", own)
    fill(own, AFTER, months="6")
    run("publish", own)
    english = marks(page(f"{LIST}/{own}/changes?from=1&to=2").body)
    french = marks(page(f"{LIST}/{own}/changes?from=1&to=2", language="fr").body)
    for heading, wanted in {
            "Validity": {"-2 years from the day it is awarded.", "+6 months from the day it is awarded."},
            "Total hours": {"-30", "+37.5"},
            "Credits": {"-ON 1.5", "+ON 3.125"},
            "Competencies, in English": {"-audit books – ESCO – http://data.europa.eu/esco/skill/2",
                                         "+run a payroll – ESCO – http://data.europa.eu/esco/skill/3"},
            "Competencies, in French": {"-vérifier des livres – ESCO – http://data.europa.eu/esco/skill/2",
                                        "+tenir la paie – ESCO – http://data.europa.eu/esco/skill/3"},
            "Assessment methods": {"+Portfolio"},
            "Occupations (NOC)": {"+14200"}}.items():
        assert english.get(heading) == wanted, (heading, english.get(heading), sorted(english))
    everything = repr([english, french])
    for raw in ("on-ecampus", "ca-bc", "digital-badge", "onsite", "true", "false", "component", "None", "offering."):
        assert raw not in everything, (raw, everything)
    assert any("37,5" in one for values in french.values() for one in values), french
    assert any("Records sales" in one for values in english.values() for one in values), english
    assert any("Consigne les ventes" in one for values in french.values() for one in values), french
    same = marks(page(f"{LIST}/{own}/changes?from=2&to=2").body)
    assert not same, same
    only = begin()
    run("publish", only)
    fill(only, {**BEFORE, "assessment": {**BEFORE["assessment"], "pass_rule": {"en": "60 points", "fr": "soixante points"}}})
    for language in ("en", "fr"):
        found = marks(page(f"{LIST}/{only}/changes", language=language).body)
        assert list(found.values()) == [{"-60", "+soixante"}], (language, found)


try:
    tap.run([a_version_has_a_report_of_its_own, everybody_sees_what_a_version_meets, a_new_version_begins_without_statements,
             what_changed_is_said_in_the_readers_words])
finally:
    SERVER.stop()
