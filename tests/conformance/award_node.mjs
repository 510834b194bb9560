// SPDX-License-Identifier: Apache-2.0
// usage: node award_node.mjs CORPUS PROGRAM [ARGUMENT]...
// The signed form as others see it, of the awards that the program prints (award_lines, demo_lines.py): the published schema of Open Badges 3.0 (with ajv; from CORPUS, where it is),
// jsonld.js in safe mode, @digitalbazaar/vc with its status list package, and @digitalcredentials/verifier-core, all
// without network. What they accept has to be refused with one letter changed, whichever text it is. Speaks TAP.
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import * as statusLists from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {verifyCredential} from '@digitalcredentials/verifier-core';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2019.js';
import jsonld from 'jsonld';

const [corpus, program, ...args] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../', import.meta.url));
const lines = execFileSync(program, args, {encoding: 'utf8', maxBuffer: 1 << 28}).trimEnd().split('\n').map(line => JSON.parse(line));
const awards = lines.filter(({document}) => document);
const lists = lines.filter(({list}) => list);

// ---- The world: built-in contexts, did:key, a status list; nothing else ----

const index = JSON.parse(readFileSync(join(root, 'data/contexts/index.json'))), read = new Map();
async function context(url) {
  if(!read.has(url)) read.set(url, await readContext(url));
  return read.get(url);
}

async function readContext(url) {
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

let list = lists[0]; // of several at one address, the one that stands there
const listAt = url => list.url === url ? list : lists.find(one => one.url === url);
async function documentLoader(url) {
  const bare = url.split('#')[0];
  if(index[url]) return {documentUrl: url, document: await context(url), tag: 'static'};
  if(url.startsWith('did:key:')) return {documentUrl: url, document: keyDocument(url)};
  if(listAt(bare)) return {documentUrl: url, document: listAt(bare).list};
  throw new Error(`no network: ${url}`);
}

const schemaFile = join(corpus, 'ob3/net/schemas/ob_v3p0_achievementcredential_schema.json');
const schema = existsSync(schemaFile) ? JSON.parse(readFileSync(schemaFile)) : null;
const reached = new Set();
globalThis.fetch = async request => { // verifier-core takes no loader
  const url = String(request.url ?? request);
  reached.add(url);
  const body = index[url] ? await context(url) : listAt(url) ? listAt(url).list :
    url.endsWith('ob_v3p0_achievementcredential_schema.json') ? schema : null;
  if(!body) throw new TypeError(`no network: ${url}`);
  return new Response(JSON.stringify(body), {headers: {'Content-Type': 'application/json'}});
};

// ---- The judges: each answers true, or says why not ----

const suite = new DataIntegrityProof({cryptosuite});
const after = time => new Date((Date.parse(time) || 0) + 1000);

async function digitalBazaar(credential) {
  const result = await vc.verifyCredential({credential: structuredClone(credential), suite, documentLoader,
    now: after(credential.validFrom),
    checkStatus: async () => ({verified: true})});
  return result.verified || (result.error?.errors?.[0] ?? result.error ?? result);
}

// Verified tells that the list could be relied on; the bit is another matter.
async function bit(credential) {
  const {verified, results, error} = await statusLists.checkStatus({credential, documentLoader, suite,
    verifyBitstringStatusListCredential: true, verifyMatchingIssuers: true});
  return verified ? results.map(({status}) => status).join() : error;
}

async function verifierCore(credential) {
  const result = await verifyCredential({credential: structuredClone(credential), knownDIDRegistries: []});
  const bad = (result.log ?? []).filter(({id, valid}) => !valid && id !== 'registered_issuer');
  const signed = result.log?.some(({id, valid}) => id === 'valid_signature' && valid);
  return (signed && !bad.length && !result.errors) || JSON.stringify(result.errors ?? result.log ?? result);
}

// ---- Changing one letter ----

function* texts(value, path = []) {
  if(typeof value === 'string') yield path;
  else for(const [key, inner] of Object.entries(value ?? {})) {
    // A context that is written out may define terms that this document does not use.
    if(key !== '@context' && (path.length || key !== 'proof')) yield* texts(inner, [...path, key]);
  }
}

// The letter is in the middle and becomes another of its kind, so that the text stays a date, a number, an address.
function changed(document, path) {
  const copy = structuredClone(document);
  const holder = path.slice(0, -1).reduce((at, key) => at[key], copy);
  const text = holder[path.at(-1)], letters = [...text];
  const at = letters.findIndex((c, i) => i >= Math.floor(letters.length / 2) && /[a-y0-8]/.test(c));
  const i = at < 0 ? letters.findIndex(c => /[a-yA-Y0-8]/.test(c)) : at;
  letters[i] = String.fromCharCode(letters[i].charCodeAt(0) + 1);
  holder[path.at(-1)] = letters.join('');
  return copy;
}

// ---- TAP ----

let count = 0, failed = 0;
function told(good, name) {
  count++;
  if(good !== true) failed++;
  console.log(`${good === true ? 'ok' : 'not ok'} ${count} - ${name}`);
  if(good !== true) console.log(String(good?.stack ?? good).split('\n').map(line => `# ${line}`).join('\n'));
}
// The corpus is no part of the project: where it is not there, nobody is told that the schema accepted anything.
const skipped = name => console.log(`ok ${++count} - # SKIP ${name}: there is no ${schemaFile}`);
const refused = answer => answer !== true || 'accepted';

// ---- The cases ----

const ajv = new Ajv({allErrors: true, strictTuple: false, strictTypes: false, strictSchema: false});
addFormats(ajv);
const {$schema, ...bare} = schema ?? {};
const validate = schema && ajv.compile(bare);
// The schema of awards holds that of endorsements; no schema of their own is at hand.
const validateEndorsement = schema && ajv.compile({$ref: '#/$defs/EndorsementCredential', $defs: schema.$defs});

// What is changed is nothing of what a build with AddressSanitizer sees: there one document has its letters changed.
const tried = process.env.CAIRN_PART ? 1 : awards.length;
for(const [i, {name, document}] of awards.entries()) {
  const judge = validate && (document.type.includes('EndorsementCredential') ? validateEndorsement : validate);
  if(!judge) skipped('the schema of Open Badges');
  else told(judge(document) || JSON.stringify(judge.errors), `the schema of Open Badges accepts: ${name}`);
  told(await jsonld.expand(document, {documentLoader, safe: true}).then(() => true, e => e), `safe mode: ${name}`);
  told(await digitalBazaar(document), `@digitalbazaar/vc verifies: ${name}`);
  for(const inner of document.credentialSubject.achievement?.endorsement ?? [])
    told(await digitalBazaar(inner), `@digitalbazaar/vc verifies the endorsement in: ${name}`);
  for(const path of i < tried ? texts(document) : []) {
    const letter = await digitalBazaar(changed(document, path));
    told(refused(letter), `@digitalbazaar/vc refuses: ${name}, a letter at /${path.join('/')}`);
  }
}

const parts = ['name', 'description', 'narrative', 'tag', 'value'];
for(const {name, document} of awards.filter(({revoked}) => !revoked).slice(0, 2)) {
  told(await verifierCore(document), `verifier-core verifies: ${name}`);
  for(const path of texts(document)) {
    if(!path.some(key => parts.includes(key.replace(/In$/, '')))) continue;
    told(refused(await verifierCore(changed(document, path))),
      `verifier-core refuses: ${name}, a letter at /${path.join('/')}`);
  }
}

async function status(name, document, revoked) {
  const answer = await bit(document);
  told(answer === String(revoked) || answer, `the status list package reads: ${name}`);
  const core = await verifierCore(document);
  told(revoked ? refused(core) : core, `verifier-core reads the status list: ${name}`);
}
const withStatus = awards.filter(({revoked}) => revoked !== undefined);
for(const {name, document, revoked} of withStatus) await status(name, document, revoked);

const [{document}] = awards;
for(const one of withStatus.length ? [] : lists) {
  list = one;
  const revoked = one.name === 'revoked';
  await status(one.name, document, revoked);
  const decoded = await statusLists.decodeList({encodedList: one.list.credentialSubject.encodedList});
  const set = Array.from({length: decoded.length}, (_, i) => i).filter(i => decoded.getStatus(i));
  told(decoded.length === 131072 && String(set) === (revoked ? document.credentialStatus.statusListIndex : '') ||
    `${decoded.length} bits, set: ${set}`, `its bits: ${one.name}`);
}
console.log(`# asked for: ${[...reached].join(' ') || 'nothing'}`);
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
