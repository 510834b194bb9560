#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Endorsements from outside: an institution asks, an employer confirms claim by claim and signs, everybody reads it and
checks it, an award carries it; revoked, it counts no more and the award still holds; what employers accept is counted.

usage: test_endorsements.py CAIRN
"""
import json
import os
import subprocess
import sys
import time
import urllib.parse

import staff
import tap
from serving import MULTIPART, Cairn, get, multipart, part, post
from staff import Organisation, Visitor, fields_of

CAIRN = os.path.abspath(sys.argv[1])
SERVER = Cairn(CAIRN)
COLLEGE = Organisation(SERVER)
EMPLOYER = Organisation(SERVER, "Ledger Works", "Ateliers du Grand-Livre")
BODY = Organisation(SERVER, "Bookkeepers’ Council", "Conseil des aide-comptables")
DESIGNER = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
ISSUER = Visitor(SERVER, COLLEGE, staff.ISSUER)
SIGNER = Visitor(SERVER, EMPLOYER, staff.ISSUER)
LOOKER = Visitor(SERVER, EMPLOYER, staff.VIEWER)
LIST, THEIRS = f"/organisations/{COLLEGE.id}/achievements", f"/organisations/{EMPLOYER.id}/endorsements"
FORM = "application/x-www-form-urlencoded"
TEXTS = {"scope-en": "Bookkeepers in Atlantic Canada", "scope-fr": "Aide-comptables de l’Atlantique", "months": "12",
         "comment-en": "We hire for it.", "comment-fr": "Nous embauchons pour cela."}
DEMAND, REFLECTS = "in_demand:outcome-1", "assessment_reflects_job:assessment-1"


def send(path, fields, visitor):
    return post(SERVER, path, FORM, urllib.parse.urlencode(fields, doseq=True).encode(), visitor.cookie)


def page(path, visitor=None, language="en"):
    answer = get(SERVER, f"{path}?lang={language}", *([visitor.cookie] if visitor else []))
    assert answer.status == 200, (path, answer.status)
    return answer


def text(path, visitor=None, language="en"):
    return page(path, visitor, language).text().replace("\xa0", " ")


def form(path, visitor):
    return {name: value for name, value in fields_of(page(path, visitor)).items() if name in ("csrf", "seen")}


def organisation(*args):
    database = os.path.join(SERVER.folder.name, "cairn.db")
    done = subprocess.run([CAIRN, "organisation", *args, "--db", database], capture_output=True, timeout=60, check=True)
    return done.stdout.decode().strip()


def begin(name="Bookkeeping"):
    """A draft: its page's path, and its id."""
    fields = {**fields_of(page(LIST + "/new", DESIGNER)), "name-en": name, "name-fr": "Tenue de livres",
              "description-en": "Keeps the books.", "description-fr": "Tient les livres.", "criteria-en": "An exam",
              "criteria-fr": "Un examen", "outcomes-en": "Keep a journal\r\nReconcile",
              "outcomes-fr": "Tenir un journal\r\nRapprocher", "months": ""}
    answer = send(LIST + "/new", fields, DESIGNER)
    assert answer.status == 303, answer.text()
    path = answer.headers["location"].split("?")[0]
    return path, path.rsplit("/", 1)[1]


def publish(path):
    answer = send(path + "/publish", form(path, DESIGNER), DESIGNER)
    assert answer.status == 303, answer.text()


def ask(path, message="Please look at it."):
    at = path + "/endorsements"
    answer = send(at, {**form(at, DESIGNER), "whom": EMPLOYER.id, "message": message}, DESIGNER)
    assert answer.status == 303 and "done=asked" in answer.headers["location"], answer.text()
    [(request,)] = staff.run(SERVER, "SELECT id FROM endorsement_request ORDER BY number DESC LIMIT 1")
    return f"{THEIRS}/requests/{request}"


def endorse(request, claims=(DEMAND, REFLECTS), **changes):
    return send(request, {**form(request, SIGNER), **TEXTS, "claim": claims, **changes}, SIGNER)


def last():
    return staff.run(SERVER, "SELECT id, document FROM endorsement ORDER BY number DESC LIMIT 1")[0]


def endorsed(path):
    answer = endorse(ask(path))
    assert answer.status == 303 and "done=given" in answer.headers["location"], answer.text()
    return last()


def revoke(which):
    at = f"{THEIRS}/{which}/revoke"
    answer = send(at, {**form(at, SIGNER), "code": "withdrawn", "reason": "The office closes."}, SIGNER)
    assert answer.status == 303 and "done=revoked" in answer.headers["location"], answer.text()


def allow(fields=""):
    more = ["--fields", fields] if fields else []
    return organisation("scope", "grant", EMPLOYER.id, "--body", BODY.id, "--purpose", "endorse", *more)


def letters(kind):
    """Who got a letter of that kind, and what it tells, the newest first."""
    return [(recipient, json.loads(facts)) for recipient, facts in staff.run(
        SERVER, "SELECT recipient, facts FROM mail WHERE kind = ? ORDER BY number DESC", kind)]


def to(visitor):
    return f"person{visitor.number}@example.org"


# ---- Within a scope

def nobody_endorses_without_a_scope():
    path, _ = begin()
    request = ask(path)
    answer = endorse(request)
    assert answer.status == 403 and "No quality body has said" in answer.text(), answer.text()
    # What was typed is still there.
    assert TEXTS["scope-en"] in answer.body and f'value="{DEMAND}" checked' in answer.body
    organisation("set", BODY.id, "--quality-body", "yes")
    allow("noc:122")
    answer = endorse(request)
    assert answer.status == 403 and "names no field" in answer.text(), answer.text()
    allow()
    assert endorse(request).status == 303


# ---- Letters

def both_sides_are_written_to():
    path, _ = begin("A letter each")
    before = {kind: len(letters(kind)) for kind in ("endorse-asked", "endorse-given", "endorse-declined", "endorse-revoked")}

    def new(kind):
        """The letters since the last look."""
        all_, n = letters(kind), before[kind]
        before[kind] = len(all_)
        return all_[:len(all_) - n]

    request = ask(path)
    [(recipient, facts)] = new("endorse-asked")  # who may sign; the viewer may not, the designer asked
    assert recipient == to(SIGNER) and facts["achievement"]["fr"] == "Tenue de livres", (recipient, facts)
    assert facts["organisation"]["en"] == "North Shore College" and "message" not in facts
    assert urllib.parse.urlsplit(facts["link"]).path == request
    at = path + "/endorsements"
    again = send(at, {**form(at, DESIGNER), "whom": EMPLOYER.id}, DESIGNER)
    assert again.status == 409 and not new("endorse-asked"), "the same request writes no second letter"
    assert endorse(request).status == 303
    [(recipient, facts)] = new("endorse-given")
    assert recipient == to(DESIGNER) and facts["organisation"]["fr"] == "Ateliers du Grand-Livre", (recipient, facts)
    assert urllib.parse.urlsplit(facts["link"]).path == at and facts["link"].startswith("http")
    assert page(at, DESIGNER).status == 200
    assert endorse(request).status == 409 and not new("endorse-given")
    which = last()[0]
    revoke(which)
    [(recipient, facts)] = new("endorse-revoked")
    assert recipient == to(DESIGNER) and "closes" not in str(facts), "what is written for the endorser stays with it"
    answer = send(f"{THEIRS}/{which}/revoke", {**form(f"{THEIRS}/accept", SIGNER), "code": "withdrawn", "reason": "x"}, SIGNER)
    assert not new("endorse-revoked"), answer.status
    request = ask(path)
    assert send(request + "/decline", {**form(request, SIGNER), "reason": "Not our trade."}, SIGNER).status == 303
    [(recipient, facts)] = new("endorse-declined")
    assert recipient == to(DESIGNER) and "trade" not in str(facts)
    # Who asked has left: those who design are told in their place.
    staff.run(SERVER, "UPDATE endorsement_request SET asked_by = NULL WHERE id = ?", ask(path).rsplit("/", 1)[1])
    request = f"{THEIRS}/requests/" + staff.run(SERVER, "SELECT id FROM endorsement_request ORDER BY number DESC LIMIT 1")[0][0]
    assert send(request + "/decline", {**form(request, SIGNER), "reason": ""}, SIGNER).status == 303
    assert [recipient for recipient, _ in new("endorse-declined")] == [to(DESIGNER)]
    assert not staff.run(SERVER, "SELECT 1 FROM audit WHERE subject LIKE '%@%' OR subject LIKE 'Person %'")


# ---- Asking and answering

def the_employer_sees_what_is_asked_and_signs_claim_by_claim():
    path, achievement = begin()
    publish(path)
    request = ask(path, "Please <b>look</b>.")
    for language, words in (("en", "Requests waiting for an answer"), ("fr", "Demandes en attente d’une réponse")):
        shown = text(THEIRS, LOOKER, language)
        assert words in shown and ("Bookkeeping" if language == "en" else "Tenue de livres") in shown, shown
    assert request not in page(THEIRS, LOOKER).body and request in page(THEIRS, SIGNER).body
    assert "Please <b>look</b>." in text(request, SIGNER) and "<b>" not in page(request, SIGNER).body
    for language, words in (("en", ("Keep a journal", "Reconcile", "Which of these competencies are in demand?")),
                            ("fr", ("Tenir un journal", "Rapprocher", "Lesquelles de ces compétences sont en demande?"))):
        assert all(word in text(request, SIGNER, language) for word in words)
    assert endorse(request).status == 303
    which, document = last()
    signed = json.loads(document)
    assert signed["credentialSubject"]["id"].endswith(f"/achievements/{achievement}/versions/1")
    assert [claim["claim"] for claim in signed["credentialSubject"]["confirms"]] == ["in_demand", "assessment_reflects_job"]
    assert signed["id"].endswith(f"/endorsements/{which}")
    assert json.loads(get(SERVER, f"/endorsements/{which}/endorsement.json").body) == signed
    for language, words in (("en", ("Verified just now", "This competency is in demand: Keep a journal", "We hire for it.")),
                            ("fr", ("Vérifié à l’instant", "Cette compétence est en demande : Tenir un journal",
                                    "Nous embauchons pour cela."))):
        shown = text(f"/endorsements/{which}", None, language)
        assert all(word in shown for word in words), shown
        assert words[0] in text(path, DESIGNER, language)
        assert words[0] in text(f"/achievements/{achievement}/versions/1", None, language)
    answer = endorse_again(request)
    assert answer.status == 409, answer.status


def endorse_again(request):
    at = f"{THEIRS}/accept"
    return send(request, {**form(at, SIGNER), **TEXTS, "claim": [DEMAND]}, SIGNER)


def what_is_missing_is_said():
    path, _ = begin()
    request = ask(path)
    for changes, words in (({"claims": ()}, "Tick at least one"), ({"scope-fr": ""}, "in both languages"),
                           ({"comment-en": ""}, "in both languages, or in none"), ({"months": "9"}, "how long it holds"),
                           ({"comment-en": "x" * 1001}, "Shorten")):
        answer = endorse(request, **changes)
        assert answer.status == 422 and words in answer.text(), (changes, answer.status, answer.text())
        assert "<title>Error" in answer.body
    assert not staff.run(SERVER, "SELECT 1 FROM endorsement WHERE achievement = ?", path.rsplit("/", 1)[1])


def a_request_is_declined_or_withdrawn():
    path, _ = begin()
    request = ask(path)
    answer = send(request + "/decline", {**form(request, SIGNER), "reason": "Not our trade."}, SIGNER)
    assert answer.status == 303
    assert "Declined." in text(path + "/endorsements", DESIGNER) and "Not our trade." in text(path + "/endorsements", DESIGNER)
    request = ask(path)
    at = path + "/endorsements"
    again = send(at, {**form(at, DESIGNER), "whom": EMPLOYER.id}, DESIGNER)
    assert again.status == 409 and "has been asked already" in again.text()
    answer = send(at + "/withdraw", {**form(at, DESIGNER), "request": request.rsplit("/", 1)[1]}, DESIGNER)
    assert answer.status == 303 and "Withdrawn." in text(at, DESIGNER)
    assert request not in page(THEIRS, SIGNER).body


def a_draft_that_was_changed_is_looked_at_again():
    path, achievement = begin()
    request = ask(path)
    seen = form(request, SIGNER)
    edit = {**fields_of(page(path + "/edit", DESIGNER)), "name-en": "Accounting", "name-fr": "Comptabilité",
            "description-en": "x", "description-fr": "x", "criteria-en": "x", "criteria-fr": "x",
            "outcomes-en": "a", "outcomes-fr": "a", "months": ""}
    assert send(path + "/edit", edit, DESIGNER).status == 303
    answer = send(request, {**seen, **TEXTS, "claim": [DEMAND]}, SIGNER)
    assert answer.status == 409 and "Look at it again" in answer.text()
    assert endorse(request).status == 303
    assert "Verified just now" in text(path, DESIGNER)
    edit = {**edit, **fields_of(page(path + "/edit", DESIGNER)), "outcomes-en": "b", "outcomes-fr": "b",
            "name-fr": "Comptabilité", "description-en": "x", "description-fr": "x", "criteria-en": "x", "criteria-fr": "x"}
    assert send(path + "/edit", edit, DESIGNER).status == 303
    assert "For other texts than these" in text(path, DESIGNER)
    # Its page is there once it is published; what leads there, no sooner.
    version, which = f'href="/achievements/{achievement}/versions/1', last()[0]
    assert version not in page(THEIRS, SIGNER).body and version not in page(f"/endorsements/{which}").body
    publish(path)
    assert version in page(THEIRS, SIGNER).body and version in page(f"/endorsements/{which}").body
    assert "Ledger Works" not in text(f"/achievements/{achievement}/versions/1")


# ---- In an award

def awarded(key):
    """One award of what was published last, made from a file: its document."""
    own = f"/organisations/{COLLEGE.id}"
    [(version,)] = staff.run(SERVER, "SELECT max(number) FROM version")
    token = form(own + "/awards/upload", ISSUER)["csrf"]
    sheet = f"student number,name,e-mail,language,result,assessed on\n{key},Zoé Roy,zoe@learner.example,en,85 %,2026-05-01\n"
    body = multipart(part("csrf", token), part("version", str(version)), part("file", sheet, "people.csv", "text/csv"))
    preview = post(SERVER, own + "/awards/upload?lang=en", MULTIPART, body, ISSUER.cookie)
    assert preview.status == 303, preview.text()
    answer = send(preview.headers["location"].split("?")[0] + "/confirm", {"csrf": token}, ISSUER)
    assert answer.status == 303, answer.text()
    for _ in range(300):
        found = staff.run(SERVER, "SELECT document FROM award WHERE version = ? AND learner_key = ?", version, key)
        if found:
            return found[0][0]
        time.sleep(0.1)
    raise AssertionError(SERVER.said())


def checked(document, language):
    """What /verify says of it, on one line."""
    body = multipart(part("file", document, "credential.json", "application/json"))
    return post(SERVER, f"/verify?lang={language}", MULTIPART, body).text().replace("\xa0", " ")


def an_award_carries_it_and_says_when_it_was_revoked():
    path, _ = begin()
    publish(path)
    which, document = endorsed(path)
    award = awarded("A1")
    assert json.loads(award)["credentialSubject"]["achievement"]["endorsement"] == [json.loads(document)]
    for language, words in (("en", "Ledger Works Verified This competency is in demand: Keep a journal"),
                            ("fr", "Ateliers du Grand-Livre Vérifié Cette compétence est en demande : Tenir un journal")):
        assert words in checked(award, language), checked(award, language)
    revoke(which)
    for language, words, sentence in (("en", "Ledger Works Revoked This competency is in demand: Keep a journal", "has been revoked by whoever gave it"),
                                     ("fr", "Ateliers du Grand-Livre Révoqué Cette compétence est en demande : Tenir un journal", "a été révoqué par son auteur")):
        said = checked(award, language)
        assert words in said and sentence in said and said.startswith("Verified" if language == "en" else "Vérifié"), said
    said = verified(award)
    assert said["proof"] is True and said["verdict"] == "unknown", said  # nobody is asked for the lists
    assert "endorsement" not in json.loads(awarded("A2"))["credentialSubject"]["achievement"]


def verified(document):
    """What `cairn verify` says of it, with this server's lists at hand."""
    name = os.path.join(SERVER.folder.name, "document.json")
    with open(name, "w", encoding="utf-8") as file:
        file.write(document)
    done = subprocess.run([CAIRN, "verify", "--json", name], capture_output=True, timeout=60)
    return json.loads(done.stdout)


def it_verifies_by_the_command():
    path, _ = begin()
    publish(path)
    _, document = endorsed(path)
    said = verified(document)
    assert said["proof"] is True, said
    changed = document.replace('"claim":"in_demand"', '"claim":"in_demend"')
    assert changed != document and verified(changed)["proof"] is False


def revoked_it_counts_no_more():
    path, achievement = begin()
    publish(path)
    which, _ = endorsed(path)
    public = f"/achievements/{achievement}/versions/1"
    assert "Ledger Works" in text(public)
    revoke(which)
    assert "Ledger Works" not in text(public)
    for language, words in (("en", ("Revoked", "the organisation no longer says so")),
                            ("fr", ("Révoqué", "l’organisation ne le dit plus"))):
        for at, visitor in ((path, DESIGNER), (THEIRS, LOOKER), (f"/endorsements/{which}", None)):
            shown = text(at, visitor, language)
            assert all(word in shown for word in words), (at, shown)
    assert "The office closes." not in text(f"/endorsements/{which}") + text(path, DESIGNER)
    at = f"{THEIRS}/{which}/revoke"
    for fields in ({"code": "none", "reason": "x"}, {"code": "error", "reason": ""}):
        assert send(at, {**form(at, SIGNER), **fields}, SIGNER).status == 422


# ---- Accepting

def employers_say_what_they_accept_and_are_counted():
    path, achievement = begin()
    publish(path)
    at = f"{THEIRS}/accept"
    address = f"http://localhost:{SERVER.port}/achievements/{achievement}/versions/1?lang=fr"
    good = {**form(at, SIGNER), **TEXTS, "achievement": address, "for": ["accepted_for_hiring", "accepted_as_prerequisite"],
            "occupation": "CNP 12200"}
    for changes, words in (({"achievement": "none"}, "no published micro-credential"), ({"for": []}, "Tick at least one"),
                           ({"occupation": "122000"}, "at most five digits")):
        answer = send(at, {**good, **changes}, SIGNER)
        assert answer.status == 422 and words in answer.text(), (changes, answer.text())
    answer = send(at, good, SIGNER)
    assert answer.status == 303 and "done=accepted" in answer.headers["location"], answer.text()
    which, _ = last()
    for language, words in (("en", ("Accepted by 1 organisation", "Accepted for hiring NOC 12200")),
                            ("fr", ("Acceptée par 1 organisation", "Acceptée pour l’embauche CNP 12200"))):
        shown = text(f"/achievements/{achievement}/versions/1", None, language)
        assert all(word in shown for word in words), shown
    revoke(which)
    assert "Accepted by" not in text(f"/achievements/{achievement}/versions/1")
    actions = [action for action, in staff.run(SERVER, "SELECT action FROM audit WHERE subject = ? ORDER BY number", which)]
    assert actions == ["acceptance.given", "acceptance.revoked"], actions


# ---- By command

def endorse_by_command(*args, who=None):
    done = subprocess.run([CAIRN, "endorse", *args, "--organisation", (who or EMPLOYER).id, "--db",
                           os.path.join(SERVER.folder.name, "cairn.db")], capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode().strip(), done.stderr.decode()


def the_command_does_the_same():
    path, achievement = begin()
    publish(path)
    scope = ("--scope-en", "Bookkeepers", "--scope-fr", "Aide-comptables")
    status, request, said = endorse_by_command("ask", achievement, "--to", EMPLOYER.id, who=COLLEGE)
    assert status == 0, said
    assert f"{request}  {achievement}  1  {COLLEGE.id}  Bookkeeping / Tenue de livres" in endorse_by_command("requests")[1]
    assert f"{DEMAND}  Keep a journal / Tenir un journal" in endorse_by_command("claims", request)[1].splitlines()
    status, _, said = endorse_by_command("give", request, "--claims", DEMAND, *scope)
    assert status == 1 and "cairn init --origin" in said, said
    staff.run(SERVER, "INSERT INTO setting VALUES ('origin', ?)", f"http://localhost:{SERVER.port}")
    status, _, said = endorse_by_command("give", request, "--claims", "in_demand:outcome-9", *scope)
    assert status == 1 and said.startswith("cairn: endorse:"), said
    status, which, said = endorse_by_command("give", request, "--claims", f"{DEMAND}, {REFLECTS}", *scope, "--months", "24")
    assert status == 0, said
    status, accepted, said = endorse_by_command("accept", achievement, "--for", "accepted_for_hiring", *scope)
    assert status == 0, said
    assert text(f"/achievements/{achievement}/versions/1").count("Ledger Works") >= 2
    assert endorse_by_command("revoke", which, "--code", "error", "--reason", "A slip")[0] == 0
    listed = endorse_by_command("list")[1].splitlines()
    assert f"{which}  endorsement  revoked  {achievement}  1  in_demand assessment_reflects_job" in listed, listed
    assert f"{accepted}  acceptance   holds    {achievement}  0  accepted_for_hiring" in listed, listed
    assert endorse_by_command("list", "none")[0] == 64 and endorse_by_command("revoke", which)[0] == 1


def the_server_has_borne_it():
    SERVER.stop()


tap.run([nobody_endorses_without_a_scope, both_sides_are_written_to, the_employer_sees_what_is_asked_and_signs_claim_by_claim, what_is_missing_is_said,
         a_request_is_declined_or_withdrawn, a_draft_that_was_changed_is_looked_at_again, it_verifies_by_the_command,
         an_award_carries_it_and_says_when_it_was_revoked,
         revoked_it_counts_no_more, employers_say_what_they_accept_and_are_counted,
         the_command_does_the_same, the_server_has_borne_it])
