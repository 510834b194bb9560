// SPDX-License-Identifier: Apache-2.0
//
// usage: node json_node.mjs JCS_LINES [COUNT] [SEED]
//
// Numbers, strings and small objects, made from a seed, through our reader and canonicalizer (jcs_lines) and
// through Node's JSON.parse and JSON.stringify, which RFC 8785 is defined by. Speaks TAP; shows the first
// differences and the seed.
import { spawnSync } from 'node:child_process';

const [program, count = '20000', seed = '1'] = process.argv.slice(2);
const BATCH = 20000;

// ---- Chance: xorshift128+, from the seed alone ----

let s0 = BigInt(seed) * 0x9e3779b97f4a7c15n & 0xffffffffffffffffn || 1n, s1 = 0x6a09e667f3bcc909n;

function bits64() {
  let x = s0;
  const y = s1;
  s0 = y;
  x ^= x << 23n & 0xffffffffffffffffn;
  s1 = x ^ y ^ x >> 17n ^ y >> 26n;
  return s1 + y & 0xffffffffffffffffn;
}

const below = (n) => Number(bits64() >> 11n) % n;
const one = (list) => list[below(list.length)];
const many = (n, make) => Array.from({ length: n }, make);

// ---- Numbers, as text ----

const view = new DataView(new ArrayBuffer(8));

function doubleOf(bits) {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

function bitsOf(double) {
  view.setFloat64(0, double);
  return view.getBigUint64(0);
}

function anyDouble() {
  for (;;) {
    const v = doubleOf(bits64());
    if (Number.isFinite(v)) return v;
  }
}

// A power of two or of ten, or one of the doubles beside it: where shortest digits are hardest.
function nearPower() {
  const v = below(2) ? 2 ** (below(2098) - 1074) : Number(`1e${below(632) - 323}`);
  const near = doubleOf(bitsOf(v) + BigInt(below(5) - 2) & 0x7fffffffffffffffn);
  return Number.isFinite(near) ? near : v;
}

const digits = (n) => many(n, () => below(10)).join('');
const decimal = () => `${1 + below(9)}${digits(below(20))}${below(2) ? `.${digits(1 + below(25))}` : ''}`;
// None of these is too large for a double: JavaScript reads an infinity there, we refuse it.
const exponent = () => one(['e', 'E']) + one(['', '+', '-']) + below(285);

const numberKinds = [
  () => String(anyDouble()),
  () => anyDouble().toExponential(16 + below(10)),
  () => String(nearPower()),
  () => (nearPower() * (1 + below(9))).toExponential(20).replace('Infinity', '1'),
  () => String(below(1000000)),
  () => String(2 ** 53 + below(4000) - 2000),
  () => String(BigInt(2 ** 53) * BigInt(below(5000)) + BigInt(below(3))),
  () => (below(100000) / one([2, 3, 7, 10, 100, 1000])).toString(),
  () => decimal(),
  () => decimal() + exponent(),
  // Halfway between two doubles: rounding goes to the even one.
  () => `${(BigInt(2 ** 53) + BigInt(2 * below(100000) + 1)) * 2n ** BigInt(below(60))}${one(['', '.0', '.00000000000000000000000001'])}`,
];

const number = () => one(['', '', '-']) + one(numberKinds)().replace(/^-/, '');

// ---- Strings, as text ----

const ranges = [[0, 0x20], [0x20, 0x5f], [0x5c, 1], [0x22, 1], [0x7f, 0x30], [0xa0, 0x700], [0x2028, 2],
  [0x800, 0xd000], [0xe000, 0x2000], [0xff00, 0xff], [0x10000, 0x1000], [0x1f600, 80], [0x10ff00, 0x100]];

function codePoint() {
  const [first, n] = one(ranges);
  return Math.min(first + below(n), 0x10ffff);
}

function character() {
  const text = String.fromCodePoint(codePoint());
  const mustEscape = text < ' ' || text === '"' || text === '\\';
  if (!mustEscape && below(4)) return text;
  if (mustEscape && below(2)) return JSON.stringify(text).slice(1, -1);
  const hex = many(text.length, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  return below(2) ? hex : hex.replace(/[a-f]/g, (c) => c.toUpperCase());
}

const plain = () => String.fromCharCode(0x23 + below(0x39));
const safe = (c) => (c === '\\' || c === '"' ? 'x' : c);
const string = () => `"${many(below(2) ? below(6) : below(40), below(3) ? character : () => safe(plain())).join('')}"`;

// ---- Values ----

function object(depth) {
  const members = many(below(4) ? below(5) : below(30), () => `${string()}:${value(depth + 1)}`);
  return `{${members.join(',')}}`;
}

const array = (depth) => `[${many(below(5), () => value(depth + 1)).join(one([',', ' , ', ',\t']))}]`;

function value(depth) {
  const kind = below(depth < 3 ? 12 : 9);
  if (kind < 4) return number();
  if (kind < 8) return string();
  if (kind === 8) return one(['true', 'false', 'null']);
  return below(3) ? object(depth) : array(depth);
}

// ---- The oracle ----

function canonical(v) {
  if (Array.isArray(v)) return `[${v.map(canonical).join(',')}]`;
  if (v === null || typeof v !== 'object') return JSON.stringify(v);
  return `{${Object.keys(v).sort().map((key) => `${JSON.stringify(key)}:${canonical(v[key])}`).join(',')}}`;
}

function differences(texts) {
  const run = spawnSync(program, { input: `${texts.join('\n')}\n`, maxBuffer: 2 ** 30 });
  if (run.status !== 0) return [`${program} ended with ${run.status ?? run.signal}`];
  const lines = run.stdout.toString().split('\n');
  if (lines.length !== texts.length + 1) return [`${lines.length - 1} lines for ${texts.length}`];
  return texts.flatMap((text, i) => {
    const wanted = canonical(JSON.parse(text));
    return wanted === lines[i] ? [] : [`${text}\n#   wanted ${wanted}\n#   got    ${lines[i]}`];
  });
}

let n = 0;
for (let left = Number(count); left > 0; left -= BATCH) {
  const size = Math.min(left, BATCH);
  const found = differences(many(size, () => value(0)));
  console.log(`${found.length ? 'not ok' : 'ok'} ${++n} - ${size} values as Node writes them, seed ${seed}`);
  for (const text of found.slice(0, 10)) console.log(`# ${text}`);
  if (found.length) process.exitCode = 1;
}
console.log(`1..${n}`);
