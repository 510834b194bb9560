#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The public pages of frameworks and of the self-check: in both languages, from the same packs as the command.

usage: test_framework_pages.py CAIRN
"""
import html
import json
import os
import re
import subprocess
import sys
from urllib.parse import urlencode
from urllib.request import HTTPError, Request, urlopen

import tap
from serving import Cairn

PROGRAM = os.path.abspath(sys.argv[1])
server = Cairn(PROGRAM)
HOME = f"http://localhost:{server.port}"


def plain(text):
    return re.sub(r"\s+", " ", text)


def get(path, data=None):
    """(status, text without markup, the page, headers)"""
    try:
        with urlopen(Request(HOME + path, data and urlencode(data).encode()), timeout=30) as answer:
            status, page, headers = answer.status, answer.read().decode(), answer.headers
    except HTTPError as refused:
        status, page, headers = refused.code, refused.read().decode(), refused.headers
    return status, plain(html.unescape(re.sub(r"<[^>]*>", " ", page))), page, headers


def command(*args):
    return json.loads(subprocess.run([PROGRAM, "frameworks", *args, "--json"], capture_output=True, check=True).stdout)


def every_pack_has_its_page_with_every_rule():
    packs, rules = command("list"), 0
    list_page = {"en": get("/frameworks?lang=en")[1], "fr": get("/frameworks?lang=fr")[1]}
    assert len(packs) == 21
    for pack in packs:
        shown = command("show", "--pack", pack["pack"], "--at", pack["effective_from"])
        for language in ("en", "fr"):
            status, text, page, _ = get(f"/frameworks/{pack['pack']}?lang={language}")
            title = plain(pack["title"][language])
            assert status == 200 and title in text and title in list_page[language]
            for rule in shown["rules"]:
                assert f'id="{rule["rule"]}"' in page and plain(rule["message"][language]) in text, rule
            unconfirmed = sum(not rule["enforced"] for rule in shown["rules"])
            assert page.count('"cairn-state">') == unconfirmed, (pack["pack"], unconfirmed)
        rules += len(shown["rules"])
    assert rules == 195


def a_family_leads_to_the_pack_in_force_and_a_stranger_nowhere():
    assert 'id="NZ-01"' in get("/frameworks/nz-nzqa")[2]
    assert get("/frameworks/none-such")[0] == 404


def sources_are_named_and_led_to():
    """Their keys mean something within a pack alone: "r6.1(a)", "nmf s4 (field list; severity)", "pg; au"."""
    for pack, source in (("nz-nzqa-2022", "Operational Rules 2022, rule 6.1(a). Read on an official page."),
                         ("nz-nzqa-2022", "nzqa micro-credentials page; auckland.ac.nz Micro-credentials Policy restating NZQA."),
                         ("au-nmf-2021", "DESE Nov 2021, s4 (field list reconstructed; severity to be confirmed); microcredseeker.edu.au, glossary."),
                         ("eu-2022", "27.6.2022 p.10-25, Annex I(1)."),
                         ("uk-qaa-2022", "Source: revisiontown.com; QAA credit framework.")):
        text = re.sub(r" ([.,;])", r"\1", get(f"/frameworks/{pack}?lang=en")[1])
        assert source in text, (pack, source)
    page = get("/frameworks/ca-bc-2021?lang=en")[2]
    whole = '<a class="govuk-link" href="https://opentextbc.ca/bcmicrocredential/chapter/quality-assurance/">'
    assert whole + "opentextbc.ca/bcmicrocredential/chapter/quality-assurance/</a> (quotes the 2021 QA principle)" in page
    assert whole + "opentextbc.ca</a>" in page and "https://www2.gov.bc.ca" not in page, "a path that was left out leads nowhere"


def what_only_one_asks_stands_apart():
    status, text, page, _ = get("/frameworks/compare?lang=en&a=on-ecampus-2020&b=ca-bc-2021")
    fields = {f["field"]: f for f in command("compare", "--pack", "on-ecampus-2020", "--pack", "ca-bc-2021")}
    tables = page.split("<table")[1:]
    assert status == 200 and len(tables) == 3
    wanted = [sum(bool(f["a"]) and not f["b"] for f in fields.values()), sum(bool(f["b"]) and not f["a"] for f in fields.values()),
              sum(bool(f["a"] and f["b"]) for f in fields.values())]
    assert [table.count('scope="row"') for table in tables] == wanted, wanted
    assert "two different" in get("/frameworks/compare?lang=en&a=nz-nzqa-2022&b=nz-nzqa-2022")[1]
    assert get("/frameworks/compare?lang=fr&a=x&b=%3Cb%3E")[0] == 200


def the_core_is_derived_and_says_so():
    status, text, page, _ = get("/frameworks/core?lang=en")
    core = command("core")["fields"]
    assert status == 200 and "Derived by Cairn" in text
    assert page.split("</table>")[0].count('scope="row"') == len(core)
    for field in core:
        assert f'id="{field["field"]}"' in page
        assert all(one["rule"] in text for one in field["asked"])
    assert get("/frameworks/core?fields=all")[2].split("</table>")[0].count('scope="row"') > len(core)


def conversions_name_their_route():
    _, text, _, _ = get("/frameworks/convert?lang=en&what=credits&from=NZ&value=15&to=ECTS")
    assert "New Zealand credits: 15 By hours European credits (ECTS): 5 to 6" in text and "By year parity European credits (ECTS): 7.5" in text, text
    assert "Crédits européens (ECTS) : 7,5" in get("/frameworks/convert?lang=fr&what=credits&from=NZ&value=15,0&to=ECTS")[1]
    assert "Level 3 or 4" in get("/frameworks/convert?lang=en&what=levels&from=NFQ&value=5&to=NZQCF")[1]
    assert "No official mapping" in get("/frameworks/convert?lang=en&what=levels&from=OQF&value=5&to=EQF")[1]
    assert "No official mapping" not in get("/frameworks/convert?lang=en")[1]
    assert get("/frameworks/convert?lang=en&what=credits&from=UK&value=15&to=ECTS")[1].count("secondary source") == 2
    assert "secondary source" not in get("/frameworks/convert?lang=en&what=credits&from=NZ&value=15&to=ECTS")[1]
    assert get("/frameworks/convert?lang=en&what=credits&from=US-SH&value=3&to=ECTS")[1].count("No official mapping") == 2
    for wrong in ("what=credits&from=NZ&value=x&to=ECTS", "what=credits&from=NZ&value=1&to=NZ", "what=levels&from=XX&value=1&to=NZ"):
        assert get("/frameworks/convert?" + wrong)[0] == 400, wrong


WELL = {"status": "citizen", "region": "CA-ON", "family": "1", "income": "80,000", "restricted": "no", "registered": "yes",
        "start": "2026-01-05", "end": "2026-02-05", "count": "1", "submitted": "2026-02-05"}


def outcomes(page):
    return re.findall(r"cairn-came--(\w+)", page)


def the_self_check_answers_and_keeps_nothing():
    status, text, page, headers = get("/self-check?lang=en", WELL)
    assert status == 200 and outcomes(page) == ["pass"] * 8 and "Every rule here holds" in text, outcomes(page)
    assert headers["cache-control"] == "no-store" and "set-cookie" not in headers
    assert 'hreflang="fr">Français</a>' in page, "nothing was verified that could be again"
    assert outcomes(get("/self-check", {})[2]) == ["attest"] * 4 + ["attest"] * 4
    for change, fails in (({"income": "80 000,01"}, 2), ({"status": "none"}, 0), ({"region": "elsewhere"}, 1), ({"restricted": "yes"}, 3),
                          ({"registered": "no"}, 4), ({"other-start": "2026-02-05", "other-end": "2026-03-01"}, 5),
                          ({"count": "2"}, 6), ({"submitted": "2026-02-06"}, 7)):
        seen = outcomes(get("/self-check", WELL | change)[2])
        assert [i for i, one in enumerate(seen) if one == "fail"] == [fails], (change, seen)
    assert outcomes(get("/self-check", WELL | {"income": "$100,000.00", "family": "2"})[2]) == ["pass"] * 8
    assert outcomes(get("/self-check", WELL | {"income": "100 000,50", "family": "2"})[2])[2] == "fail"
    assert "$" not in text.split("Your answers")[0].replace("$80,000", "").replace("$100,000", "")


def what_cannot_be_read_is_said_by_the_field():
    for name, value in (("income", "much"), ("income", "1.2.3"), ("start", "2026-02-30"), ("end", "2026-01-01"), ("other-start", "2026-01-01")):
        status, text, page, _ = get("/self-check?lang=fr", WELL | {name: value})
        assert status == 400 and "error" in page and not outcomes(page), (name, value, status)
    assert "&lt;b&gt;" in get("/self-check", WELL | {"income": "<b>"})[2]


try:
    tap.run([every_pack_has_its_page_with_every_rule, a_family_leads_to_the_pack_in_force_and_a_stranger_nowhere, sources_are_named_and_led_to,
             what_only_one_asks_stands_apart, the_core_is_derived_and_says_so, conversions_name_their_route,
             the_self_check_answers_and_keeps_nothing, what_cannot_be_read_is_said_by_the_field])
finally:
    server.stop()
