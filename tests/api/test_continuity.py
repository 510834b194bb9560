#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Continuity: a database and its master key in an empty place, and an organisation moved to another server. What was
signed before verifies, and what is awarded from then on is signed with the same key.

usage: test_continuity.py CAIRN
"""
import json
import os
import shutil
import subprocess

import tap
from network import CAIRN, FOLDER, ask, award, database, send, session, sign_in, start
from serving import MULTIPART, Cairn, free_port, get, multipart, part, post, words
from staff import fields_of

PORT = str(free_port())
NEW = "https://new.example"
STATE = {}
T = words("en")


def place(*names):
    return os.path.join(FOLDER.name, *names)


def run(*args):
    done = subprocess.run([CAIRN, *args], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def documents(name):
    """Every signed credential of Cedar Bay College, by its award's id."""
    return dict(ask(name, "SELECT a.id, a.document FROM award a JOIN organisation o ON o.number = a.organisation "
                    "WHERE o.name_en LIKE 'Cedar Bay%'"))


def steps_offline(document):
    done = subprocess.run([CAIRN, "verify", "--json", "--offline", "-"], input=document, capture_output=True,
                          encoding="utf-8", timeout=60)
    report = json.loads(done.stdout)
    return report["verdict"], {step["id"]: step["outcome"] for step in report["steps"]}


def verified(server, document):
    """What /verify says of it: the page's text. Its status list is under the server's own origin."""
    answer = post(server, "/verify?lang=en", MULTIPART, multipart(part("text", document)))
    assert answer.status == 200, answer.status
    return answer.text()


def is_revoked(server, document):
    text = verified(server, document)
    revoked = text.startswith(T["result.not-verified"])  # the title says it first; endorsements have words of their own
    assert revoked != text.startswith(T["result.verified"]), text
    return revoked


def issuer(document):
    return json.loads(document)["issuer"]["id"]


def what_stands_before():
    """A network with awards, one of them revoked from now on."""
    with start("first", "--port", PORT) as server:
        cookie, _ = sign_in(server, "issuer")
        [(organisation,)] = ask("first", "SELECT id FROM organisation WHERE name_en LIKE 'Cedar Bay%'")
        [(jordan,)] = ask("first", "SELECT id FROM award WHERE learner_key = 'C-1002'")
        page = get(server, f"/organisations/{organisation}/awards/{jordan}", f"Cookie: {cookie}")
        done = send(server, f"/organisations/{organisation}/awards/{jordan}/revoke", cookie=cookie,
                    csrf=fields_of(page)["csrf"], code="error", reason="Mixed up", sure="yes")
        assert ask("first", f"SELECT count(revoked_at) FROM award WHERE id = '{jordan}'") == [(1,)], (done.status, done.text())
        STATE.update(organisation=organisation, revoked=jordan, documents=documents("first"))
        assert len(STATE["documents"]) == 3
        for identifier, document in STATE["documents"].items():
            assert is_revoked(server, document) == (identifier == jordan)


def a_copy_in_an_empty_place_goes_on():
    os.mkdir(place("elsewhere"))
    for name in os.listdir(FOLDER.name):
        if name.startswith("first.db") or name == "master.key":
            shutil.copy(place(name), place("elsewhere", name))
    with start(os.path.join("elsewhere", "first"), "--port", PORT) as server:
        assert b"Making" not in server.printed
        cookie, _ = sign_in(server, "issuer")
        new = award(server, cookie, os.path.join("elsewhere", "first"))
        assert {issuer(new)} == {issuer(document) for document in STATE["documents"].values()}, "it is the same key"
        for document in (new, *STATE["documents"].values()):
            verdict, steps = steps_offline(document)
            assert steps["proof"] == "pass" and "fail" not in steps.values(), steps
        assert not is_revoked(server, new)
        for identifier, document in STATE["documents"].items():
            assert is_revoked(server, document) == (identifier == STATE["revoked"])


def without_the_master_key_it_serves_and_cannot_sign():
    """The copy of a database alone signs nothing in anybody's name."""
    os.mkdir(place("robbed"))
    for name in os.listdir(FOLDER.name):
        if name.startswith("first.db"):
            shutil.copy(place(name), place("robbed", name))
    with Cairn(CAIRN, "--db", place("robbed", "first.db"), "--offline", "--port", PORT, network=True) as server:
        assert "master" in server.said() or "key" in server.said(), server.said()
        assert all("Cedar Bay" in verified(server, document) for document in STATE["documents"].values())
    assert not os.path.exists(place("robbed", "master.key")), "a new one would not open what the old one sealed"


def an_organisation_goes_on_at_another_server():
    with open(place("passphrase"), "w", encoding="utf-8") as file:
        file.write("a passphrase of five words\n")
    how = ("--passphrase-file", place("passphrase"))
    status, out, err = run("export", "--db", database("first"), "--organisation", STATE["organisation"], "--out",
                           place("college.cairn"), *how)
    assert status == 0 and "awards        3\n" in out, (out, err)
    os.mkdir(place("new"))
    new_db = os.path.join("new", "new")
    assert run("init", "--origin", NEW, "--db", database(new_db))[0] == 0
    status, out, err = run("import", "--db", database(new_db), *how, place("college.cairn"))
    assert status == 0 and NEW in out, (out, err)
    assert documents(new_db) == STATE["documents"], "what was signed stays as it was"
    assert ask(new_db, "SELECT count(holder), count(revoked_at) FROM award") == [(1, 1)]
    assert ask(new_db, "SELECT count(*) FROM organisation") == [(1,)]

    with Cairn(CAIRN, "--db", database(new_db), "--origin", NEW, "--offline", "--port", PORT, demo=False) as server:
        new = award(server, "__Host-session=" + session(new_db, "priya@cedarbay.example"), new_db)
        assert issuer(new) == issuer(next(iter(STATE["documents"].values()))), "it is the same key"
        assert NEW in new and f"localhost:{PORT}" not in new, new
        verdict, steps = steps_offline(new)
        assert steps["proof"] == "pass" and "fail" not in steps.values(), steps
        assert not is_revoked(server, new)
        for document in STATE["documents"].values():
            verdict, steps = steps_offline(document)
            assert steps["proof"] == "pass" and steps["status"] == "unknown", steps


tap.run([what_stands_before, a_copy_in_an_empty_place_goes_on, without_the_master_key_it_serves_and_cannot_sign,
         an_organisation_goes_on_at_another_server])
