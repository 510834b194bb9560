# SPDX-License-Identifier: Apache-2.0
"""tools/compile-templates: every refusal is seen to happen, at its line and column, and what is left to the C
compiler is seen to be refused by it, at the line of the template."""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / 'tools'))
from tap import Tap  # noqa: E402
from template_c import compile_all  # noqa: E402
from template_html import Refused  # noqa: E402

HEAD = '{# struct try in "web/try.h" #}\n'
STRICT = ['-std=gnu17', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Wsign-conversion',
          '-Wshadow', '-Werror', '-fsyntax-only']
TYPES = '''
#include "web/html.h"
struct item { cn_slice name; cn_url link; };
struct try { cn_slice name; cn_url link; cn_html markup; int n; bool yes; const struct item *v; size_t v_n; cn_msg m; };
'''
MESSAGES = '''enum { CN_MSG_hello = 0, CN_MSG_ARGS_hello = 1, CN_MSG_PLURAL_hello = 0,
    CN_MSG_many = 1, CN_MSG_ARGS_many = 1, CN_MSG_PLURAL_many = 1 };'''

# template after its first line, where it is refused, a part of the reason
REFUSED = [
    ('<script>alert(1)</script>', '2:1', 'script'),
    ('<p>\n <script src="/x.js" defer></script></p>', '3:2', 'none of our own'),
    ('<style>p { color: red }</style>', '2:1', 'CSS stands'),
    ('<iframe src="/x"></iframe>', '2:1', 'no frames'),
    ('<object></object>', '2:1', 'plug-ins'),
    ('<base href="/">', '2:1', 'every address'),
    ('<p onclick="x()">a</p>', '2:4', 'event handlers'),
    ('<p ONCLICK="x()">a</p>', '2:4', 'event handlers'),
    ('<svg onload="x"></svg>', '2:6', 'event handlers'),
    ('<p style="color: red">a</p>', '2:4', 'style attributes'),
    ('<p class=a>a</p>', '2:10', 'double quotes'),
    ("<p class='a'>a</p>", '2:10', 'double quotes'),
    ('<p class={{ v->name }}>a</p>', '2:10', 'double quotes'),
    ('<p class="a>b</p><p class="c">', '2:14', 'quote is missing'),
    ('<p>a', '2:1', 'not closed'),
    ('<div><p>a</div></p>', '2:10', 'closes <p>'),
    ('</div>', '1:1', 'nothing opened'),
    ('<br></br>', '2:5', 'no end tag'),
    ('<div/>', '2:5', 'close itself'),
    ('<p><div>a</div></p>', '2:4', 'which it would end'),
    ('<a href="/"><a href="/">a</a></a>', '2:13', 'may not stand in <a>'),
    ('<blink>a</blink>', '2:1', 'no element'),
    ('<img src="/a.png">', '2:1', 'no alt'),
    ('<input type="image" src="/a.png">', '2:1', 'no alt'),
    ('<html><body></body></html>', '2:1', 'no lang'),
    ('<p class="a" class="b">a</p>', '2:14', 'twice'),
    ('<p class="a"{% if v->yes %} class="b"{% end %}>a</p>', '2:29', 'twice'),
    ('<{{ v->name }}>a</p>', '2:1', 'tag name'),
    ('<h{{ v->n }}>a</h1>', '2:1', '<h> is no element'),
    ('<p{{ v->n }}>a</p>', '2:3', 'inside the quotes'),
    ('<p_>a</p>', '2:1', 'tag name'),
    ('<p {{ v->name }}>a</p>', '2:4', 'inside the quotes'),
    ('<p {{ v->name }}="a">a</p>', '2:4', 'inside the quotes'),
    ('<!-- {{ v->name }} -->', '2:1', 'comment'),
    ('a & b', '2:3', '&amp;'),
    ('<p title="a & b">c</p>', '2:13', '&amp;'),
    ('1 < 2', '2:3', '&lt;'),
    ('<title><b>a</b></title>', '2:8', 'text alone'),
    ('<textarea><b>a</b></textarea>', '2:11', 'text alone'),
    ('<p', '2:1', 'no >'),
    ('<p class="a"', '2:1', 'no >'),
    ('<meta http-equiv="refresh" content="0">', '2:7', 'headers'),
    ('<a href="javascript:alert(1)">a</a>', '2:10', 'begins neither'),
    ('<a href="//elsewhere">a</a>', '2:10', 'begins neither'),
    ('<a href="">a</a>', '2:10', 'is empty'),
    ('<a href="/x?{{ v->name }}">a</a>', '2:13', 'one value alone'),
    ('<a href="{{ v->link }}/x">a</a>', '2:23', 'nothing may stand beside'),
    ('<a href="{{ t(hello, v->name) }}">a</a>', '2:10', 'no address'),
    ('<img src="/a" srcset="/b 2x" alt="">', '2:15', 'src'),
    ('{% if v->yes %}<p>{% end %}a</p>', '2:16', 'not closed in its branch'),
    ('<p>{% if v->yes %}</p>{% end %}', '2:23', 'did not open'),
    ('<p class="{% if v->yes %}a">{% end %}b</p>', '2:29', 'did not begin'),
    ('{% if v->yes %}a', '2:1', 'no {% end %}'),
    ('{% end %}', '2:1', 'nothing open'),
    ('{% else %}', '2:1', 'no if'),
    ('{% if v->yes %}a{% else %}b{% elif v->n %}c{% end %}', '2:28', 'no if'),
    ('{% while v->yes %}', '2:1', 'no statement'),
    ('{% for i of v->v %}{% end %}', '2:1', 'a loop is written'),
    ('<p{% for i in v->v[v->v_n] %} a{% end %}>b</p>', '2:3', 'may not give attributes'),
    ('<p {% for i in v->v[v->v_n] %} a{% end %}>b</p>', '2:4', 'may not give attributes'),
    ('{% include "nowhere" with v %}', '2:1', 'no template'),
    ('{% include "try" with v %}', '2:1', 'includes this template'),
    ('<p title="{% include "try" with v %}">a</p>', '2:11', 'between tags'),
    ('{{ v->name', '2:1', 'no }}'),
    ('{{ }}', '2:1', 'expression is missing'),
    ('{{ v->name; exit(1) }}', '2:1', 'no expression'),
    ('{{ o->language = CN_FR }}', '2:1', 'more than give a value'),
    ('{{ v->n++ }}', '2:1', 'more than give a value'),
    ('{{ f(v->name }}', '2:1', 'too few'),
    ('{{ v->name) }}', '2:1', 'too many'),
    ('{{ "a }}', '2:1', 'no expression'),
    ('{{ tn(many) }}', '2:1', 'no count'),
    ('{{ t(Hello) }}', '2:1', 'no name of a message'),
]
# what the C compiler refuses, at which line, with a part of what it says
REFUSED_BY_C = [
    ('<p>\n{{ v->nme }}</p>', 3, 'nme'),
    ('\n\n{{ w }}', 4, "'w'"),
    ('{{ v->link }}', 2, '_Generic'),
    ('{{ v->yes }}', 2, '_Generic'),
    ('<p title="{{ v->markup }}">a</p>', 2, '_Generic'),
    ('<title>{{ v->markup }}</title>', 2, '_Generic'),
    ('<a href="{{ v->name }}">a</a>', 2, '_Generic'),
    ('<form action="{{ v->name }}"></form>', 2, '_Generic'),
    ('<button formaction="{{ v->n }}">a</button>', 2, '_Generic'),
    ('a\n{{ t(hell, v->name) }}', 3, 'hell'),
    ('{{ t(hello) }}', 2, 'another number of arguments'),
    ('{{ t(many) }}', 2, 'is a plural'),
    ('{{ tn(hello, v->n) }}', 2, 'is not a plural'),
    ('{% for i in v->v[v->v_n] %}\n{{ i->title }}{% end %}', 3, 'title'),
    ('{% if v->name %}a{% end %}', 2, 'scalar'),
]
FINE = '''<!doctype html>
<html lang="{{ cn_language_tag(o->language) }}"><head><title>{{ v->name }}</title></head><body>
<a href="#x-{{ v->n }}">a</a> <a href="{% if v->yes %}{{ v->link }}{% else %}#{% end %}" class="a {{ v->name }}">b</a>
{% for i in v->v[v->v_n] %}<p id="p-{{ i_i }}"{% if i->name.n %} hidden{% end %}>{{ i->name }} {{ t(hello, i->name) }}</p>{% end %}
{{ tn(many, v->n) }} {{ tm(v->m, v->name, 3) }} {{ v->markup }} { &amp; &#8217;
<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><textarea name="t">{{ v->name }}</textarea><br>
</body></html>'''


def compile_template(folder, text):
    """(path, why it is refused or None); the C is left in the folder."""
    path = f'{folder}/try.html'
    try:
        made_c, made_h = compile_all({path: HEAD + text})
    except Refused as refused:
        return path, str(refused)
    (Path(folder) / 'web' / 'templates.c').write_text(made_c)
    (Path(folder) / 'web' / 'templates.h').write_text(made_h)
    return path, None


def program(folder, texts):
    """Runs the tool itself."""
    for name, text in texts.items():
        (Path(folder) / f'{name}.html').write_text(text)
    return subprocess.run([ROOT / 'tools' / 'compile-templates', '/dev/null', '/dev/null',
                           *(Path(folder) / f'{name}.html' for name in texts)], text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def refused_by_tool(folder, text, place, why):
    path, came = compile_template(folder, text)
    wanted = f'{path}:{place}: '
    return [] if came and came.startswith(wanted) and why in came else [f'wanted {wanted}… {why} …', f'came  {came}']


def compile_c(folder):
    return subprocess.run(['gcc', *STRICT, '-I', folder, '-I', ROOT / 'src', Path(folder) / 'web' / 'templates.c'],
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          env={**os.environ, 'LC_ALL': 'C'})


def refused_by_c(folder, text, line, why):
    path, refused = compile_template(folder, text)
    if refused:
        return [f'the tool itself refuses it: {refused}']
    ran = compile_c(folder)
    # A macro's error stands where the macro does, and a note with the template's line follows.
    at_line = any(text.startswith(f'{path}:{line}:') for text in ran.stdout.splitlines())
    return [] if ran.returncode and at_line and why in ran.stdout else [f'wanted line {line}, {why}; came', ran.stdout]


def fine(folder):
    _, refused = compile_template(folder, FINE)
    return [refused] if refused else compile_c(folder).stdout.splitlines()


def parts(folder):
    """A part that opens elements, one that closes them, and a page with both; alone, each is refused."""
    problems = []
    for text, code in [('{% include "top" with v %}<p>a</p>{% include "end" with v %}', 0),
                       ('{% include "top" with v %}<p>a</p>', 1), ('<p>{% include "end" with v %}</p>', 1)]:
        ran = program(folder, {'end': HEAD + '</main></div>', 'page': HEAD + text, 'top': HEAD + '<div><main>'})
        problems += [] if ran.returncode == code else [f'{text}: {ran.returncode} {ran.stdout}']
    return problems


def no_type(folder):
    ran = program(folder, {'try': '<p>a</p>'})
    return [] if ran.returncode == 1 and f'{folder}/try.html:1:1: no comment' in ran.stdout else [ran.stdout]


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        web = Path(folder) / 'web'
        web.mkdir()
        (web / 'try.h').write_text(TYPES)
        (web / 'messages.h').write_text(MESSAGES)
        tap.result('a template with everything compiles', fine(folder))
        tap.result('parts balance together only', parts(folder))
        tap.result('a template names its type', no_type(folder))
        for text, place, why in REFUSED:
            tap.result(f'refused: {text!r}'.replace('#', '\\#'), refused_by_tool(folder, text, place, why))
        for text, line, why in REFUSED_BY_C:
            tap.result(f'refused by C: {text!r}'.replace('#', '\\#'), refused_by_c(folder, text, line, why))
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
