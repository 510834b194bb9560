# SPDX-License-Identifier: Apache-2.0
"""HTML as templates may hold it: which elements, nested how, with which attributes.

A Page is fed the literal text of a template, piece by piece, and always knows where a value would stand: in
text, in an attribute, in an address. It follows the WHATWG tokenizer where templates need it and refuses what
they should not hold. The literal text comes out with its white space folded.
"""
import re

VOID = set('area base br col embed hr img input link meta source track wbr'.split())
HTML = VOID | set('''html head title body header nav main section article aside footer h1 h2 h3 h4 h5 h6 hgroup
    address p pre blockquote ol ul li dl dt dd figure figcaption div a em strong small s cite q dfn abbr data time
    code var samp kbd sub sup i b u mark bdi bdo span ins del picture table caption colgroup tbody thead tfoot tr
    td th form label button select optgroup option textarea output progress meter fieldset legend details summary
    search script'''.split())
SVG = set('''svg g path circle ellipse rect line polyline polygon defs use symbol title desc
    clippath lineargradient radialgradient stop text tspan'''.split())
REFUSED = {'style': 'CSS stands in web/static', 'iframe': 'no frames', 'object': 'no plug-ins', 'embed': 'no plug-ins',
           'base': 'it changes every address', 'frame': 'no frames', 'frameset': 'no frames'}
# Of these a page has the text alone, no elements.
WORDS = {'title', 'textarea'}
KEEP_SPACE = {'pre', 'textarea'}
URL_ATTRIBUTES = set('href src action formaction poster cite data xlink:href background manifest'.split())
REFUSED_ATTRIBUTES = {'style': 'style attributes are refused by the security policy of our pages',
                      'srcdoc': 'no frames', 'http-equiv': 'headers are sent by the server',
                      'ping': 'nobody is told what people follow', 'srcset': 'name one image with src'}
# These end an open <p> without saying so.
ENDS_P = set('''address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hgroup hr main nav ol p pre search section table ul'''.split())
NEEDED = {'img': ['alt'], 'area': ['alt'], 'html': ['lang'], 'script': ['src', 'defer']}
# What may name a script: one value, an address that cn_url_static() gave; a page's Content-Security-Policy lets no other
# site's run. A literal would lack the digest.
SCRIPTS = {'\0'}

NAME = re.compile(r'[A-Za-z][A-Za-z0-9:-]*')
REFERENCE = re.compile(r'&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);')
SPACE = ' \t\n\r\f'


class Refused(Exception):
    def __init__(self, path, line, column, why):
        super().__init__(f'{path}:{line}:{column}: {why}')


class Tag:
    """A start tag that is being read."""
    def __init__(self, name, at):
        self.name, self.at = name, at
        self.attributes = {}  # name -> its literal value so far; may be set in a branch

    def copy(self):
        tag = Tag(self.name, self.at)
        tag.attributes = dict(self.attributes)
        return tag


class Page:
    """State of the reader. `place` is text, tag or value (of an attribute)."""

    def __init__(self, refuse):
        self.refuse = refuse  # refuse(at, why) raises
        self.place = 'text'
        self.tag = None       # the Tag in which a tag or value stands
        self.attribute = ''
        self.address = ''     # in an address: start, fragment, value or literal
        self.open = []        # [(name, at)] of elements begun here
        self.closes = []      # names of elements closed here that were begun by whoever includes this
        self.spaced = True    # the last byte put out is white space that folds with more; so it is at the top

    # ---- branches: what is the same before and after, and what both sides may do

    def save(self):
        return (self.place, self.tag and self.tag.copy(), self.attribute, self.address, list(self.open),
                list(self.closes), self.spaced)

    def restore(self, saved):
        place, tag, attribute, address, opened, closes, spaced = saved
        self.place, self.attribute, self.address, self.spaced = place, attribute, address, spaced
        self.tag, self.open, self.closes = tag and tag.copy(), list(opened), list(closes)

    def check_branch(self, saved, at):
        """A branch leaves the page as it found it."""
        place, tag, attribute, _, opened, closes, _ = saved
        if self.place != place or self.attribute != attribute or (self.tag and self.tag.at) != (tag and tag.at):
            self.refuse(at, 'the branch ends inside a tag or value that it did not begin in')
        if self.closes != closes or len(self.open) < len(opened) or self.open[:len(opened)] != opened:
            self.refuse(at, 'the branch closes an element that it did not open')
        if len(self.open) > len(opened):
            name, where = self.open[-1]
            self.refuse(where, f'<{name}> is not closed in its branch')

    def merge(self, saves):
        """After branches: attributes that any of them set are set; what all agree on holds."""
        self.spaced = all(s[6] for s in saves)
        if self.tag:
            for s in saves:
                self.tag.attributes.update(s[1].attributes)
        addresses = {s[3] for s in saves}
        self.address = addresses.pop() if len(addresses) == 1 else 'value'

    # ---- where a value would stand

    def inside(self, names):
        return next((name for name, _ in reversed(self.open) if name in names), None)

    def value(self, at):
        """What a value printed here is: text, words, attribute or url."""
        if self.place == 'text':
            self.spaced = False
            if self.inside({'script'}):
                self.refuse(at, 'a value may not stand in <script>')
            return 'words' if self.open and self.open[-1][0] in WORDS else 'text'
        if self.place == 'tag':
            self.refuse(at, 'a value may not stand in a tag but inside the quotes of an attribute')
        if self.attribute in URL_ATTRIBUTES:
            return self.value_in_address(at)
        self.tag.attributes[self.attribute] += '\0'
        return 'attribute'

    def value_in_address(self, at):
        if self.address == 'start':
            self.address = 'value'
            self.tag.attributes[self.attribute] += '\0'
            return 'url'
        if self.address == 'fragment':
            return 'attribute'
        return self.refuse(at, f'an address is one value alone (or text, or "#" and values): '
                               f'the value in {self.attribute} stands beside something else')

    # ---- literal text

    def feed(self, text, at):
        """Reads a piece; `at(i)` is the place of its byte i. Returns what to put out."""
        out, i = [], 0
        while i < len(text):
            step = {'text': self.read_text, 'tag': self.read_tag, 'value': self.read_value}[self.place]
            i, piece = step(text, i, at)
            out.append(piece)
        return ''.join(out)

    def read_text(self, text, i, at):
        if text[i] == '<':
            if not self.open or self.open[-1][0] not in WORDS or text[i + 1:i + 2] == '/':
                return self.read_markup(text, i, at)
            self.refuse(at(i), f'<{self.open[-1][0]}> holds text alone, no elements')
        end = text.find('<', i)
        end = len(text) if end < 0 else end
        for m in re.finditer('&', text[i:end]):
            if not REFERENCE.match(text, i + m.start()):
                self.refuse(at(i + m.start()), 'write &amp; for an ampersand')
        return end, self.fold(text[i:end])

    def fold(self, text):
        """White space as one newline or space, none after another."""
        if self.inside(KEEP_SPACE):
            self.spaced = False
            return text
        out = re.sub(r'[ \t\r\n\f]+', lambda m: '\n' if '\n' in m[0] else ' ', text)
        if self.spaced and out[:1] in (' ', '\n'):
            out = out[1:]
        if out:
            self.spaced = out[-1] in ' \n'
        return out

    def read_markup(self, text, i, at):
        if text.startswith('<!--', i):
            end = text.find('-->', i + 4)
            if end < 0:
                self.refuse(at(i), 'the comment has no end, or a value inside; use {# #}')
            return end + 3, ''
        if text[i:i + 15].lower() == '<!doctype html>':
            self.spaced = False
            return i + 15, '<!DOCTYPE html>'
        m = NAME.match(text, i + (2 if text[i + 1:i + 2] == '/' else 1))
        if not m:
            self.refuse(at(i), 'a tag name is expected after <; a value may not stand there (write &lt; for the sign)')
        if text[i + 1] == '/':
            return self.read_end_tag(text, i, m, at)
        if m.end() < len(text) and text[m.end()] not in SPACE + '/>':
            self.refuse(at(i), f'{text[m.end()]} may not stand in a tag name')
        self.begin(m[0].lower(), at(i))
        self.spaced = False
        return m.end(), '<' + m[0]

    def read_end_tag(self, text, i, m, at):
        end = m.end()
        while end < len(text) and text[end] in SPACE:
            end += 1
        if text[end:end + 1] != '>':
            self.refuse(at(i), f'the end tag </{m[0]}> has no >')
        self.close(m[0].lower(), at(i))
        self.spaced = False
        return end + 1, f'</{m[0]}>'

    # ---- elements

    def begin(self, name, at):
        in_svg = self.inside({'svg'})
        if name in REFUSED:
            self.refuse(at, f'<{name}> is refused: {REFUSED[name]}')
        if name not in (SVG if in_svg else HTML | {'svg'}):
            self.refuse(at, f'<{name}> is no element that templates may hold')
        if name in ENDS_P and self.inside({'p'}):
            self.refuse(at, f'<{name}> may not stand in <p>, which it would end')
        if name in ('a', 'button', 'form', 'label') and self.inside({name}):
            self.refuse(at, f'<{name}> may not stand in <{name}>')
        self.place, self.tag = 'tag', Tag(name, at)

    def close(self, name, at):
        if name in VOID:
            self.refuse(at, f'<{name}> has no end tag')
        if not self.open:
            self.closes.append(name)
        elif self.open[-1][0] != name:
            opened, where = self.open[-1]
            self.refuse(at, f'</{name}> closes <{opened}> of line {where[0]}')
        else:
            self.open.pop()

    def end_tag(self, closed, at):
        """The > of a start tag. Returns what follows it at once."""
        name, attributes = self.tag.name, self.tag.attributes
        for needed in NEEDED.get(name, []):
            if needed not in attributes:
                self.refuse(self.tag.at, f'<{name}> has no {needed}')
        if name == 'script' and attributes['src'] not in SCRIPTS:
            self.refuse(self.tag.at, 'this <script> is none of our own that pages may name')
        if name == 'input' and attributes.get('type') == 'image' and 'alt' not in attributes:
            self.refuse(self.tag.at, '<input type="image"> has no alt')
        in_svg = name == 'svg' or self.inside({'svg'})
        if closed and not in_svg and name not in VOID:
            self.refuse(at, f'<{name}/> does not close itself in HTML')
        if name not in VOID and not closed:
            self.open.append((name, self.tag.at))
        self.place, self.tag = 'text', None
        # HTML drops a newline at the beginning; one of ours saves the reader's own.
        return '\n' if name in KEEP_SPACE else ''

    # ---- attributes

    def read_tag(self, text, i, at):
        if text[i] in SPACE:
            return i + 1, ''
        if text[i] == '>':
            return i + 1, '>' + self.end_tag(False, at(i))
        if text.startswith('/>', i):
            closed_by_name = self.tag.name in VOID
            after = self.end_tag(True, at(i))
            return i + 2, ('>' if closed_by_name else '/>') + after
        m = NAME.match(text, i)
        if not m:
            self.refuse(at(i), 'the name of an attribute is expected')
        name = m[0].lower()
        self.check_attribute(name, at(i))
        self.tag.attributes[name] = ''
        if text[m.end():m.end() + 1] != '=':
            return self.without_value(text, m, at)
        if text[m.end() + 1:m.end() + 2] != '"':
            self.refuse(at(m.end() + 1), f'the value of {name} does not stand between double quotes')
        self.place, self.attribute, self.address = 'value', name, 'start'
        return m.end() + 2, f' {m[0]}="'

    def without_value(self, text, m, at):
        following = text[m.end():m.end() + 1]
        if following and following not in SPACE + '/>':
            self.refuse(at(m.end()), f'{following} may not stand after the attribute {m[0]}')
        if m[0].lower() in URL_ATTRIBUTES:
            self.refuse(at(m.start()), f'{m[0]} has no value')
        return m.end(), f' {m[0]}'

    def check_attribute(self, name, at):
        if name.startswith('on'):
            self.refuse(at, f'{name}: event handlers are refused by the security policy of our pages')
        if name in REFUSED_ATTRIBUTES:
            self.refuse(at, f'{name}: {REFUSED_ATTRIBUTES[name]}')
        if name in self.tag.attributes:
            self.refuse(at, f'<{self.tag.name}> has {name} twice')

    def read_value(self, text, i, at):
        end = text.find('"', i)
        stop = len(text) if end < 0 else end
        piece = text[i:stop]
        for m in re.finditer('&', piece):
            if not REFERENCE.match(text, i + m.start()):
                self.refuse(at(i + m.start()), 'write &amp; for an ampersand')
        if '<' in piece:
            self.refuse(at(i + piece.index('<')), 'write &lt; in a value; or a quote is missing before it')
        if piece and self.attribute in URL_ATTRIBUTES:
            self.literal_address(piece, at(i))
        self.tag.attributes[self.attribute] += piece
        if end < 0:
            return stop, piece
        if self.attribute in URL_ATTRIBUTES and self.address == 'start':
            self.refuse(at(end), f'{self.attribute} is empty')
        self.place, self.attribute, self.address = 'tag', '', ''
        return end + 1, piece + '"'

    def literal_address(self, piece, at):
        if self.address == 'start':
            if piece.startswith('#'):
                self.address = 'fragment'
            elif re.match(r'/(?!/)|https://|mailto:', piece):
                self.address = 'literal'
            else:
                self.refuse(at, f'the address {piece!r} begins neither with / nor #, https:// or mailto:')
        elif self.address == 'value':
            self.refuse(at, f'the value in {self.attribute} is the whole address; nothing may stand beside it')
