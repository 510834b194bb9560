#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Claims and the pages of credentials from outside: links that mail scanners open, links that were used or have ended,
who sees what of an award, what is taken away, what staff see.

usage: test_claims.py CAIRN
"""
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse

import tap
from serving import Answer, Cairn, get, raw

HERE = os.path.dirname(os.path.abspath(__file__))
CAIRN = os.path.abspath(sys.argv[1])
DATA = os.path.join(HERE, "..", "data", "vc")
FORM = "application/x-www-form-urlencoded"
folder = tempfile.TemporaryDirectory()
server = Cairn(CAIRN, "--offline")
database = os.path.join(server.folder.name, "cairn.db")
place = os.path.join(folder.name, "place.json")
subprocess.run([sys.executable, os.path.join(HERE, "..", "tools", "awards.py"), database, place], check=True)
with open(place, encoding="utf-8") as file:
    PLACE = json.load(file)
AWARDS, PEOPLE = PLACE["awards"], PLACE["people"]
with open(os.path.join(DATA, "good.json"), encoding="utf-8") as file:
    GOOD = file.read()


def rows(sql, *values):
    with sqlite3.connect(database, timeout=10) as db:
        return db.execute(sql, values).fetchall()


def cookie(token):
    return f"Cookie: session={token}"


def see(path, who=None, *headers):
    return get(server, path, *headers, *([cookie(PEOPLE.get(who, who))] if who else []))


def head(path):
    text = f"HEAD {path} HTTP/1.1\r\nHost: localhost:{server.port}\r\nConnection: close\r\n\r\n"
    return int(raw(server, text.encode()).split(b" ")[1])


def send(path, fields, who=None, origin=True):
    """A form as a browser of this site sends it."""
    body = urllib.parse.urlencode(fields).encode()
    lines = [f"POST {path} HTTP/1.1", f"Host: localhost:{server.port}", "Connection: close", f"Content-Type: {FORM}",
             f"Content-Length: {len(body)}"]
    lines += ["Sec-Fetch-Site: " + ("same-origin" if origin else "cross-site")]
    lines += [cookie(PEOPLE.get(who, who))] if who else []
    return Answer(raw(server, "\r\n".join(lines).encode() + b"\r\n\r\n" + body))


def csrf_of(answer):
    return re.search(r'name="csrf" value="([^"]+)"', answer.body)[1]


def award_row(award, columns):
    return rows(f"SELECT {columns} FROM award WHERE number = ?", award["number"])[0]


def claims_of(award):
    return rows("SELECT used_at FROM claim WHERE award = ?", award["number"])


def session_of(answer):
    return re.match(r"session=([^;]+)", answer.headers["set-cookie"])[1]


# ---- Before the claim


def the_page_of_an_award_tells_nothing_about_the_learner_before_the_claim():
    award = AWARDS["open"]
    for who in (None, "learner", "administrator"):
        page = see(f"/credentials/{award['id']}", who)
        assert page.status == 200, page.status
        assert "Soil sampling" in page.body and "Riverbend College" in page.body
        for secret in (award["name"], "Fontaine", "people.example/", "87 %", "Passed", award["email"], "S0001"):
            assert secret not in page.text(), secret
        assert "noindex" in page.headers["x-robots-tag"]
        assert '<meta name="robots" content="noindex, nofollow">' in page.body
    for ending in ("json", "png", "svg"):
        assert see(f"/credentials/{award['id']}/credential.{ending}").status == 404


def a_guessed_id_is_not_found():
    for path in ("/credentials/AAAAAAAAAAAAAAAAAAAAAA", "/credentials/AAAAAAAAAAAAAAAAAAAAAA/credential.json"):
        assert see(path).status == 404


# ---- Claiming by the link


def looking_at_a_link_changes_nothing():
    award = AWARDS["open"]
    path = f"/claim/{award['token']}"
    for _ in range(2):
        assert head(path) == 200
        page = see(path)
        assert page.status == 200 and "Claim your micro-credential" in page.body
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] in ("no-referrer", "same-origin"), page.headers
        assert "noindex" in page.headers["x-robots-tag"]
        assert "set-cookie" not in page.headers
        assert award["name"] not in page.body and award["email"] not in page.body
    assert award_row(award, "holder, claimed_at") == (None, None)
    assert claims_of(award) == [(None,)]


def another_site_cannot_press_the_button():
    award = AWARDS["open"]
    assert send(f"/claim/{award['token']}", {}, origin=False).status == 403
    assert award_row(award, "holder") == (None,)


def the_button_claims_it_and_signs_in():
    award = AWARDS["open"]
    done = send(f"/claim/{award['token']}", {})
    assert done.status == 303, done.status
    assert done.headers["location"].startswith(f"/credentials/{award['id']}?new=1"), done.headers
    assert "HttpOnly" in done.headers["set-cookie"] and "SameSite=Lax" in done.headers["set-cookie"]
    token = session_of(done)
    page = see(done.headers["location"], token)
    assert "It is yours" in page.body and award["name"] in page.body
    assert "It is yours" not in see(done.headers["location"]).body
    assert "Soil sampling" in see("/credentials", token).body
    holder = award_row(award, "holder")[0]
    assert rows("SELECT email FROM address WHERE person = ?", holder) == [(award["email"],)]
    assert rows("SELECT count(*) FROM audit WHERE action = 'award.claimed' AND subject = ?", award["id"]) == [(1,)]


def a_claim_opens_no_account_that_has_roles():
    award = AWARDS["staff"]
    done = send(f"/claim/{award['token']}", {})
    assert done.status == 303 and "set-cookie" not in done.headers, done.headers
    assert done.headers["location"].startswith(f"/sign-in?next=/credentials/{award['id']}&"), done.headers
    assert see(done.headers["location"]).status == 200
    assert "Soil sampling" in see("/credentials", "viewer").body, "it is the owner's all the same"


def a_used_link_says_so_and_what_to_do():
    award = AWARDS["open"]
    for answer in (see(f"/claim/{award['token']}"), send(f"/claim/{award['token']}", {})):
        assert answer.status == 410, answer.status
        assert "has been claimed already" in answer.body and "/credentials?lang=en" in answer.body
        assert "set-cookie" not in answer.headers


def a_link_that_has_ended_says_so():
    award = AWARDS["expired"]
    for answer in (see(f"/claim/{award['token']}"), send(f"/claim/{award['token']}", {})):
        assert answer.status == 410 and "This link has ended" in answer.body and "30 days" in answer.body
    assert award_row(award, "holder") == (None,)


def a_link_that_has_ended_brings_another_to_the_same_address():
    award = AWARDS["expired"]
    path = f"/claim/{award['token']}"
    rows("UPDATE claim SET created_at = created_at - 31 * 86400 WHERE award = ?", award["number"])
    assert "Send me a new link" in see(path).text() and "M’envoyer un nouveau lien" in see(path + "?lang=fr").text()
    assert send(path + "/again", {}, origin=False).status == 403
    mails = "SELECT count(*) FROM mail WHERE recipient = ? AND kind = 'claim'"
    unknown = send("/claim/" + "A" * 43 + "/again", {}).text()
    for sent in (1, 2, 3, 3, 3):
        answer = send(path + "/again", {})
        assert answer.status == 200 and answer.text() == unknown, answer.text()
        assert rows(mails, award["email"]) == [(sent,)], rows(mails, award["email"])
    rows("UPDATE claim SET created_at = created_at - 2 * 3600 WHERE award = ?", award["number"])
    assert send(path + "/again", {}).text() == unknown and rows(mails, award["email"]) == [(3,)], "in an hour or in a day"
    assert award["email"] not in unknown and award["name"] not in unknown
    assert rows("SELECT count(*) FROM claim WHERE award = ? AND used_at IS NULL", award["number"]) == [(1,)]
    assert see(sent_link(award["email"])).status == 200
    # Nothing is sent of what is claimed, or revoked.
    before = rows("SELECT count(*) FROM mail")
    for name in ("open", "revoked"):
        assert send(f"/claim/{AWARDS[name]['token']}/again", {}).text() == unknown
    assert rows("SELECT count(*) FROM mail") == before


def a_revoked_award_cannot_be_claimed():
    award = AWARDS["revoked"]
    answer = send(f"/claim/{award['token']}", {})
    assert answer.status == 410 and "has been revoked" in answer.body
    assert "namesake" not in answer.body
    assert award_row(award, "holder") == (None,)
    page = see(f"/credentials/{award['id']}")
    assert "it was issued in error" in page.body and "namesake" not in page.body and award["name"] not in page.body


def an_unknown_link_is_explained():
    for answer in (see("/claim/" + "A" * 43), send("/claim/" + "A" * 43, {})):
        assert answer.status == 404 and "This link is not known here" in answer.body
    assert see("/claim/" + AWARDS["joined"]["code"].replace("-", "")).status == 404, "a code is no token"


def who_is_signed_in_keeps_the_account_and_gains_no_address():
    award = AWARDS["joined"]
    page = see(f"/claim/{award['token']}", "learner")
    assert "You are signed in as learner@people.example" in page.text(), page.text()
    for words in (award["name"], award["email"], "Yes, claim it for learner@people.example", "No, sign out"):
        assert words in page.text(), (words, page.text())
    assert award["name"] not in see(f"/claim/{award['token']}").text(), "who is not signed in is told less"
    asked = send(f"/claim/{award['token']}", {}, "learner")
    assert asked.status == 422 and award["email"] in asked.text() and award_row(award, "holder") == (None,)
    by_code = send("/claim", {"code": award["code"]}, "learner")
    assert by_code.status == 422 and f'name="code" value="{award["code"]}"' in by_code.body, by_code.body
    assert award_row(award, "holder") == (None,)
    done = send(f"/claim/{award['token']}", {"account": "this"}, "learner")
    assert done.status == 303 and "set-cookie" not in done.headers
    holder = award_row(award, "holder")[0]
    addresses = rows("SELECT email FROM address WHERE person = ?", holder)
    assert addresses == [("learner@people.example",)], addresses
    assert rows("SELECT count(*) FROM address WHERE email = ?", award["email"]) == [(0,)]


# ---- Claiming by the code


def a_code_is_typed_in_any_case():
    award = AWARDS["code"]
    assert "Code from the mail" in see("/claim").text()
    for typed, words in (("", "ten letters and digits"), ("K7QMX-3TXP", "ten letters and digits"),
                         ("00000-00000", "no micro-credential for this code")):
        answer = send("/claim", {"code": typed})
        assert answer.status == 422 and words in answer.text(), (typed, answer.text())
    done = send("/claim", {"code": award["code"].lower().replace("-", " ")})
    assert done.status == 303 and f"/credentials/{award['id']}" in done.headers["location"], done.headers
    assert send("/claim", {"code": award["code"]}).status == 410
    assert send("/claim", {"code": AWARDS["lost"]["code"]}, origin=False).status == 403


# ---- The public page


def the_page_shows_the_steps_of_a_verification_in_both_languages():
    award = AWARDS["held"]
    page = see(f"/credentials/{award['id']}")
    assert page.status == 200 and award["name"] in page.body and award["check"] in page.body
    assert f"http://localhost:{server.port}/credentials/{award['id']}" in page.text()
    assert "Is the signature good?" in page.text() and "It has not been changed since it was signed." in page.text()
    assert "evidence.example" not in page.body and award["email"] not in page.body and "S0006" not in page.body
    french = see(f"/credentials/{award['id']}?lang=fr")
    assert "La signature est-elle bonne?" in french.text() and "Échantillonnage des sols" in french.text()
    assert "Collège de la Boucle" in french.text()


def the_step_fails_where_the_document_was_changed():
    award = AWARDS["held"]
    path = f"/credentials/{award['id']}"
    changed = GOOD.replace("Takes five samples", "Takes four samples")
    assert changed != GOOD
    try:
        rows("UPDATE award SET document = ? WHERE number = ? RETURNING number", changed, award["number"])
        assert "Not verified" in see(path).text()
    finally:
        rows("UPDATE award SET document = ? WHERE number = ? RETURNING number", GOOD, award["number"])
    assert "Not verified" not in see(path).text()


def files_are_what_was_signed():
    for award in (AWARDS["held"], AWARDS["taken"]):
        answer = see(f"/credentials/{award['id']}/credential.json")
        assert answer.status == 200 and answer.body == GOOD
        assert answer.headers["content-type"] == "application/vc", answer.headers
        assert answer.headers["content-disposition"] == ("attachment; filename=\"credential.json\"; "
                                                         "filename*=UTF-8''Soil%20sampling.json"), answer.headers
        for ending, media_type in (("png", "image/png"), ("svg", "image/svg+xml")):
            wanted = f"GET /credentials/{award['id']}/credential.{ending} HTTP/1.1\r\nHost: localhost:{server.port}"
            got = raw(server, wanted.encode() + b"\r\nConnection: close\r\n\r\n")
            top, _, image = got.partition(b"\r\n\r\n")
            assert b" 200 " in top and media_type.encode() in top, top
            path = os.path.join(folder.name, "badge." + ending)
            with open(path, "wb") as file:
                file.write(image)
            inside = subprocess.run([CAIRN, "unbake", path], check=True, capture_output=True).stdout.decode()
            assert json.loads(inside) == json.loads(GOOD)
    french = see(f"/credentials/{AWARDS['held']['id']}/credential.json?lang=fr")
    assert 'filename="justificatif.json"' in french.headers["content-disposition"]
    assert "filename*=UTF-8''%C3%89chantillonnage%20des%20sols.json" in french.headers["content-disposition"]


def a_revocation_shows_a_neutral_word_and_a_date():
    page = see(f"/credentials/{AWARDS['taken']['id']}")
    assert "Revoked on" in page.text() and "another credential has taken its place" in page.text()
    assert "grade" not in page.body
    assert "un autre justificatif l’a remplacé" in see(f"/credentials/{AWARDS['taken']['id']}?lang=fr").text()


def its_holder_switches_the_page_off_and_on():
    path = f"/credentials/{AWARDS['held']['id']}"
    form = see(path + "/settings", "learner")
    assert form.status == 200
    for who in ("administrator", "stranger"):
        assert see(path + "/settings", who).status == 404
        assert send(path + "/settings", {"page": "off", "csrf": csrf_of(see("/claim", who))}, who).status == 404
    assert see(path + "/settings").status == 303
    assert send(path + "/settings", {"page": "off", "csrf": "wrong"}, "learner").status == 403
    assert send(path + "/settings", {"page": "maybe", "csrf": csrf_of(form)}, "learner").status == 400
    assert see(path).status == 200
    assert send(path + "/settings", {"page": "off", "csrf": csrf_of(form)}, "learner").status == 303
    for who in (None, "administrator", "stranger"):
        page = see(path, who)
        assert page.status == 404 and "This page has been switched off" in page.body
        assert "Learner Lee" not in page.body and "Soil sampling" not in page.body
        assert see(path + "/credential.json", who).status == 404
    assert "only you can see it" in see(path, "learner").text()
    assert see(path + "/credential.json", "learner").status == 200
    assert "Page switched off" in see("/credentials", "learner").text()
    assert send(path + "/settings", {"page": "on", "csrf": csrf_of(form)}, "learner").status == 303
    assert see(path).status == 200


def its_holder_alone_sees_the_evidence():
    path = f"/credentials/{AWARDS['held']['id']}"
    assert "https://evidence.example/1" in see(path, "learner").body
    for who in (None, "administrator", "stranger"):
        assert "evidence.example" not in see(path, who).body


def a_check_code_leads_to_the_page():
    award = AWARDS["held"]
    assert "Check a printed credential" in see("/check").body
    for typed in (award["check"], award["check"].lower().replace("-", "")):
        answer = send("/check", {"code": typed})
        assert answer.status == 303 and answer.headers["location"].startswith(f"/credentials/{award['id']}")
    assert send("/check", {"code": "00000-00000"}).status == 422
    assert send("/check", {"code": "?"}).status == 422


def my_credentials_are_for_who_is_signed_in():
    assert see("/credentials").status == 303
    assert "Soil sampling" not in see("/credentials", "stranger").body
    listed = see("/credentials", "learner").text()
    assert listed.count("Soil sampling") == 5 and "Revoked" in listed, listed


# ---- The staff's view of one award


def own(name, rest=""):
    return f"/organisations/{PLACE['organisation']}/awards/{AWARDS[name]['id']}{rest}"


def foreign(name, rest=""):
    """The same award under the other organisation's address."""
    return f"/organisations/{PLACE['other']}/awards/{AWARDS[name]['id']}{rest}"


def staff_of_the_organisation_see_an_award_and_nobody_else():
    page = see(own("lost"), "administrator")
    assert page.status == 200
    for words in ("Fay Moss", "fay@people.example", "S00", "87 %", "May 28, 2026", "Not claimed yet",
                  "The e-mail could not be delivered", "Send the claim again", "Revoke this award"):
        assert words in page.text(), (words, page.text())
    viewer = see(own("lost"), "viewer")
    assert viewer.status == 200 and "Send the claim again" not in viewer.body and "Revoke" not in viewer.body
    assert see(own("lost")).status == 303
    for who in ("learner", "stranger"):
        assert see(own("lost"), who).status == 404
    assert see(foreign("lost"), "stranger").status == 404, "an id of another organisation"
    assert see(foreign("lost", "/revoke"), "stranger").status == 404
    french = see(own("taken") + "?lang=fr", "administrator").text()
    for words in ("Révoqué le", "un autre justificatif l’a remplacé", "Votre organisation est seule à voir ceci"):
        assert words in french, french
    assert "The grade was wrong" in french


def a_role_that_is_too_small_is_refused():
    csrf = csrf_of(see(own("lost"), "viewer"))
    assert see(own("lost", "/revoke"), "viewer").status == 403
    for rest in ("/revoke", "/claim"):
        assert send(own("lost", rest), {"csrf": csrf}, "viewer").status == 403
        assert send(own("lost", rest), {"csrf": csrf}).status == 403
        assert send(foreign("lost", rest), {"csrf": csrf_of(see("/claim", "stranger"))}, "stranger").status == 404
        assert send(own("lost", rest), {"csrf": "wrong"}, "administrator").status == 403
    assert claims_of(AWARDS["lost"]) == [(None,)] and award_row(AWARDS["lost"], "revoked_at") == (None,)


def sending_the_claim_again_ends_the_earlier_link():
    award = AWARDS["lost"]
    csrf = csrf_of(see(own("lost"), "administrator"))
    done = send(own("lost", "/claim"), {"csrf": csrf}, "administrator")
    assert done.status == 303 and "done=sent" in done.headers["location"], done.headers
    assert "A new mail is on its way to fay@people.example" in see(done.headers["location"], "administrator").text()
    replaced = see(f"/claim/{award['token']}")
    assert replaced.status == 410 and "A newer mail has been sent" in replaced.text(), replaced.text()
    assert send("/claim", {"code": award["code"]}).status == 410
    assert sorted(used is None for used, in claims_of(award)) == [False, True]
    assert rows("SELECT count(*) FROM audit WHERE action = 'claim.sent' AND subject = ?", award["id"]) == [(1,)]
    link = sent_link("fay@people.example")
    page = see(link)
    assert page.status == 200 and "Claim your micro-credential" in page.body
    assert send(link, {}).status == 303
    again = send(own("lost", "/claim"), {"csrf": csrf}, "administrator")
    assert "done=closed" in again.headers["location"], again.headers
    assert "Nothing was sent" in see(again.headers["location"], "administrator").text()


def sent_link(email):
    """The path of the link in the newest mail to an address, which waits or has been sent."""
    facts = rows("SELECT facts FROM mail WHERE recipient = ? ORDER BY number DESC LIMIT 1", email)[0][0]
    return urllib.parse.urlsplit(json.loads(facts)["link"]).path


def revoking_asks_for_a_word_and_a_reason():
    path = own("held", "/revoke")
    form = see(path, "administrator")
    assert form.status == 200 and "This cannot be undone" in form.text()
    csrf = csrf_of(form)
    for fields, words in (({}, ("Choose why", "Write the reason")), ({"code": "error"}, ("Write the reason",)),
                          ({"code": "misconduct", "reason": "x"}, ("Choose why",)),
                          ({"code": "error", "reason": "x" * 1001}, ("Write the reason",))):
        answer = send(path, {"csrf": csrf, **fields}, "administrator")
        assert answer.status == 422, (fields, answer.status)
        for word in words:
            assert word in answer.text(), answer.text()
    kept = send(path, {"csrf": csrf, "reason": "kept <b>"}, "administrator")
    assert "kept &lt;b&gt;</textarea>" in kept.body
    assert award_row(AWARDS["held"], "revoked_at") == (None,)


def the_whole_link_stands_on_the_award():
    page = see(own("held"), "administrator").text()
    assert f"http://localhost:{server.port}/credentials/{AWARDS['held']['id']}" in page, page


try:
    tap.run([
        the_page_of_an_award_tells_nothing_about_the_learner_before_the_claim,
        a_guessed_id_is_not_found,
        looking_at_a_link_changes_nothing,
        another_site_cannot_press_the_button,
        the_button_claims_it_and_signs_in,
        a_claim_opens_no_account_that_has_roles,
        a_used_link_says_so_and_what_to_do,
        a_link_that_has_ended_says_so,
        a_link_that_has_ended_brings_another_to_the_same_address,
        a_revoked_award_cannot_be_claimed,
        an_unknown_link_is_explained,
        who_is_signed_in_keeps_the_account_and_gains_no_address,
        a_code_is_typed_in_any_case,
        the_page_shows_the_steps_of_a_verification_in_both_languages,
        the_step_fails_where_the_document_was_changed,
        files_are_what_was_signed,
        a_revocation_shows_a_neutral_word_and_a_date,
        its_holder_switches_the_page_off_and_on,
        its_holder_alone_sees_the_evidence,
        a_check_code_leads_to_the_page,
        my_credentials_are_for_who_is_signed_in,
        staff_of_the_organisation_see_an_award_and_nobody_else,
        a_role_that_is_too_small_is_refused,
        sending_the_claim_again_ends_the_earlier_link,
        revoking_asks_for_a_word_and_a_reason,
        the_whole_link_stands_on_the_award,
    ])
finally:
    server.stop()
