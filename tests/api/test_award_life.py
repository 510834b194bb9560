#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One award from the file to its revocation: the letter, the claim, the page, the files and what /verify says of them,
before and after, in both languages.

usage: test_award_life.py CAIRN
"""
import base64
import gzip
import json
import os
import re
import sys
import time
import urllib.parse

import staff
import tap
from serving import MULTIPART, Cairn, get, multipart, part, post, raw
from staff import Organisation, Visitor, fields_of

SERVER = Cairn(os.path.abspath(sys.argv[1]))
COLLEGE = Organisation(SERVER)
ISSUER = Visitor(SERVER, COLLEGE, staff.ISSUER | staff.DESIGNER)
OWN = f"/organisations/{COLLEGE.id}"
WORKS_WITHIN = 60
NAME = {"en": "Bookkeeping Essentials", "fr": "Notions essentielles de tenue de livres"}
ISSUED_BY = {"en": "North Shore College", "fr": "Collège de la Rive-Nord"}
REVOKED = {"en": "Its issuer revoked it on {}:", "fr": "L’émetteur l’a révoqué le {} :"}
MONTHS = {"en": "January February March April May June July August September October November December".split(),
          "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()}
seen = {}  # what one test leaves to the next: they are steps of one story


def send(path, fields, *headers):
    body = urllib.parse.urlencode(fields).encode()
    return post(SERVER, path, "application/x-www-form-urlencoded", body, "Sec-Fetch-Site: same-origin", *headers)


def page(path, *headers, language="en"):
    return get(SERVER, f"{path}{'&' if '?' in path else '?'}lang={language}", *headers)


def publish():
    at = OWN + "/achievements"
    texts = {"name-en": NAME["en"], "name-fr": NAME["fr"], "description-en": "Keeps the books.",
             "description-fr": "Tient les livres.", "criteria-en": "A written exam.", "criteria-fr": "Un examen écrit.",
             "outcomes-en": "", "outcomes-fr": "", "months": "24"}
    made = send(at + "/new", {**fields_of(page(at + "/new", ISSUER.cookie)), **texts}, ISSUER.cookie)
    path = made.headers["location"].split("?")[0]
    publisher = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR).cookie
    assert send(path + "/publish", fields_of(page(path, publisher)), publisher).status == 303
    return staff.run(SERVER, "SELECT max(number) FROM version")[0][0]


def wait_until(what):
    end = time.monotonic() + WORKS_WITHIN
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError(f"it does not come: {SERVER.said()}")


def spoken(language):
    """The day of the revocation, as the pages write it."""
    [(second,)] = staff.run(SERVER, "SELECT revoked_at FROM award WHERE id = ?", seen["id"])
    day = time.gmtime(second)
    month = MONTHS[language][day.tm_mon - 1]
    number = "1er" if language == "fr" and day.tm_mday == 1 else day.tm_mday
    return f"{month} {number}, {day.tm_year}" if language == "en" else f"{number} {month} {day.tm_year}"


def letter(kind):
    found = staff.run(SERVER, "SELECT facts FROM mail WHERE kind = ? AND recipient = 'zoe@learner.example'", kind)
    return json.loads(found[0][0]) if found else None


def bytes_of(path, *headers):
    lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{SERVER.port}", "Connection: close", *headers]
    top, _, body = raw(SERVER, "\r\n".join(lines).encode() + b"\r\n\r\n").partition(b"\r\n\r\n")
    assert b" 200 " in top.splitlines()[0], top
    return body


def verified(data, language="en"):
    """What /verify says of a file."""
    return post(SERVER, f"/verify?lang={language}", MULTIPART, multipart(part("file", data, "badge", "application/octet-stream")))


def a_file_leads_to_a_letter():
    data = "student number,name,e-mail,language,result,assessed on\nA1,Zoé Roy,zoe@learner.example,fr,85 %,2026-05-01\n"
    token = fields_of(page(OWN + "/awards", ISSUER.cookie))["csrf"]
    body = multipart(part("csrf", token), part("version", str(publish())), part("file", data, "people.csv", "text/csv"))
    preview = post(SERVER, OWN + "/awards/upload?lang=en", MULTIPART, body, ISSUER.cookie)
    assert preview.status == 303, preview.text()
    path = preview.headers["location"].split("?")[0]
    assert send(path + "/confirm", {"csrf": token}, ISSUER.cookie).status == 303
    seen["letter"] = wait_until(lambda: letter("claim"))
    assert seen["letter"]["achievement"] == NAME, seen["letter"]
    [(seen["id"], seen["document"])] = staff.run(SERVER, "SELECT id, document FROM award")


def the_letter_leads_to_the_credential():
    link = urllib.parse.urlsplit(seen["letter"]["link"]).path
    assert "Zoé Roy" not in page(f"/credentials/{seen['id']}").body
    assert ISSUED_BY["fr"] in page(link, language="fr").text()
    done = send(link + "?lang=fr", {})
    assert done.status == 303, done.text()
    seen["cookie"] = "Cookie: " + done.headers["set-cookie"].split(";")[0]
    assert NAME["fr"] in get(SERVER, done.headers["location"], seen["cookie"]).text()


def the_page_is_verified_in_both_languages():
    for language, verdict, words in (("en", "Verified", "Awarded to Zoé Roy"), ("fr", "Vérifié", "Décerné à Zoé Roy")):
        answer = page(f"/credentials/{seen['id']}", language=language)
        answer.body = re.sub(r"(?s)<details.*?</details>", "", answer.body)  # notes for experts are in English
        text = answer.text()
        for expected in (verdict, words, NAME[language], ISSUED_BY[language], "85"):
            assert expected in text, (expected, text)
        other = "fr" if language == "en" else "en"
        assert NAME[other] not in text and ISSUED_BY[other] not in text, text


def what_is_taken_away_verifies():
    for ending in ("json", "png", "svg"):
        data = seen[ending] = bytes_of(f"/credentials/{seen['id']}/credential.{ending}")
        answer = verified(data)
        assert '<div class="cairn-verdict cairn-verdict--verified">' in answer.body, (ending, answer.text())
        assert "zoe@learner" not in answer.body
    assert seen["json"].decode() == seen["document"]
    changed = seen["document"].replace("Keeps the books", "Keeps the nooks")
    assert changed != seen["document"] and "cairn-verdict--failed" in verified(changed).body


def the_badge_beside_it_is_there():
    for language in ("en", "fr"):
        shown = page(f"/credentials/{seen['id']}", language=language).body
        source = re.search(r'<img class="cairn-award__badge" src="([^"]+)"', shown)[1]
        image = get(SERVER, source)
        assert image.status == 200 and image.headers["content-type"].startswith("image/svg+xml"), image.headers
        assert NAME[language] in image.body


def a_revocation_is_seen_everywhere_at_once():
    path = f"{OWN}/awards/{seen['id']}"
    form = page(path + "/revoke", ISSUER.cookie)
    done = send(path + "/revoke", {**fields_of(form), "code": "error", "reason": "A namesake"}, ISSUER.cookie)
    assert done.status == 303 and "done=revoked" in done.headers["location"], done.text()
    assert "A namesake" in get(SERVER, done.headers["location"], ISSUER.cookie).text()
    for language, words in (("en", ("Not verified", "Revoked on", "it was issued in error")),
                            ("fr", ("Non vérifié", "Révoqué le", "il a été délivré par erreur"))):
        answer = page(f"/credentials/{seen['id']}", language=language)
        for expected in words:
            assert expected in answer.text(), (expected, answer.text())
        assert "namesake" not in answer.body
        assert "cairn-notice--bad" not in answer.body, "what the verdict says is said twice"
        assert REVOKED[language].format(spoken(language)) in answer.text()
        for ending in ("json", "png", "svg"):
            answer = verified(seen[ending], language)
            assert "cairn-verdict--failed" in answer.body and "namesake" not in answer.body
            for expected in (REVOKED[language].format(spoken(language)), words[2]):
                assert answer.text().count(expected) >= 2, (expected, answer.text())  # the verdict, and the step
    assert bytes_of(f"/credentials/{seen['id']}/credential.json").decode() == seen["document"]
    assert "Revoked" in get(SERVER, "/credentials?lang=en", seen["cookie"]).text()
    assert wait_until(lambda: letter("revoked"))["link"].endswith(f"/credentials/{seen['id']}")


def the_published_list_says_so():
    entry = json.loads(seen["document"])["credentialStatus"]
    answer = get(SERVER, urllib.parse.urlsplit(entry["statusListCredential"]).path)
    encoded = json.loads(answer.body)["credentialSubject"]["encodedList"]
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    place = int(entry["statusListIndex"])
    assert bits[place // 8] >> (7 - place % 8) & 1 == 1 and sum(byte.bit_count() for byte in bits) == 1


def a_second_revocation_changes_nothing():
    path = f"{OWN}/awards/{seen['id']}"
    send(path + "/revoke", {**fields_of(page(path, ISSUER.cookie)), "code": "replaced", "reason": "Again"}, ISSUER.cookie)
    assert staff.run(SERVER, "SELECT revoke_code, revoke_reason FROM award") == [("error", "A namesake")]


try:
    tap.run([
        a_file_leads_to_a_letter,
        the_letter_leads_to_the_credential,
        the_page_is_verified_in_both_languages,
        what_is_taken_away_verifies,
        the_badge_beside_it_is_there,
        a_revocation_is_seen_everywhere_at_once,
        the_published_list_says_so,
        a_second_revocation_changes_nothing,
    ])
finally:
    SERVER.stop()
