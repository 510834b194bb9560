# SPDX-License-Identifier: Apache-2.0
"""Every input of the W3C suite of the data model, through the VC-API: what its name says is fine is issued or verified,
what its name says must fail is refused for its form. Skipped where the inputs are absent (CAIRN_CONFORMANCE).

usage: test_vc_suites.py CAIRN SIGN
"""
import atexit
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from serving import Cairn, post
from tap import run

CAIRN, SIGN = (os.path.abspath(name) for name in sys.argv[1:3])
CORPUS = Path(os.environ.get("CAIRN_CONFORMANCE", Path(__file__).resolve().parents[3] / "shared" / "conformance"))
INPUTS = CORPUS / "suite-inputs" / "vc-data-model-2.0" / "tests"
if not INPUTS.is_dir():
    print(f"1..0 # SKIP no inputs in {INPUTS}")
    sys.exit(0)

SEED = "5a" * 32
folder = tempfile.TemporaryDirectory()
public = subprocess.run([SIGN, SEED], capture_output=True, text=True, check=True).stdout.strip()
DID, METHOD = f"did:key:{public}", f"did:key:{public}#{public}"
subprocess.run([CAIRN, "keys", "new", "--out", os.path.join(folder.name, "key.json")], check=True)
with open(os.path.join(folder.name, "key.json"), encoding="utf-8") as key_file:
    ISSUER = json.load(key_file)["controller"]
server = Cairn(CAIRN, "--vc-api", folder.name)
atexit.register(server.stop)


def ask(path, body):
    answer = post(server, path, "application/json", json.dumps(body).encode())
    return answer.status, json.loads(answer.body)


def read(path):
    """With dates where the suite fills them in, and our holder for theirs."""
    text = path.read_text(encoding="utf-8").replace("PAST DATE", "2020-01-01T00:00:00Z").replace("FUTURE DATE", "2040-01-01T00:00:00Z")
    return json.loads(re.sub(r"did:key:z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj", DID, text))


def with_issuer(vc, about_issuer):
    """The suite names an issuer where the input leaves it open."""
    if "issuer" not in vc and not about_issuer:
        vc["issuer"] = ISSUER
    if isinstance(vc.get("issuer"), dict):
        vc["issuer"].setdefault("id", ISSUER)
    return vc


def issuing(path):
    def test():
        name = path.name
        vc = with_issuer(read(path), "no-issuer" in name)
        if name == "validVc.json":  # of version 1.1, which asks for a date
            vc["issuanceDate"] = "2026-01-01T00:00:00Z"
        status, body = ask("/vc-api/eddsa-rdfc-2022/credentials/issue", {"credential": vc})
        if "-fail" in name:
            assert status == 400 and body["errors"] and body["problemDetails"], body
            return
        assert status == 201, body
        checks = ["proof"] if "proof" not in vc else None
        if checks:  # a proof that the input brings along is an example that does not verify
            status, body = ask("/vc-api/credentials/verify", {"verifiableCredential": body, "options": {"checks": checks}})
            assert status == 200 and body["verified"], body
    return test


GOOD = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"]}


def sign(document, *options):
    """What cannot be signed gets the proof of something else: it has to be refused for its form in any case."""
    for what in (document, GOOD):
        done = subprocess.run([SIGN, *options, SEED, METHOD], input=json.dumps(what), capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return {**document, "proof": json.loads(done.stdout)["proof"]}, what is document
    raise AssertionError(done.stderr)


# What the suite asks for with other means: tokens without a key, and who claims what about whom.
PRESENTATIONS = {"presentation-enveloped-vc-ok.json": None, "presentation-self-asserted-vc-no-holder.json": True,
                 "presentation-self-asserted-vc-holder-mismatch.json": False, "presentation-self-asserted-vc-issuer-mismatch.json": False}


def presenting(path):
    def test():
        name, vp = path.name, read(path)
        good = PRESENTATIONS.get(name, "-fail" not in name)
        own = "self-asserted" in name
        for i, vc in enumerate(vp.get("verifiableCredential", [])):
            if isinstance(vc, dict) and "credentialSubject" in vc:
                vp["verifiableCredential"][i], _ = sign(vc if own else {**vc, "issuer": DID})
        checks = {"checks": ["proof", "issuer"]} if own else {}
        vp, whole = sign(vp, "--purpose", "authentication")
        status, body = ask("/vc-api/presentations/verify", {"verifiablePresentation": vp, "options": checks})
        if good:
            assert status == 200 and body["verified"], body
            return
        assert status == 400, body
        steps = {each["step"] for each in body.get("problemDetails", [])}
        if whole:  # the signature is good: the rest is not
            assert "proof" not in steps, body
        assert steps & {"model", "context", "credentials", "holder"} or body["code"] == "vc-api.request", body
        if good is None:
            assert steps == {"credentials"}, body
    return test


tests = []
for each in [INPUTS / "validVc.json", *sorted((INPUTS / "input").rglob("*.json"))]:
    case = (presenting if each.name.startswith("presentation-") else issuing)(each)
    case.__name__ = each.stem
    tests.append(case)
run(tests)
