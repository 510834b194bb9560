#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""libcairn as others get it: installed into a clean folder, found by pkg-config, linked both ways, taken away again.

usage: test_library.py BUILD CC
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

BUILD, CC = os.path.abspath(sys.argv[1]), sys.argv[2:] or ["cc"]
ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "tests" / "data" / "vc"
TOP = tempfile.TemporaryDirectory(prefix="cairn-library-")
DEST, WORK = Path(TOP.name) / "dest", Path(TOP.name) / "work"
ENV = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PKG_CONFIG_SYSROOT_DIR": str(DEST)}


def run(*command, env=None, cwd=None, stdin=None):
    done = subprocess.run([str(c) for c in command], capture_output=True, timeout=120, cwd=cwd or WORK,
                          env={**ENV, **(env or {})}, input=stdin or b"")
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def good(*command, **how):
    status, out, err = run(*command, **how)
    assert status == 0, f"{command}: {status}\n{out}{err}"
    return out


def place(verb):
    good(ROOT / "tools" / "place", verb, BUILD, "", DEST, env=dict(os.environ), cwd=ROOT)


def one(pattern):
    found = [p for p in DEST.rglob(pattern)]
    assert len(found) == 1, (pattern, found)
    return found[0]


def everything_is_put_into_its_place():
    WORK.mkdir()
    place("install")
    for name in ("bin/cairn", "bin/cairn-server", "include/cairn/cairn.h", "libcairn.so.0", "libcairn.a", "cairn.pc", "man1/cairn.1",
                 "man1/cairn-server.1", "doc/cairn/LICENSE", "doc/cairn/NOTICE"):
        one(f"**/{name}")
    ENV["PKG_CONFIG_PATH"] = str(one("cairn.pc").parent)
    version = good(one("bin/cairn"), "--version").split()[-1]
    assert good(one("bin/cairn"), "serve", "--help").startswith("usage: cairn serve")
    assert good("pkg-config", "--modversion", "cairn").strip() == version
    assert one("libcairn.so").resolve().name == f"libcairn.so.{version}"
    soname = re.search(r"SONAME.*\[(.*)\]", good("readelf", "-d", one("libcairn.so")))[1]
    assert soname == f"libcairn.so.{version.split('.')[0]}", soname


def what_is_installed_names_no_folder_of_the_build():
    for name in ("cairn.pc", "cairn.h"):
        text = one(name).read_text()
        assert str(ROOT) not in text and BUILD not in text and str(DEST) not in text, name


def the_header_is_c11_c17_and_cxx():
    flags = good("pkg-config", "--cflags", "cairn").split()
    strict = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", *flags]
    source = b"#include <cairn/cairn.h>\n" * 2
    for compiler, standards in ((CC, ("c11", "c17", "gnu17")), (["c++"], ("c++11", "c++17", "c++20"))):
        for standard in standards:
            language = "c++" if "++" in standard else "c"
            good(*compiler, f"-std={standard}", *strict, "-x", language, "-", stdin=source)


def private_libraries_are_named_for_static_linking_alone():
    shared = good("pkg-config", "--libs", "cairn").split()
    static = good("pkg-config", "--static", "--libs", "cairn").split()
    assert "-lcairn" in shared and "-lcrypto" not in shared, shared
    for name in ("-lcairn", "-lcrypto", "-lsodium", "-lexpat", "-lm"):
        assert name in static, (name, static)


def the_examples_build_in_a_clean_folder():
    for path in (ROOT / "examples").iterdir():
        if path.suffix == ".c" or path.name == "Makefile":
            shutil.copy(path, WORK)
    flags = ["CC=" + " ".join(CC), "CFLAGS=-O2 -Wall -Wextra -Wpedantic -Werror"]
    good("make", *flags)
    good("make", *flags, "static")
    for path in WORK.glob("*.c"):
        shared, static = (good("readelf", "-d", WORK / (path.stem + end)) for end in ("", "-static"))
        assert "libcairn.so.0" in shared, path
        assert "libcairn" not in static, path


def example(name, *arguments, **how):
    """What both of its programs do, which is the same: (status, output)."""
    status, out, err = run(WORK / name, *arguments, env={"LD_LIBRARY_PATH": str(one("libcairn.so").parent)}, **how)
    assert (status, out) == run(WORK / f"{name}-static", *arguments, **how)[:2]
    assert status < 128, err
    return status, out


def the_example_verifies_a_file():
    did = DATA / "net" / "college-did.json"
    for arguments, status, verdict in (
            ([DATA / "good.json"], 0, "verified"), ([DATA / "tampered.json"], 1, "not verified"),
            ([DATA / "web.json"], 2, "unknown"), ([DATA / "ob2-signed.png"], 2, "unknown"),
            ([DATA / "web.json", f"https://college.example/.well-known/did.json={did}"], 0, "verified")):
        got, out = example("verify", *arguments)
        assert got == status and json.loads(out)["verdict"] == verdict, (arguments, got, out)
    assert example("verify", DATA / "no-such-file") == (3, "")
    assert example("verify") == (3, "")


CREDENTIAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Knots",
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {"id": "urn:uuid:2", "type": ["AchievementSubject"], "achievement": {
        "id": "urn:uuid:3", "type": ["Achievement"], "name": "Knots", "description": "Ties them.",
        "criteria": {"narrative": "Ten knots."}}}}


def the_example_issues_with_ones_own_key():
    key, unsigned, issued = WORK / "key.jwk", WORK / "unsigned.json", WORK / "issued.json"
    env = {"LD_LIBRARY_PATH": str(one("libcairn.so").parent)}
    first, second = good(WORK / "issue", "-", env=env), good(WORK / "issue-static", "-")
    assert json.loads(first)["d"] != json.loads(second)["d"], "two keys are two"
    key.write_text(first)
    status, did = example("issue", key)
    assert status == 0 and did.startswith("did:key:z6Mk"), did
    unsigned.write_text(json.dumps({**CREDENTIAL, "issuer": {"id": did.strip(), "type": ["Profile"]}}))
    for suite in ((), ("eddsa-jcs-2022",), ("vc+jwt",)):
        issued.write_text(good(WORK / "issue", key, unsigned, *suite, env=env))
        status, report = example("verify", issued)
        assert status == 0, report
    status, out, err = run(WORK / "issue-static", key, unsigned, "ecdsa-rdfc-2019")
    assert status == 1 and not out and "[sign.suite]" in err, err
    unsigned.write_text(json.dumps(CREDENTIAL))
    status, out, err = run(WORK / "issue-static", key, unsigned)
    assert status == 1 and not out and "(/issuer) [issue.credential]" in err, err


def the_example_canonicalises():
    document = b'{"@context": {"n": "https://v.example/n"}, "n": ["b", "a", 1.0]}'
    assert example("canonize", "json", stdin=b'{"b": 1.0, "a": []}') == (0, '{"a":[],"b":1}')
    assert example("canonize", "nquads", stdin=b'_:x <urn:p> "1" .') == (0, '_:c14n0 <urn:p> "1" .\n')
    status, out = example("canonize", "jsonld", stdin=document)
    assert status == 0 and out.splitlines() == [
        '_:c14n0 <https://v.example/n> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '_:c14n0 <https://v.example/n> "a" .', '_:c14n0 <https://v.example/n> "b" .'], out
    assert example("canonize", "jsonld", stdin=b'{"n": 1}')[0] == 1
    assert example("canonize", "json", stdin=b"{")[0] == 1
    assert example("canonize", "xml")[0] == 2


def nothing_is_left_when_it_is_taken_away():
    place("uninstall")
    left = [p for p in DEST.rglob("*") if not p.is_dir()] + list(DEST.rglob("cairn"))
    assert not left, left


tap.run([everything_is_put_into_its_place, what_is_installed_names_no_folder_of_the_build,
         the_header_is_c11_c17_and_cxx, private_libraries_are_named_for_static_linking_alone,
         the_examples_build_in_a_clean_folder, the_example_verifies_a_file,
         the_example_issues_with_ones_own_key, the_example_canonicalises, nothing_is_left_when_it_is_taken_away])
