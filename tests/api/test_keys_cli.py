#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Keys in files, and what their holders present with them: cairn keys new, keys show, present, and verify with a
challenge and a domain.

usage: test_keys_cli.py CAIRN
"""
import base64
import hashlib
import json
import os
import stat
import subprocess
import sys
import tempfile

import tap

CAIRN = os.path.abspath(sys.argv[1])
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "vc")
folder = tempfile.TemporaryDirectory()
ASKED = ("--challenge", "c-123", "--domain", "https://verifier.example")
AT = ("--at", "2026-06-01", "--url-map", os.path.join(DATA, "url-map.json"))


def run(*args, stdin=b""):
    done = subprocess.run([CAIRN, *args], input=stdin, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def path(name):
    return os.path.join(folder.name, name)


def data(name):
    return os.path.join(DATA, name)


def new_key(name, *options):
    file = path(name)
    if not os.path.exists(file):
        status, out, err = run("keys", "new", "--out", file, *options)
        assert (status, out, err) == (0, "", ""), (status, out, err)
    return file


def shown(file):
    status, out, err = run("keys", "show", file)
    assert status == 0 and not err, (status, err)
    return dict(line.split(None, 1) for line in out.splitlines())


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def write(name, text):
    with open(path(name), "w", encoding="utf-8") as file:
        file.write(text)
    return path(name)


def verify(file, *options):
    status, out, err = run("verify", "--json", *AT, *options, file)
    assert not err, err
    return status, json.loads(out)


def step(report, name):
    return next(s for s in report["steps"] if s["id"] == name)


def present(*args):
    status, out, err = run("present", *args)
    assert status == 0 and not err and out.count("\n") == 1, (status, out, err)
    return out


# ---- Keys ----

def a_new_key_is_for_its_owner_alone():
    for kind, prefix in (("ed25519", "z6Mk"), ("p256", "zDn"), ("p384", "z82")):
        file = new_key(kind + ".json", "--kind", kind)
        assert stat.S_IMODE(os.stat(file).st_mode) == 0o600, file
        with open(file, encoding="utf-8") as text:
            key = json.load(text)
        assert key["type"] == "Multikey" and key["publicKeyMultibase"].startswith(prefix), key["publicKeyMultibase"]
        assert key["id"] == f"{key['controller']}#{key['publicKeyMultibase']}", key["id"]
        assert key["secretKeyMultibase"].startswith("z"), "no secret half"


def no_file_is_overwritten():
    file = new_key("ed25519.json", "--kind", "ed25519")
    before = open(file, "rb").read()
    status, out, err = run("keys", "new", "--out", file)
    assert status == 1 and not out and "already" in err, (status, err)
    assert open(file, "rb").read() == before
    status, _, err = run("keys", "new", "--out", path("nowhere/key.json"))
    assert status == 1 and "could not be written" in err, err


def no_two_keys_are_one():
    made = {run("keys", "new")[1] for _ in range(5)}
    assert len(made) == 5 and all("secretKeyMultibase" in text for text in made)


def the_public_half_is_told_and_the_private_never():
    for kind, curve in (("ed25519", "Ed25519"), ("p256", "P-256"), ("p384", "P-384")):
        file = new_key(kind + ".jwk", "--kind", kind, "--form", "jwk")
        key, told = json.load(open(file, encoding="utf-8")), shown(file)
        jwk = json.loads(told["jwk"])
        assert jwk == {name: key[name] for name in jwk} and "d" not in jwk and jwk["crv"] == curve, jwk
        assert json.loads(unbase64(told["did:jwk"].removeprefix("did:jwk:"))) == jwk, told
        text = json.dumps(jwk, sort_keys=True, separators=(",", ":"))
        assert unbase64(told["thumbprint"]) == hashlib.sha256(text.encode()).digest(), told
        assert told["method"].startswith(told["did:key"] + "#"), told
        assert key["d"] not in json.dumps(told), "the private half"


def what_holds_no_key_says_so():
    for text in ("{}", "[]", "hello", '{"kty":"OKP","crv":"Ed25519","x":"AA"}'):
        status, out, err = run("keys", "show", write("none.json", text))
        assert status == 1 and not out and err.startswith("cairn: "), (text, status, err)


def wrong_usage_is_64():
    for args in (("keys", "new", "--kind", "rsa"), ("keys", "new", "--form", "pem"), ("keys", "new", "x"),
                 ("keys", "show"), ("keys", "show", "a", "b"), ("keys", "new", "--nonsense"),
                 ("present",), ("present", "--key", "x", data("good.json")),
                 ("present", "--key", "x", *ASKED), ("present", "--key", "x", *ASKED, "--form", "pdf", "x"),
                 ("present", "--key", "x", *ASKED, "--reveal", "/name", "x"),
                 ("present", "--key", "x", *ASKED, "--form", "sd-jwt", "--method", "did:example:x#y", "x"),
                 ("present", "--key", "x", *ASKED, *["x"] * 17)):
        status, out, err = run(*args)
        assert status == 64 and not out and err, (args, status, out, err)
    for args in (("keys", "new", "--help"), ("keys", "show", "--help"), ("present", "--help")):
        status, out, err = run(*args)
        assert status == 0 and out.startswith("usage: cairn ") and not err, (args, err)


# ---- Presentations ----

def every_form_answers_a_challenge():
    for form in ("vp", "jwt"):
        for key in ("ed25519.json", "p256.json", "p384.jwk"):
            kind, suffix = key.split(".")
            file = new_key(key, "--kind", kind, "--form", "jwk" if suffix == "jwk" else "multikey")
            text = present("--key", file, "--form", form, *ASKED, data("good.json"), data("two-proofs.json"))
            status, report = verify(write("presented", text), *ASKED)
            assert status == 0 and report["verdict"] == "verified", (form, key, report)
            assert report["presentation"]["holder"] == shown(file)["did:key"], report["presentation"]
            assert [c["verdict"] for c in report["credentials"]] == ["verified", "verified"], report
            assert report["credential"] is None


def an_answer_is_for_one_occasion():
    text = write("once", present("--key", new_key("ed25519.json"), *ASKED, data("good.json")))
    for asked, problem in ((("--challenge", "other"), "challenge-mismatch"),
                           (("--challenge", "c-123", "--domain", "https://other.example"), "domain-mismatch")):
        status, report = verify(text, *asked)
        assert status == 1 and step(report, "holder")["problem"] == problem, report
    status, report = verify(text)
    assert status == 0 and step(report, "holder")["problem"] == "holder-not-asked", report


def a_credential_alone_answers_nobody():
    status, report = verify(data("good.json"), *ASKED)
    assert status == 1 and step(report, "holder")["problem"] == "holder-missing", report


def what_does_not_hold_is_told_with_its_place():
    text = present("--key", new_key("ed25519.json"), *ASKED, data("good.json"), data("revoked.json"))
    status, report = verify(write("two", text), *ASKED)
    assert status == 1 and [c["verdict"] for c in report["credentials"]] == ["verified", "not verified"], report
    told = step(report, "credentials")
    assert told["problem"] == "presented-invalid" and told["where"] == "/verifiableCredential/1", told
    status, out, _ = run("verify", *AT, *ASKED, path("two"))
    assert "credential 2" in out and "shown by" in out and "A presentation was found." in out, out


def a_badge_in_a_picture_is_presented():
    picture = os.path.join(DATA, "..", "..", "..", "docs", "samples", "good.svg")
    text = present("--key", new_key("ed25519.json"), *ASKED, picture)
    status, report = verify(write("picture", text), *ASKED)
    assert status == 0 and report["credentials"][0]["verdict"] == "verified", report


def what_cannot_be_presented_says_so():
    key = new_key("ed25519.json")
    for name, args in ((data("good.json"), ("--form", "sd-jwt")), (write("empty", ""), ()), (path("missing"), ()),
                       (write("prose", "hello"), ())):
        status, out, err = run("present", "--key", key, *ASKED, *args, name)
        assert status == 1 and not out and err.startswith("cairn: "), (name, status, err)
    status, out, err = run("present", "--key", data("good.json"), *ASKED, data("good.json"))
    assert status == 1 and not out and "no private key" in err, err


# ---- JWTs and SD-JWTs ----

def credential(issuer):
    with open(data("unsigned.json"), encoding="utf-8") as file:
        document = json.load(file)
    document["issuer"] = issuer
    return document


def issue(issuer_key, *options):
    document = credential(shown(issuer_key)["did:key"])
    status, out, err = run("issue", "--key", issuer_key, *options, "-", stdin=json.dumps(document).encode())
    assert status == 0 and not err, (status, err)
    return out


def a_credential_is_issued_as_a_jwt():
    for kind in ("ed25519", "p256", "p384"):
        token = issue(new_key(kind + ".json", "--kind", kind), "--suite", "vc+jwt")
        assert token.count(".") == 2 and token.startswith("ey") and "~" not in token, token
        status, report = verify(write("token", token))
        assert status == 0 and report["credential"]["format"] == "jwt", report


def its_holder_shows_what_they_like():
    holder, token = new_key("p256.json", "--kind", "p256"), None
    token = write("sd", issue(new_key("ed25519.json"), "--suite", "vc+sd-jwt", "--withhold", "/name",
                              "--withhold", "/credentialSubject/id", "--holder", shown(holder)["did:jwk"]))
    status, report = verify(token)
    assert status == 0 and (report["credential"]["disclosed"], report["credential"]["withheld"]) == (2, 0), report
    shown_part = present("--key", holder, "--form", "sd-jwt", *ASKED, "--at", "2026-05-31", "--reveal", "/name", token)
    status, report = verify(write("part", shown_part), *ASKED)
    assert status == 0 and (report["credential"]["disclosed"], report["credential"]["withheld"]) == (1, 1), report
    assert step(report, "holder")["outcome"] == "pass" and "subject" not in report["credential"].get("subject", {}), report
    assert step(report, "read")["problem"] == "claims-withheld", report
    status, report = verify(path("part"), "--challenge", "other")
    assert status == 1 and step(report, "holder")["problem"] == "challenge-mismatch", report
    other = present("--key", new_key("ed25519.json"), "--form", "sd-jwt", *ASKED, "--at", "2026-05-31", token)
    status, report = verify(write("stolen", other), *ASKED)
    assert status == 1 and step(report, "holder")["problem"] == "key-wrong-kind", report


def what_cannot_be_withheld_is_not_issued():
    key = new_key("ed25519.json")
    for options, expected in ((("--suite", "vc+sd-jwt", "--withhold", "/issuer"), 1),
                              (("--suite", "vc+sd-jwt", "--withhold", "/nothing"), 1),
                              (("--suite", "vc+sd-jwt", "--holder", "did:web:x.example"), 1),
                              (("--suite", "vc+cose",), 64), (("--withhold", "/name"), 64)):
        document = json.dumps(credential(shown(key)["did:key"])).encode()
        status, out, err = run("issue", "--key", key, *options, "-", stdin=document)
        assert status == expected and not out and err, (options, status, err)


tap.run([a_new_key_is_for_its_owner_alone, no_file_is_overwritten, no_two_keys_are_one,
         the_public_half_is_told_and_the_private_never, what_holds_no_key_says_so, wrong_usage_is_64,
         every_form_answers_a_challenge, an_answer_is_for_one_occasion, a_credential_alone_answers_nobody,
         what_does_not_hold_is_told_with_its_place, a_badge_in_a_picture_is_presented,
         what_cannot_be_presented_says_so, a_credential_is_issued_as_a_jwt, its_holder_shows_what_they_like,
         what_cannot_be_withheld_is_not_issued])
