# SPDX-License-Identifier: Apache-2.0
"""The typography of French text, as docs/glossaire.md sets it."""
import re

NARROW = '\u00a0\u202f'  # spaces that do not break

# What French text may not hold, each with the reason; \uNNNN are the spaces above.
RULES = [
    (re.compile(rf'(?<![{NARROW}]):(?=\s|$)'), 'no space that does not break (U+00A0) before the colon'),
    (re.compile(rf'[ {NARROW}][;!?]'), 'a space before ; ! or ?'),
    (re.compile(rf'«(?![{NARROW}])'), 'no space that does not break (U+00A0) after «'),
    (re.compile(rf'(?<![{NARROW}])»'), 'no space that does not break (U+00A0) before »'),
    (re.compile(r'"'), 'straight quotes; write « »'),
    (re.compile(r"'"), 'a straight apostrophe; write ’'),
    (re.compile(r'[0-9] ?[%$](?![1-9])'), 'no space that does not break (U+00A0) between the number and its sign'),
    (re.compile(r'[0-9] [0-9]'), 'a number whose parts a line can separate; write U+00A0'),
    (re.compile(r'\.\.\.'), 'three dots; write …'),
]


def problems(text):
    """What is wrong with the text, a line each."""
    return [f'{why}: {text!r}' for pattern, why in RULES if pattern.search(text)]
