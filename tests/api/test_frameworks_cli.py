#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cairn frameworks: what it takes, what it prints, how it exits.

usage: test_frameworks_cli.py CAIRN
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

CAIRN = os.path.abspath(sys.argv[1])
RECORD = Path(__file__).parents[2] / "docs" / "samples" / "record.json"
folder = tempfile.TemporaryDirectory()


def run(*args, stdin=b""):
    done = subprocess.run([CAIRN, "frameworks", *map(str, args)], input=stdin, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def write(name, content):
    path = os.path.join(folder.name, name)
    with open(path, "w") as file:
        json.dump(content, file)
    return path


def a_pack(**more):
    return {"pack": "own-2025", "title": {"en": "Ours", "fr": "Le nôtre"}, "jurisdiction": "CA-ON", "status": "voluntary",
            "effective_from": "2025-01-01", "effective_to": None, "rules": [
                {"id": "OWN-1", "severity": "must", "scope": "offering", "source": "s", "confidence": "V",
                 "message": {"en": "A title", "fr": "Un titre"}, "test": {"op": "present", "path": "offering.title"}},
                {"id": "OWN-2", "severity": "must", "scope": "offering", "source": "s", "confidence": "R",
                 "message": {"en": "A price", "fr": "Un prix"}, "test": {"op": "present", "path": "offering.price"}}],
            **more}


def the_packs_are_listed_in_both_languages():
    status, out, err = run("list", "--at", "2026-01-01")
    assert (status, err) == (0, "") and "on-ecampus-2020" in out and "nz-nzqa-2018" in out
    assert "not in force" in out.split("nz-nzqa-2018")[1].splitlines()[0]
    assert run("list", "--language", "fr")[1] != out
    listed = json.loads(run("list", "--json", "--at", "2020-01-01")[1])
    in_force = {p["pack"]: p["in_force"] for p in listed}
    assert in_force["nz-nzqa-2018"] and not in_force["nz-nzqa-2022"]
    assert all(p["title"]["en"] and p["title"]["fr"] for p in listed)


def the_rules_of_a_pack_are_shown():
    status, out, err = run("show", "--pack", "on-ecampus-2020")
    assert (status, err) == (0, "") and "ON-F-08" in out
    shown = json.loads(run("show", "--pack", "on-ecampus", "--json")[1])
    assert len(shown["rules"]) == 13 and shown["rules"][0]["confidence"] == "S"


def a_record_is_checked():
    status, out, err = run("check", "--pack", "on-ecampus-2020", "--at", "2026-01-01", "--json", RECORD)
    results = {r["rule"]: r for r in json.loads(out)}
    assert (status, err) == (0, "") and len(results) == 13
    assert results["ON-F-02"] == {"rule": "ON-F-02", "severity": "must", "outcome": "pass", "enforced": True}
    assert results["ON-D-01"]["outcome"] == "attest"
    assert run("check", "--pack", "on-ecampus-2020", "--at", "2026-01-01", "--json", stdin=RECORD.read_bytes())[1] == out
    status, out, err = run("check", "--pack", "on-ecampus", stdin=b"{}")
    assert "nothing of it is known" in err and "nothing" not in run("check", "--pack", "on-ecampus", RECORD)[2]
    assert status == 0 and "fail" in out and "offering.competencies" in out


def the_date_chooses_the_pack():
    def rules(*args):
        return {r["rule"] for r in json.loads(run("check", "--pack", "nz-nzqa", "--json", *args, RECORD)[1])}
    assert "NZ18-01" in rules("--at", "2022-07-31") and "NZ-01" in rules("--at", "2022-08-01")
    status, out, err = run("check", "--pack", "nz-nzqa-2018", "--at", "2023-01-01", RECORD)
    assert (status, out) == (1, "") and "pack.not-in-force" in err and "2018-08-22" in err and "2022-07-31" in err
    status, out, err = run("check", "--pack", "nz-nzqa", "--at", "2010-01-01", "--json", RECORD)
    assert (status, out) == (1, "") and "pack.not-in-force" in err


def a_pack_of_ones_own():
    own = write("own.json", a_pack())
    status, out, err = run("check", "--with", own, "--pack", "own", "--json", stdin=b'{"offering": {"title": "T"}}')
    assert json.loads(out) == [{"rule": "OWN-1", "severity": "must", "outcome": "pass", "enforced": True},
                               {"rule": "OWN-2", "severity": "must", "outcome": "fail", "enforced": False}], out
    status, out, err = run("check", "--with", own, "--pack", "own-2025", "--language", "fr", stdin=b"{}")
    assert "Un titre" in out and "(non confirmé)" in out


def what_is_no_date_is_refused_by_every_verb():
    for verb in (["list"], ["core"], ["show", "--pack", "on-ecampus"]):
        status, out, err = run(*verb, "--at", "2026-02-30")
        assert (status, out) == (1, "") and "pack.date" in err, (verb, status, err)


def credits_and_levels_are_converted_by_official_tables():
    status, out, err = run("convert", "--from", "NZ", "--to", "ECTS", "15")
    assert (status, err) == (0, "") and "By hours: 5 to 6\n" in out and "By year parity: 7.5\n" in out, out
    assert "Par la parité annuelle\u00a0: 7,5" in run("convert", "--from", "NZ", "--to", "ECTS", "15", "--language", "fr")[1]
    by_hours, by_year = json.loads(run("convert", "--from", "QC", "--to", "ECTS", "3", "--json")[1])["routes"]
    assert (by_hours["low"], by_hours["high"], by_hours["exact"]) == (4.5, 5.4, True)
    assert by_year == {"route": "year-parity", "mapped": False}
    level = json.loads(run("convert", "--from", "NFQ", "--to", "NZQCF", "5", "--json")[1])
    assert level["mapped"] is True and level["levels"] == [3, 4], level
    level = json.loads(run("convert", "--from", "OQF", "--to", "EQF", "6", "--json")[1])
    assert level["mapped"] is False and level["levels"] == [], level
    status, out, err = run("convert", "--from", "OQF", "--to", "EQF", "6")
    assert (status, err) == (0, "") and out.startswith("no official mapping")
    for args, told in ((("--from", "XX", "--to", "ECTS", "1"), "convert.system"), (("--from", "NZ", "--to", "ECTS", "x"), "convert.value")):
        status, out, err = run("convert", *args)
        assert (status, out) == (1, "") and told in err, (args, status, err)


def what_was_read_in_a_secondary_source_says_so_or_is_no_official_mapping():
    def routes(source, target, value):
        return json.loads(run("convert", "--from", source, "--to", target, value, "--json")[1])["routes"]

    by_hours, by_year = routes("UK", "ECTS", "15")
    assert by_hours["confidence"] == by_year["confidence"] == by_hours["from_confidence"] == "S", by_hours
    assert (by_hours["to_confidence"], by_hours["agreement_confidence"], by_year["agreement_confidence"]) == ("V", None, "S")
    assert routes("NZ", "ECTS", "15")[0]["confidence"] == "V" and routes("QC", "hours", "3")[0]["confidence"] == "S"
    assert routes("US-SH", "hours", "3") == [{"route": "hours", "mapped": False}, {"route": "year-parity", "mapped": False}]
    assert run("convert", "--from", "US-SH", "--to", "ECTS", "3")[1].count("no official mapping") == 2
    assert run("convert", "--from", "UK", "--to", "ECTS", "15")[1].count("confidence S") == 2
    assert "confiance S" in run("convert", "--from", "hours", "--to", "NCrF", "30", "--language", "fr")[1]
    assert "confidence" not in run("convert", "--from", "NZ", "--to", "ECTS", "15")[1]


def a_malformed_pack_is_refused_with_the_place():
    bad = a_pack()
    bad["rules"][1]["test"] = {"op": "present", "pth": "offering.price"}
    status, out, err = run("list", "--with", write("bad.json", bad))
    assert (status, out) == (1, "") and "bad.json" in err and "/rules/1/test/pth" in err, err
    status, out, err = run("list", "--with", write("date.json", a_pack(effective_from="2025")))
    assert status == 1 and "/effective_from" in err


def packs_are_compared_field_by_field():
    own, other = write("own.json", a_pack()), a_pack(pack="other-2025")
    other["rules"][0]["test"] = {"op": "when", "if": {"op": "present", "path": "offering.hours.total"},
                                 "then": {"op": "count_ge", "path": "offering.learning_outcomes", "value": 1}}
    args = ("--with", own, "--with", write("other.json", other), "--pack", "own-2025", "--pack", "other-2025")
    fields = {f["field"]: f for f in json.loads(run("compare", "--json", *args)[1])}
    assert sorted(fields) == ["offering.learning_outcomes", "offering.price", "offering.title"], fields
    assert fields["offering.title"]["a"] == [{"pack": "own-2025", "rule": "OWN-1", "severity": "must"}]
    assert not fields["offering.title"]["b"] and fields["offering.price"]["a"] and fields["offering.price"]["b"]
    assert fields["offering.title"]["label"]["fr"] != fields["offering.title"]["label"]["en"]
    status, out, err = run("compare", *args)
    only_own, rest = out.split("Only other-2025")
    only_other, both = rest.split("Both")
    assert "offering.title" in only_own and "offering.learning_outcomes" in only_other and "offering.price" in both
    status, _, err = run("compare", "--pack", "on-ecampus", "--pack", "none-such")
    assert status == 1 and err.startswith('cairn: none-such: There is no pack "none-such"'), err


def the_core_of_the_provinces_is_derived_and_traced():
    core = json.loads(run("core", "--json", "--at", "2026-01-01")[1])
    assert core["derived"] is True and core["fields"]
    provinces = {p["pack"]: p["jurisdiction"] for p in json.loads(run("list", "--json")[1])}
    strength = ["must", "should", "may"]
    for field in core["fields"]:
        asked = {(provinces[one["pack"]], strength.index(one["severity"])) for one in field["asked"]}
        strong = {where for where, how in asked if how <= strength.index(field["severity"])}
        assert len(strong) >= 2 and all(where.startswith("CA-") for where, _ in asked), field
        assert "on-omc-2023-proposal" not in str(field["asked"])
    assert "Derived" in run("core", "--at", "2026-01-01")[1]
    assert not json.loads(run("core", "--json", "--at", "2015-01-01")[1])["fields"]


def wrong_use_is_told():
    for args in [(), ("chek",), ("compare", "--pack", "nz-nzqa"), ("core", "--pack", "nz-nzqa"), ("check", RECORD), ("show",), ("list", "file"), ("list", "--language", "de")]:
        status, out, err = run(*args)
        assert (status, out) == (64, "") and "--help" in err, (args, err)
    status, out, err = run("check", "--pack", "none-such", RECORD)
    assert status == 1 and "none-such" in err and "pack.unknown" in err
    status, out, err = run("check", "--pack", "nz-nzqa", "--at", "yesterday", RECORD)
    assert status == 1 and "yesterday" in err
    status, out, err = run("check", "--pack", "nz-nzqa", stdin=b"[]")
    assert status == 1 and "record.shape" in err
    status, out, err = run("check", "--pack", "nz-nzqa", stdin=b'{"a": }')
    assert status == 1 and "byte 6" in err


tap.run([the_packs_are_listed_in_both_languages, the_rules_of_a_pack_are_shown, a_record_is_checked,
         the_date_chooses_the_pack, what_is_no_date_is_refused_by_every_verb, a_pack_of_ones_own,
         credits_and_levels_are_converted_by_official_tables,
         what_was_read_in_a_secondary_source_says_so_or_is_no_official_mapping, a_malformed_pack_is_refused_with_the_place, packs_are_compared_field_by_field,
         the_core_of_the_provinces_is_derived_and_traced, wrong_use_is_told])
