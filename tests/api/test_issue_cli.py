#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`cairn issue` and `cairn derive`: what is signed with which key is what `cairn verify` finds; what cannot be is
refused with a sentence and a status.

usage: test_issue_cli.py CAIRN
"""
import json
import os
import subprocess
import sys
import tempfile

import tap

CAIRN = os.path.abspath(sys.argv[1])
folder = tempfile.TemporaryDirectory()
V2 = "https://www.w3.org/ns/credentials/v2"
# Keys of the specifications' own examples: eddsa-rdfc-2022, ecdsa-rdfc-2019 with P-256 and P-384.
MULTIKEYS = {
    "ed": ("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"),
    "p256": ("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP", "z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN"),
    "p384": ("z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ",
             "z2fanyY7zgwNpZGxX5fXXibvScNaUWNprHU9dKx7qpVj7mws9J8LLt4mDB5TyH2GLHWkUc"),
}
# RFC 7517, appendix A.2.
JWK = {"kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
       "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM", "d": "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}


def run(*args, stdin=None):
    text = stdin if isinstance(stdin, (bytes, type(None))) else json.dumps(stdin).encode()
    done = subprocess.run([CAIRN, *args], input=text or b"", capture_output=True, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def write(name, content, mode=0o600):
    path = os.path.join(folder.name, name)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else json.dumps(content).encode())
    os.chmod(path, mode)
    return path


def key_file(name):
    return write(f"{name}.json", {"publicKeyMultibase": MULTIKEYS[name][0], "secretKeyMultibase": MULTIKEYS[name][1]})


def credential(issuer="ed", **more):
    return {"@context": [V2], "type": ["VerifiableCredential"],
            "issuer": f"did:key:{MULTIKEYS[issuer][0]}" if issuer in MULTIKEYS else issuer,
            "validFrom": "2025-01-01T00:00:00Z", "validUntil": "2040-01-01T00:00:00Z",
            "name": "Soil Sampling", "description": "Five samples.",
            "credentialSubject": {"id": "urn:uuid:0d8b7a52-6a4c-4a34-8d41-7c1c40c0a902", "name": "Ada"}, **more}


def verify(document):
    status, out, err = run("verify", "--json", "--offline", "--at", "2026-06-01", stdin=document)
    assert not err, err
    return status, json.loads(out)


def proof_problem(document):
    status, report = verify(document)
    assert status == 1, report
    return next(step["problem"] for step in report["steps"] if step["id"] == "proof")


def issue(*args, stdin):
    status, out, err = run("issue", *args, stdin=stdin)
    assert status == 0 and not err and out.endswith(b"\n") and out.count(b"\n") == 1, (args, status, out, err)
    return json.loads(out)


def refused(*args, stdin=None, status=1):
    """No output, one sentence."""
    got, out, err = run(*args, stdin=stdin)
    assert got == status and not out and err.startswith("cairn: "), (args, got, out, err)
    return err


# ---- Signing ----

def every_suite_signs_what_verify_accepts():
    for suite, key in (("eddsa-rdfc-2022", "ed"), ("eddsa-jcs-2022", "ed"), ("ecdsa-rdfc-2019", "p256"),
                       ("ecdsa-rdfc-2019", "p384"), ("ecdsa-jcs-2019", "p256"), ("ecdsa-jcs-2019", "p384")):
        document = issue("--key", key_file(key), "--suite", suite, stdin=credential(key))
        assert document["proof"]["cryptosuite"] == suite, document
        status, report = verify(document)
        assert status == 0, (suite, key, report)
        document["name"] += "!"
        assert proof_problem(document) == "invalid-signature", (suite, key)


def the_suite_follows_from_the_key():
    for key, suite in (("ed", "eddsa-rdfc-2022"), ("p256", "ecdsa-rdfc-2019"), ("p384", "ecdsa-rdfc-2019")):
        document = issue("--key", key_file(key), stdin=credential(key))
        assert document["proof"]["cryptosuite"] == suite, document
    assert "suite" in refused("issue", "--key", key_file("ed"), "--suite", "ecdsa-jcs-2019", stdin=credential())
    assert "suite" in refused("issue", "--key", key_file("ed"), "--suite", "none", stdin=credential())


def what_stands_in_the_proof():
    method = "https://example.org/keys#1"
    document = issue("--key", key_file("ed"), "--method", method, "--at", "2025-02-03T04:05:06Z", "--expires",
                     "2027-01-01", "--id", "urn:uuid:1", stdin=credential())
    proof = document["proof"]
    assert proof["verificationMethod"] == method and proof["created"] == "2025-02-03T04:05:06Z", proof
    assert proof["expires"] == "2027-01-01T00:00:00Z" and proof["id"] == "urn:uuid:1", proof
    assert proof["proofPurpose"] == "assertionMethod", proof


def eddsa_is_the_same_each_time():
    first, second = (issue("--key", key_file("ed"), "--at", "2025-02-03", stdin=credential()) for _ in range(2))
    assert first == second


def a_file_is_read_too():
    name = write("credential.json", credential())
    assert verify(issue("--key", key_file("ed"), name, stdin=None))[0] == 0
    assert verify(issue("--key", key_file("ed"), "-", stdin=credential()))[0] == 0


# ---- Keys ----

def keys_are_read_from_jwks_too():
    own = write("jwk.json", JWK)
    document = issue("--key", own, "--unchecked", stdin=credential("https://example.org/issuer"))
    method = document["proof"]["verificationMethod"]
    assert method.startswith("did:key:zDna"), method
    document = issue("--key", own, stdin=credential(method.split("#")[0]))
    assert verify(document)[0] == 0
    for member in "privateKeyJwk", "secretKeyJwk":
        wrapped = write("wrapped.json", {"id": "https://example.org/issuer#key-1", "type": "JsonWebKey", member: JWK})
        document = issue("--key", wrapped, stdin=credential("https://example.org/issuer"))
        assert document["proof"]["verificationMethod"] == "https://example.org/issuer#key-1", document


def files_that_hold_no_private_key():
    public = {name: value for name, value in JWK.items() if name != "d"}
    for name, content, word in (("public", public, "no private key"), ("empty", {}, "no private key"),
                                ("text", b"hello", "byte"), ("list", [], "no private key"),
                                ("pair", {"publicKeyMultibase": MULTIKEYS["p256"][0],
                                          "secretKeyMultibase": MULTIKEYS["ed"][1]}, "does not belong"),
                                ("cut", {"secretKeyMultibase": MULTIKEYS["ed"][1][:-3] + "0OI"}, "base58"),
                                ("other", {**JWK, "d": JWK["d"][:-4] + "AAAA"}, "JSON Web Key")):
        err = refused("issue", "--key", write(name, content), stdin=credential())
        assert word in err and MULTIKEYS["ed"][1][:9] not in err and JWK["d"][:9] not in err, err
    assert "missing" in refused("issue", "--key", "/missing/key.json", stdin=credential())


def a_key_that_others_can_read_is_told():
    open_file = write("open.json", {"secretKeyMultibase": MULTIKEYS["ed"][1]}, mode=0o644)
    status, out, err = run("issue", "--key", open_file, stdin=credential())
    assert status == 0 and out and "chmod 600" in err, (status, err)


# ---- Sets and chains ----

def proofs_are_added_and_build_on_each_other():
    first = issue("--key", key_file("ed"), "--id", "urn:uuid:1", stdin=credential())
    both = issue("--key", key_file("p256"), "--previous-proof", "urn:uuid:1", stdin=first)
    assert len(both["proof"]) == 2 and both["proof"][1]["previousProof"] == "urn:uuid:1", both
    assert verify(both)[0] == 0, verify(both)
    alone = {**both, "proof": both["proof"][1]}
    assert proof_problem(alone) == "previous-proof-missing"
    assert "build on" in refused("issue", "--key", key_file("p256"), "--previous-proof", "urn:uuid:2", stdin=first)
    assert "already" in refused("issue", "--key", key_file("p256"), "--id", "urn:uuid:1", stdin=first)


# ---- What is no good credential ----

def what_would_not_verify_is_not_signed():
    for change, word in (({"grade": 5}, "grade"), ({"credentialSubject": {}}, "credentialSubject"),
                         ({"type": ["VerifiableCredential", "Unheard"]}, "Unheard"),
                         ({"validFrom": "yesterday"}, "validFrom"),
                         ({"credentialStatus": {"id": "urn:uuid:1"}}, "type"),
                         ({"@context": ["https://example.org/nobody", V2]}, "context"),
                         ({"@context": [V2, "https://example.org/nobody"]}, "https://example.org/nobody")):
        err = refused("issue", "--key", key_file("ed"), stdin=credential(**change))
        assert word in err, (change, err)
    refused("issue", "--key", key_file("ed"), stdin=b"{")
    refused("issue", "--key", key_file("ed"), stdin=b"[]")


def unchecked_signs_any_document():
    document = {"@context": {"name": "https://schema.org/name"}, "name": "Ada"}
    assert "not" in refused("issue", "--key", key_file("ed"), stdin=document)
    # A proof needs terms of its own: what they mean is asked for even so.
    refused("issue", "--key", key_file("ed"), "--unchecked", stdin=document)
    document["@context"] = ["https://w3id.org/security/data-integrity/v2", document["@context"]]
    assert issue("--key", key_file("ed"), "--unchecked", stdin=document)["proof"]


def contexts_come_from_files():
    ours = "https://contexts.example/ours"
    file = write("ours.json", {"@context": {"grade": "https://example.org/grade"}})
    document = credential(**{"@context": [V2, ours], "grade": "5"})
    signed = issue("--key", key_file("ed"), "--context", f"{ours}={file}", stdin=document)
    assert signed["grade"] == "5"
    refused("issue", "--key", key_file("ed"), stdin=document)


# ---- Showing a part ----

def base():
    return issue("--key", key_file("p256"), "--suite", "ecdsa-sd-2023", "--mandatory", "/issuer", "--mandatory",
                 "/validUntil", stdin=credential("p256"))


def the_holder_shows_a_part():
    document = base()
    assert proof_problem(document) == "base-proof"
    status, out, err = run("derive", "--reveal", "/validFrom", "--reveal", "/credentialSubject/name", stdin=document)
    assert status == 0 and not err, err
    part = json.loads(out)
    assert part["credentialSubject"] == {"id": document["credentialSubject"]["id"], "name": "Ada"}, part
    assert part["validUntil"] and "name" not in part and "description" not in part, part
    assert verify(part)[0] == 0, verify(part)
    del part["validUntil"]
    assert proof_problem(part) == "invalid-signature"


def what_a_holder_could_hide_is_told():
    args = ("issue", "--key", key_file("p256"), "--suite", "ecdsa-sd-2023")
    status, out, err = run(*args, "--mandatory", "/issuer", stdin=credential("p256"))
    assert status == 0 and out and err.count("\n") == 1 and "/validUntil" in err, err
    status, out, err = run(*args, "--mandatory", "", stdin=credential("p256"))
    assert status == 0 and out and not err, err
    part = json.loads(run("derive", stdin=out)[1])
    assert part["name"] and verify(part)[0] == 0, part


def a_key_of_another_than_the_issuer_is_told():
    status, out, err = run("issue", "--key", key_file("ed"), stdin=credential("p256"))
    assert status == 0 and out and err.count("\n") == 1 and "will not verify" in err, err
    status, out, err = run("issue", "--key", key_file("ed"), "--unchecked", stdin=credential("p256"))
    assert status == 0 and out and not err, err


def what_is_for_the_holder_alone_is_not_presented():
    asked = ("--key", key_file("p256"), "--challenge", "c", "--domain", "d")
    err = refused("present", *asked, write("base.json", base()))
    assert "cairn derive" in err, err
    _, shown, _ = run("derive", "--reveal", "/validFrom", stdin=base())
    status, out, err = run("present", *asked, write("shown.json", shown))
    assert status == 0 and out and not err, err


def what_cannot_be_derived():
    document = base()
    assert "/nothing" in refused("derive", "--reveal", "/nothing", stdin=document)
    assert "base proof" in refused("derive", "--reveal", "/name", stdin=credential())
    part = json.loads(run("derive", "--reveal", "", stdin=document)[1])
    assert "base proof" in refused("derive", "--reveal", "/name", stdin=part)
    document["description"] += "!"
    whole = json.loads(run("derive", "--reveal", "", stdin=document)[1])
    assert proof_problem(whole) == "invalid-signature"
    refused("derive", stdin=b"{")
    assert "/nothing" in refused("issue", "--key", key_file("p256"), "--mandatory", "/nothing", "--suite",
                                 "ecdsa-sd-2023", stdin=credential("p256"))
    assert "whole" in refused("issue", "--key", key_file("p256"), "--mandatory", "/issuer", stdin=credential("p256"))


# ---- Usage ----

def wrong_usage_is_64():
    for args in (("issue",), ("issue", "--key"), ("issue", "--key", "k", "a", "b"), ("issue", "--key", "k", "--at", "x"),
                 ("issue", "--nothing"), ("derive", "a", "b"), ("derive", "--reveal"), ("derive", "--context", "x")):
        status, out, err = run(*args)
        assert status == 64 and not out and err, (args, status, out, err)


def help_names_the_options():
    for command, words in (("issue", ("--key", "--suite", "--mandatory", "--previous-proof", "--at")),
                           ("derive", ("--reveal",))):
        status, out, err = run(command, "--help")
        assert status == 0 and not err and all(word in out.decode() for word in words), (command, out)


tap.run([
    every_suite_signs_what_verify_accepts, the_suite_follows_from_the_key, what_stands_in_the_proof,
    eddsa_is_the_same_each_time, a_file_is_read_too, keys_are_read_from_jwks_too, files_that_hold_no_private_key,
    a_key_that_others_can_read_is_told, proofs_are_added_and_build_on_each_other,
    what_would_not_verify_is_not_signed, unchecked_signs_any_document, contexts_come_from_files,
    the_holder_shows_a_part, what_a_holder_could_hide_is_told, a_key_of_another_than_the_issuer_is_told,
         what_is_for_the_holder_alone_is_not_presented, what_cannot_be_derived, wrong_usage_is_64, help_names_the_options,
])
