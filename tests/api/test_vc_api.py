# SPDX-License-Identifier: Apache-2.0
"""The VC-API of `cairn serve`: what the W3C test suites ask of it, case by case (docs/vc-api.md)."""
import atexit
import copy
import json
import os
import subprocess
import sys
import tempfile

from serving import Cairn, get, post
from tap import run

CAIRN = os.path.abspath(sys.argv[1])
folder = tempfile.TemporaryDirectory()
KEYS = {}
for kind in ("ed25519", "p256", "p384"):
    path = os.path.join(folder.name, f"{kind}.json")
    subprocess.run([CAIRN, "keys", "new", "--kind", kind, "--out", path], check=True)
    with open(path, encoding="utf-8") as file:
        KEYS[kind] = json.load(file)["controller"]

server = Cairn(CAIRN, "--vc-api", folder.name)
atexit.register(server.stop)

VERIFY, PRESENT = "/vc-api/credentials/verify", "/vc-api/presentations/verify"
BASE = "https://www.w3.org/ns/credentials/v2"


def ask(path, body, *headers, media_type="application/json", to=None):
    """Status and JSON of an answer."""
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = post(to or server, path, media_type, body, *headers)
    assert "json" in answer.headers["content-type"], answer.headers
    return answer.status, json.loads(answer.body)


def credential(kind="ed25519", **members):
    return {"@context": [BASE], "type": ["VerifiableCredential"], "issuer": KEYS[kind],
            "credentialSubject": {"id": "did:example:alice"}, **members}


def cairn(command, *arguments, given=None):
    done = subprocess.run([CAIRN, command, *arguments], input=json.dumps(given) if given else None,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def signed(kind="ed25519", *options, **members):
    return cairn("issue", "--unchecked", "--key", os.path.join(folder.name, kind + ".json"), *options,
                 given=credential(kind, **members))


def check(vc, *checks, path=VERIFY, member="verifiableCredential", **options):
    if checks:
        options["checks"] = list(checks)
    return ask(path, {member: vc, **({"options": options} if options else {})})


def refused(answer, *words):
    status, body = answer
    assert status == 400 and body["verified"] is False and body["errors"], answer
    codes = [each["code"] for each in body["problemDetails"]]
    assert list(words) == codes, (words, body)
    assert all(each["type"].startswith("https://") and each["detail"] for each in body["problemDetails"]), body


def accepted(answer, *checks):
    good = {"verified": True, "checks": list(checks or ("proof",)), "warnings": [], "errors": []}
    assert answer == (200, good), answer


# ---- Who may call it ----

def it_is_off_unless_it_is_turned_on():
    with Cairn(CAIRN) as other:
        for path in (VERIFY, PRESENT):
            status, body = ask(path, {"verifiableCredential": {}, "verifiablePresentation": {}}, to=other)
            assert (status, body["code"]) == (404, "http.path"), body


def turning_it_on_says_what_it_does():
    said = server.said()
    assert "warning: the VC-API is on. It signs whatever it is given, for any program on this machine" in said, said
    assert all(did in said for did in KEYS.values()), said


def it_answers_to_this_machine_alone():
    for header in ("X-Forwarded-For: 203.0.113.7", "Forwarded: for=203.0.113.7"):
        status, body = ask(VERIFY, {"verifiableCredential": {}}, header)
        assert (status, body["code"]) == (403, "vc-api.elsewhere"), body
    with Cairn(CAIRN, "--vc-api", folder.name, "--trust-proxy") as behind:
        status, body = ask(VERIFY, {"verifiableCredential": {}}, "X-Forwarded-For: 203.0.113.7", to=behind)
        assert (status, body["code"]) == (403, "vc-api.elsewhere"), body


def unless_its_operator_says_otherwise():
    with Cairn(CAIRN, "--vc-api", folder.name, "--vc-api-open") as wide:
        status, _ = ask(VERIFY, {"verifiableCredential": signed()}, "X-Forwarded-For: 203.0.113.7", to=wide)
        assert status == 200 and "for anybody who reaches this server" in wide.said(), status


def it_does_not_start_without_keys():
    with tempfile.TemporaryDirectory() as empty:
        for option, word in ((empty, "cairn keys new"), (os.path.join(empty, "none"), "cannot be read")):
            done = subprocess.run([CAIRN, "serve", "--demo", "--bare", "--db", os.path.join(empty, "db"), "--vc-api", option],
                                  capture_output=True, text=True, timeout=30, check=False)
            assert done.returncode == 1 and word in done.stderr, done
        done = subprocess.run([CAIRN, "serve", "--demo", "--vc-api-open"], capture_output=True, text=True, check=False)
        assert done.returncode == 64 and "--vc-api" in done.stderr, done


def a_request_that_is_none_is_told_where_it_is_wrong():
    for body, code, where in ((b"{", "json.syntax", "byte 1"), (b'{"verifiableCredential":{"a":1,"a":2}}', "json.duplicate-key", ""),
                              (b"[]", "vc-api.request", ""), (b"{}", "vc-api.request", ""), (b"", "json.syntax", "byte 0")):
        status, problem = ask(VERIFY, body)
        assert (status, problem["code"]) == (400, code) and problem.get("where", "").startswith(where), problem
    status, problem = ask(VERIFY, {"verifiableCredential": {}}, media_type="text/plain")
    assert (status, problem["code"]) == (415, "vc-api.media-type"), problem
    status, problem = ask(VERIFY, {"verifiableCredential": {}, "options": {"checks": ["everything"]}})
    assert (status, problem["code"], problem["where"]) == (400, "vc-api.check", "/options/checks"), problem


def a_body_that_is_too_large_is_refused_in_json():
    status, problem = ask(VERIFY, b'{"verifiableCredential":"' + b"x" * (9 << 20) + b'"}')
    assert (status, problem["code"]) == (413, "http.body"), problem


def it_has_no_pages():
    answer = get(server, VERIFY, "Accept: application/json")
    assert answer.status == 405 and answer.headers["allow"] == "POST", answer.headers


# ---- Verifying ----

def what_is_good_is_verified():
    for kind in KEYS:
        accepted(check(signed(kind), "proof"))
    accepted(check(signed()), "proof", "issuer", "validity", "credentialStatus")
    accepted(check(signed("ed25519", "--suite", "eddsa-jcs-2022"), "proof"))


def proof_values_that_are_missing_null_or_without_prefix_are_refused():
    for change in (lambda p: p.pop("proofValue"), lambda p: p.update(proofValue=None),
                   lambda p: p.update(proofValue=""), lambda p: p.update(proofValue=7)):
        vc = signed()
        change(vc["proof"])
        refused(check(vc, "proof"), "proof-malformed")
    vc = signed()
    vc["proof"]["proofValue"] = vc["proof"]["proofValue"][1:]
    refused(check(vc, "proof"), "invalid-signature")


def proofs_that_are_no_proofs_are_refused():
    vc = signed()
    for proof in (None, [], "z3"):
        status, body = check({**vc, "proof": proof}, "proof")
        assert status == 400 and body["errors"], body
    del vc["proof"]
    refused(check(vc, "proof"), "no-proof")


def unknown_types_and_suites_are_refused():
    for member, value, code in (("type", "UnknownProofType", "unsupported-proof"), ("cryptosuite", "unknown-2099", "unsupported-proof"),
                                ("cryptosuite", None, "proof-malformed"), ("type", None, "proof-malformed")):
        vc = signed()
        vc["proof"][member] = value
        status, body = check(vc, "proof")
        assert status == 400 and code in [each["code"] for each in body["problemDetails"]], body


def a_wrong_purpose_and_a_missing_method_are_refused():
    for member, value, code in (("proofPurpose", "invalidPurpose", "proof-purpose"), ("proofPurpose", None, "proof-malformed"),
                                ("verificationMethod", None, "proof-malformed"), ("created", "invalidDate", "proof-malformed"),
                                ("expires", "2020-01-01T00:00:00Z", "proof-expired"), ("verificationMethod", "did:key:nobody", None)):
        vc = signed()
        vc["proof"][member] = value
        status, body = check(vc, "proof")
        codes = [each["code"] for each in body["problemDetails"]]
        assert status == 400 and (code in codes if code else codes), (member, body)


def undefined_terms_and_relative_urls_are_refused():
    for change in (lambda vc: vc["credentialSubject"].update(undefinedTerm="x"), lambda vc: vc["type"].append("UndefinedType"),
                   lambda vc: vc["credentialSubject"].update(id="relative")):
        vc = signed()
        change(vc)
        status, body = check(vc, "proof")
        codes = {each["code"] for each in body["problemDetails"]}
        assert status == 400 and "data-loss" in codes, body
        assert any(each["type"].endswith("DATA_LOSS_DETECTION_ERROR") for each in body["problemDetails"]), body


def sets_and_chains_are_verified():
    key = os.path.join(folder.name, "ed25519.json")
    first = signed("ed25519", "--id", "urn:uuid:first")
    both = cairn("issue", "--unchecked", "--key", os.path.join(folder.name, "p256.json"), given=first)
    assert len(both["proof"]) == 2
    accepted(check(both, "proof"))
    chain = cairn("issue", "--unchecked", "--key", key, "--previous-proof", "urn:uuid:first", given=first)
    accepted(check(chain, "proof"))
    lacking = copy.deepcopy(chain)
    lacking["proof"] = lacking["proof"][1]
    refused(check(lacking, "proof"), "previous-proof-missing")
    broken = copy.deepcopy(chain)
    broken["proof"][0]["proofValue"] = broken["proof"][0]["proofValue"][:-1] + "1"
    status, _ = check(broken, "proof")
    assert status == 400


def what_is_not_asked_for_is_a_warning():
    late = signed(validUntil="2020-01-01T00:00:00Z")
    status, body = check(late, "proof")
    assert status == 200 and body["verified"] and "2020-01-01" in body["warnings"][0], body
    refused(check(late), "expired")
    refused(check(late, "proof", "validity"), "expired")
    other = signed(issuer="https://university.example/")
    status, body = check(other, "proof")
    assert status == 200 and len(body["warnings"]) == 1, body
    refused(check(other), "issuer-key-mismatch")


def json_in_a_text_is_no_credential():
    status, problem = check(json.dumps(signed()), "proof")
    assert (status, problem["code"]) == (400, "vc-api.request"), problem


def a_jwt_is_verified():
    done = subprocess.run([CAIRN, "issue", "--key", os.path.join(folder.name, "ed25519.json"), "--suite", "vc+jwt"],
                          input=json.dumps(credential()), capture_output=True, text=True, check=True)
    token = done.stdout.strip()
    accepted(check(token, "proof"))
    accepted(check({"@context": BASE, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt," + token}, "proof"))
    status, _ = check(token[:-4] + "AAAA", "proof")
    assert status == 400


# ---- Presentations ----

def presentation(*credentials, challenge="c-1", domain="verifier.example"):
    paths = []
    for number, vc in enumerate(credentials):
        paths.append(os.path.join(folder.name, f"shown-{number}"))
        with open(paths[-1], "w", encoding="utf-8") as file:
            json.dump(vc, file)
    return cairn("present", "--key", os.path.join(folder.name, "ed25519.json"), "--challenge", challenge, "--domain", domain, *paths)


def verify_presentation(vp, **options):
    return ask(PRESENT, {"verifiablePresentation": vp, "options": options})


def a_presentation_is_verified_for_its_challenge_and_domain():
    vp = presentation(signed(), signed("p256"))
    accepted(verify_presentation(vp, challenge="c-1", domain="verifier.example"), "proof", "issuer", "validity", "credentialStatus")
    refused(verify_presentation(vp, challenge="c-2", domain="verifier.example"), "challenge-mismatch")
    refused(verify_presentation(vp, challenge="c-1", domain="other.example"), "domain-mismatch")


def what_is_wrong_in_it_takes_it_along():
    bad = signed()
    bad["credentialSubject"]["id"] = "did:example:mallory"
    refused(verify_presentation(presentation(bad), challenge="c-1"), "presented-invalid")
    vp = presentation(signed())
    del vp["proof"]
    status, body = verify_presentation(vp, challenge="c-1")
    assert status == 400 and not body["verified"], body
    vp = presentation(signed())
    vp["@context"][0:0] = [{"X": "https://example.org/#X"}]
    status, body = verify_presentation(vp, challenge="c-1")
    assert status == 400 and not body["verified"], body


def a_credential_is_no_presentation_nor_the_other_way_round():
    status, problem = verify_presentation(signed())
    assert (status, problem["code"]) == (400, "vc-api.request"), problem
    refused(check(presentation(signed()), "proof"), "jwt-presentation")


run([it_is_off_unless_it_is_turned_on, turning_it_on_says_what_it_does, it_answers_to_this_machine_alone,
     unless_its_operator_says_otherwise, it_does_not_start_without_keys, a_request_that_is_none_is_told_where_it_is_wrong,
     a_body_that_is_too_large_is_refused_in_json, it_has_no_pages, what_is_good_is_verified,
     proof_values_that_are_missing_null_or_without_prefix_are_refused, proofs_that_are_no_proofs_are_refused,
     unknown_types_and_suites_are_refused, a_wrong_purpose_and_a_missing_method_are_refused,
     undefined_terms_and_relative_urls_are_refused, sets_and_chains_are_verified, what_is_not_asked_for_is_a_warning,
     json_in_a_text_is_no_credential, a_jwt_is_verified, a_presentation_is_verified_for_its_challenge_and_domain,
     what_is_wrong_in_it_takes_it_along, a_credential_is_no_presentation_nor_the_other_way_round])
