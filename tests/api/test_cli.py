#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command line of `cairn verify` and `cairn contexts`: what it takes, what it prints, how it exits; and what
hostile input gets: a clear answer with a place, in bounded time and memory.

usage: test_cli.py CAIRN SIGN (tests/tools/sign.c)
"""
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile

import server
import tap

CAIRN, SIGN = map(os.path.abspath, sys.argv[1:3])
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "vc")
AT, MAP = ("--at", "2026-06-01"), ("--url-map", os.path.join(DATA, "url-map.json"))
V2 = "https://www.w3.org/ns/credentials/v2"
OURS = "https://contexts.example/ours"
MEMORY, SECONDS = 1 << 30, 20
folder = tempfile.TemporaryDirectory()
with open(CAIRN, "rb") as program:
    LIMITED = b"__asan_init" not in program.read()  # AddressSanitizer reserves terabytes of addresses


def limit():
    if LIMITED:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def run(*args, stdin=b""):
    done = subprocess.run([CAIRN, *args], input=stdin, capture_output=True, timeout=60, preexec_fn=limit)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def verify(*args, stdin=b""):
    """The status and the reports, which are one line of UTF-8 each."""
    status, out, err = run("verify", "--json", *AT, *args, stdin=stdin)
    assert not err, err
    assert out.endswith(b"\n") and b"\r" not in out, out
    return status, [json.loads(line) for line in out.decode("utf-8").splitlines()]


def data(name):
    return os.path.join(DATA, name)


def write(name, content):
    path = os.path.join(os.fsencode(folder.name), os.fsencode(name))
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def step(report, name):
    return next(s for s in report["steps"] if s["id"] == name)


def first_bad(report):
    return next(s for s in report["steps"] if s["outcome"] in ("fail", "unknown"))


def unusable(*args):
    """A file to verify with cannot be used: 2 and a message, and each input is unknown."""
    status, out, err = run("verify", *args)
    assert status == 2 and not out and err.startswith("cairn: ") and err.count("\n") == 1, (args, status, out, err)
    status, out, again = run("verify", "--json", *args)
    (report,) = map(json.loads, out.splitlines())
    assert status == 2 and again == err and report["verdict"] == "unknown" and report["proof"] is None, (args, out)
    assert report["steps"][0]["id"] == "read" and report["steps"][0]["outcome"] == "unknown", report
    return err


def usage(*args):
    status, out, err = run("verify", *args)
    assert status == 64 and not out and err.startswith("cairn: ") and err.count("\n") >= 1, (args, status, out, err)
    return err


# ---- Answers and exit statuses ----

def exit_statuses_follow_the_worst_verdict():
    good, bad, unknown = data("good.json"), data("tampered.json"), data("web.json")
    for files, expected in (((good,), 0), ((good, good), 0), ((bad,), 1), ((good, bad), 1), ((unknown,), 2),
                            ((good, unknown), 2), ((unknown, bad), 1), ((bad, unknown, good), 1)):
        assert verify("--offline", *files)[0] == expected, files
        assert run("verify", "--offline", *AT, *files)[0] == expected, files


def each_input_gets_one_line_in_order():
    nonsense = write("nonsense", b"hello\nthere")
    missing = os.path.join(folder.name, "missing.json")
    inputs = [data("good.json"), os.fsdecode(nonsense), missing, folder.name, data("tampered.json"), "-"]
    status, reports = verify(*inputs, stdin=open(data("good.json"), "rb").read())
    assert status == 1
    assert [r["input"] for r in reports] == inputs, reports
    verdicts = ["verified", "not verified", "unknown", "unknown", "not verified", "verified"]
    assert [r["verdict"] for r in reports] == verdicts, reports
    for report in reports:
        assert list(report) == ["input", "verdict", "proof", "steps", "credential"], report
        for each in report["steps"]:
            assert {"id", "outcome", "problem", "detail"} <= set(each), each
            assert each["outcome"] in ("pass", "fail", "unknown", "not applicable"), each
    assert [r["proof"] for r in reports] == [True, False, None, None, False, True], reports


def what_cannot_be_read_says_why():
    _, (nonsense,) = verify("-", stdin=b"hello")
    assert [s["id"] for s in nonsense["steps"]] == ["read"] and nonsense["credential"] is None, nonsense
    assert nonsense["steps"][0]["problem"] == "not-json" and "byte 0" in nonsense["steps"][0]["where"], nonsense
    status, (missing,) = verify(os.path.join(folder.name, "missing.json"))
    assert status == 2 and missing["steps"][0]["outcome"] == "unknown", missing
    assert missing["steps"][0]["problem"] and missing["steps"][0]["detail"], missing
    status, (empty,) = verify("-")
    assert status == 1 and empty["steps"][0]["problem"] == "empty", empty


def a_file_name_may_be_any_bytes():
    status, (report,) = verify(write(b"caf\xe9.json", open(data("good.json"), "rb").read()))
    assert status == 0 and report["input"].endswith("caf\ufffd.json"), report
    status, (report,) = verify(b"no\nsuch\x1b\xff")
    assert status == 2 and report["input"] == "no\nsuch\x1b\ufffd", report


def people_get_the_same_verdicts():
    status, out, err = run("verify", "--offline", *AT, data("good.json"), data("tampered.json"))
    text = out.decode()
    assert status == 1 and not err and "\x1b" not in text, (text, err)
    assert text.index("verified  " + data("good.json")) < text.index("not verified  " + data("tampered.json")), text
    assert "[invalid-signature]" in text, text


def several_subjects_are_all_told():
    """Nobody signs which of them comes first."""
    ada = {"name": "Ada", "achievement": {"name": "Soil"}}
    bob = {"id": "did:example:bob", "achievement": {"id": "urn:rocks"}}
    plain = {"@context": [V2], "type": ["VerifiableCredential"], "issuer": "did:example:1",
             "credentialSubject": [ada, bob, {"age": 3}]}
    _, (report,) = verify("--offline", stdin=json.dumps(plain).encode())
    told = report["credential"]
    assert told["subjects"] == [ada, bob, {}] and "subject" not in told and "achievement" not in told, told
    _, out, _ = run("verify", "--offline", *AT, stdin=json.dumps(plain).encode())
    lines = [line.split() for line in out.decode().splitlines()]
    assert [line for line in lines if line[:1] in (["subjects"], ["to"], ["what"])] == [
        ["subjects", "3"], ["to", "Ada"], ["what", "Soil"], ["to", "did:example:bob"],
        ["to", "(without", "a", "name)"]], out
    plain["credentialSubject"] = ada
    _, (report,) = verify("--offline", stdin=json.dumps(plain).encode())
    told = report["credential"]
    assert told["subject"] == {"name": "Ada"} and told["achievement"] == {"name": "Soil"}, told
    assert "subjects" not in told, told


def standard_input_is_the_default():
    status, (report,) = verify(stdin=open(data("good.json"), "rb").read())
    assert status == 0 and report["input"] == "-", report


# ---- Options ----

def at_moves_the_clock():
    for at, expected in (("2025-06-01T00:00:00Z", 0), ("2026-06-01T00:00:00Z", 1), ("2025-06-01", 0)):
        status, out, _ = run("verify", "--json", "--at", at, data("expired.json"))
        assert status == expected, (at, out)
    for at in ("tomorrow", "2026-02-30", "", "2026-06-01T00:00:00Zjunk"):
        assert "--at" in usage("--at", at, data("good.json")), at


def offline_asks_nobody():
    status, (report,) = verify("--offline", data("web.json"))
    assert status == 2 and report["proof"] is None and first_bad(report)["id"] == "proof", report
    status, (report,) = verify("--offline", *MAP, data("web.json"))
    assert status == 0 and report["proof"] is True, report


def resources_are_fetched_only_when_asked():
    status, (report,) = verify(*MAP, data("evidence-digest.json"))
    assert status == 0 and step(report, "resources")["problem"] == "resources-not-checked", report
    status, (report,) = verify(*MAP, "--resources", data("evidence-digest.json"))
    assert status == 0 and step(report, "resources")["outcome"] == "pass", report
    status, (report,) = verify("--offline", "--resources", data("evidence-digest.json"))
    assert status == 2 and step(report, "resources")["problem"] == "resource-unavailable", report


def signed_with_our_context():
    """Signed with the context written out."""
    key = subprocess.run([SIGN, "05" * 32], capture_output=True, check=True).stdout.decode().strip()
    plain = {"@context": [V2, {"craft": "https://contexts.example/craft"}], "type": ["VerifiableCredential"],
             "issuer": "did:key:" + key, "credentialSubject": {"craft": "masonry"}}
    done = subprocess.run([SIGN, "05" * 32, f"did:key:{key}#{key}"], input=json.dumps(plain).encode(),
                          capture_output=True, check=True)
    return json.loads(done.stdout)


def contexts_come_from_the_operators_files():
    # What is signed are statements: they are the same ones with the context in a file.
    body = json.dumps({"@context": {"craft": "https://contexts.example/craft"}}).encode()
    credential = signed_with_our_context()
    credential["@context"] = [V2, OURS]
    credential.get("proof", {}).pop("@context", None)
    path, context = write("ours.json", credential), write("ours-context.json", body)
    status, (report,) = verify("--offline", path)
    assert status != 0 and OURS in json.dumps(report), report
    status, (report,) = verify("--offline", "--context", OURS.encode() + b"=" + context, path)
    assert status == 0, report
    os.makedirs(os.path.join(folder.name, "contexts"), exist_ok=True)
    write("contexts/ours.json", body)
    index = {OURS: {"file": "ours.json", "sha256": hashlib.sha256(body).hexdigest()}}
    write("contexts/index.json", index)
    named = os.path.join(folder.name, "contexts")
    status, (report,) = verify("--offline", "--contexts", named, path)
    assert status == 0, report
    index[OURS]["sha256"] = "0" * 64
    write("contexts/index.json", index)
    assert "SHA-256" in unusable("--contexts", named, os.fsdecode(path))


def contexts_are_fetched_only_where_allowed():
    body = json.dumps({"@context": {"craft": "https://contexts.example/craft"}}).encode()
    issuer = server.Server({"/allowed/v1": (200, {"Content-Type": "application/ld+json"}, body)})
    credential = signed_with_our_context()
    credential["@context"] = [V2, issuer.origin + "/allowed/v1"]
    credential.get("proof", {}).pop("@context", None)
    path = write("fetched.json", credential)
    for prefix in (None, issuer.origin + "/other/"):
        status, (report,) = verify("--allow-private", *(("--allow-context-prefix", prefix) if prefix else ()), path)
        assert status == 2 and step(report, "context")["problem"] == "context-unavailable", report
    assert not issuer.log, [r.path for r in issuer.log]
    status, (report,) = verify("--allow-private", "--allow-context-prefix", issuer.origin + "/allowed/", path)
    issuer.close()
    assert status == 0 and len(issuer.log) == 1, report


def built_in_contexts_are_listed():
    status, out, err = run("contexts")
    assert status == 0 and not err
    lines = out.decode().splitlines()
    assert V2 in lines and sum(line.startswith("    sha256 ") for line in lines) > 20, lines
    status, out, err = run("contexts", "--show", V2)
    assert status == 0 and "@context" in json.loads(out), err
    for args, expected in ((("--show", "https://no.example/"), 1), (("extra",), 64), (("--frobnicate",), 64)):
        status, out, err = run("contexts", *args)
        assert status == expected and not out and err, (args, status, err)


def wrong_usage_is_64():
    good = data("good.json")
    for args in (("--frobnicate", good), ("--at",), ("--json=yes", good), ("--context", "nonsense", good),
                 ("--context", f"{OURS}=", good)):
        status, out, err = run("verify", *args)
        assert status == 64 and not out and err, (args, status, out, err)
    for args, expected in (((), 64), (("frobnicate",), 64), (("--help",), 0), (("--version",), 0),
                           (("verify", "--help"), 0)):
        status, out, err = run(*args)
        assert status == expected and bool(out) == (expected == 0) and bool(err) == (expected != 0), (args, out, err)


def files_that_cannot_be_used_are_2():
    good, none = data("good.json"), folder.name + "/none"
    for args in (("--context", f"{OURS}={none}"), ("--contexts", none), ("--url-map", none), ("--url-map", good),
                 ("--registry", none), ("--registry-unsigned", good)):
        err = unusable(*args, good)
        assert err.count(args[1]) == 1, err


def output_that_cannot_be_written_is_no_verdict():
    for args, expected in ((("verify", *AT, data("good.json")), 2), (("verify", *AT, data("tampered.json")), 1),
                           (("verify", "--help"), 2), (("--help",), 2), (("--version",), 2), (("licences",), 2)):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([CAIRN, *args], stdout=full, stderr=subprocess.PIPE, timeout=60)
        assert done.returncode == expected and b"standard output" in done.stderr, (args, done)


def other_schemes_are_links_too():
    for link in ("ftp://x.example/y", "HTTP://x.example", "file:///etc/passwd"):
        status, (report,) = verify(link)
        assert status == 2 and report["steps"][0]["problem"] == "net.scheme", report
        assert "https" in report["steps"][0]["detail"], report
    _, (report,) = verify(*MAP, "HTTPS://nowhere.example/")
    assert report["steps"][0]["problem"].startswith("net."), report


# ---- Hostile input ----

def refused(stdin, problem, where="", step_id="read", options=()):
    status, (report,) = verify("--offline", *options, "-", stdin=stdin)
    bad = first_bad(report)
    assert status == 1 and report["verdict"] == "not verified", report
    assert bad["id"] == step_id and bad["problem"] == problem and bad["detail"], bad
    assert where in bad.get("where", ""), bad


def good():
    with open(data("good.json"), "rb") as file:
        return file.read()


def truncated_input():
    whole = good().rstrip()
    for length in (1, len(whole) // 2, len(whole) - 1):
        refused(whole[:length], "not-json", f"byte {length} ")


def too_many_brackets():
    refused(b"[" * 250_000, "too-deep", "byte 128 ")
    refused(b'{"a":' * 50_000, "too-deep", "byte ")
    nested = good().rstrip()[:-1] + b',"x":' + b"[" * 250_000
    refused(nested, "too-deep", "byte ")


def invalid_utf8():
    text = good()
    place = text.index(b'"name"') + 2
    refused(text[:place] + b"\xff" + text[place:], "not-json", f"byte {place} ")
    refused(b"\xef\xbb\xbf" * 2 + text, "not-json", "byte 0 ")
    refused(text.decode().encode("utf-16"), "utf-16", "byte 0")
    assert verify("--offline", "-", stdin=b"\xef\xbb\xbf" + text)[0] == 0
    refused(os.urandom(4096).replace(b"{", b"x"), "not-json", "byte ")


def duplicate_keys():
    refused(good().rstrip()[:-1] + b',"issuer":"did:web:other.example"}', "duplicate-key", "byte ")


def input_beyond_the_limit():
    path = write("large.json", b" " * (16 << 20) + good())
    status, (report,) = verify(path)
    assert status == 2 and report["steps"][0]["outcome"] == "unknown", report
    assert report["steps"][0]["detail"], report


def what_takes_too_much_memory():
    path = write("many.json", b'{"x":[' + b"{}," * (5 << 20) + b"1]}")
    status, (report,) = verify(path)
    assert status == 2 and report["verdict"] == "unknown", report
    assert report["steps"][0]["problem"] == "memory.limit" and report["steps"][0]["detail"], report


def a_name_may_be_empty():
    status, (report,) = verify("")
    assert status == 2 and list(report)[0] == "input" and report["input"] == "", report


def a_context_cycle():
    write("a.json", {"@context": ["https://b.example/", {"a": "https://a.example/a"}]})
    write("b.json", {"@context": ["https://a.example/", {"b": "https://b.example/b"}]})
    path = write("cycle-map.json", {"urls": {"https://a.example/": {"file": "a.json"},
                                             "https://b.example/": {"file": "b.json"}}})
    credential = json.loads(good())
    credential["@context"].append("https://a.example/")
    status, (report,) = verify("--url-map", path, "-", stdin=json.dumps(credential).encode())
    bad = first_bad(report)
    assert status == 1 and bad["id"] == "context", report
    assert "a.example" in bad["detail"] + bad["where"] or "b.example" in bad["detail"] + bad["where"], bad


def poisoned(n):
    """Blank nodes that all know each other look alike from everywhere."""
    knows = "https://graph.example/knows"
    credential = json.loads(good())
    credential["@context"].append({"knows": {"@id": knows, "@type": "@id"}})
    credential["credentialSubject"]["knows"] = [
        {"id": f"_:n{i}", "knows": [f"_:n{k}" for k in range(n) if k != i]} for i in range(n)]
    return json.dumps(credential).encode()


def a_poison_graph():
    for n in (12, 60):
        status, (report,) = verify("--offline", "-", stdin=poisoned(n))
        assert status == 1 and first_bad(report)["id"] == "proof", report
        assert first_bad(report)["problem"] == "too-complex" and "blank nodes" in first_bad(report)["detail"], report
        assert first_bad(report)["where"] == "/proof", report


def a_status_list_that_inflates_without_end():
    status, (report,) = verify(*MAP, data("list-bomb.json"))
    assert status == 1 and report["proof"] is True, report
    bad = step(report, "status")
    assert bad["problem"] == "status-list-invalid" and "larger" in bad["detail"], bad
    assert bad["where"] == "/credentialStatus", bad


def loaded(program):
    """The names of the libraries that it is started with."""
    done = subprocess.run([program], env={"LD_TRACE_LOADED_OBJECTS": "1"}, capture_output=True, check=True)
    return [line.split()[0].decode() for line in done.stdout.splitlines()]


def short_commands_do_not_load_what_a_server_needs():
    names = loaded(CAIRN)
    assert any(name.startswith("libcrypto.so") for name in names), names
    for library in ("libcurl", "libcairo", "libpango", "libmicrohttpd", "libsqlite3", "libfido2", "libxml2", "libicu"):
        assert not any(name.startswith(library) for name in names), names


def a_program_alone_has_the_short_commands():
    alone = os.path.join(folder.name, "alone", "cairn")
    os.mkdir(os.path.dirname(alone))
    shutil.copy(CAIRN, alone)

    def call(*args):
        done = subprocess.run([alone, *args], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        return done.returncode, done.stdout.decode(), done.stderr.decode()
    assert call("verify", *AT, *MAP, data("good.json"))[0] == 0
    for args in (["serve", "--help"], ["nonsense"], []):
        status, _, said = call(*args)
        assert status == 64 and "cairn-server" in said, (args, status, said)
    status, _, said = call("verify", "--db", "cairn.db", data("good.json"))
    assert status == 2 and "cairn-server" in said, (status, said)
    status, printed, said = call("--help")
    assert status == 0 and "  verify " in printed and "  serve " not in printed and "cairn-server" in said, printed
    os.symlink(CAIRN + "-server", alone + "-server")
    status, printed, said = call("serve", "--help")
    assert status == 0 and printed.startswith("usage: cairn serve") and not said, (status, printed, said)
    status, printed, said = call("--help")
    assert status == 0 and "  serve " in printed and not said, printed
    status, _, said = call("verify", "--db", "none.db", data("good.json"))
    assert status == 2 and "none.db" in said, (status, said)


tap.run([
    short_commands_do_not_load_what_a_server_needs, a_program_alone_has_the_short_commands,
    exit_statuses_follow_the_worst_verdict, each_input_gets_one_line_in_order, what_cannot_be_read_says_why,
    a_file_name_may_be_any_bytes, people_get_the_same_verdicts, several_subjects_are_all_told,
    standard_input_is_the_default, at_moves_the_clock,
    offline_asks_nobody, resources_are_fetched_only_when_asked, contexts_come_from_the_operators_files,
    contexts_are_fetched_only_where_allowed, built_in_contexts_are_listed, wrong_usage_is_64,
    files_that_cannot_be_used_are_2, output_that_cannot_be_written_is_no_verdict, other_schemes_are_links_too,
    a_name_may_be_empty, what_takes_too_much_memory,
    truncated_input, too_many_brackets, invalid_utf8, duplicate_keys, input_beyond_the_limit, a_context_cycle,
    a_poison_graph, a_status_list_that_inflates_without_end,
])
