// SPDX-License-Identifier: Apache-2.0
//
// usage: node rdfc_node.mjs RDFC_LINES [COUNT] [SEED]
//
// Datasets made from a seed (rings, cliques, copies, named graphs, odd literals, repeated quads), canonised by us
// (rdfc_lines) and by the npm package rdf-canonize. Speaks TAP; does nothing where the package is not installed.
import { spawnSync } from 'node:child_process';

const [program, count = '400', seed = '1'] = process.argv.slice(2);

const rdfCanonize = await import('rdf-canonize').catch(() => null);
if (!rdfCanonize) {
  console.log('1..0 # SKIP rdf-canonize is not installed');
  process.exit(0);
}
const { canonize } = rdfCanonize.default ?? rdfCanonize;

// ---- Chance: mulberry32, from the seed alone ----

let state = Number(seed) >>> 0;

function below(n) {
  state = state + 0x6d2b79f5 >>> 0;
  let t = Math.imul(state ^ state >>> 15, state | 1);
  t ^= t + Math.imul(t ^ t >>> 7, t | 61);
  return ((t ^ t >>> 14) >>> 0) % n;
}

const one = (list) => list[below(list.length)];
const many = (n, make) => Array.from({ length: n }, (_, i) => make(i));

// ---- Terms ----

// No character of U+E000 to U+FFFF beside one above: rdf-canonize sorts by UTF-16 code units there, and RDFC-1.0
// asks for code point order.

const predicate = () => `<urn:p${below(3)}>`;
const graph = (nodes) => one(['', '', '', ' <urn:g>', nodes ? ` _:n${below(nodes)}` : '']);
const character = () => one(['a', 'é', '\u{1f600}', '\u2028', '\\t', '\\b', '\\n', '\\r', '\\f', '\\"', "\\'",
  '\\\\', '\\u0000', '\\u001F', '\\u007F', '\\u0080', '\\u00e9', '\\U0001F600', '\x0b', '\x7f']);
const text = () => `"${many(below(5), character).join('')}"`;
const iri = () => `<urn:${one(['x', 'é', '\\u00e9', '\\U0001F600', '%20', ':/?#[]@!$&()*+,;=~'])}>`;
const literal = () => text() + one(['', '', '@en', '@fr-CA', '^^<http://www.w3.org/2001/XMLSchema#string>', '^^<urn:t>']);
const ground = () => one([iri, literal])();

// ---- Shapes, as lists of quads over the nodes 0 to n - 1 ----

const link = (a, b, p = '<urn:p0>', g = '') => `_:n${a} ${p} _:n${b}${g} .`;
const ring = (n, first = 0) => many(n, (i) => link(first + i, first + (i + 1) % n));
const clique = (n) => many(n * n, (i) => link(Math.floor(i / n), i % n));
const rings = () => {
  const n = 2 + below(4), copies = 1 + below(3);
  return many(copies, (i) => ring(n, i * n)).flat();
};
const chain = () => {
  const n = 2 + below(8), copies = 1 + below(2);
  const value = literal();
  return many(copies, (c) => many(n, (i) => [`_:n${c * n + i} <urn:first> ${value} .`,
    i < n - 1 ? link(c * n + i, c * n + i + 1, '<urn:rest>') : `_:n${c * n + i} <urn:rest> <urn:nil> .`])).flat(2);
};
const siblings = () => many(1 + below(5), (i) => [`<urn:s> <urn:p0> _:n${i} .`,
  `_:n${i} <urn:p1> ${one(['"x"', '"y"', `_:n${i}`])} .`]).flat();
const mesh = () => {
  const n = 1 + below(6);
  return many(1 + below(12), () => link(below(n), below(n), predicate(), graph(n)));
};
const mixed = () => {
  const n = 1 + below(5);
  const subject = () => one([iri(), `_:n${below(n)}`]);
  return many(1 + below(15), () => `${subject()} ${predicate()} ${one([ground(), `_:n${below(n)}`])}${graph(n)} .`);
};
const twins = () => { // one graph twice, under two names
  const n = 1 + below(3);
  const lines = many(1 + below(5), () => [below(n), below(n), predicate()]);
  return many(2, (c) => lines.map(([a, b, p]) => link(a + c * n, b + c * n, p, ` _:n${2 * n + c}`))).flat();
};

const shapes = [rings, () => clique(2 + below(4)), chain, siblings, mesh, mixed, mixed, twins];

function shuffled(list) {
  for (let i = list.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

function dataset() {
  const quads = one(shapes)();
  if (below(3) === 0) quads.push(one(quads));
  const salt = below(1000);
  return shuffled(quads).map((line) => `${line.replace(/_:n(\d+)/g, `_:k${salt}.$1`)}\n`).join('');
}

// ---- The comparison ----

async function peer(text, hash) {
  return canonize(text, { algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads', format: 'application/n-quads',
    messageDigestAlgorithm: hash, maxWorkFactor: Infinity, rejectURDNA2015: true });
}

let cases = 0;
for (const hash of ['SHA256', 'SHA384']) {
  const texts = many(Number(count), dataset);
  const run = spawnSync(program, [hash], { input: texts.map((t) => `${t}--\n`).join(''), maxBuffer: 2 ** 30 });
  const answers = run.stdout.toString().split(/^--\n/m);
  const found = [];
  if (run.status !== 0 || answers.length !== texts.length + 1) found.push(`${program}: ${run.status ?? run.signal}`);
  for (const [i, text] of texts.entries()) {
    const wanted = await peer(text, hash);
    if (answers[i] !== wanted) found.push(`${text}wanted\n${wanted}got\n${answers[i]}`);
  }
  console.log(`${found.length ? 'not ok' : 'ok'} ${++cases} - ${count} datasets as rdf-canonize, ${hash}, seed ${seed}`);
  for (const difference of found.slice(0, 3)) console.log(difference.replace(/^/gm, '# '));
  console.log(`# ${found.length} differences`);
}
console.log(`1..${cases}`);
