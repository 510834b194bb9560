#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The room net against a server on loopback: what is had, what is refused, and what the server gets to see.

usage: test_fetch.py PROGRAM (tests/tools/fetch.c)
"""
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time

import tap
from server import Server

PROGRAM = sys.argv[1]
# Nothing in the environment may lead a request elsewhere or add to it.
HOSTILE = {name: "http://127.0.0.1:1/" for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")}
home = tempfile.TemporaryDirectory()
with open(os.path.join(home.name, ".netrc"), "w") as netrc:
    netrc.write("machine 127.0.0.1 login anna password secret\n")


def fetch(*urls, private=True, **options):
    command = [PROGRAM] + (["--allow-private"] if private else [])
    for name, value in options.items():
        command += ["--" + name.replace("_", "-"), str(value)]
    done = subprocess.run(command + list(urls), capture_output=True, timeout=60, check=True,
                          env={**os.environ, **HOSTILE, "HOME": home.name})
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(urls), done.stderr
    for answer in answers:
        if "hex" in answer:
            answer["body"] = bytes.fromhex(answer["hex"])
    return answers if len(urls) > 1 else answers[0]


def expect(answer, code, id):
    assert (answer.get("code"), answer.get("id")) == (code, id), answer


def endless(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for _ in range(100000):
        handler.wfile.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_headers(handler):
    for _ in range(200):
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        handler.wfile.flush()
        time.sleep(0.05)


def many_headers(handler):
    handler.send_response(200)
    for i in range(200):
        handler.send_header(f"X-{i}", "y" * 1000)
    handler.end_headers()


def slow_redirect(handler):
    time.sleep(0.3)
    handler.send_response(302)
    handler.send_header("Location", "/slow")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def to(place, status=302, cookie=True):
    return status, {"Location": place, **({"Set-Cookie": "id=7; Path=/"} if cookie else {})}, b"moved"


PACKED = gzip.compress(b'{"a": 1}')
ROUTES = {
    "/ok": (200, {"Content-Type": "Application/LD+JSON; charset=utf-8", "Set-Cookie": "id=7; Path=/"}, b'{"a": 1}'),
    "/empty": (200, {}, b""),
    "/gone": (410, {}, b""),
    "/broken": (500, {}, b"oh"),
    "/not-modified": (304, {}, b""),
    "/no-place": (302, {}, b""),
    "/gzip": (200, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, PACKED),
    "/1000": (200, {}, b"x" * 1000),
    "/endless": endless,
    "/drip": drip,
    "/drip-headers": drip_headers,
    "/many-headers": many_headers,
    "/slow": slow_redirect,
    "/chain1": to("/chain2", 301),
    "/chain2": to("chain3?x=1", 303),
    "/chain3": to("/chain4#part", 307),
    "/chain4": to("/ok", 308),
    "/loop": to("/loop"),
    "/to-file": to("file:///etc/passwd"),
    "/to-ftp": to("ftp://127.0.0.1/x"),
    "/to-zero": to("http://0.0.0.0:1/"),
    "/to-user": to("http://anna:secret@127.0.0.1/"),
}
plain = Server(ROUTES)


def certificate():
    """A self-signed certificate for 127.0.0.1, made anew each time."""
    folder = tempfile.mkdtemp(dir=home.name)
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=test", "-addext",
                    "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    return cert, key


CERTIFICATE = certificate()
secure = Server({**ROUTES, "/to-http": to(plain.origin + "/ok")}, CERTIFICATE)
ROUTES["/to-https"] = to(secure.origin + "/ok")


def a_document_comes_with_its_type_and_url():
    got = fetch(plain.origin + "/ok#fragment")
    assert got["body"] == b'{"a": 1}' and got["type"] == "application/ld+json", got
    assert got["url"] == plain.origin + "/ok", got
    assert fetch(plain.origin + "/empty")["body"] == b""


def statuses():
    expect(fetch(plain.origin + "/none"), "not-found", "net.status")
    expect(fetch(plain.origin + "/gone"), "not-found", "net.status")
    for path in ("/broken", "/not-modified", "/no-place"):
        expect(fetch(plain.origin + path), "unavailable", "net.status")


def redirects_are_followed():
    got = fetch(plain.origin + "/chain1")
    assert got["body"] == b'{"a": 1}' and got["url"] == plain.origin + "/ok", got
    expect(fetch(plain.origin + "/chain1", max_redirects=3), "limit", "net.redirects")
    assert "body" in fetch(plain.origin + "/chain1", max_redirects=4)


def a_redirect_loop_ends():
    del plain.log[:]
    expect(fetch(plain.origin + "/loop"), "limit", "net.redirects")
    assert len(plain.log) == 6, len(plain.log)


def a_redirect_is_checked_like_a_first_url():
    for path in ("/to-file", "/to-ftp"):
        expect(fetch(plain.origin + path), "denied", "net.scheme")
    expect(fetch(plain.origin + "/to-zero"), "denied", "net.address")
    expect(fetch(plain.origin + "/to-user"), "denied", "net.user")


def private_addresses_are_refused():
    del secure.log[:]
    port = secure.port
    hosts = ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "017700000001", "[::1]",
             "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "10.0.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "0",
             "[::]", "255.255.255.255", "[fe80::1]", "[fc00::1]", "[64:ff9b::7f00:1]", "224.0.0.1"]
    for host, got in zip(hosts, fetch(*[f"https://{host}:{port}/ok" for host in hosts], private=False, timeout_ms=5000)):
        assert got.get("code") == "denied" and got.get("id") == "net.address", (host, got)
    # No resolver need know this one as an address; whatever it makes of it, nothing is had.
    assert "hex" not in fetch(f"https://127.0.0.1.:{port}/ok", private=False, timeout_ms=5000)
    assert not secure.log


def some_addresses_are_refused_even_then():
    hosts = ["0.0.0.0", "[::]", "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1", "[2001:db8::1]"]
    for host, got in zip(hosts, fetch(*[f"http://{host}:{plain.port}/ok" for host in hosts], timeout_ms=5000)):
        assert got.get("code") == "denied" and got.get("id") == "net.address", (host, got)


def http_is_for_private_addresses():
    expect(fetch(plain.origin + "/ok", private=False), "denied", "net.scheme")
    # A public address, which nothing connects to: the scheme is refused before.
    expect(fetch("http://8.8.8.8/", timeout_ms=5000), "denied", "net.scheme")


def other_schemes_and_malformed_urls():
    for url in ("file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "did:web:example.org", "", "/etc/passwd",
                "//example.org/", "example.org", "javascript:1", "data:,x"):
        expect(fetch(url), "denied", "net.scheme")
    for url in ("https://", "https:///x", "https://exa mple.org/", "https://example.org/\r\nX-Y: 1", "https://[::1/",
                "https://example.org:99999/"):
        expect(fetch(url), "invalid", "net.url")
    for url in ("https://anna@example.org/", "https://anna:secret@example.org/", "https://:secret@example.org/"):
        expect(fetch(url), "denied", "net.user")
    expect(fetch(plain.origin + "/" + "x" * 9000), "limit", "net.size")


def size_is_counted_while_receiving():
    assert len(fetch(plain.origin + "/1000", max_bytes=1000)["body"]) == 1000
    expect(fetch(plain.origin + "/1000", max_bytes=999), "limit", "net.size")
    expect(fetch(plain.origin + "/endless", max_bytes=1 << 20), "limit", "net.size")
    expect(fetch(plain.origin + "/many-headers"), "limit", "net.size")


def time_is_bounded():
    for path in ("/drip", "/drip-headers", "/slow"):
        expect(fetch(plain.origin + path, timeout_ms=700, max_redirects=100), "unavailable", "net.timeout")


def many_threads_fetch_at_once():
    paths = ["/ok", "/chain1", "/none", "/loop", "/gzip", "/1000"] * 8
    got = fetch(*[plain.origin + path for path in paths])
    assert got[:6] * 8 == got, got
    assert [answer.get("id") for answer in got[:6]] == [None, None, "net.status", "net.redirects", None, None]


def nobody_listens():
    closed = Server({})
    closed.close()
    expect(fetch(closed.origin + "/"), "unavailable", "net.connect")
    got = fetch("https://no-such-host.invalid/")
    expect(got, "unavailable", "net.connect")
    assert "no-such-host.invalid" in got["detail"], got


def compression_is_neither_asked_for_nor_undone():
    del plain.log[:]
    assert fetch(plain.origin + "/gzip")["body"] == PACKED
    assert "Accept-Encoding" not in plain.log[0].headers


def a_request_says_nothing_of_the_one_who_asks():
    del plain.log[:]
    fetch(plain.origin + "/chain1", plain.origin + "/ok", plain.origin + "/ok")
    assert len(plain.log) == 7
    for request in plain.log:
        assert request.method == "GET"
        assert set(request.headers.keys()) == {"Host", "User-Agent", "Accept"}, request.text()
        assert request.headers["User-Agent"] == "cairn"
        assert "#" not in request.path


def certificates_are_checked():
    expect(fetch(secure.origin + "/ok"), "unavailable", "net.tls")
    got = fetch(secure.origin + "/ok", ca=CERTIFICATE[0])
    assert got.get("body") == b'{"a": 1}', got
    # The certificate names the address, not the host name.
    expect(fetch(f"https://localhost:{secure.port}/ok", ca=CERTIFICATE[0]), "unavailable", "net.tls")
    expect(fetch(f"https://127.0.0.1:{plain.port}/ok"), "unavailable", "net.tls")
    expect(fetch(plain.origin + "/to-https"), "unavailable", "net.tls")
    assert fetch(plain.origin + "/to-https", ca=CERTIFICATE[0])["body"] == b'{"a": 1}'
    assert fetch(secure.origin + "/to-http", ca=CERTIFICATE[0])["body"] == b'{"a": 1}'


tap.run([
    a_document_comes_with_its_type_and_url, statuses, redirects_are_followed, a_redirect_loop_ends,
    a_redirect_is_checked_like_a_first_url, private_addresses_are_refused, some_addresses_are_refused_even_then,
    http_is_for_private_addresses, other_schemes_and_malformed_urls, size_is_counted_while_receiving,
    time_is_bounded, many_threads_fetch_at_once, nobody_listens, compression_is_neither_asked_for_nor_undone,
    a_request_says_nothing_of_the_one_who_asks, certificates_are_checked,
])
