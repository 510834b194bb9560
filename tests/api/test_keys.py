#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Keys, origins and issuers from outside: who may see and retire keys, signing as a domain once its file is
published, what verifiers ask for, and the commands init and keys.

usage: test_keys.py CAIRN
"""
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import urllib.parse

import staff
import tap
from serving import Cairn, get, post, words
from staff import Organisation, Visitor, fields_of

PROGRAM = os.path.abspath(sys.argv[1])
WEB = tempfile.mkdtemp(prefix="cairn-keys-")
DOMAIN = "college.example"
PUBLISHED = os.path.join(WEB, "did.json")
with open(os.path.join(WEB, "map.json"), "w", encoding="utf-8") as file:
    json.dump({"urls": {f"https://{DOMAIN}/.well-known/did.json": {"file": "did.json"}}}, file)
SERVER = Cairn(PROGRAM, "--url-map", os.path.join(WEB, "map.json"))
T = {language: words("keys." + language) for language in ("en", "fr")}
COLLEGE = Organisation(SERVER)
ADMINISTRATOR = Visitor(SERVER, COLLEGE, staff.ADMINISTRATOR)


def keys_path(organisation=COLLEGE):
    return f"/organisations/{organisation.id}/keys"


def page(path, visitor=ADMINISTRATOR, language="en"):
    sign = "&" if "?" in path else "?"
    return get(SERVER, f"{path}{sign}lang={language}", *([visitor.cookie] if visitor else []))


def send(path, fields, visitor=ADMINISTRATOR):
    return post(SERVER, path, "application/x-www-form-urlencoded", urllib.parse.urlencode(fields).encode(), visitor.cookie)


def csrf(organisation=COLLEGE, visitor=ADMINISTRATOR):
    return {"csrf": fields_of(page(keys_path(organisation), visitor))["csrf"]}


def issuers(answer):
    return re.findall(r"did:(?:key|web):[A-Za-z0-9.]+", answer.text())


# ---- Pages ----

def the_first_key_is_there_when_its_page_is_opened():
    for language in ("en", "fr"):
        answer = page(keys_path(), language=language)
        assert answer.status == 200 and answer.is_page(language)
        assert T[language]["keys.intro"] in answer.text() and len(issuers(answer)) == 1, answer.text()
    assert staff.run(SERVER, "SELECT count(*) FROM signing_key WHERE organisation = ?", COLLEGE.number) == [(1,)]


def only_administrators_come_near_keys():
    elsewhere = Organisation(SERVER, "Elsewhere", "Ailleurs")
    strangers = [(Visitor(SERVER, COLLEGE, staff.DESIGNER | staff.ISSUER | staff.VIEWER), 403), (Visitor(SERVER), 404),
                 (Visitor(SERVER, elsewhere, staff.ADMINISTRATOR), 404)]
    before = staff.run(SERVER, "SELECT count(*) FROM signing_key")
    for visitor, status in strangers:
        for path in ("", "/domain", "/did.json?domain=college.example"):
            assert page(keys_path() + path, visitor).status == status, (path, status)
        for path in ("/retire", "/leave", "/domain"):
            assert send(keys_path() + path, {"domain": DOMAIN}, visitor).status in (403, 404), path
    for path in ("/retire", "/leave", "/domain"):
        assert send(keys_path() + path, {"csrf": "wrong", "domain": DOMAIN}).status == 403, path
    assert staff.run(SERVER, "SELECT count(*) FROM signing_key") == before


def a_retired_key_stays_published():
    organisation = Organisation(SERVER, "Retiring College", "Collège qui se retire")
    person = Visitor(SERVER, organisation, staff.ADMINISTRATOR)
    [first] = issuers(page(keys_path(organisation), person))
    for language in ("en", "fr"):
        asked = page(keys_path(organisation) + "/retire", person, language=language)
        assert asked.status == 200 and T[language]["keys.retire.final"] in asked.text(), asked.text()
        assert T[language]["keys.retire.final"] not in page(keys_path(organisation), person, language=language).text()
    assert issuers(page(keys_path(organisation), person)) == [first]
    answer = send(keys_path(organisation) + "/retire", csrf(organisation, person), person)
    assert answer.status == 303, answer.text()
    answer = get(SERVER, answer.headers["location"], person.cookie)
    assert T["en"]["keys.done.retired"] in answer.text()
    found = issuers(answer)
    assert len(found) == 2 and found[1] == first and found[0] != first, found
    document = json.loads(get(SERVER, f"/issuers/{organisation.id}", "Accept: application/json").body)
    assert [one["issuer"] for one in document["signedAs"]] == found
    assert "until" in document["signedAs"][1] and "until" not in document["signedAs"][0]
    assert len(document["assertionMethod"]) == 2


def an_organisation_signs_as_its_domain_once_the_file_is_published():
    form = page(f"{keys_path()}/domain?domain=HTTPS://College.Example/")
    assert form.status == 200 and f"https://{DOMAIN}/.well-known/did.json" in form.text()
    did = get(SERVER, f"{keys_path()}/did.json?domain={DOMAIN}", ADMINISTRATOR.cookie)
    assert 'filename="did.json"' in did.headers["content-disposition"]
    assert json.loads(did.body)["id"] == f"did:web:{DOMAIN}"
    for published, problem in ((None, "unreachable"), ("<html>", "json"), ('{"id": "did:web:other.example"}', "other"),
                               (f'{{"id": "did:web:{DOMAIN}"}}', "keys")):
        if published:
            with open(PUBLISHED, "w", encoding="utf-8") as out:
                out.write(published)
        for language in ("en", "fr"):
            answer = send(f"{keys_path()}/domain?lang={language}", {**csrf(), "domain": DOMAIN})
            assert answer.status == 422 and T[language][f"domain.problem.{problem}"] in answer.text(), answer.text()
    with open(PUBLISHED, "w", encoding="utf-8") as out:
        out.write(did.body)
    answer = send(keys_path() + "/domain", {**csrf(), "domain": DOMAIN})
    assert answer.status == 303, answer.text()
    answer = page(keys_path())
    assert issuers(answer)[0] == f"did:web:{DOMAIN}", issuers(answer)
    assert send(keys_path() + "/leave", csrf()).status == 303
    assert issuers(page(keys_path()))[0].startswith("did:key:")


def what_is_no_domain_is_said_so():
    for language in ("en", "fr"):
        for odd in ("college", "a b.example", "college.example:80"):
            answer = page(f"{keys_path()}/domain?domain={urllib.parse.quote(odd)}", language=language)
            assert answer.status == 422 and T[language]["domain.problem.form"] in answer.text(), answer.text()


# ---- What verifiers ask for ----

def issuers_are_a_page_and_a_document():
    page(keys_path())
    address = f"/issuers/{COLLEGE.id}"
    for language, name in (("en", "North Shore College"), ("fr", "Collège de la Rive-Nord")):
        answer = get(SERVER, f"{address}?lang={language}", "Accept: text/html,application/json")
        assert answer.status == 200 and answer.is_page(language) and name in answer.text()
        assert T[language]["issuer.fictional"] in answer.text()
    for path, accept in ((address, "application/json"), (address, "application/ld+json"), (address + ".json", "text/html")):
        answer = get(SERVER, path, f"Accept: {accept}")
        assert answer.headers["content-type"] == "application/json", answer.headers
        assert answer.headers["access-control-allow-origin"] == "*" and "Accept" in answer.headers["vary"]
        assert json.loads(answer.body)["id"].endswith(address)
    assert get(SERVER, "/issuers/none").status == 404


def a_status_list_may_be_kept_for_a_minute():
    [(key,)] = staff.run(SERVER, "SELECT max(number) FROM signing_key")
    for name, document in (("published", '{"a": 1}'), ("begun", "")):
        staff.run(SERVER, "INSERT INTO status_list (id, signing_key, length, taken, document, updated_at) "
                  "VALUES (?, ?, 131072, 0, ?, 0)", name, key, document)
    answer = get(SERVER, "/status/published")
    assert answer.status == 200 and json.loads(answer.body) == {"a": 1}
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"].startswith("public, max-age=60")
    assert answer.headers["access-control-allow-origin"] == "*"
    tag = answer.headers["etag"]
    again = get(SERVER, "/status/published", f"If-None-Match: {tag}")
    assert again.status == 304 and again.headers["etag"] == tag
    staff.run(SERVER, "UPDATE status_list SET document = '{\"a\": 2}' WHERE id = 'published'")
    assert json.loads(get(SERVER, "/status/published", f"If-None-Match: {tag}").body) == {"a": 2}
    assert get(SERVER, "/status/begun").status == 404 and get(SERVER, "/status/none").status == 404


# ---- Commands ----

def run(*args, folder):
    done = subprocess.run([PROGRAM, *args], cwd=folder, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def init_makes_what_a_server_needs_and_keeps_it():
    with tempfile.TemporaryDirectory() as folder:
        for wrong in ((), ("--origin", "http://cairn.example"), ("--origin", "https://cairn.example/path"), ("x",)):
            assert run("init", *wrong, folder=folder)[0] == 64, wrong
        assert os.listdir(folder) == []
        status, out, err = run("init", "--origin", "https://cairn.example/", folder=folder)
        assert status == 0 and "https://cairn.example\n" in out and not err, (out, err)
        master = os.path.join(folder, "var", "master.key")
        assert stat.S_IMODE(os.stat(master).st_mode) == 0o600
        with open(master, encoding="ascii") as key:
            before = key.read()
        assert re.fullmatch("[0-9a-f]{64}\n", before), before
        assert run("init", "--origin", "https://cairn.example", folder=folder)[0] == 0
        with open(master, encoding="ascii") as key:
            assert key.read() == before
        # Nothing has been awarded: it may still move.
        assert run("init", "--origin", "https://other.example", folder=folder)[0] == 0
        status, _, err = run("serve", "--demo", folder=folder)
        assert status == 1 and "https://other.example" in err, err
        with open(master, "w", encoding="ascii") as key:
            key.write("no key")
        status, _, err = run("init", "--origin", "https://other.example", folder=folder)
        assert status == 1 and "64 hexadecimal digits" in err, err


def the_origin_stands_once_something_was_awarded():
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "cairn.db")
        assert run("init", "--origin", "https://cairn.example", "--db", database, folder=folder)[0] == 0
        server = type("Server", (), {"folder": type("Folder", (), {"name": folder})})
        staff.run(server, "PRAGMA foreign_keys = off")
        columns = [row[1:3] for row in staff.run(server, "PRAGMA table_info(award)")]
        staff.run(server, f"INSERT INTO award ({', '.join(name for name, _ in columns)}) VALUES "
                  f"({', '.join('1' if kind == 'INTEGER' else chr(39) * 2 for _, kind in columns)})")
        for command in ("init", "serve"):
            status, _, err = run(command, "--origin", "https://other.example", "--db", database, folder=folder)
            assert status == 1 and "cannot be https://other.example" in err, (command, err)


def a_server_without_its_master_key_says_so_and_serves():
    organisation = Organisation(SERVER, "Keyless", "Sans clé")
    person = Visitor(SERVER, organisation, staff.ADMINISTRATOR)
    with tempfile.TemporaryDirectory() as folder:
        page(keys_path())
        staff.run(SERVER, "PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(os.path.join(SERVER.folder.name, "cairn.db"), os.path.join(folder, "cairn.db"))
        second = Cairn(PROGRAM, "--db", os.path.join(folder, "cairn.db"))
        time.sleep(0.2)
        assert "master.key is missing" in second.said(), second.said()
        answer = get(second, keys_path(organisation) + "?lang=fr", person.cookie)
        assert answer.status == 200 and T["fr"]["keys.cannot"] in answer.text(), answer.text()
        assert not os.path.exists(os.path.join(folder, "master.key"))
        second.stop()
        database = os.path.join(folder, "cairn.db")
        status, out, err = run("init", "--origin", "https://cairn.example", "--db", database, folder=folder)
        assert status == 1 and "is missing" in err, (out, err)
        status, out, err = run("init", "--origin", "https://cairn.example", "--db", database, "--new-master-key", folder=folder)
        assert status == 0 and "(new:" in out, (out, err)
        assert run("keys", "retire", COLLEGE.id, "--db", database, folder=folder)[0] == 0
        assert run("init", "--origin", "https://cairn.example", "--db", database, "--new-master-key", folder=folder)[0] == 1


def keys_are_looked_after_from_the_command_line():
    database = os.path.join(SERVER.folder.name, "cairn.db")
    organisation = Organisation(SERVER, "By Command", "Par commande")

    def keys(*args):
        return run("keys", *args, "--db", database, "--url-map", os.path.join(WEB, "map.json"), folder=WEB)
    for wrong in ((), ("list", "x"), ("retire",), ("domain", organisation.id)):
        assert keys(*wrong)[0] == 64, wrong
    got = keys("retire", organisation.id)
    assert got[0] == 0, got
    status, did, _ = keys("document", organisation.id, DOMAIN)
    assert status == 0
    with open(PUBLISHED, "w", encoding="utf-8") as out:
        out.write("{}")
    status, _, err = keys("domain", organisation.id, DOMAIN)
    assert status == 1 and "is about another" in err, err
    with open(PUBLISHED, "w", encoding="utf-8") as out:
        out.write(did)
    assert keys("domain", organisation.id, DOMAIN)[0] == 0
    status, out, _ = keys("list")
    mine = out[out.index(organisation.id):].splitlines()[:3]
    assert "By Command" in mine[0] and "at work" in mine[1] and f"did:web:{DOMAIN}" in mine[1], out
    assert "did:key:" in mine[2] and "at work" not in mine[2], out
    assert keys("retire", "none")[0] == 1
    assert run("keys", "list", "--db", "none.db", folder=WEB)[0] == 1


try:
    tap.run([the_first_key_is_there_when_its_page_is_opened, only_administrators_come_near_keys,
             a_retired_key_stays_published, an_organisation_signs_as_its_domain_once_the_file_is_published,
             what_is_no_domain_is_said_so, issuers_are_a_page_and_a_document, a_status_list_may_be_kept_for_a_minute,
             init_makes_what_a_server_needs_and_keeps_it, the_origin_stands_once_something_was_awarded,
             a_server_without_its_master_key_says_so_and_serves, keys_are_looked_after_from_the_command_line])
finally:
    SERVER.stop()
    shutil.rmtree(WEB)
