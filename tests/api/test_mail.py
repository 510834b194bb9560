#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""E-mails: their bytes, read by Python's email package; and their two ways out.

usage: test_mail.py PROGRAM (tests/tools/mail.c)
"""
import email
import email.header
import email.policy
import email.utils
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import tap
from smtp_sink import Sink

PROGRAM = sys.argv[1]
home = tempfile.TemporaryDirectory()
FRENCH = {
    "from": ["no-reply@cairn.example", "Collège du Nord « Aurore »"],
    "to": ["zoe@ecole.example", "Zoé Bégin-L’Écuyer"],
    "subject": "Votre microcertification « Notions essentielles de tenue de livres » vous attend : réclamez-la "
               "d’ici 30 jours, c’est à vous pour toujours",
    "language": "fr-CA",
    "text": "Bonjour Zoé,\n\nVous avez réussi « Notions essentielles de tenue de livres ».\n"
            "Ouvrez https://cairn.example/claim/0123456789abcdef0123456789abcdef0123456789abcdef?lang=fr=a\n\n"
            "Été, forêt, ça, œuvre, 280 $ — à bientôt !\n",
    "html": "<!doctype html><html lang=\"fr-CA\"><p>Bonjour Zoé,</p><p>" + "très " * 60 + "long</p></html>\n",
    "id": "0a1b.fr-7@cairn.example",
    "date": 1780300800,
}
ENGLISH = {
    "from": ["no-reply@cairn.example", "Northern College"],
    "to": ["sam.o'neil+cairn@school.example", "Sam \"Sammy\" O\\Neil"],
    "subject": "Your micro-credential is waiting",
    "language": "en-CA",
    "text": "Hello Sam,\n\nplain words.\n",
    "html": "<!doctype html><html lang=\"en-CA\"><p>Hello Sam,</p></html>\n",
    "id": "0a1b.en@cairn.example",
    "date": 1782000000,
}


def changed(mail, **members):
    return {**mail, **members}


def run(arguments, mails, environment=None):
    lines = "".join(json.dumps(mail) + "\n" for mail in mails)
    return subprocess.run([PROGRAM, *arguments], input=lines.encode(), capture_output=True, timeout=60,
                          env={**os.environ, **(environment or {})})


def answers(arguments, *mails, environment=None):
    done = run(arguments, mails, environment)
    assert done.returncode == 0, done.stderr
    got = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(got) == len(mails), done
    return got if len(mails) > 1 else got[0]


def all_written(mails):
    """Each with its bytes."""
    got = answers(["write"], *mails)
    assert len(mails) > 1 and all("hex" in answer for answer in got), got
    return [(mail, bytes.fromhex(answer["hex"])) for mail, answer in zip(mails, got)]


def written(mail):
    got = answers(["write"], mail)
    assert "hex" in got, got
    return bytes.fromhex(got["hex"])


def expect(answer, code, id, where=""):
    assert (answer.get("code"), answer.get("id"), answer.get("where")) == (code, id, where), answer
    private = ("zoe", "Zoé", "sam.", "secret", "no-reply", "Bonjour", "microcertification")
    assert not any(word in answer["detail"] for word in private), answer


def same_as(raw, mail):
    """Every part of the mail is in these bytes, as it was put in."""
    got = email.message_from_bytes(raw, policy=email.policy.default)
    assert not got.defects and all(not part.defects for part in got.walk()), [p.defects for p in got.walk()]
    for header in ("from", "to"):
        party = got[header].addresses[0]
        assert len(got[header].addresses) == 1
        assert [party.addr_spec, party.display_name] == mail[header], party
    assert got["subject"] == mail["subject"], got["subject"]
    assert got["content-language"] == mail["language"]
    assert got["message-id"] == "<" + mail["id"] + ">"
    assert got["date"].datetime.timestamp() == mail["date"]
    day = re.search(rb"(?m)^Date: (...), ", raw).group(1).decode()
    assert day == time.strftime("%a", time.gmtime(mail["date"])), day
    assert got["auto-submitted"] == "auto-generated" and got["mime-version"] == "1.0"
    assert got.get_content_type() == "multipart/alternative"
    parts = list(got.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    for part, name in zip(parts, ("text", "html")):
        assert part.get_content_charset() == "utf-8" and part["content-transfer-encoding"] == "quoted-printable"
        text = part.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n")
        assert text == mail[name].replace("\r\n", "\n"), (text, mail[name])
    return got


def decoded(header):
    words = email.header.decode_header(header)
    return "".join(part.decode(charset or "ascii") if isinstance(part, bytes) else part for part, charset in words)


def well_formed(raw):
    assert re.fullmatch(rb"(?:[\t\x20-\x7e]*\r\n)*", raw), "a bare line end, or more than ASCII"
    for line in raw.split(b"\r\n"):
        assert len(line) <= 76, line
        assert line == line.rstrip() or line.startswith(b"Subject:"), line
    for word in re.findall(rb"=\?[^?]*\?Q\?([^?]*)\?=", raw):
        # Each encoded word stands for whole characters.
        re.sub(rb"=([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), word).decode("utf-8")


def a_mail_is_read_as_it_was_written():
    for mail in (FRENCH, ENGLISH):
        raw = written(mail)
        well_formed(raw)
        same_as(raw, mail)
        assert raw == written(mail)


def a_plain_subject_stays_plain():
    raw = written(ENGLISH)
    assert b"\r\nSubject: Your micro-credential is waiting\r\n" in raw, raw
    assert b'From: "Northern College"\r\n <no-reply@cairn.example>\r\n' in raw, raw


def subjects_of_every_length():
    mails = []
    for unit in ("a", "é", "ab cd ", "𝕏", "=?utf-8?Q?x?= ", "€ "):
        for n in list(range(1, 90)) + [200]:
            subject = (unit * n)[:240].strip() + "."
            mails.append(changed(FRENCH, subject=subject, to=["zoe@ecole.example", subject]))
    for mail, raw in all_written(mails):
        well_formed(raw)
        got = email.message_from_bytes(raw, policy=email.policy.default)
        assert got["subject"] == mail["subject"], (got["subject"], mail["subject"])
        # Python 3.11's newer reader puts a space between the encoded words of a name, which RFC 2047, 6.2 forbids.
        old = email.message_from_bytes(raw)
        name, address = email.utils.parseaddr(old["to"])
        assert decoded(name) == mail["subject"] and address == "zoe@ecole.example", (old["to"], mail["subject"])


def odd_headers():
    for subject in ("", "=?utf-8?Q?no?=", "=?", "a  b", "\"quoted\" <x@y.example>, z", "a_b=c?d", "\u2028\u0085 "):
        raw = written(changed(FRENCH, subject=subject))
        well_formed(raw)
        got = email.message_from_bytes(raw, policy=email.policy.default)
        # Python's reader takes some white space for a line end; the older one decodes what is there.
        text = decoded(email.message_from_bytes(raw)["subject"])
        assert text == subject, (text, subject)
        assert len(got.keys()) == 9, got.keys()
    same_as(written(changed(ENGLISH, to=["sam@school.example", ""])), changed(ENGLISH, to=["sam@school.example", ""]))


def odd_texts():
    texts = ["", "\n", "\n\n\n", "no end", " ", "\t\n \n", ".", "..\n.\n", "From me\nFrom you\nFélix\nFrom", "=3D=\n=",
             "a" * 75, "a" * 76, "a" * 77, "é" * 12 + "b" * 2, "--=_cairn_part_=_--\n", "\x00\x01\x7f", "a\r\nb\nc",
             " " * 200, "x" * 74 + " y", "x" * 75 + ".", "𝕏" * 50, "x" * 75 + "\n.\n", "é\n" * 50]
    for mail, raw in all_written([changed(FRENCH, text=text, html=text) for text in texts]):
        well_formed(raw)
        same_as(raw, mail)
    alone = written(changed(FRENCH, text="a\rb\r"))
    assert b"a=0Db=0D\r\n" in alone, alone


def text_of_random_characters():
    import random
    source = random.Random(20260601)
    alphabet = "abc  \n\n.=F\té€𝕏\x00"
    texts = ["".join(source.choice(alphabet) for _ in range(source.randrange(400))) for _ in range(300)]
    for mail, raw in all_written([changed(FRENCH, text=text, html=text[::-1]) for text in texts]):
        well_formed(raw)
        same_as(raw, mail)


def no_header_can_be_smuggled_in():
    for bad in ("\r\nBcc: spy@evil.example", "\nX: y", "\r", "\x00", "\x0b", "\x7f"):
        expect(answers(["write"], changed(FRENCH, subject="a" + bad)), "invalid", "mail.header", "subject")
        for party in ("from", "to"):
            expect(answers(["write"], changed(FRENCH, **{party: [FRENCH[party][0], "a" + bad]})), "invalid",
                   "mail.header", party)
            expect(answers(["write"], changed(FRENCH, **{party: ["a" + bad + "@school.example", ""]})), "invalid",
                   "mail.address.characters", party)
        expect(answers(["write"], changed(FRENCH, language="fr" + bad)), "invalid", "mail.header", "language")
        expect(answers(["write"], changed(FRENCH, id="a" + bad + "@b")), "invalid", "mail.header", "id")
    for bad in ("", "a", "@b", "a@", "a@b@c", "../a@b", ".a@b", "a/b@c", "a@b>", "é@b", "a" * 254 + "@b"):
        expect(answers(["write"], changed(FRENCH, id=bad)), "invalid", "mail.header", "id")
    for bad in ("", "fr CA", "fr_CA"):
        expect(answers(["write"], changed(FRENCH, language=bad)), "invalid", "mail.header", "language")


def limits():
    assert written(changed(FRENCH, subject="é" * 500))
    expect(answers(["write"], changed(FRENCH, subject="é" * 500 + "x")), "limit", "mail.size", "subject")
    expect(answers(["write"], changed(FRENCH, html="x" * (1 << 20) + "x")), "limit", "mail.size", "html")
    same_as(written(changed(FRENCH, text="x" * (1 << 20))), changed(FRENCH, text="x" * (1 << 20)))
    expect(answers(["write"], changed(FRENCH, to=["Zoe@Ecole.example", ""])), "invalid", "mail.address", "to")
    expect(answers(["write"], changed(FRENCH, to=["zoe", ""])), "invalid", "mail.address.at", "to")


# ---- SMTP ----

def smtp(sink, *mails, scheme="smtp", host="127.0.0.1", environment=None, **options):
    arguments = ["smtp", f"{scheme}://{host}:{sink.port}"]
    for name, value in options.items():
        arguments += ["--" + name.replace("_", "-"), str(value)]
    return answers(arguments, *mails, environment=environment)


def as_sent(sink, *mails):
    """Lower down nothing was added or lost, and addresses stand in the envelope."""
    assert len(sink.mails) == len(mails), sink.mails
    for (sender, recipients, raw), mail in zip(sink.mails, mails):
        assert sender == mail["from"][0] and recipients == [mail["to"][0]], (sender, recipients)
        assert raw == written(mail), raw


def mails_arrive_whole_over_one_connection():
    sink = Sink()
    dotted = changed(ENGLISH, text=".\n..\n. a\n", id="dots@cairn.example")
    assert smtp(sink, FRENCH, ENGLISH, dotted, hello="cairn.example") == [{}, {}, {}]
    as_sent(sink, FRENCH, ENGLISH, dotted)
    assert sink.connections == 1, sink.connections
    assert sink.commands[0] == "EHLO cairn.example" and sink.commands[-1] == "QUIT", sink.commands


def the_environment_leads_nowhere_else():
    sink = Sink()
    proxies = {name: "http://127.0.0.1:1/" for name in ("smtp_proxy", "all_proxy", "ALL_PROXY", "SMTP_PROXY")}
    with open(os.path.join(home.name, ".netrc"), "w") as netrc:
        netrc.write("machine 127.0.0.1 login anna password secret\n")
    assert smtp(sink, FRENCH, environment={**proxies, "HOME": home.name}) == {}
    as_sent(sink, FRENCH)
    assert not any(command.startswith("AUTH") for command in sink.commands)


def a_bad_mailbox_is_given_up_and_others_are_not():
    sink = Sink({"RCPT TO:<zoe@": "550 5.1.1 no zoe@ecole.example here"})
    first, second, third = smtp(sink, ENGLISH, FRENCH, changed(ENGLISH, id="again@cairn.example"))
    expect(second, "invalid", "mail.recipient")
    assert first == third == {}
    as_sent(sink, ENGLISH, changed(ENGLISH, id="again@cairn.example"))


def what_is_refused_decides_what_comes_next():
    rows = [
        ({"RCPT": "450 4.2.0 greylisted, zoe"}, "unavailable", "mail.later"),
        ({"RCPT": "550 unknown"}, "invalid", "mail.recipient"),
        ({"RCPT": "530 5.7.0 log in first"}, "unavailable", "mail.login"),
        ({"MAIL": "451 busy"}, "unavailable", "mail.later"),
        ({"MAIL": "550 not you"}, "unavailable", "mail.sender"),
        ({"DATA": "554 no"}, "invalid", "mail.refused"),
        ({"END": "552 too much"}, "invalid", "mail.refused"),
        ({"END": "452 disk full"}, "unavailable", "mail.later"),
        ({"HI": "421 closing"}, "unavailable", "mail.later"),
        ({"HI": "554 go away"}, "unavailable", "mail.sender"),
        ({"HI": None}, "unavailable", "mail.connect"),
        ({"EHLO": None}, "unavailable", "mail.connect"),
        ({"MAIL": None}, "unavailable", "mail.connect"),
        ({"RCPT": None}, "unavailable", "mail.connect"),
        ({"DATA": None}, "unavailable", "mail.connect"),
        ({"END": None}, "unavailable", "mail.connect"),
    ]
    for behaviour, code, id in rows:
        sink = Sink(behaviour)
        got = smtp(sink, FRENCH, timeout_ms=5000)
        assert "code" in got, (behaviour, got)
        assert (got["code"], got["id"]) == (code, id), (behaviour, got)
        expect(got, code, id)
        assert not sink.mails
        sink.close()


def a_server_that_says_nothing_is_left():
    for verb in ("HI", "RCPT", "END"):
        sink = Sink({verb: ""})
        start = time.monotonic()
        expect(smtp(sink, FRENCH, timeout_ms=600), "unavailable", "mail.timeout")
        assert time.monotonic() - start < 8
        sink.close()


def nobody_there():
    sink = Sink()
    sink.close()
    expect(smtp(sink, FRENCH), "unavailable", "mail.connect")


def after_a_failure_the_next_mail_goes():
    sink = Sink({"RCPT TO:<zoe@": None})
    first, second = smtp(sink, FRENCH, ENGLISH)
    expect(first, "unavailable", "mail.connect")
    assert second == {}
    as_sent(sink, ENGLISH)


def certificate(name):
    folder = tempfile.mkdtemp(dir=home.name)
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=test", "-addext",
                    f"subjectAltName={name}"], check=True, capture_output=True)
    return cert, key


# curl takes every name under localhost to loopback; to Cairn only "localhost" itself is loopback.
OUTSIDE = "mail.localhost"
CERTIFICATE = certificate(f"DNS:{OUTSIDE},IP:127.0.0.1")


def away_from_loopback_it_is_encrypted_or_not_sent():
    plain = Sink()
    expect(smtp(plain, FRENCH, host=OUTSIDE), "unavailable", "mail.tls")
    assert plain.connections == 1 and not plain.mails and not any("MAIL" in line for line in plain.commands)
    sink = Sink(certificate=CERTIFICATE)
    expect(smtp(sink, FRENCH, host=OUTSIDE), "unavailable", "mail.tls")
    assert not sink.mails
    assert smtp(sink, FRENCH, ENGLISH, host=OUTSIDE, ca=CERTIFICATE[0]) == [{}, {}]
    as_sent(sink, FRENCH, ENGLISH)
    # A certificate for another name is none.
    other = Sink(certificate=certificate("DNS:other.example"))
    expect(smtp(other, FRENCH, host=OUTSIDE, ca=CERTIFICATE[0]), "unavailable", "mail.tls")


def smtps():
    sink = Sink(certificate=CERTIFICATE, implicit=True)
    expect(smtp(sink, FRENCH, scheme="smtps"), "unavailable", "mail.tls")
    assert smtp(sink, FRENCH, scheme="smtps", ca=CERTIFICATE[0]) == {}
    as_sent(sink, FRENCH)


def login_file(text):
    path = os.path.join(tempfile.mkdtemp(dir=home.name), "login")
    with open(path, "w", newline="") as file:
        file.write(text)
    return path


def a_login_from_a_file():
    sink = Sink(login=("anna", "sec ret"))
    for text in ("anna\nsec ret\n", "anna\nsec ret", "anna\r\nsec ret\r\nmore\n"):
        assert smtp(sink, FRENCH, login=login_file(text)) == {}
    as_sent(sink, FRENCH, FRENCH, FRENCH)
    expect(smtp(sink, FRENCH, login=login_file("anna\nwrong")), "unavailable", "mail.login")
    expect(smtp(sink, FRENCH), "unavailable", "mail.login")


def settings_that_are_refused():
    bad = ["", "mail.example", "http://mail.example", "SMTP://mail.example", "smtp://", "smtp:///x", "smtp://a/b",
           "smtp://anna:secret@mail.example", "smtp://mail.example?x", "smtp://mail.example#x", "smtp://a b",
           "smtp://mail.example:99999", "smtps://", "smtps:///x"]
    for url in bad:
        done = run(["smtp", url], [])
        assert done.returncode == 1 and done.stderr.startswith(b"mail.url: "), (url, done)
        assert b"secret" not in done.stderr
    for text, start in (("", b"mail.login: "), ("anna", b"mail.login: "), ("\nsecret", b"mail.login: "),
                        ("anna\n\0", b"mail.login: "), ("anna\n" + "x" * 3000, b"file.size: ")):
        done = run(["smtp", "smtp://localhost", "--login", login_file(text)], [])
        assert done.returncode == 1 and done.stderr.startswith(start), (text, done)
        assert b"secret" not in done.stderr
    done = run(["smtp", "smtp://localhost", "--login", "/none"], [])
    assert done.returncode == 1 and done.stderr.startswith(b"file.open: "), done
    done = run(["smtp", "smtp://localhost", "--hello", "a\r\nb"], [])
    assert done.returncode == 1 and done.stderr.startswith(b"mail.header: "), done


# ---- The folder ----

def a_folder_takes_mails():
    path = os.path.join(home.name, "outbox")
    assert answers(["folder", path], FRENCH, ENGLISH) == [{}, {}]
    assert sorted(os.listdir(path)) == [ENGLISH["id"] + ".eml", FRENCH["id"] + ".eml"]
    assert os.stat(path).st_mode & 0o777 == 0o700
    for mail in (FRENCH, ENGLISH):
        file = os.path.join(path, mail["id"] + ".eml")
        assert os.stat(file).st_mode & 0o777 == 0o600
        with open(file, "rb") as opened:
            same_as(opened.read(), mail)
    # The same mail once more, as after a crash, is no second one.
    assert answers(["folder", path], changed(FRENCH, subject="x")) == {}
    assert len(os.listdir(path)) == 2
    with open(os.path.join(path, FRENCH["id"] + ".eml"), "rb") as opened:
        same_as(opened.read(), changed(FRENCH, subject="x"))


def a_folder_that_cannot_be_written_to():
    file = os.path.join(home.name, "file")
    with open(file, "w"):
        pass
    for path in (file, "/none/outbox", ""):
        done = run(["folder", path], [])
        assert done.returncode == 1 and done.stderr.startswith(b"mail.folder: "), done
    path = os.path.join(home.name, "taken")
    os.makedirs(os.path.join(path, FRENCH["id"] + ".eml"))
    expect(answers(["folder", path], FRENCH), "unavailable", "mail.folder")
    assert os.listdir(path) == [FRENCH["id"] + ".eml"]


tap.run([
    a_mail_is_read_as_it_was_written, a_plain_subject_stays_plain, subjects_of_every_length, odd_headers, odd_texts,
    text_of_random_characters, no_header_can_be_smuggled_in, limits, mails_arrive_whole_over_one_connection,
    the_environment_leads_nowhere_else, a_bad_mailbox_is_given_up_and_others_are_not,
    what_is_refused_decides_what_comes_next, a_server_that_says_nothing_is_left, nobody_there,
    after_a_failure_the_next_mail_goes, away_from_loopback_it_is_encrypted_or_not_sent, smtps,
    a_login_from_a_file, settings_that_are_refused, a_folder_takes_mails,
    a_folder_that_cannot_be_written_to,
])
