// SPDX-License-Identifier: Apache-2.0
// usage: node ld_node.mjs LD_LINES COUNT [SEED] [SECONDS]
//
// COUNT made-up documents (documents.mjs), from a seed: canonical N-Quads, expanded and flattened form, and the
// document that the N-Quads make, as we have them (ld_lines) and as the npm packages jsonld and rdf-canonize have them;
// of credentials the compacted form too. Where nothing can be lost, what we compacted must expand to what it was made
// of. Stops after SECONDS where they are given. Speaks TAP; shows the first differences (SHOW of them), each with the
// seed that makes it alone: COUNT 1.
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import jsonld from 'jsonld';
import rdfCanonize from 'rdf-canonize';
import {makeCase} from './documents.mjs';
import {explain} from './explained.mjs';

const [program, count, seed = '1', seconds = '1e9'] = process.argv.slice(2);
const BATCH = 500;
const root = fileURLToPath(new URL('../../', import.meta.url));
const until = Date.now() + Number(seconds) * 1000;

// ---- The contexts that the program has built in ----

const index = JSON.parse(readFileSync(join(root, 'data/contexts/index.json')));
const loaded = new Map();
async function documentLoader(url) {
  if(!loaded.has(url)) {
    const entry = index[url];
    if(!entry) throw new Error(`no context ${url}`);
    const file = entry.package ? join(root, 'node_modules', entry.package, entry.path) :
      join(root, 'data/contexts', entry.file);
    loaded.set(url, file.endsWith('.js') ? (await import(pathToFileURL(file))).default :
      JSON.parse(readFileSync(file)));
  }
  return {documentUrl: url, document: loaded.get(url)};
}

// ---- The peer ----

const options = {documentLoader, safe: false, base: 'https://example.org/dir/doc'};
const codeOf = e => e?.details?.code || String(e.message || e);

async function attempt(run) {
  try {
    return await run();
  } catch(e) {
    return {error: codeOf(e)};
  }
}

// A dataset is a set: the package would hash a quad twice that two values make.
async function canonize(document) {
  const quads = await jsonld.toRDF(document, {...options, format: 'application/n-quads'});
  const once = [...new Set(quads.split('\n'))].join('\n');
  return rdfCanonize.canonize(once, {algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads',
    format: 'application/n-quads', maxWorkFactor: Infinity});
}

async function peerOf({document, context}, mine) {
  const rdf = await attempt(() => canonize(document));
  return {
    rdf,
    expand: await attempt(() => jsonld.expand(document, options)),
    compact: await attempt(() => jsonld.compact(document, context, options)),
    flatten: await attempt(() => jsonld.flatten(document, null, options)),
    // The package reads the name of a graph that is a blank node without its "_:".
    from: isError(mine.rdf) || / _:c14n[0-9]+ \.$/m.test(mine.rdf) ? mine.from :
      await attempt(() => jsonld.fromRDF(mine.rdf, {format: 'application/n-quads'})),
  };
}

// ---- Comparing: arrays are sets, but for the values of @list and JSON literals ----

export const isError = v => typeof v === 'object' && v !== null && 'error' in v && Object.keys(v).length === 1;

function normal(v, key, lists) {
  if(Array.isArray(v)) {
    const items = v.map(item => normal(item, '', lists));
    return lists && key === '@list' ? items : items.map(item => JSON.stringify(item)).sort();
  }
  if(typeof v !== 'object' || v === null) return Object.is(v, -0) ? 0 : v;
  const literal = v['@type'] === '@json';
  return Object.fromEntries(Object.keys(v).sort().map(each =>
    [each, literal && each === '@value' ? JSON.stringify(sorted(v[each])) : normal(v[each], each, lists)]));
}

function sorted(v) {
  if(Array.isArray(v)) return v.map(sorted);
  if(typeof v !== 'object' || v === null) return v;
  return Object.fromEntries(Object.keys(v).sort().map(key => [key, sorted(v[key])]));
}

function same(mine, theirs, lists) {
  if(isError(mine) || isError(theirs)) return isError(mine) && isError(theirs);
  if(typeof mine === 'string') return mine === theirs;
  return JSON.stringify(normal(mine, '', lists)) === JSON.stringify(normal(theirs, '', lists));
}

// Both number blank nodes as they meet them, which is no part of the result.
const unlabelled = v => JSON.parse(JSON.stringify(v).replace(/"_:b[0-9]+"/g, '"_:b"'));

// Nor is the context, which is the one that was given; nor which term an empty array has, which only the text of
// 6.1.2, 12.7.1 decides.
function body(v) {
  if(Array.isArray(v)) return v.map(body);
  if(typeof v !== 'object' || v === null) return v;
  return Object.fromEntries(Object.entries(v).filter(([key, each]) => key !== '@context' &&
    !(Array.isArray(each) && each.length === 0)).map(([key, each]) => [key, body(each)]));
}

// Where two results first part, as text.
function parting(mine, theirs, lists) {
  const [x, y] = [mine, theirs].map(v => typeof v === 'string' ? v : JSON.stringify(normal(v, '', lists)));
  let at = 0;
  while(at < x.length && x[at] === y[at]) at++;
  const from = Math.max(0, at - 40);
  return [x, y].map(text => text.slice(from, at + 110).replace(/\n/g, '\\n'));
}

function differences(mine, theirs, made) {
  const found = [];
  for(const what of ['rdf', 'expand', 'from']) if(!same(mine[what], theirs[what], true)) found.push(what);
  if(!same(mine.flatten, theirs.flatten, true) && !same(unlabelled(mine.flatten), unlabelled(theirs.flatten), true))
    found.push('flatten');
  if(made.credential && !same(body(mine.compact), body(theirs.compact), false)) found.push('compact');
  if(made.lossless && !isError(mine.compact) && !same(mine.again, mine.expand, true)) found.push('again');
  return found;
}

// ---- The run ----

let failed = 0, done = 0, number = 0, errors = 0;
const reasons = new Map();

function tell(caseSeed, made, mine, theirs, found) {
  failed++;
  if(failed > Number(process.env.SHOW || 20)) return;
  console.log(`# seed ${caseSeed}: ${found.join(', ')}\n# ${JSON.stringify(made.document)}`);
  if(made.context !== made.document['@context']) console.log(`#   context ${JSON.stringify(made.context)}`);
  for(const what of found) {
    const peer = what === 'again' ? mine.expand : theirs[what];
    const shape = what === 'flatten' ? unlabelled : v => v;
    const [x, y] = parting(shape(mine[what]), shape(peer), what !== 'compact');
    console.log(`#   ours   ${what}: …${x}\n#   theirs ${what}: …${y}`);
    if(what === 'again') console.log(`#   compacted: ${JSON.stringify(mine.compact)}`);
  }
}

async function batch(first, n) {
  const made = Array.from({length: n}, (_, i) => JSON.parse(JSON.stringify(makeCase(first + i))));
  const input = made.map(({document, context}) => JSON.stringify({document, context}) + '\n').join('');
  const run = spawnSync(program, {input, maxBuffer: 2 ** 30});
  const lines = run.stdout.toString().split('\n');
  if(run.status !== 0 || lines.length !== n + 1) throw new Error(`${program} ended with ${run.status ?? run.signal}`);
  const before = failed;
  for(let i = 0; i < n; i++) {
    const mine = JSON.parse(lines[i]), theirs = await peerOf(made[i], mine);
    if(isError(mine.rdf)) errors++;
    const found = [];
    for(const what of differences(mine, theirs, made[i])) {
      const reason = explain(what, made[i], mine, theirs);
      if(reason) reasons.set(reason, (reasons.get(reason) || 0) + 1);
      else found.push(what);
    }
    if(found.length) tell(first + i, made[i], mine, theirs, found);
  }
  done += n;
  console.log(`${failed === before ? 'ok' : 'not ok'} ${++number} - ${n} documents from seed ${first}`);
}

for(let at = 0; at < Number(count) && Date.now() < until; at += BATCH)
  await batch(Number(seed) + at, Math.min(BATCH, Number(count) - at));
console.log(`1..${number}`);
console.log(`# ${done} documents, ${failed} differences, ${errors} of the documents are refused by both`);
for(const [reason, times] of reasons) console.log(`# ${times} explained: ${reason}`);
process.exit(failed || !done ? 1 : 0);
