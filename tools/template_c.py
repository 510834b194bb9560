# SPDX-License-Identifier: Apache-2.0
"""Templates as C: statements and expressions of the template language, each printed as a line of C that says
which line of the template it comes from."""
import re
from pathlib import Path

from template_html import Page, Refused

ABOUT = re.compile(r'(struct \w+|\w+) in "([\w./-]+)"$')
CALL = re.compile(r'(t|tn|tm)\s*\((.*)\)$', re.S)
PRINT = {'text': 'CN_PRINT_TEXT', 'words': 'CN_PRINT_WORDS', 'attribute': 'CN_PRINT_ATTRIBUTE', 'url': 'CN_PRINT_URL'}
BRACKETS = {')': '(', ']': '['}


def c_string(text):
    """A C string literal; octal escapes end by themselves."""
    out = []
    for byte in text.encode():
        char = chr(byte)
        if char in '"\\':
            out.append('\\' + char)
        elif char == '\n':
            out.append('\\n')
        elif char == '?':
            out.append('\\?')
        else:
            out.append(char if 32 <= byte < 127 else f'\\{byte:03o}')
    return '"' + ''.join(out) + '"'


def split_top(text, mark):
    """Parts of a C expression between marks that stand in no bracket and no string."""
    parts, depth, start = [], 0, 0
    for i, char in code_of(text):
        depth += (char in '([') - (char in ')]')
        if char == mark and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return [part.strip() for part in parts + [text[start:]]]


def code_of(text):
    """The (index, character) of C text outside its strings and character constants; None at the end of one left open."""
    quote, i = '', 0
    while i < len(text):
        if quote and text[i] == '\\':
            i += 1
        elif quote:
            quote = '' if text[i] == quote else quote
        elif text[i] in '"\'':
            quote = text[i]
        else:
            yield i, text[i]
        i += 1
    if quote:
        yield len(text), None


class Template:
    """A template: read, compiled to lines of C, with what it leaves open or closes for others."""

    def __init__(self, path, text):
        self.path, self.text = path, text.rstrip()
        self.name = Path(path).stem
        self.lines = []     # of C
        self.literal = []   # pieces not yet written
        self.blocks = []    # open if and for: [kind, at, saved, ends, has_else]
        self.state = 'new'  # compiling, done
        self.used = False   # some other template includes it
        self.page = Page(self.refuse)
        if not re.fullmatch(r'[a-z][a-z0-9_]*', self.name):
            self.refuse((1, 1), 'a template is named in small letters, digits and _')
        self.type, self.header = self.read_about()

    def refuse(self, at, why):
        raise Refused(self.path, *at, why)

    def at(self, index):
        line = self.text.count('\n', 0, index) + 1
        return line, index - (self.text.rfind('\n', 0, index) + 1) + 1

    def read_about(self):
        """The comments at the top: one names the type of `v` and its header."""
        at = 0
        while m := re.compile(r'\s*\{#(.*?)#\}', re.S).match(self.text, at):
            about = ABOUT.match(m[1].strip())
            if about:
                return about[1], about[2]
            at = m.end()
        return self.refuse((1, 1), 'no comment at the top says: {# struct cn_x in "room/file.h" #}')

    # ---- reading

    def compile(self, templates):
        if self.state != 'new':
            return
        self.state = 'compiling'
        position = 0
        while (start := self.text.find('{', position)) >= 0:
            opening = self.text[start:start + 2]
            if opening not in ('{{', '{%', '{#'):
                self.put_literal(position, start + 1)
                position = start + 1
                continue
            self.put_literal(position, start)
            closing = {'{{': '}}', '{%': '%}', '{#': '#}'}[opening]
            end = self.text.find(closing, start + 2)
            if end < 0:
                self.refuse(self.at(start), f'{opening} has no {closing}')
            self.put_code(opening, self.text[start + 2:end].strip(), self.at(start), templates)
            position = end + 2
        self.put_literal(position, len(self.text))
        self.flush()
        if self.blocks:
            self.refuse(self.blocks[-1][1], f'{self.blocks[-1][0]} has no {{% end %}}')
        if self.page.place != 'text':
            self.refuse(self.page.tag.at, f'<{self.page.tag.name}> has no >')
        self.state = 'done'

    def check_whole(self):
        """What leaves elements open or closes others' is a part, and stands in some template."""
        if self.page.open and not self.used:
            name, at = self.page.open[-1]
            self.refuse(at, f'<{name}> is not closed')
        if self.page.closes and not self.used:
            self.refuse((1, 1), f'</{self.page.closes[0]}> closes what nothing opened')

    def put_literal(self, start, end):
        if start < end:
            self.literal.append(self.page.feed(self.text[start:end], lambda i: self.at(start + i)))

    def put_code(self, opening, code, at, templates):
        if opening == '{#':
            return
        if opening == '{{':
            self.put_value(code, at)
            return
        word, _, rest = code.partition(' ')
        statement = {'if': self.put_if, 'elif': self.put_elif, 'else': self.put_else, 'for': self.put_for,
                     'end': self.put_end, 'include': lambda r, a: self.put_include(r, a, templates)}.get(word)
        if not statement:
            self.refuse(at, f'{word!r} is no statement: if, elif, else, for, include, end')
        statement(rest.strip(), at)

    # ---- printing

    def flush(self):
        text = ''.join(self.literal)
        self.literal.clear()
        for i in range(0, len(text), 900):
            piece = text[i:i + 900]
            self.lines.append(f'    cn_buf_add(o->out, CN_S({c_string(piece)}));')

    def put_c(self, at, *lines):
        """Lines of C that come from one line of the template, for the compiler's messages."""
        self.flush()
        for line in lines:
            self.lines += [f'#line {at[0]} {c_string(self.path)}', '    ' + ' '.join(line.split('\n'))]

    def expression(self, text, at):
        """One C expression: it ends where it says, and does nothing but give a value."""
        open_brackets = []
        if not text:
            self.refuse(at, 'an expression is missing')
        for _, char in code_of(text):
            if char is None or char in ';{}#':
                self.refuse(at, f'{text!r} is no expression')
            if char in '([':
                open_brackets.append(char)
            elif char in ')]' and (not open_brackets or open_brackets.pop() != BRACKETS[char]):
                self.refuse(at, f'{text!r} has a bracket too many')
        if open_brackets:
            self.refuse(at, f'{text!r} has a bracket too few')
        if re.search(r'//|/\*|\+\+|--|(?<![=!<>])=(?!=)', ''.join(c or '' for _, c in code_of(text))):
            self.refuse(at, f'{text!r} does more than give a value')
        return text

    def put_value(self, code, at):
        kind = self.page.value(at)
        call = CALL.match(code)
        if not call:
            self.put_c(at, f'{PRINT[kind]}(o, {self.expression(code, at)});')
            return
        if kind == 'url':
            self.refuse(at, 'a message is no address')
        self.put_message(call[1], split_top(call[2], ','), 'attribute' if kind == 'attribute' else 'text', at)

    def put_message(self, call, parts, kind, at):
        first, arguments = parts[0], parts[1:]
        for part in parts:
            self.expression(part, at)
        message, count = f'CN_MSG_{first}', ''
        if call == 'tm':
            message = first
        elif not re.fullmatch(r'[a-z][a-z0-9_]*', first):
            self.refuse(at, f'{first!r} is no name of a message')
        if call == 'tn':
            if not arguments:
                self.refuse(at, 'tn(message, count) has no count')
            count = f'(unsigned long long)({arguments.pop(0)}), '
        if call != 'tm':
            self.put_check(first, call == 'tn', len(arguments), at)
        given = ', '.join(f'CN_MESSAGE_ARG({a})' for a in arguments)
        given = f'(const cn_message_arg[]){{{given}}}' if given else 'NULL'
        function = 'plural' if call == 'tn' else 'message'
        self.put_c(at, f'cn_html_{function}_{kind}(o, {message}, {count}{len(arguments)}, {given});')

    def put_check(self, name, plural, n, at):
        self.put_c(at, f'_Static_assert(CN_MSG_PLURAL_{name} == {int(plural)}, '
                       f'"the message {name} is {"not " if plural else ""}a plural");',
                   f'_Static_assert(CN_MSG_ARGS_{name} == {n + plural}, '
                   f'"the message {name} takes another number of arguments");')

    # ---- statements

    def put_if(self, condition, at):
        self.put_c(at, f'if ({self.expression(condition, at)}) {{')
        self.blocks.append(['if', at, self.page.save(), [], False])

    def next_branch(self, at):
        if not self.blocks or self.blocks[-1][0] != 'if' or self.blocks[-1][4]:
            self.refuse(at, 'there is no if to which this belongs')
        block = self.blocks[-1]
        self.page.check_branch(block[2], at)
        block[3].append(self.page.save())
        self.page.restore(block[2])
        return block

    def put_elif(self, condition, at):
        self.next_branch(at)
        self.put_c(at, f'}} else if ({self.expression(condition, at)}) {{')

    def put_else(self, rest, at):
        if rest:
            self.refuse(at, 'nothing may follow else; there is elif')
        self.next_branch(at)[4] = True
        self.put_c(at, '} else {')

    def put_for(self, rest, at):
        m = re.fullmatch(r'([a-z_]\w*)\s+in\s+(.+)\[(.+)\]', rest, re.S)
        if not m:
            self.refuse(at, 'a loop is written: for item in v->list.v[v->list.n]')
        if self.page.place == 'tag':
            self.refuse(at, 'a loop may not give attributes')
        item, array, count = m[1], self.expression(m[2], at), self.expression(m[3], at)
        self.put_c(at, f'for (size_t {item}_i = 0, {item}_n = ({count}); {item}_i < {item}_n; {item}_i++) {{',
                   f'__typeof__(({array})[0]) const *{item} = &({array})[{item}_i];')
        self.page.spaced = False
        self.blocks.append(['for', at, self.page.save(), [], False])

    def put_end(self, rest, at):
        if rest or not self.blocks:
            self.refuse(at, 'there is nothing open to end' if not rest else 'nothing may follow end')
        kind, _, saved, ends, has_else = self.blocks.pop()
        self.page.check_branch(saved, at)
        ends.append(self.page.save())
        self.put_c(at, '}')
        if kind == 'for' or not has_else:
            ends.append(saved)
        self.page.merge(ends)

    def put_include(self, rest, at, templates):
        m = re.fullmatch(r'"(\w+)"\s+with\s+(.+)', rest, re.S)
        if not m:
            self.refuse(at, 'an include is written: include "name" with v->part')
        other = templates.get(m[1])
        if not other:
            self.refuse(at, f'there is no template {m[1]}')
        if self.page.place != 'text':
            self.refuse(at, 'a template may be included between tags only')
        other.used = True
        if other.state == 'new':
            other.compile(templates)
        if other.state == 'compiling':
            self.refuse(at, f'{m[1]} includes this template, by this or by others')
        self.put_c(at, f'cn_tpl_{m[1]}(o, {self.expression(m[2], at)});')
        for name in other.page.closes:
            self.page.close(name, at)
        self.page.open += [(name, at) for name, _ in other.page.open]
        self.page.spaced = False

    def prototype(self):
        return f'void cn_tpl_{self.name}(cn_html_out *o, const {self.type} *v)'


def header(templates):
    types = sorted({f'{t.type};' for t in templates if t.type.startswith('struct ')} |
                   {f'#include "{t.header}"' for t in templates if not t.type.startswith('struct ')})
    return '\n'.join(['/* Made by tools/compile-templates. */', '#ifndef CN_WEB_TEMPLATES_H',
                      '#define CN_WEB_TEMPLATES_H', '', '#include "web/html.h"', *types, '',
                      *[t.prototype() + ';' for t in templates], '', '#endif', ''])


def source(templates):
    lines = ['/* Made by tools/compile-templates. */', '#include "web/templates.h"', '#include "web/messages.h"',
             *sorted({f'#include "{t.header}"' for t in templates}), '']
    for t in templates:
        body = t.lines + (['    (void)v;'] if not any(re.search(r'\bv\b', line) for line in t.lines) else [])
        lines += [f'#line 1 {c_string(t.path)}', t.prototype() + ' {', *body, '}', '']
    return '\n'.join(lines)


def compile_all(texts):
    """The C of all templates, {path: text}, and its header; raises Refused."""
    templates = {template.name: template for template in (Template(path, text) for path, text in texts.items())}
    for template in templates.values():
        template.compile(templates)
    for template in templates.values():
        template.check_whole()
    return source(templates.values()), header(templates.values())
