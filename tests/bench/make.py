#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes what is measured: tests/bench/make.py CAIRN FOLDER [small|large]

"small" are a badge of 4 kB, its signed forms and the list of its status: they stand in tests/bench/data, so that
instructions can be counted over the same bytes at any time. "large" are what the speed needs besides: graphs of 100 to
100,000 quads, badges with up to 1,000 alignments and up to 16 proofs. Without a word: both. The keys are those printed in
RFC 8037 and RFC 7515: these files prove nothing.
"""
import base64
import gzip
import json
import random
import subprocess
import sys
from pathlib import Path

V2, OB3 = "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
COLLEGE = "https://college.example"
STATUS, ENTRY, ENTRIES = f"{COLLEGE}/status/3", 94311, 131072
SIGNED_AT = "2026-02-01T08:00:00Z"
QUADS = [100, 316, 1000, 3162, 10000, 31623, 100000]
ALIGNMENTS = [1, 3, 10, 32, 100, 316, 1000]
PROOFS = [1, 2, 4, 8, 16]
MANDATORY = ["/issuer", "/validFrom", "/validUntil", "/credentialStatus", "/credentialSubject/achievement/name"]
REVEAL = ["/credentialSubject/achievement/alignment/0", "/credentialSubject/result"]

ED25519 = {"kty": "OKP", "crv": "Ed25519", "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
           "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
P256 = {"kty": "EC", "crv": "P-256", "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}


def base58(data):
    letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = letters[digit] + text
    return text


def did(jwk):
    def read(name):
        return base64.urlsafe_b64decode(jwk[name] + "=")
    key = b"\xed\x01" + read("x") if jwk["kty"] == "OKP" else b"\x80\x24" + bytes([2 + read("y")[-1] % 2]) + read("x")
    return "did:key:z" + base58(key)


def badge(jwk, alignments=6):
    """What an institution of today would write: criteria, alignments, a result, evidence, a status."""
    framework = f"{COLLEGE}/frameworks/geomatics"
    outcomes = [("Reference systems", "Chooses and converts between coordinate reference systems."),
                ("Field survey", "Plans a survey and takes positions to the accuracy that is asked for."),
                ("Remote sensing", "Corrects, classifies and compares images taken from above."),
                ("Spatial databases", "Models places and networks, and asks questions of them."),
                ("Cartography", "Draws maps that can be read, by people with low vision too."),
                ("Sovereignty of data", "Gathers and keeps data of a community as the community decides.")]
    return {
        "@context": [V2, OB3], "id": "urn:uuid:0d0f7f0e-3a0e-4f5c-9d52-8f6a3c1b7e01",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Geomatics in the field – Géomatique sur le terrain",
        "issuer": {"id": did(jwk), "type": ["Profile"], "name": "Collège de la Rive Nord", "url": f"{COLLEGE}/",
                   "image": {"id": f"{COLLEGE}/crest.png", "type": "Image", "caption": "The crest of the college"}},
        "validFrom": "2026-02-01T00:00:00Z", "validUntil": "2031-02-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:5f2b1c9e77d04a7c", "type": ["AchievementSubject"],
            "achievement": {
                "id": f"{COLLEGE}/achievements/geomatics-2", "type": ["Achievement"], "achievementType": "MicroCredential",
                "name": "Geomatics in the field", "inLanguage": "fr-CA", "fieldOfStudy": "Geomatics",
                "tag": ["geomatics", "survey", "cartography", "open data"],
                "description": "For those who plan a survey, carry it out in any weather, and turn what they measured "
                               "into maps and data that others can rely on.",
                "criteria": {"narrative": "Five days in the field and forty hours in the laboratory; three exercises "
                                          "judged by two assessors, each with 60 % or more; a map of one's own, "
                                          "presented to those who live where it was made."},
                "alignment": [{"type": ["Alignment"], "targetCode": f"GEO-{i + 1}", "targetName": name,
                               "targetDescription": text, "targetFramework": "Geomatics, outcomes of 2026",
                               "targetType": "CFItem", "targetUrl": f"{framework}/{i + 1}"}
                              for i in range(alignments) for name, text in [outcomes[i % len(outcomes)]]],
                "resultDescription": [{"id": "urn:uuid:41bb2d1c-6a3f-4a43-bf4c-2f2a8d0c9e02", "type": ["ResultDescription"],
                                       "name": "The map", "resultType": "Percent", "requiredValue": "60",
                                       "valueMin": "0", "valueMax": "100"}]},
            "result": [{"type": ["Result"], "resultDescription": "urn:uuid:41bb2d1c-6a3f-4a43-bf4c-2f2a8d0c9e02",
                        "status": "Completed", "value": "84"}]},
        "evidence": [{"id": "https://maps.example/aya/shoreline", "type": ["Evidence"], "name": "The map of a shoreline",
                      "narrative": "A sheet at 1:5,000 with the data behind it and a report of twelve pages.",
                      "genre": "Map", "audience": "Assessors"}],
        "credentialStatus": {"id": f"{STATUS}#{ENTRY}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
                             "statusListIndex": str(ENTRY), "statusListCredential": STATUS}}


def status_list():
    """One entry in a hundred is set, and not that of the badge."""
    bits, dice = bytearray(ENTRIES // 8), random.Random(3)
    for entry in dice.sample(range(ENTRIES), ENTRIES // 100):
        if entry != ENTRY:
            bits[entry // 8] |= 0x80 >> entry % 8
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
    return {"@context": [V2], "id": STATUS, "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": did(ED25519), "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {"id": f"{STATUS}#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
                                  "encodedList": f"u{packed}"}}


def graph(quads):
    """Nodes of ten quads each in a ring, in no order; no two blank nodes look alike."""
    nodes, dice, lines = max(quads // 10, 1), random.Random(5), []
    order = list(range(nodes))
    dice.shuffle(order)
    for i in order:
        lines += [f"_:b{i} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{COLLEGE}/terms#Sample> .",
                  f"_:b{i} <{COLLEGE}/terms#next> _:b{(i + 1) % nodes} .",
                  f"_:b{i} <{COLLEGE}/terms#of> <{COLLEGE}/survey/7> ."]
        lines += [f'_:b{i} <{COLLEGE}/terms#reading{k}> "{i}.{k} {dice.getrandbits(30)}" .' for k in range(7)]
    return "\n".join(lines) + "\n"


class Maker:
    def __init__(self, cairn, folder):
        self.cairn, self.folder = cairn, Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, jwk in (("ed25519.jwk", ED25519), ("p256.jwk", P256)):
            self.write(name, jwk).chmod(0o600)

    def write(self, name, content):
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False,
                                                                            separators=(",", ":")), encoding="utf-8")
        return path

    def run(self, command, document, *options):
        text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
        done = subprocess.run([self.cairn, command, *options], input=text, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()

    def issue(self, document, *options, key="ed25519.jwk"):
        return self.run("issue", document, "--key", str(self.folder / key), "--at", SIGNED_AT, *options)

    def small(self):
        plain, other, listed = badge(ED25519), badge(P256), status_list()
        self.write("unsigned.json", plain)
        self.write("badge.json", self.issue(plain))
        self.write("badge.jwt", self.issue(plain, "--suite", "vc+jwt"))
        base = self.issue(other, "--suite", "ecdsa-sd-2023", *many("--mandatory", MANDATORY), key="p256.jwk")
        self.write("base.json", base)
        self.write("derived.json", self.run("derive", base, *many("--reveal", REVEAL)))
        self.write("status.json", self.issue(listed))
        self.write("bits.txt", listed["credentialSubject"]["encodedList"])
        self.write("url-map.json", {"urls": {STATUS: {"file": "status.json"}}})

    def large(self):
        for n in QUADS:
            self.write(f"quads-{n}.nq", graph(n))
        for n in ALIGNMENTS:
            self.write(f"alignments-{n}.json", self.issue(badge(ED25519, n)))
        signed, proofs = badge(ED25519), 0
        for n in PROOFS:
            while proofs < n:
                signed, proofs = self.issue(signed), proofs + 1
            self.write(f"proofs-{n}.json", signed)


def many(option, values):
    return [word for value in values for word in (option, value)]


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["small"], ["large"]):
        print(__doc__, file=sys.stderr)
        return 64
    maker = Maker(*sys.argv[1:3])
    for size in sys.argv[3:] or ["small", "large"]:
        getattr(maker, size)()
    return 0


if __name__ == "__main__":
    sys.exit(main())
