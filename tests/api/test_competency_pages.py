#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The pages of competency frameworks, and picking items of them into a design.

usage: test_competency_pages.py CAIRN
"""
import html
import json
import os
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path

import staff
import tap
from serving import Cairn, get, post
from staff import Organisation, Visitor, fields_of

CAIRN = os.path.abspath(sys.argv[1])
SERVER = Cairn(CAIRN)
DATA = Path(__file__).parents[1] / "data" / "competencies"
COLLEGE = Organisation(SERVER)
DESIGNER, VIEWER = Visitor(SERVER, COLLEGE, staff.DESIGNER), Visitor(SERVER, COLLEGE, staff.VIEWER)
LIST = f"/organisations/{COLLEGE.id}/achievements"


def imported(*files, say=()):
    done = subprocess.run([CAIRN, "competencies", "import", *(str(DATA / file) for file in files), *say, "--db",
                           os.path.join(SERVER.folder.name, "cairn.db")], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def page(path, language="en", cookie=None):
    answer = get(SERVER, f"{path}{'&' if '?' in path else '?'}lang={language}", *([cookie] if cookie else []))
    assert answer.status == 200, (path, answer.status, answer.text())
    return answer.body


def plain(markup):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markup)))


def found(text, language="en", path="/competencies", cookie=None, framework=0):
    body = page(f"{path}?q={urllib.parse.quote(text)}&framework={framework}", language, cookie)
    results = body.split('id="results"')[1].split("</main>")[0].split("<section")[0]
    return [html.unescape(one) for one in re.findall(r'cairn-list__name"[^>]*>([^<]*)</a>', results)]


def send(path, fields, language="en", visitor=DESIGNER):
    return post(SERVER, f"{path}?lang={language}", "application/x-www-form-urlencoded",
                urllib.parse.urlencode(fields).encode(), visitor.cookie)


def without_frameworks_the_page_says_so():
    assert "competencies import" in plain(page("/competencies"))
    assert "aucun référentiel" in plain(page("/competencies", "fr"))


def the_frameworks_are_shown_with_their_attribution():
    imported("skills_en.csv", "occupations_en.csv", "occupationSkillRelations.csv", "skills_fr.csv", "occupations_fr.csv")
    imported("noc_en.csv", "noc_fr.csv")
    english, french = plain(page("/competencies")), plain(page("/competencies", "fr"))
    assert "This service uses the ESCO classification of the European Commission." in english
    assert "Ce service utilise la classification ESCO de la Commission européenne." in french
    assert "5 items, 4 with an English name, 3 with a French one." in english, english
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page("/competencies")
    assert "Adapté de Statistique Canada" in french


def items_are_found_in_either_language():
    assert found("man", framework=1) == ["manage staff"], found("man", framework=1)
    assert found("man", "fr", framework=1) == ["gérer le personnel"], found("man", "fr", framework=1)
    assert found("gerer le pers") == ["manage staff"]
    assert found("oenologue", "fr") == ["œnologue/femme œnologue"]
    assert found("senior") and found("senior", framework=1) == []
    for strange in ["<b>", '"', "%", "a'b", "\u202e", "x" * 5000]:
        assert found(strange) == [], strange
    nothing = page("/competencies?q=" + urllib.parse.quote("<script>"))
    assert "Nothing begins with “&lt;script&gt;”" in nothing and "<script>" not in nothing


def part(path, language="en", cookie=None, status=200):
    answer = get(SERVER, f"{path}&lang={language}", *([cookie] if cookie else []))
    assert answer.status == status, (path, answer.status, answer.text())
    return answer.body


def what_is_found_comes_alone_too():
    """For the script: the same as stands in the page, and nothing around it."""
    for language in ("en", "fr"):
        for text in ["man", "gerer le pers", "œnolog", "zzz", "", " ", "<b>", "x" * 5000]:
            asked = f"q={urllib.parse.quote(text)}&framework=1"
            whole, alone = page(f"/competencies?{asked}", language), part(f"/competencies/found?{asked}", language)
            assert alone.strip() in whole and alone.startswith("<div role"), (text, alone)
    assert "<h2" not in part("/competencies/found?q=") and "<h2" in part("/competencies/found?q=zzz")


def the_question_stays_when_the_language_changes():
    body = page("/competencies?q=man%20st&framework=1")
    other = html.unescape(re.search(r'href="(/competencies\?q=[^"]*lang=fr)"', body)[1])
    assert 'value="man st"' in page(other.replace("&lang=fr", ""), "fr")


def item_of(text):
    body = page("/competencies?q=" + urllib.parse.quote(text))
    return re.search(r'cairn-list__name" href="(/competencies/\d+)\?', body)[1]


def an_item_has_both_languages_and_what_stands_beside_it():
    for language, heading in (("en", "oenologist"), ("fr", "œnologue/femme œnologue")):
        body = page(item_of("oenologist"), language)
        text = plain(body)
        assert re.search(rf"<h1[^>]*>{heading}</h1>", body), body
        for word in ["oenologist", "œnologue/femme œnologue", "femme œnologue", "wine scientist", "2132.1",
                     "http://data.europa.eu/esco/occupation/1", "Oenologists track"]:
            assert word in text, word
    text = plain(page(item_of("oenologist")))
    assert text.index("Needs") < text.index("oenology") < text.index("Can use") < text.index("manage staff")
    assert "Needed by oenologist" in plain(page(item_of("oenology")))
    assert "TEER 0" in plain(page(item_of("Legislators"))) and "FÉER 0" in plain(page(item_of("Legislators"), "fr"))


def what_was_withdrawn_is_shown_as_such():
    item = item_of("taste wines")
    lines = (DATA / "skills_en.csv").read_text().splitlines(keepends=True)
    shorter = Path(SERVER.folder.name) / "skills_en.csv"
    shorter.write_text("".join(lines[:-2]))
    imported(shorter)
    assert "withdrawn" in plain(page(item)) and "retiré" in plain(page(item, "fr")) and found("taste") == []
    imported("skills_en.csv")
    assert "withdrawn" not in plain(page(item))


def an_item_that_is_not_there_is_not_found():
    for path in ["/competencies/999999", "/competencies/none", "/competencies/0", "/competencies/99999999999999999999"]:
        assert get(SERVER, path).status == 404, path


def begin():
    fields = fields_of(get(SERVER, LIST + "/new?lang=en", DESIGNER.cookie))
    answer = send(LIST + "/new", {"csrf": fields["csrf"], "seen": fields.get("seen", ""), "name-en": "Wine", "name-fr": "Vin"})
    assert answer.status == 303, answer.text()
    return answer.headers["location"].split("?")[0]


def hidden(own):
    fields = fields_of(get(SERVER, f"{own}/competencies?lang=en&q=o", DESIGNER.cookie))
    return {"csrf": fields["csrf"], "seen": fields["seen"], "q": "o"}


def design(own):
    return json.loads(get(SERVER, f"{own}/design.json", DESIGNER.cookie).body)


def an_item_is_picked_and_removed():
    own = begin()
    assert f'href="{own}/competencies?lang=en"' in page(own, cookie=DESIGNER.cookie)
    assert found("oenolog", path=f"{own}/competencies", cookie=DESIGNER.cookie) == ["oenology"]
    number = item_of("oenology").rsplit("/", 1)[1]
    answer = send(f"{own}/competencies/add", {**hidden(own), "item": number})
    assert answer.status == 303 and "done=added&q=o" in answer.headers["location"], answer.text()
    [one] = design(own)["competencies"]
    assert one == {"label": {"en": "oenology", "fr": "œnologie"}, "type": "knowledge",
                   "framework": "ESCO: European Skills, Competences, Qualifications and Occupations",
                   "uri": "http://data.europa.eu/esco/skill/2"}, one
    assert send(f"{own}/competencies/add", {**hidden(own), "item": number}).status == 303
    assert len(design(own)["competencies"]) == 1, "twice is once"
    after = page(f"{own}/competencies?done=added&q=oenolog", cookie=DESIGNER.cookie)
    assert "The competency was added." in after and "competencies/add" not in after, "once"
    assert send(f"{own}/competencies/remove", {**hidden(own), "place": 0}).status == 303
    assert design(own).get("competencies", []) == []


def a_search_finds_what_was_picked_already():
    own = begin()
    asked = f"{own}/competencies/found?q=oenolog&framework=1"
    assert part(asked, cookie=DESIGNER.cookie).count("competencies/add") == 1
    added = send(f"{own}/competencies/add", {**hidden(own), "framework": "1", "item": item_of("oenology").rsplit("/", 1)[1]})
    assert added.headers["location"].endswith("&q=o&framework=1&lang=en"), added.headers
    after = part(asked, "fr", DESIGNER.cookie)
    assert "competencies/add" not in after and "cairn-state" in after
    assert 'name="framework" value="1"' in part(asked.replace("oenolog", "man"), "fr", DESIGNER.cookie)
    for cookie, status in ((VIEWER.cookie, 403), (None, 303)):
        part(asked, cookie=cookie, status=status)


def an_occupation_or_a_class_is_no_competency():
    own = begin()
    assert found("oenologist") and found("Legislators"), "everybody finds them"
    for text in ("oenologist", "Legislators"):
        assert found(text, path=f"{own}/competencies", cookie=DESIGNER.cookie) == [], text
        answer = send(f"{own}/competencies/add", {**hidden(own), "item": item_of(text).rsplit("/", 1)[1]})
        assert answer.status == 422 and "are no competencies" in answer.text(), answer.text()
    assert "competencies" not in design(own)
    body = page(f"{own}/competencies", "fr", DESIGNER.cookie)
    assert f'href="{own}/design/classification?lang=fr"' in body and "ne sont pas des compétences" in body
    assert '<option value="1"' in body and '<option value="2"' not in body, body


def nothing_is_lost_when_somebody_else_writes():
    own = begin()
    old = hidden(own)
    send(f"{own}/competencies/add", {**hidden(own), "item": item_of("oenology").rsplit("/", 1)[1]})
    answer = send(f"{own}/competencies/add", {**old, "item": item_of("manage staff").rsplit("/", 1)[1]})
    assert answer.status == 409 and "Somebody changed the draft" in answer.text(), answer.text()
    assert [one["label"]["en"] for one in design(own)["competencies"]] == ["oenology"]


def only_designers_pick():
    own = begin()
    assert get(SERVER, f"{own}/competencies", VIEWER.cookie).status == 403
    assert send(f"{own}/competencies/add", {**hidden(own), "item": 1}, visitor=VIEWER).status == 403
    assert send(f"{own}/competencies/add", {"item": 1}).status == 403, "without the token"
    for item in ["999999", "x", ""]:
        assert send(f"{own}/competencies/add", {**hidden(own), "item": item}).status == 404, item


try:
    tap.run([
        without_frameworks_the_page_says_so,
        the_frameworks_are_shown_with_their_attribution,
        items_are_found_in_either_language,
        what_is_found_comes_alone_too,
        the_question_stays_when_the_language_changes,
        an_item_has_both_languages_and_what_stands_beside_it,
        what_was_withdrawn_is_shown_as_such,
        an_item_that_is_not_there_is_not_found,
        an_item_is_picked_and_removed,
        a_search_finds_what_was_picked_already,
        an_occupation_or_a_class_is_no_competency,
        nothing_is_lost_when_somebody_else_writes,
        only_designers_pick,
    ])
finally:
    SERVER.stop()
