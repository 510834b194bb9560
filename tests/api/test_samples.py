#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The samples of docs/samples come out as their README says.

usage: test_samples.py CAIRN
"""
import json
import os
import subprocess
import sys
from pathlib import Path

import tap

CAIRN = os.path.abspath(sys.argv[1])
ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "docs" / "samples"
VERDICTS = {"good.json": "verified", "good.svg": "verified", "tampered.json": "not verified",
            "expired.json": "not verified", "not-revoked.json": "verified", "revoked.json": "not verified"}


def reports(*options):
    done = subprocess.run([CAIRN, "verify", "--json", *options, *VERDICTS], capture_output=True, text=True,
                          timeout=60, cwd=SAMPLES)
    assert not done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def with_the_map_and_the_registry():
    got = reports("--url-map", "url-map.json", "--registry", "registry.json")
    assert {r["input"]: r["verdict"] for r in got} == VERDICTS
    for r in got:
        if r["input"] != "tampered.json":
            assert r["credential"]["issuer"]["name"] == "Northern College", r


def alone():
    alone = VERDICTS | {"not-revoked.json": "unknown", "revoked.json": "unknown"}
    assert {r["input"]: r["verdict"] for r in reports("--offline")} == alone


def each_file_is_named_in_the_readme():
    text = (SAMPLES / "README.md").read_text()
    for path in SAMPLES.iterdir():
        assert path.name == "README.md" or path.suffix == ".py" or f"`{path.name}`" in text, path


tap.run([with_the_map_and_the_registry, alone, each_file_is_named_in_the_readme])
