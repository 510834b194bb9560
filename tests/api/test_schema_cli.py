#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cairn schema: what it takes, what it prints, how it exits.

usage: test_schema_cli.py CAIRN
"""
import json
import os
import subprocess
import sys
import tempfile

import tap

CAIRN = os.path.abspath(sys.argv[1])
folder = tempfile.TemporaryDirectory()


def run(*args, stdin=b""):
    done = subprocess.run([CAIRN, "schema", *args], input=stdin, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def write(name, content):
    path = os.path.join(folder.name, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def valid_and_not_valid():
    schema = write("s.json", {"properties": {"name": {"type": "string", "maxLength": 3}}, "required": ["name"]})
    assert run(schema, stdin=b'{"name": "abc"}') == (0, "valid\n", "")
    assert run(schema, write("good.json", {"name": ""})) == (0, "valid\n", "")
    status, out, err = run(schema, "-", stdin=b'{"name": "abcd"}')
    assert status == 1 and not err, (status, err)
    assert out == ('not valid\n  /name  The property "name" must have at most 3 characters, but has 4. '
                   '[#/properties/name/maxLength]\n'), out
    status, out, err = run(schema, stdin=b"{}")
    assert status == 1 and '(whole)  The document lacks "name".' in out, out


def for_programs():
    schema = write("s.json", {"$id": "https://s.example/x", "items": {"maximum": 3}})
    status, out, err = run("--json", schema, stdin=b"[1, 5.50]")
    assert status == 1 and not err
    assert json.loads(out) == {"valid": False, "more": False, "violations": [
        {"instance": "/1", "schema": "https://s.example/x#/items/maximum", "keyword": "maximum", "limit": "3",
         "value": "5.5", "detail": "Item 2 of the document must be at most 3."}]}, out
    status, out, err = run("--json", schema, stdin=b"[1]")
    assert (status, json.loads(out)) == (0, {"valid": True, "more": False, "violations": []})


def the_number_of_violations():
    schema = write("s.json", {"items": False})
    many = json.dumps(list(range(50))).encode()
    assert run(schema, stdin=many)[1].count("\n") == 22
    assert run("--all", schema, stdin=many)[1].count("\n") == 51


def dialects():
    schema = write("s.json", {"exclusiveMinimum": True, "minimum": 1})
    assert run(schema, stdin=b"1")[0] == 2
    assert run("--dialect", "draft-04", schema, stdin=b"1")[0] == 1
    assert run("--dialect", "draft-04", schema, stdin=b"2")[0] == 0
    own = write("own.json", {"$schema": "http://json-schema.org/draft-04/schema#", "exclusiveMinimum": True, "minimum": 1})
    assert run(own, stdin=b"1")[0] == 1
    assert run("--dialect", "draft-03", schema, stdin=b"1")[0] == 64


def documents_from_files():
    schema = write("s.json", {"$ref": "https://s.example/a/b.json"})
    other = write("away/b.json", {"$ref": "c.json"})
    write("away/c.json", {"type": "integer"})
    status, out, err = run(schema, stdin=b"1")
    assert status == 2 and not out and "--map" in err, err
    away = os.path.dirname(other)
    assert run("--map", f"https://s.example/a/={away}/", schema, stdin=b"1")[0] == 0
    assert run("--map", f"https://s.example/a/={away}/", schema, stdin=b'"1"')[0] == 1
    assert run("--map", f"https://s.example/a/b.json={other}", schema, stdin=b"1")[0] == 2
    up = write("up.json", {"$ref": "https://s.example/a/%2e./x"})
    assert run("--map", f"https://s.example/a/={away}/", up, stdin=b"1")[0] == 2
    assert run("--map", "https://s.example/", schema, stdin=b"1")[0] == 64


def formats_only_where_asked():
    schema = write("s.json", {"format": "date"})
    assert run(schema, stdin=b'"tomorrow"')[0] == 0
    assert run("--formats", schema, stdin=b'"tomorrow"')[0] == 1


def what_cannot_be_said():
    good = write("s.json", {})
    for args, stdin in ((("/nowhere.json",), b"1"), ((good,), b"{"), ((write("t.json", {"type": "strin"}),), b"1"),
                        ((write("r.json", {"$ref": "#"}),), b"1"),
                        (("--max-work", "10", write("w.json", {"items": {"type": "number"}})), b"[1,2,3,4,5,6,7]")):
        status, out, err = run(*args, stdin=stdin)
        assert status == 2 and not out and err.startswith("cairn: ") and err.count("\n") == 1, (args, status, out, err)
        status, out, err = run("--json", *args, stdin=stdin)
        assert status == 2 and json.loads(out) == {"valid": None} and err


def usage():
    for args in ((), ("a", "b", "c"), ("-",), ("--wrong", "a"), ("--max-work", "x", "a")):
        status, out, err = run(*args)
        assert status == 64 and not out and err, (args, status)
    status, out, err = run("--help")
    assert status == 0 and "--dialect" in out and "Exit status" in out


tap.run([valid_and_not_valid, for_programs, the_number_of_violations, dialects, documents_from_files,
         formats_only_where_asked, what_cannot_be_said, usage])
