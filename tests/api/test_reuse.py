#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A published achievement as a start for another: on the pages and by `cairn achievement copy`; its licence; where it
comes from, which no form and no file takes away; single competencies; the original's page, which tells of it.

usage: test_reuse.py CAIRN
"""
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

import staff
import tap
from serving import MULTIPART, Cairn, get, multipart, part, post, words
from staff import Organisation, Visitor, fields_of

CAIRN = os.path.abspath(sys.argv[1])
SERVER = Cairn(CAIRN)
DB = os.path.join(SERVER.folder.name, "cairn.db")
ORIGIN = f"http://localhost:{SERVER.port}"
staff.run(SERVER, "INSERT INTO setting (name, value) VALUES ('origin', ?)", ORIGIN)
T = {language: words("reuse." + language) for language in ("en", "fr")}
FOLDER = tempfile.TemporaryDirectory()

COLLEGE = Organisation(SERVER)
INSTITUTE = Organisation(SERVER, "South Shore Institute", "Institut de la Rive-Sud", 0)
ACADEMY = Organisation(SERVER, "West Academy", "Académie de l’Ouest", 0)
OWNER = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
AUTHOR, PUBLISHER = Visitor(SERVER, INSTITUTE, staff.DESIGNER), Visitor(SERVER, INSTITUTE, staff.ADMINISTRATOR)
VIEWER, LEARNER = Visitor(SERVER, INSTITUTE, staff.VIEWER), Visitor(SERVER)
BOTH = Visitor(SERVER, INSTITUTE, staff.DESIGNER)
staff.run(SERVER, "INSERT INTO member (organisation, person, roles, since_at) VALUES (?, ?, 2, 1)", ACADEMY.number, BOTH.number)

BY, SHARED, CLOSED = (f"https://creativecommons.org/licenses/{kind}/4.0/" for kind in ("by", "by-sa", "by-nd"))
# What stays with the other institution, and what is taken.
OWN = {"contact": {"name": {"en": "Office"}, "email": "office@north.example"}, "developer": {"name": {"en": "North"}},
       "qa": {"type": "institutional", "body": {"en": "Senate"}}, "employer_partners": ["Mill Ltd"],
       "participation": {"mode": "online", "location": {"en": "Hall"}}, "portal_listing": "https://portal.example/1",
       "partners": [{"name": "Partner"}], "transcript_entry": {"en": "CERT"}, "osap_approved": True}
SHARE = {"hours": {"total": 37.5, "contact": 12}, "credits": [{"system": "ECTS", "value": 3.125}],
         "assessment": {"types": ["exam"], "pass_rule": {"en": "60 %"}, "rubric": [{"criterion": {"en": "Clear"}, "levels": [{"en": "low"}]}]},
         "outcome_alignment": [{"outcome": 1, "kind": "skill"}], "target_group": {"en": "workers", "fr": "travailleurs"},
         "competencies": [{"label": {"en": "keep books", "fr": "tenir des livres"}, "framework": "ESCO",
                           "uri": "http://data.europa.eu/esco/skill/books"},
                          {"label": {"en": "count cash", "fr": "compter la caisse"}}],
         "classification": {"noc": ["12200"]}, "frameworks": ["on-ecampus"]}
WHOLE = {"participation": {"mode": "online"}}


def run(*args, org=INSTITUTE, text=None):
    done = subprocess.run([CAIRN, "achievement", *args, "--organisation", org.id, "--db", DB], capture_output=True, timeout=120,
                          input=text, text=True)
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def good(*args, **how):
    status, out, err = run(*args, **how)
    assert status == 0, (args, out, err)
    return out


def document(name, design):
    return {"cairn": "achievement", "name": {"en": name, "fr": f"{name} (fr)"}, "description": {"en": "About", "fr": "Sur"},
            "criteria": {"en": "An exam", "fr": "Un examen"}, "outcomes": [{"en": "Records", "fr": "Enregistre"}],
            "valid_months": 24, "design": design}


def published(name="Books", licence=BY, org=COLLEGE, more=None):
    """A version without a source: as it is written here, not brought in a file."""
    design = {**OWN, **SHARE, **({"licence": licence} if licence else {}), **(more or {})}
    made = good("import", in_file(document(name, design)), org=org)
    [(draft,)] = staff.run(SERVER, "SELECT draft FROM achievement WHERE id = ?", made)
    draft = json.loads(draft)
    del draft["design"]["source"]
    staff.run(SERVER, "UPDATE achievement SET draft = ? WHERE id = ?", json.dumps(draft), made)
    good("publish", made, org=org)
    return made


def in_file(value):
    name = os.path.join(FOLDER.name, "file.json")
    with open(name, "w", encoding="utf-8") as file:
        json.dump(value, file)
    return name


def draft_of(made):
    [(draft,)] = staff.run(SERVER, "SELECT draft FROM achievement WHERE id = ?", made)
    return json.loads(draft)


def design_of(made):
    return draft_of(made).get("design", {})


def source_of(made):
    return design_of(made)["source"]


def page(path, visitor=None, language="en"):
    answer = get(SERVER, f"{path}{'&' if '?' in path else '?'}lang={language}", *([visitor.cookie] if visitor else []))
    assert answer.status == 200, (path, answer.status, answer.text())
    return answer


def seen(*args, **how):
    """What stands on a page, as it is read."""
    return page(*args, **how).text().replace(" ,", ",")


def status_of(path, visitor=None):
    return get(SERVER, path, *([visitor.cookie] if visitor else [])).status


def public(made, version=1):
    return f"/achievements/{made}/versions/{version}"


def send(path, fields, visitor=AUTHOR, language="en"):
    return post(SERVER, f"{path}?lang={language}", "application/x-www-form-urlencoded", urllib.parse.urlencode(fields).encode(),
                visitor.cookie)


def use(made, visitor=AUTHOR, language="en", version=1, **fields):
    path = public(made, version) + "/use"
    answer = get(SERVER, f"{path}?lang={language}", visitor.cookie)
    start = fields_of(answer) if answer.status == 200 else {}
    start = {name: start.get(name, "") for name in ("csrf", "organisation")}
    return send(path, {**start, "part": "whole", **fields}, visitor, language)


def taken(made, visitor=AUTHOR, **fields):
    answer = use(made, visitor, **fields)
    assert answer.status == 303 and "done=copied" in answer.headers["location"], (answer.status, answer.text())
    return re.search(r"/achievements/([^/?]+)\?", answer.headers["location"])[1]


def publish(made, org=INSTITUTE):
    return good("publish", made, org=org)


def path_of(made, org=INSTITUTE):
    return f"/organisations/{org.id}/achievements/{made}"


# ---- Who, and what

def who_designs_anywhere_is_offered_it():
    made = published()
    for language in ("en", "fr"):
        link = T[language]["reuse.link"]
        for visitor, there in ((AUTHOR, True), (OWNER, True), (BOTH, True), (VIEWER, False), (LEARNER, False), (None, False)):
            assert (link in page(public(made), visitor, language).text()) == there, (visitor, language)
    path = public(made) + "/use"
    for visitor, status in ((AUTHOR, 200), (OWNER, 200), (VIEWER, 403), (LEARNER, 403), (None, 401)):
        got = get(SERVER, path, "Accept: application/json", *([visitor.cookie] if visitor else [])).status
        assert got == status or (visitor is None and got in (303, 403)), (visitor, got)
    count = staff.run(SERVER, "SELECT count(*) FROM achievement")
    csrf = fields_of(page("/account", VIEWER))["csrf"]
    assert send(path, {"csrf": csrf, "organisation": INSTITUTE.id, "part": "whole"}, VIEWER).status == 403
    csrf = fields_of(page(path, AUTHOR))["csrf"]
    for organisation in (COLLEGE.id, ACADEMY.id, "none", ""):
        answer = send(path, {"csrf": csrf, "organisation": organisation, "part": "whole"})
        assert answer.status == 422 and T["en"]["reuse.error.organisation"] in answer.text(), organisation
    assert send(path, {"organisation": INSTITUTE.id, "part": "whole"}).status == 403, "no token"
    assert staff.run(SERVER, "SELECT count(*) FROM achievement") == count


def the_whole_is_taken_but_for_what_is_the_others_alone():
    made = published()
    copy = taken(made)
    draft = draft_of(copy)
    assert draft["en"] == {"name": "Books", "description": "About", "criteria": "An exam", "outcomes": ["Records"]}, draft
    assert draft["fr"]["name"] == "Books (fr)" and draft["valid_months"] == 24
    design = draft["design"]
    source = design.pop("source")
    assert design == {**SHARE, **WHOLE}, design
    [(at,)] = staff.run(SERVER, "SELECT date(created_at, 'unixepoch') FROM achievement WHERE id = ?", copy)
    rows = source.pop("competencies")
    assert source == {"issuer": {"en": "North Shore College", "fr": "Collège de la Rive-Nord"}, "title": {"en": "Books", "fr": "Books (fr)"},
                      "achievement": ORIGIN + public(made), "version": 1, "licence": BY, "at": at, "reused": ["whole"]}, source
    assert [row["competency"] for row in rows] == ["http://data.europa.eu/esco/skill/books", "count cash"], rows
    assert all(row["achievement"] == ORIGIN + public(made) for row in rows)
    [(image, organisation)] = staff.run(SERVER, "SELECT image, organisation FROM achievement WHERE id = ?", copy)
    assert image is None and organisation == INSTITUTE.number
    audit = staff.run(SERVER, "SELECT organisation, person FROM audit WHERE action = 'achievement.reused' AND subject = ?", copy)
    assert audit == [(INSTITUTE.number, AUTHOR.number)], audit
    assert page(path_of(copy) + "?done=copied", AUTHOR).text().count(T["en"]["achievement-done.copied"]) == 1


def the_outcomes_alone():
    copy = taken(published(), part="outcomes")
    draft = draft_of(copy)
    assert draft["en"] == {"name": "Books", "description": "", "criteria": "", "outcomes": ["Records"]} and not draft["valid_months"]
    source = draft["design"].pop("source")
    assert draft["design"] == {name: SHARE[name] for name in ("outcome_alignment", "competencies")}, draft["design"]
    assert source["reused"] == ["outcomes"]


def ones_own_is_copied_whole():
    made = published()
    answer = page(public(made) + "/use", OWNER)
    assert T["en"]["reuse.own"] in answer.text() and T["en"]["reuse.left"] not in answer.text()
    copy = taken(made, OWNER)
    design = design_of(copy)
    assert design.pop("source")["achievement"] == ORIGIN + public(made)
    assert design == {**OWN, **SHARE, "licence": BY}, design


def who_designs_for_several_chooses():
    made = published()
    answer = page(public(made) + "/use", BOTH, "fr")
    assert answer.body.count('type="radio" value="') == 4 and "Académie de l’Ouest" in answer.text()
    assert use(made, BOTH, organisation="").status == 422
    copy = taken(made, BOTH, organisation=ACADEMY.id)
    assert staff.run(SERVER, "SELECT organisation FROM achievement WHERE id = ?", copy) == [(ACADEMY.number,)]


# ---- Licences

def a_licence_is_kept():
    for kind, words_of in ((BY, ["free"]), (SHARED, ["free", "alike"]),
                           ("http://www.creativecommons.org/licenses/by-nc/4.0/deed.fr", ["free", "noncommercial"])):
        made = published(licence=kind)
        for language in ("en", "fr"):
            text = page(public(made) + "/use", AUTHOR, language).text()
            for word in ("free", "alike", "noncommercial", "closed", "unknown"):
                said = re.split(r"%\d", T[language]["reuse.licence." + word])[-1].strip()
                assert (said in text) == (word in words_of), (kind, word)
        assert design_of(taken(made)).get("licence") == (SHARED if kind == SHARED else None)


def one_that_forbids_derivatives_is_told():
    made = published(licence=CLOSED)
    count = staff.run(SERVER, "SELECT count(*) FROM achievement")
    for language in ("en", "fr"):
        answer = page(public(made) + "/use", AUTHOR, language)
        assert "CC BY-ND 4.0" in answer.text() and '<button class="govuk-button"' not in answer.body
    csrf = fields_of(page("/account", AUTHOR))["csrf"]
    assert send(public(made) + "/use", {"csrf": csrf, "organisation": INSTITUTE.id, "part": "whole", "sure": "1"}).status == 422
    status, _, err = run("copy", made, "--permitted")
    assert status == 1 and "CC BY-ND 4.0" in err, err
    assert staff.run(SERVER, "SELECT count(*) FROM achievement") == count
    assert taken(made, OWNER), "its own organisation may"


def an_unknown_one_takes_a_word():
    for licence in ("", "https://college.example/terms"):
        made = published(licence=licence)
        for language in ("en", "fr"):
            assert T[language]["reuse.licence.unknown"].split("%1")[0] in page(public(made) + "/use", AUTHOR, language).text()
            answer = use(made, language=language)
            assert answer.status == 422 and T[language]["reuse.error.sure"] in answer.text(), answer.status
        assert source_of(taken(made, sure="1")).get("licence", "") == licence
        assert taken(made, OWNER), "nobody asks its own organisation"
        status, _, err = run("copy", made)
        assert status == 1 and "--permitted" in err, err
        assert source_of(good("copy", made, "--permitted"))["reused"] == ["whole"]


# ---- What is not there

def what_is_not_published_or_withdrawn_is_not_there():
    draft = good("import", in_file(document("Draft", SHARE)), org=COLLEGE)
    retired, withdrawn = published("Gone"), published("Taken back")
    good("retire", retired, "--reason", "It ends.", org=COLLEGE)
    staff.run(SERVER, "UPDATE approval SET withdrawn_at = 2 WHERE version IN (SELECT v.number FROM version v JOIN achievement a "
              "ON a.number = v.achievement WHERE a.id = ?)", withdrawn)
    csrf = fields_of(page("/account", AUTHOR))["csrf"]
    for made in (draft, retired, withdrawn, "none"):
        path = public(made) + "/use"
        assert status_of(path, AUTHOR) == 404, made
        assert send(path, {"csrf": csrf, "organisation": INSTITUTE.id, "part": "whole"}).status == 404, made
        status, _, err = run("copy", made)
        said = "it has been withdrawn" if made in (retired, withdrawn) else f"nobody has published {made}."
        assert status == 1 and said in err, err
    there = published()
    assert run("copy", there, "--version", "9")[2].endswith(f"nobody has published {there}, version 9.")
    assert status_of(public(published(), 2) + "/use", AUTHOR) == 404
    for made in (retired, withdrawn):
        assert T["en"]["reuse.link"] not in page(public(made), AUTHOR).text()
        assert taken(made, OWNER), "its own organisation may begin again"


# ---- Where it comes from stays

def send_section(made, section, fields):
    path = f"{path_of(made)}/design/{section}"
    start = fields_of(page(path, AUTHOR))
    return send(path, {"csrf": start["csrf"], "seen": start["seen"], **fields})


def competencies(*rows):
    fields = {"competencies.n": str(len(rows))}
    for i, row in enumerate(rows):
        fields.update({f"competencies.{i}.{name}": value for name, value in row.items()})
    return fields


def no_form_takes_it_away():
    copy = taken(published())
    before = source_of(copy)
    form = fields_of(page(path_of(copy) + "/edit", AUTHOR))
    answer = send(path_of(copy) + "/edit", {"csrf": form["csrf"], "seen": form["seen"], "name-en": "Other", "name-fr": "Autre"})
    assert answer.status == 303 and draft_of(copy)["en"]["name"] == "Other" and source_of(copy) == before
    assert send_section(copy, "workload", {"hours.total": "5", "source.title.en": "Mine", "source.version": "9"}).status == 303
    assert design_of(copy)["hours"] == {"total": 5} and source_of(copy) == before
    # One is renamed, the other stays: both keep where they come from.
    rows = ({"label.en": "keep books", "uri": "http://data.europa.eu/esco/skill/books"}, {"label.en": "count money"})
    assert send_section(copy, "outcomes", competencies(*rows)).status == 303
    after = source_of(copy)["competencies"]
    assert [row.pop("competency") for row in after] == ["http://data.europa.eu/esco/skill/books", "count money"], after
    assert all(row["achievement"] == before["achievement"] for row in after)
    # One of one's own says nothing; one that is gone neither.
    assert send_section(copy, "outcomes", competencies(rows[0], {"label.en": "count money"}, {"label.en": "our own"})).status == 303
    assert len(source_of(copy)["competencies"]) == 2
    assert send_section(copy, "outcomes", competencies(rows[0])).status == 303
    assert [row["competency"] for row in source_of(copy)["competencies"]] == ["http://data.europa.eu/esco/skill/books"]


def fill_by_page(made, fields, file=None):
    path = path_of(made) + "/design/fill"
    start = fields_of(page(path, AUTHOR))
    parts = [part("csrf", start["csrf"]), part("seen", start["seen"]), *(part(name, value) for name, value in fields.items())]
    if file is not None:
        parts.append(part("file", json.dumps(file), "a.json", "application/json"))
    return post(SERVER, path + "?lang=en", MULTIPART, multipart(*parts), AUTHOR.cookie)


def no_file_and_no_template_takes_it_away():
    made = published()
    other = {"source": {"title": {"en": "Mine"}, "issuer": {"en": "Me"}, "achievement": "https://me.example/a"}, "duration_weeks": 7}
    for way in ("page", "command"):
        copy = taken(made)
        before = source_of(copy)
        files = ({"duration_weeks": 3}, {"source": {}}, other, {"source": {"version": 5, "competencies": []}}, design_of(copy))
        for i, file in enumerate(files):
            if way == "page":
                assert fill_by_page(copy, {"source": "file", "replace": "1"}, file).status == 303, file
            else:
                good("fill", copy, "--file", "-", "--replace", text=json.dumps(file))
            after = source_of(copy)
            others = after.pop("others", [])
            assert after == before, (way, file, after)
            assert others == ([] if i < 2 else [other["source"]] if i == 2 else others), others
        assert design_of(copy)["duration_weeks"] == 7
        assert [o for o in source_of(copy)["others"] if o.get("achievement") == "https://me.example/a"], "what a file says is told beside"
    copy = taken(made)
    before = source_of(copy)
    assert fill_by_page(copy, {"source": "template.short-skill", "replace": "1"}).status == 303
    assert source_of(copy) == before
    plain = good("import", in_file(document("Ours", {"hours": {"total": 1}})))
    assert fill_by_page(copy, {"source": "own." + plain, "replace": "1"}).status == 303
    after = source_of(copy)
    assert after.pop("others")[0]["title"]["en"] == "Ours" and after == before, after


def what_is_filled_from_one_that_comes_from_elsewhere_says_so():
    copy = taken(published())
    [(number,)] = staff.run(SERVER, "SELECT number FROM organisation WHERE id = ?", INSTITUTE.id)
    mine = staff.new_id()
    staff.run(SERVER, "INSERT INTO achievement (id, organisation, draft, created_at, updated_at) VALUES (?, ?, ?, 1, 1)", mine, number,
              json.dumps({"en": {"name": "Mine", "description": "", "criteria": "", "outcomes": []}, "fr": {}, "valid_months": 0}))
    assert fill_by_page(mine, {"source": "own." + copy}).status == 303
    assert source_of(mine) == source_of(copy)


def every_version_has_it_and_the_first_comes_back_with_it():
    copy = taken(published())
    before = source_of(copy)
    publish(copy)
    assert send_section(copy, "workload", {"hours.total": "5"}).status == 303
    publish(copy)
    start = fields_of(page(path_of(copy), AUTHOR))
    assert send(path_of(copy) + "/restore", {"csrf": start["csrf"], "version": "1"}).status == 303
    assert source_of(copy) == before and design_of(copy)["hours"]["total"] == 37.5
    for document_of, in staff.run(SERVER, "SELECT v.document FROM version v JOIN achievement a ON a.number = v.achievement WHERE a.id = ?", copy):
        assert json.loads(document_of)["design"]["source"] == before


def what_it_came_from_itself_stands_behind_it():
    made = published()
    second = taken(made)
    for rows in (({"label.en": "count cash"},), ({"label.en": "count cash"}, {"label.en": "our own"})):
        assert send_section(second, "outcomes", competencies(*rows)).status == 303
    [(draft,)] = staff.run(SERVER, "SELECT draft FROM achievement WHERE id = ?", second)
    draft = json.loads(draft)
    draft["design"]["licence"] = BY
    staff.run(SERVER, "UPDATE achievement SET draft = ? WHERE id = ?", json.dumps(draft), second)
    publish(second)
    third = taken(second, BOTH, organisation=ACADEMY.id)
    source = source_of(third)
    assert source["issuer"]["en"] == "South Shore Institute" and [o["achievement"] for o in source["others"]] == [ORIGIN + public(made)]
    assert {row["competency"]: row["issuer"]["en"] for row in source["competencies"]} == {
        "count cash": "North Shore College", "our own": "South Shore Institute"}, source["competencies"]


# ---- Single competencies

def look(made, address, language="en"):
    return page(f"{path_of(made)}/competencies?from={urllib.parse.quote(address)}", AUTHOR, language)


def take(made, address, *places, **more):
    answer = look(made, address)
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', answer.body[answer.body.find('id="take"'):])[1]
             for name in ("csrf", "seen", "version")}
    found["from"] = html.unescape(re.findall(r'type="hidden" name="from" value="([^"]*)"', answer.body)[0])
    return send(path_of(made) + "/competencies/take", {**found, **{f"place-{i}": "1" for i in places}, **more})


def competencies_are_taken_into_a_draft():
    made, other = published(), published("Pay", org=ACADEMY, more={"competencies": [{"label": {"en": "pay wages", "fr": "payer"}}]})
    mine = good("import", in_file(document("Mine", {"competencies": [{"label": {"en": "keep books"}, "uri": "http://data.europa.eu/esco/skill/books"}]})))
    first = source_of(mine)
    for address in (ORIGIN + public(made) + "?lang=fr", public(made), made, f"{ORIGIN}/achievements/{made}"):
        for language in ("en", "fr"):
            text = look(mine, address, language).body
            assert "tenir des livres" not in text and ("count cash" if language == "en" else "compter la caisse") in text, address
    for address in ("https://elsewhere.example" + public(made), "none", public(made, 2), "/"):
        assert T["fr"]["take.error.none"] in look(mine, address, "fr").text(), address
    answer = take(mine, made)
    assert answer.status == 422 and T["en"]["take.error.choose"] in answer.text()
    assert take(mine, made, 1).status == 303 and take(mine, other, 0, 7).status == 303
    design = design_of(mine)
    assert [one["label"]["en"] for one in design["competencies"]] == ["keep books", "count cash", "pay wages"]
    assert design["competencies"][1] == SHARE["competencies"][1]
    rows = {row["competency"]: row for row in design["source"]["competencies"]}
    assert rows["count cash"]["achievement"] == ORIGIN + public(made) and rows["count cash"]["licence"] == BY
    assert rows["pay wages"]["issuer"]["fr"] == "Académie de l’Ouest"
    assert {name: value for name, value in design["source"].items() if name != "competencies"} == {
        name: value for name, value in first.items() if name != "competencies"}, "the draft comes from where it came"
    assert T["en"]["take.nothing"] in look(mine, made).text(), "it has them all"
    text = seen(path_of(mine) + "/design", AUTHOR)
    assert "count cash" in text and "Pay, by West Academy, version 1" in text, text
    assert [row[0] for row in staff.run(SERVER, "SELECT action FROM audit WHERE subject = ? ORDER BY number", mine)][-2:] == ["achievement.reused"] * 2
    start = fields_of(page(path_of(mine) + "/competencies", AUTHOR))
    assert send(path_of(mine) + "/competencies/remove", {"csrf": start["csrf"], "seen": start["seen"], "place": "1"}).status == 303
    assert "count cash" not in {row["competency"] for row in source_of(mine)["competencies"]}


def competencies_have_licences_too():
    mine = good("import", in_file(document("Mine", {})))
    closed, unknown = published(licence=CLOSED), published(licence="")
    answer = look(mine, closed)
    assert "CC BY-ND 4.0" in answer.text() and "competencies/take" not in answer.body
    answer = take(mine, unknown, 0)
    assert answer.status == 422 and T["en"]["reuse.error.sure"] in answer.text()
    assert "competencies" not in design_of(mine)
    assert take(mine, unknown, 0, sure="1").status == 303 and len(design_of(mine)["competencies"]) == 1
    start = fields_of(page(path_of(mine) + "/competencies", AUTHOR))
    answer = send(path_of(mine) + "/competencies/take", {"csrf": start["csrf"], "seen": start["seen"], "from": closed, "version": "1", "place-0": "1"})
    assert answer.status == 403 or answer.status == 422, answer.status


# ---- Shown

def both_pages_tell():
    made = published("Soil")
    copy, draft = taken(made), taken(made)
    heading = {language: T[language]["source.heading"] for language in T}
    for path, visitor in ((path_of(copy), AUTHOR), (path_of(copy) + "/design", AUTHOR), (path_of(copy), VIEWER)):
        text = seen(path, visitor)
        assert heading["en"] in text and "Soil, by North Shore College, version 1" in text and "CC BY 4.0" in text, path
    assert "reused" not in page(public(made)).body, "a draft is nobody's business"
    publish(copy)
    for language, says in (("en", "Soil, by North Shore College, version 1"), ("fr", "Soil (fr), par Collège de la Rive-Nord, version 1")):
        text = seen(public(copy), language=language)
        assert heading[language] in text and says in text, text
        assert f'href="{ORIGIN}{public(made)}"' in page(public(copy), language=language).body
    for visitor, path in ((None, public(made)), (OWNER, path_of(made, COLLEGE)), (AUTHOR, public(made))):
        answer, text = page(path, visitor), seen(path, visitor)
        assert "Used as a start once" in text and "Soil, by South Shore Institute" in text, path
        assert answer.body.count(f"{public(copy)}?") == 1 and draft not in answer.body
    good("retire", copy, "--reason", "It ends.")
    assert 'id="reused"' not in page(public(made)).body


def what_is_not_said_any_more_is_not_listed():
    made = published("Dropped")
    mine = good("import", in_file(document("Mine", {})))
    assert take(mine, made, 1).status == 303
    publish(mine)
    assert "Used as a start once" in page(public(made)).text()
    good("fill", mine, "--file", "-", text='{"hours": {"total": 3}}')
    assert take(mine, made, 0).status == 303
    for language in ("en", "fr"):
        text = page(f"{path_of(mine)}/changes", AUTHOR, language).text()
        assert T[language]["design-label.source.competencies"] in text and "source." not in text, text
    start = fields_of(page(path_of(mine) + "/competencies", AUTHOR))
    assert send(path_of(mine) + "/competencies/remove", {"csrf": start["csrf"], "seen": start["seen"], "place": "1"}).status == 303
    start = fields_of(page(path_of(mine) + "/competencies", AUTHOR))
    assert send(path_of(mine) + "/competencies/remove", {"csrf": start["csrf"], "seen": start["seen"], "place": "0"}).status == 303
    publish(mine)
    assert 'id="reused"' not in page(public(made)).body


# ---- Files, and other servers

def files_carry_it_both_ways():
    made = published("Carried")
    copy = taken(made)
    publish(copy)
    before = source_of(copy)
    for form in ("ob3", "ctdl", "case", "elm", "cairn"):
        exported = json.loads(good("export", copy, "--as", form))
        assert ORIGIN + public(made) in json.dumps(exported), form
        if form == "ob3":
            assert exported["related"] == [{"type": ["Related"], "id": ORIGIN + public(made), "version": "1"}], exported["related"]
        source = source_of(good("import", in_file(exported), org=ACADEMY))
        assert source["achievement"] == ORIGIN + public(copy) and source["reused"] == ["whole"], source
        [behind] = source["others"]
        assert behind == {name: value for name, value in before.items() if name != "competencies"}, (form, behind)
        assert source["competencies"] == before["competencies"], form


def the_record_for_rules_knows_nothing_of_it():
    copy = taken(published())
    record = json.loads(good("show", copy, "--record"))
    assert "source" not in record["offering"] and record["offering"]["hours"]["total"] == 37.5


def on_the_command_line():
    made = published("Typed")
    copy = good("copy", made)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", copy) and source_of(copy)["title"]["en"] == "Typed"
    assert source_of(good("copy", made, "--version", "1", "--part", "outcomes"))["reused"] == ["outcomes"]
    for wrong in (("--version", "2"), ("--version", "none"), ("--part", "competencies"), ("--part", "all")):
        status, out, err = run("copy", made, *wrong)
        assert status == 1 and not out and err, wrong
    assert subprocess.run([CAIRN, "achievement", "--help"], capture_output=True, text=True).stdout.count("copy ") >= 2
    [(person,)] = staff.run(SERVER, "SELECT person FROM audit WHERE action = 'achievement.reused' AND subject = ?", copy)
    assert person is None or person == 0
    staff.run(SERVER, "DELETE FROM setting WHERE name = 'origin'")
    try:
        status, _, err = run("copy", made)
        assert status == 1 and "origin" in err, err
    finally:
        staff.run(SERVER, "INSERT INTO setting (name, value) VALUES ('origin', ?)", ORIGIN)


def the_server_has_borne_it():
    SERVER.stop()


tap.run([who_designs_anywhere_is_offered_it, the_whole_is_taken_but_for_what_is_the_others_alone, the_outcomes_alone,
         ones_own_is_copied_whole, who_designs_for_several_chooses, a_licence_is_kept, one_that_forbids_derivatives_is_told,
         an_unknown_one_takes_a_word, what_is_not_published_or_withdrawn_is_not_there, no_form_takes_it_away,
         no_file_and_no_template_takes_it_away, what_is_filled_from_one_that_comes_from_elsewhere_says_so,
         every_version_has_it_and_the_first_comes_back_with_it, what_it_came_from_itself_stands_behind_it,
         competencies_are_taken_into_a_draft, competencies_have_licences_too, both_pages_tell,
         what_is_not_said_any_more_is_not_listed, files_carry_it_both_ways, the_record_for_rules_knows_nothing_of_it,
         on_the_command_line, the_server_has_borne_it])
