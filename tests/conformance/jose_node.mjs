// SPDX-License-Identifier: Apache-2.0
// usage: node jose_node.mjs CAIRN JOSE_LINES
//
// JWTs and SD-JWTs with the npm packages jose and @sd-jwt/core, both ways and without network: what one signs the other
// verifies and reads alike, all of it or a part; what was changed both refuse. Speaks TAP; does nothing where the packages
// are not installed.
import {createHash, randomBytes} from 'node:crypto';
import {execFileSync, spawnSync} from 'node:child_process';
import {isDeepStrictEqual} from 'node:util';

const [cairn, lines] = process.argv.slice(2);
const [jose, sdjwt] = await Promise.all(['jose', '@sd-jwt/core'].map(name => import(name).catch(() => null)));
if(!jose || !sdjwt) {
  console.log('1..0 # SKIP the packages are not installed: tools/install test');
  process.exit(0);
}
const {SDJwtInstance} = sdjwt.SDJwtInstance ? sdjwt : sdjwt.default;

// ---- TAP ----

let n = 0;
function result(name, problem) {
  n++;
  console.log(`${problem ? 'not ok' : 'ok'} ${n} - ${name}`);
  if(problem) console.log(`# ${String(problem.stack ?? problem).split('\n').join('\n# ')}`), process.exitCode = 1;
}

async function check(name, run) {
  try { result(name, await run()); } catch(error) { result(name, error); }
}

async function refused(run) {
  try { await run(); } catch{ return ''; }
  return 'was accepted';
}

// ---- Helpers ----

const hasher = (data, alg) => new Uint8Array(createHash(alg.replace('-', '')).update(data).digest());
const base64url = bytes => Buffer.from(bytes).toString('base64url');
const algorithm = jwk => ({Ed25519: 'EdDSA', 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512'})[jwk.crv];
const same = (got, wanted) => isDeepStrictEqual(got, wanted) ? '' : `got ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`;

// A letter of the signature, not the last one, whose bits need not count.
function changed(token) {
  const at = token.split('~')[0].length - 5;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}

async function verifierOf(jwk) {
  const key = await jose.importJWK(jwk, algorithm(jwk));
  return async (data, signature) => {
    try { await jose.compactVerify(`${data}.${signature}`, key); } catch{ return false; }
    return true;
  };
}

async function signerOf(key, alg) {
  return async data => {
    const [header, payload] = data.split('.');
    const jws = await new jose.CompactSign(Buffer.from(payload, 'base64url'))
      .setProtectedHeader(JSON.parse(Buffer.from(header, 'base64url'))).sign(key);
    if(!jws.startsWith(`${data}.`)) throw new Error(`the header was written anew for ${alg}`);
    return jws.split('.')[2];
  };
}

function ours(token, ...options) {
  const done = spawnSync(cairn, ['verify', '--json', '--offline', '--at', '2026-06-01', ...options, '-'],
    {input: token, encoding: 'utf8'});
  return JSON.parse(done.stdout);
}

// ---- Ours, judged by them ----

for(const {jwk, document, jwt, sd, shown} of execFileSync(lines, {encoding: 'utf8'}).trim().split('\n').map(JSON.parse)) {
  const alg = algorithm(jwk), key = await jose.importJWK(jwk, alg);
  await check(`${alg}: jose verifies a JWT of ours`, async () => {
    const {payload, protectedHeader} = await jose.compactVerify(jwt, key);
    const {iat, ...rest} = JSON.parse(new TextDecoder().decode(payload));
    return same(rest, document) || same([iat, protectedHeader.typ, protectedHeader.cty], [1767225600, 'vc+jwt', 'vc']);
  });
  await check(`${alg}: jose refuses it changed`, () => refused(() => jose.compactVerify(changed(jwt), key)));

  const verifier = await verifierOf(jwk);
  const instance = new SDJwtInstance({hasher, hashAlg: 'sha-256', verifier, kbVerifier: verifier, saltGenerator: () => 's'});
  const claims = async token => {
    const {iat, cnf, ...rest} = await instance.getClaims(token);
    return rest;
  };
  await check(`${alg}: @sd-jwt/core verifies an SD-JWT of ours and reads all of it`, async () => {
    await instance.verify(sd);
    return same(await claims(sd), document);
  });
  await check(`${alg}: and a part of it, bound by its holder`, async () => {
    const {kb} = await instance.verify(shown, {keyBindingNonce: 'n-1'});
    const {name, credentialSubject: {id, alumniOf}, ...rest} = structuredClone(document);
    return same(await claims(shown), {...rest, credentialSubject: {alumniOf: [alumniOf[0]]}}) ||
      same(kb?.payload.aud, 'https://verifier.example');
  });
  await check(`${alg}: and refuses it changed, or for another nonce`, async () =>
    await refused(() => instance.verify(changed(sd))) ||
    await refused(() => instance.verify(shown, {keyBindingNonce: 'n-2'})));
}

// ---- Theirs, judged by us ----

const credential = issuer => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'],
  type: ['VerifiableCredential'], issuer, validFrom: '2025-01-01T00:00:00Z', name: 'Études',
  credentialSubject: {id: 'urn:uuid:0d8b', alumniOf: [{id: 'urn:x:1', name: 'North'}, {id: 'urn:x:2', name: 'South'}]}});

for(const alg of ['EdDSA', 'ES256', 'ES384', 'ES512']) {
  const {privateKey, publicKey} = await jose.generateKeyPair(alg, {crv: 'Ed25519', extractable: true});
  const jwk = await jose.exportJWK(publicKey), did = `did:jwk:${base64url(JSON.stringify(jwk))}`, kid = `${did}#0`;
  const document = credential(did);
  const token = await new jose.CompactSign(Buffer.from(JSON.stringify(document))).setProtectedHeader({alg, kid, typ: 'vc+jwt'})
    .sign(privateKey);
  await check(`${alg}: a JWT of jose verifies here`, () => {
    const report = ours(token);
    return same([report.verdict, report.proof], ['verified', true]);
  });
  await check(`${alg}: and does not, changed`, () => same(ours(changed(token)).proof, false));

  const signer = await signerOf(privateKey, alg), verifier = await verifierOf(jwk);
  const instance = new SDJwtInstance({hasher, hashAlg: 'sha-256', signer, signAlg: alg, verifier, kbSigner: signer, kbSignAlg: alg,
    kbVerifier: verifier, saltGenerator: length => base64url(randomBytes(length))});
  const frame = {_sd: ['name'], _sd_decoy: 2, credentialSubject: {_sd: ['id'], alumniOf: {_sd: [0, 1], 0: {_sd: ['name']}}}};
  const issued = await instance.issue({...document, cnf: {jwk}}, frame, {header: {typ: 'vc+sd-jwt', kid}});
  await check(`${alg}: an SD-JWT of @sd-jwt/core verifies here`, () => {
    const report = ours(issued);
    return same([report.verdict, report.proof, report.credential.disclosed, report.credential.withheld],
      ['verified', true, 5, 2]);
  });
  const shown = await instance.present(issued, {name: true},
    {kb: {payload: {iat: 1767225600, aud: 'https://verifier.example', nonce: 'n-1'}}});
  await check(`${alg}: a part of it, bound by its holder, too`, () => {
    const report = ours(shown, '--challenge', 'n-1', '--domain', 'https://verifier.example');
    const holder = report.steps.find(({id}) => id === 'holder');
    return same([report.verdict, holder.outcome, report.credential.disclosed, report.credential.name],
      ['verified', 'pass', 1, 'Études']);
  });
  await check(`${alg}: and not for another nonce, or changed`, () => {
    const other = ours(shown, '--challenge', 'n-2').steps.find(({id}) => id === 'holder');
    return same([other.problem, ours(changed(shown)).proof], ['challenge-mismatch', false]);
  });
}
console.log(`1..${n}`);
