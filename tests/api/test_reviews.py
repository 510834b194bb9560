#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""From a draft to what may be awarded, from outside: submitted, returned with reasons, approved by a quality body,
published, changed, awarded under the version it was made from, and refused once the approval has lapsed.

usage: test_reviews.py CAIRN
"""
import json
import os
import re
import subprocess
import sys
import time
import urllib.parse

import staff
import tap
from serving import MULTIPART, Cairn, get, multipart, part, post, words
from staff import Organisation, Visitor, fields_of

PROGRAM = os.path.abspath(sys.argv[1])
SERVER = Cairn(PROGRAM)
T = {language: {**words("reviews." + language), **words("achievements." + language), **words("uploads." + language),
                **words("scopes." + language)}
     for language in ("en", "fr")}
COLLEGE = Organisation(SERVER)
BODY = Organisation(SERVER, "Quality Council", "Conseil de la qualité")
ELSEWHERE = Organisation(SERVER, "Elsewhere Institute", "Institut d’ailleurs")
DESIGNER, ISSUER = Visitor(SERVER, COLLEGE, staff.DESIGNER), Visitor(SERVER, COLLEGE, staff.ISSUER)
ADMINISTRATOR, REVIEWER = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR), Visitor(SERVER, BODY, staff.REVIEWER)
HERE, THERE = f"/organisations/{COLLEGE.id}", f"/organisations/{BODY.id}"
DAY = 86400
TEXTS = {
    "name-en": "Bookkeeping Essentials", "name-fr": "Notions essentielles de tenue de livres",
    "description-en": "Keeps the books.", "description-fr": "Tient les livres.",
    "criteria-en": "A written exam.", "criteria-fr": "Un examen écrit.",
    "outcomes-en": "Records transactions", "outcomes-fr": "Enregistre les opérations", "months": "24",
}
REASON = "The criteria do not say who assesses."
story = {}  # what one test leaves to the next: they are steps of one story


def page(path, visitor=DESIGNER, language="en"):
    return get(SERVER, f"{path}{'&' if '?' in path else '?'}lang={language}", *([visitor.cookie] if visitor else []))


def send(path, fields, visitor=DESIGNER, language="en"):
    """A form of the page at hand, with the token of whoever sends it."""
    token = fields_of(page("/organisations", visitor))["csrf"]
    body = urllib.parse.urlencode({"csrf": token, **fields}).encode()
    return post(SERVER, f"{path}?lang={language}", "application/x-www-form-urlencoded", body, visitor.cookie)


def done(answer, status=303):
    assert answer.status == status, (answer.status, answer.text())
    return answer


def begin(**changes):
    answer = done(send(HERE + "/achievements/new", {**TEXTS, **changes}))
    return answer.headers["location"].split("?")[0].rsplit("/", 1)[1]


def change(identifier, **changes):
    path = f"{HERE}/achievements/{identifier}/edit"
    seen = re.search(r'name="seen" value="([^"]*)"', page(path).body)[1]
    return done(send(path, {**TEXTS, **changes, "seen": seen}))


def achievement(identifier, visitor=DESIGNER, language="en"):
    return page(f"{HERE}/achievements/{identifier}", visitor, language)


def review(identifier, visitor=REVIEWER, language="en"):
    return page(f"{THERE}/reviews/{identifier}", visitor, language)


def submit(identifier, **fields):
    return send(f"{HERE}/achievements/{identifier}/submit", fields)


def decide(identifier, step, visitor=REVIEWER, at=None, language="en", **fields):
    return send(f"{at or THERE}/reviews/{identifier}/{step}", fields, visitor, language)


def publish(identifier, visitor=ADMINISTRATOR):
    return send(f"{HERE}/achievements/{identifier}/publish", {}, visitor)


def day(seconds):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + seconds))


def steps(identifier):
    return [row[0] for row in staff.run(
        SERVER, "SELECT r.state FROM review r JOIN achievement a ON a.number = r.achievement WHERE a.id = ? "
        "ORDER BY r.number", identifier)]


def actions(organisation):
    return [row[0] for row in staff.run(SERVER, "SELECT action FROM audit WHERE organisation = ? ORDER BY number",
                                        organisation.number)]


def cairn(*args):
    done = subprocess.run([PROGRAM, *args, "--db", os.path.join(SERVER.folder.name, "cairn.db")], capture_output=True,
                          text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def upload(version, key="A1"):
    """The preview's path of a file with one person."""
    data = f"student number,name,e-mail,language,result,assessed on\n{key},Zoé Roy,zoe@learner.example,fr,85 %,2026-05-01\n"
    token = fields_of(page("/organisations", ISSUER))["csrf"]
    body = multipart(part("csrf", token), part("version", str(version)), part("file", data, "people.csv", "text/csv"))
    answer = done(post(SERVER, HERE + "/awards/upload?lang=en", MULTIPART, body, ISSUER.cookie))
    return answer.headers["location"].split("?")[0]


def version_number(identifier, version):
    return staff.run(SERVER, "SELECT v.number FROM version v JOIN achievement a ON a.number = v.achievement "
                     "WHERE a.id = ? AND v.version = ?", identifier, version)[0][0]


def wait_until(what):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError(f"it does not come: {SERVER.said()}")


def wake():
    """The background work looks again within a minute, or when there is a letter to be sent."""
    fields = urllib.parse.urlencode({"email": "somebody@learner.example"}).encode()
    done(post(SERVER, "/sign-in", "application/x-www-form-urlencoded", fields), 200)


# ---- An organisation that nobody else reviews

def its_own_administrators_approve_and_publish_in_one_go():
    made = begin()
    assert "/publish" not in achievement(made).body, "a designer may not publish"
    done(publish(made, DESIGNER), 403)
    assert T["en"]["achievement.publish.approves"] in achievement(made, ADMINISTRATOR).text()
    done(publish(made))
    assert steps(made) == [1, 3, 5], steps(made)
    assert actions(COLLEGE)[-3:] == ["achievement.submitted", "review.approved", "achievement.published"]
    for language in T:
        text = achievement(made, language=language).text()
        for state in ("draft", "submitted", "approved", "published"):
            assert T[language]["flow-state." + state] in text, (state, text)


def a_submission_is_taken_back_and_decided_within():
    made = begin()
    done(submit(made))
    assert steps(made) == [1] and submit(made).status == 409, "the same twice"
    done(send(f"{HERE}/achievements/{made}/recall", {}))
    done(submit(made, reason="Please look at the outcomes."))
    assert "Please look at the outcomes." in achievement(made).text()
    assert made in page(HERE + "/reviews", ADMINISTRATOR).body
    done(decide(made, "approve", DESIGNER, HERE), 403)
    done(decide(made, "take", ADMINISTRATOR, HERE))
    done(decide(made, "approve", ADMINISTRATOR, HERE, until=day(400 * DAY)))
    assert made not in page(HERE + "/reviews", ADMINISTRATOR).body
    done(publish(made))
    assert steps(made) == [1, 0, 1, 2, 3, 5], steps(made)


# ---- A quality body

def a_body_registers_the_provider():
    staff.run(SERVER, "INSERT INTO quality_body (organisation, since_at) VALUES (?, 1)", BODY.number)
    staff.run(SERVER, "INSERT INTO scope (id, organisation, body, purpose, fields, level_framework, level_most, valid_from, "
              "granted_at, reason) VALUES (?, ?, ?, 'provide', '', '', 0, 1, 1, '')", staff.new_id(), COLLEGE.number,
              BODY.number)
    story["id"] = made = begin()
    assert "Quality Council" in achievement(made).text() and "Conseil de la qualité" in achievement(made, language="fr").text()
    assert "/publish" not in achievement(made, ADMINISTRATOR).body
    answer = publish(made)
    assert answer.status == 409 and T["en"]["flow.error.unapproved"] in answer.text(), answer.text()
    done(review(made), 404)  # nothing was submitted to it
    assert steps(made) == []


def tags(identifier, language):
    return re.findall(r'class="cairn-state [^"]*">([^<]*)<', achievement(identifier, language=language).body)


def the_body_returns_it_with_reasons():
    made = story["id"]
    done(submit(made))
    for language in T:
        assert tags(made, language) == [T[language]["flow-state.submitted"]], "what is submitted is no mere draft"
    queue = page(THERE + "/reviews", REVIEWER)
    assert made in queue.body and "North Shore College" in queue.text()
    for visitor, at, status in ((Visitor(SERVER, ELSEWHERE, 31), f"/organisations/{ELSEWHERE.id}", 404),
                                (ADMINISTRATOR, HERE, 404), (Visitor(SERVER, BODY, staff.VIEWER), THERE, 403)):
        done(decide(made, "take", visitor, at), status)
    for language in T:
        shown = review(made, language=language)
        assert shown.is_page(language) and TEXTS["criteria-" + language] in shown.text(), shown.text()
    done(decide(made, "take"))
    for language in T:
        answer = decide(made, "return", language=language, reason=" ")
        assert answer.status == 422 and answer.text().count(T[language]["review.reasons.error"]) == 2, answer.text()
    done(decide(made, "return", reason=REASON))
    assert steps(made) == [1, 2, 4] and actions(BODY) == ["review.begun", "review.returned"]
    for language in T:
        text = achievement(made, language=language).text()
        assert REASON in text and T[language]["flow-state.returned"] in text, text
        assert tags(made, language) == [T[language]["flow-state.returned"]], tags(made, language)


def what_is_said_stands_on_both_sides():
    made = story["id"]
    done(send(f"{THERE}/reviews/{made}/comment", {"comment": "Who is the assessor?"}, REVIEWER))
    done(send(f"{HERE}/achievements/{made}/comment", {"comment": "A certified accountant. <b>"}))
    answer = send(f"{HERE}/achievements/{made}/comment", {"comment": ""}, language="fr")
    assert answer.status == 422 and T["fr"]["review.comment.error"] in answer.text()
    for shown in (review(made), page(f"{HERE}/reviews/{made}")):
        assert "Who is the assessor?" in shown.text() and "accountant. &lt;b&gt;" in shown.body, shown.text()
        assert "Quality Council" in shown.text() and "North Shore College" in shown.text()


def it_approves_exactly_what_was_submitted():
    made = story["id"]
    change(made, **{"criteria-en": "A written exam, assessed by an accountant.",
                    "criteria-fr": "Un examen écrit, évalué par un comptable."})
    done(submit(made))
    change(made, **{"criteria-en": "No exam at all.", "criteria-fr": "Aucun examen."})
    shown = review(made)
    assert "assessed by an accountant" in shown.text() and "No exam at all" not in shown.text(), shown.text()
    answer = decide(made, "approve", until=day(30 * DAY))
    assert answer.status == 409 and T["en"]["review.changed"] in answer.text()
    change(made, **{"criteria-en": "An exam, assessed by an accountant.", "criteria-fr": "Un examen, évalué par un comptable."})
    done(submit(made))
    assert steps(made) == [1, 2, 4, 1, 6, 1], "the newer submission supersedes the older"
    for fields, key in (({}, "review.until.missing"), ({"until": day(-2 * DAY)}, "review.until.order"),
                        ({"until": "soon"}, "review.date.error"), ({"until": "2030-02-30"}, "review.date.error")):
        for language in T:
            answer = decide(made, "approve", language=language, **fields)
            assert answer.status == 422 and answer.text().count(T[language][key]) == 2, (fields, answer.text())
    done(decide(made, "approve", until=day(30 * DAY)))
    done(publish(made, DESIGNER), 403)
    done(publish(made))
    assert steps(made) == [1, 2, 4, 1, 6, 1, 3, 5]
    for shown in (review(made), achievement(made)):
        assert T["en"]["flow.approved.until"].split("%1")[0] in shown.text(), "by whom, and until when"
    due = page(THERE + "/reviews", REVIEWER)
    assert made in due.body and T["en"]["review-due.soon"] in due.text()
    assert made in page(HERE + "/reviews").body, "the provider sees what is due as well"


def an_award_keeps_the_version_it_was_made_under():
    made = story["id"]
    path = upload(version_number(made, 1))
    assert T["en"]["flow.refused"] not in page(path, ISSUER).text()
    shown = fields_of(page(path, ISSUER)).get("shown", "")
    done(send(path + "/confirm", {"shown": shown}, ISSUER))
    [(award,)] = wait_until(lambda: staff.run(SERVER, "SELECT id FROM award"))
    change(made, **{"name-en": "Accounting", "name-fr": "Comptabilité"})
    answer = publish(made)
    assert answer.status == 409, "the new version is not approved"
    done(submit(made))
    done(decide(made, "approve", until=day(60 * DAY)))
    done(publish(made))
    assert steps(made)[-4:] == [1, 3, 6, 5], "the older version is superseded"
    for language in T:
        text = page(f"{HERE}/awards/{award}", ISSUER, language).text()
        said = T[language]["award.edition.old"].replace("%1", "1").replace("%2", "2")
        assert TEXTS["name-" + language] in text and said in text, text
    assert f"/achievements/{made}/versions/1" in page(f"{HERE}/awards/{award}", ISSUER).body
    for shown, title in ((page(f"{HERE}/achievements/{made}/changes?from=1&to=2"), "changes.versions"),
                         (page(f"{THERE}/reviews/{made}/changes", REVIEWER), None)):
        assert shown.status == 200, shown.text()
        if title:
            assert T["en"][title].replace("%1", "1").replace("%2", "2") in shown.text()
            assert re.search(r"<del[^>]*><span[^>]*>Removed: </span>Bookkeeping Essentials", shown.body), shown.body
            assert re.search(r"<ins[^>]*><span[^>]*>Added: </span>Accounting", shown.body), shown.body
            assert "Keeps the books" not in shown.text(), "what has not changed is left out"
    assert f"changes?from=1&amp;to=2" in achievement(made).body
    done(page(f"{HERE}/achievements/{made}/changes?from=7"), 404)


def what_has_lapsed_is_not_awarded():
    made = story["id"]
    path = upload(version_number(made, 2), "A2")
    staff.age(SERVER, "UPDATE approval SET until_at = ? WHERE until_at IS NOT NULL", int(time.time()) - DAY)
    for language in T:
        begins = T[language]["award-refusal.lapsed"].split("%2")[0].replace("%1", "2")
        for shown in (page(path, ISSUER, language), achievement(made, language=language),
                      page(HERE + "/achievements", language=language)):
            assert begins in shown.text(), (begins, shown.text())
        answer = send(path + "/confirm", {}, ISSUER, language)
        assert answer.status in (409, 422) and T[language]["flow.refused"] in answer.text(), (answer.status, answer.text())
        choice = T[language]["flow.not.now"].split("%1")[1]
        assert choice in page(HERE + "/awards/upload", ISSUER, language).text()
    assert staff.run(SERVER, "SELECT count(*) FROM award")[0][0] == 1
    assert T["en"]["review-due.lapsed"] in page(THERE + "/reviews", REVIEWER).text()
    sheet = os.path.join(SERVER.folder.name, "people.csv")
    with open(sheet, "w", encoding="utf-8") as out:
        out.write("student number,name,e-mail,result,assessed on\nB1,Ann Lee,ann@learner.example,85 %,2026-05-01\n")
    status, _, err = cairn("award", "--organisation", COLLEGE.id, "--achievement", made, sheet)
    assert status == 1 and "lapsed" in err, (status, err)


def a_file_that_is_confirmed_waits():
    """The background work asks as well: what lapses between the confirmation and the work is not awarded."""
    made = story["id"]
    path = upload(version_number(made, 2), "A3")
    staff.run(SERVER, "UPDATE upload SET state = 1, confirmed_at = 1 WHERE id = ?", path.rsplit("/", 1)[1])
    wake()
    wait_until(lambda: staff.run(SERVER, "SELECT 1 FROM upload WHERE problem = 'award.lapsed'"))
    for language in T:
        assert T[language]["progress-problem.award.lapsed"] in page(path, ISSUER, language).text()
    assert staff.run(SERVER, "SELECT count(*) FROM award")[0][0] == 1
    # The same draft is reviewed again: the same version, with a new date.
    done(submit(made))
    done(decide(made, "approve", until=day(90 * DAY)))
    assert staff.run(SERVER, "SELECT count(*) FROM version v JOIN achievement a ON a.number = v.achievement "
                     "WHERE a.id = ?", made)[0][0] == 2
    wait_until(lambda: staff.run(SERVER, "SELECT count(*) FROM award")[0][0] == 2)


def public(identifier, version, language):
    return get(SERVER, f"/achievements/{identifier}/versions/{version}?lang={language}").text()


def an_approval_is_withdrawn_and_an_achievement_retired():
    """Whoever looks at its public page is told as well; what is retired is not offered."""
    made = story["id"]
    staff.run(SERVER, "INSERT INTO offering (id, achievement, details, created_at, updated_at) SELECT 'o1', number, ?, 1, 1 FROM "
              "achievement WHERE id = ?", json.dumps({"starts": day(90 * DAY), "ends": day(99 * DAY), "place": {"en": "Sudbury", "fr": "Sudbury"}}), made)
    for language in T:
        text = public(made, 2, language)
        assert "Sudbury" in text and T[language]["achievement-refusal.withdrawn"].split("%1")[0] not in text, text
    done(decide(made, "withdraw"), 422)
    done(decide(made, "withdraw", reason="It was never taught."))
    assert T["en"]["award-refusal.withdrawn"].split("%2")[0].replace("%1", "2") in achievement(made).text()
    for language in T:
        before, after = T[language]["achievement-refusal.withdrawn"].split("%1")
        text = public(made, 2, language)
        assert before in text and after in text and time.strftime("%Y") in text and "Sudbury" in text, text
    done(send(f"{HERE}/achievements/{made}/retire", {"reason": "It ends."}), 403)
    answer = send(f"{HERE}/achievements/{made}/retire", {"reason": ""}, ADMINISTRATOR)
    assert answer.status == 422 and T["en"]["flow.error.reason"] in answer.text()
    done(send(f"{HERE}/achievements/{made}/retire", {"reason": "It ends."}, ADMINISTRATOR))
    for language in T:
        begins = T[language]["award-refusal.retired"].split("%2")[0].replace("%1", "2")
        assert begins in achievement(made, language=language).text()
        text = public(made, 2, language)
        assert T[language]["achievement-refusal.retired"].split("%1")[0] in text and "Sudbury" not in text, text
    assert steps(made)[-2:] == [8, 7]
    assert made not in page(THERE + "/reviews", REVIEWER).body, "what is retired is not due"


def outside_its_scope_it_is_not_awarded():
    made = begin()
    done(submit(made))
    done(decide(made, "approve", until=day(90 * DAY)))
    done(publish(made))
    assert T["en"]["flow.refused"] not in achievement(made).text()
    for change, why, detail in (("fields = 'isced:061'", "unclassified", "ISCED-F 061"), ("fields = '', kinds = 'digital-badge'",
                                 "kind-unstated", "Digital badge"), ("kinds = '', valid_until = 1000000000", "ended", "2001")):
        staff.run(SERVER, "UPDATE scope SET " + change)
        for language in T:
            said = T[language]["scope-why." + why].split("(%1)")[0]
            for shown in (achievement(made, language=language), page(f"{THERE}/reviews/{made}", REVIEWER, language)):
                assert T[language]["flow.refused"] in shown.text() and said in shown.text(), (why, shown.text())
                assert T[language]["flow.outside"].split("%1")[0].strip() in shown.text(), shown.text()
                step = T[language]["flow-next." + ("unscoped" if why == "ended" else "outside")].split("%1")
                assert all(part.strip() in shown.text() for part in step), (why, shown.text())
                nothing = T[language]["flow-next.published.body"].split(".")[0]
                assert nothing not in shown.text(), (why, shown.text())
        assert detail in achievement(made).text(), (detail, achievement(made).text())
    staff.run(SERVER, "UPDATE scope SET valid_until = NULL")
    assert T["en"]["flow.refused"] not in achievement(made).text()


def outside_its_scope_it_is_not_approved():
    made = begin()
    staff.run(SERVER, "UPDATE scope SET kinds = 'micro-credential digital-badge'")
    for language in T:
        why = T[language]["scope-why.kind-unstated"].split("(%1)")[0]
        before, at, _ = achievement(made, language=language).text().partition(T[language]["flow.submit"])
        assert at and why in before, "who designs it reads it before it is submitted"
    done(submit(made))
    for language in T:
        why = T[language]["scope-why.kind-unstated"].split("(%1)")[0]
        shown = review(made, language=language)
        assert why in shown.text() and 'name="until"' not in shown.body
        assert why in shown.text().rpartition(T[language]["review.decide"])[2], "and who decides, where Approve is not"
        answer = decide(made, "approve", language=language, until=day(90 * DAY))
        assert answer.status == 409 and T[language]["review.outside"] in answer.text(), answer.text()
    status, _, err = cairn("achievement", "approve", made, "--organisation", BODY.id, "--until", day(90 * DAY))
    assert status == 1 and "outside its provider's scope" in err and "kind" in err, err
    assert steps(made) == [1], steps(made)
    # A design of that kind is approved; what changed is submitted again.
    done(decide(made, "return", reason="Say of what kind it is."))
    design = os.path.join(SERVER.folder.name, "kind.json")
    with open(design, "w", encoding="utf-8") as out:
        json.dump({"credential_type": "digital-badge"}, out)
    filled = cairn("achievement", "fill", made, "--organisation", COLLEGE.id, "--file", design)
    assert filled[0] == 0, filled
    done(submit(made))
    # Its scope begins in a month: so may the approval.
    staff.run(SERVER, "UPDATE scope SET valid_from = ?", int(time.time()) + 30 * DAY)
    assert 'name="until"' in review(made).body
    done(decide(made, "approve", until=day(90 * DAY)), 409)
    done(decide(made, "approve", **{"from": day(32 * DAY), "until": day(90 * DAY)}))
    staff.run(SERVER, "UPDATE scope SET valid_from = 1, kinds = ''")


def a_code_outside_is_named_as_its_classification_is():
    made = begin()
    staff.run(SERVER, "UPDATE scope SET fields = 'isced:061'")
    design = os.path.join(SERVER.folder.name, "field.json")
    with open(design, "w", encoding="utf-8") as out:
        json.dump({"classification": {"isced": "0321"}}, out)
    filled = cairn("achievement", "fill", made, "--organisation", COLLEGE.id, "--file", design)
    assert filled[0] == 0, filled
    for language in T:
        text = achievement(made, language=language).text()
        assert T[language]["scope-system.isced"] + " 0321" in text and "isced 0321" not in text, text
    staff.run(SERVER, "UPDATE scope SET fields = ''")


def who_has_to_act_is_written_to():
    def letters(kind):
        return [(recipient, json.loads(facts)) for recipient, facts in staff.run(
            SERVER, "SELECT recipient, facts FROM mail WHERE kind = ? ORDER BY number", kind)]

    def to(visitor):
        return f"person{visitor.number}@example.org"

    recipient, facts = letters("submitted")[-1]
    assert recipient == to(REVIEWER) and facts["organisation"]["fr"] == "Collège de la Rive-Nord", facts
    assert urllib.parse.urlsplit(facts["link"]).path.startswith(THERE + "/reviews/")
    recipient, facts = letters("returned")[0]
    assert recipient == to(DESIGNER) and facts["organisation"]["en"] == "Quality Council", facts
    assert REASON not in str(facts) and urllib.parse.urlsplit(facts["link"]).path == f"{HERE}/reviews/{story['id']}"
    assert letters("approved")[-1][0] == to(DESIGNER)
    assert all(recipient != to(ADMINISTRATOR) for recipient, _ in letters("approved"))
    [(recipient, facts)] = letters("withdrawn")
    assert recipient == to(ADMINISTRATOR) and facts["organisation"]["en"] == "Quality Council", (recipient, facts)
    assert "never taught" not in str(facts)


def what_ends_is_written_of_once():
    """The server looks at its start, every hour, and whenever it has something to do."""
    def reminders(kind):
        return [(recipient, json.loads(facts)) for recipient, facts in staff.run(
            SERVER, "SELECT recipient, facts FROM mail WHERE kind = ? ORDER BY number", kind)]

    made = begin(**{"name-en": "Soon over", "name-fr": "Bientôt fini"})
    done(submit(made))
    done(decide(made, "approve", until=day(40 * DAY)))
    done(publish(made))
    staff.age(SERVER, "UPDATE approval SET made_at = made_at - ?, reminded = 0 WHERE number <> (SELECT max(number) FROM approval)", DAY)
    staff.age(SERVER, "UPDATE approval SET made_at = made_at - ?, until_at = ? WHERE number = (SELECT max(number) FROM approval)",
              100 * DAY, int(time.time()) + 20 * DAY)
    scope = cairn("organisation", "scope", "grant", COLLEGE.id, "--body", BODY.id, "--purpose", "endorse", "--until", day(3 * DAY))
    assert scope[0] == 0, scope
    staff.run(SERVER, "UPDATE scope SET granted_at = granted_at - ? WHERE id = ?", 100 * DAY, scope[1].strip())
    for _ in "ab":  # whatever wakes the background work makes it look again
        done(submit(begin()))
        wait_until(lambda: staff.run(SERVER, "SELECT 1 FROM mail WHERE kind = 'submitted' AND sent_at IS NOT NULL AND number = "
                                     "(SELECT max(number) FROM mail WHERE kind = 'submitted')"))
    wait_until(lambda: reminders("approval-ends") and reminders("scope-ends"))
    [(recipient, facts)] = reminders("approval-ends")
    assert recipient == f"person{ADMINISTRATOR.number}@example.org" and facts["achievement"]["fr"] == "Bientôt fini", facts
    assert urllib.parse.urlsplit(facts["link"]).path == HERE + "/reviews" and facts["more"] == 0, facts
    assert len(reminders("scope-ends")) == 1
    for language in T:
        text = page(HERE + "/reviews", language=language).text()
        assert {"en": "Soon over", "fr": "Bientôt fini"}[language] in text, text
        assert T[language]["reviews.scope.endorse"] in text, text


def what_somebody_wrote_is_theirs_to_take_along():
    said = [one["text"] for one in json.loads(page("/account/data.json", REVIEWER).body)["said"]]
    assert REASON in said and "Who is the assessor?" in said, said
    assert "Please look at the outcomes." in page("/account/data.json").body
    assert REASON not in page("/account/data.json").body


def the_commands_do_the_same():
    made = begin(**{"name-en": "By command"})
    own, body = ("--organisation", COLLEGE.id), ("--organisation", BODY.id)
    assert cairn("achievement", "submit", made, *own)[0] == 0
    status, out, _ = cairn("achievement", "status", made, *own)
    assert status == 0 and "submitted" in out, out
    assert cairn("achievement", "return", made, *body)[0] == 1, "no reason"
    assert cairn("achievement", "return", made, *body, "--reason", "Too short.")[0] == 0
    status, out, _ = cairn("achievement", "status", made, *own)
    assert re.search(r"^\d{4}-\d\d-\d\d +0  returned  by Quality Council: Too short\.$", out, re.M), out
    assert cairn("achievement", "comment", made, *body)[0] == 1, "nothing is said"
    assert cairn("achievement", "comment", made, *body, "--reason", "Say who assesses.")[0] == 0
    assert re.search(r"^\S+ +comment  by Quality Council: Say who assesses\.$", cairn("achievement", "status", made, *own)[1], re.M)
    told = cairn("achievement", "status", story["id"], *own)[1]
    assert re.search(r"returned  by Person \d+, Quality Council: The criteria", told) and "comment  by Person" in told, told
    assert cairn("achievement", "submit", made, *own)[0] == 0
    assert cairn("achievement", "approve", made, *body, "--until", "nonsense")[0] == 1
    assert cairn("achievement", "approve", made, *body, "--until", day(100 * DAY))[0] == 0
    status, out, err = cairn("achievement", "publish", made, *own)
    assert (status, out) == (0, "1\n"), err
    for whose, other in ((own, "Quality Council"), (body, "North Shore College")):
        status, out, err = cairn("achievement", "due", *whose)
        assert status == 0 and re.search(rf"^due +{day(100 * DAY)}  {made}  By command  \({other}\)$", out, re.M), (out, err)
    assert re.search(r"^ends +\S+  \S+  scope to endorse  \(Quality Council\)$", cairn("achievement", "due", *own)[1], re.M)
    assert cairn("achievement", "retire", made, *own, "--reason", "Done with.")[0] == 0
    assert made not in cairn("achievement", "due", *own)[1]
    status, out, _ = cairn("achievement", "status", made, *own)
    assert "retired" in out.splitlines()[-1], out


try:
    tap.run([
        its_own_administrators_approve_and_publish_in_one_go, a_submission_is_taken_back_and_decided_within,
        a_body_registers_the_provider, the_body_returns_it_with_reasons, what_is_said_stands_on_both_sides,
        it_approves_exactly_what_was_submitted, an_award_keeps_the_version_it_was_made_under,
        what_has_lapsed_is_not_awarded, a_file_that_is_confirmed_waits,
        an_approval_is_withdrawn_and_an_achievement_retired, outside_its_scope_it_is_not_awarded,
        outside_its_scope_it_is_not_approved, a_code_outside_is_named_as_its_classification_is, who_has_to_act_is_written_to,
        what_ends_is_written_of_once,
        what_somebody_wrote_is_theirs_to_take_along, the_commands_do_the_same,
    ])
finally:
    SERVER.stop()
