#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""data/frameworks against the facts it was made from: the rules with their ids, severities, scopes, tests, sources and
confidences, the dates, and what the tables of levels, credits, funding and digital skills hold.

usage: frameworks.py FACTS DATA VECTORS   (speaks TAP; without the facts there is nothing to run)
"""
import json
import pathlib
import re
import sys

KEPT = ['severity', 'scope', 'test', 'source', 'confidence']
# Gathered as V, from a magazine: no page of an authority, so S here.
SECONDARY = ['QC']
# The word we have for a status that says more; the rest of it stands in the pack's note.
STATUS = re.compile(r'in-force \((?:.*\b)?(voluntary|pilot)\b')


# Words of titles were gathered in English. Where titles are in French as well, the packs have what means the same.
FRENCH_WORDS = {'certificat', 'diplôme', 'nouvelle-zélande', 'nationale', 'baccalauréat', 'doctorat', 'premier cycle', 'cycles supérieurs'}


def without_french(test):
    if isinstance(test, list):
        return [without_french(one) for one in test]
    if not isinstance(test, dict):
        return test
    return {name: [word for word in value if word not in FRENCH_WORDS] if name == 'words' else without_french(value)
            for name, value in test.items()}


def same(one, other):
    """Equal, where 1 is not 1.0 and the order of members says nothing."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def differ(where, want, got):
    return [] if same(want, got) else [f'{where}: {json.dumps(got)} instead of {json.dumps(want)}']


def letter(confidence):
    return re.split(r'[,; ]', confidence)[0]


def without(value, *names):
    """A table's row, or each of a list's, without what is for people."""
    if isinstance(value, list):
        return [without(row, *names) for row in value]
    return {name: inner for name, inner in value.items() if name not in names}


def pack_differences(facts, pack):
    named = STATUS.match(facts['status'])
    yield from differ('status', named[1] if named else facts['status'], pack['status'])
    for name in ('pack', 'jurisdiction', 'effective_from', 'effective_to'):
        yield from differ(name, facts[name], pack[name])
    yield from differ('sources', list(facts['sources']), list(pack['sources']))
    for key, text in facts['sources'].items():  # "same, Annex II" is written out in ours
        rest = re.sub(r'^same(?: Rules)?,', '', text)
        if rest == text and pack['sources'][key] != text or not pack['sources'][key].endswith(rest):
            yield f'source {key}: {pack["sources"][key]!r} instead of {text!r}'
    yield from differ('field_map_elm', facts.get('field_map_elm'), pack.get('field_map_elm'))
    yield from differ('rules', [rule['id'] for rule in facts['rules']], [rule['id'] for rule in pack['rules']])
    for want, got in zip(facts['rules'], pack['rules']):
        for name in KEPT:
            yield from differ(f'{want["id"]} {name}', want[name], without_french(got[name]) if name == 'test' else got[name])
        if want['message'].rstrip('.') == got['message']['en'].rstrip('.'):
            yield f'{want["id"]}: the sentence is not our own'
    variants = facts.get('variants', []), pack.get('variants', [])
    yield from differ('variants', *(len(v) for v in variants))
    for want, got in zip(*variants):
        for name in ('name', 'effective_from', 'effective_to', 'override'):
            yield from differ(f'variant {want["name"]} {name}', want.get(name), got[name])


def level_differences(facts, ours):
    tables = {table['id']: table for table in ours['tables']}
    for name in ('nz_ie_eu', 'au_nz', 'aqf_eqf'):
        got = tables[name.replace('_', '-')]
        yield from differ(f'{name} source', facts[name]['source'], got['source'])
        yield from differ(f'{name} confidence', letter(facts[name]['confidence']), got['confidence'])
        yield from differ(f'{name} official', 'not official' not in facts[name]['confidence'], got['official'])
    yield from differ('nz_ie_eu rows', facts['nz_ie_eu']['rows'], tables['nz-ie-eu']['rows'])
    yield from differ('au_nz map', facts['au_nz']['map'],
                      {str(row['AQF']): row['NZQCF'] for row in tables['au-nz']['rows']})
    oqf = ours['qualifications'][0]
    yield from differ('oqf source', facts['oqf']['source'], oqf['source'])
    yield from differ('oqf rows', without(facts['oqf']['rows'], 'name', 'note'), without(oqf['levels'], 'title', 'note'))
    teer = ours['occupations']
    yield from differ('teer', list(map(int, facts['teer']['rows'])), [row['category'] for row in teer['rows']])
    for name, got in (('teer', teer), ('nz_certificate_level_rule', ours['certificate_level'])):
        for member in ('source', 'confidence'):
            yield from differ(f'{name} {member}', facts[name][member], got[member])


def credit_differences(facts, ours):
    yield from differ('systems', [s['id'] for s in facts['systems']], [s['id'] for s in ours['systems']])
    names = {'min_contact_per_credit': 'contact_per_credit_min', 'lecture_hours': 'class_hours_per_credit',
             'contact': 'contact_per_credit', 'subject_points': 'points_per_subject'}
    for want, got in zip(facts['systems'], ours['systems']):
        want = {names.get(name, name): value for name, value in want.items() if name != 'note'}
        if 'lo' in want:
            want['hours_per_credit'] = [want.pop('lo'), want.pop('hi')]
        if want['id'] in SECONDARY:
            want['confidence'] = 'S'
        yield from differ(want['id'], want, without(got, 'title', 'note', 'course_hours', 'worked_examples'))
    yield from differ('year parity', facts['year_parity'],
                      [[s['id'], s['year_credits']] for s in ours['systems'] if 'year_credits' in s])
    yield from differ('agreements', facts['bilateral'], ours['agreements'])
    want, got = facts['aqf_volume_hours'], ours['volumes']
    yield from differ('volumes', want, {row['title']['en']: row['hours'] for row in got['rows']} |
                      {name: got[name] for name in ('full_time_year', 'source', 'confidence')})
    yield from differ('rules', len(facts['engine_rules']), len(ours['rules']))


def numbers(text):
    """Without what separates thousands, and with "2022-23" as "2022-2023"."""
    text = re.sub(r'\b(20)([0-9]{2})-([0-9]{2})\b(?!-)', r'\1\2-\1\3', re.sub(r'(?<=[0-9]),(?=[0-9]{3})', '', text))
    return set(re.findall(r'[0-9]+', text))


def scheme_differences(want, got):
    yield from differ('source', want.get('source'), got.get('source'))
    yield from differ('confidence', letter(want.get('confidence', '')), got.get('confidence', ''))
    rules = want.get('rules', []), got['rules']
    yield from differ('rules', *(len(r) for r in rules))
    for one, other in zip(*rules):
        missing = numbers(one) - numbers(other['en']) - {'01', '05', '12'}  # months, named in ours
        if missing:
            yield f'{other["en"]!r} does not name {sorted(missing)}'


def funding_differences(facts, ours):
    schemes = {scheme['id']: scheme for scheme in facts['schemes']}
    ledger = schemes.pop('LEDGER')
    yield from differ('schemes', sorted(schemes), sorted(scheme['id'] for scheme in ours['schemes']))
    for got in ours['schemes']:
        want = schemes[got['id']]
        yield from differ(got['id'] + ' currency', want.get('currency', got['currency']), got['currency'])
        yield from (f'{got["id"]}: {line}' for line in scheme_differences(want, got))
    programs = [{(f'amount_{p["currency"].lower()}' if name == 'amount' else name): value for name, value in p.items()
                 if name not in ('title', 'note', 'currency')} for p in ours['programs']['items']]
    yield from differ('programs', without(ledger['items'], 'name', 'later'), programs)


def digital_differences(facts, ours):
    want, got = facts['digcomp'], ours['digcomp']
    for name in ('version', 'source'):
        yield from differ(f'digcomp {name}', want[name], got[name])
    yield from differ('digcomp levels', want['levels'], {level['id']: level['range'] for level in got['levels']})
    yield from differ('digcomp competences', want['competences'],
                      {item['id']: item['title']['en'] for item in got['competences']['items']})
    want, got = facts['skills_for_success'], ours['skills-for-success']
    yield from differ('skills', want['skills'], [skill['id'] for skill in got['skills']])
    yield from differ('skill levels', want['levels'], {'value': [level['id'] for level in got['levels']['items']],
                                                      'confidence': got['levels']['confidence']})
    yield from differ('components', len(want['digital_components']), len(got['digital_components']))
    yield from differ('scale', facts['bc_k12_scale']['values'], [v['id'] for v in ours['bc-k12-scale']['levels']])
    for name, other in (('skills_for_success', 'skills-for-success'), ('bc_k12_scale', 'bc-k12-scale')):
        for member in ('source', 'confidence'):
            yield from differ(f'{name} {member}', facts[name][member], ours[other][member])


def vector_differences(facts, vectors):
    yield from differ('credits', facts['credits']['vectors'], vectors['credits'])
    yield from differ('occupations', facts['levels']['teer']['vectors'], vectors['occupations'])
    yield from differ('certificates', facts['levels']['nz_certificate_level_rule']['vectors'],
                      vectors['certificate_level'])
    yield from differ('funding', {s['id']: s['vectors'] for s in facts['funding']['schemes'] if 'vectors' in s},
                      vectors['funding'])


def read(path):
    return json.loads(path.read_text('utf-8'))


def main():
    facts_folder, data = pathlib.Path(sys.argv[1]) / 'rules', pathlib.Path(sys.argv[2])
    if not facts_folder.is_dir():
        print('1..0 # SKIP the facts are not on this machine')
        return 0
    lists = {'levels': level_differences, 'credits': credit_differences, 'funding': funding_differences,
             'digital': digital_differences}
    facts = {name: read(facts_folder / f'data-{name}.json') for name in lists}
    results = [(name, lines(facts[name], read(data / f'{name}.json'))) for name, lines in lists.items()]
    results.append(('vectors', vector_differences(facts, read(pathlib.Path(sys.argv[3])))))
    packs = sorted(path.name for path in facts_folder.glob('*.json') if not path.name.startswith('data-'))
    others = {'attestations.json', 'fields.json', *(f'{name}.json' for name in lists)}
    results.append(('packs', differ('packs', packs, sorted({p.name for p in data.glob('*.json')} - others))))
    results += [(f'pack {name}', pack_differences(read(facts_folder / name), read(data / name))) for name in packs]
    failed = 0
    for number, (name, lines) in enumerate(results, 1):
        lines = list(lines)
        failed += bool(lines)
        print(f'{"not ok" if lines else "ok"} {number} - {name}')
        for line in lines:
            print(f'# {line}')
    print(f'1..{len(results)}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
