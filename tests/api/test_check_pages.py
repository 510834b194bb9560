#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An achievement held against frameworks on its pages: every rule with what to mend and where, and statements that
members give and withdraw.

usage: test_check_pages.py CAIRN
"""
import html
import json
import os
import re
import sys
import urllib.parse

import staff
import tap
from serving import Cairn, get, post
from staff import Organisation, Visitor, fields_of

SERVER = Cairn(os.path.abspath(sys.argv[1]))
COLLEGE = Organisation(SERVER)
DESIGNER, VIEWER = Visitor(SERVER, COLLEGE, staff.DESIGNER), Visitor(SERVER, COLLEGE, staff.VIEWER)
LIST = f"/organisations/{COLLEGE.id}/achievements"
DRAFT = {"name-en": "Bookkeeping", "name-fr": "Tenue de livres", "outcomes-en": "One\nTwo", "outcomes-fr": "Un\nDeux"}


def page(path, visitor=DESIGNER, language="en", status=200):
    answer = get(SERVER, f"{path}{'&' if '?' in path else '?'}lang={language}", visitor.cookie)
    assert answer.status == status, (path, answer.status, answer.text())
    return answer


def send(path, fields, visitor=DESIGNER, language="en"):
    return post(SERVER, f"{path}?lang={language}", "application/x-www-form-urlencoded",
                urllib.parse.urlencode(fields).encode(), visitor.cookie)


def token(path, visitor=DESIGNER):
    return fields_of(page(path, visitor))["csrf"]


def begin():
    answer = send(LIST + "/new", {"csrf": token(LIST + "/new"), **DRAFT})
    assert answer.status == 303, answer.text()
    return answer.headers["location"].split("?")[0]


OWN = begin()


def rules(text):
    """{id: (outcome, markup)}"""
    items = re.findall(r'<li class="cairn-rule-item">(.*?)</li>', text, re.S)
    return {re.search(r'cairn-list__note"[^>]*>([^<]*)<', one)[1]: (re.search(r"cairn-came--(\w+)", one)[1], one) for one in items}


def every_rule_says_what_to_mend_and_where():
    found = rules(page(f"{OWN}/check?pack=on-ecampus").body)
    assert len(found) == 13 and found["ON-F-04"][0] == "fail" and found["ON-P-02"][0] == "pass", found
    assert found["ON-D-01"][0] == "fail" and found["ON-P-01"][0] == "attest"
    assert f'href="{OWN}/design/assessment?lang=en#assessment.summative"' in found["ON-F-04"][1], found["ON-F-04"]
    assert f'href="{OWN}/statements?lang=en#labour_market_relevant"' in found["ON-P-01"][1], found["ON-P-01"]
    assert f'href="/organisations/{COLLEGE.id}/profile?lang=en#type"' in found["ON-F-01"][1], found["ON-F-01"]
    source = re.search(r'Source: <span lang=""><a class="govuk-link" href="(.*?)">(.*?)</a>(.*?)</span>(.*?)</p>', found["ON-F-04"][1]).groups()
    assert source == ("https://michener.ca/continuing-education/micro-credentials/ecampusontario-micro-credential-principle-framework",
                      "michener.ca", ", Summative Assessment", ". Read on an official page."), source
    assert 'href="/frameworks/on-ecampus-2020?lang=en#ON-F-04"' in found["ON-F-04"][1]
    assert "design" not in rules(page(f"{OWN}/check?pack=on-ecampus", VIEWER).body)["ON-F-04"][1]
    for rule, (outcome, markup) in rules(page(f"{OWN}/check?pack=au-nmf").body).items():
        link = re.search(r'rule-item__mend"><a[^>]*href="([^"]*)"', markup)
        assert (outcome in ("fail", "attest")) == ("cairn-rule-item__mend" in markup), rule
        if link:
            target, _, anchor = html.unescape(link[1]).partition("#")
            there = get(SERVER, target, DESIGNER.cookie)
            assert there.status in (200, 403) and (not anchor or there.status == 403 or f'id="{anchor}' in there.body), link[1]


def a_mended_field_passes_and_the_filter_leaves_it_out():
    own, path = begin(), None
    path = own + "/design/assessment"
    fields = fields_of(page(path))
    answer = send(path, {"csrf": fields["csrf"], "seen": fields.get("seen", ""), "assessment.summative": "yes"})
    assert answer.status == 303, answer.text()
    assert rules(page(f"{own}/check?pack=on-ecampus-2020").body)["ON-F-04"][0] == "pass"
    shown = page(f"{own}/check?pack=on-ecampus-2020&show=open").body
    assert "ON-F-04" not in rules(shown) and {one for one, _ in rules(shown).values()} == {"fail", "attest"}
    assert "not shown" in shown


def the_day_chooses_and_what_was_not_in_force_says_so():
    assert "NZ-01" in rules(page(f"{OWN}/check?pack=nz-nzqa&at=2026-01-01").body)
    assert "was not in force" in page(f"{OWN}/check?pack=nz-nzqa-2018&at=2026-01-01").body
    assert "NZ18-01" in rules(page(f"{OWN}/check?pack=nz-nzqa-2018&at=2020-01-01").body)
    assert "no day" in page(f"{OWN}/check?at=2026-02-30").body
    page(f"{OWN}/check?pack=none-such", status=404)
    found = page(f"{OWN}/check?pack=on-osap-mc").body
    assert "OSAP-L-01" not in rules(found) and "OSAP-O-01" in rules(found) and 'href="/self-check?lang=en"' in found


def all_frameworks_are_told_in_figures():
    for language in ("en", "fr"):
        shown = page(f"{OWN}/check", VIEWER, language).body
        assert shown.count("cairn-tally-item") == 19, shown.count("cairn-tally-item")
    assert "pack=on-ecampus-2020" in page(OWN, VIEWER).body


def statements(visitor=DESIGNER):
    return page(OWN + "/statements", visitor).body


def a_statement_is_given_signed_shown_and_withdrawn():
    before = statements()
    assert before.count('name="statement"') == len(json.load(open(os.path.join(os.path.dirname(__file__), "../../data/frameworks/attestations.json"))))
    answer = send(OWN + "/statements", {"csrf": token(OWN + "/statements"), "statement": "labour_market_relevant"})
    assert answer.status == 303 and answer.headers["location"].endswith("#labour_market_relevant"), answer.text()
    assert rules(page(f"{OWN}/check?pack=on-ecampus").body)["ON-P-01"][0] == "pass"
    given = statements()
    assert re.search(r"Stated by Person \d+ on", given) and 'value="labour_market_relevant"' not in given
    assert "/withdraw" not in statements(VIEWER)
    document = html.unescape(re.search(r'href="([^"]*\.json[^"]*)"', given)[1])
    signed = json.loads(page(document.split("?")[0], VIEWER).body)
    assert signed["credentialSubject"]["statement"]["identifier"] == "labour_market_relevant" and signed["proof"]
    again = send(OWN + "/statements", {"csrf": token(OWN + "/statements"), "statement": "labour_market_relevant"})
    assert again.status == 409 and "already" in again.body
    answer = send(re.search(r'action="([^"]*/withdraw)', given)[1], {"csrf": token(OWN + "/statements")})
    assert answer.status == 303
    assert rules(page(f"{OWN}/check?pack=on-ecampus").body)["ON-P-01"][0] == "attest"
    actions = [action for (action,) in staff.run(SERVER, "SELECT action FROM audit WHERE action LIKE 'achievement.attest%'")]
    assert actions == ["achievement.attested", "achievement.attestation-withdrawn"], actions


def who_only_looks_states_nothing():
    answer = send(OWN + "/statements", {"csrf": token(LIST, VIEWER), "statement": "outcome_based"}, VIEWER)
    assert answer.status == 403 and 'name="statement"' not in statements(VIEWER)
    answer = send(OWN + "/statements", {"csrf": token(OWN + "/statements"), "statement": "none_such"})
    assert answer.status == 400


try:
    tap.run([every_rule_says_what_to_mend_and_where, a_mended_field_passes_and_the_filter_leaves_it_out,
             the_day_chooses_and_what_was_not_in_force_says_so, all_frameworks_are_told_in_figures,
             a_statement_is_given_signed_shown_and_withdrawn, who_only_looks_states_nothing])
finally:
    SERVER.stop()
