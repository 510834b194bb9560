# SPDX-License-Identifier: Apache-2.0
"""What the check-* programs share: printing TAP, and the list of the project's files."""
import fnmatch
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def result(self, name, problems):
        """One result: fine when there is no problem; each problem is a line of text."""
        self.count += 1
        self.failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {self.count} - {name}")
        for problem in problems:
            for line in str(problem).splitlines():
                print(f'# {line}')
        sys.stdout.flush()

    def skip(self, name, why):
        self.count += 1
        print(f'ok {self.count} - {name} # SKIP {why}')

    def end(self):
        print(f'1..{self.count}')
        return 1 if self.failed or not self.count else 0


def walk():
    """All files of a release's tarball, in which there is no git: none of the folders that are made in it."""
    for folder, inside, names in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        made = ('build', 'node_modules', 'var', 'subprojects') if folder == str(ROOT) else ()
        inside[:] = [f for f in inside if f not in made and not (made and f.startswith('build-')) and f != '__pycache__']
        yield from (str(here / name) for name in names)


def files(*patterns):
    """The project's files, tracked or new but not ignored, that match a git pathspec."""
    if not (ROOT / '.git').exists():
        return sorted(p for p in walk() if any(fnmatch.fnmatchcase(p, pattern) for pattern in patterns))
    out = subprocess.run(['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', *patterns],
                         cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return sorted(p for p in set(out.split('\0')) if p and (ROOT / p).is_file())


def table(path):
    """The lines of one of our text tables, without comments and empty ones, with their numbers."""
    for number, line in enumerate((ROOT / path).read_text().splitlines(), 1):
        line = line.strip()
        if line and not line.startswith('#'):
            yield number, line
