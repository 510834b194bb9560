#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: awards.py DATABASE PLACE [DOCUMENT]

Rows as the verbs of the program leave them, for tests of what comes after an award: an organisation with a version of
an achievement, people who are signed in (an administrator, a viewer, a learner, and a member of another
organisation), and awards in each state. The credential is tests/data/vc/good.json, or
DOCUMENT. PLACE is a JSON file to which ids,
tokens and codes are written.
"""
import base64
import hashlib
import json
import os
import sqlite3
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = 86400
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def read(*path):
    with open(os.path.join(HERE, "..", *path), "rb") as file:
        return file.read()


def random_id(size=16):
    """As the program makes them: none begins with a hyphen, which a command line would take for an option."""
    while (text := base64.urlsafe_b64encode(os.urandom(size)).rstrip(b"=").decode()).startswith("-"):
        pass
    return text


def random_code():
    return "".join(LETTERS[byte % 32] for byte in os.urandom(10))


def sha256(text):
    return hashlib.sha256(text.encode()).digest()


def hyphened(code):
    return f"{code[:5]}-{code[5:]}"


class Rows:
    def __init__(self, path):
        self.db = sqlite3.connect(path, timeout=10, isolation_level=None)
        self.db.execute("PRAGMA foreign_keys=ON")
        self.now = int(time.time())

    def put(self, table, **columns):
        names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        return self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(columns.values())).lastrowid

    def audit(self, organisation, person, action, subject):
        """A row with its link of the chain (docs/decisions/0016)."""
        number = self.put("audit", at=self.now, organisation=organisation, person=person, action=action, subject=subject)
        last = self.db.execute("SELECT hash FROM audit_link ORDER BY number DESC LIMIT 1").fetchone()
        actor = self.id_of(person) if person else ""
        salt = os.urandom(16) if person else b""
        who = hashlib.sha256(salt + actor.encode()).digest() if person else b""
        parts = ("cairn audit 1", last[0] if last else bytes(32), number, self.now, organisation, who, action, subject)
        data = [part if isinstance(part, bytes) else str(part).encode() for part in parts]
        digest = hashlib.sha256(b"".join(b"%d:%s," % (len(part), part) for part in data)).digest()
        self.put("audit_link", number=number, organisation=organisation, actor=actor, salt=salt, who=who, hash=digest)

    def organisation(self, english, french):
        row = {"id": random_id(), "name_en": english, "name_fr": french, "url": "", "domain": "", "fictional": 1}
        return self.put("organisation", **row, created_at=self.now), row["id"]

    def person(self, name, email, language="en", way="passkey"):
        """Who is signed in with a token: number, token."""
        token = random_id(32)
        number = self.put("person", id=random_id(), name=name, language=language, created_at=self.now)
        self.put("address", email=email, person=number, main=1, proven_at=self.now)
        self.put("session", token_hash=sha256(token), person=number, way=way, agent="", created_at=self.now,
                 seen_at=self.now, expires_at=self.now + DAY)
        return number, token

    def id_of(self, person):
        return self.db.execute("SELECT id FROM person WHERE number = ?", (person,)).fetchone()[0]

    def version(self, organisation, outcomes_en=(), outcomes_fr=()):
        text = {"en": {"name": "Soil sampling", "description": "Takes samples.", "criteria": "Five samples.",
                       "outcomes": list(outcomes_en)},
                "fr": {"name": "Échantillonnage des sols", "description": "Prélève des échantillons.",
                       "criteria": "Cinq échantillons.", "outcomes": list(outcomes_fr)}, "valid_months": 0}
        draft, identifier = json.dumps(text, ensure_ascii=False), random_id()
        achievement = self.put("achievement", id=identifier, organisation=organisation, draft=draft,
                               created_at=self.now, updated_at=self.now)
        png = read("fuzz", "corpus", "png", "plain.png")
        number = self.put("version", achievement=achievement, version=1, document=draft, image=png, image_svg="",
                          image_fr=b"", image_fr_svg="", published_at=self.now)
        self.put("approval", achievement=achievement, digest="", version=number, body=organisation, body_en="", body_fr="",
                 from_at=self.now, made_at=self.now)
        self.put("review", achievement=achievement, state=5, version=1, digest="", document="", body=organisation, reason="",
                 at=self.now)
        return achievement, number, identifier

    def status_list(self, organisation):
        key = self.put("signing_key", organisation=organisation, issuer="did:key:z6Mk", method="did:key:z6Mk#z6Mk",
                       public_key="z6Mk", sealed=b"", created_at=self.now)
        return self.put("status_list", id=random_id(), signing_key=key, length=131072, taken=0, document="",
                        updated_at=self.now)


class Awards:
    def __init__(self, rows, organisation, document):
        self.rows, self.organisation, self.document = rows, organisation, document
        self.achievement, self.version, self.achievement_id = rows.version(organisation)
        self.list, self.place = rows.status_list(organisation), 0

    def award(self, name, email, **more):
        """An award with its claim: ids, tokens and codes."""
        now, self.place = self.rows.now, self.place + 1
        identifier, code, token, check = random_id(), random_code(), random_id(32), random_code()
        expires = more.pop("expires_at", now + 30 * DAY)
        row = {"learner_key": f"S{self.place:04}", "language": "en", "result": "87 %", "decision": "Passed",
               "decided_on": "2026-05-28", "method": "Practical examination", "assessor": "Dr. Roy",
               "evidence": "https://evidence.example/1", "awarded_at": now, "page_on": 1, "mail_problem": "",
               "revoke_code": "", "revoke_reason": "", **more}
        number = self.rows.put("award", id=identifier, organisation=self.organisation, achievement=self.achievement,
                               version=self.version, name=name, email=email, document=self.document,
                               status_list=self.list, status_place=self.place, check_code=check, **row)
        self.rows.put("claim", token_hash=sha256(token), code_hash=sha256(code), award=number, created_at=now,
                      expires_at=expires, used_at=row.get("claimed_at"))
        return {"id": identifier, "number": number, "token": token, "code": hyphened(code), "check": hyphened(check),
                "name": name, "email": email}


def work_there(rows, organisation, people, made):
    """For who looks at pages: an invitation that nobody has accepted (its token), a passkey, a second address, and an audit of every kind."""
    token, boss = random_id(32), people["administrator"][0]
    rows.put("ticket", token_hash=sha256(token), code_hash=b"", email="invited-colleague@people.example",
             purpose="invitation", organisation=organisation, roles=6, next="", tries=0, created_at=rows.now,
             expires_at=rows.now + 7 * DAY)
    rows.put("passkey", id=os.urandom(16), person=boss, algorithm=-7, public_key=b"", counter=0,
             label="The laptop at the office", created_at=rows.now)
    rows.put("address", email="a.much.longer.address.of.the.administrator@mathematics.people.example", person=boss,
             main=0, proven_at=rows.now)
    for action, subject in (("organisation.made", ""), ("member.set", rows.id_of(people["viewer"][0])),
                            ("key.made", ""), ("award.claimed", made["held"]["id"]), ("member.invited", ""),
                            ("award.revoked", made["long"]["id"]), ("claim.sent", made["lost"]["id"])):
        rows.audit(organisation, None if action.endswith("made") else boss, action, subject)
    return token


def scopes(rows, organisation, other):
    """Each of two quality bodies lets the other do something; the id of one that can be withdrawn."""
    made = random_id()
    common = {"level_framework": "", "level_most": 0, "valid_from": rows.now - 30 * DAY, "granted_at": rows.now, "reason": ""}
    for body in (organisation, other):
        rows.put("quality_body", organisation=body, since_at=rows.now)
    rows.put("scope", **common, id=made, organisation=other, body=organisation, purpose="provide",
             fields="isced:061 isced:0541 cip:11.08 noc:2123", valid_until=rows.now + 365 * DAY)
    rows.put("scope", **{**common, "reason": "The college does not teach health sciences any more, and asked for it."},
             id=random_id(), organisation=organisation, body=other, purpose="endorse", fields="isced:09",
             withdrawn_at=rows.now)
    rows.put("scope", **{**common, "level_framework": "EQF", "level_most": 5}, id=random_id(), organisation=organisation,
             body=other, purpose="endorse", fields="")
    return made


def asked(rows, endorser, asker):
    """An employer, whose administrator is given, is asked twice for an endorsement: its id, those of the requests, and that
    of an achievement."""
    organisation, identifier = rows.organisation("Granite Agronomy", "Agronomie du Granit")
    rows.put("member", organisation=organisation, person=endorser, roles=1, since_at=rows.now)
    outcomes = (["Draws a core"], ["Prélève une carotte"])
    number, _, achievement = rows.version(asker, *outcomes)
    rows.put("scope", level_framework="", level_most=0, valid_from=rows.now - DAY, granted_at=rows.now, reason="",
             id=random_id(), organisation=organisation, body=asker, purpose="endorse", fields="")
    requests, other = [], rows.version(asker, *outcomes)[0]
    for which, message in ((other, "Your crews take these samples every spring. Is this what they have to know?"), (number, "")):
        requests.append(random_id())
        rows.put("endorsement_request", id=requests[-1], achievement=which, version=1, organisation=organisation,
                 message=message, state="waiting", reason="", created_at=rows.now)
    return {"employer": identifier, "requests": requests, "endorsed": achievement}


def main(database, place, document=None):
    rows = Rows(database)
    rows.db.execute("BEGIN IMMEDIATE")
    organisation, organisation_id = rows.organisation("Riverbend College", "Collège de la Boucle")
    other, other_id = rows.organisation("Hilltop Institute", "Institut de la Colline")
    people = {name: rows.person(name.capitalize(), f"{name}@people.example")
              for name in ("administrator", "viewer", "learner", "stranger")}
    people["claimant"] = rows.person("Claimant", "claimant@people.example", way="claim")
    for name, where, roles in (("administrator", organisation, 1), ("viewer", organisation, 8), ("stranger", other, 1)):
        rows.put("member", organisation=where, person=people[name][0], roles=roles, since_at=rows.now)
    awards = Awards(rows, organisation, read(document or os.path.join("data", "vc", "good.json")).decode())
    held = {"holder": people["learner"][0], "claimed_at": rows.now}
    made = {
        "open": awards.award("Amélie Fontaine", "amelie@people.example"),
        "code": awards.award("Bo Chen", "bo@people.example", language="fr"),
        "joined": awards.award("Cleo Diaz", "cleo@people.example"),
        "expired": awards.award("Dov Levi", "dov@people.example", expires_at=rows.now - 1),
        "revoked": awards.award("Eva Novak", "eva@people.example", revoked_at=rows.now, revoke_code="error",
                                revoke_reason="Mixed up with a namesake"),
        "held": awards.award("Learner Lee", "learner@people.example", **held),
        "taken": awards.award("Learner Lee", "learner@people.example", **held, revoked_at=rows.now,
                              revoke_code="replaced", revoke_reason="The grade was wrong"),
        "off": awards.award("Gus Hart", "learner@people.example", **{**held, "page_on": 0}),
        "long": awards.award("Maria-Alexandrina " * 7, "long@people.example", result="Excellent work. " * 60,
                             decision="Passed with distinction. " * 60,
                             **{**held, "revoked_at": rows.now, "revoke_code": "withdrawn"}),
        "staff": awards.award("Viewer", "viewer@people.example"),
        "lost": awards.award("Fay Moss", "fay@people.example", mail_problem="recipient"),
    }
    invitation = work_there(rows, organisation, people, made) if document else ""
    scope = scopes(rows, organisation, other) if document else ""
    people["endorser"] = rows.person("Endorser", "endorser@people.example")
    endorsing = asked(rows, people["endorser"][0], other) if document else {}
    rows.db.execute("COMMIT")
    with open(place, "w", encoding="utf-8") as file:
        json.dump({"organisation": organisation_id, "other": other_id, "achievement": awards.achievement_id,
                   "invitation": invitation, "scope": scope, **endorsing, "member": rows.id_of(people["viewer"][0]),
                   "people": {name: token for name, (_, token) in people.items()}, "awards": made}, file, indent=1)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
