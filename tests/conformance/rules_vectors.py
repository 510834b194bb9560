#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: rules_vectors.py PROGRAM PACKS VECTORS RECORD

Holds the vectors of the folder VECTORS against the packs of the folder PACKS, by PROGRAM (rules_lines) and by the
oracle. A vector says what a rule comes to, of the record of the file RECORD with a few members "set" (path: value)
or removed ("remove") and statements made ("attest"). Each was written from what the rule says. A rule that lacks a
vector for one of the outcomes it can come to fails its pack. Speaks TAP.
"""
import copy
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from rules_oracle import ATTEST, FAIL, PASS, SKIP, check, read  # noqa: E402

SAID = {'name': 'A. Person', 'date': '2026-05-01'}
MEMBERS = {'rule', 'is', 'at', 'set', 'remove', 'attest'}


def outcomes(test):
    """What a test can come to, by how it is made."""
    op = test['op']
    if op == 'attest':
        return {PASS, ATTEST}
    if op == 'when':
        return outcomes(test['then']) | {SKIP}
    if op in ('all', 'any'):
        inside = [outcomes(one) for one in test['of']]
        can = set().union(*inside) - {SKIP}
        return can - {FAIL} if op == 'any' and not all(FAIL in one for one in inside) else can
    return {PASS, FAIL}


def parent(record, path):
    *parents, last = path.split('.')
    for name in parents:
        record = record.setdefault(name, {})
    return record, last


def record_of(vector, base):
    record = copy.deepcopy(base)
    for path, value in vector.get('set', {}).items():
        into, last = parent(record, path)
        into[last] = value
    for path in vector.get('remove', []):
        into, last = parent(record, path)
        del into[last]  # KeyError: a vector that removes nothing is a slip
    if 'attest' in vector:
        record['attestations'] = {key: SAID for key in vector['attest']}
    return record


def as_line(pack, vector, date, base):
    return json.dumps({'pack': pack['pack'], 'date': date, 'record': record_of(vector, base)}, default=float)


def problems(pack, vectors, base, program):
    rules = {rule['id']: rule for rule in pack['rules']}
    dates = [vector.get('at', vectors['at']) for vector in vectors['vectors']]
    lines = [as_line(pack, vector, date, base) for vector, date in zip(vectors['vectors'], dates)]
    answers = subprocess.run([program], input='\n'.join(lines) + '\n', text=True, capture_output=True,
                             check=True).stdout.splitlines()
    seen = {}
    for vector, date, line, answer in zip(vectors['vectors'], dates, lines, answers, strict=True):
        rule = vector['rule']
        if rule not in rules or set(vector) - MEMBERS:
            yield f'no such rule, or member: {vector}'
            continue
        seen.setdefault(rule, set()).add(vector['is'])
        got = answer if answer.startswith('error') else json.loads(answer)[rule]
        oracle = check(pack, read(line)['record'], date)[rule]
        if (got, oracle) != (vector['is'], vector['is']):
            yield f'{vector}: the program says {got}, the oracle {oracle}'
    for rule, made in rules.items():
        lacking = outcomes(made['test']) - seen.get(rule, set())
        if lacking:
            yield f'{rule} has no vector that comes to {", ".join(sorted(lacking))}'


def main():
    program, packs, vectors, record = sys.argv[1:5]
    base = read(Path(record).read_text())
    shelf = [pack for pack in (read(path.read_text()) for path in sorted(Path(packs).glob('*.json'))) if 'pack' in pack]
    print(f'1..{len(shelf)}')
    failed = rules = 0
    for number, pack in enumerate(shelf, 1):
        path = Path(vectors) / f'{pack["pack"]}.json'
        ours = read(path.read_text()) if path.exists() else {'at': pack['effective_from'], 'vectors': []}
        wrong = list(problems(pack, ours, base, program))
        failed += bool(wrong)
        rules += len(pack['rules'])
        print(f'{"not " if wrong else ""}ok {number} - {pack["pack"]}: {len(pack["rules"])} rules, '
              f'{len(ours["vectors"])} vectors')
        for one in wrong:
            print('#', one)
    print(f'# {rules} rules')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
