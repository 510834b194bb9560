# SPDX-License-Identifier: Apache-2.0
"""The VC-API of `cairn serve`: what the W3C test suites ask of it, case by case (docs/vc-api.md)."""
import atexit
import copy
import json
import os
import shutil
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
        for path in (VERIFY, PRESENT, "/vc-api/status-lists/revocation"):
            status, body = ask(path, {"verifiableCredential": {}, "verifiablePresentation": {}}, "Accept: application/json", to=other)
            assert (status, body["code"]) == (404, "http.path"), body
            answer = get(other, path, "Accept: application/json")
            assert answer.status == 404 and "allow" not in answer.headers, (path, answer.headers)


def turning_it_on_says_what_it_does():
    said = server.said()
    assert "warning: the VC-API is on. It signs whatever it is given, for any program on this machine" in said, said
    assert all(did in said for did in KEYS.values()), said


def keys_like(*kinds):
    """A folder of its own with some of the keys: a server has one for itself."""
    own = tempfile.TemporaryDirectory()
    for kind in kinds or KEYS:
        shutil.copy(os.path.join(folder.name, kind + ".json"), own.name)
    return own


def does_not_start(keys, word):
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run([CAIRN, "serve", "--demo", "--bare", "--db", os.path.join(empty, "db"), "--vc-api", keys],
                              capture_output=True, text=True, timeout=30, check=False)
        assert done.returncode == 1 and word in done.stderr, done


def a_folder_is_for_one_server():
    does_not_start(folder.name, "Another server works with")


def it_answers_to_this_machine_alone():
    for header in ("X-Forwarded-For: 203.0.113.7", "Forwarded: for=203.0.113.7"):
        status, body = ask(VERIFY, {"verifiableCredential": {}}, header)
        assert (status, body["code"]) == (403, "vc-api.elsewhere"), body
    with keys_like("p256") as own, Cairn(CAIRN, "--vc-api", own, "--trust-proxy") as behind:
        status, body = ask(VERIFY, {"verifiableCredential": {}}, "X-Forwarded-For: 203.0.113.7", to=behind)
        assert (status, body["code"]) == (403, "vc-api.elsewhere"), body


def unless_its_operator_says_otherwise():
    with keys_like() as own, Cairn(CAIRN, "--vc-api", own, "--vc-api-open") as wide:
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


def a_key_that_signs_nothing_here_signs_no_lists():
    p521 = {"kty": "EC", "crv": "P-521",
            "x": "AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt",
            "y": "AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1",
            "d": "AAhRON2r9cqXX1hg-RoI6R1tX5p2rUAYdmpHZoC1XNM56KtscrX6zbKipQrCW9CGZH3T4ubpnoTKLDYJ_fF3_rJt"}
    with keys_like("p256") as own:
        with open(os.path.join(own, "a.json"), "w", encoding="utf-8") as file:
            json.dump(p521, file)
        with Cairn(CAIRN, "--vc-api", own) as other:
            vcs = json.loads(get(other, "/vc-api/status-lists/revocation").body)
            assert vcs["issuer"] == KEYS["p256"] and vcs["proof"]["cryptosuite"] == "ecdsa-rdfc-2019", vcs
        os.remove(os.path.join(own, "p256.json"))
        does_not_start(own, "Ed25519, P-256 or P-384")


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
    accepted(check(signed()), "proof", "validity", "credentialStatus")
    accepted(check(signed(), "issuer", "proof"), "proof", "issuer")
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
    refused(check(other, "proof", "issuer"), "issuer-key-mismatch")


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
    accepted(verify_presentation(vp, challenge="c-1", domain="verifier.example"), "proof", "validity", "credentialStatus")
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


# ---- Issuing ----

SUITES = {"eddsa-rdfc-2022": "ed25519", "eddsa-jcs-2022": "ed25519", "ecdsa-rdfc-2019": "p256", "ecdsa-jcs-2019": "p256",
          "ecdsa-sd-2023": "p256"}
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


def issue(vc, suite="eddsa-rdfc-2022", **options):
    return ask(f"/vc-api/{suite}/credentials/issue", {"credential": vc, **({"options": options} if options else {})})


def issued(vc, suite="eddsa-rdfc-2022", **options):
    status, body = issue(vc, suite, **options)
    assert status == 201, body
    return body


def every_suite_issues_what_it_then_verifies():
    for suite, kind in SUITES.items():
        vc = issued(credential(kind), suite)
        assert vc["proof"]["type"] == "DataIntegrityProof" and vc["proof"]["cryptosuite"] == suite, vc
        assert vc["proof"]["verificationMethod"].startswith(KEYS[kind] + "#"), vc
        assert {key: vc[key] for key in credential(kind)} == credential(kind), vc
        if suite != "ecdsa-sd-2023":
            accepted(check(vc, "proof", "issuer"), "proof", "issuer")


def the_issuer_chooses_between_keys_and_so_may_the_options():
    for suite in ("ecdsa-rdfc-2019", "ecdsa-jcs-2019"):
        vc = issued(credential("p384"), suite)
        assert vc["proof"]["verificationMethod"].startswith(KEYS["p384"]), vc
        accepted(check(vc, "proof", "issuer"), "proof", "issuer")
        did = KEYS["p384"]
        vc = issued(credential("p256"), suite, verificationMethod=f"{did}#{did[8:]}")
        assert vc["proof"]["verificationMethod"].startswith(did), vc
    status, problem = issue(credential(), verificationMethod="did:key:nobody#key")
    assert (status, problem["code"]) == (400, "vc-api.key"), problem


def version_1_1_is_issued_with_a_context_that_knows_proofs():
    vc = credential(issuanceDate="2026-01-01T00:00:00Z")
    vc["@context"] = ["https://www.w3.org/2018/credentials/v1"]
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        got = issued(vc, suite)
        assert got["@context"] == [*vc["@context"], "https://w3id.org/security/data-integrity/v2"], got
        accepted(check(got, "proof"))


def there_is_no_suite_of_another_name():
    for suite in ("none", "bbs-2023", "credentials"):
        status, problem = issue(credential(), suite)
        assert (status, problem["code"]) == (404, "vc-api.suite"), problem


def changed(**members):
    """What to do with a credential: None takes a member away."""
    def change(vc):
        for name, value in members.items():
            name = "@context" if name == "context" else name
            if value is None:
                vc.pop(name)
            else:
                vc[name] = value
    return change


NAME = {"@value": "Degree", "@language": "en"}
RESOURCE = {"id": "https://example.org/image.png", "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}
REFUSED = {
    "no context": changed(context=None),
    "base context missing": changed(context=[EXAMPLES]),
    "base context not first": changed(context=[{"X": "https://example.org/#X"}, BASE]),
    "context that is a number": changed(context=[BASE, 7]),
    "context that nobody has": changed(context=[BASE, "https://nobody.example/context"]),
    "context that is no URL": changed(context=[BASE, "https ://not-a-url"]),
    "undefined term": changed(undefinedTerm="x"),
    "undefined term of the subject": changed(credentialSubject={"id": "did:example:a", "undefinedTerm": "x"}),
    "undefined type": changed(type=["VerifiableCredential", "UndefinedType"]),
    "type mapped to no URL": changed(type=["VerifiableCredential", "X"], context=[BASE, {"X": "not a url"}]),
    "no type": changed(type=None),
    "no VerifiableCredential": changed(type=[EXAMPLES + "#X"]),
    "type that is a number": changed(type=["VerifiableCredential", 7]),
    "protected term redefined": changed(context=[BASE, {"VerifiableCredential": "https://example.org/#X"}]),
    "protected keyword redefined": changed(context=[BASE, {"id": "https://example.org/#id"}]),
    "no subject": changed(credentialSubject=None),
    "empty subject": changed(credentialSubject={}),
    "no subjects": changed(credentialSubject=[]),
    "one of two subjects empty": changed(credentialSubject=[{"id": "did:example:a"}, {}]),
    "subject that is a text": changed(credentialSubject="did:example:a"),
    "two ids of a subject": changed(credentialSubject={"id": ["did:example:a", "did:example:b"]}),
    "two ids": changed(id=["https://example.org/1", "https://example.org/2"]),
    "id that is no URL": changed(id="not-a-url"),
    "id that is null": changed(id={}),
    "no issuer": changed(issuer=None),
    "issuer that is no URL": changed(issuer="not-a-url"),
    "issuer without id": changed(issuer={"name": "Example"}),
    "issuer whose id is null": lambda vc: vc.update(issuer={"id": None}),
    "issuer that is null": lambda vc: vc.update(issuer=None),
    "validUntil before validFrom": changed(validFrom="2026-02-01T00:00:00Z", validUntil="2026-01-01T00:00:00Z"),
    "validFrom that is no date": changed(validFrom="07/28/2026"),
    "validFrom without zone": changed(validFrom="2026-01-01T00:00:00"),
    "validUntil that is no date": changed(validUntil="tomorrow"),
    "validUntil on no day": changed(validUntil="2026-02-30T00:00:00Z"),
    "name with another member": changed(name={**NAME, "url": "did:example:x"}),
    "description with another member": changed(description={**NAME, "url": "did:example:x"}),
    "issuer's name with another member": lambda vc: vc.update(issuer={"id": vc["issuer"], "name": {**NAME, "url": "x"}}),
    "issuer's description with another member": lambda vc: vc.update(issuer={"id": vc["issuer"], "description": {**NAME, "url": "x"}}),
    "status without type": changed(credentialStatus={"id": "https://example.org/status/1"}),
    "status of an undefined type": changed(credentialStatus={"id": "https://example.org/status/1", "type": "UndefinedType"}),
    "status whose id is no URL": changed(credentialStatus={"id": "not-a-url", "type": EXAMPLES + "#S"}),
    "status with two ids": changed(credentialStatus={"id": ["https://example.org/1", "https://example.org/2"], "type": EXAMPLES + "#S"}),
    "schema without type": changed(credentialSchema={"id": "https://example.org/schema.json"}),
    "schema without id": changed(credentialSchema={"type": "JsonSchema"}),
    "schema whose id is a number": changed(credentialSchema={"id": 12345, "type": "JsonSchema"}),
    "evidence without type": changed(evidence=[{"id": "https://example.org/evidence/1"}]),
    "terms of use without type": changed(termsOfUse={"id": "https://example.org/terms"}),
    "one of two terms of use without type": changed(termsOfUse=[{"type": EXAMPLES + "#T"}, {"id": "https://example.org/t"}]),
    "refresh service without type": changed(refreshService={"id": "https://example.org/refresh"}),
    "related resource that is a text": changed(relatedResource=[BASE]),
    "related resource without id": changed(relatedResource=[{"digestSRI": RESOURCE["digestSRI"]}]),
    "related resource without digest": changed(relatedResource=[{"id": BASE}]),
    "related resource twice": changed(relatedResource=[RESOURCE, RESOURCE]),
    "related resource of another digest (SRI)": changed(relatedResource=[{**RESOURCE, "id": BASE}]),
    "related resource of another digest (multibase)": changed(
        relatedResource=[{"id": BASE, "digestMultibase": "uAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]),
    "proof without type": changed(proof={"proofValue": "z3"}),
}


def issuing_refuses():
    """Every suite, in words and with a place: those that sign the bytes as they stand too."""
    for what, change in REFUSED.items():
        vc = credential()
        change(vc)
        for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
            status, body = issue(vc, suite)
            assert status == 400 and body["errors"] and body["problemDetails"][0]["detail"], (what, suite, status, body)
            assert any("where" in each for each in body["problemDetails"]), (what, body)


def issuing_accepts_what_is_like_it_and_good():
    for what, change in {
            "types in any order": changed(type=[EXAMPLES + "#X", "VerifiableCredential"]),
            "a type of a context": changed(type=["VerifiableCredential", "X"], context=[BASE, {"X": "https://example.org/#X"}]),
            "two subjects": changed(credentialSubject=[{"id": "did:example:a"}, {"id": "did:example:b"}]),
            "dates with zones": changed(validFrom="2026-01-01T00:00:00-05:00", validUntil="2046-01-01T00:00:00.123Z"),
            "the far future": changed(validFrom="2126-01-01T00:00:00Z"),
            "an issuer that is an object": lambda vc: vc.update(issuer={"id": vc["issuer"], "name": NAME, "description": "x"}),
            "names in two languages": changed(name=[NAME, {"@value": "Diplôme", "@language": "fr", "@direction": "ltr"}]),
            "a schema": changed(credentialSchema={"id": "https://example.org/schema.json", "type": "JsonSchema"}),
            "evidence": changed(evidence=[{"type": EXAMPLES + "#E"}]),
            "terms of use": changed(termsOfUse=[{"type": EXAMPLES + "#T", "id": "https://example.org/t"}]),
            "a resource": changed(relatedResource=RESOURCE),
            "an earlier edition's digest": changed(relatedResource={
                "id": BASE, "digestMultibase": "uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k"})}.items():
        vc = credential()
        change(vc)
        status, body = issue(vc)
        assert status == 201, (what, body)


def a_request_to_issue_has_a_credential():
    for body in ({}, {"credential": None}, {"credential": "x"}, {"credential": []}):
        status, problem = ask("/vc-api/eddsa-rdfc-2022/credentials/issue", body)
        assert status == 400, problem
    status, problem = ask("/vc-api/eddsa-rdfc-2022/credentials/issue", {"credential": credential()}, media_type="text/plain")
    assert (status, problem["code"]) == (415, "vc-api.media-type"), problem
    status, problem = ask("/vc-api/eddsa-rdfc-2022/credentials/issue", {"credential": credential()}, "Sec-Fetch-Site: cross-site")
    assert (status, problem["code"]) == (403, "http.csrf"), problem


def an_option_that_is_no_text_is_refused():
    for name in ("verificationMethod", "challenge", "domain"):
        for value in (7, None, ["x"], {}, ""):
            status, problem = issue(credential(), **{name: value})
            assert (status, problem["code"], problem["where"]) == (400, "vc-api.option", "/options"), (name, value, problem)
            assert name in problem["detail"], problem
    for name in ("statusPurpose", "cryptosuite"):
        status, problem = ask("/vc-api/status/credentials/issue", {"credential": credential(), "options": {name: 7}})
        assert (status, problem["code"]) == (400, "vc-api.option"), problem
    status, problem = ask(PRESENT, {"verifiablePresentation": {}, "options": {"challenge": 7}})
    assert (status, problem["code"]) == (400, "vc-api.option"), problem


# ---- Showing a part ----

DERIVE = "/vc-api/ecdsa-sd-2023/credentials/derive"
PERSON = {"id": "did:example:a", "degree": {"type": "ExampleDegree", "name": "Bachelor"}, "alumniOf": {"name": "School"}}


def derive(vc, *pointers):
    return ask(DERIVE, {"verifiableCredential": vc, "options": {"selectivePointers": list(pointers)}})


def a_part_is_derived_and_verified():
    vc = credential("p256", credentialSubject=PERSON, validUntil="2046-01-01T00:00:00Z")
    vc["@context"].append(EXAMPLES)
    base = issued(vc, "ecdsa-sd-2023", mandatoryPointers=["/issuer", "/validUntil"])
    refused(check(base, "proof"), "base-proof")
    status, part = derive(base, "/credentialSubject/degree")
    assert status == 201 and "alumniOf" not in part["credentialSubject"] and part["validUntil"], part
    assert part["credentialSubject"]["degree"] == PERSON["degree"], part
    accepted(check(part, "proof", "issuer"), "proof", "issuer")
    part["credentialSubject"]["degree"]["name"] = "Master"
    refused(check(part, "proof"), "invalid-signature")


def what_cannot_be_derived_is_refused():
    vc = credential("p256")
    base = issued(vc, "ecdsa-sd-2023", mandatoryPointers=["/issuer"])
    for document, pointers, code in ((base, ["/nowhere"], "sd.pointer"), (signed("p256"), ["/issuer"], "sd.no-base"),
                                     ({}, ["/issuer"], "sd.no-base"), (base, ["nowhere"], "sd.pointer"), (base, [7], "vc-api.pointers")):
        status, problem = derive(document, *pointers)
        assert (status, problem["code"]) == (400, code), problem
    status, problem = ask("/vc-api/eddsa-rdfc-2022/credentials/derive", {"verifiableCredential": signed(), "options": {}})
    assert (status, problem["code"]) == (400, "vc-api.suite"), problem
    status, problem = issue(vc, "ecdsa-sd-2023", mandatoryPointers=["/nowhere"])
    assert (status, problem["code"]) == (400, "sd.pointer"), problem
    status, problem = issue(credential(), mandatoryPointers=["/issuer"])
    assert (status, problem["code"]) == (400, "sign.mandatory"), problem


# ---- Status ----

STATUS, SET = "/vc-api/status/credentials/issue", "/vc-api/credentials/status"


def a_credential_gets_a_place_in_a_list_that_can_be_had():
    status, vc = ask(STATUS, {"credential": credential()})
    assert status == 201, vc
    entry = vc["credentialStatus"]
    assert entry["type"] == "BitstringStatusListEntry" and entry["statusPurpose"] == "revocation", entry
    assert entry["statusListIndex"] == str(int(entry["statusListIndex"])) and entry["id"] != entry["statusListCredential"]
    address = entry["statusListCredential"].split(str(server.port), 1)[1]
    answer = get(server, address)
    assert answer.status == 200 and answer.headers["access-control-allow-origin"] == "*", answer.headers
    vcs = json.loads(answer.body)
    assert vcs["type"] == ["VerifiableCredential", "BitstringStatusListCredential"] and vcs["id"] == entry["statusListCredential"]
    subject = vcs["credentialSubject"]
    assert (subject["type"], subject["statusPurpose"], subject["encodedList"][0]) == ("BitstringStatusList", "revocation", "u")
    import base64
    import gzip
    bits = gzip.decompress(base64.urlsafe_b64decode(subject["encodedList"][1:] + "=="))
    assert len(bits) * 8 == 131072, len(bits)
    accepted(check(vcs), "proof", "validity", "credentialStatus")
    accepted(check(vc), "proof", "validity", "credentialStatus")


def given_places(keys):
    with open(os.path.join(keys, "status.lists"), "rb") as file:
        text = file.read()
    at = text.index(b"\n") + 1
    return sum(byte.bit_count() for byte in text[at:at + 131072 // 8])


def what_is_not_issued_takes_no_place():
    ask(STATUS, {"credential": credential()})
    before = given_places(folder.name)
    for bad in (credential(validFrom="yesterday"), credential(id="relative"), {"credential": "x"}):
        assert ask(STATUS, {"credential": bad})[0] == 400
    assert ask(STATUS, {"credential": credential(), "options": {"cryptosuite": "none"}})[0] == 400
    assert ask(STATUS, {"credential": credential(), "options": {"verificationMethod": "did:example:x#y"}})[0] == 400
    assert given_places(folder.name) == before
    assert ask(STATUS, {"credential": credential()})[0] == 201
    assert given_places(folder.name) == before + 1


def what_cannot_be_written_tells_no_path():
    """A place that could not be kept is not given."""
    with keys_like("ed25519") as own, Cairn(CAIRN, "--vc-api", own) as other:
        os.mkdir(os.path.join(own, "status.lists.new"))
        status, problem = ask(STATUS, {"credential": credential()}, to=other)
        assert (status, problem["code"]) == (503, "vc-api.status-file") and own not in json.dumps(problem), problem
        assert own in other.said(), other.said()
        os.rmdir(os.path.join(own, "status.lists.new"))
        assert ask(STATUS, {"credential": credential()}, to=other)[0] == 201
        assert given_places(own) == 1


def a_status_is_changed_and_changed_back():
    for purpose, code in (("revocation", "revoked"), ("suspension", "suspended")):
        _, vc = ask(STATUS, {"credential": credential(), "options": {"statusPurpose": purpose, "cryptosuite": "eddsa-jcs-2022"}})
        status, said = ask(SET, {"credentialStatus": vc["credentialStatus"], "status": True})
        assert status == 200, said
        refused(check(vc), code)
        refused(check(vc, "credentialStatus"), code)
        accepted(check(vc, "proof"))
        assert ask(SET, {"credentialStatus": vc["credentialStatus"], "status": False})[0] == 200
        accepted(check(vc, "credentialStatus"), "proof", "credentialStatus")


def what_was_never_given_cannot_be_set():
    _, vc = ask(STATUS, {"credential": credential()})
    entry = vc["credentialStatus"]
    free = str((int(entry["statusListIndex"]) + 1) % 131072)
    for change, code in (({"statusListIndex": free}, "vc-api.status"), ({"statusListIndex": "131072"}, "vc-api.status"),
                         ({"statusListIndex": "-1"}, "vc-api.status"), ({"statusPurpose": "suspension"}, "vc-api.status"),
                         ({"statusListCredential": "https://other.example/list"}, "vc-api.status")):
        status, problem = ask(SET, {"credentialStatus": {**entry, **change}, "status": True})
        assert (status, problem["code"]) == (400, code), problem
    status, problem = ask(SET, {"credentialStatus": entry, "status": "1"})
    assert (status, problem["where"]) == (400, "/status"), problem
    status, problem = ask(STATUS, {"credential": credential(), "options": {"statusPurpose": "fun"}})
    assert (status, problem["code"]) == (400, "vc-api.purpose"), problem
    assert get(server, "/vc-api/status-lists/fun").status == 404


def what_was_revoked_stays_so_over_a_restart():
    with tempfile.TemporaryDirectory() as kept:
        subprocess.run([CAIRN, "keys", "new", "--out", os.path.join(kept, "key.json")], check=True)
        with open(os.path.join(kept, "key.json"), encoding="utf-8") as file:
            did = json.load(file)["controller"]
        options = ("--vc-api", kept, "--offline")
        with Cairn(CAIRN, *options) as first:
            _, vc = ask(STATUS, {"credential": {**credential(), "issuer": did}}, to=first)
            assert ask(SET, {"credentialStatus": vc["credentialStatus"], "status": True}, to=first)[0] == 200
        with Cairn(CAIRN, *options) as second:
            again = json.loads(get(second, "/vc-api/status-lists/revocation").body)["credentialSubject"]["encodedList"]
            import base64
            import gzip
            bits = gzip.decompress(base64.urlsafe_b64decode(again[1:] + "=="))
            place = int(vc["credentialStatus"]["statusListIndex"])
            assert bits[place // 8] == 0x80 >> place % 8 and bits.count(0) == len(bits) - 1
        with open(os.path.join(kept, "status.lists"), "r+b") as file:
            assert (os.fstat(file.fileno()).st_mode & 0o777) == 0o600
            file.truncate(1000)
        done = subprocess.run([CAIRN, "serve", "--demo", "--bare", "--db", os.path.join(kept, "db"), *options],
                              capture_output=True, text=True, timeout=30, check=False)
        assert done.returncode == 1 and "status.lists" in done.stderr, done


run([it_is_off_unless_it_is_turned_on, turning_it_on_says_what_it_does, a_folder_is_for_one_server,
     a_key_that_signs_nothing_here_signs_no_lists, an_option_that_is_no_text_is_refused, what_is_not_issued_takes_no_place,
     what_cannot_be_written_tells_no_path, it_answers_to_this_machine_alone,
     unless_its_operator_says_otherwise, it_does_not_start_without_keys, a_request_that_is_none_is_told_where_it_is_wrong,
     a_body_that_is_too_large_is_refused_in_json, it_has_no_pages, what_is_good_is_verified,
     proof_values_that_are_missing_null_or_without_prefix_are_refused, proofs_that_are_no_proofs_are_refused,
     unknown_types_and_suites_are_refused, a_wrong_purpose_and_a_missing_method_are_refused,
     undefined_terms_and_relative_urls_are_refused, sets_and_chains_are_verified, what_is_not_asked_for_is_a_warning,
     json_in_a_text_is_no_credential, a_jwt_is_verified, a_presentation_is_verified_for_its_challenge_and_domain,
     what_is_wrong_in_it_takes_it_along, a_credential_is_no_presentation_nor_the_other_way_round,
     every_suite_issues_what_it_then_verifies, the_issuer_chooses_between_keys_and_so_may_the_options,
     version_1_1_is_issued_with_a_context_that_knows_proofs, there_is_no_suite_of_another_name, issuing_refuses,
     issuing_accepts_what_is_like_it_and_good, a_request_to_issue_has_a_credential, a_part_is_derived_and_verified,
     what_cannot_be_derived_is_refused, a_credential_gets_a_place_in_a_list_that_can_be_had, a_status_is_changed_and_changed_back,
     what_was_never_given_cannot_be_set, what_was_revoked_stays_so_over_a_restart])
