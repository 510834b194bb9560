# SPDX-License-Identifier: Apache-2.0
"""What a rule comes to, a second time and by other means: an oracle for src/rules.

Numbers are fractions, made from the text of the JSON; a number that is written without a point or an exponent is an
int, any other a Real, so that 1 and 1.0 differ.
"""
import datetime
import json
import re
from fractions import Fraction

PASS, FAIL, ATTEST, SKIP = 'pass', 'fail', 'attest', 'skip'


class Real(Fraction):
    """A number written with a point or an exponent."""


def read(text):
    return json.loads(text, parse_float=Real)


def empty(v):
    return v is None or v == '' or (isinstance(v, (list, dict)) and not v)


def number(v):
    return v is not None and not isinstance(v, bool) and isinstance(v, (int, Fraction))


def same(x, y):
    if isinstance(x, list) and isinstance(y, list):
        return len(x) == len(y) and all(map(same, x, y))
    if isinstance(x, dict) and isinstance(y, dict):
        return x.keys() == y.keys() and all(same(x[k], y[k]) for k in x)
    return type(x) is type(y) and x == y


def day(v):
    if not isinstance(v, str) or not re.fullmatch(r'\d{4}-\d{2}-\d{2}', v[:10], re.A):
        return None
    try:
        return datetime.date.fromisoformat(v[:10])
    except ValueError:
        return None


def has_word(text, words):
    return any(re.search(rf'(?<![a-z0-9]){re.escape(w.lower())}(?![a-z0-9])', text.lower()) for w in words)


def period(v):
    found = isinstance(v, dict) and (day(v.get('start')), day(v.get('end')))
    return found if found and all(found) and found[0] <= found[1] else None


class Record:
    def __init__(self, record):
        self.record = record

    def at(self, path):
        v = self.record
        for name in path.split('.'):
            v = v.get(name) if isinstance(v, dict) else None
        return v

    def entries(self, path, key, name, what):
        v = self.at(path)
        return [e.get(what) for e in v if isinstance(e, dict) and e.get(key) == name] if isinstance(v, list) else []

    def credits(self, t):
        return self.entries('offering.credits', 'system', t['system'], 'value')

    def levels(self, t):
        return self.entries('offering.levels', 'framework', t['framework'], 'level')

    def decide(self, t):
        op = t['op']
        if op == 'attest':
            said = (self.record.get('attestations') or {}).get(t['key']) or {}
            return PASS if isinstance(said, dict) and isinstance(said.get('name'), str) and said['name'] \
                and day(said.get('date')) else ATTEST
        if op == 'when':
            return self.decide(t['then']) if self.decide(t['if']) == PASS else SKIP
        if op == 'not':
            return {PASS: FAIL, FAIL: PASS}.get(self.decide(t['of'][0]), ATTEST)
        if op in ('all', 'any'):
            got = [self.decide(one) for one in t['of']]
            for outcome in (FAIL, ATTEST) if op == 'all' else (PASS, ATTEST):
                if outcome in got:
                    return outcome
            return PASS if op == 'all' else FAIL
        return PASS if getattr(self, 'op_' + op)(t) else FAIL

    def op_present(self, t):
        return not empty(self.at(t['path']))

    def op_count_ge(self, t):
        v = self.at(t['path'])
        return isinstance(v or [], list) and v is not False and v != '' and v != {} and v != 0 \
            and len(v or []) >= t['value']

    def op_count_between(self, t):
        v = self.at(t['path'])
        return (v is None or isinstance(v, list)) and t['value'][0] <= len(v or []) <= t['value'][1]

    def op_eq(self, t):
        return same(self.at(t['path']), t['value'])

    def op_in(self, t):
        return any(same(self.at(t['path']), one) for one in t['value'])

    def op_ge(self, t):
        return number(self.at(t['path'])) and self.at(t['path']) >= t['value']

    def op_gt(self, t):
        return number(self.at(t['path'])) and self.at(t['path']) > t['value']

    def op_le(self, t):
        return number(self.at(t['path'])) and self.at(t['path']) <= t['value']

    def op_lt(self, t):
        return number(self.at(t['path'])) and self.at(t['path']) < t['value']

    def op_between(self, t):
        return number(self.at(t['path'])) and t['value'][0] <= self.at(t['path']) <= t['value'][1]

    def op_regex(self, t):
        v = self.at(t['path'])
        return isinstance(v, str) and bool(re.search(t['value'].replace('$', r'\Z'), v))

    def op_all_regex(self, t):
        v = self.at(t['path'])
        return isinstance(v, list) and bool(v) and all(
            isinstance(s, str) and re.search(t['value'].replace('$', r'\Z'), s) for s in v)

    def op_date(self, t):
        return day(self.at(t['path'])) is not None

    def op_date_le(self, t):
        x, y = day(self.at(t['path'])), day(self.at(t['other']))
        return bool(x and y and x <= y)

    def op_exists_where(self, t):
        v = self.at(t['path'])
        return isinstance(v, list) and any(
            isinstance(e, dict) and t['key'] in e and same(e[t['key']], t['value']) for e in v)

    def op_all_have(self, t):
        v = self.at(t['path'])
        return isinstance(v, list) and len(v) >= t.get('min', 1) and all(
            isinstance(e, dict) and not empty(e.get(k)) and e.get(k) is not False for e in v for k in t['keys'])

    def op_all_contain(self, t):
        v = self.at(t['path'])
        if empty(v):
            return True
        return isinstance(v, list) and all(
            isinstance(e, dict) and isinstance(e.get(t['key']), list) and one in e[t['key']]
            for e in v for one in t['values'])

    def other_has_word(self, t):
        others = self.at(t['path'] + '_other')
        return any(isinstance(v, str) and has_word(v, t['words']) for v in (others if isinstance(others, list) else [others]))

    def op_title_contains_word(self, t):
        v = self.at(t['path'])
        return (isinstance(v, str) and has_word(v, t['words'])) or self.other_has_word(t)

    def op_title_not_contains(self, t):
        v = self.at(t['path'])
        return isinstance(v, str) and v != '' and not has_word(v, t['words']) and not self.other_has_word(t)

    def op_no_overlap(self, t):
        mine, others = period(self.at(t['path'])), self.at(t['others'])
        if not mine or not (empty(others) or isinstance(others, list)):
            return False
        theirs = [period(one) for one in others or []]
        return all(theirs) and not any(mine[0] <= one[1] and one[0] <= mine[1] for one in theirs)

    def op_credits_between(self, t):
        got = self.credits(t)
        return bool(got) and all(number(v) and t['value'][0] <= v <= t['value'][1] for v in got)

    def op_level_in(self, t):
        got = self.levels(t)
        return bool(got) and all(number(v) and t['value'][0] <= v <= t['value'][1] for v in got)

    def op_level_in_list(self, t):
        got = self.levels(t)
        return bool(got) and all(number(v) and any(v == one for one in t['value']) for v in got)

    def op_hours_match(self, t):
        total, got = self.at('offering.hours.total'), self.credits(t)
        return number(total) and bool(got) and number(got[0]) and \
            abs(total - got[0] * t['hours_per_credit']) <= t['tolerance'] * total

    def op_contact_per_credit_ge(self, t):
        contact, got = self.at('offering.hours.contact'), self.credits(t)
        return number(contact) and bool(got) and number(got[0]) and contact >= t['value'] * got[0]

    def op_credits_below_by_level(self, t):
        level, got = self.levels(t), self.credits(t)
        if not level or not number(level[0]) or level[0] != int(level[0]) or not got or not number(got[0]):
            return False
        limit = t['value'].get(str(int(level[0])))
        return limit is not None and got[0] < limit


def in_force(thing, date):
    return thing['effective_from'] <= date and (thing.get('effective_to') is None or date <= thing['effective_to'])


def check(pack, record, date):
    """{rule id: outcome} of a record, as read() gives it."""
    tests = {rule['id']: rule['test'] for rule in pack['rules']}
    named = record.get('variants')
    named = named if isinstance(named, list) else [named]
    for variant in reversed(pack.get('variants', [])):
        if variant.get('effective_from') and in_force(variant, date) and variant['name'] in named:
            tests.update(variant['override'])
    return {rule: Record(record).decide(test) for rule, test in tests.items()}
