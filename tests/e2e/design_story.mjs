// SPDX-License-Identifier: Apache-2.0
// The story of one micro-credential before it can be awarded, told with the pages: four organisations, a draft that
// fails a framework's check and is mended, two endorsements of which one is revoked, a review with one return, an
// approval, an award; a new version beside it; and an approval that lapses. Tests look at each page: at(page, name).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { CAIRN, newVisitor } from './harness.mjs';
import { fold, words } from './words.mjs';

const MAIN = {
  college: { en: 'Larch Valley College', fr: 'Collège du Val-des-Mélèzes' },
  employer: { en: 'Ledger Works', fr: 'Ateliers du Grand-Livre' },
  association: { en: 'Bookkeepers’ Council', fr: 'Conseil des aide-comptables' },
  body: { en: 'Northern Quality Board', fr: 'Bureau de la qualité du Nord' },
};
const PACK = 'on-ecampus-2020', FAULTS = ['ON-F-02', 'ON-F-03', 'ON-F-04'], KEY = 'N-1001', DAY = 86_400_000;

const TEXTS = {
  name: { en: 'Closing a month', fr: 'Clôturer un mois' },
  description: { en: 'Closes a month of a small firm.', fr: 'Clôture le mois d’une petite entreprise.' },
  criteria: { en: 'Closes a month of **made-up papers** in two hours.', fr: 'Clôture un mois de **pièces fictives** en deux heures.' },
  outcomes: { en: 'Reconciles an account\nExplains a difference', fr: 'Rapproche un compte\nExplique un écart' },
};
const CHANGED = { en: 'Closes a month of a small firm, and says what it means.', fr: 'Clôture le mois d’une petite entreprise, et dit ce que cela signifie.' };
const HEAD = { en: 'Student number,Name,E-mail,Language,Result,Assessed on', fr: 'Matricule,Nom,Courriel,Langue,Note,Date d’évaluation' };
const LABEL = { en: 'reconcile accounts', fr: 'rapprocher des comptes' };
const SCOPE = { en: 'Bookkeepers in Atlantic Canada', fr: 'Aide-comptables de l’Atlantique' };
const REASON = { en: 'The description does not say for whom.', fr: 'La description ne dit pas pour qui.' };
const MENDED = { en: 'Closes a month of a small firm, for its owner.', fr: 'Clôture le mois d’une petite entreprise, pour sa propriétaire.' };

// As a designer has it on file: no competencies, nothing of what kind the outcomes are, no summative assessment.
const DESIGN = {
  credential_type: 'micro-credential', award_basis: 'proficiency', credit_bearing: false,
  hours: { total: 40, contact: 20, instructional: 20 }, duration_weeks: 6,
  assessment: { types: ['project'], summative: false, attendance_only: false },
  transcript_entry: { en: 'Closing a month (40 h)', fr: 'Clôture d’un mois (40 h)' },
  stackability: { kind: 'stackable', pathway_note: { en: 'Counts towards Bookkeeping.', fr: 'Compte pour Tenue de livres.' } },
  classification: { cip: '52.0302', noc: ['12200'] },
};

// Texts in the other language that may stand on pages where they are marked as such: what people wrote.
export function ownTexts(language) {
  const other = language === 'fr' ? 'en' : 'fr';
  const both = [...Object.values(TEXTS), ...Object.values(MAIN), CHANGED, MENDED, SCOPE, REASON, LABEL,
    DESIGN.transcript_entry, DESIGN.stackability.pathway_note];
  return both.flatMap((one) => one[other].split('\n').flatMap((line) => [line, line.replaceAll('**', '')]));
}

// ---- What a person does ----

async function answered(page, act, expected) {
  const [answer] = await Promise.all([page.waitForNavigation(), act]);
  assert.equal(answer.status(), expected, `${page.url()}: ${await text(page)}`);
}

// The main button where there are several.
async function submit(page, form, expected = 200) {
  const main = page.locator(form).locator('button.govuk-button[type=submit]:not([name=add])'), any = page.locator(form).locator('button[type=submit]');
  await answered(page, (await main.count() ? main : any).first().click(), expected);
}

const follow = (page, link) => answered(page, page.locator(link).first().click(), 200);

async function open(s, page, path, expected = 200) {
  const url = new URL(path, s.server.origin);
  url.searchParams.set('lang', s.language);
  const answer = await page.goto(url.href);
  assert.equal(answer.status(), expected, url.href);
}

const text = async (page, selector = 'main') => fold(await page.locator(selector).first().innerText());

async function says(page, ...expected) {
  const all = await text(page);
  for (const one of expected) assert.ok(all.includes(one), `"${one}" is not in: ${all}`);
}

async function saysNot(page, ...unexpected) {
  const all = await text(page);
  for (const one of unexpected) assert.ok(!all.includes(one), `"${one}" is in: ${all}`);
}

async function write(page, both, field) {
  for (const [language, value] of Object.entries(both)) await page.fill(`#${field}-${language}`, value);
}

const day = (days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

function cairn(s, ...args) {
  const done = spawnSync(CAIRN, [...args, '--db', s.server.database], { encoding: 'utf8', timeout: 60_000 });
  assert.equal(done.status, 0, `cairn ${args.join(' ')}: ${done.stderr}`);
  return done.stdout.trim();
}

const home = (s, who) => `/organisations/${s.organisations[who]}`;
const achievement = (s) => `${home(s, 'college')}/achievements/${s.achievement}`;
const review = (s) => `${home(s, 'body')}/reviews/${s.achievement}`;
const award = (s) => `${home(s, 'college')}/awards`;

// ---- The chapters, in order ----

// The operator adds them; who looks after each comes in by a mail.
async function arrive(s) {
  s.organisations = {};
  for (const [who, name] of Object.entries(MAIN)) {
    s.organisations[who] = cairn(s, 'organisation', 'add', '--name-en', name.en, '--name-fr', name.fr, '--administrator',
      `${who}@office.example`, '--lang', s.language).split(/\s/)[0];
    const page = s[who];
    for (let i = 0; i < 100; i++) {
      await open(s, page, '/mailbox');
      if (await page.locator(`main li:has-text("${who}@office.example") a`).count()) break;
    }
    await follow(page, `main li:has-text("${who}@office.example") a`);
    await s.at(page, `invitation-${who}`);
    // The command does not know at which address a demonstration is reached.
    await open(s, page, /\/sign-in\/link\/[\w-]+/.exec(await text(page))[0]);
    await submit(page, 'form[action^="/sign-in/link"]');
    await open(s, page, home(s, who));
    await s.at(page, `organisation-${who}`);
  }
  cairn(s, 'organisation', 'set', s.organisations.body, '--quality-body', 'yes');
  await open(s, s.college, `${home(s, 'college')}/profile`);
  await s.college.selectOption('#type', 'institution');
  await s.at(s.college, 'profile');
  await submit(s.college, 'form[action*="/profile"]');
}

// The quality body says who may provide and who may endorse.
async function register(s) {
  for (const [who, purpose] of [['college', 'provide'], ['employer', 'endorse'], ['association', 'endorse']]) {
    await open(s, s.body, `${home(s, 'body')}/scopes/new`);
    if (who === 'college') {
      await submit(s.body, 'form[action*="/scopes"]', 422);
      await s.at(s.body, 'scope-error');
    }
    await s.body.selectOption('#to', s.organisations[who]);
    await s.body.check(`#purpose-${purpose}`);
    await submit(s.body, 'form[action*="/scopes"]');
    await s.at(s.body, `scopes-${who}`);
  }
  await open(s, s.college, `${home(s, 'college')}/scopes`);
  await says(s.college, MAIN.body[s.language]);
}

async function draft(s) {
  const page = s.college;
  await open(s, page, `${home(s, 'college')}/achievements/new`);
  for (const [field, both] of Object.entries(TEXTS)) await write(page, both, field);
  await submit(page, 'form[action*="/achievements/new"]');
  s.achievement = new URL(page.url()).pathname.split('/').at(-1);
  await follow(page, 'main a[href*="/design"]');
  await s.at(page, 'design-empty');
  await follow(page, 'main a[href*="/design/fill"]');
  await s.at(page, 'design-fill');
  await page.setInputFiles('#file', { name: 'design.json', mimeType: 'application/json', buffer: Buffer.from('{"hours": {"total": "x"}}') });
  await submit(page, 'form[action*="/design/fill"]', 422);
  await s.at(page, 'design-fill-error');
  await page.setInputFiles('#file', { name: 'design.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(DESIGN)) });
  await submit(page, 'form[action*="/design/fill"]');
  await s.at(page, 'design');
}

const outcomeOf = async (s, rule) => text(s.college, `.cairn-rule-item:has-text("${rule}") .cairn-came`);

async function check(s) {
  await open(s, s.college, `${achievement(s)}/check?pack=${PACK}`);
}

// What the framework misses is a link to where it is mended.
const mendLink = (rule) => `.cairn-rule-item:has-text("${rule}") .cairn-rule-item__mend a`;

async function fails(s) {
  await open(s, s.college, `${achievement(s)}/check`);
  await s.at(s.college, 'check-all');
  await check(s);
  await s.at(s.college, 'check');
  for (const rule of FAULTS) assert.equal(await outcomeOf(s, rule), s.t('rule-outcome.fail'), rule);
  assert.equal(await outcomeOf(s, 'ON-P-02'), s.t('rule-outcome.pass'));
}


// Each fault is mended where its link leads.
async function mend(s) {
  const page = s.college;
  await check(s);
  await follow(page, mendLink('ON-F-04'));
  await s.at(page, 'design-assessment');
  await page.check('input[name="assessment.summative"][value=yes]');
  await submit(page, 'form[action*="/design/"]');
  await check(s);
  await follow(page, mendLink('ON-F-03'));
  await s.at(page, 'design-outcomes');
  for (const [i, kind] of ['skill', 'knowledge'].entries()) await page.selectOption(`[name="outcome_alignment.${i}.kind"]`, kind);
  await page.fill('[name="competencies.0.framework"]', 'ESCO');
  await page.fill('[name="competencies.0.uri"]', 'http://data.europa.eu/esco/skill/a-made-up-one');
  for (const [language, label] of Object.entries(LABEL)) await page.fill(`[name="competencies.0.label.${language}"]`, label);
  await submit(page, 'form[action*="/design/"]');
  await check(s);
  await s.at(page, 'check-mended');
  for (const rule of FAULTS) assert.equal(await outcomeOf(s, rule), s.t('rule-outcome.pass'), rule);
}

// The institution asks both; one confirms both things, the other one of them alone.
async function endorse(s) {
  for (const who of ['employer', 'association']) {
    await open(s, s.college, `${achievement(s)}/endorsements`);
    await s.college.selectOption('#whom', s.organisations[who]);
    await submit(s.college, 'form[action*="/endorsements"]:has(#whom)');
    await s.at(s.college, `asked-${who}`);
    const page = s[who];
    await open(s, page, `${home(s, who)}/endorsements`);
    await s.at(page, `requests-${who}`);
    await follow(page, 'main a[href*="/requests/"]');
    await s.at(page, `endorse-${who}`);
    await submit(page, '#form', 422);
    await s.at(page, `endorse-error-${who}`);
    await page.locator('input[name=claim][value^="in_demand"]').first().check();
    if (who === 'employer') await page.locator('input[name=claim][value^="assessment_reflects_job"]').check();
    await write(page, SCOPE, 'scope');
    await submit(page, '#form');
    await s.at(page, `endorsed-${who}`);
  }
  await open(s, s.college, achievement(s));
  await s.at(s.college, 'achievement-endorsed');
  await says(s.college, MAIN.employer[s.language], MAIN.association[s.language]);
  await check(s);
  assert.equal(await outcomeOf(s, 'ON-F-07'), s.t('rule-outcome.pass'));
  assert.equal(await outcomeOf(s, 'ON-F-08'), s.t('rule-outcome.fail'), 'every endorsement has to state both');
}

// The one that says too little is revoked: it counts no more.
async function revoke(s) {
  const page = s.association;
  await open(s, page, `${home(s, 'association')}/endorsements`);
  await follow(page, 'main a[href*="/revoke"]');
  await s.at(page, 'endorsement-revoke');
  await submit(page, 'form[action*="/revoke"]', 422);
  await s.at(page, 'endorsement-revoke-error');
  await page.locator('input[name=code]').first().check();
  await page.fill('#reason', REASON[s.language]);
  await submit(page, 'form[action*="/revoke"]');
  await s.at(page, 'endorsement-revoked');
  await check(s);
  assert.equal(await outcomeOf(s, 'ON-F-08'), s.t('rule-outcome.pass'));
  await open(s, s.college, achievement(s));
  await says(s.college, MAIN.association[s.language]); // its institution still sees that it was given
}

async function sendIn(s) {
  await open(s, s.college, achievement(s));
  await submit(s.college, 'form[action*="/submit"]');
}

async function takeUp(s) {
  await open(s, s.body, `${home(s, 'body')}/reviews`);
  await s.at(s.body, 'reviews');
  await follow(s.body, `main a[href*="/reviews/${s.achievement}"]`);
  await submit(s.body, 'form[action*="/take"]');
}

async function approveIt(s) {
  await s.body.fill('#until', day(365)).catch(() => {});
  await submit(s.body, 'form[action*="/approve"]');
}

async function returned(s) {
  await sendIn(s);
  await s.at(s.college, 'submitted');
  await takeUp(s);
  await s.at(s.body, 'review');
  await submit(s.body, 'form[action*="/return"]', 422);
  await s.at(s.body, 'review-error');
  await s.body.fill('#reason', REASON[s.language]);
  await submit(s.body, 'form[action*="/return"]');
  await s.at(s.body, 'review-returned');
  await open(s, s.college, achievement(s));
  await s.at(s.college, 'returned');
  await says(s.college, REASON[s.language]);
}

async function approved(s) {
  await open(s, s.college, `${achievement(s)}/edit`);
  await write(s.college, MENDED, 'description'); // what was endorsed stays as it is
  await submit(s.college, 'form[action*="/edit"]');
  await sendIn(s);
  await takeUp(s);
  await approveIt(s);
  await s.at(s.body, 'review-approved');
}

async function publishIt(s, version) {
  await open(s, s.college, achievement(s));
  await s.at(s.college, `approved-${version}`);
  await submit(s.college, 'form[action*="/publish"]');
  await s.at(s.college, `published-${version}`);
  await open(s, s.stranger, `/achievements/${s.achievement}/versions/${version}`);
  await s.at(s.stranger, `public-${version}`);
}

async function publish(s) {
  await publishIt(s, 1);
  await says(s.stranger, MAIN.employer[s.language]);
  await saysNot(s.stranger, MAIN.association[s.language]);
}

async function upload(s, key, expected = 200) {
  const page = s.college;
  await open(s, page, `${award(s)}/upload`);
  const rows = `${HEAD[s.language]}\n${key},Zoé Roy,zoe.roy@learner.example,${s.language},85 %,${day(-1)}\n`;
  await page.setInputFiles('#file', { name: 'x-12.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
  await submit(page, 'form[action*="/awards/upload"]', expected);
}

async function confirm(s) {
  const page = s.college;
  await submit(page, 'form[action*="/confirm"]');
  const path = new URL(page.url()).pathname;
  for (let i = 0; i < 200 && !await page.locator('main a[href*="/awards/upload"]').count(); i++) {
    await new Promise((later) => { setTimeout(later, 100); });
    await open(s, page, path);
  }
}

async function give(s) {
  await upload(s, KEY);
  await confirm(s);
  await open(s, s.college, award(s));
  await follow(s.college, 'main a:has-text("Zoé Roy")');
  s.award = new URL(s.college.url()).pathname;
  await s.at(s.college, 'award-1');
  await says(s.college, s.t('award.edition', 1));
}

// A second version: what changed is shown, and the award keeps the first.
async function again(s) {
  await open(s, s.college, `${achievement(s)}/edit`);
  await write(s.college, CHANGED, 'description');
  await submit(s.college, 'form[action*="/edit"]');
  await sendIn(s);
  await takeUp(s);
  await approveIt(s);
  await publishIt(s, 2);
  await open(s, s.college, achievement(s));
  await follow(s.college, 'main a[href*="/changes"]');
  await s.at(s.college, 'changes');
  assert.ok(await s.college.locator('main ins').count(), 'nothing is marked as new');
  await open(s, s.college, s.award);
  await s.at(s.college, 'award-old');
  await says(s.college, s.t('award.edition.old', 1, 2));
}

// The day comes, as a database a year older would have it. Nobody changes the dates of an approval: the database's guard
// is taken away for that, and put back.
async function lapsed(s) {
  const sql = 'import sqlite3, sys, time; d = sqlite3.connect(sys.argv[1], timeout=10); '
    + 'g = d.execute("SELECT sql FROM sqlite_schema WHERE name = ?", ("approval_stays",)).fetchone()[0]; '
    + 'd.execute("DROP TRIGGER approval_stays"); '
    + 'n = d.execute("UPDATE approval SET until_at = ?", (int(time.time()) - 86400,)).rowcount; d.execute(g); '
    + 'd.commit(); print(n)';
  const done = spawnSync('python3', ['-c', sql, s.server.database], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  assert.ok(Number(done.stdout) > 0);
  await open(s, s.college, achievement(s));
  await s.at(s.college, 'lapsed');
  await upload(s, 'N-1002');
  await s.at(s.college, 'award-refused');
  await says(s.college, s.t('flow.refused'));
  assert.equal(await s.college.locator('form[action*="/confirm"]').count(), 0, 'it can be awarded without an approval');
  await open(s, s.college, s.award); // what was awarded stays
  await says(s.college, 'Zoé Roy');
}

export const CHAPTERS = {
  'four organisations arrive': arrive,
  'a quality body registers a provider and two endorsers': register,
  'a draft is filled from a file': draft,
  'a framework finds three faults': fails,
  'they are mended where the links lead': mend,
  'two endorse it': endorse,
  'one endorsement is revoked': revoke,
  'it is submitted, and returned with reasons': returned,
  'it is submitted again and approved': approved,
  'it is published': publish,
  'it is awarded': give,
  'a new version, and the old award keeps the old one': again,
  'the approval lapses, and nothing is awarded': lapsed,
};

// Who is in the story, each with a browser of their own. at: async (page, name).
export async function begin({ browser, server, language, at, options = {} }) {
  const s = { server, language, at, t: words(language), visitors: [] };
  for (const who of [...Object.keys(MAIN), 'stranger']) {
    const visitor = await newVisitor(browser, server, language, { signsIn: who !== 'stranger', ...options });
    s.visitors.push(visitor);
    s[who] = await visitor.newPage();
  }
  s.finish = async () => { for (const visitor of s.visitors) await visitor.finish(); };
  return s;
}
