# SPDX-License-Identifier: Apache-2.0
"""tools/embed-sql: every refusal is seen to happen, with the place it names."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / 'tools'))
from tap import Tap  # noqa: E402

TABLE = '-- People.\nCREATE TABLE person (\n    name TEXT, %s\n    UNIQUE (name)\n) STRICT;\n'
NOTHING = '-- Places. {none}\nCREATE TABLE place (\n    name TEXT %s\n);\n'
ADDED = 'ALTER TABLE person ADD COLUMN email TEXT; %s\n'

# what is tried, the migration, the row of C it leads to
FINE = [
    ('a column with its braces', TABLE % '-- who {account self+staff account}',
     '{"person", "name", CN_PURPOSE_ACCOUNT, CN_READER_SELF | CN_READER_STAFF, CN_KEEP_ACCOUNT},'),
    ('nothing personal', TABLE % '-- which {none}', '{"person", "name", CN_PURPOSE_NONE, 0, CN_KEEP_NONE},'),
    ('a table without anything personal', NOTHING % '-- what it is called',
     '{"place", "name", CN_PURPOSE_NONE, 0, CN_KEEP_NONE},'),
    ('a column that is added', ADDED % '-- where {security nobody ticket}',
     '{"person", "email", CN_PURPOSE_SECURITY, CN_READER_NOBODY, CN_KEEP_TICKET},'),
]

# what is tried, the migration, a part of what is said
REFUSED = [
    ('a column without a comment', TABLE % '', 'line 3: a comment says what the column is for'),
    ('a column without braces', TABLE % '-- who', 'line 3: {purpose readers keep} or {none}'),
    ('a column whose braces are not the end', TABLE % '-- {none} who', 'line 3: {purpose readers keep} or {none}'),
    ('an added column without braces', ADDED % '-- where', 'line 1: {purpose readers keep} or {none}'),
    ('an unknown purpose', TABLE % '-- who {fun self account}', '"fun" is no purpose of privacy.h: account, '),
    ('an unknown reader', TABLE % '-- who {account self+world account}', '"world" is no reader'),
    ('an unknown retention', TABLE % '-- who {account self forever}', '"forever" is no keep'),
    ('a purpose that is none', TABLE % '-- who {none self account}', '"none" is no purpose'),
    ('words in capitals', TABLE % '-- who {Account self account}', '"Account" is no purpose'),
    ('a word missing', TABLE % '-- who {account self}', '{account self} is neither'),
    ('empty braces', TABLE % '-- who {}', '{} is neither'),
    ('a reader twice', TABLE % '-- who {account self+self account}', 'each reader once'),
    ('nobody and somebody', TABLE % '-- who {account nobody+self account}', '"nobody" alone'),
    ('a table without a comment', TABLE.partition('\n')[2] % '-- who {none}', 'says what the table is for'),
    ('a table that speaks for personal columns', TABLE.replace('People.', 'People. {account self account}') % '-- who',
     'line 1: above a table stands {none}'),
    ('a column that contradicts its table', NOTHING % '-- who {account self account}', 'speaks for all its columns'),
    ('a table on one line', '-- People. {none}\nCREATE TABLE person (name TEXT);\n', 'alone on its line'),
    ('a gap in the numbers', None, 'the next number is 0001'),
]


def run(folder, migration):
    path = Path(folder) / 'migrations' / ('0001-one.sql' if migration else '0002-two.sql')
    path.parent.mkdir(exist_ok=True)
    path.write_text(migration or '-- nothing\n', encoding='utf-8')
    done = subprocess.run([sys.executable, '-B', ROOT / 'tools' / 'embed-sql', f'{folder}/out.inc', f'{folder}/out.h', path],
                          text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def made(folder, ran, row):
    if ran[0]:
        return [ran[1]]
    text = (Path(folder) / 'out.inc').read_text(encoding='utf-8')
    return [] if row in text else [f'wanted: {row}', text]


def not_in_docs():
    header = (ROOT / 'src' / 'store' / 'privacy.h').read_text(encoding='utf-8')
    docs = (ROOT / 'docs' / 'privacy.md').read_text(encoding='utf-8')
    words = {word.lower() for word in re.findall(r'CN_(?:PURPOSE|READER|KEEP)_([A-Z]+)\b', header)} - {'none'}
    return sorted(f'docs/privacy.md does not explain `{word}`' for word in words if f'\n| `{word}` |' not in docs)


def main():
    tap = Tap()
    tap.result('docs/privacy.md explains every word', not_in_docs())
    with tempfile.TemporaryDirectory() as folder:
        for name, migration, row in FINE:
            tap.result(f'fine: {name}', made(folder, run(folder, migration), row))
        for name, migration, why in REFUSED:
            status, said = run(folder, migration)
            tap.result(f'refused: {name}', [] if status == 1 and why in said else [f'wanted: {why}', f'came: {said}'])
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
