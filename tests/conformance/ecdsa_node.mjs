// SPDX-License-Identifier: Apache-2.0
// usage: node ecdsa_node.mjs CAIRN CORPUS [COUNT] [SEED]
//
// ecdsa-sd-2023 and ecdsa-rdfc-2019 with the npm packages of Digital Bazaar, both ways and without network: what one
// signs the other derives from, and both verify; what was changed both refuse. With the documents of the W3C test
// suite and the vectors where CORPUS has them; then COUNT documents made up from SEED, of which any pointers are taken.
// Speaks TAP; does nothing where the packages are not installed.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const [cairn, corpus, count = '30', seed = '1'] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = ['vc', 'data-integrity', 'ecdsa-multikey', 'ecdsa-rdfc-2019-cryptosuite', 'ecdsa-sd-2023-cryptosuite'];
const [vc, integrity, multikeys, rdfc, sd] =
  await Promise.all(packages.map(name => import(`@digitalbazaar/${name}`).catch(() => null)));
if(![vc, integrity, multikeys, rdfc, sd].every(Boolean)) {
  console.log('1..0 # SKIP the packages are not installed: tools/install test');
  process.exit(0);
}
const {DataIntegrityProof} = integrity;

// ---- The world: built-in contexts, those of the corpus, did:key ----

const index = JSON.parse(readFileSync(join(root, 'data/contexts/index.json')));
const folder = join(corpus, 'contexts');
const others = existsSync(folder) ? JSON.parse(readFileSync(join(folder, 'index.json'))) : {};

async function context(url) {
  if(!index[url]) return JSON.parse(readFileSync(join(folder, others[url].file)));
  const {package: name, path, file} = index[url];
  const full = name ? join(root, 'node_modules', name, path) : join(root, 'data/contexts', file);
  return full.endsWith('.js') ? (await import(pathToFileURL(full))).default : JSON.parse(readFileSync(full));
}

const multikey = 'https://w3id.org/security/multikey/v1';
function keyDocument(url) {
  const [controller, fragment] = url.split('#');
  const publicKeyMultibase = controller.slice('did:key:'.length);
  const id = `${controller}#${publicKeyMultibase}`;
  const method = {'@context': multikey, id, type: 'Multikey', controller, publicKeyMultibase};
  return fragment ? method : {'@context': ['https://www.w3.org/ns/did/v1', multikey], id: controller,
    verificationMethod: [method], assertionMethod: [id]};
}

async function documentLoader(url) {
  if(index[url] || others[url]) return {documentUrl: url, document: await context(url)};
  if(url.startsWith('did:key:')) return {documentUrl: url, document: keyDocument(url)};
  throw new Error(`no network: ${url}`);
}

// ---- Keys: those of the vectors of the specification ----

const own = mkdtempSync(join(tmpdir(), 'cairn-ecdsa-'));
process.on('exit', () => rmSync(own, {recursive: true}));
function key(publicKeyMultibase, secretKeyMultibase) {
  const controller = `did:key:${publicKeyMultibase}`;
  const file = join(own, publicKeyMultibase);
  const material = {'@context': multikey, id: `${controller}#${publicKeyMultibase}`, type: 'Multikey', controller,
    publicKeyMultibase, secretKeyMultibase};
  writeFileSync(file, JSON.stringify(material), {mode: 0o600});
  return {controller, file, material};
}
const p256 = key('zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP', 'z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN');
const p384 = key('z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ',
  'z2fanyY7zgwNpZGxX5fXXibvScNaUWNprHU9dKx7qpVj7mws9J8LLt4mDB5TyH2GLHWkUc');

// ---- Both sides ----

const at = '2026-06-01T00:00:00Z';
const places = existsSync(folder) ? ['--contexts', folder] : [];

function run(document, ...args) {
  const {stdout, stderr} = spawnSync(cairn, args, {input: JSON.stringify(document), encoding: 'utf8', maxBuffer: 1 << 26});
  if(!stdout) throw new Error(stderr);
  return JSON.parse(stdout);
}

const many = (option, values) => values.flatMap(value => [option, value]);
const ours = {
  sign: (document, suite, {file}, mandatory) => run(document, 'issue', '--key', file, '--suite', suite,
    '--at', '2025-02-01', ...many('--mandatory', mandatory), ...places),
  derive: (document, pointers) => run(document, 'derive', ...many('--reveal', pointers), ...places),
  verify: document => {
    const {verdict, steps} = run(document, 'verify', '--json', '--offline', '--at', at, ...places);
    return verdict === 'verified' || steps.find(({outcome}) => outcome === 'fail' || outcome === 'unknown');
  },
};

const theirs = {
  async sign(document, suite, {material}, mandatory) {
    const signer = (await multikeys.from(material)).signer();
    const cryptosuite = suite === 'ecdsa-sd-2023' ? sd.createSignCryptosuite({mandatoryPointers: mandatory}) : rdfc.cryptosuite;
    return vc.issue({credential: structuredClone(document), documentLoader, now: new Date(at),
      suite: new DataIntegrityProof({signer, cryptosuite, date: '2025-02-01T00:00:00Z'})});
  },
  derive: (document, pointers) => vc.derive({verifiableCredential: structuredClone(document), documentLoader,
    suite: new DataIntegrityProof({cryptosuite: sd.createDiscloseCryptosuite({selectivePointers: pointers})})}),
  async verify(document) {
    const suite = document.proof.cryptosuite === 'ecdsa-sd-2023' ? sd.createVerifyCryptosuite() : rdfc.cryptosuite;
    const {verified, error} = await vc.verifyCredential({credential: structuredClone(document), documentLoader,
      now: new Date(at), suite: new DataIntegrityProof({cryptosuite: suite})});
    return verified || (error?.errors?.[0] ?? error);
  },
};

// ---- Documents ----

const read = path => JSON.parse(readFileSync(join(corpus, path)));
const integrityContext = 'https://w3id.org/security/data-integrity/v2';
const documents = [{
  name: 'a badge', mandatory: ['/issuer', '/credentialSubject/achievement/name'],
  selective: ['/credentialSubject/result/1', '/validFrom'],
  document: {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    type: ['VerifiableCredential', 'OpenBadgeCredential'], name: 'Soil Sampling',
    issuer: {id: p256.controller, type: ['Profile'], name: 'College'}, validFrom: '2025-01-01T00:00:00Z',
    credentialSubject: {type: ['AchievementSubject'],
      achievement: {id: 'urn:uuid:b7f3f9d4-05a8-4b0a-8c8e-54b5c5a6a203', type: ['Achievement'], name: 'Soil Sampling',
        description: 'Prélève « cinq » échantillons.\n\u{1f9ea}', criteria: {narrative: 'Takes five samples.'}},
      result: ['85', '32', '7'].map(value => ({type: ['Result'], value}))},
  },
}];

const vectors = 'di/vc-di-ecdsa/TestVectors';
for(const [name, file, pointers] of existsSync(join(corpus, vectors)) ?
  [['a permit', 'employmentAuth', 'employ'], ['a card', 'prCredUnsigned', 'prCred']] : []) {
  const document = read(`${vectors}/${file}.json`);
  document.issuer.id = p256.controller;
  document.validUntil = '2029-12-03T00:00:00Z'; // the card's was over
  documents.push({name, document, mandatory: read(`${vectors}/${pointers}Mandatory.json`),
    selective: read(`${vectors}/${pointers}Selective.json`)});
}

const mocks = 'di/vc-di-ecdsa-test-suite/tests/mocks';
for(const path of existsSync(join(corpus, mocks)) ?
  ['achievement/vc1.1', 'achievement/vc2.0', 'valid/vc1.1', 'valid/vc2.0'] : []) {
  const document = read(`${mocks}/${path}/document.json`), mandatory = read(`${mocks}/${path}/mandatoryPointers.json`);
  document.issuer = p256.controller;
  if(path.endsWith('1.1')) {
    document.issuanceDate = '2025-01-01T00:00:00Z';
    document['@context'].push(integrityContext);
    mandatory.push('/issuanceDate'); // their verifier wants it
  }
  documents.push({name: path, document, mandatory,
    selective: read(`${mocks}/${path}/selectivePointers.json`)});
}

// ---- Tests ----

const cases = [];
const test = (name, body) => cases.push({name, body});
const must = (condition, what) => {
  if(condition !== true) throw new Error(what instanceof Error ? what.message : JSON.stringify(what ?? condition));
};

async function bothAccept(document) {
  for(const [side, {verify}] of Object.entries({ours, theirs})) {
    const answer = await verify(document);
    must(answer === true, `${side}: ${answer?.message ?? JSON.stringify(answer)}`);
  }
}

async function bothRefuse(document) {
  for(const [side, {verify}] of Object.entries({ours, theirs})) must((await verify(document)) !== true, side);
}

// The text of the first member that is neither part of the proof nor of a context, one letter longer.
function changed(document) {
  const copy = structuredClone(document);
  const inside = node => Object.entries(node).some(([name, value]) => {
    if(['@context', 'proof', 'type', 'id', 'issuer', 'validFrom', 'issuanceDate', 'image'].includes(name)) return false;
    if(typeof value === 'string') {
      node[name] = value.endsWith('Z') ? value.replace('2', '3') : `${value}x`;
      return true;
    }
    return typeof value === 'object' && value !== null && inside(value);
  });
  must(inside(copy), 'nothing to change');
  return copy;
}

const sides = {ours, theirs};
for(const {name, document, mandatory, selective} of documents) {
  for(const [signer, {sign}] of Object.entries(sides)) {
    const base = () => sign(document, 'ecdsa-sd-2023', p256, mandatory);
    test(`${name}: signed by ${signer}, a part is the same from both`, async () => {
      const signed = await base();
      const parts = [ours.derive(signed, selective), await theirs.derive(signed, selective)];
      for(const part of parts) {
        await bothAccept(part);
        await bothRefuse(changed(part));
      }
      // Members may stand in another order.
      const sorted = value => value && typeof value === 'object' ? Array.isArray(value) ? value.map(sorted) :
        Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])])) : value;
      must(JSON.stringify(sorted(parts[0])) === JSON.stringify(sorted(parts[1])), parts);
    });
    test(`${name}: signed by ${signer}, a base proof is for its holder alone`, async () => bothRefuse(await base()));
  }
}
for(const [kind, pair] of Object.entries({'P-256': p256, 'P-384': p384})) {
  for(const [signer, {sign}] of Object.entries(sides)) {
    test(`ecdsa-rdfc-2019 with ${kind}, signed by ${signer}`, async () => {
      const document = structuredClone(documents[0].document);
      document.issuer.id = pair.controller;
      const signed = await sign(document, 'ecdsa-rdfc-2019', pair, []);
      await bothAccept(signed);
      await bothRefuse(changed(signed));
    });
  }
}

// ---- Documents from a seed: mulberry32 ----

let state = Number(seed) >>> 0;
function below(n) {
  state = state + 0x6d2b79f5 >>> 0;
  let t = Math.imul(state ^ state >>> 15, state | 1);
  t ^= t + Math.imul(t ^ t >>> 7, t | 61);
  return ((t ^ t >>> 14) >>> 0) % n;
}
const one = list => list[below(list.length)];

const urn = name => `https://made-up.example/${name}`;
const terms = {'@protected': true, T: urn('T'), U: urn('U'), a: urn('a'), 'a~b': urn('a-b'), b: {'@id': urn('b'), '@type': '@id'},
  c: {'@id': urn('c'), '@container': '@set'}, d: {'@id': urn('d'), '@container': '@language'},
  e: {'@id': urn('e'), '@type': '@json'}, f: {'@id': urn('f'), '@type': urn('t')}};
const members = {
  a: depth => value(depth), 'a~b': depth => value(depth), b: depth => one(['urn:y', ['urn:y', 'urn:z'], node(depth + 1)]),
  c: depth => [value(depth + 1)].flat(), d: () => ({en: 'one', fr: 'un'}), e: () => ({z: [1, {k: null}]}), f: () => 'q',
};

function value(depth) {
  return [() => one(['x', 'é\u{1f600}', '', 'a\n"b"']), () => one([0, -5, 1.5, 1e21, true, false]),
    () => ({'@value': 'typed', '@type': urn('t')}), () => ({'@value': 'bonjour', '@language': 'fr'}),
    () => [value(depth + 1), value(depth + 1)], () => node(depth + 1)][below(depth > 2 ? 4 : 6)]();
}

function node(depth) {
  const made = [{}, {}, {id: `urn:x:${below(5)}`}, {id: `_:q${below(4)}`}][below(4)];
  if(below(2)) made.type = one(['T', 'U', ['T', 'U']]);
  for(let i = below(4) + (depth ? 0 : 2); i > 0; i--) {
    const name = one(Object.keys(members));
    made[name] = members[name](depth);
  }
  return made;
}

function pointersOf(made, start = '') {
  const rows = typeof made === 'object' && made ? Object.entries(made).filter(([name]) => name !== '@context') : [];
  return rows.flatMap(([name, inner]) => {
    const pointer = `${start}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [pointer, ...pointersOf(inner, pointer)];
  });
}

const attempt = async make => {
  try {
    return await make();
  } catch(error) {
    return null;
  }
};

// Pointers may lead where nothing can be shown by itself: we refuse, and they give out what nobody can verify. What
// either gives out that holds, both give out.
for(let i = 0; i < Number(count); i++) {
  const document = {'@context': ['https://www.w3.org/ns/credentials/v2', terms], type: ['VerifiableCredential'],
    issuer: p256.controller, validFrom: '2025-01-01T00:00:00Z', credentialSubject: {...node(0), id: 'urn:x:s'}};
  const all = pointersOf(document), pointers = Array.from({length: below(3) + 1}, () => one(all));
  const signer = one([ours, theirs]), mandatory = ['/issuer', '/validFrom', '/credentialSubject/id', ...below(2) ? [one(all)] : []];
  test(`made up: ${seed} ${i}`, async () => {
    const base = await attempt(() => signer.sign(document, 'ecdsa-sd-2023', p256, mandatory));
    if(!base) return; // a pointer that cannot be mandatory
    const part = await attempt(() => ours.derive(base, pointers)), other = await attempt(() => theirs.derive(base, pointers));
    if(part) await bothAccept(part);
    else must(!other || (await theirs.verify(other)) !== true, {document, mandatory, pointers});
  });
}

console.log(`1..${cases.length}`);
let failed = 0;
for(const [i, {name, body}] of cases.entries()) {
  try {
    await body();
    console.log(`ok ${i + 1} - ${name}`);
  } catch(error) {
    failed++;
    console.log(`not ok ${i + 1} - ${name}`);
    console.log(`# ${String(error.stack ?? error).split('\n').slice(0, 4).join(' ').slice(0, 1500)}`);
  }
}
process.exitCode = failed ? 1 : 0;
