#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cairn competencies: importing frameworks, importing them again, finding items.

usage: test_competencies_cli.py CAIRN
"""
import gzip
import hashlib
import json
import os
import pty
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import tap

CAIRN = os.path.abspath(sys.argv[1])
DATA = Path(__file__).parents[1] / "data" / "competencies"
folder = tempfile.TemporaryDirectory()
ESCO = ["occupations_en.csv", "skills_en.csv", "occupationSkillRelations.csv", "broaderRelationsSkillPillar.csv"]
SKILL = "http://data.europa.eu/esco/skill/"


def path(name):
    return os.path.join(folder.name, name)


def cairn(*args):
    done = subprocess.run([CAIRN, *map(str, args)], capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def competencies(db, verb, *args):
    return cairn("competencies", verb, *args, "--db", path(db))


def new(db):
    status, _, err = cairn("init", "--origin", "https://cairn.example", "--db", path(db))
    assert status == 0, err
    return db


def imported(db, *files, say=()):
    status, out, err = competencies(db, "import", *(f if os.path.isabs(f) else DATA / f for f in files), *say)
    assert status == 0, err
    return out


def found(db, text, *more):
    status, out, err = competencies(db, "search", text, "--json", *more)
    assert status == 0, err
    return [item["uri"].rsplit("/", 1)[-1] for item in json.loads(out)]


def shown(db, uri, *more):
    status, out, err = competencies(db, "show", uri, "--json", *more)
    assert status == 0, err
    return json.loads(out)


def digest(db):
    assert not os.path.exists(path(db) + "-wal"), "the last connection leaves no log"
    return hashlib.sha256(Path(path(db)).read_bytes()).hexdigest()


def written(name, content):
    Path(path(name)).write_bytes(content)
    return path(name)


def packed(name="esco.zip", files=ESCO):
    with zipfile.ZipFile(path(name), "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(DATA / file, f"ESCO/{file}")
    return path(name)


def zip_and_gzip_are_read_as_they_come_and_joined_on_the_uri():
    db = new("esco.db")
    french = written("skills_fr.csv.gz", gzip.compress((DATA / "skills_fr.csv").read_bytes()))
    out = imported(db, packed(), french, "occupations_fr.csv")
    assert "5 new, 0 changed, 0 withdrawn, 0 unchanged" in out, out
    assert "relations  5 new" in out and "1 items have no label" in out and "1 items have labels here" in out, out
    item = shown(db, SKILL + "1")
    assert item["label"] == {"en": "manage staff", "fr": "gérer le personnel"}, item
    assert item["alternatives"] == {"en": "manage personnel\nlead staff", "fr": "diriger le personnel\ngérer des équipes"}
    assert item["description"] == {"en": 'Lead a team, and "care" for it.'}
    assert (item["type"], item["level"], item["framework"]) == ("skill", "cross-sector", "http://data.europa.eu/esco")
    occupation = shown(db, "http://data.europa.eu/esco/occupation/1")
    assert occupation["code"] == "2132.1"
    assert occupation["alternatives"]["fr"] == "œnologue\nfemme œnologue", occupation
    beside = {(b["how"], b["uri"].rsplit("/", 1)[-1]) for b in occupation["beside"]}
    assert beside == {("essential", "2"), ("essential", "3"), ("optional", "1")}
    back = {(b["how"], b["uri"].rsplit("/", 1)[-1]) for b in shown(db, SKILL + "2")["beside"]}
    assert back == {("essential-for", "1"), ("narrower", "3")}


def audit(db):
    with sqlite3.connect(path(db)) as reader:
        rows = reader.execute("SELECT organisation, person, action, subject FROM audit ORDER BY number").fetchall()
    reader.close()
    return rows


def the_audit_says_what_came_in_without_names():
    [(organisation, person, action, subject)] = audit("esco.db")
    assert (organisation, person, action) == (None, None, "framework.imported")
    identifier = json.loads(competencies("esco.db", "list", "--json")[1])[0]["id"]
    assert subject == f"{identifier} items +5 ~0 -0 relations +5 -0", subject
    status, out, _ = cairn("audit", "verify", "--db", path("esco.db"))
    assert status == 0, out


def what_is_obsolete_is_no_item():
    status, _, err = competencies("esco.db", "show", SKILL + "4")
    assert status == 1 and "no framework that is here" in err


def the_same_again_writes_nothing():
    before = digest("esco.db")
    out = imported("esco.db", packed(), path("skills_fr.csv.gz"), "occupations_fr.csv")
    assert "items      0 new, 0 changed, 0 withdrawn, 5 unchanged" in out, out
    assert "relations  0 new, 0 gone, 5 unchanged" in out, out
    assert digest("esco.db") == before


def each_file_alone_changes_nothing_of_the_others():
    before = digest("esco.db")
    for file in [*ESCO, "skills_fr.csv", "occupations_fr.csv"]:
        imported("esco.db", file)
    assert digest("esco.db") == before


def only_what_changed_is_written():
    text = (DATA / "skills_en.csv").read_text()
    db = sqlite3.connect(path("esco.db"))
    rows = dict(db.execute("SELECT uri, number FROM item"))
    db.close()
    changed = written("skills_en.csv", text.replace("taste wines", "taste fine wines").encode())
    out = imported("esco.db", changed)
    assert "0 new, 1 changed, 0 withdrawn, 2 unchanged" in out, out
    assert len(audit("esco.db")) == 2 and audit("esco.db")[1][3].endswith(" items +0 ~1 -0 relations +0 -0"), audit("esco.db")
    assert found("esco.db", "taste fine") == ["3"] and found("esco.db", "fine") == ["3"]
    db = sqlite3.connect(path("esco.db"))
    assert dict(db.execute("SELECT uri, number FROM item")) == rows
    db.close()


def what_a_list_has_no_more_is_withdrawn_and_comes_back():
    lines = (DATA / "skills_en.csv").read_text().splitlines(keepends=True)
    shorter = written("skills_en.csv", "".join(lines[:-2]).encode())
    assert "withdrawn" in imported("esco.db", shorter)
    item = shown("esco.db", SKILL + "3")
    assert item["withdrawn"] is True and item["label"]["en"] == "taste fine wines"
    assert found("esco.db", "taste") == []
    assert "3" not in [b["uri"][-1] for b in shown("esco.db", SKILL + "2")["beside"]]
    before = digest("esco.db")
    assert "0 changed, 0 withdrawn" in imported("esco.db", shorter) and digest("esco.db") == before
    imported("esco.db", "skills_en.csv")
    assert shown("esco.db", SKILL + "3")["withdrawn"] is False and found("esco.db", "taste") == ["3"]


def a_relation_that_its_list_has_no_more_is_gone():
    lines = (DATA / "occupationSkillRelations.csv").read_text().splitlines(keepends=True)
    assert "0 new, 2 gone, 2 unchanged" in imported("esco.db", written("r.csv", "".join(lines[:3]).encode()))
    assert "2 new, 0 gone, 2 unchanged" in imported("esco.db", "occupationSkillRelations.csv")


def items_are_found_as_one_types():
    assert found("esco.db", "man") == ["1"]
    assert found("esco.db", "man st") == ["1"]
    assert found("esco.db", "gerer le p") == ["1"] and found("esco.db", "GÉRER PERSONNEL") == ["1"]
    assert found("esco.db", "equipe") == ["1"], "other labels too"
    assert found("esco.db", "oenolog")[0] == "2" and "1" in found("esco.db", "œnologue")
    assert found("esco.db", "femme oe") == ["1"]
    assert found("esco.db", "2132.1") == ["1"], "codes too"
    assert found("esco.db", "gérer", "--lang", "en") == [] and found("esco.db", "manage", "--lang", "fr") == []
    assert found("esco.db", "oenolog", "--type", "occupation") == ["1"]
    for nothing in ["", "  ", "\"", "*", "(", "NOT", "a AND", "label:", "\u00a0", "^", "x\"y OR z"]:
        assert isinstance(found("esco.db", nothing), list)
    assert found("esco.db", "manage OR oenology") == []


def a_whole_label_comes_before_longer_ones():
    db = new("order.db")
    rows = "code,label\n1,Java frameworks\n2,Know Java\n3,Javanese\n4,Java\n"
    imported(db, written("java.csv", rows.encode()), say=["--framework", "https://example.org/j"])
    assert [uri.split("#")[1] for uri in found(db, "java")] == ["4", "1", "3", "2"]


def noc_codes_have_five_digits_and_the_second_is_the_teer():
    db = new("noc.db")
    out = imported(db, "noc_en.csv", "noc_fr.csv")
    assert "6 new" in out and "6 with an English label, 6 with a French one" in out, out
    base = "https://www.statcan.gc.ca/en/subjects/standard/noc/2021/indexV1#"
    item = shown(db, base + "00010")
    assert (item["code"], item["type"], item["level"]) == ("00010", "unit-group", "0")
    assert item["label"] == {"en": "Legislators", "fr": "Membres des corps législatifs"}
    assert [b["uri"] for b in item["beside"] if b["how"] == "broader"] == [base + "0001"]
    before = digest(db)
    imported(db, "noc_fr.csv")
    imported(db, "noc_en.csv")
    assert digest(db) == before
    assert found(db, "00011")[0].endswith("#00011")


def cip_comes_as_statistics_canada_gives_it():
    db = new("cip.db")
    out = imported(db, "cip_en.csv", "cip_fr.csv", say=["--framework", "cip-2021"])
    assert "10 new" in out and "10 with an English label, 10 with a French one" in out, out
    base = "https://www.statcan.gc.ca/en/subjects/standard/cip/2021/index#"
    item = shown(db, base + "11.1003")
    assert (item["code"], item["type"], item["level"]) == ("11.1003", "class", ""), item
    assert item["label"]["fr"].startswith("Sécurité, vérification et assurance"), item
    assert [b["uri"] for b in item["beside"] if b["how"] == "broader"] == [base + "11.10"]
    assert [b["uri"] for b in shown(db, base + "11.10")["beside"] if b["how"] == "broader"] == [base + "11"]
    before = digest(db)
    imported(db, "cip_fr.csv")
    imported(db, "cip_en.csv", say=["--kind", "cip"])
    assert digest(db) == before
    assert found(db, "11.07", "--framework", "cip-2021") == found(db, "11.07")
    assert found(db, "econo", "--lang", "fr")[0].endswith("#01.0103")
    status, _, err = competencies(db, "search", "11.07", "--framework", "noc-2021")
    assert status == 1 and "noc-2021" in err
    framework = json.loads(competencies(db, "list", "--json")[1])[0]
    assert framework["kind"] == "cip" and "Statistique Canada" in framework["attribution"]["fr"], framework


def isced_f_keeps_its_zeros():
    db = new("isced.db")
    assert "isced-f" in imported(db, "isced-f.csv")
    item = shown(db, "http://data.europa.eu/snb/isced-f/0011")
    assert (item["code"], item["type"]) == ("0011", "detailed-field")
    assert [b["uri"] for b in item["beside"]] == ["http://data.europa.eu/snb/isced-f/001"]


def a_case_package_is_read():
    db = new("case.db")
    assert "2 new" in imported(db, "case.json")
    item = shown(db, "https://case.example/items/b")
    assert item["label"] == {"fr": "Nettoyer les joints."} and item["code"] == "B.1.1"
    assert [(b["how"], b["uri"]) for b in item["beside"]] == [("broader", "https://case.example/items/a")]
    assert shown(db, "https://case.example/items/a")["level"] == "12,13"
    framework = json.loads(competencies(db, "list", "--json")[1])[0]
    assert framework["licence"] == "https://creativecommons.org/licenses/by/4.0/" and framework["version"] == "2"


def ctdl_asn_is_read():
    db = new("asn.db")
    assert "relations  1 new" in imported(db, "ctdl-asn.json")
    item = shown(db, "https://registry.example/resources/ce-1")
    assert item["label"] == {"en": "Assemble a widget", "fr": "Assembler un bidule"} and item["code"] == "W1"
    framework = json.loads(competencies(db, "list", "--json")[1])[0]
    assert framework["title"] == {"en": "Widgetry", "fr": "Art du bidule"} and framework["kind"] == "ctdl-asn"


def a_plain_list_is_read():
    db = new("list.db")
    say = ["--framework", "https://example.org/trades", "--title", "Trades", "--title-fr", "Métiers", "--licence",
           "https://example.org/licence", "--attribution", "From us.", "--attribution-fr", "De nous."]
    imported(db, "list.csv", say=say)
    item = shown(db, "https://example.org/trades#A1")
    assert item["label"] == {"en": "Braze copper pipes", "fr": "Braser des tuyaux de cuivre"}
    assert item["description"] == {"fr": "Avec « soin »"} and item["type"] == "skill"
    assert [b["uri"] for b in item["beside"]] == ["https://example.org/trades#A"]
    framework = json.loads(competencies(db, "list", "--json")[1])[0]
    assert framework["title"] == {"en": "Trades", "fr": "Métiers"} and framework["attribution"]["fr"] == "De nous."


def workbook(name):
    with zipfile.ZipFile(path(name), "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return path(name)


def what_stands_beside_the_tables_of_an_archive_is_left_out():
    db = new("beside.db")
    with zipfile.ZipFile(path("beside.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(DATA / "list.csv", "list.csv")
        archive.writestr("read me.pdf", b"%PDF-1.7\n\x00\xff\xfe")
        archive.writestr("index.html", '<!doctype html><p class="a>')
    status, _, err = competencies(db, "import", path("beside.zip"), "--framework", "https://example.org/trades")
    assert status == 0 and "not needed: beside.zip: read me.pdf\n" in err and "index.html" in err, err


def a_file_beyond_measure_is_refused_before_it_is_read():
    with open(path("huge.csv"), "wb") as file:
        file.truncate(200 << 20)
    status, _, err = competencies("wrong.db", "import", path("huge.csv"), "--framework", "https://example.org/f")
    assert status == 1 and "huge.csv" in err and "128 MiB" in err and "gzip" in err, err


def progress_is_shown_on_a_terminal_alone():
    db = new("terminal.db")
    status, _, err = competencies(db, "import", DATA / "noc_en.csv")
    assert (status, err) == (0, ""), err
    ours, theirs = pty.openpty()
    done = subprocess.run([CAIRN, "competencies", "import", DATA / "noc_fr.csv", "--db", path(db)], stdout=subprocess.PIPE,
                          stderr=theirs, timeout=60)
    os.close(theirs)
    told = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0 and "reading noc_fr.csv: 100 %" in told and "keeping: " in told, told
    assert told.endswith("\r\033[K"), "the line is taken away in the end"


def errors_name_the_file_the_line_and_the_column():
    db = new("wrong.db")
    before = digest(db)
    bad = (DATA / "occupationSkillRelations.csv").read_text().replace(",optional,", ",perhaps,", 1)
    cases = [
        (written("a.csv", bad.encode()), (), ["a.csv: line 4, column 2", "perhaps"]),
        (written("b.csv", b"code,label\n1,\"a\"b\n"), (), ["b.csv: line 2, column 2", "quotation mark"]),
        (written("c.csv", b"code,label\n1,\"a\nb\n"), (), ["c.csv: line 2, column 2", "never closed"]),
        (written("d.csv", b"code,label\n1,\xe9t\xe9\n"), (), ["d.csv: line 2, column 2", "UTF-8"]),
        (written("e.csv", b"colour,size\nred,1\n"), (), ["e.csv: line 1", "columns"]),
        (written("f.csv", b"code,label\n1,a\n1,b\n"), (), ["f.csv: line 3", "twice"]),
        (written("g.json", b'{"CFDocument": {"uri": "https://a.example/"},\n "CFItems": [}'), (), ["g.json", "line 2"]),
        (written("h.json", b'{"CFDocument": {"uri": "https://a.example/"}, "CFItems": [{"uri": "x:y"}]}'), (),
         ["h.json: /CFItems/0", "fullStatement"]),
        (written("i.csv", (DATA / "skills_en.csv").read_bytes()), (), ["i.csv", "--lang"]),
        (written("skills_de.csv", (DATA / "skills_en.csv").read_bytes()), (), ["de", "English and French"]),
        (written("j.zip", Path(packed()).read_bytes()[:-40]), (), ["j.zip", "damaged"]),
        (written("k.gz", gzip.compress(b"code,label\n1,a\n")[:-4]), (), ["k.gz", "damaged"]),
        (written("empty.csv", b""), (), ["no item"]),
        (path("there-is-none.csv"), (), ["there-is-none.csv"]),
        (written("l.csv", b"code,label\n1,a\n"), ("--framework", "no uri"), ["URI"]),
        (written("page.json", b"<!DOCTYPE html>\n<html><title>404 Not Found</title></html>"), (), ["page.json", "web page"]),
        (written("page.csv", b"\xef\xbb\xbf \n<HTML>\n503, later"), (), ["page.csv", "web page"]),
        (written("page.gz", gzip.compress(b"<!doctype HTML>")), (), ["page.gz", "web page"]),
        (written("null.json", b"null"), (), ["null.json", "CASE"]),
        (written("cut.json", b"CFDocument"), (), ["cut.json", "line 1"]),
        (written("p.json", b'{"CFDocument": {"uri": "https://a.example/"}}'), (), ["p.json: /CFItems", "no list"]),
        (written("q.json", b'{"CFDocument": {"uri": "https://a.example/"}, "CFItems": {}}'), (), ["q.json: /CFItems", "no list"]),
        (written("r.json", b'{"CFDocument": {"uri": "https://a.example/"}, "CFItems": [], "CFAssociations": {}}'), (),
         ["r.json: /CFAssociations", "no list"]),
        (written("s.json", b'{"CFDocument": {"title": "A"}, "CFItems": []}'), (), ["s.json: /CFDocument/uri)"]),
        (written("bar.csv", b"code|label\n1|a\n"), (), ["bar.csv: line 1", "single column", "code|label", "semicolons"]),
        (written("t.pdf", b"%PDF-1.7\n"), (), ["t.pdf", "PDF"]),
        (written("t.ttl", b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"), (), ["t.ttl", "RDF"]),
        (written("t.rdf", b'<?xml version="1.0"?><rdf:RDF/>'), (), ["t.rdf", "XML"]),
        (written("t.7z", b"7z\xbc\xaf\x27\x1c\0\4"), (), ["t.7z", "zip or gzip"]),
        (workbook("t.xlsx"), (), ["t.xlsx", "spreadsheet", "CSV UTF-8"]),
        (written("half.zip", Path(packed("whole.zip")).read_bytes()[:300]), (), ["half.zip", "not whole"]),
        (written("m.csv", b"code,label\n1,a\n"), ("--kind", "spreadsheet"), ["spreadsheet"]),
        (written("n.csv", b"code,label\n1,a\n"), ("--kind", "noc"), ["n.csv: line 1"]),
    ]
    for file, say, words in cases:
        say = say or ("--framework", "https://example.org/f")
        status, out, err = competencies(db, "import", file, *say)
        assert (status, out) == (1, ""), (file, out)
        for word in words:
            assert word in err, (file, err)
    assert digest(db) == before, "what is refused leaves nothing behind"


def a_plain_list_must_be_named():
    status, _, err = competencies("wrong.db", "import", DATA / "list.csv")
    assert status == 1 and "--framework" in err


def two_frameworks_are_not_one_import():
    status, _, err = competencies("wrong.db", "import", DATA / "noc_en.csv", DATA / "isced-f.csv")
    assert status == 1 and "isced-f.csv" in err and "apart" in err


def an_archive_that_grows_out_of_measure_is_refused():
    with zipfile.ZipFile(path("bomb.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("skills_en.csv", (DATA / "skills_en.csv").read_bytes() + b"\n" * (64 << 20))
    status, _, err = competencies("wrong.db", "import", path("bomb.zip"))
    assert status == 1 and "200 times" in err, err
    bomb = written("bomb.gz", gzip.compress(b"code,label\n" + b"\n" * (64 << 20)))
    status, _, err = competencies("wrong.db", "import", bomb, "--framework", "https://example.org/f")
    assert status == 1 and "200 times" in err, err


def wrong_usage_is_64():
    for args in [(), ("search",), ("import",), ("list", "x"), ("search", "a", "--lang", "de"),
                 ("search", "a", "--max", "0"), ("search", "a", "--max", "201")]:
        assert cairn("competencies", *args)[0] == 64, args


tap.run([
    zip_and_gzip_are_read_as_they_come_and_joined_on_the_uri,
    the_audit_says_what_came_in_without_names,
    what_is_obsolete_is_no_item,
    the_same_again_writes_nothing,
    each_file_alone_changes_nothing_of_the_others,
    only_what_changed_is_written,
    what_a_list_has_no_more_is_withdrawn_and_comes_back,
    a_relation_that_its_list_has_no_more_is_gone,
    items_are_found_as_one_types,
    a_whole_label_comes_before_longer_ones,
    noc_codes_have_five_digits_and_the_second_is_the_teer,
    cip_comes_as_statistics_canada_gives_it,
    isced_f_keeps_its_zeros,
    a_case_package_is_read,
    ctdl_asn_is_read,
    a_plain_list_is_read,
    errors_name_the_file_the_line_and_the_column,
    what_stands_beside_the_tables_of_an_archive_is_left_out,
    a_file_beyond_measure_is_refused_before_it_is_read,
    progress_is_shown_on_a_terminal_alone,
    a_plain_list_must_be_named,
    two_frameworks_are_not_one_import,
    an_archive_that_grows_out_of_measure_is_refused,
    wrong_usage_is_64,
])
