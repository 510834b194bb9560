#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a draft pack would change: which published achievements would newly fail, on the page and by the command.

usage: test_impact.py CAIRN
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

PROGRAM = os.path.abspath(sys.argv[1])
SERVER = Cairn(PROGRAM)
DATABASE = os.path.join(SERVER.folder.name, "cairn.db")
COLLEGE, OTHER = Organisation(SERVER), Organisation(SERVER, "Other", "Autre")
TEXTS = {"description-en": "d", "description-fr": "d", "criteria-en": "c", "criteria-fr": "c", "outcomes-en": "One", "outcomes-fr": "Un"}


def send(visitor, path, fields):
    return post(SERVER, f"{path}?lang=en", "application/x-www-form-urlencoded", urllib.parse.urlencode(fields).encode(), visitor.cookie)


def page(visitor, path, status=200):
    answer = get(SERVER, f"{path}{'&' if '?' in path else '?'}lang=en", visitor.cookie)
    assert answer.status == status, (path, answer.status, answer.text())
    return answer


def published(organisation, visitor, name, **design):
    at = f"/organisations/{organisation.id}/achievements"
    answer = send(visitor, at + "/new", {"csrf": fields_of(page(visitor, at + "/new"))["csrf"], "name-en": name, "name-fr": name, **TEXTS})
    assert answer.status == 303, answer.text()
    own = answer.headers["location"].split("?")[0]
    for section, values in design.items():
        fields = fields_of(page(visitor, f"{own}/design/{section}"))
        answer = send(visitor, f"{own}/design/{section}", {"csrf": fields["csrf"], "seen": fields.get("seen", ""), **values})
        assert answer.status == 303, answer.text()
    fields = fields_of(page(visitor, own))
    answer = send(visitor, own + "/publish", {"csrf": fields["csrf"], "seen": re.search(r'name="seen" value="([^"]*)"', page(visitor, own).body)[1]})
    assert answer.status == 303, answer.text()
    return own.rsplit("/", 1)[1]


def rule(name, severity, test, confidence="V", scope="offering"):
    return {"id": name, "severity": severity, "scope": scope, "source": "s", "confidence": confidence,
            "message": {"en": f"Rule {name}", "fr": f"Règle {name}"}, "test": test}


SUMMATIVE = {"op": "eq", "path": "offering.assessment.summative", "value": True}
DRAFT = {"pack": "on-ecampus-2027", "title": {"en": "The next one", "fr": "Le prochain"}, "jurisdiction": "CA-ON", "status": "proposal",
         "effective_from": "2027-01-01", "effective_to": None, "rules": [
             rule("ON-F-04", "must", SUMMATIVE),  # the pack in force has it: nothing new where it fails already
             rule("ON-N-01", "must", {"op": "ge", "path": "offering.hours.total", "value": 10}),
             rule("ON-N-02", "should", {"op": "present", "path": "offering.price"}),
             rule("ON-N-03", "must", {"op": "present", "path": "offering.language"}, "R"),
             rule("ON-N-04", "must", {"op": "present", "path": "learner.status"}, scope="learner")]}
ADMINISTRATOR, STRANGER = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR), Visitor(SERVER, OTHER, staff.ADMINISTRATOR)
SHORT = published(COLLEGE, ADMINISTRATOR, "Short", workload={"hours.total": "9.5"})
LONG = published(COLLEGE, ADMINISTRATOR, "Long", workload={"hours.total": "10"})
THEIRS = published(OTHER, STRANGER, "Theirs")
draft_file = os.path.join(SERVER.folder.name, "draft.json")
with open(draft_file, "w") as file:
    json.dump(DRAFT, file)


def command(*args):
    done = subprocess.run([PROGRAM, "frameworks", "impact", "--db", DATABASE, *args], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def the_command_names_what_would_newly_fail():
    status, out, err = command("--with", draft_file, "--pack", "on-ecampus-2027", "--at", "2026-06-01", "--json")
    answer = json.loads(out)
    rows = {row["achievement"]: row for row in answer["newly_failing"]}
    assert (status, answer["instead_of"], answer["checked"]) == (0, "on-ecampus-2020", 3) and sorted(rows) == sorted([SHORT, THEIRS]), out
    assert [(one["rule"], one["severity"], one["field"]) for one in rows[SHORT]["fails"]] == [
        ("ON-N-01", "must", "offering.hours.total"), ("ON-N-02", "should", "offering.price")]
    status, out, err = command("--with", draft_file, "--pack", "on-ecampus-2027", "--organisation", COLLEGE.id, "--language", "fr")
    assert status == 0 and "1 sur 2" in out and "Règle ON-N-01" in out and "Theirs" not in out, out


def what_is_in_force_changes_nothing():
    status, out, err = command("--pack", "on-ecampus-2020", "--json")
    assert status == 0 and json.loads(out)["newly_failing"] == []
    answer = json.loads(command("--pack", "on-omc-2023-proposal", "--json")[1])
    assert answer["instead_of"] is None and len(answer["newly_failing"]) == 3


def impact_of(before, after):
    """What the rule `after` of a draft would newly fail where the pack in force has it as `before`."""
    files = []
    for name, start, status, one in [("zz-2020", "2020-01-01", "voluntary", before), ("zz-2027", "2027-01-01", "proposal", after)]:
        pack = {**DRAFT, "pack": name, "status": status, "effective_from": start, "rules": [one]}
        files.append(os.path.join(SERVER.folder.name, name + ".json"))
        with open(files[-1], "w") as file:
            json.dump(pack, file)
    status, out, err = command("--with", files[0], "--with", files[1], "--pack", "zz-2027", "--at", "2026-06-01", "--json")
    assert status == 0, err
    answer = json.loads(out)
    assert answer["instead_of"] == "zz-2020", out
    return len(answer["newly_failing"])


def what_was_advice_and_becomes_a_must_is_new():
    hours = {"op": "ge", "path": "offering.hours.total", "value": 1000}
    must, should, may = (rule("ZZ-1", severity, hours) for severity in ("must", "should", "may"))
    unconfirmed = rule("ZZ-1", "must", hours, "R")
    assert [impact_of(was, must) for was in (must, should, may, unconfirmed)] == [0, 3, 3, 3]
    # what weighs less, or nothing, is none that must be
    assert [impact_of(must, now) for now in (should, may, unconfirmed)] == [0, 0, 0]
    # the same id with another test: what passed before and fails now
    assert impact_of(rule("ZZ-1", "must", {"op": "present", "path": "offering.title"}), must) == 3


def wrong_use_is_told():
    assert "pack.unknown" in command("--pack", "none-such")[2]
    assert command("--pack", "on-ecampus-2020", "--at", "never")[0] == 1
    assert "handle.db" in subprocess.run([PROGRAM, "frameworks", "impact", "--db", "/none", "--pack", "on-ecampus-2020"], capture_output=True, text=True).stderr


PACKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/frameworks")
# What every award of Cairn has, and who issues it: such a rule cannot fail. What a person has, no achievement decides.
ALWAYS = {"award.badge", "award.issued", "award.learner", "award.learner.id", "award.learner.name", "award.owner", "award.portable",
          "award.proof", "award.status_checkable", "offering.developer.name"}
OF_PEOPLE = ("learner.", "application.")
LOOKS = {"credits_between": ["offering.credits"], "level_in": ["offering.levels"], "level_in_list": ["offering.levels"],
         "hours_match": ["offering.hours.total"], "contact_per_credit_ge": ["offering.hours.contact"],
         "credits_below_by_level": ["offering.credits"]}


def packs():
    for name in sorted(os.listdir(PACKS)):
        with open(os.path.join(PACKS, name), encoding="utf-8") as file:
            pack = json.load(file)
        if "rules" in pack and "pack" in pack:
            yield pack


def looks_at(test):
    yield from (test[name] for name in ("path", "other", "others") if name in test)
    yield from LOOKS.get(test["op"], [])
    for inner in [*test.get("of", []), *(test[name] for name in ("if", "then") if name in test)]:
        yield from looks_at(inner)


def paths_of_all_rules():
    tests = [(rule["id"], rule["test"]) for pack in packs() for rule in pack["rules"]]
    tests += [each for pack in packs() for variant in pack.get("variants", []) for each in variant["override"].items()]
    return sorted({path for _, test in tests for path in looks_at(test) if not path.startswith(OF_PEOPLE)})


def mends(body):
    """{rule: link or None} of what is to be mended"""
    found = {}
    for item in re.findall(r'<li class="cairn-rule-item">(.*?)</li>', body, re.S):
        mend = re.search(r'cairn-rule-item__mend">(?:<a class="govuk-link" href="([^"]*)")?', item)
        if mend:
            found[re.search(r'cairn-list__note"[^>]*>([^<]*)<', item)[1]] = html.unescape(mend[1]) if mend[1] else None
    return found


def leads_to_its_field(link, pages={}):
    target, _, anchor = link.partition("#")
    if target not in pages:
        pages[target] = get(SERVER, target, ADMINISTRATOR.cookie)
    assert pages[target].status == 200, link
    return bool(anchor) and re.search(rf'id="{re.escape(anchor)}["-]', pages[target].body) is not None


def every_field_of_every_rule_is_mended_where_a_link_leads():
    paths = [path for path in paths_of_all_rules() if path not in ALWAYS]
    assert len(paths) > 70, paths
    never = {"op": "eq", "path": "", "value": "what nobody says"}
    draft = {**DRAFT, "rules": [rule(f"P-{i}", "must", {**never, "path": path}) for i, path in enumerate(paths)]}
    csrf = fields_of(page(ADMINISTRATOR, AT))["csrf"]
    found = mends(send(ADMINISTRATOR, AT, {"csrf": csrf, "at": "2026-06-01", "draft": json.dumps(draft)}).body)
    lost = [path for i, path in enumerate(paths) if not found.get(f"P-{i}") or not leads_to_its_field(found[f"P-{i}"])]
    assert not lost, [(path, found.get(f"P-{paths.index(path)}")) for path in lost]


def what_fails_or_is_to_be_stated_has_a_link():
    count = 0
    for pack in packs():
        body = page(ADMINISTRATOR, f"/organisations/{COLLEGE.id}/achievements/{SHORT}/check?pack={pack['pack']}&at={pack['effective_from']}").body
        for name, link in mends(body).items():
            assert link and leads_to_its_field(link), (pack["pack"], name, link)
            count += 1
    assert count > 90, count


def a_pack_of_the_operators_own_is_on_every_page():
    mine = os.path.join(SERVER.folder.name, "mine.json")
    with open(mine, "w") as file:
        json.dump({**DRAFT, "pack": "mine-2026", "status": "in-force", "effective_from": "2026-01-01",
                   "title": {"en": "Rules of our own", "fr": "Nos propres règles"}, "rules": [rule("MINE-1", "must", SUMMATIVE)]}, file)
    server = Cairn(PROGRAM, "--pack", mine)
    try:
        assert "Rules of our own" in get(server, "/frameworks?lang=en", "").text()
        assert "MINE-1" in get(server, "/frameworks/mine-2026?lang=en", "").text()
        college = Organisation(server)
        visitor = Visitor(server, college, staff.ADMINISTRATOR)
        at = f"/organisations/{college.id}/achievements"
        begun = post(server, at + "/new?lang=en", "application/x-www-form-urlencoded", urllib.parse.urlencode(
            {"csrf": fields_of(get(server, at + "/new?lang=en", visitor.cookie))["csrf"], "name-en": "N", "name-fr": "N"}).encode(), visitor.cookie)
        own = begun.headers["location"].split("?")[0]
        assert "Rules of our own" in get(server, own + "/design/frameworks?lang=en", visitor.cookie).text()
        assert "MINE-1" in get(server, own + "/check?lang=en&pack=mine", visitor.cookie).text()
    finally:
        server.stop()
    with open(mine, "w") as file:
        json.dump({**DRAFT, "status": "propozal"}, file)
    done = subprocess.run([PROGRAM, "serve", "--demo", "--bare", "--port", "1", "--db", os.path.join(SERVER.folder.name, "other.db"), "--pack", mine],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "/status" in done.stderr and "mine.json" in done.stderr, done


AT = f"/organisations/{COLLEGE.id}/frameworks/impact"


def the_page_shows_ones_own_alone():
    csrf = fields_of(page(ADMINISTRATOR, AT))["csrf"]
    answer = send(ADMINISTRATOR, AT, {"csrf": csrf, "at": "2026-06-01", "draft": json.dumps(DRAFT)})
    text = answer.text()
    assert answer.status == 200 and "1 achievement would newly fail. 2 are published." in text and "Rule ON-N-01" in text, text
    assert f'href="/organisations/{COLLEGE.id}/achievements/{SHORT}/design/workload?lang=en#hours.total"' in answer.body
    assert LONG not in answer.body and THEIRS not in answer.body and "ON-N-03" not in answer.body.split("</form>")[-1]
    assert "2 achievements would newly fail" in page(ADMINISTRATOR, AT + "?pack=on-omc-2023-proposal").text()
    page(STRANGER, AT, 404)


def a_malformed_draft_is_refused_with_the_place():
    csrf = fields_of(page(ADMINISTRATOR, AT))["csrf"]
    bad = json.loads(json.dumps(DRAFT))
    bad["rules"][1]["test"]["vale"] = 3
    answer = send(ADMINISTRATOR, AT, {"csrf": csrf, "draft": json.dumps(bad)})
    assert answer.status == 400 and "/rules/1/test/vale" in answer.text() and "does not belong" in answer.text()
    assert send(ADMINISTRATOR, AT, {"csrf": csrf, "draft": "{"}).status == 400
    assert send(ADMINISTRATOR, AT, {"csrf": csrf, "draft": "", "at": "2026-02-30"}).status == 400


try:
    tap.run([the_command_names_what_would_newly_fail, what_is_in_force_changes_nothing,
             what_was_advice_and_becomes_a_must_is_new, wrong_use_is_told,
             every_field_of_every_rule_is_mended_where_a_link_leads,
             what_fails_or_is_to_be_stated_has_a_link, a_pack_of_the_operators_own_is_on_every_page, the_page_shows_ones_own_alone, a_malformed_draft_is_refused_with_the_place])
finally:
    SERVER.stop()
