#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Imports ESCO again and again for as long as it is told, and says how often: lines in and out are those of bench_worker.

usage: esco.py CAIRN FILES...

Works: "cairn", a new database each time; "again", the same files into a database that has them; "python", the same
tables by Python's csv and sqlite3 into tables like ours, with an index of the same kind, in one transaction.
"""
import csv
import gzip
import io
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile

CAIRN, FILES = sys.argv[1], sys.argv[2:]
folder = tempfile.TemporaryDirectory(prefix="cairn-esco-")
csv.field_size_limit(1 << 24)
FORM = """
    CREATE TABLE item (number INTEGER PRIMARY KEY, uri TEXT UNIQUE, label TEXT, alternatives TEXT, description TEXT,
        label_fr TEXT, alternatives_fr TEXT, code TEXT, type TEXT, level TEXT);
    CREATE VIRTUAL TABLE words USING fts5 (label, label_fr, alternatives, alternatives_fr, code, prefix = '1 2 3',
        tokenize = 'unicode61 remove_diacritics 2');
    CREATE TABLE relation (source INTEGER, how TEXT, target INTEGER, PRIMARY KEY (source, how, target)) WITHOUT ROWID;
    CREATE INDEX relation_target ON relation (target, how);
"""
NEEDED = ("skills_en.csv", "occupations_en.csv", "skillGroups_en.csv", "ISCOGroups_en.csv", "broaderRelationsOccPillar.csv",
          "broaderRelationsSkillPillar.csv", "occupationSkillRelations.csv", "skillSkillRelations.csv")


def tables():
    for path in FILES:
        if path.endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name in NEEDED:
                        yield name, csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8-sig", newline=""))
        else:
            with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as text:
                yield "labels", csv.DictReader(text)


def read():
    items, relations = {}, []
    for name, rows in tables():
        for row in rows:
            if name == "labels":
                item = items.get(row["conceptUri"])
                if item and len(item) < 10:
                    item.update(label_fr=row["preferredLabel"], alternatives_fr=row["altLabels"].replace("|", "\n"))
            elif "preferredLabel" in row:
                items[row["conceptUri"]] = {
                    "uri": row["conceptUri"], "label": row["preferredLabel"], "alternatives": row["altLabels"],
                    "description": row["description"], "code": row.get("code", ""), "type": row["conceptType"],
                    "level": row.get("reuseLevel", "")}
            elif "broaderUri" in row:
                relations.append((row["conceptUri"], "broader", row["broaderUri"]))
            elif "occupationUri" in row:
                relations.append((row["occupationUri"], row["relationType"], row["skillUri"]))
            else:
                relations.append((row["originalSkillUri"], row["relationType"], row["relatedSkillUri"]))
    return items, relations


def by_python(path):
    db = sqlite3.connect(path)
    db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + FORM)
    items, relations = read()
    numbers = {uri: number for number, uri in enumerate(items, 1)}
    columns = ("uri", "label", "alternatives", "description", "label_fr", "alternatives_fr", "code", "type", "level")
    with db:
        db.executemany("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       ((numbers[uri], *(item.get(name, "") for name in columns)) for uri, item in items.items()))
        db.executemany("INSERT INTO words (rowid, label, label_fr, alternatives, alternatives_fr, code) VALUES (?, ?, ?, ?, ?, ?)",
                       ((numbers[uri], *(item.get(name, "") for name in
                                         ("label", "label_fr", "alternatives", "alternatives_fr", "code")))
                        for uri, item in items.items()))
        db.executemany("INSERT OR IGNORE INTO relation VALUES (?, ?, ?)",
                       ((numbers[one], how, numbers[other]) for one, how, other in relations
                        if one in numbers and other in numbers))
    db.close()


def cairn(*args):
    subprocess.run([CAIRN, *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def by_cairn(path):
    cairn("init", "--origin", "https://cairn.example", "--db", path)
    cairn("competencies", "import", *FILES, "--db", path)


def again(path):
    if not os.path.exists(path):
        by_cairn(path)
    cairn("competencies", "import", *FILES, "--db", path)


def spent():
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def forget(path):
    for end in ("", "-wal", "-shm"):
        if os.path.exists(path + end):
            os.remove(path + end)


def turn(work, seconds):
    path, times, wall, cpu = os.path.join(folder.name, work + ".db"), 0, 0.0, 0.0
    if work == "again" and not os.path.exists(path):
        by_cairn(path)
    while times == 0 or (cpu < seconds and wall < 8 * seconds):
        if work != "again":
            forget(path)
        began, before = time.monotonic(), spent()
        {"cairn": by_cairn, "again": again, "python": by_python}[work](path)
        wall, cpu, times = wall + time.monotonic() - began, cpu + spent() - before, times + 1
    print(times, f"{wall:.6f}", f"{cpu:.6f}", flush=True)


for line in sys.stdin:
    words = line.split()
    turn(words[0], int(words[1]) / 1000)
