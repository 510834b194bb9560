#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Verifying tells the issuer nothing: an issuer of our own, which records every request, is asked for its key
and its status list and learns neither which credential is looked at, nor by whom.

usage: test_no_phone_home.py CAIRN SIGN (tests/tools/sign.c)
"""
import base64
import gzip
import json
import os
import subprocess
import sys
import tempfile

import tap
from server import Server

CAIRN, SIGN = sys.argv[1:3]
SEED = "07" * 32
# Whatever could tell one credential from another.
SECRET_ID, SECRET_SUBJECT, SECRET_INDEX = "5f3c-credential-id", "did:example:5f3c-subject", "91415"
folder = tempfile.TemporaryDirectory()
routes = {}
issuer = Server(routes)
ISSUER = issuer.origin + "/issuer"
METHOD = ISSUER + "#key-1"
LIST = issuer.origin + "/status/1"


def sign(credential):
    done = subprocess.run([SIGN, SEED, METHOD], input=json.dumps(credential).encode(), capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def answer(body, media_type):
    """With a cookie and a validator, which a client that keeps state would send back."""
    return 200, {"Content-Type": media_type, "Set-Cookie": "track=1; Path=/", "ETag": '"track"',
                 "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"}, body


def publish(revoked=()):
    key = subprocess.run([SIGN, SEED], capture_output=True, check=True).stdout.decode().strip()
    controller = {"@context": "https://www.w3.org/ns/cid/v1", "id": ISSUER, "assertionMethod": [METHOD],
                  "verificationMethod": [{"id": METHOD, "type": "Multikey", "controller": ISSUER,
                                          "publicKeyMultibase": key}]}
    routes["/issuer"] = answer(json.dumps(controller).encode(), "application/json")
    bits = bytearray(131072 // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    encoded = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits))).rstrip(b"=").decode()
    status_list = {"@context": ["https://www.w3.org/ns/credentials/v2"], "id": LIST,
                   "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": ISSUER,
                   "validFrom": "2026-01-01T00:00:00Z",
                   "credentialSubject": {"id": LIST + "#list", "type": "BitstringStatusList",
                                         "statusPurpose": "revocation", "encodedList": encoded}}
    routes["/status/1"] = answer(sign(status_list), "application/vc")


def credential_file():
    credential = {"@context": ["https://www.w3.org/ns/credentials/v2"],
                  "id": f"{issuer.origin}/credentials/{SECRET_ID}", "type": ["VerifiableCredential"],
                  "issuer": ISSUER, "validFrom": "2026-01-01T00:00:00Z",
                  "credentialSubject": {"id": SECRET_SUBJECT},
                  "credentialStatus": {"id": f"{LIST}#{SECRET_INDEX}", "type": "BitstringStatusListEntry",
                                       "statusPurpose": "revocation", "statusListIndex": SECRET_INDEX,
                                       "statusListCredential": LIST}}
    path = os.path.join(folder.name, "credential.json")
    with open(path, "wb") as file:
        file.write(sign(credential))
    return path


def verify(path, *options):
    del issuer.log[:]
    done = subprocess.run([CAIRN, "verify", "--json", *options, path], capture_output=True, timeout=60)
    return json.loads(done.stdout)


def a_credential_verifies_by_what_the_issuer_publishes():
    publish()
    got = verify(PATH, "--allow-private")
    assert got["verdict"] == "verified" and got["proof"] is True, got
    paths = {request.path for request in issuer.log}
    assert paths == {"/issuer", "/status/1"}, paths


def the_issuer_learns_nothing_else():
    publish()
    verify(PATH, "--allow-private")
    verify(PATH, "--allow-private")
    assert issuer.log
    for request in issuer.log:
        assert request.method == "GET"
        assert set(request.headers.keys()) == {"Host", "User-Agent", "Accept"}, request.text()
        for secret in (SECRET_ID, SECRET_SUBJECT, SECRET_INDEX, "5f3c", "track", "credentials/"):
            assert secret not in request.text(), request.text()


def the_list_is_really_read():
    publish(revoked=[int(SECRET_INDEX)])
    got = verify(PATH, "--allow-private")
    assert got["verdict"] == "not verified" and got["proof"] is True, got
    status = [step for step in got["steps"] if step["id"] == "status"]
    assert status[0]["problem"] == "revoked", got


def nobody_is_asked_where_that_was_not_allowed():
    publish()
    for options in ((), ("--offline",), ("--offline", "--allow-private")):
        got = verify(PATH, *options)
        assert got["verdict"] == "unknown" and got["proof"] is None, got
        assert not issuer.log, [request.text() for request in issuer.log]


publish()
PATH = credential_file()
tap.run([a_credential_verifies_by_what_the_issuer_publishes, the_issuer_learns_nothing_else,
         the_list_is_really_read, nobody_is_asked_where_that_was_not_allowed])
