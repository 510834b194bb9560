#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Awards from a file, from outside: what is wrong is said in both languages, mended, dropped; the same file twice awards
once; a kill in the middle of the work loses nothing and awards nothing twice.

usage: test_uploads.py CAIRN
"""
import csv
import io
import json
import os
import re
import signal
import socket
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
T = {language: words("uploads." + language) for language in ("en", "fr")}
COLLEGE, ELSEWHERE = Organisation(SERVER), Organisation(SERVER, "Elsewhere Institute", "Institut d’ailleurs", 0)
ISSUER = Visitor(SERVER, COLLEGE, staff.ISSUER | staff.DESIGNER)
AWARDS = f"/organisations/{COLLEGE.id}/awards"
MANY = 2000 if os.environ.get("CAIRN_PART") else 10000  # rows; builds with AddressSanitizer take fewer
WORKS_WITHIN = 240


def send(path, fields, visitor=ISSUER, language="en"):
    return post(SERVER, f"{path}?lang={language}", "application/x-www-form-urlencoded",
                urllib.parse.urlencode(fields).encode(), visitor.cookie)


def page(path, visitor=ISSUER, language="en"):
    joined = "&" if "?" in path else "?"
    return get(SERVER, f"{path}{joined}lang={language}", *([visitor.cookie] if visitor else []))


def token(visitor=ISSUER):
    return fields_of(page(AWARDS, visitor))["csrf"]


def version():
    """The number of a published version of the college, made the first time."""
    found = staff.run(SERVER, "SELECT max(v.number) FROM version v JOIN achievement a ON a.number = v.achievement "
                      "WHERE a.organisation = ?", COLLEGE.number)[0][0]
    if found:
        return found
    at = f"/organisations/{COLLEGE.id}/achievements"
    texts = {"name-en": "Bookkeeping Essentials", "name-fr": "Notions essentielles de tenue de livres",
             "description-en": "Keeps the books.", "description-fr": "Tient les livres.",
             "criteria-en": "A written exam.", "criteria-fr": "Un examen écrit.", "outcomes-en": "", "outcomes-fr": "",
             "months": "24"}
    made = send(at + "/new", {**fields_of(page(at + "/new")), **texts}).headers["location"].split("?")[0]
    publisher = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)
    assert send(made + "/publish", fields_of(page(made, publisher)), publisher).status == 303
    return version()


def upload(data, visitor=ISSUER, language="en", name="people.csv", of=None):
    body = multipart(part("csrf", token(visitor)), part("version", str(of or version())), part("file", data, name, "text/csv"))
    return post(SERVER, f"{AWARDS}/upload?lang={language}", MULTIPART, body, visitor.cookie)


def begin(data):
    answer = upload(data)
    assert answer.status == 303, (answer.status, answer.text())
    return answer.headers["location"].split("?")[0]


def confirm(path):
    return send(path + "/confirm", {"csrf": token()})


def wait(path):
    """Until the work is done; its counts by state."""
    number, end = path.rsplit("/", 1)[1], time.monotonic() + WORKS_WITHIN
    while time.monotonic() < end:
        [(state,)] = staff.run(SERVER, "SELECT state FROM upload WHERE id = ?", number)
        if state == 2:
            return dict(staff.run(SERVER, "SELECT r.state, count(*) FROM upload_row r JOIN upload u ON u.number = r.upload "
                                  "WHERE u.id = ? GROUP BY r.state", number))
        time.sleep(0.1)
    raise AssertionError(f"the work is not done: {SERVER.said()}")


HEAD = "student number,name,e-mail,language,result,assessed on\n"


def what_a_colleague_changed_is_not_confirmed_unseen():
    path = begin(HEAD + "K1,Ada Roy,ada@colleague.example,en,,\nK2,Bo Lee,bo@colleague.example,en,,\n")
    decision = {"csrf": token(), "date": "2026-05-02", "method": "Exam", "assessor": "R. Cardinal", "language": "en"}
    seen = []
    for assessor in ("R. Cardinal", "Somebody else"):
        assert send(path + "/decision", {**decision, "assessor": assessor}).status == 303
        seen.append(re.search(r'name="shown" type="hidden" value="([0-9a-f]{64})"', page(path).body)[1])
    assert seen[0] != seen[1]
    refused = send(path + "/confirm", {"csrf": token(), "shown": seen[0]})
    assert refused.status == 422 and T["en"]["preview.changed"] in refused.text(), refused.status
    assert send(path + "/confirm", {"csrf": token(), "shown": seen[1]}).status == 303
    assert wait(path) == {2: 2}


def a_row_is_mended_one_dropped_and_the_rest_awarded():
    path = begin(HEAD + "A1,Zoé Roy,zoe@learner.example,fr,85 %,2026-05-01\nA2,Sam Lee,sam learner,en,90,2026-05-01\n"
                 "A3,,nobody@learner.example,en,,2026-05-01\n")
    seen = page(path).text()
    assert T["en"]["row-problem.email.email"] in seen and T["en"]["row-problem.result.assessment"] in seen, seen
    french = page(path, language="fr").text()
    assert T["fr"]["row-problem.email.email"] in french and T["fr"]["preview.rows"] in french, french
    assert send(path + "/confirm", {"csrf": token()}).status == 422
    row = page(path + "/rows/3")
    fields = fields_of(row)
    assert fields["email"] == "sam learner", fields
    still = send(path + "/rows/3", {**fields, "email": "sam@"})
    assert still.status == 422 and T["en"]["row-problem.email.email"] in still.text()
    assert send(path + "/rows/3", {**fields, "email": "sam@learner.example"}).status == 303
    assert send(path + "/rows/4/drop", {"csrf": token()}).status == 303
    assert confirm(path).status == 303
    assert wait(path) == {1: 1, 2: 2}
    done = page(path).text()
    assert T["en"]["progress.done.heading"] in done, done
    assert "Zoé Roy" in page(AWARDS).text() and "Sam Lee" in page(AWARDS + "?q=A2").text()
    assert "Zoé Roy" not in page(AWARDS + "?q=A2").text()


def what_is_signed_holds_no_address_and_no_student_number():
    [(document, place)] = staff.run(SERVER, "SELECT document, status_place FROM award WHERE learner_key = 'A1'")
    credential = json.loads(document)
    assert "zoe@learner" not in document and '"A1"' not in document, document
    assert credential["credentialStatus"]["statusListIndex"] == str(place)
    assert credential["proof"] and "Zoé Roy" in document
    verified = subprocess.run([PROGRAM, "verify", "--json", "--offline", "-"], input=document, capture_output=True,
                              encoding="utf-8", timeout=60)
    steps = {step["id"]: step["outcome"] for step in json.loads(verified.stdout)["steps"]}
    assert steps["proof"] == "pass" and steps["model"] == "pass" and "fail" not in steps.values(), verified.stdout
    changed = subprocess.run([PROGRAM, "verify", "--json", "--offline", "-"], input=document.replace("Zoé Roy", "Zoë Roy"),
                             capture_output=True, encoding="utf-8", timeout=60)
    assert {step["id"]: step["outcome"] for step in json.loads(changed.stdout)["steps"]}["proof"] == "fail"


def each_learner_gets_a_claim_and_a_mail_in_their_language():
    rows = staff.run(SERVER, "SELECT a.learner_key, m.language, m.kind, m.recipient FROM mail m JOIN award a ON a.number = m.award")
    assert ("A1", "fr", "claim", "zoe@learner.example") in rows and ("A2", "en", "claim", "sam@learner.example") in rows, rows
    assert staff.run(SERVER, "SELECT count(*) FROM claim")[0][0] == 2


def the_same_file_again_awards_nothing():
    path = begin(HEAD + "A1,Zoé Roy,zoe@learner.example,fr,85 %,2026-05-01\n")
    answer = page(path)
    assert T["en"]["preview.all.before"] in answer.text(), answer.text()
    refused = confirm(path)
    assert refused.status == 422 and T["en"]["preview.none.ready"] in refused.text()
    again = begin(HEAD + "A1,Zoé Roy,zoe@learner.example,fr,85 %,2026-05-01\nA9,New One,new@learner.example,fr,85 %,2026-05-01\n")
    assert confirm(again).status == 303
    assert wait(again) == {2: 1, 3: 1}
    assert staff.run(SERVER, "SELECT count(*) FROM award WHERE learner_key = 'A1'")[0][0] == 1


def two_uploads_of_one_file_confirmed_together_award_once():
    data = HEAD + "".join(f"T{i},Person {i},t{i}@learner.example,en,1,2026-05-02\n" for i in range(250))
    first, second = begin(data), begin(data)
    assert confirm(first).status == 303 and confirm(second).status == 303
    one, two = wait(first), wait(second)
    assert one.get(2, 0) + two.get(2, 0) == 250 and one.get(3, 0) + two.get(3, 0) == 250, (one, two)


def the_whole_file_may_decide():
    path = begin("id;nom;courriel\nB1;Ann Roy;ann@learner.example\n")
    assert T["en"]["row-problem.result.assessment"] in page(path).text()
    decision = {"csrf": token(), "date": "2026-05-03", "method": "Practical exam", "assessor": "J. Doe", "language": "en"}
    wrong = send(path + "/decision", {**decision, "date": "3 May"})
    assert wrong.status == 422 and T["en"]["row-problem.date.date"] in wrong.text() and 'value="3 May"' in wrong.body
    assert send(path + "/decision", decision).status == 303
    seen = page(path).text()
    assert "Practical exam" in seen and T["en"]["preview.stranger"] in seen
    assert confirm(path).status == 303
    assert wait(path) == {2: 1}
    [(document,)] = staff.run(SERVER, "SELECT document FROM award WHERE learner_key = 'B1'")
    assert "Practical exam" in document and "J. Doe" in document


def what_is_no_csv_is_told():
    for data, key in ((b"PK\x03\x04" + b"[Content_Types].xml xl/workbook.xml", "sheet-error.xlsx"),
                      (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet-error.xls"), (b"%PDF-1.7", "sheet-error.pdf"),
                      (b"<html><table>", "sheet-error.html"), (b"", "sheet-error.empty")):
        for language in ("en", "fr"):
            answer = upload(data, language=language)
            assert answer.status == 422 and T[language][key] in answer.text(), (key, answer.text())
    open_quote = upload('id,name,e-mail\n1,"Roy,z@x.example\n', language="fr")
    assert T["fr"]["sheet-error.quote-open"].replace("%1", "2") in open_quote.text()


def columns_are_told():
    answer = upload("Téléphone,name,nom\n1,2,3\n")
    text = answer.text()
    assert answer.status == 422
    assert T["en"]["upload.missing"].replace("%1", T["en"]["sheet-field.key"]) in text, text
    assert T["en"]["upload.missing"].replace("%1", T["en"]["sheet-field.email"]) in text
    assert T["en"]["upload.twice"].replace("%1", "nom") in text
    weak = page(begin("No,Matricule,Nom,Courriel\n1,A9,Zoé,z@x.example\n")).text()
    assert T["en"]["preview.unknown"].replace("%1", "No") in weak and "Matricule " + T["en"]["sheet-field.key"] in weak, weak
    kept = begin("id,name,e-mail,Téléphone\n1,Zoé,z@x.example,555\n")
    assert T["en"]["preview.unknown"].replace("%1", "Téléphone") in page(kept).text()
    assert upload("id,name,e-mail\n1,a,a@x.example\n", of=99999).status == 422


def a_line_that_is_not_as_it_should_be_is_a_row_to_mend():
    path = begin(HEAD + "Q1,Roy, Zoé,q1@x.example,fr,85,2026-05-01\n"
                 'Q2,Sam "Sammy" Lee,q2@x.example,en,80,2026-11-31\n')
    for language in ("en", "fr"):
        seen = page(path, language=language).text()
        for key in ("row-problem.row.cells", "row-problem.row.quote", "row-problem.date.date-none"):
            assert T[language][key] in seen, (key, seen)
        row = page(path + "/rows/2", language=language).text()
        assert T[language]["row.raw"] in row and "Q1 | Roy | Zoé | q1@x.example | fr | 85 | 2026-05-01" in row, row
    good = {"csrf": token(), "key": "Q1", "name": "Zoé Roy", "email": "q1@x.example", "language": "fr", "result": "85"}
    assert send(path + "/rows/2", good).status == 303
    assert T["en"]["row.raw"] not in page(path + "/rows/2").text()
    shut = upload('id,name,e-mail\n1,"Anne "Annie" Roy",z@x.example\n')
    seen = shut.text()
    assert shut.status == 422 and T["en"]["sheet-error.quote"].replace("%1", "2") in seen, seen
    assert T["en"]["upload.line.reads"].replace("%1", '1,"Anne "Annie" Roy",z@x.example') in seen, seen
    assert '"Anne ""Annie"" Roy"' in seen, seen


def what_many_rows_share_is_said_once():
    path = begin("ID,Name,E-mail,Language\n" + "".join(f"U{i},={i} Roy,u{i}@x.example,en\n" for i in range(3)))
    for language in ("en", "fr"):
        seen = page(path, language=language).text()
        assert T[language]["row-problem.result.assessment"] not in seen, seen
        assert T[language]["preview.unassessed.link"] in seen and T[language]["preview.unassessed.row"] in seen, seen
        assert T[language]["preview.formula.row"] in seen and T[language]["preview.columns"] in seen, seen
    assert 'href="#date"' in page(path).body


def the_model_file_has_columns_that_are_known():
    for language, separator in (("en", ","), ("fr", ";")):
        header = page(AWARDS + "/model.csv", language=language).body.strip("\ufeff\r\n")
        cells = ["M1", "Zoé", "m1@x.example", "fr", "A", "Réussi", "2026-05-01", "Examen", "J. Doe", "https://x.example/"]
        assert header.count(separator) == len(cells) - 1, header
        path = begin("\ufeff" + header + "\r\n" + separator.join(cells) + "\r\n")
        seen = page(path).text()
        assert T["en"]["preview.unknown"].split("%")[0] not in seen and "1 row is ready." in seen, seen


def names_are_shown_and_never_markup():
    path = begin(HEAD + 'X1,<b>Bold</b>,x1@x.example,en,"<script>",2026-05-01\n')
    assert "<b>Bold" not in page(path).body and "<script>" not in page(path).body


def windows_files_are_read():
    path = begin("numéro d'étudiant;nom;courriel;note\r\nW1;Éloïse Bénard;w1@x.example;A\r\n".encode("cp1252"))
    assert "Éloïse Bénard" in page(path).text()
    path = begin("\ufeffid\tname\te-mail\r\nW2\tÉloïse\tw2@x.example\r\n".encode("utf-16-le"))
    assert "Éloïse" in page(path).text()


def who_may_do_what():
    path = begin(HEAD + "R1,Role Test,r1@x.example,en,1,2026-05-01\n")
    viewer, designer = Visitor(SERVER, COLLEGE, staff.VIEWER), Visitor(SERVER, COLLEGE, staff.DESIGNER)
    administrator, other = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR), Visitor(SERVER, ELSEWHERE, staff.ADMINISTRATOR)
    nobody = Visitor(SERVER)
    ways = [AWARDS + "/upload", AWARDS + "/model.csv", path, path + "/rows/2"]
    for at in ways:
        expected = [(ISSUER, 200), (administrator, 200), (viewer, 403), (designer, 403), (other, 404), (nobody, 404)]
        for visitor, status in expected:
            assert page(at, visitor).status == status, (at, page(at, visitor).status, status)
        assert page(at, None).status in (303, 401, 403), at
    for at in (AWARDS, AWARDS + ".csv"):
        for visitor, status in [(viewer, 200), (designer, 200), (ISSUER, 200), (other, 404), (nobody, 404)]:
            assert page(at, visitor).status == status, (at, status)
    for at in ("/decision", "/confirm", "/cancel", "/drop-wrong", "/rows/2", "/rows/2/drop"):
        fields = {"csrf": token(viewer)}
        assert send(path + at, fields, viewer).status == 403, at
        assert send(path + at, {}, ISSUER).status == 403, at
        assert send(path + at, fields, ISSUER).status == 403, at
    # The same upload under another organisation's address.
    theirs = path.replace(COLLEGE.id, ELSEWHERE.id)
    for at in ("", "/rows/2"):
        assert page(theirs + at, other).status == 404, at
    assert staff.run(SERVER, "SELECT count(*) FROM award WHERE learner_key = 'R1'")[0][0] == 0
    assert page(path + "/rows/99").status == 404 and page(path.rsplit("/", 1)[0] + "/none").status == 404


def too_late_leads_to_where_it_is():
    path = begin(HEAD + "L1,Late,l1@x.example,en,1,2026-05-01\n")
    assert confirm(path).status == 303
    wait(path)
    for at in ("/confirm", "/rows/2/drop", "/cancel"):
        answer = send(path + at, {"csrf": token()})
        assert answer.status == 303 and answer.headers["location"].startswith(path), (at, answer.status)
    assert wait(path) == {2: 1}


def a_file_is_thrown_away():
    path = begin(HEAD + "C1,Cancel,c1@x.example,en,1,2026-05-01\n")
    assert send(path + "/cancel", {"csrf": token()}).status == 303
    assert T["en"]["progress.dropped.heading"] in page(path).text()
    assert staff.run(SERVER, "SELECT count(*) FROM upload_row WHERE learner_key = 'C1'")[0][0] == 0
    assert confirm(path).status == 303
    assert staff.run(SERVER, "SELECT count(*) FROM award WHERE learner_key = 'C1'")[0][0] == 0


def the_register_opens_in_a_spreadsheet_without_formulas():
    path = begin(HEAD + "F1,=1+1,f1@x.example,en,-12,2026-05-01\n")
    confirm(path)
    wait(path)
    rows = list(csv.DictReader(io.StringIO(page(AWARDS + ".csv").body.lstrip("\ufeff"), newline="")))
    row = next(r for r in rows if r[T["en"]["sheet-field.key"]] == "F1")
    assert row[T["en"]["sheet-field.name"]] == "'=1+1" and row[T["en"]["sheet-field.result"]] == "'-12", row
    assert row[T["en"]["register.achievement"]] == "Bookkeeping Essentials"
    french = page(AWARDS + ".csv", language="fr")
    assert french.body.startswith("\ufeff") and ";Notions essentielles de tenue de livres;" in french.body
    searched = page(AWARDS + ".csv?q=F1").body.splitlines()
    assert len(searched) == 2, searched


def a_kill_in_the_middle_loses_nothing_and_awards_nothing_twice():
    global SERVER
    data = HEAD + "".join(f"K{i},Person {i},k{i}@learner.example,{'fr' if i % 2 else 'en'},{i % 100},2026-05-04\n"
                          for i in range(MANY))
    path = begin(data)
    assert confirm(path).status == 303
    kills = 0
    awarded = lambda: staff.run(SERVER, "SELECT count(*) FROM award WHERE learner_key LIKE 'K%'")[0][0]
    for share in (0.02, 0.3, 0.6):
        end = time.monotonic() + WORKS_WITHIN
        while awarded() < share * MANY and time.monotonic() < end:
            time.sleep(0.02)
        before = awarded()
        assert share * MANY <= before < MANY, before
        SERVER.process.send_signal(signal.SIGKILL)
        SERVER.process.wait()
        kills += 1
        assert awarded() >= before
        restart()
    assert kills == 3
    assert wait(path) == {2: MANY}
    keys = staff.run(SERVER, "SELECT learner_key, count(*) FROM award WHERE learner_key LIKE 'K%' GROUP BY learner_key")
    assert len(keys) == MANY and all(n == 1 for _, n in keys)
    for sql in ("SELECT count(DISTINCT a.number) FROM claim c JOIN award a ON a.number = c.award WHERE a.learner_key LIKE 'K%'",
                "SELECT count(*) FROM claim c JOIN award a ON a.number = c.award WHERE a.learner_key LIKE 'K%'",
                "SELECT count(DISTINCT status_list || '/' || status_place) FROM award WHERE learner_key LIKE 'K%'",
                "SELECT count(*) FROM upload_row WHERE learner_key LIKE 'K%' AND award IS NOT NULL"):
        assert staff.run(SERVER, sql)[0][0] == MANY, sql
    again = begin(data)
    assert T["en"]["preview.all.before"] in page(again).text()


def a_large_file_is_waited_for_only_from_who_may_send_it():
    """Only the head is sent: who may not is answered at once, and nothing of the file is kept in memory."""
    path, stranger = f"/organisations/{COLLEGE.id}/awards/upload", Visitor(SERVER)
    for cookie, status in (("", b" 403 "), (stranger.cookie + "\r\n", b" 404 "), (ISSUER.cookie + "\r\n", b"")):
        head = f"POST {path} HTTP/1.1\r\nHost: localhost:{SERVER.port}\r\n{cookie}Content-Length: {33 << 20}\r\n\r\n"
        with socket.create_connection((SERVER.host, SERVER.port), timeout=20 if status else 1) as to:
            to.sendall(head.encode())
            try:
                answer = to.recv(4096)
            except TimeoutError:
                answer = b""
        assert answer[8:13] == status, (cookie, answer)


def restart():
    """The same database, the same port."""
    database = os.path.join(SERVER.folder.name, "cairn.db")
    SERVER.process.stdout.close()
    SERVER.process = subprocess.Popen([PROGRAM, "serve", "--demo", "--port", str(SERVER.port), "--db", database],
                                      cwd=SERVER.folder.name, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=SERVER.errors)
    SERVER.printed_port()


try:
    tap.run([
        a_row_is_mended_one_dropped_and_the_rest_awarded,
        what_is_signed_holds_no_address_and_no_student_number,
        each_learner_gets_a_claim_and_a_mail_in_their_language,
        the_same_file_again_awards_nothing,
        two_uploads_of_one_file_confirmed_together_award_once,
        the_whole_file_may_decide,
        what_is_no_csv_is_told,
        columns_are_told,
        a_line_that_is_not_as_it_should_be_is_a_row_to_mend,
        what_many_rows_share_is_said_once,
        the_model_file_has_columns_that_are_known,
        names_are_shown_and_never_markup,
        windows_files_are_read,
        who_may_do_what,
        a_large_file_is_waited_for_only_from_who_may_send_it,
        too_late_leads_to_where_it_is,
        a_file_is_thrown_away,
        the_register_opens_in_a_spreadsheet_without_formulas,
        a_kill_in_the_middle_loses_nothing_and_awards_nothing_twice,
        what_a_colleague_changed_is_not_confirmed_unseen,
    ])
finally:
    SERVER.stop()
