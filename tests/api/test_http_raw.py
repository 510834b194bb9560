#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The server of the room http over raw sockets: heads that two readers may take for two things, bodies too large,
slow clients, many at once, and a stop while requests are under way.

usage: test_http_raw.py PROGRAM (tests/tools/http_echo.c)
"""
import contextlib
import select
import socket
import subprocess
import sys
import threading

import tap

PROGRAM = sys.argv[1]
HOST = b"Host: localhost\r\n"


class Site:
    """The test server in a process of its own."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def stop(self):
        """Closes standard input, which stops the server."""
        self.process.communicate(timeout=60)
        assert self.process.returncode == 0, self.process.returncode


@contextlib.contextmanager
def site(*arguments):
    one = Site(*arguments)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.stop()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __repr__(self):
        return f"{self.status} {self.headers} {self.body[:200]!r}"


def read_answer(stream, head=False):
    line = stream.readline()
    if not line:
        return None
    version, status, _ = line.split(b" ", 2)
    assert version == b"HTTP/1.1", line
    headers = {}
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, value = line.rstrip(b"\r\n").split(b": ", 1)
        headers.setdefault(name.decode().lower(), value.decode())
    assert line == b"\r\n", "the head of the answer was cut"
    if int(status) < 200:
        return Answer(int(status), headers, b"")
    length = int(headers["content-length"])
    body = b"" if head else stream.read(length)
    assert head or len(body) == length, "the body of the answer was cut"
    return Answer(int(status), headers, body)


def ask(request, server=None, patience=0.05):
    """One request on a connection of its own: the answer, and whether the server then closed."""
    with (server or SITE).connect() as s:
        s.sendall(request)
        with s.makefile("rb") as stream:
            answer = read_answer(stream)
            s.settimeout(patience)
            try:
                closed = stream.read(1) == b""
            except TimeoutError:
                closed = False
            except ConnectionResetError:
                closed = True
            return answer, closed


def get(path, headers=b"", version=b"HTTP/1.1"):
    return b"GET " + path + b" " + version + b"\r\n" + HOST + headers + b"\r\n"


def post(path, body, headers=b""):
    return b"POST " + path + b" HTTP/1.1\r\n" + HOST + headers + b"Content-Length: %d\r\n\r\n" % len(body) + body


def is_refused(request, status=400):
    answer, closed = ask(request, patience=10)
    assert answer and answer.status == status, f"{request[:100]!r}: {answer}"
    assert closed, f"{request[:100]!r}: left open"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'"), answer
    assert b"<p>end</p>" in answer.body, answer
    return answer


def is_answered(request, status=200):
    answer, closed = ask(request)
    assert answer and answer.status == status, f"{request[:100]!r}: {answer}"
    assert not closed, f"{request[:100]!r}: closed"
    return answer


def normal_answers_keep_the_connection():
    with SITE.connect() as s, s.makefile("rb") as stream:
        for _ in range(20):
            s.sendall(get(b"/"))
            answer = read_answer(stream)
            assert answer.status == 200 and b"hello" in answer.body, answer
            assert "server" not in answer.headers, answer
        s.sendall(get(b"/nowhere"))
        assert read_answer(stream).status == 404
        s.sendall(get(b"/", b"Connection: close\r\n"))
        assert read_answer(stream).status == 200
        assert stream.read(1) == b""


def every_answer_carries_the_security_headers():
    for request in (get(b"/"), get(b"/nowhere"), get(b"/echo"), b"POST / HTTP/1.1\r\n" + HOST + b"\r\n"):
        headers = ask(request)[0].headers
        assert headers["x-content-type-options"] == "nosniff", headers
        assert headers["referrer-policy"] == "same-origin", headers
        assert headers["cross-origin-opener-policy"] == "same-origin", headers
        assert headers["cross-origin-resource-policy"] == "same-origin", headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], headers
        assert "permissions-policy" in headers, headers


def lengths_that_contradict_are_refused():
    for lengths in ((b"5", b"6"), (b"5", b"5")):
        lines = b"".join(b"Content-Length: " + n + b"\r\n" for n in lengths)
        is_refused(b"POST /echo HTTP/1.1\r\n" + HOST + lines + b"\r\nhello")
    for n in (b"5, 5", b"+5", b"0x5", b"5 5", b""):
        # libmicrohttpd sees to these itself, with a page of its own.
        with SITE.connect() as s, s.makefile("rb") as stream:
            s.sendall(b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: " + n + b"\r\n\r\nhello")
            answer = stream.read()
        assert answer.startswith(b"HTTP/1.1 400 ") and b" 200 " not in answer, (n, answer)


def a_length_beside_chunked_is_refused():
    chunks = b"5\r\nhello\r\n0\r\n\r\n"
    for lines in (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"):
        is_refused(b"POST /echo HTTP/1.1\r\n" + HOST + lines + b"\r\n" + chunks)
    is_refused(b"POST /echo HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
    is_refused(b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + chunks, 501)
    is_refused(b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: xchunked\r\n\r\n" + chunks, 501)


def one_host_there_must_be():
    is_refused(b"GET / HTTP/1.1\r\n\r\n")
    is_refused(b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n")
    is_refused(b"GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n")
    is_refused(b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n")
    answer, closed = ask(b"GET / HTTP/1.0\r\n\r\n", patience=10)
    assert answer.status == 200 and closed, answer


def folded_lines_are_refused():
    is_refused(b"GET / HTTP/1.1\r\n" + HOST + b"X-A: 1\r\n 2\r\n\r\n")
    is_refused(b"GET / HTTP/1.1\r\n" + HOST + b"X-A: 1\r\n\t2\r\nX-B: 3\r\n\r\n")
    is_refused(b"GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n")
    # libmicrohttpd would join these to a header's name.
    is_refused(b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Len: 5\r\n gth\r\n\r\nhello")
    for blanks in range(6):
        for fold in (b"b", b"bb", b"bbb", b"bbbb"):
            is_refused(b"GET / HTTP/1.1\r\n" + HOST + b"X-A:" + b" " * blanks + b"1\r\n " + fold + b"\r\n\r\n")


def what_is_no_line_of_a_head_is_refused():
    is_refused(b"GET / HTTP/1.1\n" + HOST + b"\r\n")
    is_refused(b"GET / HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n")
    is_refused(b"GET / HTTP/1.1\r\n" + HOST + b"X-A: b\0c\r\n\r\n")
    is_refused(b"GET / HTTP/1.1\r\n" + HOST + b"X-A: b\rc\r\n\r\n")
    is_refused(b"GET / HTTP/1.1\r\n" + HOST + b"X-A : b\r\n\r\n")
    is_refused(b"GET / HTTP/1.1\r\n" + HOST + b"X A: b\r\n\r\n")
    is_refused(b"GET / HTTP/1.1\r\n" + HOST + b": b\r\n\r\n")
    is_refused(b"GET /\0 HTTP/1.1\r\n" + HOST + b"\r\n")
    is_refused(b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n")
    is_refused(b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n")
    is_answered(b"GET / HTTP/1.1\r\nHost:localhost\r\nX-A: \t b\t \r\nX-B:\r\n\r\n")


def targets_that_may_mean_two_things_are_refused():
    for path in (b"/a%00b", b"/%", b"/%4", b"/%zz", b"/a%ff", b"/..", b"/a/../echo", b"/a/%2e%2e/echo", b"/./echo",
                 b"/a%2fb", b"/a%0d%0ab", b"/a\x80", b"*", b"echo", b"/echo?a=%00", b"/echo?a=%f", b"/echo#a"):
        is_refused(get(path))
    assert b'path="/file/a b"' in is_answered(get(b"/file/a%20b")).body
    answer = is_answered(get(b"/file/%C3%A9t%C3%A9?x=a%26b+c&name=z"))
    assert 'path="/file/été"'.encode() in answer.body and b'value="a&b c"' in answer.body, answer
    assert answer.body.index("été".encode()) < answer.body.index(b'value="z"'), answer
    assert b'path="/echo"' in is_answered(get(b"http://localhost/echo?a=b")).body


def other_methods_get_405_with_allow():
    for method, path, allow in ((b"POST", b"/", "GET, HEAD"), (b"PUT", b"/echo", "GET, HEAD, POST"),
                                (b"DELETE", b"/small", "POST"), (b"GET", b"/small", "POST"),
                                (b"OPTIONS", b"/", "GET, HEAD"), (b"BREW", b"/", "GET, HEAD")):
        answer, _ = ask(method + b" " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n")
        assert (answer.status, answer.headers.get("allow")) == (405, allow), (method, path, answer)
    is_answered(get(b"/nowhere"), 404)


def head_is_get_without_the_body():
    with SITE.connect() as s, s.makefile("rb") as stream:
        s.sendall(b"HEAD / HTTP/1.1\r\n" + HOST + b"\r\n" + get(b"/"))
        head = read_answer(stream, head=True)
        whole = read_answer(stream)
        assert head.status == 200 and head.headers["content-length"] == str(len(whole.body)), head
        assert whole.status == 200 and b"hello" in whole.body, whole


def requests_in_a_pipeline_are_answered_in_order():
    with SITE.connect() as s, s.makefile("rb") as stream:
        s.sendall(b"".join(get(b"/file/%d" % i) for i in range(30)) + post(b"/echo", b"x" * 5000) + get(b"/"))
        for i in range(30):
            assert b'path="/file/%d"' % i in read_answer(stream).body
        assert b"body=5000" in read_answer(stream).body
        assert b"hello" in read_answer(stream).body


def bodies_by_length_and_by_chunks_arrive():
    for n in (0, 1, 4096, 100000, 1 << 20):
        assert b"body=%d\n" % n in is_answered(post(b"/echo", b"x" * n)).body
    chunked = b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    chunks = b"".join(b"%x\r\n" % n + b"x" * n + b"\r\n" for n in (1, 10, 1000, 70000))
    assert b"body=71011\n" in is_answered(chunked + chunks + b"0\r\n\r\n").body
    assert b"body=71011\n" in is_answered(chunked + chunks + b"0\r\nX-Trailer: a\r\n\r\n").body
    answer, closed = ask(chunked + b"zz\r\n", patience=10)
    assert answer.status == 400 and closed, answer


def forms_are_read():
    form = b"Content-Type: application/x-www-form-urlencoded\r\n"
    assert b'field="a"\nsize=3' in is_answered(post(b"/echo", b"a=b+%26", form)).body
    is_answered(post(b"/echo", b"a=%", form), 400)
    body = (b"--XX\r\nContent-Disposition: form-data; name=\"badge\"; filename=\"a.json\"\r\n\r\n" + b"\0" * 9 +
            b"\r\n--XX--\r\n")
    form = b"Content-Type: multipart/form-data; boundary=XX\r\n"
    assert b'file="badge"\nsize=9' in is_answered(post(b"/echo", body, form)).body
    is_answered(post(b"/echo", body[:-3], form), 400)
    is_answered(post(b"/token", b"a=b"), 403)



def too_large(request, path=b"<p>http.body</p>"):
    """All of it is sent before anything is read, as browsers do: the page must still arrive whole."""
    with SITE.connect() as s, s.makefile("rb") as stream:
        s.sendall(request)
        answer = read_answer(stream)
        assert answer.status == 413 and path in answer.body, answer
        assert answer.headers["connection"].lower() == "close", answer
        assert stream.read(1) == b""


def a_length_over_the_limit_gets_the_whole_413_page():
    too_large(post(b"/small", b"x" * 1001))
    too_large(post(b"/small", b"x" * 10_000_000))
    too_large(post(b"/own", b"x" * 10_000_000), b"the page's own words")
    is_answered(post(b"/small", b"x" * 1000))


def chunks_over_the_limit_get_the_whole_413_page():
    chunked = b"POST /small HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    too_large(chunked + (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 100 + b"0\r\n\r\n")
    is_answered(chunked + b"3e8\r\n" + b"x" * 1000 + b"\r\n0\r\n\r\n")


def no_body_is_drained_for_ever():
    with SITE.connect() as s:
        s.sendall(b"POST /small HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n")
        sent, chunk = 0, b"10000\r\n" + b"x" * 65536 + b"\r\n"
        try:
            while sent < 200_000_000:
                s.sendall(chunk)
                sent += len(chunk)
        except ConnectionError:
            pass
        assert 30_000_000 < sent < 60_000_000, sent


def a_length_beyond_all_is_answered_at_once():
    with SITE.connect() as s, s.makefile("rb") as stream:
        s.sendall(b"POST /small HTTP/1.1\r\n" + HOST + b"Content-Length: 9000000000\r\n\r\n")
        assert read_answer(stream).status == 413


def who_asks_before_sending_is_told():
    expect = HOST + b"Expect: 100-continue\r\n"
    with SITE.connect() as s, s.makefile("rb") as stream:
        s.sendall(b"POST /small HTTP/1.1\r\n" + expect + b"Content-Length: 5\r\n\r\n")
        assert read_answer(stream).status == 100
        s.sendall(b"hello")
        assert b"body=5\n" in read_answer(stream).body
    with SITE.connect() as s, s.makefile("rb") as stream:
        s.sendall(b"POST /small HTTP/1.1\r\n" + expect + b"Content-Length: 1001\r\n\r\n")
        answer = read_answer(stream)
        assert answer.status == 413 and b"<p>end</p>" in answer.body, answer
    is_refused(get(b"/", b"Expect: 200-ok\r\n"), 417)


def heads_too_large_are_refused():
    answer, closed = ask(get(b"/", b"X-A: " + b"x" * 65536 + b"\r\n"), patience=10)
    assert answer.status == 431 and closed, answer
    is_refused(get(b"/", b"X-A: " + b"x" * 17000 + b"\r\n"), 431)
    is_refused(get(b"/", b"X: y\r\n" * 101), 431)
    is_answered(get(b"/", b"X-A: " + b"x" * 15000 + b"\r\n"))
    is_answered(get(b"/", b"X: y\r\n" * 98))
    answer, closed = ask(get(b"/" + b"a" * 65536), patience=10)
    assert answer.status in (414, 431) and closed, answer


def a_handler_that_eats_all_memory_gets_a_page():
    answer = is_answered(get(b"/greedy"), 503)
    assert b"memory.limit" in answer.body and "x-greedy" not in answer.headers, answer


def the_language_is_negotiated():
    for target, header, language in ((b"/echo", b"", b"en"), (b"/echo", b"Accept-Language: fr-CA,en;q=0.5\r\n", b"fr"),
                                     (b"/echo?lang=en", b"Accept-Language: fr\r\n", b"en"),
                                     (b"/echo?lang=xx", b"Accept-Language: fr\r\n", b"fr")):
        assert b'language="' + language + b'"' in is_answered(get(target, header)).body
    answer = is_answered(get(b"/?lang=fr"))
    assert answer.headers["content-language"] == "fr" and answer.headers["vary"] == "Accept-Language", answer


def programs_get_problem_details():
    answer = is_answered(get(b"/nowhere", b"Accept: application/json\r\n"), 404)
    assert answer.headers["content-type"] == "application/problem+json", answer
    assert b'"status":404' in answer.body, answer


def a_slow_head_is_cut_off():
    """By a server of little patience, while one of much still listens."""
    with site(1) as hasty, site(60) as patient, hasty.connect() as cut, patient.connect() as left:
        for s in (left, cut):
            s.sendall(b"GET / HTTP/1.1\r\nHos")
        assert cut.recv(1) == b""
        assert not select.select([left], [], [], 0)[0]


def the_rate_of_an_address_is_limited():
    with site(10, 6, 3) as server:
        for _ in range(3):
            assert ask(get(b"/costly"), server)[0].status == 200
        answer, _ = ask(get(b"/costly"), server)
        assert answer.status == 429 and 1 <= int(answer.headers["retry-after"]) <= 10, answer
        assert b"<p>end</p>" in answer.body, answer
        assert ask(get(b"/"), server)[0].status == 200
        # What a client says of itself is not believed.
        assert ask(get(b"/costly", b"X-Forwarded-For: 192.0.2.9\r\n"), server)[0].status == 429


def behind_a_proxy_its_word_counts():
    with site(10, 6, 1, 1) as server:
        for forwarded, peer in ((b"192.0.2.1", b"192.0.2.1"), (b"10.0.0.1, 2001:db8::1", b"2001:db8::1"),
                                (b"nonsense", b"127.0.0.1"), (b"192.0.2.1, ", b"127.0.0.1")):
            answer, _ = ask(get(b"/echo", b"X-Forwarded-For: " + forwarded + b"\r\n"), server)
            assert b'peer="' + peer + b'"' in answer.body, answer
        for host in (1, 2):
            forwarded = b"X-Forwarded-For: 192.0.2.%d\r\n" % host
            assert ask(get(b"/costly", forwarded), server)[0].status == 200
            assert ask(get(b"/costly", forwarded), server)[0].status == 429


def fifty_clients_at_once():
    failures = []

    def client(number):
        try:
            with SITE.connect() as s, s.makefile("rb") as stream:
                for i in range(20):
                    body = b"x" * (number * 100 + i)
                    s.sendall(post(b"/echo", body) if i % 2 else get(b"/file/%d-%d" % (number, i)))
                    answer = read_answer(stream)
                    wanted = b"body=%d\n" % len(body) if i % 2 else b'"/file/%d-%d"' % (number, i)
                    if answer.status != 200 or wanted not in answer.body:
                        failures.append(answer)
        except Exception as error:  # pylint: disable=broad-except
            failures.append(error)

    threads = [threading.Thread(target=client, args=(i,)) for i in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[:3]


def waiting_at(server, n):
    """Until so many handlers wait; that it ever ends is what the time of the whole test shows."""
    while int(ask(get(b"/waiting"), server)[0].body) != n:
        pass


def let_go(server):
    assert ask(get(b"/open"), server)[0].status == 200


def start(stack, server, request):
    s = stack.enter_context(server.connect())
    s.sendall(request)
    return s


def answers(connections):
    for s in connections:
        with s.makefile("rb") as stream:
            yield read_answer(stream).status


def handlers_that_wait_hold_up_nobody():
    """As many as there are workers: pages and errors come before any of them is let go."""
    with site(0, 0, 0, 0, 2) as server, contextlib.ExitStack() as stack:
        waiting = [start(stack, server, get(b"/wait")) for _ in range(2)]
        waiting_at(server, 2)
        waiting += [start(stack, server, get(b"/wait")) for _ in range(4)]
        for _ in range(10):
            assert ask(get(b"/"), server)[0].status == 200
            assert ask(get(b"/nowhere"), server)[0].status == 404
        assert not select.select(waiting, [], [], 0)[0]
        for part in (waiting[:2], waiting[2:4], waiting[4:]):
            waiting_at(server, 2)
            let_go(server)
        assert list(answers(waiting)) == [200] * 6


def an_address_gets_half_of_the_workers():
    def costly(host):
        return get(b"/costly-wait", b"X-Forwarded-For: 192.0.2.%d\r\n" % host)

    with site(0, 0, 0, 1, 4) as server, contextlib.ExitStack() as stack:
        waiting = [start(stack, server, costly(1)) for _ in range(2)]
        waiting_at(server, 2)
        for _ in range(3):
            answer, _ = ask(costly(1), server)
            assert answer.status == 429 and int(answer.headers["retry-after"]) > 0, answer
            assert b"<p>end</p>" in answer.body, answer
        waiting += [start(stack, server, costly(2)) for _ in range(2)]
        waiting_at(server, 4)
        let_go(server)
        assert list(answers(waiting)) == [200] * 4
        again = start(stack, server, costly(1))
        waiting_at(server, 1)
        let_go(server)
        assert list(answers([again])) == [200]


def until_it_listens_no_more(server):
    while True:
        try:
            server.connect().close()
        except ConnectionError:
            return


def what_is_under_way_is_answered_before_the_stop():
    with site(0, 0, 0, 0, 3) as server, contextlib.ExitStack() as stack:
        waiting = [start(stack, server, get(b"/wait")) for _ in range(3)]
        waiting_at(server, 3)
        door = start(stack, server, get(b"/"))
        stream = stack.enter_context(door.makefile("rb"))
        assert read_answer(stream).status == 200
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        until_it_listens_no_more(server)
        assert not select.select(waiting, [], [], 0)[0] and server.process.poll() is None
        door.sendall(get(b"/open"))
        assert read_answer(stream).status == 200
        assert list(answers(waiting)) == [200] * 3
        stopping.join()


def a_handler_that_never_ends_does_not_keep_it_from_stopping():
    with site(0, 0, 0, 0, 1, 1) as server, contextlib.ExitStack() as stack:
        stuck = start(stack, server, get(b"/wait"))
        waiting_at(server, 1)
        second = start(stack, server, b"POST /wait HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: 1\r\n\r\n")
        stream = stack.enter_context(second.makefile("rb"))
        assert read_answer(stream).status == 100
        second.sendall(b"x")
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        assert read_answer(stream).status == 503
        assert stuck.recv(1) == b""
        stopping.join()


def clients_that_go_away_leave_nothing():
    for request in (post(b"/echo", b"x" * 100000)[:-50000], b"GET / HT", b"POST /echo HTTP/1.1\r\n" + HOST):
        for _ in range(5):
            with SITE.connect() as s:
                s.sendall(request)
    with site(0, 0, 0, 0, 5) as server:
        with contextlib.ExitStack() as stack:
            for _ in range(5):
                start(stack, server, get(b"/wait"))
            waiting_at(server, 5)
        let_go(server)
        waiting_at(server, 0)
        assert ask(get(b"/"), server)[0].status == 200
    is_answered(get(b"/"))


with site() as SITE:
    tests = [
        normal_answers_keep_the_connection, every_answer_carries_the_security_headers,
        lengths_that_contradict_are_refused, a_length_beside_chunked_is_refused, one_host_there_must_be,
        folded_lines_are_refused, what_is_no_line_of_a_head_is_refused, targets_that_may_mean_two_things_are_refused,
        other_methods_get_405_with_allow, head_is_get_without_the_body, requests_in_a_pipeline_are_answered_in_order,
        bodies_by_length_and_by_chunks_arrive, forms_are_read, a_length_over_the_limit_gets_the_whole_413_page,
        chunks_over_the_limit_get_the_whole_413_page, no_body_is_drained_for_ever,
        a_length_beyond_all_is_answered_at_once, who_asks_before_sending_is_told, heads_too_large_are_refused,
        a_handler_that_eats_all_memory_gets_a_page, the_language_is_negotiated, programs_get_problem_details,
        a_slow_head_is_cut_off, the_rate_of_an_address_is_limited, behind_a_proxy_its_word_counts,
        fifty_clients_at_once, handlers_that_wait_hold_up_nobody, an_address_gets_half_of_the_workers,
        what_is_under_way_is_answered_before_the_stop, a_handler_that_never_ends_does_not_keep_it_from_stopping,
        clients_that_go_away_leave_nothing,
    ]
    tap.run(tests)
