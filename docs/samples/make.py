#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the signed files beside it:

    docs/samples/make.py build/tests/tools/sign build/cairn

The keys are public knowledge (32 equal bytes each), so these samples show how things look and prove nothing. A run
changes nothing unless this file has changed.
"""
import base64
import gzip
import json
import os
import subprocess
import sys

SIGN, CAIRN = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
os.chdir(os.path.dirname(os.path.abspath(__file__)))
V2, TERMS = "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
STATUS = "https://northern.example/status/1"
REGISTRY, COLLEGE = 21, 22


def seed(key):
    return f"{key:02x}" * 32


def did(key):
    return "did:key:" + subprocess.run([SIGN, seed(key)], capture_output=True, check=True, text=True).stdout.strip()


def sign(document, key):
    method = did(key) + "#" + did(key).removeprefix("did:key:")
    return json.loads(subprocess.run([SIGN, seed(key), method], input=json.dumps(document), capture_output=True,
                                     check=True, text=True).stdout)


def write(name, document):
    with open(name, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=2)
        file.write("\n")


def in_both(english, french):
    return [{"@value": english, "@language": "en"}, {"@value": french, "@language": "fr"}]


def status(entry):
    return {"id": f"{STATUS}#{entry}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": str(entry), "statusListCredential": STATUS}


def badge(number, **members):
    """A micro-credential with what a reader wants to see: criteria, outcome, alignment, evidence."""
    return {
        "@context": [V2, OB3], "id": f"urn:uuid:6a1f0c52-7d1e-4b7b-9a55-0000000000{number:02}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Soil Sampling",
        "issuer": {"id": did(COLLEGE), "type": ["Profile"], "name": "Northern College"},
        "validFrom": "2026-01-15T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:6a1f0c52-7d1e-4b7b-9a55-0000000000aa", "type": ["Achievement"],
                "achievementType": "MicroCredential", "name": "Soil Sampling",
                "description": "Takes, labels and records soil samples in the field.",
                "criteria": {"narrative": "Takes five samples under the eyes of an assessor, two of them in wet "
                                          "ground, and writes the record that goes with each."},
                "resultDescription": [{"id": "urn:uuid:6a1f0c52-7d1e-4b7b-9a55-0000000000ab",
                                       "type": ["ResultDescription"], "name": "Field work", "resultType": "Result",
                                       "allowedValue": ["Pass", "Pass with distinction"]}],
                "alignment": [{"type": ["Alignment"], "targetName": "Collect environmental samples",
                               "targetFramework": "Skills of Northern College",
                               "targetUrl": "https://northern.example/skills/collect-samples"}]},
            "result": [{"type": ["Result"], "value": "Pass with distinction",
                        "resultDescription": "urn:uuid:6a1f0c52-7d1e-4b7b-9a55-0000000000ab"}]},
        "evidence": [{"id": "https://northern.example/evidence/17", "type": ["Evidence"], "name": "Record of a day "
                      "in the field", "narrative": "Five samples along a brook, with photographs."}],
        **members}


def status_list(revoked):
    bits = bytearray(16384)
    for entry in revoked:
        bits[entry // 8] |= 0x80 >> entry % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return {"@context": [V2], "id": STATUS, "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": did(COLLEGE), "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {"id": STATUS + "#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
                                  "encodedList": "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")}}


def registry():
    return {"@context": [V2, TERMS], "id": "https://registry.example/colleges",
            "type": ["VerifiableCredential", "RecognizedEntityCredential"], "name": "Colleges of the samples",
            "issuer": did(REGISTRY), "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2036-01-01T00:00:00Z",
            "credentialSubject": [{"id": did(COLLEGE), "type": "RecognizedEntity",
                                   "name": in_both("Northern College", "Collège Nordique"),
                                   "url": "https://northern.example/"}]}


good = sign(badge(1), COLLEGE)
write("good.json", good)
tampered = json.loads(json.dumps(good))
tampered["credentialSubject"]["achievement"]["name"] = tampered["name"] = "Soil Science"
write("tampered.json", tampered)
write("not-revoked.json", sign(badge(4, credentialStatus=status(17)), COLLEGE))
write("revoked.json", sign(badge(2, credentialStatus=status(18)), COLLEGE))
write("expired.json", sign(badge(3, validUntil="2026-02-01T00:00:00Z"), COLLEGE))
write("status.json", sign(status_list([18]), COLLEGE))
write("registry.json", sign(registry(), REGISTRY))
write("url-map.json", {"urls": {STATUS: {"file": "status.json"}}})
mark = os.path.join("..", "..", "web", "static", "mark.svg")
with open("good.svg", "wb") as file:
    subprocess.run([CAIRN, "bake", "--image", mark, "good.json"], check=True, stdout=file)
