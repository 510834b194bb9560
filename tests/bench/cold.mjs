// SPDX-License-Identifier: Apache-2.0
// usage: node cold.mjs FOLDER: verifies FOLDER/badge.json and its status once, and ends: 0 where it is verified.
import * as vc from '@digitalbazaar/vc';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {documentLoader, documents, must, now, reader} from './world.mjs';

const read = reader(process.argv[2]), suite = new DataIntegrityProof({cryptosuite});
const list = JSON.parse(read('status.json'));
documents.set(list.id, list);
must(await vc.verifyCredential({credential: JSON.parse(read('badge.json')), suite, documentLoader, now,
  checkStatus: given => checkStatus({...given, documentLoader, suite})}));
