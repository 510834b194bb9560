#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: rules_python.py PROGRAM PACKS [COUNT [SEED]]

Holds made-up records against every pack of the folder PACKS, by PROGRAM (rules_lines) and by the oracle: a complete
record, changed in a few places each time. Speaks TAP.
"""
import copy
import json
import random
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from rules_oracle import Real, check, read  # noqa: E402

ODD = [None, True, False, 0, 1, -1, 2, 3, 5, 10, 11.5, 30, 40, 45, 60, 99.5, 100, 240, 249, 250, 300, 1.0, 3.125,
       4.5, 0.1, 12, '', 'x', [], {}, ['x'], [1], '2026-01-02', '2026-02-30', '2026-03-31T10:00:00Z', 'CA', 'ca', 'CA\n',
       'National Diploma of Things', 'Certificate of X', "L'attestation", 'university', 'component', 'online',
       ['21231', '1'], ['21231'] * 4, {'start': '2026-02-01', 'end': '2026-02-02'},
       {'start': '2026-02-01', 'end': '2026-01-02'}, {'name': 'N', 'date': '2026-01-01'}]


def leaves(test, out):
    """Paths, keys, values that a test knows."""
    for key, v in test.items():
        if key in ('path', 'other', 'others'):
            out['paths'].add(v)
        elif key == 'value':
            out['values'] += v if isinstance(v, list) else [] if isinstance(v, dict) else [v]
        elif key in ('words', 'values'):
            out['values'] += v
        elif key == 'system':
            out['paths'].add('offering.credits')
            out['systems'].add(v)
        elif key == 'framework':
            out['paths'].add('offering.levels')
            out['frameworks'].add(v)
        elif key == 'of':
            for one in v:
                leaves(one, out)
        elif key in ('if', 'then'):
            leaves(v, out)
    if test['op'] == 'attest':
        out['attested'].add(test['key'])


def put(record, path, value):
    *parents, last = path.split('.')
    for name in parents:
        if not isinstance(record.get(name), dict):
            record[name] = {}
        record = record[name]
    record[last] = value


def changed(rng, gold, known):
    record = copy.deepcopy(gold)
    if rng.random() < 0.5:
        record['attestations'] = {key: {'name': 'A. Person', 'date': '2026-01-01'} for key in known['attested']}
    for _ in range(rng.choice([0, 1, 2, 4, 8])):
        path = rng.choice(sorted(known['paths']))
        value = rng.choice(ODD + known['values'] * 2)
        if path == 'offering.credits' and known['systems']:
            value = [{'system': rng.choice(sorted(known['systems'])), 'value': rng.choice(ODD)} for _ in range(rng.randint(0, 2))]
        if path == 'offering.levels' and known['frameworks']:
            value = [{'framework': rng.choice(sorted(known['frameworks'])), 'level': rng.choice(ODD)} for _ in range(rng.randint(0, 2))]
        put(record, path, copy.deepcopy(value))
    if rng.random() < 0.3:
        record['variants'] = [rng.choice(known['variants'] + ['none such'])]
    return record


def records(pack, gold, rng, count):
    known = {'paths': set(), 'systems': set(), 'frameworks': set(), 'attested': set(), 'values': [],
             'variants': [v['name'] for v in pack.get('variants', [])]}
    for rule in pack['rules']:
        leaves(rule['test'], known)
    return [changed(rng, gold, known) for _ in range(count)]


def as_text(v):
    return json.dumps(v, default=lambda real: float(real))


def main():
    program, folder = sys.argv[1:3]
    count, seed = int(sys.argv[3]) if len(sys.argv) > 3 else 200, int(sys.argv[4]) if len(sys.argv) > 4 else 1
    gold = read((Path(__file__).parents[2] / 'docs' / 'samples' / 'record.json').read_text())
    packs = [pack for pack in (read(p.read_text()) for p in sorted(Path(folder).glob('*.json'))) if 'pack' in pack]
    print(f'1..{len(packs)}')
    failed = 0
    for number, pack in enumerate(packs, 1):
        rng = random.Random(seed)
        date = '2026-06-01' if not pack['effective_to'] else pack['effective_to']
        lines = [as_text({'pack': pack['pack'], 'date': date, 'record': r}) for r in records(pack, gold, rng, count)]
        answers = subprocess.run([program], input='\n'.join(lines) + '\n', text=True, capture_output=True,
                                 check=True).stdout.splitlines()
        seen, wrong = set(), []
        for line, answer in zip(lines, answers, strict=True):
            expected = check(pack, read(line)['record'], date)
            seen |= set(expected.values())
            if answer.startswith('error') or json.loads(answer) != expected:
                wrong.append((line, answer, expected))
        failed += bool(wrong)
        print(f"{'not ' if wrong else ''}ok {number} - {pack['pack']}: {count} records, outcomes {', '.join(sorted(seen))}")
        for line, answer, expected in wrong[:2]:
            got = {} if answer.startswith('error') else json.loads(answer)
            print('#', answer[:200] if not got else
                  {k: (got.get(k), v) for k, v in expected.items() if got.get(k) != v}, 'got, expected, of', line)
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
