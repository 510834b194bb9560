#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The design of an achievement on its pages: a list of tasks, sections that save as one goes and keep what was typed,
filled from templates and files, with what frameworks still miss.

usage: test_design.py CAIRN
"""
import json
import os
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path

import staff
import tap
from serving import MULTIPART, Cairn, get, multipart, part, post, words
from staff import Organisation, Visitor, fields_of

SERVER = Cairn(os.path.abspath(sys.argv[1]))
T = {language: words("design." + language) for language in ("en", "fr")}
DATA = Path(__file__).parents[1] / "data" / "competencies"
COLLEGE = Organisation(SERVER)
DESIGNER, VIEWER = Visitor(SERVER, COLLEGE, staff.DESIGNER), Visitor(SERVER, COLLEGE, staff.VIEWER)
LIST = f"/organisations/{COLLEGE.id}/achievements"
NAMES = {"name-en": "Bookkeeping", "name-fr": "Tenue de livres", "outcomes-en": "One\nTwo", "outcomes-fr": "Un\nDeux"}


def send(path, fields, language="en"):
    return post(SERVER, f"{path}?lang={language}", "application/x-www-form-urlencoded",
                urllib.parse.urlencode(fields).encode(), DESIGNER.cookie)


def page(path, visitor=DESIGNER, language="en"):
    answer = get(SERVER, f"{path}{'&' if '?' in path else '?'}lang={language}", visitor.cookie)
    assert answer.status == 200, (path, answer.status, answer.text())
    return answer


def hidden(path):
    fields = fields_of(page(path))
    return {"csrf": fields["csrf"], "seen": fields.get("seen", "")}


def begin():
    answer = send(LIST + "/new", {**hidden(LIST + "/new"), **NAMES})
    assert answer.status == 303, answer.text()
    return answer.headers["location"].split("?")[0]


def save(own, section, language="en", **fields):
    path = f"{own}/design/{section}"
    return send(path, {**hidden(path), **{name.replace("__", "."): value for name, value in fields.items()}}, language)


def publish(own):
    """With what a version has to have."""
    save(own, "assessment", **{"evidence.n": "1", "evidence.0.uri": "https://college.example/work",
                               "evidence.0.visible_to_employer": "yes"})
    texts = {name + side: value for name, value in (("description-", "d"), ("criteria-", "c")) for side in ("en", "fr")}
    assert send(own + "/edit", {**hidden(own + "/edit"), **NAMES, **texts}).status == 303
    boss = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
    form = fields_of(page(own, boss))
    answer = post(SERVER, own + "/publish", "application/x-www-form-urlencoded", urllib.parse.urlencode(
        {"csrf": form["csrf"], "seen": form["seen"]}).encode(), boss.cookie)
    assert answer.status == 303, answer.text()


def kept(own):
    answer = get(SERVER, f"{own}/design.json", DESIGNER.cookie)
    assert answer.status == 200 and answer.headers["content-type"] == "application/json"
    assert "attachment" in answer.headers["content-disposition"]
    design = json.loads(answer.body)
    assert ("outcomes" in design) == ("outcome_alignment" in design)  # the words that the places mean
    design.pop("outcomes", None)
    return design


def states(own):
    return re.findall(r'id="state-([a-z]+)"[^>]*><span class="cairn-state cairn-state--([a-z]+)"', page(f"{own}/design").body)


def a_section_is_saved_and_leads_to_the_next():
    own = begin()
    assert kept(own) == {} and {state for _, state in states(own)} == {"none"}
    answer = save(own, "workload", hours__total="120", hours__contact="60.5", duration_weeks="8", credit_bearing="yes",
                  credits__n="2", **{"credits.1.system": "QC", "credits.1.value": "3.125"}, then="next")
    assert answer.status == 303 and "/design/levels?done=saved" in answer.headers["location"], answer.headers
    assert kept(own) == {"hours": {"total": 120, "contact": 60.5}, "duration_weeks": 8, "credit_bearing": True,
                         "credits": [{"system": "QC", "value": 3.125}]}
    assert dict(states(own))["workload"] == "published"
    shown = page(f"{own}/design/workload", language="fr").body
    assert 'value="3,125"' in shown and 'value="60,5"' in shown and re.search(r'value="yes"[^>]* checked', shown)
    answer = save(own, "levels", then="list", **{"levels.n": "1", "levels.0.framework": "EQF", "levels.0.level": "6"})
    assert answer.headers["location"].split("?")[0] == f"{own}/design"
    assert kept(own)["levels"] == [{"framework": "EQF", "level": 6}] and kept(own)["hours"]["total"] == 120
    answer = save(own, "levels")  # what is emptied is gone, and nothing else
    assert "levels" not in kept(own) and kept(own)["hours"]["total"] == 120


def what_is_wrong_stands_by_its_field_and_nothing_is_lost():
    own = begin()
    save(own, "workload", hours__total="100")
    for language in ("en", "fr"):
        answer = save(own, "workload", language, hours__total="lots", credits__n="2", duration_weeks="7",
                      **{"credits.0.system": "ECTS", "credits.0.value": "4", "credits.1.value": "-2"})
        assert answer.status == 422
        for name in ("hours.total", "credits.1.value"):
            assert f'href="#{name}"' in answer.body and f'id="{name}-error"' in answer.body, name
        for value in ("lots", "7", "ECTS", "-2"):
            assert f'value="{value}"' in answer.body, value
        assert T[language]["field-problem.number"].split("%1")[1] in answer.text()
    assert kept(own) == {"hours": {"total": 100}}
    answer = save(own, "classification", **{"classification.cip": "110802", "classification.noc": "21231\n2123"})
    assert answer.status == 422 and 'href="#classification.cip"' in answer.body and 'href="#classification.noc"' in answer.body
    assert "21231\n2123</textarea>" in answer.body


def more_rows_are_saved_with_what_is_there():
    own = begin()
    rows = lambda body: int(re.search(r'name="credits.n" value="(\d+)"', body)[1])
    assert rows(page(f"{own}/design/workload").body) == 1
    answer = save(own, "workload", credits__n="1", add="credits",
                  **{"credits.0.system": "NZ", "credits.0.value": "12"})
    assert answer.status == 303 and answer.headers["location"].endswith("#credits"), answer.headers
    assert rows(page(answer.headers["location"].split("#")[0].replace("&lang=en", "")).body) == 4
    assert kept(own)["credits"] == [{"system": "NZ", "value": 12}]
    assert save(own, "workload", add="none").status == 303  # no such rows: it is saved


def outcomes_are_aligned_by_their_place():
    own = begin()
    body = page(f"{own}/design/outcomes", language="fr").body
    assert all(f'name="outcome_alignment.{i}.kind"' in body and text in body for i, text in enumerate(("Un", "Deux")))
    save(own, "outcomes", outcome_alignment__n="2", **{"outcome_alignment.1.kind": "attitude"})
    assert kept(own)["outcome_alignment"] == [{"outcome": 2, "kind": "attitude"}]
    body = page(f"{own}/design/outcomes").body
    assert re.search(r'name="outcome_alignment.1.kind".*?value="attitude" selected', body, re.S)


def who_saves_over_somebody_else_is_asked_first():
    own = begin()
    path = f"{own}/design/workload"
    mine = hidden(path)
    save(own, "levels", level_not_applicable="yes")
    answer = send(path, {**mine, "hours.total": "5"})
    assert answer.status == 409 and 'value="5"' in answer.body and kept(own) == {"level_not_applicable": True}
    again = send(path, {**mine, "seen": fields_of(answer)["seen"], "hours.total": "5"})
    assert again.status == 303 and kept(own) == {"hours": {"total": 5}, "level_not_applicable": True}


def the_texts_and_the_design_are_changed_apart():
    own = begin()
    save(own, "workload", hours__total="5")
    answer = send(own + "/edit", {**hidden(own + "/edit"), **NAMES, "name-en": "Books"})
    assert answer.status == 303 and kept(own) == {"hours": {"total": 5}}
    save(own, "workload", hours__total="6")
    assert "Books" in page(own).text() and kept(own) == {"hours": {"total": 6}}


def a_kind_goes_with_the_words_of_its_outcome():
    own = begin()
    texts = {"outcomes-en": "One\nTwo\nThree", "outcomes-fr": "Un\nDeux\nTrois"}
    send(own + "/edit", {**hidden(own + "/edit"), **NAMES, **texts})
    save(own, "outcomes", outcome_alignment__n="3", **{"outcome_alignment.0.kind": "knowledge", "outcome_alignment.1.kind": "skill"})
    save(own, "workload", hours__total="5")
    first = kept(own)["outcome_alignment"]
    assert first == [{"outcome": 1, "kind": "knowledge"}, {"outcome": 2, "kind": "skill"}], first
    send(own + "/edit", {**hidden(own + "/edit"), **NAMES, "outcomes-en": "Two\nThree", "outcomes-fr": "Deux\nTrois"})
    assert kept(own) == {"outcome_alignment": [{"outcome": 1, "kind": "skill"}], "hours": {"total": 5}}, kept(own)
    other = begin()
    send(other + "/edit", {**hidden(other + "/edit"), **NAMES, "outcomes-en": "Else\nTwo", "outcomes-fr": "Autre\nDeux"})
    assert fill(other, part("source", "own." + own.rsplit("/", 1)[1])).status == 303
    assert kept(other)["outcome_alignment"] == [{"outcome": 2, "kind": "skill"}]
    third = begin()
    send(third + "/edit", {**hidden(third + "/edit"), **NAMES, "outcomes-en": "Else", "outcomes-fr": "Autre"})
    assert fill(third, part("source", "own." + own.rsplit("/", 1)[1])).status == 303
    assert kept(third) == {"hours": {"total": 5}}, kept(third)


def frameworks_say_what_they_miss_where_it_is_mended():
    own = begin()
    unchosen = page(f"{own}/design")  # the report falls back to the same
    assert T["en"]["design.frameworks.none"] in unchosen.text() and "principles and framework" in unchosen.text()
    assert f'{own}/statements?lang=en#labour_market_relevant"' in unchosen.body, unchosen.body  # what is left to state is missing, too
    assert re.search(r'/profile\?lang=en#type"', unchosen.body)
    save(own, "frameworks", **{"frameworks.on-ecampus": "1", "frameworks.nobody": "1"})
    assert kept(own) == {"frameworks": ["on-ecampus"]}
    for language, word in (("en", "principles and framework"), ("fr", "Principes et cadre")):
        tasks = page(f"{own}/design", language=language).text()
        assert word in tasks and T[language]["design.elsewhere"] in tasks, tasks
        assert word in page(f"{own}/design/assessment", language=language).text()
        assert word not in page(f"{own}/design/classification", language=language).text()
    save(own, "assessment", assessment__summative="yes")
    assert "summative" not in page(f"{own}/design/assessment").text().split("Assessment methods")[0].lower()


def no_id_stands_twice_on_a_section():
    own = begin()
    for section, _ in states(own):
        ids = re.findall(r'\bid="([^"]+)"', page(f"{own}/design/{section}").body)
        assert len(ids) > 5 and len(ids) == len(set(ids)), (section, sorted(one for one in set(ids) if ids.count(one) > 1))


def an_experiment_is_chosen_beside_its_framework():
    own = begin()
    shown = page(f"{own}/design/frameworks")
    name = re.search(r'name="(variants\.nl-npuls\.\d)"[^>]*>\s*<label[^>]*>Universities', shown.body)[1]
    assert "Universités" in page(f"{own}/design/frameworks", language="fr").text()
    save(own, "frameworks", **{"frameworks.nl-npuls": "1", name: "1", "variants.nl-npuls.99": "1"})
    assert kept(own) == {"frameworks": ["nl-npuls"], "variants": ["university experiment"]}
    assert re.search(rf'name="{name}"[^>]* checked', page(f"{own}/design/frameworks").body)
    save(own, "frameworks", **{"frameworks.nl-npuls": "1"})
    assert kept(own) == {"frameworks": ["nl-npuls"]}


def fill(own, *parts):
    body = multipart(*(part(name, value) for name, value in hidden(f"{own}/design/fill").items()), *parts)
    return post(SERVER, f"{own}/design/fill?lang=en", MULTIPART, body, DESIGNER.cookie)


def a_design_is_filled_from_a_template_another_and_a_file():
    one, other = begin(), begin()
    save(one, "workload", hours__total="7")
    assert fill(one, part("source", "template.short-skill")).status == 303
    first = kept(one)
    assert first["hours"] == {"total": 7, "contact": 20, "instructional": 20} and first["assessment"]["summative"] is True
    assert fill(one, part("source", "template.short-skill"), part("replace", "1")).status == 303
    assert kept(one)["hours"]["total"] == 40
    assert fill(one, part("source", "template.none")).status == 404
    assert page(f"{other}/design/fill").body.count(f'value="own.{one.split("/")[-1]}"') == 1
    assert fill(other, part("source", "own." + one.split("/")[-1])).status == 303 and kept(other) == kept(one)
    third = begin()
    send(third + "/edit", {**hidden(third + "/edit"), **NAMES, "outcomes-en": "Else", "outcomes-fr": "Autre"})
    whole = get(SERVER, f"{one}/design.json", DESIGNER.cookie).body
    assert fill(third, part("source", "file"), part("file", whole, "design.json", "application/json")).status == 303
    assert kept(third) == kept(one)


def a_file_that_is_wrong_says_where():
    own = begin()
    wrong = '{"hours": {"total": "x", "contact": 3}, "colour": "red"}'
    answer = fill(own, part("source", "file"), part("file", wrong, "d.json", "application/json"))
    assert answer.status == 422 and "/hours/total" in answer.text() and "/colour" in answer.text() and kept(own) == {}
    assert fill(own, part("file", wrong, "d.json", "application/json"), part("partly", "1")).status == 303
    assert kept(own) == {"hours": {"contact": 3}}
    assert fill(own, part("source", "file")).status == 422
    assert fill(own, part("file", "{", "d.json", "application/json")).status == 422


def the_public_page_says_the_design_and_keeps_it():
    own = begin()
    save(own, "workload", hours__total="120", **{"credits.n": "1", "credits.0.system": "QC", "credits.0.value": "3.125"})
    save(own, "outcomes", outcome_alignment__n="2", **{"outcome_alignment.0.kind": "skill", "competencies.n": "1",
         "competencies.0.label.en": "Keeping <b>books</b>", "competencies.0.label.fr": "Tenir des livres",
         "competencies.0.uri": "http://data.europa.eu/esco/skill/1"})
    publish(own)
    save(own, "workload", hours__total="5")
    public = f"/achievements/{own.split('/')[-1]}/versions/1"
    for language, said in (("en", ("3.125", "Skill", "Total hours", "100 to 249 hours – this one is within this range")),
                           ("fr", ("3,125", "Habileté", "Nombre total d’heures", "de 100 à 249 heures – celle-ci se situe dans cette fourchette"))):
        answer = get(SERVER, f"{public}?lang={language}")
        text = answer.text().replace("\u00a0", " ")
        assert answer.status == 200 and all(word in text for word in said), text
        shown = "https://college.example/work – " + words("design." + language)["design-label.evidence.visible_to_employer"]
        assert f'rel="noopener noreferrer nofollow">{shown}</a>' in answer.body, "a link goes by its address"
        assert 'href="http://data.europa.eu/esco/skill/1"' in answer.body and "<b>books" not in answer.body


def the_organisation_says_what_it_is():
    boss = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
    path = f"/organisations/{COLLEGE.id}/profile"
    own = begin()
    save(own, "frameworks", **{"frameworks.on-ecampus": "1"})
    assert "ON-F-01" in page(f"{own}/design").text()
    def say(**fields):
        csrf = fields_of(page(path, boss))["csrf"]
        return post(SERVER, path + "?lang=en", "application/x-www-form-urlencoded",
                    urllib.parse.urlencode({"csrf": csrf, **fields}).encode(), boss.cookie)
    wrong = say(country="Canada", type="institution")
    assert wrong.status == 422 and 'href="#country"' in wrong.body and 'value="Canada"' in wrong.body
    assert say(country="CA", type="institution", sector="college", regulated="yes", delivers="no").status == 303
    kept = json.loads(staff.run(SERVER, "SELECT profile FROM organisation WHERE id = ?", COLLEGE.id)[0][0])
    assert kept == {"country": "CA", "type": "institution", "sector": "college", "regulated": True, "delivers": False}
    assert 'value="CA"' in page(path, boss, "fr").body and "ON-F-01" not in page(f"{own}/design").text()


def who_may_view_sees_the_list_alone():
    own = begin()
    body = page(f"{own}/design", VIEWER).body
    assert "/design/workload" not in body and T["en"]["design-section.workload"] in body
    assert get(SERVER, f"{own}/design/workload", VIEWER.cookie).status == 403
    assert get(SERVER, f"{own}/design/nothing", DESIGNER.cookie).status == 404


def imported(*files, say=()):
    done = subprocess.run([sys.argv[1], "competencies", "import", *(str(DATA / file) for file in files), *say, "--db",
                           os.path.join(SERVER.folder.name, "cairn.db")], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def codes_are_looked_up_where_their_list_is_here():
    own, older, other = begin(), begin(), begin()
    unknown = {"classification.cip": "98.7654", "classification.noc": "00010\n98765", "classification.isced": "99"}
    right = {"classification.cip": "11.0701", "classification.noc": "00010\n00011", "classification.isced": "0011"}
    assert save(older, "classification", **unknown).status == 303, "without lists the form alone counts"
    assert save(own, "classification", **{**unknown, "classification.cip": "11.07"}).status == 422
    imported("noc_en.csv", "noc_fr.csv")
    imported("cip_en.csv", "cip_fr.csv", say=["--framework", "cip-2021"])
    imported("isced-f.csv")
    for language, words in (("en", ("no such class in CIP 2021: 98.7654", "no such unit group in NOC 2021: 98765",
                                    "no such field in ISCED-F 2013: 99", "00010 – Legislators")),
                            ("fr", ("la CPE 2021 n’a aucune classe de ce code : 98.7654",
                                    "la CNP 2021 n’a aucun groupe de base de ce code : 98765",
                                    "la CITE-F 2013 n’a aucun domaine de ce code : 99",
                                    "00010 – Membres des corps législatifs"))):
        answer = save(own, "classification", language, **unknown)
        text = re.sub("<[^>]*>", "", answer.text().replace("\u00a0", " "))
        assert answer.status == 422 and all(word in text for word in words), (words, text)
        for field in ("cip", "noc", "isced"):
            assert f'href="#classification.{field}"' in answer.body, field
        assert 'value="98.7654"' in answer.body and kept(own) == {}, "what was typed stays"
    assert save(own, "classification", **right, then="next").status == 303
    shown = page(f"{own}/design/classification", language="fr").body
    assert '<li>11.0701 – <span lang="fr">Informatique</span></li>' in shown, shown
    assert '<span lang="en">Computer science</span>' in page(f"{own}/design/classification").body
    # What was kept before the list came hinders nothing else, and is told where the codes are saved.
    assert save(older, "workload", hours__total="9").status == 303 and kept(older)["classification"]["cip"] == "98.7654"
    assert save(older, "classification", **unknown).status == 422
    answer = fill(other, part("source", "own." + older.split("/")[-1]))
    assert answer.status == 422 and "98.7654" in answer.text() and kept(other) == {}
    whole = json.dumps({"classification": {"cip": "11.0701", "noc": ["98765", "00011"], "isced": "99"}})
    answer = fill(other, part("file", whole, "d.json", "application/json"))
    assert answer.status == 422 and "/classification/noc/0" in answer.text() and "/classification/isced" in answer.text()
    assert fill(other, part("file", whole, "d.json", "application/json"), part("partly", "1")).status == 303
    assert kept(other) == {"classification": {"cip": "11.0701", "noc": ["00011"]}}, kept(other)


def a_version_says_what_its_codes_stand_for():
    own = begin()
    save(own, "classification", **{"classification.cip": "11.0701", "classification.noc": "00010"})
    publish(own)
    for language, said in (("en", ("11.0701 – Computer science", "00010 – Legislators")),
                           ("fr", ("11.0701 – Informatique", "00010 – Membres des corps législatifs"))):
        text = get(SERVER, f"/achievements/{own.split('/')[-1]}/versions/1?lang={language}").text()
        assert all(word in text for word in said), text


try:
    tap.run([a_section_is_saved_and_leads_to_the_next, what_is_wrong_stands_by_its_field_and_nothing_is_lost,
             more_rows_are_saved_with_what_is_there, outcomes_are_aligned_by_their_place,
             who_saves_over_somebody_else_is_asked_first, the_texts_and_the_design_are_changed_apart,
             a_kind_goes_with_the_words_of_its_outcome, frameworks_say_what_they_miss_where_it_is_mended, no_id_stands_twice_on_a_section, an_experiment_is_chosen_beside_its_framework, a_design_is_filled_from_a_template_another_and_a_file,
             a_file_that_is_wrong_says_where, the_public_page_says_the_design_and_keeps_it,
             the_organisation_says_what_it_is, who_may_view_sees_the_list_alone,
             codes_are_looked_up_where_their_list_is_here, a_version_says_what_its_codes_stand_for])
finally:
    SERVER.stop()
