// SPDX-License-Identifier: Apache-2.0
// usage: node peers.mjs FOLDER
//
// The same works as in works.c, by the npm packages that people use for them. Answers each line "WORK MILLISECONDS" on
// standard input with a line "TIMES WALL_SECONDS CPU_SECONDS", or "error WHY". Milliseconds of CPU time, of all threads
// that Node.js starts; at most 8 times as long. What a package can keep from one time to the next, it keeps.
import {createInterface} from 'node:readline';
import {createPrivateKey, createPublicKey} from 'node:crypto';
import {documentLoader, look, must, now, reader} from './world.mjs';

const folder = process.argv[2], read = reader(folder), json = name => JSON.parse(read(name));
const reveal = ['/credentialSubject/achievement/alignment/0', '/credentialSubject/result'];

async function proofs(cryptosuite, signer) {
  const vc = await import('@digitalbazaar/vc');
  const {DataIntegrityProof} = await import('@digitalbazaar/data-integrity');
  return {vc, suite: new DataIntegrityProof({cryptosuite, signer, date: '2026-02-01T08:00:00Z'})};
}

async function checkStatus() {
  const {BitstringStatusList} = await import('@digitalbazaar/vc-bitstring-status-list');
  return look(await BitstringStatusList.decode({encodedList: read('bits.txt')}));
}

const sd = () => import('@digitalbazaar/ecdsa-sd-2023-cryptosuite');

async function verifies(file, cryptosuite) {
  const {vc, suite} = await proofs(cryptosuite), status = await checkStatus(), text = read(file);
  return async () => must(await vc.verifyCredential(
    {credential: JSON.parse(text), suite, documentLoader, now, checkStatus: status}));
}

async function rdfc(fromText) {
  const {canonize, NQuads} = await import('rdf-canonize'), text = read('quads-10000.nq');
  const dataset = NQuads.parse(text), options = {algorithm: 'RDFC-1.0', format: 'application/n-quads'};
  return fromText ? () => canonize(text, {...options, inputFormat: 'application/n-quads'}) :
    () => canonize(dataset, options);
}

// Each gives the function that does the work once.
const works = {
  async verify() {
    const {cryptosuite} = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
    return verifies('badge.json', cryptosuite);
  },
  async sign() {
    const {cryptosuite} = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
    const {fromJwk} = await import('@digitalbazaar/ed25519-multikey');
    const key = await fromJwk({jwk: json('ed25519.jwk'), secretKey: true}), text = read('unsigned.json');
    const {publicKeyMultibase} = await key.export({publicKey: true});
    key.controller = `did:key:${publicKeyMultibase}`;
    key.id = `${key.controller}#${publicKeyMultibase}`;
    const {vc, suite} = await proofs(cryptosuite, key.signer());
    return async () => JSON.stringify(await vc.issue({credential: JSON.parse(text), suite, documentLoader, now}));
  },
  async 'to-rdf'() {
    const {default: jsonld} = await import('jsonld'), text = read('unsigned.json');
    return () => jsonld.toRDF(JSON.parse(text), {documentLoader, safe: true, base: null, rdfDirection: 'i18n-datatype'});
  },
  'rdfc-memory': () => rdfc(false),
  'rdfc-text': () => rdfc(true),
  async 'sd-derive'() {
    const {createDiscloseCryptosuite} = await sd();
    const {vc, suite} = await proofs(createDiscloseCryptosuite({selectivePointers: reveal})), text = read('base.json');
    return async () => JSON.stringify(await vc.derive({verifiableCredential: JSON.parse(text), suite, documentLoader}));
  },
  'sd-verify': async () => verifies('derived.json', (await sd()).createVerifyCryptosuite()),
  async 'jwt-verify'() {
    const {importJWK, jwtVerify} = await import('jose'), {d, ...jwk} = json('ed25519.jwk');
    const key = await importJWK(jwk, 'EdDSA'), token = read('badge.jwt');
    return () => jwtVerify(token, key, {algorithms: ['EdDSA'], typ: 'vc+jwt', currentDate: now});
  },
  async status() {
    const {BitstringStatusList} = await import('@digitalbazaar/vc-bitstring-status-list');
    const encodedList = read('bits.txt');
    return async () => {
      if((await BitstringStatusList.decode({encodedList})).getStatus(94311)) throw new Error('set');
    };
  },
};

const cpu = () => {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1e6;
};
const wall = () => performance.now() / 1e3;

async function run(once, seconds) {
  const wall0 = wall(), cpu0 = cpu();
  let times = 0, at = wall0, spent = 0;
  do {
    const until = at + 0.003; // asking for CPU time costs as much as a small work
    do {
      await once();
      times++;
      at = wall();
    } while(at < until);
    spent = cpu() - cpu0;
  } while(spent < seconds && at - wall0 < 8 * seconds);
  return `${times} ${(at - wall0).toFixed(9)} ${spent.toFixed(9)}`;
}

const ready = new Map();
for await (const line of createInterface({input: process.stdin})) {
  const [name, milliseconds] = line.split(' ');
  try {
    if(!ready.has(name)) ready.set(name, await works[name]());
    console.log(await run(ready.get(name), milliseconds / 1e3));
  } catch(error) {
    console.log(`error ${name}: ${String(error.stack ?? error).replaceAll('\n', ' ')}`);
  }
}
