// SPDX-License-Identifier: Apache-2.0
// Made-up JSON-LD documents and contexts, the same for the same seed: terms of every kind (aliased, scoped, protected,
// nested, reverse), lists, sets, maps, graphs, JSON literals, blank nodes in rings, and credentials.

// ---- Chance: splitmix32, from the seed alone ----

export function chance(seed) {
  let state = Number(BigInt.asUintN(32, BigInt(seed) * 0x9e3779b1n + 0x7f4a7c15n));
  return n => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) % n;
  };
}

const XSD = 'http://www.w3.org/2001/XMLSchema#';
export const PREFIX = 'https://example.org/vocab/';
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'long', 'ex:odd'];
const TYPES = ['C0', 'C1', 'C2'];
const LANGUAGES = ['en', 'fr', 'fr-ca', 'de'];
const IDS = ['_:x', '_:y', '_:z', 'ex:i1', 'ex:i2', 'https://example.org/x?y#z', 'urn:uuid:0', 'relative/path',
  '#frag'];
const TEXTS = ['', 'plain', 'two\nlines', 'quote " \\', 'éü', '😀', 'tab\t', 'none', 'true', '1'];
// No 5e-324 or 1e-7: the package takes what prints without a point for an integer.
const NUMBERS = [0, -0, 1, -17, 0.1, 1.5e300, 123456789012, 1e20, 1e21, -2.5, 100.25, 1 / 3];

export function makeCase(seed) {
  const below = chance(seed);
  return below(4) === 0 ? credential(below) : new Maker(below).make();
}

class Maker {
  constructor(below) {
    this.below = below;
    this.aliases = {};
    this.kinds = {};
    // In an id or type map a type-scoped context ends (5.1.2, 13.8.3.1); the package keeps it. So they never meet.
    this.typeScopes = below(2) === 0;
    // In a language map the package does not know its own alias of @value.
    this.valueAlias = below(2) === 0;
    this.kindsHere = KINDS.filter(kind => !(this.typeScopes && (kind.endsWith('map') || kind === 'graphid')) &&
      !(this.valueAlias && kind === 'language'));
  }

  pick(list) { return list[this.below(list.length)]; }
  some(max, make) { return Array.from({length: this.below(max + 1)}, make); }
  often() { return this.below(4) !== 0; }
  rarely() { return this.below(12) === 0; }
  text() { return this.pick(TEXTS); }
  number() { return this.pick(NUMBERS); }
  id() { return this.pick(IDS); }
  iri() { return `ex:p${this.below(6)}`; }

  // ---- Contexts ----

  make() {
    const {context, scope} = this.context(2, true);
    const document = {'@context': this.rarely() ? [context, {}] : context};
    if(this.rarely()) document[this.key('@graph')] = this.ring(scope);
    else if(this.rarely()) document['@graph'] = [this.node(2, scope), this.node(2, scope)];
    else Object.assign(document, this.node(3, scope));
    const other = this.below(3) ? context : new Maker(this.below).context(1, true).context;
    // Whether the kinds of terms are those from which nothing is lost by compaction, see docs/engine.md.
    const lossless = Object.values(this.kinds).every(kind => LOSSLESS.has(kind));
    return {document, context: other, lossless: lossless && other === context};
  }

  // A context, and what is known in it: name -> {kind, scope}.
  context(depth, whole, outer = new Map(), except = '') {
    const context = {}, scope = new Map(outer);
    if(whole) {
      context['@version'] = 1.1;
      context.ex = PREFIX;
      this.wholeContext(context);
    } else if(this.rarely()) {
      context['@propagate'] = true; // without it, the package goes on in @included
    }
    const names = new Set(Array.from({length: (whole ? 5 : 1) + this.below(4)}, () => this.pick(NAMES)));
    names.delete(except);
    for(const name of names) {
      const term = this.term(name, depth, scope);
      context[name] = term.definition;
      scope.set(name, term);
    }
    for(const name of TYPES) {
      if(!whole && this.often()) continue;
      const type = {'@id': `ex:${name}`};
      if(this.typeScopes && depth > 0 && this.below(3) === 0) {
        const inner = this.context(depth - 1, false, scope);
        type['@context'] = inner.context;
        scope.set(name, {kind: 'type', scope: inner.scope, propagate: inner.context['@propagate']});
      }
      context[name] = Object.keys(type).length > 1 ? type : `ex:${name}`;
    }
    return {context, scope};
  }

  wholeContext(context) {
    if(this.often()) context['@vocab'] = this.pick([PREFIX, PREFIX, 'https://other.example/']);
    if(this.below(4) === 0) context['@language'] = this.pick(LANGUAGES);
    // No default @direction: the package forgets it in the next context.
    if(this.below(8) === 0) context['@protected'] = true;
    if(this.below(4) === 0) context['@base'] = 'https://example.org/base/';
    for(const keyword of ['@id', '@type', '@value', '@language', '@list', '@set', '@graph', '@included',
      '@none', '@index', '@nest']) {
      if(this.below(4) || (keyword === '@value' && !this.valueAlias)) continue;
      const alias = `my${keyword.slice(1)}`;
      this.aliases[keyword] = alias;
      context[alias] = keyword;
    }
    if(this.rarely()) context['@type'] = {'@container': '@set'};
  }

  key(keyword) {
    return this.aliases[keyword] && this.below(2) ? this.aliases[keyword] : keyword;
  }

  term(name, depth, scope) {
    const kind = this.kinds[name] ||= this.pick(this.kindsHere); // one for all contexts of a document
    const id = name === 'ex:odd' ? 'ex:odd' : this.iri();
    const definition = kind === 'reverse' ? {'@reverse': id} : {'@id': id};
    const term = {kind, definition};
    term.language = SHAPES[kind].call(this, definition);
    if(depth > 0 && this.below(6) === 0) { // the package takes the container of a term from its own scoped context
      const inner = this.context(depth - 1, false, scope, name);
      definition['@context'] = inner.context;
      term.scope = inner.scope;
    }
    if(this.rarely() && kind !== 'reverse') definition['@nest'] = '@nest';
    if(this.rarely()) definition['@protected'] = Boolean(this.below(2));
    if(kind === 'plain' && Object.keys(definition).length === 1 && this.often()) term.definition = id;
    return term;
  }

  // ---- Documents ----

  node(depth, scope, named = true) {
    const node = {};
    if(named && this.below(2)) node[this.key('@id')] = this.id();
    if(this.below(3) === 0) scope = this.addTypes(node, scope);
    for(let i = this.below(4); i >= 0; i--) this.addMember(node, depth, scope);
    if(this.rarely()) {
      const nested = {};
      this.addMember(nested, depth, scope);
      node[this.key('@nest')] = nested;
    }
    // In @included a type-scoped context ends too.
    if(depth > 0 && !this.typeScopes && this.rarely()) node[this.key('@included')] = [this.full(depth - 1, scope)];
    if(depth > 0 && this.rarely()) node[this.key('@reverse')] = {[this.iri()]: this.full(depth - 1, scope)};
    if(depth > 0 && this.rarely()) node[this.key('@graph')] = [this.full(depth - 1, scope)];
    if(this.rarely()) node[this.key('@index')] = this.text();
    return node;
  }

  addTypes(node, scope) {
    const types = Array.from({length: 1 + this.below(2)}, () => this.pick([...TYPES, 'ex:Other', '_:t']));
    node[this.key('@type')] = types.length === 1 && this.below(2) ? types[0] : types;
    for(const type of [...types].sort()) {
      const term = scope.get(type);
      if(term && term.kind === 'type') scope = term.scope;
    }
    return scope;
  }

  addMember(node, depth, scope) {
    const names = [...scope.keys()].filter(name => scope.get(name).kind !== 'type');
    const name = names.length && this.below(10) ? this.pick(names) : this.pick([...NAMES, 'ex:p1', 'urn:p', 'nothing']);
    const term = scope.get(name) || {kind: this.kinds[name] || 'plain'};
    if(depth === 0 && NESTING.has(term.kind)) return;
    const strict = NESTING.has(term.kind) || term.kind === 'language' || term.kind === 'double';
    const odd = this.rarely() && !strict;
    node[name] = odd ? this.value(depth, scope) : this.valueOf(term, depth, term.scope || scope);
  }

  // A node that says something: the package drops a graph whose node has only an id.
  full(depth, scope) {
    return {...this.node(depth, scope), 'ex:p5': 'said'};
  }

  scalar() { return this.pick([this.text(), this.text(), this.number(), Boolean(this.below(2))]); }

  value(depth, scope) {
    const kinds = [() => this.scalar(), () => this.scalar(), () => this.object(),
      () => [this.scalar(), this.object(), null]];
    if(depth > 0) {
      kinds.push(() => this.node(depth - 1, scope), () => [this.node(depth - 1, scope), this.scalar()],
        () => ({[this.key('@list')]: this.single(depth, scope)}), () => ({[this.key('@set')]: [this.scalar()]}),
        () => ({[this.key('@id')]: this.id()}));
    }
    return this.pick(kinds)();
  }

  // A value object.
  object() {
    const object = {[this.key('@value')]: this.scalar()};
    const kind = this.below(5);
    if(kind === 0) return {[this.key('@value')]: this.literal(), '@type': '@json'};
    if(kind === 1) object[this.key('@type')] = this.pick(['ex:type', `${XSD}date`, 'C0']);
    if(kind > 1) object[this.key('@value')] = this.text();
    if(kind === 2 || kind === 3) object[this.key('@language')] = this.pick(LANGUAGES);
    if(kind === 3) object['@direction'] = this.pick(['ltr', 'rtl']);
    if(this.rarely()) object[this.key('@index')] = this.text();
    return object;
  }

  // Of a list object: no arrays, which the package takes for lists in the list, see docs/engine.md.
  single(depth, scope) {
    return this.some(3, () => this.below(3) ? this.scalar() : depth > 0 && this.below(2) ? this.node(depth - 1, scope) :
      depth > 0 && this.below(2) ? {'@list': this.single(depth - 1, scope)} : this.object());
  }

  items(depth, scope) {
    return this.some(3, () => this.below(3) ? this.scalar() : depth > 0 ? this.value(depth - 1, scope) : this.object());
  }

  // No array: when it compacts, the package takes it for values of the property.
  literal() {
    const json = this.json(3);
    return Array.isArray(json) ? {array: json} : json;
  }

  json(depth) {
    if(depth === 0 || this.below(2)) return this.pick([this.scalar(), null]);
    if(this.below(2)) return this.some(3, () => this.json(depth - 1));
    return Object.fromEntries(this.some(3, () => [this.text(), this.json(depth - 1)]));
  }

  one(values) { return this.below(2) ? values[0] : values; }

  map(keys, make) {
    return Object.fromEntries(this.some(2, () => [this.pick(keys), this.one([make(), make()])]));
  }

  valueOf(term, depth, scope) {
    const inner = Math.max(0, depth - 1);
    const values = {
      plain: () => this.value(depth, scope),
      none: () => this.value(depth, scope),
      scoped: () => this.value(depth, scope),
      id: () => this.pick([this.id(), [this.id(), this.id()], depth > 0 ? this.node(inner, scope) : this.id()]),
      vocab: () => this.pick([this.pick(TYPES), this.pick(NAMES), this.id(), {'@id': this.id()}]),
      typed: () => this.one([this.text(), this.scalar()]),
      double: () => this.one([this.number(), this.number()]),
      json: () => this.literal(),
      list: () => this.pick([this.items(depth, scope), [this.items(inner, scope), this.items(inner, scope)],
        this.scalar()]),
      set: () => this.items(depth, scope),
      spoken: () => this.one([this.text(), this.object()]),
      language: () => this.map(LANGUAGES, () => this.text()),
      index: () => this.map(['k', 'l'], () => this.value(inner, scope)),
      property: () => this.map(['k', 'l'], () => this.full(inner, scope)),
      idmap: () => this.map(['ex:i3', '_:w'], () => this.plain(inner, scope)),
      typemap: () => this.map(TYPES, () => this.plain(inner, scope)),
      graph: () => this.one([this.full(inner, scope), this.full(inner, scope)]),
      graphid: () => this.map(['ex:g1', '_:g2'], () => this.full(inner, scope)),
      graphindex: () => this.map(['k', 'l'], () => this.full(inner, scope)),
      reverse: () => this.one([this.node(inner, scope), this.node(inner, scope)]),
    };
    return values[term.kind]();
  }

  // What stands in an id or type map, see docs/engine.md: without a name of its own.
  plain(depth, scope) {
    return this.node(depth, scope, false);
  }

  // Blank nodes that refer to one another in a ring, some of them doubled.
  ring(scope) {
    const n = 1 + this.below(4), step = 1 + this.below(n);
    return Array.from({length: n}, (_, i) => {
      const node = {[this.key('@id')]: `_:r${i}`, 'ex:next': {'@id': `_:r${(i + step) % n}`}};
      if(this.below(3) === 0) this.addMember(node, 1, scope);
      return node;
    });
  }
}

// ---- Kinds of terms: each adds to a definition ----

const SHAPES = {
  plain() {},
  scoped() {},
  none(d) { d['@type'] = '@none'; },
  id(d) { d['@type'] = '@id'; },
  vocab(d) { d['@type'] = '@vocab'; },
  typed(d) { d['@type'] = this.pick([`${XSD}date`, 'ex:type']); },
  // The package writes "NaN" for what is no number.
  double(d) { d['@type'] = this.pick([`${XSD}double`, `${XSD}integer`]); },
  json(d) { d['@type'] = '@json'; },
  list(d) { d['@container'] = '@list'; if(this.below(4) === 0) d['@type'] = this.pick(['@id', 'ex:type']); },
  set(d) { d['@container'] = '@set'; },
  spoken(d) {
    d['@language'] = this.pick([...LANGUAGES, null]);
    if(this.below(3) === 0) d['@direction'] = this.pick(['ltr', 'rtl', null]);
  },
  language(d) { d['@container'] = this.one(['@language', '@set']); },
  index(d) { d['@container'] = this.one(['@index', '@set']); },
  property(d) { d['@container'] = '@index'; d['@index'] = `${PREFIX}key`; }, // the package does not expand it
  idmap(d) { d['@container'] = this.one(['@id', '@set']); },
  typemap(d) { d['@container'] = this.one(['@type', '@set']); },
  graph(d) { d['@container'] = this.one(['@graph', '@set']); },
  graphid(d) { d['@container'] = ['@graph', '@id']; },
  graphindex(d) { d['@container'] = ['@graph', '@index']; },
  reverse(d) { if(this.below(3) === 0) d['@container'] = '@set'; },
};
const KINDS = Object.keys(SHAPES);
const LOSSLESS = new Set(['plain', 'scoped', 'none', 'id', 'vocab', 'typed', 'double', 'set', 'spoken',
  'idmap']);
const NESTING = new Set(['index', 'property', 'idmap', 'typemap', 'graph', 'graphid', 'graphindex', 'reverse']);

// ---- Credentials ----

function credential(below) {
  const maker = new Maker(below), pick = list => list[below(list.length)];
  const contexts = ['https://www.w3.org/ns/credentials/v2'];
  const badge = below(2);
  if(badge) contexts.push('https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json');
  const json = below(2);
  if(below(3) === 0) contexts.push({mine: {'@id': 'https://example.org/mine', '@type': json ? '@json' : '@id'}});
  const subject = {};
  if(below(2)) subject.id = pick(['did:example:a', 'urn:uuid:1', '_:s']);
  if(badge) {
    Object.assign(subject, {type: 'AchievementSubject', achievement: {id: 'urn:uuid:2', type: ['Achievement'],
      name: maker.text(), description: maker.text(), criteria: {narrative: maker.text()},
      tag: maker.some(3, () => maker.text())}});
    if(below(2)) subject.result = [{type: ['Result'], value: maker.text(), status: 'Completed'}];
    if(below(2)) subject.identifier = [{type: 'IdentityObject', hashed: Boolean(below(2)), identityHash: 'x',
      identityType: 'emailAddress'}];
  }
  if(below(3) === 0) subject.mine = json ? maker.literal() : maker.id();
  const document = {'@context': contexts, type: ['VerifiableCredential', ...(badge ? ['OpenBadgeCredential'] : [])],
    issuer: pick(['did:example:issuer', {id: 'https://example.org/issuer', type: 'Profile', name: maker.text()}]),
    validFrom: '2026-01-01T00:00:00Z', credentialSubject: below(4) ? subject : [subject, {id: 'did:example:b'}]};
  if(below(2)) document.id = pick(['urn:uuid:3', 'https://example.org/c/1']);
  const directed = {'@value': maker.text(), '@language': 'fr', '@direction': 'ltr'};
  if(below(3) === 0) document.name = pick([maker.text(), directed]);
  if(below(3) === 0) document.evidence = [{type: ['Evidence'], narrative: maker.text()}];
  if(below(4) === 0) document.credentialStatus = {id: 'https://example.org/s#1', type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation', statusListIndex: '1', statusListCredential: 'https://example.org/s'};
  return {document, context: contexts, credential: true, lossless: true};
}
