#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cairn competencies with the frameworks themselves, at full size: what it keeps beside what Python's csv reads.

usage: competencies.py CAIRN DATA   (speaks TAP; without the files there is nothing to run)

With CAIRN_PART in the environment, which builds with AddressSanitizer have, a third of the rows of ESCO is taken; the
release build takes all of them.
"""
import csv
import gzip
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

CAIRN, DATA = os.path.abspath(sys.argv[1]), Path(sys.argv[2])
ESCO = [*sorted((DATA / 'esco/en-v1.1.1').glob('*.zip')), *sorted((DATA / 'esco/fr-v1.2.1-labels').glob('*.gz')),
        *sorted((DATA / 'esco/fr-v1.0-full').glob('*.gz'))]
PART = 3 if os.environ.get('CAIRN_PART') else 1
folder = tempfile.TemporaryDirectory()
csv.field_size_limit(1 << 24)
os.environ['TZ'] = 'UTC'


def command(db, *args):
    return [CAIRN, 'competencies', *map(str, args), '--db', f'{folder.name}/{db}']


def cairn(db, *args):
    done = subprocess.run(command(db, *args), capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout


def new(db):
    subprocess.run([CAIRN, 'init', '--origin', 'https://cairn.example', '--db', f'{folder.name}/{db}'], check=True,
                   capture_output=True)


def digest(db):
    return hashlib.sha256(Path(f'{folder.name}/{db}').read_bytes()).hexdigest()


def rows_of(db, sql):
    with sqlite3.connect(f'{folder.name}/{db}') as there:
        return there.execute(sql).fetchall()


def tables(file):
    """The tables of a file, by their names."""
    if file.suffix == '.zip':
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                yield name, list(csv.DictReader(io.TextIOWrapper(archive.open(name), 'utf-8-sig', newline='')))
    elif file.suffix == '.gz':
        with gzip.open(file, 'rt', encoding='utf-8-sig', newline='') as text:
            yield file.name, list(csv.DictReader(text))
    else:
        with open(file, encoding='utf-8-sig', newline='') as text:
            yield file.name, list(csv.DictReader(text))


def cut(data):
    """The head of a table and every so many-th of its rows."""
    rows = list(csv.reader(io.StringIO(data.decode('utf-8-sig'), newline='')))
    out = io.StringIO(newline='')
    csv.writer(out).writerows([rows[0], *rows[1::PART]])
    return out.getvalue().encode()


def part_of(file):
    """The same file, packed as it was, with a part of its rows."""
    to = Path(folder.name) / file.parent.name / file.name
    to.parent.mkdir(exist_ok=True)
    if file.suffix == '.gz':
        to.write_bytes(gzip.compress(cut(gzip.decompress(file.read_bytes())), 1))
        return to
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(to, 'w', zipfile.ZIP_DEFLATED) as part:
        for name in whole.namelist():
            part.writestr(name, cut(whole.read(name)) if name.endswith('.csv') else whole.read(name))
    return to


def esco_whole():
    """Labels by URI, French ones as the first file has them, and relations by their kind."""
    english, french, relations = {}, {}, set()
    for file in ESCO:
        for name, rows in tables(file):
            if name in ('skills_en.csv', 'occupations_en.csv', 'skillGroups_en.csv', 'ISCOGroups_en.csv'):
                english.update((row['conceptUri'], row['preferredLabel'].strip()) for row in rows)
            elif '_fr' in name:
                for row in rows:
                    if row['preferredLabel'].strip():
                        french.setdefault(row['conceptUri'], row['preferredLabel'].strip())
            elif name == 'occupationSkillRelations.csv':
                relations.update((row['occupationUri'], row['relationType'], row['skillUri']) for row in rows)
            elif name == 'skillSkillRelations.csv':
                relations.update((row['originalSkillUri'], row['relationType'], row['relatedSkillUri']) for row in rows)
            elif name.startswith('broaderRelations'):
                relations.update((row['conceptUri'], 'broader', row['broaderUri']) for row in rows)
    return english, french, relations


def esco_is_kept_whole():
    new('esco.db')
    cairn('esco.db', 'import', *ESCO)
    english, french, relations = esco_whole()
    assert len([uri for uri in english if '/skill/' in uri]) >= 13896 // PART
    kept = rows_of('esco.db', 'SELECT uri, label, label_fr FROM item')
    named = {uri for one, _, other in relations for uri in (one, other)} - set(english)
    assert {uri: label for uri, label, _ in kept if label} == english
    assert {uri for uri, label, _ in kept if not label} == named
    there = named | set(english)
    assert {uri: label for uri, _, label in kept if label} == {u: l for u, l in french.items() if u in there}
    hows = {1: 'broader', 2: 'essential', 3: 'optional'}
    there = {(one, hows[how], other) for one, how, other in
             rows_of('esco.db', 'SELECT s.uri, r.how, t.uri FROM relation r JOIN item s ON s.number = r.source '
                                'JOIN item t ON t.number = r.target')}
    assert there == relations
    assert len([r for r in relations if r[1] != 'broader' and '/occupation/' in r[0]]) == -(-123855 // PART)
    assert not rows_of('esco.db', "SELECT 1 FROM item WHERE label LIKE ' %' OR label_fr LIKE '% '")


def the_same_again_writes_nothing():
    before = digest('esco.db')
    out = cairn('esco.db', 'import', *ESCO)
    [(items, relations)] = rows_of('esco.db', 'SELECT (SELECT count(*) FROM item), (SELECT count(*) FROM relation)')
    assert PART > 1 or (items, relations) == (18170, 154027)
    assert f'0 new, 0 changed, 0 withdrawn, {items} unchanged' in out, out
    assert f'0 new, 0 gone, {relations} unchanged' in out, out
    assert digest('esco.db') == before


def what_was_interrupted_is_finished_by_importing_again():
    [(whole,)] = rows_of('esco.db', 'SELECT count(*) FROM item')
    new('stopped.db')
    work = subprocess.Popen(command('stopped.db', 'import', *ESCO), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(6000):
        if work.poll() is not None or rows_of('stopped.db', 'SELECT count(*) FROM item')[0][0] >= whole // 6:
            break
        time.sleep(0.01)
    work.kill()
    work.wait()
    part = rows_of('stopped.db', 'SELECT count(*) FROM item')[0][0]
    assert 0 < part < whole, part
    cairn('stopped.db', 'import', *ESCO)
    for sql in ['SELECT uri, label, alternatives, description, label_fr, alternatives_fr, description_fr, code, type, '
                'level, list, quality, withdrawn_at FROM item ORDER BY uri',
                'SELECT s.uri, r.how, t.uri, r.list FROM relation r JOIN item s ON s.number = r.source '
                'JOIN item t ON t.number = r.target ORDER BY 1, 2, 3',
                'SELECT id, title, version, items, english, french FROM framework',
                'SELECT label, label_fr, alternatives, alternatives_fr, code, framework FROM item_words ORDER BY 1, 2, 3, 5']:
        assert rows_of('stopped.db', sql) == rows_of('esco.db', sql), sql


def found(db, text, *more):
    return json.loads(cairn(db, 'search', text, '--json', *more))


def esco_is_searched_in_both_languages():
    if PART > 1:
        return  # these items may not be in it; the whole of it is searched by the release build
    labels = [item['label'] for item in found('esco.db', 'gerer le pers')]
    assert labels[0]['fr'] == 'gérer le personnel' and labels[0]['en'] == 'manage staff'
    assert found('esco.db', 'java')[0]['label']['en'].startswith('Java')
    assert found('esco.db', 'oeuvre')[0]['label']['fr'].startswith('œuvr')
    assert any('directrice technique' in item['label'].get('fr', '') for item in found('esco.db', 'directrice tech'))


def noc_is_kept_whole():
    new('noc.db')
    files = sorted((DATA / 'noc2021').glob('*.csv'))
    cairn('noc.db', 'import', *files)
    labels = {}
    for file in files:
        for _, rows in tables(file):
            for row in rows:
                code = next(value for key, value in row.items() if key.startswith('Code'))
                title = row.get('Class title') or row.get('Titres de classes')
                labels.setdefault(code, []).append(title.strip())
    kept = {code: (label, french) for code, label, french in rows_of('noc.db', 'SELECT code, label, label_fr FROM item')}
    assert len(kept) == 822 and len([code for code in kept if len(code) == 5]) == 516
    assert {code: set(pair) for code, pair in kept.items()} == {code: set(both) for code, both in labels.items()}
    assert rows_of('noc.db', "SELECT count(*) FROM item WHERE length(code) > 1 AND level <> substr(code, 2, 1)") == [(0,)]
    assert rows_of('noc.db', 'SELECT count(*) FROM relation') == [(822 - 10,)]


def isced_f_is_kept_whole():
    new('isced.db')
    file = DATA / 'isced-f/isced-f-2013-en.csv'
    cairn('isced.db', 'import', file)
    (_, rows), = tables(file)
    assert sorted(rows_of('isced.db', 'SELECT code, uri, label FROM item WHERE label <> \'\'')) == \
        sorted((row['uri'].rsplit('/', 1)[1], row['uri'], row['label_en'].strip()) for row in rows)


def case_packages_are_kept():
    for number, file in enumerate(sorted((DATA / 'case-ctdl/case').glob('*.json'))):
        package = json.loads(file.read_text())
        if 'CFDocument' not in package or not package['CFItems']:
            continue
        new(f'case{number}.db')
        cairn(f'case{number}.db', 'import', file)
        kept = rows_of(f'case{number}.db', "SELECT uri, label || label_fr FROM item WHERE list")
        assert dict(kept) == {item['uri']: item['fullStatement'].strip() for item in package['CFItems']}, file


def a_ctdl_asn_framework_is_kept():
    new('asn.db')
    cairn('asn.db', 'import', DATA / 'case-ctdl/ctdl-asn/clean_framework.json')
    assert rows_of('asn.db', 'SELECT label FROM item ORDER BY 1') == [('Assemble a widget from parts',),
                                                                      ('Identify the parts of a widget',)]


if not DATA.is_dir():
    print('1..0 # SKIP the frameworks are not here')
    sys.exit(0)
sys.path.insert(0, str(Path(__file__).parents[1] / 'api'))
import tap  # noqa: E402

if PART > 1:
    ESCO = [part_of(file) for file in ESCO]
tap.run([esco_is_kept_whole, the_same_again_writes_nothing, what_was_interrupted_is_finished_by_importing_again,
         esco_is_searched_in_both_languages, noc_is_kept_whole, isced_f_is_kept_whole, case_packages_are_kept,
         a_ctdl_asn_framework_is_kept])
