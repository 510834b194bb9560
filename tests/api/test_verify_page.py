#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""/verify from outside: forms as nobody writes them, bodies that are too large, hostile credentials, links into
private networks. Each gets a page that says what is wrong and where, in bounded time and memory, and the server goes
on serving.

usage: test_verify_page.py CAIRN SIGN (tests/tools/sign.c)
"""
import base64
import concurrent.futures
import itertools
import json
import os
import re
import select
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import zlib

import tap
from serving import MULTIPART, Answer, Cairn, get, multipart, part, post, raw, words

CAIRN, SIGN = map(os.path.abspath, sys.argv[1:3])
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "vc")
T = {language: words(language) for language in ("en", "fr")}
LIMIT = 8 << 20
with open(CAIRN, "rb") as program:
    SANITIZED = re.search(b"__[at]san_init", program.read())
# The most memory in MiB, for one request after another and for many at once; sanitizers have their own needs.
ALONE, TOGETHER = (512, 1024) if SANITIZED else (128, 256)
folder = tempfile.TemporaryDirectory()
addresses = itertools.count()


def data(name):
    with open(os.path.join(DATA, name), "rb") as file:
        return file.read()


GOOD = data("good.json")


def network():
    """The network of tests/data/vc, and two contexts that name each other."""
    with open(os.path.join(DATA, "url-map.json"), encoding="utf-8") as file:
        urls = json.load(file)["urls"]
    for row in urls.values():
        row["file"] = os.path.join(DATA, row["file"])
    for one, other in (("a", "b"), ("b", "a")):
        path = os.path.join(folder.name, one + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"@context": [f"https://{other}.example/", {one: f"https://{one}.example/{one}"}]}, file)
        urls[f"https://{one}.example/"] = {"file": path}
    path = os.path.join(folder.name, "url-map.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"urls": urls}, file)
    return path


def from_somewhere_else():
    """Behind a proxy, each visitor has an address: the limit per address is not what is tested here."""
    number = next(addresses)
    return f"X-Forwarded-For: 198.51.{number >> 8 & 255}.{number & 255}"


def send(*parts, language="en", to=None, end="--\r\n"):
    return post(to or server, f"/verify?lang={language}", MULTIPART, multipart(*parts, end=end),
                from_somewhere_else())


def upload(content, name="badge.json", language="en"):
    return send(part("file", content, name, "application/octet-stream"), language=language)


def still_serves():
    answer = upload(GOOD)
    assert answer.status == 200 and T["en"]["result.verified"] in answer.text(), answer.text()


def is_error(answer, status, language="en"):
    assert answer.status == status and answer.is_page(language), (answer.status, answer.text())
    return True


# ---- Forms ----

def a_form_is_read_as_browsers_write_it():
    empty = part("file", b"", "", "application/octet-stream")
    for parts in ([part("file", GOOD, "badge.json", "application/json"), part("text", ""), part("link", "")],
                  [empty, part("text", GOOD), part("link", "")],
                  [part("text", GOOD)], [part("unknown", "x"), part("text", GOOD)],
                  [part("file", GOOD, "C:\\Mes badges\\badge.json")], [part("file", GOOD, "été “1”.json")],
                  [part("text", b"\r\n " + GOOD + b"\r\n")],
                  [part("file", GOOD, ""), part("text", "")]):
        answer = send(*parts)
        assert answer.status == 200 and T["en"]["result.verified"] in answer.text(), (parts, answer.text())


def a_form_may_be_urlencoded():
    body = "&".join(f"{name}={''.join(f'%{byte:02x}' for byte in value)}" for name, value in
                    (("text", GOOD), ("link", b""))).encode()
    answer = post(server, "/verify?lang=fr", "application/x-www-form-urlencoded", body, from_somewhere_else())
    assert answer.status == 200 and answer.is_page("fr") and T["fr"]["result.verified"] in answer.text(), answer.text()


def a_form_that_nobody_could_read_for_sure_is_refused():
    whole = multipart(part("text", GOOD))
    line = b'Content-Disposition: form-data; name="text"\r\n'
    cases = {
        "no end": (MULTIPART, whole[:-10]), "nothing at all": (MULTIPART, b""), "no boundary": ("multipart/form-data", whole),
        "another boundary": ("multipart/form-data; boundary=other", whole),
        "a preamble": (MULTIPART, b"hello\r\n" + whole), "an epilogue": (MULTIPART, whole + b"hello"),
        "bare line feeds": (MULTIPART, whole.replace(b"\r\n", b"\n")),
        "no name": (MULTIPART, multipart(b"Content-Disposition: form-data\r\n\r\nx")),
        "no disposition": (MULTIPART, multipart(b"Content-Type: text/plain\r\n\r\nx")),
        "two dispositions": (MULTIPART, multipart(line + line + b"\r\nx")),
        "an encoding": (MULTIPART, multipart(line + b"Content-Transfer-Encoding: base64\r\n\r\neA==")),
        "bad UTF-8": (MULTIPART, multipart(part("text", b"\xff\xfe"))),
        "a NUL": (MULTIPART, multipart(part("text", b"a\0b"))),
        "a bad escape": ("application/x-www-form-urlencoded", b"text=%zz"),
        "an escaped NUL": ("application/x-www-form-urlencoded", b"text=a%00b"),
    }
    for name, (content_type, body) in cases.items():
        answer = post(server, "/verify?lang=fr", content_type, body, from_somewhere_else())
        assert is_error(answer, 400, "fr") and T["fr"]["error.400"] in answer.text(), (name, answer.text())
    for name, body in (("many parts", multipart(*[part(f"p{i}", "x") for i in range(2000)])),
                       ("a long header", multipart(line + b"X: " + b"x" * 100_000 + b"\r\n\r\nx")),
                       ("many headers", multipart(line + b"X: y\r\n" * 1000 + b"\r\nx"))):
        answer = post(server, "/verify", MULTIPART, body, from_somewhere_else())
        assert 400 <= answer.status < 500 and answer.is_page(), (name, answer.status)
    still_serves()


def what_gives_nothing_is_told_so():
    for content_type, body in ((MULTIPART, multipart(part("file", b"", ""))), ("text/plain", GOOD),
                               ("application/x-www-form-urlencoded", b""), (MULTIPART, multipart(part("other", GOOD)))):
        answer = post(server, "/verify", content_type, body, from_somewhere_else())
        assert is_error(answer, 422) and T["en"]["verify.error.none"] in answer.text(), (content_type, answer.text())


# ---- Bodies ----

def a_body_at_the_limit_is_taken_and_one_byte_more_is_not():
    frame = len(multipart(part("file", b"", "x.json")))
    for size, status, text in ((LIMIT, 200, "result.not-verified"), (LIMIT + 1, 413, "verify.error.too-large")):
        answer = send(part("file", b" " * (size - frame - 1) + b"x", "x.json"), language="fr")
        assert is_error(answer, status, "fr") and T["fr"][text] in answer.text(), (size, answer.status, answer.text())


def a_body_far_too_large_gets_the_whole_page():
    before = server.memory("VmRSS")
    answer = send(part("file", os.urandom(1 << 20) * 40, "x.png"))
    assert is_error(answer, 413) and T["en"]["verify.error.too-large"] in answer.text(), answer.text()
    head = ("POST /verify HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
            f"Content-Type: {MULTIPART}\r\n{from_somewhere_else()}\r\n\r\n").encode()
    piece = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    answer = Answer(raw(server, head, *[piece] * 24, b"0\r\n\r\n"))
    assert is_error(answer, 413) and T["en"]["verify.error.too-large"] in answer.text(), answer.text()
    assert server.memory("VmRSS") < before + 64, (before, server.memory("VmRSS"))
    still_serves()


def a_body_of_two_lengths_is_refused():
    body = multipart(part("text", GOOD))
    start = f"POST /verify HTTP/1.1\r\nHost: localhost\r\nContent-Type: {MULTIPART}\r\nConnection: close\r\n"
    for more in (f"Content-Length: {len(body)}\r\nContent-Length: {len(body) - 5}\r\n",
                 f"Content-Length: {len(body)}\r\nContent-Length: {len(body)}\r\n",
                 f"Content-Length: {len(body)}\r\nTransfer-Encoding: chunked\r\n",
                 f"Transfer-Encoding: chunked\r\nContent-Length: {len(body)}\r\n"):
        answer = Answer(raw(server, (start + more + "\r\n").encode() + body))
        assert is_error(answer, 400) and T["en"]["error.400"] in answer.text(), (more, answer.text())
    for more in (f"Content-Length: +{len(body)}\r\n", "Content-Length: 99999999999999999999999\r\n",
                 "Transfer-Encoding: gzip, chunked\r\n", "Content-Length: -1\r\n"):
        got = raw(server, (start + more + "\r\n").encode() + body)
        assert got[:10] in (b"HTTP/1.1 4", b"HTTP/1.1 5") and T["en"]["result.verified"].encode() not in got, (more, got)
    still_serves()


def a_body_that_stops_halfway_keeps_nobody_waiting():
    body = multipart(part("text", GOOD))
    head = (f"POST /verify HTTP/1.1\r\nHost: localhost\r\nContent-Type: {MULTIPART}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode()
    halves = []
    for _ in range(20):
        connection = socket.create_connection((server.host, server.port), timeout=30)
        connection.sendall(head + body[:100])
        halves.append(connection)
    still_serves()
    assert not select.select(halves, [], [], 0)[0], "a half was answered"
    for connection in halves:
        connection.close()


# ---- Hostile credentials ----

def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(*chunks, width=1, height=1):
    return b"".join([b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)),
                     *chunks, chunk(b"IDAT", zlib.compress(b"\0" * 5)), chunk(b"IEND", b"")])


def jwt(payload):
    def encode(content):
        return base64.urlsafe_b64encode(content).rstrip(b"=")
    return b".".join([encode(b'{"alg":"EdDSA","typ":"JWT"}'), encode(payload), encode(b"\0" * 64)])


def nested_jwt(levels):
    token = GOOD
    for level in range(levels):
        token = jwt(json.dumps({"vc": token.decode()}).encode() if level else token)
    return token


def changed(change):
    credential = json.loads(GOOD)
    change(credential)
    return json.dumps(credential).encode()


def poison(credential):
    """Blank nodes that all know each other look alike from everywhere."""
    credential["@context"].append({"knows": {"@id": "https://graph.example/knows", "@type": "@id"}})
    credential["credentialSubject"]["knows"] = [
        {"id": f"_:n{i}", "knows": [f"_:n{k}" for k in range(60) if k != i]} for i in range(60)]


KEYWORD = b"openbadgecredential"
INFLATES = zlib.compress(b" " * (64 << 20), 9)
LAUGHS = b"".join(b'<!ENTITY %c "%s">' % (98 + i, (b"&%c;" % (97 + i)) * 10) for i in range(9))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><text>&j;</text></svg>'
# name -> (bytes, the step that fails, its problem, the place)
HOSTILE = {
    "truncated": (GOOD[:len(GOOD) // 2], "read", "not-json", f"byte {len(GOOD) // 2} "),
    "brackets": (b"[" * 250_000, "read", "too-deep", "byte 128 "),
    "braces": (b'{"a":' * 50_000, "read", "too-deep", "byte "),
    "invalid UTF-8": (GOOD.replace(b'"name"', b'"n\xffme"', 1), "read", "not-json", "byte "),
    "a name twice": (GOOD.rstrip()[:-1] + b',"issuer":"did:web:other.example"}', "read", "duplicate-key", "byte "),
    "a number without end": (GOOD.replace(b'"validFrom"', b'"x":1e999999999,"validFrom"', 1), "read", "not-json", "byte "),
    "context cycle": (changed(lambda c: c["@context"].append("https://a.example/")), "context", "jsonld-error", ""),
    "poison graph": (changed(poison), "proof", "too-complex", "/proof"),
    "huge picture": (png(width=2**31 - 1, height=2**31 - 1), "read", "no-credential-in-image", ""),
    "zTXt bomb": (png(chunk(b"zTXt", KEYWORD + b"\0\0" + INFLATES)), "read", "png-compressed-text", "byte 33 "),
    "compressed iTXt": (png(chunk(b"iTXt", KEYWORD + b"\0\1\0\0\0" + INFLATES)), "read", "png-compressed-text", "byte 33 "),
    "cut picture": (png(chunk(b"iTXt", KEYWORD + b"\0\0\0\0\0" + GOOD))[:200], "read", "truncated-image", "byte 33 "),
    "chunks without end": (png(*[chunk(b"tEXt", b"a\0b")] * 100_000), "read", "png-too-many-chunks", "byte "),
    "SVG that grows": (b"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>" + LAUGHS + b"]>" + SVG, "read", "svg-dtd", "line 1"),
    "SVG that reads files": (b'<!DOCTYPE svg [<!ENTITY j SYSTEM "file:///etc/passwd">]>' + SVG, "read", "svg-dtd", "line 1"),
    "JWT of ten levels": (nested_jwt(10), "read", "jwt-nested", "payload"),
    "list that inflates": (data("list-bomb.json"), "status", "status-list-invalid", "/credentialStatus"),
}


def assert_refused(name, answer, language):
    _, step, problem, place = HOSTILE[name]
    text, t = answer.text(), T[language]
    assert answer.status == 200 and answer.is_page(language), (name, answer.status, text)
    assert t["result.not-verified"] in text and t["result.verified.why"] not in text, (name, text)
    at = text.index(t["result.steps"])
    for seen in (t[f"step.{step}"], t[f"problem.{problem}"], problem, place.strip()):
        assert seen in text[at:], (name, seen, text[at:])


def hostile_credentials_get_a_clear_answer_with_a_place():
    for name, (content, *_) in HOSTILE.items():
        for language in ("en", "fr"):
            assert_refused(name, upload(content, "badge.bin", language), language)
    still_serves()
    assert server.memory() < ALONE, server.memory()
    print(f"# at most {server.memory():.0f} MiB")


def what_is_pasted_gets_the_same_answers():
    for name, (content, *_) in HOSTILE.items():
        try:
            text = content.decode()
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            assert_refused(name, send(part("text", text), language="fr"), "fr")


def many_at_once_leave_room_for_a_good_one():
    stop = threading.Event()

    def bother(name):
        while not stop.is_set():
            assert_refused(name, upload(HOSTILE[name][0], "badge.bin", "fr"), "fr")

    names = list(itertools.islice(itertools.cycle(HOSTILE), 20))
    with concurrent.futures.ThreadPoolExecutor(len(names)) as pool:
        bothering = [pool.submit(bother, name) for name in names]
        for _ in range(10):
            still_serves()
        stop.set()
        for each in bothering:
            each.result()
    assert server.memory() < TOGETHER, server.memory()
    print(f"# at most {server.memory():.0f} MiB")


# ---- Links ----

def links_into_private_networks_are_refused():
    """By a server that would ask the network; a listener on loopback sees that nobody comes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::]", "127.1", "2130706433", "0x7f000001",
                     "[::ffff:127.0.0.1]", "169.254.169.254", "[fe80::1]", "10.0.0.1", "192.168.1.1", "172.16.0.1",
                     "100.64.0.1", "[fd00::1]", "127.0.0.1.", "localhost."):
            for way in ("link", "text"):
                answer = send(part(way, f"https://{host}:{port}/badge.json"), to=open_server, language="fr")
                # An address of a form that no URL has is no web address; a name may not be known at all, or be asked
                # for in vain until the time is up.
                looked_up = ("timeout",) if host.endswith(".") else ()
                told = [T["fr"]["verify.error.link." + key] for key in ("address", "url", "connect", *looked_up)]
                assert is_error(answer, 422, "fr") and any(text in answer.text() for text in told), (host, answer.text())
                if host in ("127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "[::ffff:127.0.0.1]"):
                    assert told[0] in answer.text(), (host, answer.text())
        try:
            listener.accept()
        except TimeoutError:
            return
        raise AssertionError("somebody came")


def links_of_other_kinds_are_refused():
    for link, key in (("http://127.0.0.1/", "scheme"), ("file:///etc/passwd", "url"), ("ftp://a.example/", "url"),
                      ("gopher://127.0.0.1/", "url"), ("javascript:alert(1)", "url"), ("//college.example/", "url"),
                      ("data:application/json,{}", "url"), ("https://a:b@college.example/", "user"), ("badge", "url")):
        answer = send(part("link", link), to=open_server)
        assert is_error(answer, 422) and T["en"]["verify.error.link." + key] in answer.text(), (link, answer.text())


# ---- The rest ----

def other_methods_and_paths_have_pages():
    for request, status, key in ((b"GET /none", 404, "error.404"), (b"POST /", 405, "error.405"),
                                 (b"GET /verify%00", 400, "error.400"), (b"GET /a%2f..%2f..%2fetc/passwd", None, None)):
        answer = Answer(raw(server, request + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            b"Content-Length: 0\r\n\r\n"))
        assert 400 <= answer.status < 500 and answer.is_page(), (request, answer.status)
        if status:
            assert answer.status == status and T["en"][key] in answer.text(), (request, answer.text())


def one_address_cannot_ask_without_end():
    here = "X-Forwarded-For: 203.0.113.9"
    statuses = []
    for _ in range(200):
        answer = post(server, "/verify?lang=fr", MULTIPART, multipart(part("text", "x")), here)
        statuses.append(answer.status)
        if answer.status == 429:
            break
    assert statuses[0] == 200 and statuses[-1] == 429, statuses
    seconds = int(answer.headers["retry-after"])
    assert answer.is_page("fr") and seconds > 0 and f"attendez {seconds} " in answer.text(), answer.text()
    assert ">\nx</textarea>" in answer.body, answer.body  # what was typed is still there
    assert get(server, "/verify", here).status == 200  # reading stays possible
    still_serves()  # and others are not affected


def nothing_is_kept_and_nothing_is_logged():
    secret = "urn:uuid:5c0e1f6a-secret-7c01"
    upload(GOOD.replace(b"urn:uuid:5c0e1f6a-3f0a-4d1e-9a39-2f6f1a1d7c01", secret.encode()))
    send(part("link", "https://college.example/secret-7c01"))
    for folder, _, names in os.walk(server.folder.name):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read()
            assert b"secret-7c01" not in content and b"198.51." not in content, name


# ---- What is no badge of Open Badges 3.0, and what is inside of one ----

def an_older_badge_is_shown_as_what_it_is():
    for language in ("en", "fr"):
        for name in ("ob2-hosted.json", "ob2-signed.jwt", "ob2-signed.png", "ob2.svg"):
            text = upload(data(name), name, language).text()
            assert T[language]["problem.open-badges-2"] in text and "Soil Sampling" in text, (name, text)
            assert T[language]["result.verified"] not in text, (name, text)


def a_bad_endorsement_is_seen():
    for language in ("en", "fr"):
        text = upload(data("endorsed-badly.json"), language=language).text()
        sentence = T[language]["problem.endorsement-invalid"].split("%1")
        assert T[language]["result.verified"] in text and all(part in text for part in sentence), text
        assert T[language]["result.not-verified"] in upload(data("record-forged.json"), language=language).text()


def presented(*names, form="vp"):
    key = os.path.join(folder.name, "holder.json")
    if not os.path.exists(key):
        subprocess.run([CAIRN, "keys", "new", "--out", key], check=True)
    return subprocess.run([CAIRN, "present", "--key", key, "--challenge", "c", "--domain", "d", "--form", form,
                           *(os.path.join(DATA, name) for name in names)], check=True, capture_output=True).stdout


def a_presentation_is_opened():
    """Its own steps, and each credential in it with a verdict; who shows it was asked for nothing, which is said."""
    for form, language in (("vp", "en"), ("jwt", "fr")):
        t = T[language]
        text = upload(presented("good.json", "endorsed.json", form=form), "vp", language).text()
        for key in ("result.presentation.why", "problem.holder-not-asked", "result.holder", "step.credentials.pass",
                    "result.read.presentation", "result.steps.presentation"):
            assert t[key] in text, (form, key, text)
        titles = [t["result.presented"].replace("%1", number).replace("%2", "2") for number in ("1", "2")]
        for title in titles:
            assert f'{title} {t["result.verified"]} {t["result.verified.why"]}' in text, (title, text)
        assert t["result.not-verified"] not in text and "did:key:z" in text, text
        text = upload(presented("good.json", "revoked.json", form=form), "vp", language).text()
        assert t["problem.presented-invalid"] in text and t["problem.revoked"] in text, text
        assert f'{titles[0]} {t["result.verified"]} ' in text and f'{titles[1]} {t["result.not-verified"]} ' in text, text
    vp = json.loads(presented("good.json"))
    vp["verifiableCredential"] = [json.loads(data("expired.json"))]
    text = upload(json.dumps(vp).encode()).text()
    assert T["en"]["result.presentation.why"] not in text and T["en"]["problem.invalid-signature"] in text, text
    del vp["proof"]
    assert T["en"]["problem.no-proof"] in upload(json.dumps(vp).encode()).text()


server = Cairn(CAIRN, "--trust-proxy", "--url-map", network())
open_server = Cairn(CAIRN, "--trust-proxy")
try:
    tap.run([
        a_form_is_read_as_browsers_write_it, a_form_may_be_urlencoded,
        a_form_that_nobody_could_read_for_sure_is_refused, what_gives_nothing_is_told_so,
        a_body_at_the_limit_is_taken_and_one_byte_more_is_not, a_body_far_too_large_gets_the_whole_page,
        a_body_of_two_lengths_is_refused, a_body_that_stops_halfway_keeps_nobody_waiting,
        hostile_credentials_get_a_clear_answer_with_a_place, what_is_pasted_gets_the_same_answers,
        many_at_once_leave_room_for_a_good_one, links_into_private_networks_are_refused,
        links_of_other_kinds_are_refused, other_methods_and_paths_have_pages, one_address_cannot_ask_without_end,
        an_older_badge_is_shown_as_what_it_is, a_bad_endorsement_is_seen, a_presentation_is_opened,
        nothing_is_kept_and_nothing_is_logged,
    ])
finally:
    server.stop()
    open_server.stop()
