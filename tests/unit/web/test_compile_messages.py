# SPDX-License-Identifier: Apache-2.0
"""tools/compile-messages: every refusal is seen to happen, with the file and the entry it names."""
import contextlib
import importlib.machinery
import io
import subprocess
import sys
import tempfile
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / 'tools'))
from tap import Tap  # noqa: E402

# The tool as a module: its name has no suffix.
loader = importlib.machinery.SourceFileLoader('compile_messages', str(ROOT / 'tools' / 'compile-messages'))
sys.dont_write_bytecode = True
tool = types.ModuleType(loader.name)
loader.exec_module(tool)

HEAD = '''msgid ""
msgstr ""
"Language: {0}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=({1});\\n"

'''
RULES = {'en': 'n != 1', 'fr': 'n > 1'}
ONE = 'msgid "a.one"\nmsgstr "%s"\n'
PLURAL = 'msgid "a.one"\nmsgid_plural "a.one"\nmsgstr[0] "%s"\nmsgstr[1] "%s"\n'
USED = '{{ t(a_one) }}'

# what is tried, English entries, French entries, what uses them, a part of what is said
REFUSED = [
    ('missing in French', ONE % 'One', '', USED, 'fr.po: a.one is missing'),
    ('missing in English', '', ONE % 'Un', USED, 'en.po: a.one is missing'),
    ('empty', ONE % 'One', ONE % '', USED, 'fr.po:9: a.one: is empty'),
    ('empty plural', PLURAL % ('%1 one', '%1 ones'), PLURAL % ('%1 un', ''), USED, 'a.one: is empty'),
    ('fuzzy', ONE % 'One', '#, fuzzy\n' + ONE % 'Un', USED, 'a.one: is fuzzy'),
    ('obsolete', ONE % 'One', ONE % 'Un' + '#~ msgid "x"\n#~ msgstr "y"\n', USED, 'obsolete'),
    ('twice', ONE % 'One' + ONE % 'Two', ONE % 'Un', USED, 'msgfmt'),
    ('no .po at all', 'one = two\n', ONE % 'Un', USED, 'none of a .po file'),
    ('a key in capitals', ONE.replace('a.one', 'A one') % 'One', ONE.replace('a.one', 'A one') % 'Un', USED, 'a key is'),
    ('another plural key', PLURAL.replace('al "a.one', 'al "a.two') % ('%1', '%1 b'), PLURAL % ('%1', '%1 b'), USED,
     'not the key again'),
    ('plural in one alone', PLURAL % ('%1 one', '%1 ones'), ONE % 'Un', USED, 'a plural in one language only'),
    ('another argument', ONE % 'One %1', ONE % 'Un', USED, 'arguments differ: %1 and none'),
    ('an argument too many', ONE % 'One %1', ONE % 'Un %1 %2', USED, 'arguments differ: %1 and %1 %2'),
    ('an argument left out', ONE % 'One %2', ONE % 'Un %2', USED, 'leave a number out'),
    ('used nowhere', ONE % 'One', ONE % 'Un', '{{ t(a_two) }}', 'a.one is used nowhere'),
    ('of a family that is not used', ONE % 'One', ONE % 'Un', 'CN_MSG_FAMILY("b")', 'a.one is used nowhere'),
    ('one name in C', ONE % 'One' + ONE.replace('.', '-') % 'One', ONE % 'Un' + ONE.replace('.', '-') % 'Un', USED,
     'one name in C'),
    ('colon without space', ONE % 'One', ONE % 'Un: deux', USED, 'before the colon'),
    ('colon with plain space', ONE % 'One', ONE % 'Un : deux', USED, 'before the colon'),
    ('semicolon with space', ONE % 'One', ONE % 'Un ; deux', USED, 'a space before'),
    ('question mark with fixed space', ONE % 'One', ONE % 'Un\u00a0?', USED, 'a space before'),
    ('exclamation mark with space', ONE % 'One', ONE % 'Un !', USED, 'a space before'),
    ('guillemets without space', ONE % 'One', ONE % '«un»', USED, 'after «'),
    ('guillemets with plain space', ONE % 'One', ONE % '« un »', USED, 'before »'),
    ('straight quotes', ONE % 'One', ONE % '\\"un\\"', USED, 'straight quotes'),
    ('straight apostrophe', ONE % 'One', ONE % "l'un", USED, 'apostrophe'),
    ('percent with plain space', ONE % 'One', ONE % '50 % de tout', USED, 'between the number'),
    ('thousands with plain space', ONE % 'One', ONE % '131 072 bits', USED, 'a line can separate'),
    ('three dots', ONE % 'One', ONE % 'Un...', USED, 'three dots'),
]
FINE = [
    ('one message', ONE % "One: 'two' %1!", ONE % 'Un\u00a0: «\u202fl’%1\u202f» à 12:30; 50\u00a0%', USED),
    ('used in C', ONE % 'One', ONE % 'Un', 'x = CN_MSG_a_one;'),
    ('used by its family', ONE % 'One', ONE % 'Un', 'f(CN_MSG_FAMILY("a"), word)'),
    ('a plural', PLURAL % ('one', '%1 ones'), PLURAL % ('%1 un', '%1 uns'), '{{ tn(a_one, v->n) }}'),
]


def run(folder, english, french, used, headers=None):
    folder = Path(folder)
    for language, text in (('en', english), ('fr', french)):
        head = (headers or {}).get(language, HEAD.format(language, RULES[language]))
        (folder / f'{language}.po').write_text(head + text, encoding='utf-8')
    (folder / 'used.html').write_text(used)
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        code = tool.compile_messages(*(str(folder / name) for name in ('out.c', 'out.h', 'en.po', 'fr.po')),
                                     used_in=[str(folder / 'used.html')])
    return code, said.getvalue()


def refused(ran, why):
    return [] if ran[0] == 1 and why in ran[1] else [f'wanted: {why}', f'came: {ran[1]}']


def fine(folder, ran):
    if ran[0]:
        return [ran[1]]
    return subprocess.run(['gcc', '-std=gnu17', '-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Werror',
                           '-fsyntax-only', '-I', ROOT / 'src', Path(folder) / 'out.c'], text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.splitlines()


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        for name, english, french, used in FINE:
            tap.result(f'fine: {name}', fine(folder, run(folder, english, french, used)))
        for name, english, french, used, why in REFUSED:
            tap.result(f'refused: {name}', refused(run(folder, english, french, used), why))
        bare = HEAD.format('fr', 'n > 1').replace('Plural-Forms', 'Plurals')
        tap.result('refused: no plural rule', refused(run(folder, ONE % 'One', ONE % 'Un', USED, {'fr': bare}),
                                                      'fr.po:1: no Plural-Forms'))
        evil = HEAD.format('fr', 'f(n)')
        tap.result('refused: a rule that is no rule', refused(run(folder, ONE % 'One', ONE % 'Un', USED, {'fr': evil}),
                                                              'Plural-Forms'))
        latin = HEAD.format('fr', 'n > 1') + 'msgid "a.one"\nmsgstr "%s\\q"\n'
        tap.result('refused: what msgfmt refuses', refused(run(folder, ONE % 'One', '', USED, {'fr': latin}), 'msgfmt'))
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
