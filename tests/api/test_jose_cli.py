# SPDX-License-Identifier: Apache-2.0
"""`cairn jose` as the W3C suite of VC-JOSE-COSE calls it: what it issues it verifies, each refusal, and, where the suite's
inputs are present (CAIRN_CONFORMANCE), each of them with the key and the outcome that the suite has for it."""
import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tap import run

CAIRN = os.path.abspath(sys.argv[1])
CORPUS = Path(os.environ.get("CAIRN_CONFORMANCE", Path(__file__).resolve().parents[3] / "shared" / "conformance"))
INPUTS = CORPUS / "suite-inputs" / "vc-jose-cose" / "tests" / "input"
folder = tempfile.TemporaryDirectory()
ISSUER = "https://issuer.example/keys"
STATUS = {"success": 0, "failure": 1, "indeterminate": 2}


def path_of(name, content=None):
    path = os.path.join(folder.name, name)
    if content is not None:
        with open(path, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
    return path


def make_key(kind, name):
    jwk = json.loads(subprocess.run([CAIRN, "keys", "new", "--kind", kind, "--form", "jwk"], capture_output=True, text=True, check=True).stdout)
    public = {member: value for member, value in jwk.items() if member != "d"}
    return path_of(f"key-{name}.json", {"id": f"{ISSUER}#{name}", "type": "JsonWebKey", "controller": ISSUER, "publicKeyJwk": public,
                                        "secretKeyJwk": jwk})


KEYS = {kind: make_key(kind, kind) for kind in ("ed25519", "p256", "p384")}
OTHER = make_key("ed25519", "other")


def jose(verb, given, key, feature, *options):
    """The result's word and its data; the exit status says the same."""
    output = path_of("result.json")
    done = subprocess.run([CAIRN, "jose", verb, "--input", str(given), "--key", str(key), "--feature", feature, "--output", output, *options],
                          capture_output=True, text=True, check=False)
    with open(output, encoding="utf-8") as file:
        result = json.load(file)
    assert set(result) == {"result", "data"} and done.returncode == STATUS[result["result"]], (done, result)
    os.remove(output)
    return result["result"], result["data"]


def credential(**members):
    return {"@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
            "type": ["VerifiableCredential"], "issuer": ISSUER,
            "credentialSubject": {"id": "did:example:a", "name": "Ada", "list": ["x", "y"]}, **members}


def presentation(*tokens, **members):
    held = [{"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential", "id": "data:application/" + token}
            for token in tokens]
    return {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"], "holder": ISSUER,
            "verifiableCredential": held, **members}


def issue(document, feature, key="ed25519", *options):
    return jose("issue", path_of("document.json", document), KEYS[key], feature, *options)


def verify(token, feature, key="ed25519"):
    return jose("verify", path_of("token.txt", token), KEYS.get(key, key), feature)


def part(token, number):
    text = token.split("~")[0].split(".")[number]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def what_is_issued_verifies_with_the_same_key_and_no_other():
    for kind in KEYS:
        word, token = issue(credential(), "credential_jose", kind)
        assert word == "success" and part(token, 0)["typ"] == "vc+jwt" and part(token, 0)["kid"] == f"{ISSUER}#{kind}", token
        word, data = verify(token, "credential_jose", kind)
        assert word == "success" and json.loads(data)["credentialSubject"] == credential()["credentialSubject"], data
        assert verify(token, "credential_jose", OTHER)[0] == "failure"


def what_can_be_withheld_is_told_by_paths():
    word, token = issue(credential(), "credential_sdjwt", "p256", "--sd", '["credentialSubject.name", "credentialSubject.list[0]"]')
    assert word == "success" and len(token.split("~")) == 4 and part(token, 0)["typ"] == "vc+sd-jwt", token
    assert "name" not in part(token, 1)["credentialSubject"] and "..." in part(token, 1)["credentialSubject"]["list"][0]
    assert verify(token, "credential_sdjwt", "p256")[0] == "success"
    assert issue(credential(), "credential_sdjwt", "p256", "--sd", '["credentialSubject.none"]')[0] == "failure"
    assert issue(credential(), "credential_sdjwt", "p256", "--sd", '["issuer"]')[0] == "failure"
    assert issue(credential(), "credential_sdjwt", "p256", "--sd", '["list[0"]')[0] == "failure"


def presentations_hold_envelopes():
    _, inner = issue(credential(), "credential_jose", "p384")
    for feature in ("presentation_jose", "presentation_sdjwt"):
        word, token = issue(presentation("vc+jwt," + inner), feature)
        assert word == "success" and part(token, 0)["typ"].startswith("vp+"), token
        assert verify(token, feature) [0] == "success", token
        for wrong in (credential(), "eyJ"):
            assert issue({**presentation(), "verifiableCredential": [wrong]}, feature)[0] == "failure"
        no_data = presentation("vc+jwt," + inner)
        no_data["verifiableCredential"][0]["id"] = "https://example.org/credential"
        assert issue(no_data, feature)[0] == "failure"
    word, token = issue(presentation("vc+jwt," + inner), "presentation_sdjwt", "ed25519", "--sd", '["holder", "verifiableCredential[0]"]')
    assert word == "success" and "holder" not in part(token, 1), token
    bad = inner[:-6] + "AAAAAA"
    _, token = issue(presentation("vc+jwt," + bad), "presentation_jose", "p384")
    assert verify(token, "presentation_jose", "p384")[0] == "failure"


def what_is_no_good_credential_is_not_issued():
    for change in ({"issuer": "not-a-url"}, {"credentialSubject": {}}, {"badExtension": {"huh": "what"}}, {"type": []},
                   {"validFrom": "yesterday"}, {"vc": {}}, {"vp": {}}):
        word, data = issue({**credential(), **change}, "credential_jose")
        assert word == "failure" and data, change
    assert issue("{", "credential_jose")[0] == "failure"
    assert issue(presentation(), "credential_jose")[0] == "failure"


def what_was_changed_does_not_verify():
    _, token = issue(credential(), "credential_jose")
    head, body, signature = token.split(".")
    for wrong in (f"{head}.{body}.", f"{head}.{body}.{'A' * len(signature)}", f"{head}.{body[:-2]}AA.{signature}", "", "{}", json.dumps(credential())):
        word, data = verify(wrong, "credential_jose")
        assert word == "failure" and data, wrong
    assert verify(token, "credential_sdjwt")[0] == "failure"
    assert verify(token, "presentation_jose")[0] == "failure"


def what_is_not_known_is_indeterminate():
    for verb in ("issue", "verify"):
        for feature in ("credential_cose", "presentation_cose"):
            word, data = jose(verb, path_of("document.json", credential()), KEYS["p256"], feature)
            assert word == "indeterminate" and "COSE" in data, data


def wrong_usage_is_told():
    for arguments in ([], ["issue"], ["sign"], ["issue", "--input", "a", "--key", "b", "--feature", "fun", "--output", "c"],
                      ["verify", "--input", "a", "--key", "b", "--feature", "credential_jose", "--output", "c", "--sd", "[]"]):
        done = subprocess.run([CAIRN, "jose", *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 64 and "cairn jose --help" in done.stderr, done
    done = subprocess.run([CAIRN, "jose", "--help"], capture_output=True, text=True, check=True)
    assert "--feature NAME" in done.stdout


# ---- The suite's inputs: number, verb, feature, input, key, what it comes to ----

CASES = """
1 issue credential_jose credential-minimal.json p256 success
2 issue credential_jose credential-full.json p384 success
3 issue presentation_jose presentation-single.json p256 success
4 issue presentation_jose presentation-multiple.json p521 success
5 issue credential_jose credential-unknown-extensions.json p521 failure
6 verify credential_jose credential-jose-minimal.txt p256 success
7 verify presentation_jose presentation-jose-multiple.txt p384 success
8 verify credential_jose credential-issuer-match-signed.txt ed25519 success
9 verify credential_jose credential-jose-unknown-extensions.txt ed25519 failure
10 verify credential_jose credential-minimal.json ed25519 failure
11 verify presentation_jose presentation-single.json ed25519 failure
12 verify credential_jose credential-jose-bad-signature.txt ed25519 failure
13 verify credential_jose credential-jose-bad-media-type.txt ed25519 failure
14 verify presentation_jose presentation-jose-bad-media-type.txt ed25519 failure
15 verify credential_jose credential-jose-vc-vp-claims.txt ed25519 failure
16 verify presentation_jose presentation-jose-bad-credential.txt ed25519 failure
17 issue credential_sdjwt credential-selective.json p384 success credentialSubject.firstName credentialSubject.lastName
18 issue credential_sdjwt credential-nested-selective.json p521 success credentialSubject.address.street credentialSubject.address.city credentialSubject.phoneNumbers[0]
19 issue presentation_sdjwt presentation-selective.json p384 success holder verifiableCredential[0]
20 verify credential_sdjwt credential-sdjwt-selective.txt p384 success
21 verify credential_sdjwt credential-sdjwt-nested.txt p521 success
22 verify presentation_sdjwt presentation-sdjwt-selective.txt p384 success
23 verify credential_sdjwt credential-sdjwt-bad-signature.txt p384 failure
24 verify credential_sdjwt credential-sdjwt-bad-media-type.txt ed25519 failure
25 verify presentation_sdjwt presentation-sdjwt-bad-media-type.txt ed25519 failure
26 verify presentation_sdjwt presentation-sdjwt-bad-credential.txt p521 failure
27 issue credential_cose credential-minimal.json did-ed25519 indeterminate
28 issue presentation_cose presentation-single.json p384 indeterminate
29 verify credential_cose credential-cose-minimal.txt p256 indeterminate
30 verify credential_cose credential-cose-minimal-not-base64.txt p256 indeterminate
31 verify presentation_cose presentation-cose-single.txt p384 indeterminate
32 verify credential_cose credential-cose-bad-signature.txt ed25519 indeterminate
33 verify credential_cose credential-cose-bad-media-type.txt p384 indeterminate
34 verify presentation_cose presentation-cose-bad-media-type.txt p384 indeterminate
35 verify presentation_cose presentation-cose-bad-credential.txt p256 indeterminate
"""


def suite_case(number, verb, feature, given, key, expected, *paths):
    def test():
        sd = ["--sd", json.dumps(paths)] if paths else []
        word, data = jose(verb, INPUTS / given, INPUTS / f"vm-{key}.json", feature, *sd)
        assert word == expected, (word, data)
        if verb == "issue" and expected == "success":
            word, data = jose("verify", path_of("token.txt", data), INPUTS / f"vm-{key}.json", feature)
            # An input whose envelopes hold no token at all is signed, and then refused.
            assert word == "success" or given in ("presentation-single.json", "presentation-multiple.json"), data
    test.__name__ = f"suite_{number}_{verb}_{given}_with_{key}"
    return test


def every_input_has_its_case():
    named = {line.split()[3] for line in CASES.strip().splitlines()} | {line.split()[4] for line in CASES.strip().splitlines()}
    for path in INPUTS.iterdir():
        assert path.name in named or path.stem.removeprefix("vm-") in named, path.name


tests = [what_is_issued_verifies_with_the_same_key_and_no_other, what_can_be_withheld_is_told_by_paths, presentations_hold_envelopes,
         what_is_no_good_credential_is_not_issued, what_was_changed_does_not_verify, what_is_not_known_is_indeterminate, wrong_usage_is_told]
if INPUTS.is_dir():
    tests += [every_input_has_its_case, *(suite_case(*line.split()) for line in CASES.strip().splitlines())]
run(tests)
