#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`cairn award`: awards from a spreadsheet on the command line.

usage: test_award_cli.py CAIRN
"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

import tap

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import awards  # noqa: E402

CAIRN = os.path.abspath(sys.argv[1])
SHEET = ("numéro d'étudiant;nom;courriel;langue;résultat;date;téléphone\n"
         "S1;Zoé Bégin;zoe@college.example;fr;85 %;2026-05-01;1\n"
         "S2;;nobody;;;;\n"
         "S3;Bob Ray;bob@college.example;en;Pass;2026-05-02;2\n")


class Place:
    def __init__(self, origin=True):
        self.folder = tempfile.TemporaryDirectory()
        self.db = os.path.join(self.folder.name, "cairn.db")
        self.sheet = os.path.join(self.folder.name, "people.csv")
        with open(self.sheet, "w", encoding="utf-8") as file:
            file.write(SHEET)
        assert self.run("init", "--origin", "https://cairn.example")[0] == 0
        rows = awards.Rows(self.db)
        number, self.organisation = rows.organisation("North College", "Collège du Nord")
        rows.version(number)
        rows.db.close()
        if not origin:
            self.ask("DELETE FROM setting")
        self.achievement = self.ask("SELECT id FROM achievement")[0][0]

    def ask(self, sql):
        with sqlite3.connect(self.db, timeout=10) as database:
            answer = database.execute(sql).fetchall()
        database.close()
        return answer

    def run(self, *args):
        done = subprocess.run([CAIRN, *args, "--db", self.db], capture_output=True, timeout=120,
                              stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def award(self, *options, sheet=None):
        return self.run("award", "--organisation", self.organisation, "--achievement", self.achievement, *options,
                        sheet or self.sheet)

    def count(self, table):
        return self.ask(f"SELECT count(*) FROM {table}")[0][0]


def what_is_wrong_is_said_and_nothing_is_kept():
    place = Place()
    for options in ((), ("--confirm",)):
        status, out, err = place.award(*options)
        assert status == 1 and "2 ready, 1 wrong, 0 awarded before" in out, (status, out, err)
        assert [line.split("  ")[0] for line in out.splitlines()[:3]] == ["line 3"] * 3, out
        assert "téléphone" in err, err
        assert place.count("award") == place.count("mail") == place.count("upload_row") == 0


def confirmed_rows_are_awarded_once():
    place = Place()
    status, out, err = place.award("--drop-wrong", "--confirm")
    assert status == 0 and out.endswith("2 awarded\n"), (status, out, err)
    names = place.ask("SELECT name, language, decided_on FROM award ORDER BY number")
    assert names == [("Zoé Bégin", "fr", "2026-05-01"), ("Bob Ray", "en", "2026-05-02")], names
    assert place.count("mail") == place.count("claim") == 2
    for document, in place.ask("SELECT document FROM award"):
        done = subprocess.run([CAIRN, "verify", "--json", "--offline", "-"], input=document.encode(), capture_output=True,
                              timeout=60)
        report = json.loads(done.stdout)
        assert report["proof"] is True and report["verdict"] == "unknown", report
    status, out, _ = place.award("--drop-wrong", "--confirm")
    assert status == 0 and "0 ready, 1 wrong, 2 awarded before" in out and place.count("award") == 2, out


def the_decision_for_the_whole_file_is_taken():
    place = Place()
    sheet = os.path.join(place.folder.name, "short.csv")
    with open(sheet, "w", encoding="utf-8") as file:
        file.write("id,name,email\nS9,Ann Lee,ann@college.example\n")
    assert place.award("--confirm", sheet=sheet)[0] == 1 and place.count("award") == 0
    decided = ("--date", "2026-05-03", "--method", "Portfolio", "--assessor", "Assessment board")
    status, out, err = place.award(*decided, "--lang", "fr", "--confirm", sheet=sheet)
    assert status == 0, (out, err)
    assert place.ask("SELECT language, decided_on, method, assessor FROM award") == [
        ("fr", "2026-05-03", "Portfolio", "Assessment board")]


def what_cannot_be_done_says_why():
    place = Place()
    for args, part in ((("--organisation", "none"), "no organisation"), (("--achievement", "none"), "has published no"),
                       (("--lang", "de"), "usage"), (("--date", "soon"), "2026-05-28")):
        status, out, err = place.award(*args)
        assert status in (1, 64) and part in out + err, (args, status, out, err)
    status, _, err = place.award(sheet="/no/such/file.csv")
    assert status == 1 and "/no/such/file.csv" in err, err
    os.remove(os.path.join(place.folder.name, "master.key"))
    status, _, err = place.award("--drop-wrong", "--confirm")
    assert status == 1 and "master key" in err and place.count("award") == 0, err
    status, _, err = Place(origin=False).award("--drop-wrong", "--confirm")
    assert status == 1 and "cairn init" in err, err


def columns_are_named_as_they_are_and_as_they_should_be():
    place = Place()
    sheet = os.path.join(place.folder.name, "other.csv")
    with open(sheet, "w", encoding="utf-8") as file:
        file.write("id,full name,mail to\x1b[2J,\nS9,Ann Lee,ann@college.example,1\n")
    status, out, err = place.award(sheet=sheet)
    assert status == 1 and not out and 'There is no column "E-mail"' in err and "\x1b" not in err, err
    assert "The columns of the file: id, full name, mail to?[2J" in err, err
    assert "Not looked at: mail to?[2J" in err, err
    assert "Student number, Name, First name, Last name, E-mail, Language" in err, err
    err = place.award()[2]
    assert "Not looked at: téléphone" in err and "Columns that are read" in err, err
    with open(sheet, "w", encoding="utf-8") as file:
        file.write("id,name,email,result\nS9,Ann Lee,ann@college.example,A\nS10,Bob Ray\nS11,Zoé,zoe@college.example\n")
    status, out, err = place.award("--date", "2026-05-03", "--method", "Exam", "--assessor", "Board", sheet=sheet)
    assert status == 1 and "Columns" not in err, err
    assert out.startswith("line 3  The line has fewer cells than the header line") and "line 4" not in out, out


def a_demonstration_says_what_it_cannot_do_here():
    place = Place(origin=False)
    place.ask("INSERT INTO setting (name, value) VALUES ('demo', 'done')")
    status, _, err = place.award("--drop-wrong", "--confirm")
    assert status == 1 and "upload the file there" in err and "--db FILE" in err, err
    document = os.path.join(place.folder.name, "some.json")
    with open(document, "w", encoding="utf-8") as file:
        file.write("{}")
    _, _, err = place.run("verify", "--offline", document)
    assert "has no origin" in err and "/verify" in err, err
    assert "has no origin" not in Place().run("verify", "--offline", document)[2]


def lines_of(place, *options):
    status, out, err = place.run("award", "list", "--organisation", place.organisation, *options)
    assert status == 0, err
    return [line.split("  ") for line in out.splitlines()]


def what_was_awarded_is_listed():
    place = Place()
    assert lines_of(place) == []
    assert place.award("--drop-wrong", "--confirm")[0] == 0
    listed = lines_of(place)
    assert [(one[2].strip(), one[3], one[4]) for one in listed] == [
        ("waiting", "S3", "Bob Ray"), ("waiting", "S1", "Zoé Bégin")], listed
    assert {one[0] for one in listed} == {row[0] for row in place.ask("SELECT id FROM award")}
    assert [one[4] for one in lines_of(place, "--words", "bob@")] == ["Bob Ray"]
    status, out, err = place.run("award", "list", "--organisation", "none")
    assert status == 1 and not out and "organisation list" in err, err


def an_award_is_revoked_and_verify_says_when_and_why():
    place = Place()
    assert place.award("--drop-wrong", "--confirm")[0] == 0
    [(award, document)] = place.ask("SELECT id, document FROM award WHERE learner_key = 'S1'")

    def verify():
        done = subprocess.run([CAIRN, "verify", "--json", "--offline", "--db", place.db, "-"], input=document.encode(),
                              capture_output=True, timeout=60)
        report = json.loads(done.stdout)
        return report["verdict"], next(step for step in report["steps"] if step["id"] == "status"), done.returncode
    verdict, step, status = verify()
    assert (verdict, status, step["outcome"]) == ("verified", 0, "pass"), (verdict, step)
    why = ("--code", "error", "--reason", "A namesake")
    for args, part in ((("--code", "error", award), "usage"), ((*why, "none"), "award list"),
                       (("--code", "rude", "--reason", "x", award), "award")):
        status, out, err = place.run("award", "revoke", *args)
        assert status in (1, 64) and not out and part in err, (args, status, err)
    assert place.ask("SELECT count(*) FROM award WHERE revoked_at IS NOT NULL") == [(0,)]
    status, _, err = place.run("award", "revoke", *why, award)
    assert status == 0 and "revoked" in err, err
    assert place.ask("SELECT revoke_code, revoke_reason FROM award WHERE revoked_at IS NOT NULL") == [
        ("error", "A namesake")]
    assert place.ask("SELECT action, person FROM audit WHERE action = 'award.revoked'") == [("award.revoked", None)]
    verdict, step, status = verify()
    [(second,)] = place.ask("SELECT revoked_at FROM award WHERE revoked_at IS NOT NULL")
    day = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
    assert (verdict, status, step["problem"]) == ("not verified", 1, "revoked"), (verdict, step)
    assert day in step["detail"] and "it was issued in error" in step["detail"] and "namesake" not in str(step), step
    assert [one[2] for one in lines_of(place)] == ["waiting", "revoked"]
    assert "before" in place.run("award", "revoke", "--code", "replaced", "--reason", "Again", award)[2]


def another_signature_with_the_same_id_is_not_spoken_for():
    place = Place()
    assert place.award("--drop-wrong", "--confirm")[0] == 0
    [(award, document)] = place.ask("SELECT id, document FROM award WHERE learner_key = 'S1'")
    assert place.run("award", "revoke", "--code", "error", "--reason", "x", award)[0] == 0
    forged = document.replace("Zoé Bégin", "Zoe Begin")
    assert forged != document
    done = subprocess.run([CAIRN, "verify", "--json", "--offline", "--db", place.db, "-"], input=forged.encode(),
                          capture_output=True, timeout=60)
    step = next(step for step in json.loads(done.stdout)["steps"] if step["id"] == "status")
    assert step["problem"] == "revoked" and "issued in error" not in step["detail"], step


def a_claim_is_sent_again():
    place = Place()
    assert place.award("--drop-wrong", "--confirm")[0] == 0
    [(award, number)] = place.ask("SELECT id, number FROM award WHERE learner_key = 'S1'")
    status, _, err = place.run("award", "claim-again", award)
    assert status == 0 and "on its way" in err, err
    assert place.ask(f"SELECT count(*), count(used_at) FROM claim WHERE award = {number}") == [(2, 1)]
    assert place.run("award", "claim-again", "none")[0] == 1
    assert place.run("award", "revoke", "--code", "withdrawn", "--reason", "x", award)[0] == 0
    status, _, err = place.run("award", "claim-again", award)
    assert status == 1 and "revoked" in err, err


def achievements_are_listed_by_the_id_that_award_takes():
    place = Place()
    status, out, err = place.run("achievement", "list", "--organisation", place.organisation)
    assert status == 0 and out.startswith(place.achievement + "  1  "), (out, err)
    for args in (("list",), ("publish", "--organisation", place.organisation), ("sing", "--organisation", "x")):
        assert place.run("achievement", *args)[0] == 64, args
    status, _, err = place.run("achievement", "publish", "--organisation", place.organisation, "none")
    assert status == 1 and "achievement list" in err, err


def a_draft_is_published():
    place = Place()

    def publish():
        return place.run("achievement", "publish", "--organisation", place.organisation, place.achievement)

    def listed():
        return place.run("achievement", "list", "--organisation", place.organisation)[1].split("  ")
    place.ask("UPDATE achievement SET draft = replace(draft, 'Takes samples', 'Takes many samples')")
    status, out, err = publish()
    assert (status, out) == (0, "2\n"), err
    assert listed()[1:3] == ["2", "published"], listed()
    status, out, err = publish()
    assert status == 1 and not out and "same already" in err, err
    place.ask("UPDATE achievement SET draft = replace(draft, 'Five samples.', '')")
    assert listed()[1:3] == ["2", "changed"], listed()
    status, out, err = publish()
    assert status == 1 and "criteria.en: missing" in err and place.count("version") == 2, err


tap.run([what_is_wrong_is_said_and_nothing_is_kept, confirmed_rows_are_awarded_once,
         the_decision_for_the_whole_file_is_taken, what_cannot_be_done_says_why,
         columns_are_named_as_they_are_and_as_they_should_be, a_demonstration_says_what_it_cannot_do_here, what_was_awarded_is_listed,
         an_award_is_revoked_and_verify_says_when_and_why, another_signature_with_the_same_id_is_not_spoken_for,
         a_claim_is_sent_again, achievements_are_listed_by_the_id_that_award_takes, a_draft_is_published])
