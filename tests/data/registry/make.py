#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the signed files beside it:

    tests/data/registry/make.py build/tests/tools/sign

The keys are public knowledge (32 equal bytes each: key 1 signs the lists, key 2 is Northern College's, key 3
another of Northern College's, key 4 nobody's) and the signatures deterministic: a run changes nothing unless this
file has changed. The signed files are kept, so that tests verify what was signed then.
"""
import json
import os
import subprocess
import sys

SIGN, HERE = os.path.abspath(sys.argv[1]), os.path.dirname(os.path.abspath(__file__))
V2, TERMS = "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def seed(key):
    return f"{key:02x}" * 32


def did(key):
    multikey = subprocess.run([SIGN, seed(key)], capture_output=True, check=True).stdout.decode().strip()
    return "did:key:" + multikey


def sign(document, key):
    method = did(key) + "#" + did(key)[len("did:key:"):]
    done = subprocess.run([SIGN, seed(key), method], input=json.dumps(document).encode(), capture_output=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def write(name, document):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=2)
        file.write("\n")


def in_both(english, french):
    return [{"@value": english, "@language": "en"}, {"@value": french, "@language": "fr"}]


def registry(**members):
    document = {
        "@context": [V2, TERMS], "id": "https://registry.example/colleges",
        "type": ["VerifiableCredential", "RecognizedEntityCredential"],
        "name": "Colleges of Ontario", "issuer": did(1),
        "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2027-01-01T00:00:00Z",
        "credentialSubject": [
            {"id": did(2), "type": "RecognizedEntity", "name": in_both("Northern College", "Collège Nordique"),
             "legalName": "Northern College of Applied Arts and Technology", "sameAs": [did(3)],
             "url": "https://northern.example/"},
            {"id": "did:web:riviere.example", "type": "RecognizedEntity", "name": "Collège de la Rivière",
             "alternateName": ["River College"], "url": "https://riviere.example/"},
        ]}
    document.update(members)
    return document


def badge(name, key, **members):
    document = {
        "@context": [V2, OB3], "id": "urn:uuid:91537dba-56cb-11ec-bf63-0242ac130002",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": did(key), "type": ["Profile"], "name": name}, "validFrom": "2026-01-01T00:00:00Z",
        "name": "First aid", "credentialSubject": {
            "type": ["AchievementSubject"], "achievement": {
                "id": "urn:uuid:0b3b2b7e-0001-4000-8000-000000000001", "type": ["Achievement"], "name": "First aid",
                "description": "Has shown first aid.", "criteria": {"narrative": "A practical test."}}}}
    document.update(members)
    return sign(document, key)


signed = sign(registry(), 1)
write("list.json", signed)
write("list-tampered.json", {**signed, "name": "Universities of Ontario"})
write("list-expired.json", sign(registry(validUntil="2026-03-01T00:00:00Z"), 1))
# Two ways in which somebody who passes the list on could let a term say what another one said.
write("list-context-inline.json", sign(registry(**{"@context": [V2, TERMS, {"x": "https://x.example/"}]}), 1))
within = registry()
within["credentialSubject"][0]["@context"] = {"alias": "https://www.w3.org/ns/credentials/undefined-term#sameAs"}
write("list-context-within.json", sign(within, 1))
write("list-with-problems.json", sign(registry(credentialSubject=registry()["credentialSubject"] + [
    {"type": "RecognizedEntity", "name": "Without Id"}, {"id": did(4), "type": "RecognizedEntity"},
    {"id": did(4), "type": "Thing", "name": "Not an entity"}]), 1))
write("list-unsigned.json", {"meta": {"created": "2026-01-01"}, "registry": {
    did(2): {"name": "Northern College", "location": "Timmins, ON", "url": "https://northern.example/"},
    "not an id": {"name": "Nobody"}}})
write("badge-listed.json", badge("Our own name for ourselves", 2))
write("badge-second-id.json", badge("Northern College", 3))
write("badge-unlisted.json", badge("Evening School", 4))
write("badge-impostor.json", badge("NORTHERN  COLLEGE", 4))
# The second letter is Cyrillic, and the last one is seen by nobody.
write("badge-impostor-alike.json", badge("C\u043ell\u00e8ge Nordique\u200b", 4))
# Readers of French would see the second name.
write("badge-impostor-french.json", badge(in_both("Evening School", "Collège Nordique"), 4))
write("badge-name-of-another.json", badge("River College", 2))
forged = badge("Northern College", 2)
write("badge-forged.json", {**forged, "name": "Advanced first aid"})
