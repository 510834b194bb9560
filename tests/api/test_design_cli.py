#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`cairn achievement show` and `fill`: designs on the command line.

usage: test_design_cli.py CAIRN
"""
import json
import os
import subprocess
import sys
import tempfile

import staff
import tap

CAIRN = os.path.abspath(sys.argv[1])
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
FOLDER = tempfile.TemporaryDirectory()
DB = os.path.join(FOLDER.name, "cairn.db")


class Server:  # what staff.Organisation asks of one
    folder = FOLDER


def run(*args, text=None):
    done = subprocess.run([CAIRN, *args], input=text, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


assert run("init", "--origin", "https://cairn.example", "--db", DB)[0] == 0
COLLEGE = staff.Organisation(Server)
DRAFT = {"en": {"name": "Data", "description": "", "criteria": "", "outcomes": ["o1", "o2"]},
         "fr": {"name": "", "description": "", "criteria": "", "outcomes": []}, "valid_months": 0}


def begin():
    made = staff.new_id()
    staff.run(Server, "INSERT INTO achievement (id, organisation, draft, created_at, updated_at) VALUES (?, ?, ?, 1, 1)", made,
              COLLEGE.number, json.dumps(DRAFT))
    return made


def achievement(*args, text=None):
    return run("achievement", *args, "--organisation", COLLEGE.id, "--db", DB, text=text)


def shown(made, *options):
    code, out, err = achievement("show", made, *options)
    assert code == 0, err
    return json.loads(out)


def fill(made, design, *options):
    return achievement("fill", made, "--file", "-", *options, text=design if isinstance(design, str) else json.dumps(design))


def what_is_filled_is_shown():
    made = begin()
    assert shown(made) == {}
    assert fill(made, {"hours": {"total": 40}})[0] == 0
    assert fill(made, {"hours": {"total": 50, "contact": 3.5}, "language": ["fr"]})[0] == 0
    assert shown(made) == {"hours": {"total": 40, "contact": 3.5}, "language": ["fr"]}
    assert fill(made, {"hours": {"total": 50}}, "--replace")[0] == 0
    assert shown(made)["hours"] == {"total": 50, "contact": 3.5}
    [(draft,)] = staff.run(Server, "SELECT draft FROM achievement WHERE id = ?", made)
    assert json.loads(draft)["en"] == DRAFT["en"]
    other = begin()
    code, out, _ = achievement("show", made)
    path = os.path.join(FOLDER.name, "design.json")
    with open(path, "w", encoding="utf-8") as file:
        file.write(out)
    assert code == 0 and achievement("fill", other, "--file", path)[0] == 0 and shown(other) == shown(made)


def what_is_wrong_is_told_by_its_place():
    made = begin()
    wrong = {"hours": {"total": "x", "contact": 3}, "colour": 1}
    code, _, err = fill(made, wrong)
    assert code == 1 and "/hours/total: number" in err and "/colour: unknown" in err and "--partly" in err, err
    assert shown(made) == {}
    assert fill(made, wrong, "--partly")[0] == 0 and shown(made) == {"hours": {"contact": 3}}
    assert fill(made, "[]")[0] == 1 and fill(made, "{")[0] == 1
    assert achievement("fill", made)[0] == 1
    assert achievement("show", "none")[0] == 1 and fill("none", {})[0] == 1


def a_sample_record_is_filled_and_checked():
    made = begin()
    code, _, err = achievement("fill", made, "--file", os.path.join(ROOT, "docs/samples/record.json"), "--partly")
    assert code == 0, err
    record = json.dumps(shown(made, "--record"))
    assert json.loads(record)["offering"]["outcome_alignment"] == [{"outcome": "o1", "kind": "skill"}]
    code, out, err = run("frameworks", "check", "--pack", "on-ecampus", "--at", "2026-06-01", "--json", text=record)
    assert code == 0, err
    came = {one["rule"]: one["outcome"] for one in json.loads(out)}
    assert came["ON-F-03"] == came["ON-F-04"] == came["ON-P-03"] == "pass" and came["ON-F-01"] == "fail", came


def codes_are_looked_up_where_their_list_is_here():
    made, other = begin(), begin()
    design = {"classification": {"cip": "98.7654", "noc": ["00010", "98765"], "isced": "99"}}
    assert fill(other, design)[0] == 0, "without lists the form alone counts"
    data = os.path.join(ROOT, "tests/data/competencies/")
    for files in (["cip_en.csv", "cip_fr.csv"], ["noc_en.csv"], ["isced-f.csv"]):
        assert run("competencies", "import", *(data + file for file in files), "--db", DB)[0] == 0
    code, _, err = fill(made, design)
    assert code == 1 and "/classification/cip: no-cip: no such class in CIP 2021: 98.7654\n" in err, err
    assert "/classification/noc/1: no-noc" in err and "/classification/isced: no-isced" in err and shown(made) == {}, err
    assert fill(made, design, "--partly")[0] == 0 and shown(made) == {"classification": {"noc": ["00010"]}}
    assert fill(other, {"hours": {"total": 3}})[0] == 0 and shown(other)["classification"] == design["classification"]


tap.run([what_is_filled_is_shown, what_is_wrong_is_told_by_its_place, a_sample_record_is_filled_and_checked,
         codes_are_looked_up_where_their_list_is_here])
