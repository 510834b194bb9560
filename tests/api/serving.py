# SPDX-License-Identifier: Apache-2.0
"""`cairn serve` on a free port with a database of its own, the words of its pages, and raw requests to it."""
import os
import re
import select
import signal
import socket
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
STARTS_WITHIN = 30


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Cairn:
    def __init__(self, program, *options, network=False, demo=True):
        self.folder = tempfile.TemporaryDirectory()
        database = os.path.join(self.folder.name, "cairn.db")
        self.errors = open(os.path.join(self.folder.name, "errors"), "w+b")
        mode = [*(["--demo"] if demo else []), *([] if network or not demo else ["--bare"])]
        self.process = subprocess.Popen([program, "serve", *mode, "--port", str(free_port()), "--db", database, *options],
                                        cwd=self.folder.name, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=self.errors)
        self.printed = b""
        self.host, self.port = "127.0.0.1", self.printed_port()

    def prints(self, pattern):
        """Waits until it has printed what a pattern of bytes matches: the match."""
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            found = re.search(pattern, self.printed)
            if found:
                return found
            if select.select([self.process.stdout], [], [], 0.2)[0]:
                chunk = os.read(self.process.stdout.fileno(), 4096)
                self.printed += chunk
                if not chunk:
                    break
        raise AssertionError(f"{pattern} was not printed: {self.printed} {self.said()}")

    def printed_port(self):
        return int(self.prints(rb"(?:http://[a-z0-9.\[\]:]+:| port )(\d+)[/,\s]")[1])

    def said(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def memory(self, what="VmHWM"):
        """The most memory it has had (VmHWM) or has now (VmRSS), in MiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(what + r":\s+(\d+)", file.read())[1]) / 1024

    def runs(self):
        return self.process.poll() is None

    def stop(self):
        assert self.runs(), f"the server has ended by itself, {self.process.returncode}: {self.said()}"
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=30)
        self.rest, self.complaints = self.process.stdout.read(), self.said()
        self.process.stdout.close()
        self.errors.close()
        self.folder.cleanup()
        assert status in (0, -signal.SIGTERM), (status, self.complaints)


    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        """Stops it; when something failed, at any rate."""
        if kind is None:
            self.stop()
        elif self.runs():
            self.process.kill()
            self.process.wait()


class Answer:
    """A response that was received whole: as many bytes as it said."""

    def __init__(self, raw):
        head, _, rest = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        assert lines[0].startswith("HTTP/1.1 "), raw[:200]
        self.status = int(lines[0].split(" ")[1])
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip()
        length = int(self.headers.get("content-length", "-1"))
        assert length == len(rest), (lines, length, len(rest))
        self.body = rest.decode("utf-8")

    def is_page(self, language="en"):
        assert self.headers["content-type"].replace(" ", "") == "text/html;charset=utf-8", self.headers
        assert f'<html lang="{language}' in self.body and "</html>" in self.body, self.body
        assert "<h1" in self.body, self.body
        return True

    def text(self):
        """What is seen, roughly: without markup, escapes undone, closed details too."""
        import html
        body = re.sub(r"(?s)<(style|script)\b.*?</\1>", "", self.body)
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def raw(server, *pieces, timeout=60, pause=0):
    """Sends the bytes on a connection of their own; what came back until the other side closed, or None when the
    connection was reset before anything came."""
    with socket.create_connection((server.host, server.port), timeout=timeout) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
        except (BrokenPipeError, ConnectionResetError):
            pass  # what it said before may still be there to read
        got = b""
        while chunk := connection.recv(65536):
            got += chunk
    return got


def post(server, path, content_type, body, *headers, **how):
    head = [f"POST {path} HTTP/1.1", f"Host: localhost:{server.port}", "Connection: close",
            f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]
    return Answer(raw(server, "\r\n".join(head).encode() + b"\r\n\r\n", body, **how))


def get(server, path, *headers):
    head = [f"GET {path} HTTP/1.1", f"Host: localhost:{server.port}", "Connection: close", *headers]
    return Answer(raw(server, "\r\n".join(head).encode() + b"\r\n\r\n"))


BOUNDARY = "----cairn-7d1b2f"


def part(name, value, filename=None, media_type=None):
    value = value if isinstance(value, bytes) else value.encode()
    disposition = f'Content-Disposition: form-data; name="{name}"'
    disposition += f'; filename="{filename}"' if filename is not None else ""
    media_type = f"Content-Type: {media_type}\r\n" if media_type else ""
    return f"{disposition}\r\n{media_type}\r\n".encode() + value


def multipart(*parts, end="--\r\n"):
    delimiter = b"--" + BOUNDARY.encode()
    return b"".join(delimiter + b"\r\n" + each + b"\r\n" for each in parts) + delimiter + end.encode()


MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def words(language):
    """The messages of the pages: key -> text."""
    messages, key, field = {}, "", ""
    path = os.path.join(HERE, "..", "..", "web", "locale", language + ".po")
    with open(path, encoding="utf-8") as file:
        for line in file:
            found = re.match(r'(msgid|msgstr)?\s*"(.*)"$', line.strip())
            if not found:
                continue
            field = found[1] or field
            text = re.sub(r"\\(.)", r"\1", found[2])
            if field == "msgid":
                key = text if found[1] else key + text
            else:
                messages[key] = text if found[1] else messages[key] + text
    # White space as Answer.text() leaves it.
    return {key: " ".join(text.split()) for key, text in messages.items()}
