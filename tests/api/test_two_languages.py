#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A credential in two languages, as Cairn signs it: each page shows it in its own language and says so to screen
readers, whichever language is the learner's; programs get both.

usage: test_two_languages.py CAIRN AWARD_LINES
"""
import html
import json
import os
import re
import subprocess
import sys

import tap
from serving import Cairn, post, words

PROGRAM, LINES = (os.path.abspath(path) for path in sys.argv[1:3])
AWARDS = {line["name"]: line["document"] for line in map(json.loads, subprocess.run(
    [LINES], capture_output=True, check=True, text=True).stdout.splitlines()) if "document" in line}
SERVER = Cairn(PROGRAM, "--offline")
SAYS = {
    "en": ("Bookkeeping essentials", "Keeping the books of a small business.", "Record transactions in a journal",
           "practical examination</strong>", "Assessed on May 28, 2025.", "North Shore College"),
    "fr": ("L’essentiel de la tenue de livres", "Tenir les livres d’une petite entreprise.", "Passer des écritures au journal",
           "examen pratique</strong>", "Évaluation du 28 mai 2025.", "Collège de la Rive-Nord"),
}


def verified(document, language):
    body = "text=" + "".join(f"%{byte:02x}" for byte in json.dumps(document).encode())
    answer = post(SERVER, f"/verify?lang={language}", "application/x-www-form-urlencoded", body.encode())
    assert answer.status == 200, (answer.status, answer.text())
    return html.unescape(answer.body)


def each_page_shows_its_own_language():
    for name in ("english", "french"):
        for language, other in (("en", "fr"), ("fr", "en")):
            page = verified(AWARDS[name], language)
            for text in SAYS[language]:
                assert text in page, (name, language, text)
            for text in SAYS[other]:
                assert text not in page, (name, language, text)
            shown = re.search(r'<p class="cairn-card__name" lang="([^"]*)"', page)
            assert shown and shown[1] == language, (name, shown)


def a_demonstration_is_seen_as_one_in_both():
    assert "Demonstration: Bookkeeping essentials" in verified(AWARDS["demonstration"], "en")
    assert "Démonstration\u00a0: L’essentiel" in verified(AWARDS["demonstration"], "fr")


def programs_get_both():
    done = subprocess.run([PROGRAM, "verify", "--json", "--offline", "-"], input=json.dumps(AWARDS["french"]).encode(),
                          capture_output=True, check=False)
    credential = json.loads(done.stdout)["credential"]
    assert credential["language"] == "fr" and credential["name"] == SAYS["fr"][0], credential
    assert credential["names"] == {"fr": SAYS["fr"][0], "en": SAYS["en"][0]}, credential
    assert credential["issuer"]["names"] == {"fr": SAYS["fr"][5], "en": SAYS["en"][5]}, credential
    assert credential["achievement"]["names"]["en"] == SAYS["en"][0], credential


def with_the_issuers_server_off_its_signature_holds_and_its_status_is_unknown():
    for name in ("english", "french"):
        done = subprocess.run([PROGRAM, "verify", "--json", "--offline", "-"], input=json.dumps(AWARDS[name]).encode(),
                              capture_output=True, check=False)
        report = json.loads(done.stdout)
        assert done.returncode == 2 and report["verdict"] == "unknown" and report["proof"] is True, report
        steps = {step["id"]: (step["outcome"], step["problem"]) for step in report["steps"]}
        assert steps.pop("status") == ("unknown", "status-list-unretrievable"), report
        rare = {id for id, (outcome, _) in steps.items() if outcome == "not applicable"}
        assert rare == {"resources", "endorsements", "parts", "schema"}, steps
        assert {steps[id][0] for id in steps.keys() - rare} == {"pass"}, steps
    page = verified(AWARDS["english"], "fr")
    assert words("fr")["problem.status-list-unretrievable"] in " ".join(re.sub("<[^>]*>", " ", page).split()), page


try:
    tap.run([each_page_shows_its_own_language, a_demonstration_is_seen_as_one_in_both, programs_get_both,
             with_the_issuers_server_off_its_signature_holds_and_its_status_is_unknown])
finally:
    SERVER.stop()
