// SPDX-License-Identifier: Apache-2.0
// usage: node schema_node.mjs schema_lines [COUNT] [SEED]
// COUNT made-up schemas with values (CAIRN_SCHEMAS in the environment goes before), by us and by the npm package
// ajv. Speaks TAP. Kept clear of what ajv does otherwise, as it says beside.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import Ajv from 'ajv';
import Ajv2019 from 'ajv/dist/2019.js';
import Ajv2020 from 'ajv/dist/2020.js';

const [program, given = '300', seed = '1'] = process.argv.slice(2);
const count = Number(process.env.CAIRN_SCHEMAS ?? given), VALUES = 12;

let state = BigInt(seed);
function below(n) { // splitmix64
  state = (state + 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
  let z = state;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & 0xffffffffffffffffn;
  return Number((z ^ (z >> 31n)) % BigInt(n));
}
const pick = list => list[below(list.length)];
const many = (n, make) => Array.from({length: n}, make);

// ---- Values ----

// No empty name: ajv does not miss one that is required.
const names = ['a', 'b', 'ab', 'é', 'x1', '~/'];
const texts = ['', 'a', 'ab', 'aab', 'A1', 'é', 'ç a', '12', '\u{1f432}', 'a\nb', '\u00a0', 'x-y', 'α'];
const numbers = [0, 1, 2, 3, -1, 1.5, 0.25, 10, 1e10, -2.5, 100];
const scalar = () => pick([() => pick(texts), () => pick(numbers), () => pick([true, false, null])])();
function value(depth) {
  if(!depth) return scalar();
  return pick([scalar, () => many(below(4), () => value(depth - 1)),
    () => Object.fromEntries(many(below(4), () => [pick(names), value(depth - 1)]))])();
}

// ---- Schemas ----

const patterns = ['^a', 'b$', '^\\w+$', '^\\d+$', '\\s', '^[a-z]*$', '^.$', '^[^a]', '\\p{L}', '^\\p{Lu}', '(a)\\1', '^(?:a|b)+$',
  '^\\S*$', 'a{2}', '^$', '[\\w-]-', '^(?!a)', '(?<=a)b', '\\u00e9', '^\\p{Script=Greek}', '[\\s\\d]', '^[\\p{L}\\d]{2,}$', '\\bb'];
const types = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
const few = () => below(4);

// `way` says what this schema may use. ajv lets an empty list pass "contains" beside a list of schemas for items, and
// takes every item for looked at where there is "contains".
const keywords = {
  type: () => below(3) ? pick(types) : [...new Set(many(1 + below(3), () => pick(types)))],
  enum: () => [...new Set(many(1 + below(4), () => scalar())), {a: value(1), b: [scalar()]}],
  const: () => value(2),
  multipleOf: () => pick([1, 2, 0.5, 0.25, 5]),
  minimum: () => pick(numbers), maximum: () => pick(numbers),
  exclusiveMinimum: () => pick(numbers), exclusiveMaximum: () => pick(numbers),
  minLength: few, maxLength: few, pattern: () => pick(patterns),
  minItems: few, maxItems: few, uniqueItems: () => pick([true, false]),
  minProperties: few, maxProperties: few, required: () => [...new Set(many(below(3), () => pick(names)))],
  properties: (d, way) => Object.fromEntries(many(1 + below(3), () => [pick(names), schema(d, way)])),
  patternProperties: (d, way) => Object.fromEntries(many(1 + below(2), () => [pick(patterns), schema(d, way)])),
  additionalProperties: (d, way) => schema(d, way), propertyNames: (d, way) => schema(d, way),
  items: (d, way) => way.lists && way.dialect !== '2020-12' && below(2) ? list(d, way) : schema(d, way),
  contains: (d, way) => schema(d, way),
  allOf: (d, way) => list(d, way), anyOf: (d, way) => list(d, way), oneOf: (d, way) => list(d, way),
  not: (d, way) => schema(d, way), if: (d, way) => schema(d, way), then: (d, way) => schema(d, way),
  else: (d, way) => schema(d, way),
};
const newer = {
  minContains: few, maxContains: few,
  dependentRequired: () => ({[pick(names)]: [pick(names)]}), dependentSchemas: (d, way) => ({[pick(names)]: schema(d, way)}),
};
const older = {
  additionalItems: (d, way) => schema(d, way),
  dependencies: (d, way) => ({[pick(names)]: below(2) ? [pick(names)] : schema(d, way)}),
};
const list = (d, way) => many(1 + below(3), () => schema(d, way));

function schema(depth, way) {
  if(!depth || below(12) === 0) return pick([true, false, {}, {type: pick(types)}, {minimum: 1}]);
  if(way.refs && below(8) === 0) return {$ref: pick(way.refs)};
  const out = {};
  for(let n = 1 + below(4); n; n--) {
    const name = pick(way.keywords);
    out[name] = way.table[name](depth - 1, way);
  }
  return out;
}

function way(dialect) {
  const table = {...keywords, ...(dialect === 'draft-07' ? older : newer)};
  if(dialect === '2019-09') table.additionalItems = older.additionalItems;
  if(dialect === '2020-12') table.prefixItems = (d, w) => list(d, w);
  const lists = below(2) === 0, leftOver = dialect !== 'draft-07' && below(2) === 0;
  const without = lists ? ['contains', 'minContains', 'maxContains'] : ['prefixItems', 'additionalItems'];
  // What a failing branch would have looked at ajv takes for looked at, and what "if" has looked at it forgets.
  if(leftOver) without.push('anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas');
  return {dialect, table, lists, leftOver, keywords: Object.keys(table).filter(name => !without.includes(name)), refs: null};
}

// References go to what stands under "definitions", which does not refer: so nothing leads into itself.
function whole(dialect) {
  const w = way(dialect), definitions = {one: schema(2, w), two: schema(2, w)};
  w.refs = ['#/definitions/one', '#/definitions/two'];
  const out = schema(3, w);
  if(typeof out === 'boolean') return out;
  if(w.leftOver && below(2)) out.unevaluatedProperties = below(2) ? false : schema(1, w);
  if(w.leftOver && w.lists && below(2)) out.unevaluatedItems = below(2) ? false : schema(1, w);
  return {...out, definitions};
}

// ---- Comparing ----

const makers = {'2020-12': Ajv2020, '2019-09': Ajv2019, 'draft-07': Ajv};
const tasks = [];
for(let i = 0; i < count; i++) {
  const dialect = pick(Object.keys(makers));
  const schema = whole(dialect);
  // Beside "$ref" draft 7 ignores everything, and ajv nothing.
  if(dialect === 'draft-07' && schema.$ref) delete schema.$ref;
  tasks.push({dialect, schema, values: many(VALUES, () => value(3))});
}
const folder = mkdtempSync(join(tmpdir(), 'cairn-schema-'));
const input = join(folder, 'tasks');
writeFileSync(input, tasks.map(task => JSON.stringify(task)).join('\n') + '\n');
const ours = execFileSync(program, [input], {encoding: 'utf8', maxBuffer: 1 << 28}).trimEnd().split('\n');
rmSync(folder, {recursive: true});

let failed = 0, valid = 0, skipped = 0;
console.log(`1..${tasks.length + 1}`);
for(const [i, {dialect, schema, values}] of tasks.entries()) {
  const mine = ours[i];
  let theirs;
  try {
    const validate = new makers[dialect]({strict: false, validateFormats: false, logger: false}).compile(schema);
    const answers = values.map(value => validate(value));
    valid += answers.filter(Boolean).length;
    theirs = JSON.stringify(answers);
  } catch(e) {
    if(!(e instanceof TypeError)) theirs = JSON.stringify({error: String(e)});
    else skipped++; // a fault of ajv itself
  }
  const good = theirs === undefined ? mine.startsWith('[') : mine === theirs;
  console.log(`${good ? 'ok' : 'not ok'} ${i + 1} - ${dialect}, made up ${i} of seed ${seed}`);
  if(good) continue;
  failed++;
  const at = mine.startsWith('[') && theirs.startsWith('[') ? JSON.parse(mine).findIndex((v, k) => v !== JSON.parse(theirs)[k]) : 0;
  console.log(`# ${JSON.stringify(schema)}\n# value:  ${JSON.stringify(values[at])}\n# ours:   ${mine}\n# theirs: ${theirs}`);
}
if(skipped) console.log(`# ${skipped} not compared: ajv failed`);
// Values of which none, or all, are valid would compare nothing.
const share = valid / (tasks.length * VALUES), mixed = share > 0.1 && share < 0.9;
console.log(`${mixed ? 'ok' : 'not ok'} ${tasks.length + 1} - ${Math.round(share * 100)} % of the values are valid`);
process.exit(failed || !mixed ? 1 : 0);
