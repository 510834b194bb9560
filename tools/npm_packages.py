# SPDX-License-Identifier: Apache-2.0
"""The npm packages of package.json, installed when they are missing or of another version."""
import fcntl
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / 'node_modules'


def installed(package):
    """The version of a package, None when it is not there."""
    try:
        return json.loads((MODULES / package / 'package.json').read_text())['version']
    except FileNotFoundError:
        return None


def fail(sentence):
    sys.exit(f'{Path(sys.argv[0]).name}: {sentence}')


def ensure(names):
    """Sees that the packages are there; package.json has to name them as dependencies. Two programs of one build
    may ask at once: one installs, the other waits."""
    package = json.loads((ROOT / 'package.json').read_text())
    unnamed = sorted(set(names) - package['dependencies'].keys())
    if unnamed:
        fail(f'package.json does not name {", ".join(unnamed)}.')
    wanted = package['dependencies'] | package.get('devDependencies', {})
    with open(ROOT / 'package.json', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # The versions in package.json are exact, so they can be compared as they are.
        if any(installed(name) != version for name, version in wanted.items()):
            install()


def install():
    try:
        done = subprocess.run(['npm', 'ci', '--ignore-scripts'], cwd=ROOT, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except FileNotFoundError:
        fail('npm is not installed; `make build` installs it.')
    if done.returncode:
        fail(f'npm ci could not install the packages of package.json:\n{done.stdout}')
