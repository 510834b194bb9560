# SPDX-License-Identifier: Apache-2.0
"""Reads the .po files of web/locale, in which a msgid is a key and every entry is there in full."""
import re
from dataclasses import dataclass, field

LINE = re.compile(r'(msgid|msgid_plural|msgctxt|msgstr(?:\[(\d+)\])?)?\s*"((?:[^"\\]|\\.)*)"\s*$')
ESCAPES = {'n': '\n', 't': '\t', '"': '"', '\\': '\\'}


@dataclass
class Entry:
    line: int
    key: str = ''
    plural: str = ''     # msgid_plural; empty when there is none
    flags: list = field(default_factory=list)
    forms: dict = field(default_factory=dict)  # number -> text
    path: str = ''       # of the file it stands in

    def arguments(self):
        return {int(n) for text in self.forms.values() for n in re.findall(r'%([1-9])', text)}


@dataclass
class Catalogue:
    path: str
    header: str
    entries: dict        # key -> Entry
    problems: list       # lines that could not be read, keys that are there twice, obsolete entries


def unescape(text):
    return re.sub(r'\\(.)', lambda m: ESCAPES.get(m[1], m[1]), text)


def read(path, text):
    entries, problems, entry, part = [], [], None, None
    flags = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith('#,'):
            flags += [flag.strip() for flag in line[2:].split(',')]
        elif line.startswith('#~'):
            problems.append(f'{path}:{number}: an obsolete entry; remove it')
        if not line.strip() or line.startswith('#'):
            continue
        m = LINE.match(line)
        if not m:
            problems.append(f'{path}:{number}: this line is none of a .po file')
            continue
        if m[1] == 'msgid':
            entry, flags = Entry(number, flags=flags), []
            entries.append(entry)
        if not entry or (m[1] == 'msgctxt'):
            problems.append(f'{path}:{number}: {m[1] or "a text"} has no place here')
            continue
        part = m[1] or part
        add(entry, part, m[2] if m[1] else None, unescape(m[3]))
    return collect(path, entries, problems)


def add(entry, part, form, text):
    if part == 'msgid':
        entry.key += text
    elif part == 'msgid_plural':
        entry.plural += text
    else:
        form = int(form or 0) if form is not None or not entry.forms or part == 'msgstr' else max(entry.forms)
        entry.forms[form] = entry.forms.get(form, '') + text


def collect(path, entries, problems):
    catalogue = Catalogue(path, '', {}, problems)
    for entry in entries:
        if entry.key == '':
            catalogue.header = entry.forms.get(0, '')
        elif entry.key in catalogue.entries:
            problems.append(f'{path}:{entry.line}: {entry.key} is there twice')
        else:
            entry.path = path
            catalogue.entries[entry.key] = entry
    return catalogue


def merge(catalogues):
    """The files of one language as one catalogue, under the header of the first."""
    whole = Catalogue(catalogues[0].path, catalogues[0].header, {}, [p for c in catalogues for p in c.problems])
    for catalogue in catalogues:
        for key, entry in catalogue.entries.items():
            if key in whole.entries:
                whole.problems.append(f'{entry.path}:{entry.line}: {key} is in {whole.entries[key].path} already')
            whole.entries.setdefault(key, entry)
    return whole
