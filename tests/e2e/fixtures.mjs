// SPDX-License-Identifier: Apache-2.0
// Credentials of made-up colleges, signed anew for every run, and the network that answers for them. The keys are
// public knowledge (32 equal bytes each).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPrivateKey, sign as signBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CAIRN, ROOT, SIGN, folder } from './harness.mjs';

const V2 = 'https://www.w3.org/ns/credentials/v2';
const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const ANY_TERMS = 'https://www.w3.org/ns/credentials/undefined-terms/v2';
export const COLLEGE = 'did:web:riverbend.example';
const COLLEGE_KEY = 21, LIST_KEY = 22, NOBODY_KEY = 23;
const CREATED = '2025-06-02T09:00:00Z';
export const NAMES = {
  en: 'Riverbend College', fr: 'Collège de la Boucle', registry: 'Test list of colleges', nobody: 'Evening School',
  badge: 'Soil sampling in the field', holder: 'Amélie Fontaine',
  markup: `"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;{{ t(x) }}`,
};
export const LINKS = 'https://riverbend.example/badges';

function program(path, args, input) {
  const done = spawnSync(path, args, { input, maxBuffer: 64 << 20 });
  assert.equal(done.status, 0, `${path} ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

const seed = (key) => key.toString(16).padStart(2, '0').repeat(32);
const didKey = (key) => `did:key:${program(SIGN, [seed(key)]).toString().trim()}`;
const didKeyMethod = (did) => `${did}#${did.slice('did:key:'.length)}`;
export const NOBODY = didKey(NOBODY_KEY);
const method = { [COLLEGE_KEY]: `${COLLEGE}#key-1`, [NOBODY_KEY]: didKeyMethod(NOBODY) };

function sign(document, key, url = method[key]) {
  return JSON.parse(program(SIGN, ['--created', CREATED, seed(key), url], JSON.stringify(document)));
}

const base64url = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

// RFC 8037: EdDSA.
function jwt(credential, key) {
  const pkcs8 = Buffer.from(`302e020100300506032b657004220420${seed(key)}`, 'hex');
  const head = { alg: 'EdDSA', typ: 'vc+jwt', kid: method[key] };
  const input = `${base64url(head)}.${base64url(credential)}`;
  return `${input}.${signBytes(null, Buffer.from(input), createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
    .toString('base64url')}`;
}

function bake(image, credential) {
  const path = file('to-bake', typeof credential === 'string' ? credential : JSON.stringify(credential));
  return program(CAIRN, ['bake', '--image', join(ROOT, 'tests/fuzz/corpus', image), path]);
}

// Shown by a holder who was asked to, to somebody else than who looks at it now.
function presentation(...credentials) {
  const key = file('holder.key', program(CAIRN, ['keys', 'new']));
  const files = credentials.map((credential, i) => file(`presented-${i}.json`, credential));
  return program(CAIRN, ['present', '--key', key, '--challenge', 'c', '--domain', 'https://elsewhere.example', ...files]);
}

function file(name, bytes) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

// One with all that a badge can say.
function badge(members = {}) {
  return {
    '@context': [V2, OB3], id: 'urn:uuid:8a1f0d5e-8c39-4d8e-9a55-2f6f1a1d7c01',
    type: ['VerifiableCredential', 'OpenBadgeCredential'], name: NAMES.badge,
    issuer: { id: COLLEGE, type: ['Profile'], name: 'What we call ourselves', url: 'https://riverbend.example/' },
    validFrom: '2025-06-01T00:00:00Z', validUntil: '2095-06-01T00:00:00Z',
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [{ type: 'IdentityObject', hashed: false, identityHash: NAMES.holder, identityType: 'name' }],
      result: [{ type: ['Result'], resultDescription: 'urn:uuid:result-1', value: '87 %' }],
      achievement: {
        id: 'https://riverbend.example/achievements/soil-sampling', type: ['Achievement'],
        achievementType: 'MicroCredential', name: NAMES.badge,
        description: 'Plans a sampling campaign, takes, labels and records soil samples in the field, and keeps the '
          + 'chain of custody up to the laboratory.',
        criteria: {
          id: 'https://riverbend.example/achievements/soil-sampling/criteria',
          narrative: 'Takes **five samples** under the eyes of an assessor:\n\n- two by hand auger\n- three by '
            + 'split-spoon\n\nand writes the field log without help.',
        },
        tag: ['soil science', 'field work', 'chain of custody'],
        resultDescription: [{ id: 'urn:uuid:result-1', type: ['ResultDescription'], name: 'Practical examination',
          resultType: 'Percent' }],
        alignment: [{
          type: ['Alignment'], targetName: 'Environmental sampling', targetCode: '22212.03',
          targetFramework: 'National Occupational Classification', targetType: 'CTDL',
          targetUrl: 'https://noc.example/unit-groups/22212?version=2021.0&section=main-duties',
        }],
      },
    },
    evidence: [{
      id: 'https://riverbend.example/evidence/8a1f0d5e', type: ['Evidence'], name: 'Field log',
      narrative: 'Eleven pages with photographs of every sampling point.',
    }],
    ...members,
  };
}

const status = (list, purpose = 'revocation') => ({ credentialStatus: {
  type: 'BitstringStatusListEntry', statusPurpose: purpose, statusListIndex: '7',
  statusListCredential: `https://riverbend.example/status/${list}`,
} });

// A list in which bit 7 is set, or none.
function statusList(name, set, statusPurpose = 'revocation') {
  const bits = Buffer.alloc(131072 / 8);
  if (set) bits[0] = 1;
  const id = `https://riverbend.example/status/${name}`;
  return sign({
    '@context': [V2], id, type: ['VerifiableCredential', 'BitstringStatusListCredential'], issuer: COLLEGE,
    validFrom: '2025-01-01T00:00:00Z',
    credentialSubject: { id: `${id}#list`, type: 'BitstringStatusList', statusPurpose,
      encodedList: `u${gzipSync(bits).toString('base64url')}` },
  }, COLLEGE_KEY);
}

const profile = (id, name) => ({ issuer: { id, type: ['Profile'], name } });

const LONG = 'Recognized-prior-learning-in-environmental-sampling-and-laboratory-practice/'.repeat(4).slice(0, 300);
const titled = (achievement, members) => ({ ...members,
  credentialSubject: { ...badge().credentialSubject,
    achievement: { ...badge().credentialSubject.achievement, ...achievement } } });
const longWords = () => titled({ name: LONG }, {
  ...profile(NOBODY, LONG),
  evidence: [{ id: `https://riverbend.example/${'evidence'.repeat(30)}`, type: ['Evidence'], name: LONG }],
});
const several = () => ({ name: undefined, credentialSubject: ['Ada Lovelace', 'Grace Hopper'].map((name, i) => ({
  ...badge().credentialSubject, identifier: undefined, id: `did:example:${i}`, name: i ? name : undefined,
  achievement: { ...badge().credentialSubject.achievement, name: i ? 'Rock sampling' : NAMES.badge },
})) });
const markup = () => titled({
  name: NAMES.markup,
  criteria: { narrative: '<b onclick="alert(4)">raw</b> [a](javascript:alert(5)) ![b](https://elsewhere.example/b.png)' },
}, {
  ...profile(NOBODY, `${NAMES.markup}\u202eevil`),
  evidence: [{ id: 'javascript:alert(3)', type: ['Evidence'], name: NAMES.markup }],
});

// name -> bytes of a file.
function credentials() {
  const good = sign(badge(), COLLEGE_KEY);
  const json = (members, key = COLLEGE_KEY) => JSON.stringify(sign(badge(members), key));
  return {
    'good.json': JSON.stringify(good),
    'good.jwt': jwt(badge(), COLLEGE_KEY),
    'good.png': bake('png/plain.png', good),
    'good.svg': bake('svg/plain.svg', good),
    'good-jwt.png': bake('png/plain.png', jwt(badge(), COLLEGE_KEY)),
    'clear.json': json(status('clear')),
    'tampered.json': JSON.stringify({ ...good, name: 'Soil sampling, with distinction' }),
    'expired.json': json({ validUntil: '2025-12-31T23:00:00Z' }),
    'not-yet-valid.json': json({ validFrom: '2090-01-02T00:00:00Z' }),
    'revoked.json': json(status('set')),
    'suspended.json': json(status('suspended', 'suspension')),
    'list-unreachable.json': json(status('nowhere')),
    'unlisted.json': json(profile(NOBODY, NAMES.nobody), NOBODY_KEY),
    'impostor.json': json(profile(NOBODY, NAMES.en), NOBODY_KEY),
    'impostor-french.json': json(profile(NOBODY, NAMES.fr), NOBODY_KEY),
    'unsigned.json': JSON.stringify(badge()),
    'long.json': json(longWords(), NOBODY_KEY),
    'several.json': json(several()),
    'presentation.json': presentation(JSON.stringify(good), json(profile(NOBODY, NAMES.en), NOBODY_KEY)),
    'markup.json': json(markup(), NOBODY_KEY),
    'plain.png': readFileSync(join(ROOT, 'tests/fuzz/corpus/png/plain.png')),
    'empty.json': '',
    'hello.txt': 'hello',
  };
}

function registry() {
  const did = didKey(LIST_KEY);
  const both = [{ '@value': NAMES.en, '@language': 'en' }, { '@value': NAMES.fr, '@language': 'fr' }];
  return sign({
    '@context': [V2, ANY_TERMS], id: 'https://registry.example/colleges',
    type: ['VerifiableCredential', 'RecognizedEntityCredential'], name: NAMES.registry, issuer: did,
    validFrom: '2025-01-01T00:00:00Z', validUntil: '2095-01-01T00:00:00Z',
    credentialSubject: [{ id: COLLEGE, type: 'RecognizedEntity', name: both, url: 'https://riverbend.example/' }],
  }, LIST_KEY, didKeyMethod(did));
}

// The issuer's site.
function network(names) {
  const key = program(SIGN, [seed(COLLEGE_KEY)]).toString().trim();
  const did = { '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'], id: COLLEGE,
    assertionMethod: [method[COLLEGE_KEY]],
    verificationMethod: [{ id: method[COLLEGE_KEY], type: 'Multikey', controller: COLLEGE, publicKeyMultibase: key }] };
  file('did.json', JSON.stringify(did));
  const urls = { 'https://riverbend.example/.well-known/did.json': { file: 'did.json' } };
  for (const [name, set, purpose] of [['clear', false], ['set', true], ['suspended', true, 'suspension']]) {
    file(`status-${name}.json`, JSON.stringify(statusList(name, set, purpose)));
    urls[`https://riverbend.example/status/${name}`] = { file: `status-${name}.json` };
  }
  for (const name of names) urls[`${LINKS}/${name}`] = { file: name };
  return urls;
}

// Real credentials of other issuers by format, where ../shared is present, and the network that answers for them.
function others() {
  const corpus = join(process.env.CAIRN_CONFORMANCE || join(ROOT, '../shared/conformance'), 'ob3');
  if (!existsSync(corpus)) return { real: {}, options: [] };
  const real = { json: 'simple.json', png: 'simple-json.png', svg: 'simple-json.svg' };
  return {
    real: Object.fromEntries(Object.entries(real).map(([format, name]) => [format, join(corpus, '1edtech', name)])),
    options: ['--url-map', join(corpus, 'url-map.json')],
  };
}

// Writes all of it; {path(name), text(name), real, options}, where `options` are those of `cairn serve`.
export function makeFixtures() {
  const all = credentials(), { real, options } = others();
  for (const [name, bytes] of Object.entries(all)) file(name, bytes);
  const map = file('url-map.json', JSON.stringify({ urls: network(Object.keys(all)) }));
  const list = file('registry.json', JSON.stringify(registry()));
  return {
    path: (name) => join(folder, name),
    text: (name) => readFileSync(join(folder, name), 'utf8'),
    real,
    options: ['--url-map', map, '--registry', list, ...options],
  };
}
