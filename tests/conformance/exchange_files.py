#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files as registries and others have published them, where they are on the machine: what is read of each, and that
whatever is not read is noted with a place that is there.

usage: exchange_files.py DATA PROGRAM
"""
import json
import os
import subprocess
import sys

DATA, PROGRAM = sys.argv[1:3]
CTDL, CASE = "case-ctdl/ctdl/", "case-ctdl/case/"

# What each file says, by the path in what was read; written down from the files.
FACTS = {
    "elm-samples/Sample-MC-Annex1-unsigned.jsonld": {
        "name": {"en": "Digital micro-credential creation"}, "organisation.country": "IE",
        "organisation.name": {"en": "University of Zed"}, "design.hours": {"total": 60}, "design.participation.mode": "blended",
        "design.credits": [{"system": "ECTS", "value": 2}], "design.levels": [{"framework": "EQF", "level": 6}],
        "design.assessment.supervision_id": "unsupervised-noid", "design.assessment.types": [{"en": "artefact assessment"}],
        "outcomes": [{"en": "Communication, collaboration and creativity"}, {"en": "Developing digital content"}],
        "design.competencies.3": {"framework": "ESCO", "uri": "http://data.europa.eu/esco/skill/5fd5c985-eaaa-47aa-8314-62359c54505a",
                                  "label": {"en": "develop digital content"}}, "design.competencies.5.framework": None},
    CTDL + "CredentialWithMultipleLanguages_Api_output.json": {
        "name": {"en": "Bachelor of Science in Accounting"}, "design.price": 12999, "design.currency": "USD",
        "design.credits": [{"value": 10}]},
    CTDL + "LearningOpportunity_160_Driving_Academy_published.json": {
        "name": {"en": "160 Driving Academy"}, "design.hours": {"total": 160}, "design.duration_weeks": 4,
        "design.price": 4695, "organisation.url": "https://160drivingacademy.com"},
    CTDL + "CredentialGraphSampleInput.json": {"name": {"en": "Sample Credential In Graph Format"},
                                               "design.classification.cip": "48.0508", "design.classification.noc": None},
    CTDL + "Credential_PublishDetailedRecord_API_output.json": {"name": {"en": "My Certification Name"}},
    CTDL + "CredentialEnvelope.json": {"name": {"en": "21st Century Skills for Workplace Success"}, "published": "2016-09-01"},
    CTDL + "LearningOpportunityEnvelope.json": {"name": {"en": "Insurance Studies Certificate"},
                                                "design.classification.cip": "52.1701"},
    CTDL + "ProPath_Published.json": {"name": {"en": "160 Driving Academy"}},
    CASE + "Utf8TestFramework.json": {"name": "UTF8 \U0001d451 Test", "design.competencies.0.label": "Item \U0001d451 1"},
    CASE + "opensalt-framework-20c5134f.json": {
        "name": "What Standards Could Be", "organisation.name": "Brandon Dorman", "design.competencies.0.code": "CCSS.Math.Content.6.RP.A",
        "design.competencies.0.label": {"en": "Understand ratio concepts and use ratio reasoning to solve problems."}},
}
NOTED = {"elm-samples/Sample-MC-Annex1-unsigned.jsonld":  # sixty months for an hour of work
         ["/credentialSubject/hasClaim/influencedBy/specifiedBy/volumeOfLearning", "value"]}
REFUSED = ["case-ctdl/ctdl-asn/clean_framework.json", CASE + "case-v1p0-cfpackage-schema.json"]


def at(value, path):
    for key in path.split("."):
        if isinstance(value, list):
            value = value[int(key)]
        else:
            value = (value or {}).get(key)
    return value


def is_there(file, pointer):
    for key in pointer.split("/")[1:]:
        key = key.replace("~1", "/").replace("~0", "~")
        try:
            file = file[int(key)] if isinstance(file, list) else file[key]
        except (KeyError, IndexError, TypeError, ValueError):
            return False
    return True


def main():
    names = [name for name in [*FACTS, *REFUSED] if os.path.exists(os.path.join(DATA, name))]
    if not names:
        print(f"1..0 # SKIP nothing at {DATA}")
        return 0
    out = subprocess.run([PROGRAM, *(os.path.join(DATA, name) for name in names)], capture_output=True, check=True).stdout
    failed = 0
    for number, (name, line) in enumerate(zip(names, out.decode().splitlines(), strict=True), 1):
        read, wrong = json.loads(line), []
        if name in REFUSED:
            wrong = [] if read == {"error": "exchange.unknown"} else [read]
        else:
            with open(os.path.join(DATA, name), encoding="utf-8-sig") as file:
                whole = json.load(file)
            wrong = [(path, at(read["achievement"], path)) for path, value in FACTS[name].items()
                     if at(read["achievement"], path) != value]
            wrong += [note for note in read["notes"] if not is_there(whole, note[0])]
            wrong += [NOTED[name]] if name in NOTED and NOTED[name] not in read["notes"] else []
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
        for one in wrong:
            print(f"# {one}")
    print(f"1..{len(names)}")
    return 1 if failed else 0


sys.exit(main())
