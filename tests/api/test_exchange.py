#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Achievements as files: a version in each format for everybody, a draft for who works at it, files of others as
drafts, on the pages and by `cairn achievement export` and `import`.

usage: test_exchange.py CAIRN
"""
import html
import json
import os
import re
import subprocess
import sys
import tempfile

import staff
import tap
from serving import MULTIPART, Cairn, get, multipart, part, post, words
from staff import Organisation, Visitor, fields_of

CAIRN = os.path.abspath(sys.argv[1])
SERVER = Cairn(CAIRN)
DB = os.path.join(SERVER.folder.name, "cairn.db")
# A demonstration keeps no origin, without which the command writes no file.
staff.run(SERVER, "INSERT INTO setting (name, value) VALUES ('origin', ?)", f"http://localhost:{SERVER.port}")
T = {language: words("exchange." + language) for language in ("en", "fr")}
COLLEGE = Organisation(SERVER)
ELSEWHERE = Organisation(SERVER, "Elsewhere Institute", "Institut d’ailleurs", 0)
ADMINISTRATOR = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
LIST = f"/organisations/{COLLEGE.id}/achievements"
FORMATS = {"ob3": "application/ld+json", "ctdl": "application/ld+json", "case": "application/json",
           "elm": "application/ld+json", "cairn": "application/json"}
DESIGN = {
    "hours": {"total": 37.5, "contact": 12}, "duration_weeks": 8, "credits": [{"system": "ECTS", "value": 3.125}],
    "levels": [{"framework": "EQF", "level": 5}], "participation": {"mode": "online"},
    "competencies": [{"framework": "ESCO", "uri": "http://data.europa.eu/esco/skill/x",
                      "label": {"en": "keep books", "fr": "tenir des livres"}}],
    "classification": {"cip": "52.0302", "noc": ["12200"], "isced": "0411"},
    "assessment": {"types": ["exam"], "summative": True}, "target_group": {"en": "workers", "fr": "travailleurs"},
}
BOOKS = {
    "cairn": "achievement", "name": {"en": "Bookkeeping <essentials>", "fr": "Notions de tenue de livres"},
    "description": {"en": "Keeps the books.", "fr": "Tient les livres."},
    "criteria": {"en": "- a **written exam**", "fr": "- un **examen écrit**"},
    "outcomes": [{"en": "Records", "fr": "Enregistre"}, {"en": "Reconciles", "fr": "Rapproche"}],
    "valid_months": 24, "design": DESIGN,
}


def run(*args, org=COLLEGE):
    done = subprocess.run([CAIRN, "achievement", *args, "--organisation", org.id, "--db", DB], capture_output=True, timeout=120,
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def in_file(value):
    name = os.path.join(FOLDER.name, "file.json")
    with open(name, "wb") as file:
        file.write(value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode())
    return name


def taken(value, *options):
    status, out, err = run("import", in_file(value), *options)
    assert status == 0, (status, err)
    return out.strip(), err


def exported(achievement, form, *options):
    status, out, err = run("export", achievement, "--as", form, *options)
    assert status == 0, (status, err)
    return json.loads(out)


def bring(value, language="en", page_language="en", visitor=ADMINISTRATOR):
    page = get(SERVER, f"{LIST}/import?lang={page_language}", visitor.cookie)
    assert page.status == 200 and T[page_language]["exchange.heading"] in page.text(), page.status
    body = multipart(part("csrf", fields_of(page)["csrf"]), part("language", language),
                     part("file", value, "a.json", "application/json"))
    return post(SERVER, f"{LIST}/import?lang={page_language}", MULTIPART, body, visitor.cookie)


def said(achievement):
    """Without what belongs to the place: addresses, times, the organisation, where it came from."""
    design = {key: value for key, value in achievement.get("design", {}).items() if key != "source"}
    return {**{key: achievement.get(key) for key in ("name", "description", "criteria", "outcomes", "valid_months")},
            "design": design}


def every_format_says_all_and_is_taken_back():
    first, err = taken(BOOKS)
    assert not err, err
    for form in FORMATS:
        document = exported(first, form)
        again, err = taken(document)
        assert not err, (form, err)
        back = exported(again, "cairn")
        assert said(back) == said(BOOKS), (form, said(back))
        source = back["design"]["source"]
        assert source["achievement"].endswith("/achievements/" + first) and source["title"] == BOOKS["name"], source
        assert source["issuer"] == {"en": "North Shore College", "fr": "Collège de la Rive-Nord"}, source


def a_version_is_a_file_for_everybody():
    achievement, _ = taken(BOOKS)
    status, out, err = run("publish", achievement)
    assert status == 0 and out == "1\n", (out, err)
    public = f"/achievements/{achievement}/versions/1"
    for language in ("en", "fr"):
        page = get(SERVER, f"{public}?lang={language}")
        assert page.status == 200 and T[language]["exchange.files"] in page.text()
        for form in FORMATS:
            assert f'href="{public}.{form}.json"' in page.body, form
    for form, media_type in FORMATS.items():
        answer = get(SERVER, f"{public}.{form}.json")
        assert answer.status == 200 and answer.headers["content-type"].startswith(media_type), (form, answer.headers)
        assert answer.headers["access-control-allow-origin"] == "*"
        document = json.loads(answer.body)
        assert document == exported(achievement, form), form
        assert json.dumps(document, ensure_ascii=False).count("Notions de tenue de livres"), form
    whole = json.loads(get(SERVER, f"{public}.cairn.json").body)
    assert whole["version"] == "1" and whole["id"].endswith(public) and whole["organisation"]["name"]["en"], whole
    for wrong in ("1.pdf.json", "1.ctdl.xml", "1.ctdl", "2.ctdl.json", "0.ctdl.json", ".ctdl.json", "1.ctdl.json.json"):
        assert get(SERVER, f"/achievements/{achievement}/versions/{wrong}").status == 404, wrong


def what_can_still_be_taken_stands_in_the_file_and_stays_with_whose_it_is():
    achievement, _ = taken(BOOKS)
    [(number,)] = staff.run(SERVER, "SELECT number FROM achievement WHERE id = ?", achievement)
    for name, details, closed in (("open", {"start_any_time": True, "mode": "online", "price": 495, "currency": "CAD"}, None),
                                  ("over", {"starts": "2020-01-01", "ends": "2020-02-01"}, None),
                                  ("shut", {"start_any_time": True}, 1)):
        staff.run(SERVER, "INSERT INTO offering (id, achievement, details, closed_at, created_at, updated_at) VALUES (?, ?, ?, ?, 1, 1)",
                  f"{name}-{achievement}", number, json.dumps(details), closed)
    for form in FORMATS:
        document = exported(achievement, form)
        again, err = taken(document)
        assert err == "not taken over: offerings: there is no place for it here\n", (form, err)
        assert "offerings" not in exported(again, "cairn"), form
    [offering] = exported(achievement, "cairn")["offerings"]
    assert offering["price"] == 495 and offering["id"].endswith(f"/achievements/{achievement}#open-{achievement}"), offering
    assert "495" in json.dumps(exported(achievement, "ctdl")["@graph"]), "the price stands in CTDL's own words"


def a_draft_is_a_file_for_those_who_work_at_it():
    achievement, _ = taken(BOOKS)
    address = f"{LIST}/{achievement}/files/draft.elm.json"
    viewer, stranger = Visitor(SERVER, COLLEGE, staff.VIEWER), Visitor(SERVER, ELSEWHERE, 15)
    assert json.loads(get(SERVER, address, viewer.cookie).body) == exported(achievement, "elm", "--version", "draft")
    assert f'href="{address}"' in get(SERVER, f"{LIST}/{achievement}?lang=en", viewer.cookie).body
    assert get(SERVER, address, stranger.cookie).status == 404
    theirs = f"/organisations/{ELSEWHERE.id}/achievements/{achievement}/files/draft.elm.json"
    assert get(SERVER, theirs, stranger.cookie).status == 404
    assert get(SERVER, address.replace("draft", "1"), viewer.cookie).status == 404
    assert run("export", achievement, org=ELSEWHERE)[0] == 1
    refused = get(SERVER, f"{LIST}/import?lang=en", viewer.cookie)
    assert refused.status == 403, refused.status


FOREIGN = {
    "@context": "https://credreg.net/ctdl/schema/context/json", "@graph": [
        {"@type": "ceterms:Certificate", "@id": "https://r.example/1", "ceterms:keyword": {"en": ["<b>x</b>"]},
         "ceterms:name": {"en-US": "Welding", "es": "Soldadura"}, "ceterms:description": {"en-US": "w" * 1001},
         "ceterms:ownedBy": ["https://r.example/2"],
         "ceterms:estimatedDuration": [{"@type": "ceterms:DurationProfile", "ceterms:exactDuration": "PT160H"}]},
        {"@id": "https://r.example/2", "@type": "ceterms:CredentialOrganization", "ceterms:name": {"en": "Weld School"}}]}


def a_file_of_others_becomes_a_draft_and_what_is_left_out_is_told():
    for language in ("en", "fr"):
        answer = bring(b"\xef\xbb\xbf" + json.dumps(FOREIGN).encode(), page_language=language)
        assert answer.status == 200 and answer.is_page(language), answer.text()
        text = answer.text()
        for at, why in (("/@graph/0/ceterms:name/es", "language"), ("/@graph/0/ceterms:keyword", "member"),
                        ("description.en", "long")):
            assert f"{at} {T[language]['exchange-why.' + why]}" in text, (at, text)
        draft = re.search(rf'class="govuk-button" href="({LIST}/[^"/?]+)\?', answer.body)[1]
        page = get(SERVER, html.unescape(draft) + "?lang=en", ADMINISTRATOR.cookie)
        assert ">Welding</h1>" in page.body, (draft, page.status)
        whole = exported(draft.rsplit("/", 1)[1], "cairn")
        assert whole["design"]["hours"] == {"total": 160} and len(whole["description"]["en"]) == 1000
        source = whole["design"]["source"]
        assert source["issuer"] == {"en": "Weld School"} and source["achievement"] == "https://r.example/1", source


def a_file_that_is_taken_over_whole_leads_to_its_draft():
    answer = bring(json.dumps(BOOKS))
    assert answer.status == 303, answer.text()
    page = get(SERVER, answer.headers["location"], ADMINISTRATOR.cookie)
    assert "Bookkeeping &lt;essentials&gt;" in page.body and T["en"]["achievement-done.taken"] in page.text()


def texts_of_no_language_are_taken_as_the_one_that_was_chosen():
    plain = {"type": ["Achievement"], "id": "https://b.example/1", "name": "Soudage", "description": "d",
             "criteria": {"narrative": "c"}}
    achievement, _ = taken(plain, "--language", "fr")
    assert exported(achievement, "cairn")["name"] == {"fr": "Soudage"}
    achievement, _ = taken(plain)
    assert exported(achievement, "cairn")["name"] == {"en": "Soudage"}
    assert run("import", in_file(plain), "--language", "de")[0] == 1


def what_is_wrong_with_a_file_is_said():
    nameless = {"@graph": [{"@type": "ceterms:Badge", "ceterms:description": {"en": "d"}}]}
    hidden = {**BOOKS, "name": {"en": "a\u202eb"}}
    for value, key in ((b"", "none"), (b"{", "json"), (b"[]", "unknown"), (json.dumps(nameless), "nameless"),
                       (json.dumps(hidden), "draft")):
        for language in ("en", "fr"):
            answer = bring(value, page_language=language)
            assert answer.status == 422 and answer.is_page(language), (key, answer.status)
            assert T[language]["exchange.error." + key] in answer.text(), (key, answer.text())
    for value in (b"{", b"[]", json.dumps(nameless).encode()):
        status, out, err = run("import", in_file(value))
        assert status == 1 and not out and err.startswith("cairn: "), (status, err)
    achievement, _ = taken(BOOKS)
    for options in (("--as", "pdf"), ("--version", "0"), ("--version", "7"), ("--output", FOLDER.name)):
        assert run("export", achievement, *options)[0] == 1, options
    name = os.path.join(FOLDER.name, "out.json")
    assert run("export", achievement, "--as", "case", "--output", name)[:2] == (0, "")
    with open(name, encoding="utf-8") as file:
        assert json.load(file) == exported(achievement, "case")


FOLDER = tempfile.TemporaryDirectory()
try:
    tap.run([
        every_format_says_all_and_is_taken_back, a_version_is_a_file_for_everybody,
        what_can_still_be_taken_stands_in_the_file_and_stays_with_whose_it_is,
        a_draft_is_a_file_for_those_who_work_at_it, a_file_of_others_becomes_a_draft_and_what_is_left_out_is_told,
        a_file_that_is_taken_over_whole_leads_to_its_draft, texts_of_no_language_are_taken_as_the_one_that_was_chosen,
        what_is_wrong_with_a_file_is_said,
    ])
finally:
    SERVER.stop()
    FOLDER.cleanup()
