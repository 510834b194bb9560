# SPDX-License-Identifier: Apache-2.0
"""An SMTP server on loopback that keeps what it gets and fails as it is told to."""
import base64
import socket
import ssl
import threading


class Sink:
    """`mails` holds (sender, [recipient, …], bytes); `commands` every line that was not part of a mail.

    answers: {"RCPT TO:<anna@school.example>": "550 no", "MAIL": "451 later"}: what a command that begins so gets
    instead of its usual answer; "" is silence, None a closed connection; "END" is the answer to a mail's end, "HI" the
    greeting. login: (user, password), asked for before MAIL. certificate: (cert, key); implicit: TLS from the start.
    """

    def __init__(self, answers=None, login=None, certificate=None, implicit=False):
        self.answers, self.login, self.implicit = answers or {}, login, implicit
        self.mails, self.commands, self.connections = [], [], 0
        self.tls = None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*certificate)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        # Without shutdown a thread that waits in accept() keeps the port open.
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            _Session(self, connection).run()
        except (OSError, EOFError):
            pass
        finally:
            connection.close()


class _Session:
    def __init__(self, sink, connection):
        self.sink, self.encrypted, self.known = sink, False, False
        self.sender, self.recipients = None, []
        self._take(connection)
        if sink.implicit:
            self._encrypt()

    def _take(self, connection):
        self.connection, self.file = connection, connection.makefile("rb")

    def _encrypt(self):
        self._take(self.sink.tls.wrap_socket(self.connection, server_side=True))
        self.encrypted = True

    def _say(self, text):
        self.connection.sendall(text.encode() + b"\r\n")

    def _answer(self, line, usual):
        """The answer to a line; whether it was the usual one."""
        for start, other in self.sink.answers.items():
            if line.upper().startswith(start.upper()):
                if other is None:
                    # What was received and not read would make it a reset.
                    self.connection.shutdown(socket.SHUT_RDWR)
                    raise EOFError
                if other:
                    self._say(other)
                return False
        self._say(usual)
        return True

    def _line(self):
        line = self.file.readline()
        if not line.endswith(b"\r\n"):
            raise EOFError
        return line

    def run(self):
        self._answer("HI", "220 sink ESMTP")
        while True:
            line = self._line()[:-2].decode("ascii")
            self.sink.commands.append(line)
            verb = line.split(" ")[0].upper()
            handle = getattr(self, "_on_" + verb.lower(), None)
            if handle:
                handle(line)
            else:
                self._answer(line, "502 what")
            if verb == "QUIT":
                return

    def _on_ehlo(self, line):
        offers = ["sink", "8BITMIME"]
        if self.sink.tls and not self.encrypted:
            offers.append("STARTTLS")
        if self.sink.login:
            offers.append("AUTH PLAIN LOGIN")
        lines = [f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"]
        self._answer(line, "\r\n".join(lines))

    def _on_starttls(self, line):
        if self._answer(line, "220 go on"):
            self._encrypt()

    def _on_auth(self, line):
        words = line.split(" ")
        if len(words) < 3:
            self._say("334 ")
            words.append(self._line()[:-2].decode())
        _, user, password = base64.b64decode(words[2]).decode().split("\0")
        self.known = (user, password) == self.sink.login
        self._answer(line, "235 welcome" if self.known else "535 no")

    def _on_mail(self, line):
        if self.sink.login and not self.known:
            self._say("530 who are you")
        elif self._answer(line, "250 fine"):
            self.sender, self.recipients = line[line.index("<") + 1:line.index(">")], []

    def _on_rcpt(self, line):
        if self._answer(line, "250 fine"):
            self.recipients.append(line[line.index("<") + 1:line.index(">")])

    def _on_data(self, line):
        if not self.recipients:
            self._say("503 to whom")
        elif self._answer(line, "354 go on"):
            body = b""
            while (part := self._line()) != b".\r\n":
                body += part[1:] if part.startswith(b".") else part
            if self._answer("END", "250 taken"):
                self.sink.mails.append((self.sender, self.recipients, body))

    def _on_rset(self, line):
        self._answer(line, "250 fine")

    def _on_quit(self, line):
        self._answer(line, "221 bye")
