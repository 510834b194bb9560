#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Achievements from outside: written in two languages, published, read by anybody; who may do what; what is wrong is
said where it can be mended, in both languages.

usage: test_achievements.py CAIRN
"""
import os
import re
import struct
import sys
import tempfile
import urllib.parse
import zlib

import staff
import tap
from serving import MULTIPART, Cairn, get, multipart, part, post, raw, words
from staff import Organisation, Visitor, fields_of

SERVER = Cairn(os.path.abspath(sys.argv[1]))
T = {language: words("achievements." + language) for language in ("en", "fr")}
COLLEGE = Organisation(SERVER)
ELSEWHERE = Organisation(SERVER, "Elsewhere Institute", "Institut d’ailleurs", 0)
DESIGNER, PUBLISHER = Visitor(SERVER, COLLEGE, staff.DESIGNER), Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
LIST = f"/organisations/{COLLEGE.id}/achievements"
BOOKS = {
    "name-en": "Bookkeeping Essentials", "name-fr": "Notions essentielles de tenue de livres",
    "description-en": "Keeps the books.\n\nAll of them.", "description-fr": "Tient les livres.",
    "criteria-en": "- a **written exam**", "criteria-fr": "- un **examen écrit**",
    "outcomes-en": "- Records transactions\r\n\r\n- Reconciles accounts",
    "outcomes-fr": "Enregistre les opérations\r\nRapproche les comptes", "months": "24",
}


def send(path, fields, visitor=None):
    return post(SERVER, path, "application/x-www-form-urlencoded", urllib.parse.urlencode(fields).encode(),
                (visitor or DESIGNER).cookie)


NOBODY = None


def page(path, visitor="the designer", language="en"):
    visitor = DESIGNER if visitor == "the designer" else visitor
    return get(SERVER, f"{path}?lang={language}", *([visitor.cookie] if visitor else []))


def form(path, visitor="the designer"):
    answer = page(path, visitor)
    assert answer.status == 200, (path, answer.status)
    return fields_of(answer)


def begin(**changes):
    """A new draft: its page's path."""
    answer = send(LIST + "/new", {**form(LIST + "/new"), **BOOKS, **changes})
    assert answer.status == 303, (answer.status, answer.text())
    return answer.headers["location"].split("?")[0]


def publish(path, **changes):
    return send(path + "/publish", {**form(path, PUBLISHER), **changes}, PUBLISHER)


def published(**changes):
    path = begin(**changes)
    assert publish(path).status == 303
    return path, "/achievements/" + path.rsplit("/", 1)[1]


def picture(path):
    """Head and bytes of what is no page."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{SERVER.port}\r\nConnection: close\r\n{DESIGNER.cookie}\r\n\r\n"
    head, _, body = raw(SERVER, request.encode()).partition(b"\r\n\r\n")
    return head.decode("latin-1").lower(), body


def png(width, height):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = (b"\0" + b"\x30\x80\x50" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + \
        chunk(b"tEXt", b"Author\0Somebody") + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def what_is_published_is_read_in_both_languages():
    path, public = published()
    for language, name, exam in (("en", BOOKS["name-en"], "<strong>written exam</strong>"),
                                 ("fr", BOOKS["name-fr"], "<strong>examen écrit</strong>")):
        answer = page(public + "/versions/1", NOBODY, language)
        assert answer.status == 200 and answer.is_page(language)
        assert f">{name}</h1>" in answer.body and exam in answer.body, answer.body
        assert T[language]["achievement.valid"] in answer.text()
        other = page(f"{public}/versions/1/{language}", NOBODY, "fr" if language == "en" else "en")
        assert other.is_page(language) and f">{name}</h1>" in other.body
        assert page(path, language=language).text().count(T[language]["achievement.outcomes"]) == 2
    texts = page(public + "/versions/1", NOBODY, "fr").text()
    assert "2 ans" in texts and "Collège de la Rive-Nord" in texts and "Rapproche les comptes" in texts
    for key in ("achievement.description", "achievement.outcomes", "achievement.stays", "achievement.fictional"):
        if T["en"][key] != T["fr"][key]:
            assert T["en"][key] not in texts, key
    assert page(public, NOBODY, "fr").headers["location"] == public + "/versions/1?lang=fr"
    assert T["en"]["achievement.fictional"] in page(public + "/versions/1", NOBODY).text()


def a_published_version_stays_as_it_is():
    path, public = published()
    old = page(public + "/versions/1", NOBODY).body
    image = picture(public + "/versions/1/en/image.png")[1]
    answer = send(path + "/edit", {**form(path + "/edit"), **BOOKS, "name-en": "Accounting"})
    assert answer.status == 303, answer.text()
    assert page(public + "/versions/1", NOBODY).body == old, "a draft shows through"
    assert publish(path).status == 303
    assert ">Accounting</h1>" in page(public + "/versions/2", NOBODY).body
    first = page(public + "/versions/1", NOBODY)
    assert ">Bookkeeping Essentials</h1>" in first.body
    assert T["en"]["achievement.newer"].replace("%1", "2") in first.text()
    assert picture(public + "/versions/1/en/image.png")[1] == image
    assert picture(public + "/versions/2/en/image.png")[1] != image
    assert publish(path, seen="").status == 409, "the same was published twice"
    assert send(path + "/restore", {**form(path), "version": "1"}).status == 303
    assert ">Bookkeeping Essentials</h1>" in page(path).body
    assert send(path + "/restore", {**form(path), "version": "7"}).status == 404


def images_of_versions_may_be_kept_and_shown_anywhere():
    _, public = published()
    for where in ("/image.png", "/en/image.png", "/fr/image.png"):
        head, body = picture(public + "/versions/1" + where)
        assert head.startswith("http/1.1 200") and "image/png" in head and "immutable" in head, head
        assert "cross-origin-resource-policy: cross-origin" in head, head
        assert body.startswith(b"\x89PNG") and 1000 < len(body) < 60000
    assert picture(public + "/versions/1/image.png")[1] != picture(public + "/versions/1/fr/image.png")[1]


def what_is_not_published_is_not_there():
    _, public = published()
    draft = "/achievements/" + begin().rsplit("/", 1)[1]
    for path in (public + "/versions/2", public + "/versions/0", public + "/versions/x", public + "/versions/-1",
                 public + "/versions/99999999999", public + "/versions/1/de", public + "/versions/1/de/image.png",
                 public + "/versions/2/image.png", "/achievements/none", "/achievements/none/versions/1",
                 draft, draft + "/versions/1"):
        assert page(path, NOBODY).status == 404, path


def errors_stand_by_their_fields_in_both_languages():
    typed = {**form(LIST + "/new"), **BOOKS}
    for language in T:
        for change, problem, of in (({"name-en": " ", "name-fr": ""}, "name-missing", "achievement.in.english"),
                                    ({"name-fr": "é" * 121}, "name-long", "achievement.in.french"),
                                    ({"description-en": "a" * 1001}, "description-long", "achievement.in.english"),
                                    ({"criteria-fr": "a" * 8001}, "criteria-long", "achievement.in.french"),
                                    ({"outcomes-en": "a\n" * 21}, "outcomes-many", "achievement.in.english"),
                                    ({"outcomes-fr": "a" * 301}, "outcomes-long", "achievement.in.french"),
                                    ({"months": "two"}, "months-number", ""), ({"months": "601"}, "months-number", ""),
                                    ({"months": "-1"}, "months-number", "")):
            answer = send(f"{LIST}/new?lang={language}", {**typed, **change})
            said = T[language]["draft-problem." + problem].replace("%1", T[language].get(of, ""))
            assert answer.status == 422 and answer.is_page(language), (answer.status, change)
            assert answer.text().count(said) == 2, (said, answer.text())
            assert "Keeps the books.\n\nAll of them." in answer.body.replace("\r", "") or "description-en" in change
            assert answer.text().startswith(words(language)["page.error"])


def an_unfinished_draft_is_told_what_is_missing():
    path = begin(**{"name-fr": "", "criteria-en": "", "outcomes-fr": "Un seul"})
    for language in T:
        shown = page(path, language=language).text()
        for problem, of in (("name-missing", "achievement.in.french"), ("criteria-missing", "achievement.in.english"),
                            ("outcomes-uneven", "achievement.in.french")):
            assert T[language]["draft-problem." + problem].replace("%1", T[language][of]) in shown, shown
    assert "/publish" not in page(path).body
    answer = publish(path)
    assert answer.status == 409 and T["en"]["achievement.error.draft"] in answer.text()
    assert page("/achievements/" + path.rsplit("/", 1)[1], NOBODY).status == 404


def two_designers_do_not_undo_each_other():
    path = begin()
    mine = form(path + "/edit")
    assert send(path + "/edit", {**form(path + "/edit"), **BOOKS, "name-en": "Theirs"}).status == 303
    answer = send(path + "/edit", {**mine, **BOOKS, "name-en": "Mine"})
    assert answer.status == 409 and T["en"]["achievement.error.overwrite"] in answer.text()
    assert 'value="Mine"' in answer.body and ">Theirs</h1>" in page(path).body
    assert send(path + "/edit", {**fields_of(answer), **BOOKS, "name-en": "Mine"}).status == 303
    assert ">Mine</h1>" in page(path).body
    seen = form(path, PUBLISHER)
    assert send(path + "/edit", {**form(path + "/edit"), **BOOKS, "name-en": "Later"}).status == 303
    answer = send(path + "/publish", seen, PUBLISHER)
    assert answer.status == 409 and T["en"]["achievement.error.changed"] in answer.text(), "what nobody saw is published"


def upload(path, data, language="en"):
    fields = form(path + "/image")
    body = multipart(part("csrf", fields["csrf"]), part("seen", fields["seen"]),
                     part("image", data, "badge.png", "image/png"))
    return post(SERVER, f"{path}/image?lang={language}", MULTIPART, body, DESIGNER.cookie)


def an_image_of_ones_own_is_made_fit_or_refused():
    path = begin()
    drawn = picture(path + "/image/en")[1]
    for data, key, kind in ((b"\xff\xd8\xff\xe0 JFIF", "kind", "JPEG"), (b"<svg xmlns='a'/>", "kind", "SVG"),
                            (b"hello", "unknown", ""), (b"", "none", ""), (png(63, 63), "small", ""),
                            (png(400, 100), "shape", ""), (png(3001, 64), "size", ""),
                            (png(100, 100)[:-20], "broken", ""), (b"\x89PNG\r\n\x1a\n" + bytes(4 << 20), "bytes", "")):
        for language in T:
            answer = upload(path, data, language=language)
            said = T[language]["achievement.image.error." + key].replace("%1", kind)
            assert answer.status == 422 and answer.text().count(said) == 2, (answer.status, key, answer.text())
    assert picture(path + "/image/en")[1] == drawn
    assert upload(path, png(1000, 900)).status == 303
    own = picture(path + "/image/en")[1]
    assert own == picture(path + "/image/fr")[1] != drawn and b"Somebody" not in own
    assert struct.unpack(">II", own[16:24]) == (800, 800)
    assert publish(path).status == 303
    public = "/achievements/" + path.rsplit("/", 1)[1]
    assert picture(public + "/versions/1/fr/image.png")[1] == own
    assert send(path + "/image", {**form(path + "/image"), "what": "draw"}).status == 303
    assert picture(path + "/image/en")[1] == drawn and picture(public + "/versions/1/image.png")[1] == own
    assert upload(path, bytes(6 << 20)).status == 413


def texts_are_no_markup():
    evil = '<script>alert(1)</script>"\'&'
    _, public = published(**{"name-en": evil, "description-en": evil, "criteria-en": evil + "\n\n[x](javascript:alert(1))",
                             "outcomes-en": evil + "\n" + evil})
    body = page(public + "/versions/1", NOBODY).body
    assert "<script" not in body and "javascript:" not in body.replace("(javascript:", "")
    assert body.count("&lt;script&gt;") >= 4


def without_a_font_it_is_said_and_an_image_of_ones_own_helps():
    global SERVER, COLLEGE, DESIGNER, PUBLISHER, LIST
    before = SERVER, COLLEGE, DESIGNER, PUBLISHER, LIST
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as fonts:
        fonts.write('<?xml version="1.0"?><fontconfig><dir>/nowhere</dir></fontconfig>')
        fonts.flush()
        os.environ["FONTCONFIG_FILE"] = fonts.name
        SERVER = Cairn(os.path.abspath(sys.argv[1]))
        del os.environ["FONTCONFIG_FILE"]
        try:
            COLLEGE = Organisation(SERVER)
            DESIGNER = Visitor(SERVER, COLLEGE, staff.DESIGNER)
            PUBLISHER = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
            LIST = f"/organisations/{COLLEGE.id}/achievements"
            path = begin()
            answer = publish(path)
            assert answer.status == 503 and T["en"]["achievement.error.font"] in answer.text(), answer.text()
            assert upload(path, png(100, 100)).status == 303 and publish(path).status == 303
        finally:
            SERVER.stop()
            SERVER, COLLEGE, DESIGNER, PUBLISHER, LIST = before


WAYS = [("GET", ""), ("GET", "/new"), ("POST", "/new"), ("GET", "/ID"), ("GET", "/ID/edit"), ("POST", "/ID/edit"),
        ("GET", "/ID/image"), ("POST", "/ID/image"), ("GET", "/ID/image/en"), ("POST", "/ID/publish"),
        ("POST", "/ID/restore"), ("POST", "/ID/submit"), ("POST", "/ID/recall"), ("POST", "/ID/retire")]
PUBLISHING = {("POST", "/ID/publish"), ("POST", "/ID/retire")}
VIEWING = {("GET", ""), ("GET", "/ID"), ("GET", "/ID/image/en")}


def status_of(method, path, visitor):
    headers = [visitor.cookie] if visitor else []
    csrf = ""
    if visitor:
        found = re.search(r'name="csrf" value="([^"]*)"', page("/", visitor).body)
        csrf = found[1] if found else ""
    if method == "GET":
        head = "\r\n".join([f"GET {path} HTTP/1.1", f"Host: localhost:{SERVER.port}", "Connection: close", *headers])
        return int(raw(SERVER, head.encode() + b"\r\n\r\n").split(b" ")[1])
    body = urllib.parse.urlencode({"csrf": csrf, **BOOKS, "version": "1", "what": "draw"}).encode()
    return post(SERVER, path, "application/x-www-form-urlencoded", body, *headers).status


def roles_are_held_to_on_every_way():
    path, _ = published()
    number = path.rsplit("/", 1)[1]
    removed = Visitor(SERVER, COLLEGE, staff.DESIGNER)
    staff.run(SERVER, "DELETE FROM member WHERE person = ?", removed.number)
    who = {
        "nobody": (NOBODY, lambda way: (303, 403)),
        "a stranger": (Visitor(SERVER), lambda way: (404,)),
        "another organisation": (Visitor(SERVER, ELSEWHERE, 15), lambda way: (404,)),
        "who was removed": (removed, lambda way: (404,)),
        "a viewer": (Visitor(SERVER, COLLEGE, staff.VIEWER), lambda way: (200,) if way in VIEWING else (403,)),
        "an issuer": (Visitor(SERVER, COLLEGE, staff.ISSUER), lambda way: (200,) if way in VIEWING else (403,)),
        "a reviewer": (Visitor(SERVER, COLLEGE, staff.REVIEWER), lambda way: (200,) if way in VIEWING else (403,)),
        "a designer": (DESIGNER, lambda way: (403,) if way in PUBLISHING else (200, 303, 409)),
        "an administrator": (Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR), lambda way: (200, 303, 409, 422)),
    }
    for name, (visitor, expected) in who.items():
        for way in WAYS:
            got = status_of(way[0], LIST + way[1].replace("ID", number), visitor)
            assert got in expected(way), (name, way, got)
    # Another organisation's pages, with an id that is not theirs.
    theirs = Visitor(SERVER, ELSEWHERE, 15)
    for method, rest in WAYS:
        if "ID" not in rest:
            continue
        got = status_of(method, f"/organisations/{ELSEWHERE.id}/achievements" + rest.replace("ID", number), theirs)
        assert got == 404, (method, rest, got)


def forms_of_other_sites_change_nothing():
    path, _ = published()
    for rest in ("/edit", "/image", "/restore", "/submit", "/recall"):
        fields = {**BOOKS, "version": "1", "what": "draw"}
        for csrf in ({}, {"csrf": ""}, {"csrf": "x" * 43}, {"csrf": fields_of(page(path, Visitor(SERVER, COLLEGE, 15)))["csrf"]}):
            assert send(path + rest, {**fields, **csrf}).status == 403, (rest, csrf)
    assert ">Bookkeeping Essentials</h1>" in page(path).body


try:
    tap.run([
        what_is_published_is_read_in_both_languages, a_published_version_stays_as_it_is,
        images_of_versions_may_be_kept_and_shown_anywhere, what_is_not_published_is_not_there,
        errors_stand_by_their_fields_in_both_languages, an_unfinished_draft_is_told_what_is_missing,
        two_designers_do_not_undo_each_other, an_image_of_ones_own_is_made_fit_or_refused, texts_are_no_markup,
        without_a_font_it_is_said_and_an_image_of_ones_own_helps, roles_are_held_to_on_every_way,
        forms_of_other_sites_change_nothing,
    ])
finally:
    SERVER.stop()
