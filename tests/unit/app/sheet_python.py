#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: sheet_python.py PROGRAM [COUNT [SEED]]

Generated spreadsheets, written by Python's csv module and by hand, read by PROGRAM (sheet_cells) and by csv. TAP.
Where we are stricter than csv is said below, and nowhere else may the two differ.
"""
import csv
import io
import json
import random
import subprocess
import sys

PIECES = ['a', 'é', '😀', 'b c', ' ', '\t', ',', ';', '"', '""', '\n', '\r\n', '\r', "'", '=1', '', 'x' * 300]


def cell(rng):
    return ''.join(rng.choice(PIECES) for _ in range(rng.randrange(4)))


def tidy(rows):
    """Spaces around a cell are none of its content, and rows without any content are left out."""
    rows = [[c.strip(' \t') for c in row] for row in rows]
    return [row for row in rows if any(c.strip() for c in row)]


def written(rng, separator):
    """(file, rows): what csv has written."""
    columns = rng.randrange(2, 6)
    rows = [[f'h{i}' for i in range(columns)]]
    rows += [[cell(rng) for _ in range(columns)] for _ in range(rng.randrange(6))]
    out = io.StringIO()
    quoting = rng.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
    ends = ['\n', '\r\n', '\r'] if quoting == csv.QUOTE_ALL else ['\r\n']  # csv quotes only what is in its own end
    csv.writer(out, delimiter=separator, lineterminator=rng.choice(ends), quoting=quoting).writerows(rows)
    return out.getvalue(), tidy(rows)


def scribbled(rng, separator):
    """(file, rows): what nobody would write; rows is None where csv refuses it."""
    pieces = [p for p in PIECES if p not in (' ', '\t')] + [separator]  # csv takes "a" with a space behind for an error
    text = f'h{separator}i\n' + ''.join(rng.choice(pieces) for _ in range(rng.randrange(20)))
    try:
        rows = csv.reader(io.StringIO(text, newline=''), delimiter=separator, strict=True, skipinitialspace=True)
        return text, tidy(rows)
    except csv.Error:
        return text, None


def ask(program, cases):
    lines = ''.join(json.dumps(text) + '\n' for text, _ in cases)
    answer = subprocess.run([program], input=lines, capture_output=True, encoding='utf-8', check=True)
    return [json.loads(line) for line in answer.stdout.split('\n')[:-1]]


def same(text, rows, got):
    if isinstance(got, str):  # csv takes a quotation mark inside a cell without quotes for a letter
        return rows is None if got == 'sheet.quote-open' else got == 'sheet.quote' and '"' in text
    return rows is not None and rows == tidy(got)


def check(name, number, cases, answers, may_refuse):
    wrong = [(t, r, g) for (t, r), g in zip(cases, answers)
             if not same(t, r, g) or (isinstance(g, str) and not may_refuse)]
    refused = sum(isinstance(g, str) for g in answers)
    fine = not wrong and len(answers) == len(cases) and refused < len(cases)
    print(f"{'ok' if fine else 'not ok'} {number} - {name}: {len(cases)} files, {refused} refused")
    for text, rows, got in wrong[:5]:
        print(f'# {text!r}\n#   csv: {rows!r}\n#   we:  {got!r}')
    return fine


def main():
    program, count, seed = sys.argv[1], int((sys.argv[2:] or [2000])[0]), int((sys.argv[3:] or [1])[0])
    rng = random.Random(seed)
    print('1..2')
    fine = True
    for number, (name, make) in enumerate([('as csv writes', written), ('scribbled', scribbled)], 1):
        cases = [make(rng, rng.choice(',;\t')) for _ in range(count)]
        fine = check(name, number, cases, ask(program, cases), make is scribbled) and fine
    return not fine


if __name__ == '__main__':
    sys.exit(main())
