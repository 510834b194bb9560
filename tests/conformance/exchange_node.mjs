// SPDX-License-Identifier: Apache-2.0
// usage: node exchange_node.mjs CORPUS PROGRAM [ARGUMENT]...
// Achievements in other formats as others see them: jsonld.js expands each in safe mode, and loses nothing of it;
// the published schemas of Open Badges 3.0 (with ajv; from CORPUS, where they are) accept a credential of each that
// says what the schema demands. Speaks TAP.
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2019.js';
import jsonld from 'jsonld';

const [corpus, program, ...args] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../', import.meta.url));
const lines = execFileSync(program, args, {encoding: 'utf8', maxBuffer: 1 << 30}).trimEnd().split('\n').map(line => JSON.parse(line));
const index = JSON.parse(readFileSync(join(root, 'data/contexts/index.json')));

async function documentLoader(url) {
  if(!index[url]) throw new Error(`no network: ${url}`);
  const {package: name, path, file} = index[url];
  const full = name ? join(root, 'node_modules', name, path) : join(root, 'data/contexts', file);
  const document = full.endsWith('.js') ? (await import(pathToFileURL(full))).default : JSON.parse(readFileSync(full));
  return {documentUrl: url, document};
}

const schemaFile = join(corpus, 'ob3/net/schemas/ob_v3p0_achievementcredential_schema.json');
let valid = null;
if(existsSync(schemaFile)) {
  const ajv = new Ajv({strict: false, allErrors: true, validateFormats: true});
  addFormats(ajv);
  valid = ajv.compile(JSON.parse(readFileSync(schemaFile)));
}

// The schema's own demands of an Achievement: what is made up may leave them out, what can be published may not.
const demanded = a => ['id', 'name', 'description'].every(key => typeof a[key] === 'string') && typeof a.criteria === 'object';
const isJudged = l => l.format === 'ob3' && (l.valid || demanded(l.document));

const credential = achievement => ({
  '@context': achievement['@context'], id: 'https://cairn.example/credentials/1',
  type: ['VerifiableCredential', 'OpenBadgeCredential'], issuer: {id: 'https://cairn.example/issuers/1', type: ['Profile']},
  validFrom: '2026-06-01T00:00:00Z', name: 'x',
  credentialSubject: {type: ['AchievementSubject'], achievement: {...achievement, '@context': undefined}},
});
const plain = value => JSON.parse(JSON.stringify(value));

let done = 0, failed = 0, judged = 0;
function tell(good, name, why) {
  console.log(`${good ? 'ok' : 'not ok'} ${++done} - ${name}`);
  if(!good) { failed++; console.log(`# ${String(why).slice(0, 600)}`); }
}

const formats = Map.groupBy ? Map.groupBy(lines, l => l.format)
  : lines.reduce((m, l) => m.set(l.format, [...(m.get(l.format) ?? []), l]), new Map());
for(const [format, all] of formats) {
  const wrong = [];
  for(const {name, document} of all) {
    try {
      const expanded = await jsonld.expand(document, {documentLoader, safe: true});
      const rest = JSON.stringify(document).includes('"cairnRest"'), kept = JSON.stringify(expanded).includes('urn:cairn:exchange:rest');
      if(rest !== kept) wrong.push(`${name}: what the format cannot say is gone`);
    } catch(e) {
      wrong.push(`${name}: ${JSON.stringify(e.details?.event ?? e.message)}`);
    }
  }
  tell(!wrong.length, `${format}: jsonld.js expands ${all.length} in safe mode`, wrong.slice(0, 3).join('\n# '));
}
if(valid) {
  const wrong = [];
  for(const {name, document} of lines.filter(isJudged)) {
    judged++;
    if(!valid(plain(credential(document)))) wrong.push(`${name}: ${JSON.stringify(valid.errors[0])}`);
  }
  tell(judged > lines.filter(l => l.format === 'ob3').length / 2 && !wrong.length, `ob3: the published schema accepts ${judged}`, wrong.slice(0, 3).join('\n# '));
  const broken = plain(credential(lines.find(isJudged).document));
  broken.credentialSubject.achievement.criteria = 'text';
  tell(!valid(broken), 'ob3: the schema refuses criteria that are no object');
} else {
  console.log(`ok ${++done} - ob3: the published schema # SKIP it is not there`);
}
console.log(`1..${done}`);
process.exit(failed ? 1 : 0);
