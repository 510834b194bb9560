// SPDX-License-Identifier: Apache-2.0
// The story of one micro-credential, told with the pages as people use them: defined and published, awarded from a
// file, claimed, shown, taken away, verified, revoked. Tests look at each page where it stands: at(page, name).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { newVisitor } from './harness.mjs';
import { fold, words } from './words.mjs';
import { has, verify } from './pages.mjs';

const PROGRESS_LOOKS = 200, ADMINISTRATOR = 'maya@cedarbay.example';

// What is awarded, as its designer writes it.
export const ACHIEVEMENT = {
  name: { en: 'Reading a river', fr: 'Lire une rivière' },
  description: {
    en: 'Reads the current, the banks and the weather, and chooses a safe line for a canoe.',
    fr: 'Lit le courant, les rives et la météo, puis choisit une trajectoire sûre pour un canot.',
  },
  criteria: {
    en: 'Chooses **three lines** under the eyes of an assessor.',
    fr: 'Choisit **trois trajectoires** devant une personne évaluatrice.',
  },
  outcomes: { en: 'Names the signs of shallow water\nPlans a way out', fr: 'Nomme les signes de hauts-fonds\nPrévoit une sortie' },
};

// Who gets it, and the file as a spreadsheet program of that language saves it: the second row has no @.
const LEARNERS = {
  en: {
    name: 'Inès Okafor', email: 'ines.okafor@learner.example', mended: 'tom.hill@learner.example',
    file: 'river.csv', decision: { method: 'Observed on the water', assessor: 'R. Cardinal' },
    reason: 'A clerical slip in the register',
    rows: 'Student number,Name,E-mail,Language,Result\nN-1001,Inès Okafor,ines.okafor@learner.example,en,92 %\n'
      + 'N-1002,Tom Hill,tom.hill,en,81 %\n',
  },
  fr: {
    name: 'Élodie Kanapé', email: 'elodie.kanape@apprenante.example', mended: 'luc.roy@apprenante.example',
    file: 'rivière.csv', decision: { method: 'Observation en eau vive', assessor: 'R. Cardinal' },
    reason: 'Une erreur de saisie au registre',
    rows: 'Matricule;Nom;Courriel;Langue;Note\nN-1001;Élodie Kanapé;elodie.kanape@apprenante.example;fr;92 %\n'
      + 'N-1002;Luc Roy;luc.roy;fr;81 %\n',
  },
};

// Texts in the other language that may stand on pages where they are marked as such: what the designer wrote.
export function ownTexts(language) {
  const other = language === 'fr' ? 'en' : 'fr';
  return Object.values(ACHIEVEMENT).flatMap((both) => [both[other], both[other].replaceAll('**', '')]);
}

// ---- What a person does ----

async function submit(page, form, expected = 200) {
  const [answer] = await Promise.all([page.waitForNavigation(), page.locator(form).locator('button[type=submit]').click({ timeout: 10_000 })]);
  assert.equal(answer.status(), expected, page.url());
}

async function follow(page, link) {
  const [answer] = await Promise.all([page.waitForNavigation(), page.locator(link).first().click({ timeout: 10_000 })]);
  assert.equal(answer.status(), 200, page.url());
}

async function open(s, page, path, expected = 200) {
  const url = new URL(path, s.server.origin);
  url.searchParams.set('lang', s.language);
  const answer = await page.goto(url.href);
  assert.equal(answer.status(), expected, url.href);
}

// Goes on with the Tab key until the focus is there.
async function tabTo(page, selector) {
  for (let i = 0; i < 100; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`the Tab key never reaches ${selector} on ${page.url()}`);
}

async function press(page, selector, key = 'Enter', expected = 200) {
  await tabTo(page, selector);
  const [answer] = await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
  assert.equal(answer.status(), expected, page.url());
}

const text = async (page, selector = 'main') => fold(await page.locator(selector).first().innerText());

async function says(page, ...expected) {
  const has = await text(page);
  for (const one of expected) assert.ok(has.includes(one), `"${one}" is not in: ${has}`);
}

// The newest mail to an address, in the mailbox of the demonstration.
async function openMail(s, page, to) {
  await open(s, page, '/mailbox');
  await s.at(page, 'mailbox');
  await follow(page, `main li:has-text("${to}") a, main tr:has-text("${to}") a`);
}

const linkIn = async (page) => new URL(await page.locator('main a[href*="/claim/"]').first().getAttribute('href'), page.url()).href;

export async function claimLink(s, to) {
  await openMail({ ...s, at: () => {} }, s.reader, to);
  return linkIn(s.reader);
}

// ---- The chapters, in order ----

// The administrator by mail.
async function signIn(s) {
  const page = s.designer;
  await open(s, page, '/sign-in');
  await s.at(page, 'sign-in');
  await page.fill('#email', 'nobody');
  await submit(page, 'form[action^="/sign-in"]', 422);
  await s.at(page, 'sign-in-error');
  await page.fill('#email', ADMINISTRATOR);
  await submit(page, 'form[action^="/sign-in"]');
  await s.at(page, 'sign-in-code');
  await page.fill('#code', 'AAAAA-AAAAA');
  await submit(page, 'form[action^="/sign-in/code"]', 422);
  await s.at(page, 'sign-in-code-error');
  await openMail(s, page, ADMINISTRATOR);
  await s.at(page, 'mail-sign-in');
  const link = await page.locator('main a[href*="/sign-in/link/"]').first().getAttribute('href');
  await follow(page, 'main a[href*="/sign-in/link/"]');
  await s.at(page, 'sign-in-link');
  await submit(page, 'form[action^="/sign-in/link"]');
  await s.at(page, 'organisations');
  await open(s, s.stranger, link, 410);
  await s.at(s.stranger, 'sign-in-used');
}

// Who issues, by the link that the demonstration prints.
async function enter(s) {
  await open(s, s.issuer, await s.server.says(/issuer .* (http\S+)/));
  await submit(s.issuer, 'form[action^="/sign-in/link"]');
  await follow(s.issuer, 'main a[href^="/organisations/"]');
  s.organisation = new URL(s.issuer.url()).pathname;
  await s.at(s.issuer, 'organisation-issuer');
  await open(s, s.designer, s.organisation);
  await s.at(s.designer, 'organisation');
}

async function define(s) {
  const page = s.designer;
  await follow(page, `main a[href*="/achievements"]`);
  await s.at(page, 'achievements');
  await follow(page, 'main a[href*="/achievements/new"]');
  await s.at(page, 'achievement-new');
  await page.fill('#months', 'x');
  await submit(page, 'form[action*="/achievements"]', 422);
  await s.at(page, 'achievement-error');
  await page.fill('#months', '24');
  await page.fill('#name-en', ACHIEVEMENT.name.en);
  await page.fill('#name-fr', ACHIEVEMENT.name.fr);
  await submit(page, 'form[action*="/achievements"]');
  await s.at(page, 'achievement-missing');
  await follow(page, 'main a[href*="/edit"]');
  for (const [field, both] of Object.entries(ACHIEVEMENT)) {
    for (const [language, value] of Object.entries(both)) await page.fill(`#${field}-${language}`, value);
  }
  await s.at(page, 'achievement-edit');
  await submit(page, 'form[action*="/edit"]');
  await s.at(page, 'achievement-draft');
  await follow(page, 'main a[href*="/image"]');
  await s.at(page, 'achievement-image');
  await submit(page, 'form:has(#image)', 422);
  await s.at(page, 'achievement-image-error');
}

async function publish(s) {
  const page = s.designer;
  await page.goBack();
  await follow(page, 'main a[href*="/achievements/"]');
  await submit(page, 'form[action*="/publish"]');
  await s.at(page, 'achievement-published');
  await says(page, s.t('achievement-done.published'), s.t('achievement.state.published', 1));
  s.version = await page.locator('main a[href*="/versions/1"]').first().getAttribute('href');
  await open(s, s.stranger, s.version);
  await s.at(s.stranger, 'achievement-public');
  await says(s.stranger, ACHIEVEMENT.name[s.language], ACHIEVEMENT.description[s.language]);
}

// ---- What industry says of it ----

const EMPLOYER = { en: 'Harbour Lane Bookkeeping', fr: 'Comptabilité de la rue du Havre' };
const WORK = { en: 'Canoe guides on slow rivers', fr: 'Guides de canot en eau calme' };

async function askEmployer(s, name) {
  await open(s, s.designer, s.achievement);
  await follow(s.designer, 'main a[href*="/achievements/"][href*="/endorsements"]');
  await s.at(s.designer, `${name}-ask`);
  await s.designer.selectOption('#whom', { label: EMPLOYER[s.language] });
  await submit(s.designer, 'form:has(#whom)');
  await s.at(s.designer, `${name}-asked`);
  await says(s.designer, s.t('endorsement-done.asked'), EMPLOYER[s.language]);
}

async function confirmEach(s, name) {
  const page = s.employer;
  await open(s, page, s.endorsements);
  await follow(page, 'main a[href*="/requests/"]');
  await s.at(page, `${name}-form`);
  await submit(page, '#form', 422);
  await s.at(page, `${name}-error`);
  for (const box of await page.locator('input[name=claim]').all()) await box.check();
  for (const [language, work] of Object.entries(WORK)) await page.fill(`#scope-${language}`, work);
  await submit(page, '#form');
  await s.at(page, `${name}-given`);
  await says(page, s.t('endorsement-done.given'), WORK[s.language]);
}

async function takeBack(s, name) {
  const page = s.employer;
  await open(s, page, s.endorsements);
  await follow(page, 'main a[href*="/revoke"]');
  await s.at(page, `${name}-revoke`);
  await submit(page, 'form:has(#reason)', 422);
  await s.at(page, `${name}-revoke-error`);
  await page.locator('input[name=code]').first().check();
  await page.fill('#reason', s.learner.reason);
  await submit(page, 'form:has(#reason)');
  await s.at(page, `${name}-revoked`);
  await says(page, s.t('endorsement-done.revoked'), s.t('endorsement.state.revoked'));
}

async function publicly(s, name, endorsed) {
  await open(s, s.stranger, s.version);
  await s.at(s.stranger, name);
  const shown = await text(s.stranger);
  assert.equal(shown.includes(EMPLOYER[s.language]), endorsed, shown);
  assert.equal(shown.includes(s.t('endorsement.state.verified')), endorsed, shown);
  if (endorsed) await says(s.stranger, s.t('endorsement-claim.assessment_reflects_job'), ACHIEVEMENT.outcomes[s.language].split('\n')[0]);
}

// The first endorsement is taken back, and counts no more; the second goes along with what is awarded.
async function endorse(s) {
  s.achievement = new URL(s.designer.url()).pathname;
  await open(s, s.employer, await s.server.says(/employer .* (http\S+)/));
  await submit(s.employer, 'form[action^="/sign-in/link"]');
  await follow(s.employer, 'main a[href^="/organisations/"]');
  await follow(s.employer, 'main a[href*="/endorsements"]');
  s.endorsements = new URL(s.employer.url()).pathname;
  await s.at(s.employer, 'endorsements');
  await askEmployer(s, 'endorsement');
  await confirmEach(s, 'endorsement');
  await publicly(s, 'achievement-endorsed', true);
  await takeBack(s, 'endorsement');
  await publicly(s, 'achievement-no-more-endorsed', false);
  await open(s, s.designer, s.achievement);
  await s.at(s.designer, 'achievement-endorsement-revoked');
  await says(s.designer, s.t('endorsement.state.revoked'));
  await askEmployer(s, 'endorsement-again');
  await confirmEach(s, 'endorsement-again');
  await publicly(s, 'achievement-endorsed-again', true);
}

// What is in the file stays there; whoever verifies it is told.
async function endorsementRevoked(s) {
  const before = await verify(s.stranger, s.server, s.language, file(s, 'json'));
  has(before, EMPLOYER[s.language]);
  has(before, s.t('result.part.verified'));
  await takeBack(s, 'endorsement-again');
  const after = await verify(s.stranger, s.server, s.language, file(s, 'json'));
  await s.at(s.stranger, 'verified-endorsement-revoked');
  assert.equal(after.heading, s.t('result.verified'));
  has(after, s.t('result.part.revoked'));
  await open(s, s.stranger, s.credential);
  await s.at(s.stranger, 'credential-endorsement-revoked');
}

// With the keyboard alone.
async function upload(s) {
  const page = s.issuer;
  await open(s, page, `${s.organisation}/awards`);
  await s.at(page, 'awards-none');
  await follow(page, 'main a[href*="/awards/upload"]');
  await s.at(page, 'upload');
  await press(page, 'form[action*="/awards/upload"] button', 'Enter', 422);
  await s.at(page, 'upload-error');
  await tabTo(page, '#version');
  for (let i = 0; i < 20 && !(await page.locator('#version option:checked').innerText()).includes(ACHIEVEMENT.name[s.language]); i++) {
    await page.keyboard.press('ArrowDown');
  }
  await tabTo(page, '#file');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles({ name: s.learner.file, mimeType: 'text/csv', buffer: Buffer.from(s.learner.rows) });
  await press(page, 'form[action*="/awards/upload"] button[type=submit]', 'Space');
  await s.at(page, 'preview-wrong');
  await says(page, s.learner.name);
  assert.equal(await page.locator('form[action*="/confirm"]').count(), 0, 'a file with a wrong row can be confirmed');
}

async function mend(s) {
  const page = s.issuer;
  await follow(page, 'main a[href*="/rows/"]');
  await s.at(page, 'row');
  await page.fill('#email', 'two@words @');
  const [answer] = await Promise.all([page.waitForNavigation(), page.locator('main form button[type=submit]').first().click()]);
  assert.ok([200, 422].includes(answer.status()));
  await s.at(page, 'row-error');
  await page.fill('#email', s.learner.mended);
  await submit(page, 'form:has(#email)');
  await s.at(page, 'preview');
  await page.fill('#date', '2026-05-28');
  await page.fill('#method', s.learner.decision.method);
  await page.fill('#assessor', s.learner.decision.assessor);
  await submit(page, 'form[action*="/decision"]');
  await s.at(page, 'preview-decision');
}

async function confirm(s) {
  const page = s.issuer;
  await press(page, 'form[action*="/confirm"] button', 'Enter');
  await s.at(page, 'progress');
  const path = new URL(page.url()).pathname;
  const finished = () => page.locator('main a[href*="/awards/upload"]').count();
  for (let i = 0; i < PROGRESS_LOOKS && !await finished(); i++) {
    await new Promise((later) => { setTimeout(later, 100); });
    await open(s, page, path);
  }
  assert.ok(await finished(), await text(page));
  await s.at(page, 'progress-done');
  await open(s, page, `${s.organisation}/awards`);
  await s.at(page, 'awards');
  await says(page, s.learner.name, ACHIEVEMENT.name[s.language]);
}

// A mail scanner looks before the learner does.
async function mail(s) {
  const page = s.reader;
  await openMail(s, page, s.learner.email);
  await s.at(page, 'mail-claim');
  await says(page, ACHIEVEMENT.name[s.language], s.learner.name);
  s.claim = new URL(await linkIn(page));
  const before = await stateOfAward(s);
  for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
    const answer = await s.stranger.context().request.fetch(s.claim.href, { method });
    assert.equal(answer.status(), 200, `${method} ${s.claim}`);
    assert.equal(answer.headers()['set-cookie'], undefined);
  }
  assert.equal(await stateOfAward(s), before);
}

// What its institution sees of the award.
async function stateOfAward(s) {
  await open(s, s.issuer, `${s.organisation}/awards`);
  await follow(s.issuer, `main a[href*="/awards/"]:has-text("${s.learner.name}")`);
  return text(s.issuer);
}

async function claim(s) {
  const page = s.holder;
  await s.at(s.issuer, 'award-waiting');
  s.award = new URL(s.issuer.url()).pathname;
  await open(s, s.stranger, `/credentials/${s.award.split('/').at(-1)}`);
  await s.at(s.stranger, 'credential-unclaimed');
  assert.ok(!(await s.stranger.content()).includes(s.learner.name), 'a name is shown before the claim');
  await page.goto(s.claim.href);
  await s.at(page, 'claim');
  await press(page, 'main form button', 'Enter');
  await s.at(page, 'credential-claimed');
  await says(page, s.learner.name, ACHIEVEMENT.name[s.language], s.t('credential.claimed'));
  s.credential = new URL(page.url()).pathname;
  await open(s, s.stranger, s.claim.pathname, 410);
  await s.at(s.stranger, 'claim-used');
  await open(s, s.stranger, '/claim');
  await s.at(s.stranger, 'claim-code');
  await s.stranger.fill('#code', 'AAAAA-AAAAA');
  await s.stranger.locator('main form button').click();
  await s.at(s.stranger, 'claim-code-error');
}

async function view(s) {
  await open(s, s.stranger, s.credential);
  await s.at(s.stranger, 'credential');
  await says(s.stranger, s.learner.name, ACHIEVEMENT.name[s.language]);
  assert.match(await s.stranger.locator('meta[name=robots]').getAttribute('content'), /noindex/);
  s.code = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(await text(s.stranger))[0];
  await open(s, s.stranger, '/check');
  await s.at(s.stranger, 'check');
  await s.stranger.fill('#code', s.code.toLowerCase().replace('-', ' '));
  await submit(s.stranger, 'main form');
  assert.equal(new URL(s.stranger.url()).pathname, s.credential);
  await open(s, s.holder, '/credentials');
  await s.at(s.holder, 'held');
  await open(s, s.holder, `${s.credential}/settings`);
  await s.at(s.holder, 'settings');
  await s.holder.check('#off');
  await submit(s.holder, 'form[action*="/settings"]');
  await s.at(s.holder, 'credential-off-holder');
  await open(s, s.stranger, s.credential, 404);
  await s.at(s.stranger, 'credential-off');
  assert.ok(!(await s.stranger.content()).includes(s.learner.name), 'a name is shown on a page that is switched off');
  await open(s, s.holder, `${s.credential}/settings`);
  await s.holder.check('#on');
  await submit(s.holder, 'form[action*="/settings"]');
}

// name -> bytes, as the holder's browser keeps them.
async function take(s) {
  await open(s, s.holder, s.credential);
  s.files = {};
  for (const kind of ['json', 'png', 'svg']) {
    const [download] = await Promise.all([s.holder.waitForEvent('download'),
      s.holder.locator(`main a[href*="/credential.${kind}"]`).first().click()]);
    s.files[kind] = readFileSync(await download.path());
  }
  s.document = JSON.parse(s.files.json);
  assert.ok(s.files.png.subarray(1, 4).equals(Buffer.from('PNG')));
  assert.match(s.files.svg.toString(), /<svg[\s>]/);
  const { achievement } = s.document.credentialSubject;
  assert.equal(achievement.inLanguage.slice(0, 2), s.language);
  assert.ok(achievement.name.endsWith(ACHIEVEMENT.name[s.language]), achievement.name); // marked as a demonstration
  assert.ok(!s.files.json.includes(s.learner.email), 'the address stands in the signed document');
}

export const file = (s, kind) => ({ file: { name: `credential.${kind}`, mimeType: 'application/octet-stream', buffer: s.files[kind] } });

async function verifyAll(s, name, heading, status) {
  for (const kind of Object.keys(s.files)) {
    const look = await verify(s.stranger, s.server, s.language, file(s, kind));
    assert.equal(look.status, 200);
    assert.equal(look.heading, s.t(heading), kind);
    has(look, s.t(status).split('%')[0]);
    await s.at(s.stranger, `${name}-${kind}`);
  }
}

const verifyFiles = (s) => verifyAll(s, 'verified', 'result.verified', 'step.status.pass');

// The published list says of the credential's place whether it is revoked.
async function revokedInList(s) {
  const entry = [s.document.credentialStatus].flat().find((one) => one.statusPurpose === 'revocation');
  const answer = await s.stranger.context().request.get(entry.statusListCredential);
  assert.equal(answer.status(), 200);
  const list = await answer.json();
  const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'));
  const at = Number(entry.statusListIndex);
  return (bits[at >> 3] >> (7 - (at & 7))) & 1;
}

async function revoke(s) {
  const page = s.issuer;
  assert.equal(await revokedInList(s), 0);
  await open(s, page, s.award);
  await s.at(page, 'award');
  await follow(page, 'main a[href*="/revoke"]');
  await s.at(page, 'revoke');
  await submit(page, 'form[action*="/revoke"]', 422);
  await s.at(page, 'revoke-error');
  await page.locator('input[name=code]').first().check();
  await page.fill('#reason', s.learner.reason);
  await submit(page, 'form[action*="/revoke"]');
  await s.at(page, 'award-revoked');
  await says(page, s.learner.reason);
}

async function revoked(s) {
  assert.equal(await revokedInList(s), 1);
  await open(s, s.stranger, s.credential);
  await s.at(s.stranger, 'credential-revoked');
  assert.ok(!(await s.stranger.content()).includes(s.learner.reason), 'the inner reason is public');
  await verifyAll(s, 'revoked', 'result.not-verified', 'result.revoked');
  await open(s, s.holder, '/credentials');
  await s.at(s.holder, 'held-revoked');
  await says(s.holder, s.t('held.revoked'));
  await openMail(s, s.reader, s.learner.email);
  await s.at(s.reader, 'mail-revoked');
  await says(s.reader, s.t('letter.revoked.last'));
}

async function around(s) {
  for (const [name, path] of [['account', '/account'], ['account-delete', '/account/delete'],
    ['members', `${s.organisation}/members`], ['keys', `${s.organisation}/keys`]]) {
    await open(s, s.designer, path);
    await s.at(s.designer, name);
  }
  await open(s, s.holder, '/account');
  await s.at(s.holder, 'account-learner');
  await open(s, s.holder, s.organisation, 404);
  await s.at(s.holder, 'refused');
}

export const CHAPTERS = {
  'signs in by mail': signIn,
  'signs in by a printed link': enter,
  'defines an achievement in both languages': define,
  'publishes it': publish,
  'an employer endorses it, takes that back, endorses it again': endorse,
  'uploads a file with one bad row, by keyboard': upload,
  'mends the row': mend,
  'confirms, and the work is done': confirm,
  'a mail comes; opening its link changes nothing': mail,
  'claims it by keyboard': claim,
  'shows it, and shows it not': view,
  'takes it away as JSON, PNG and SVG': take,
  'anybody verifies the files': verifyFiles,
  'the employer takes its endorsement back': endorsementRevoked,
  'the institution revokes it': revoke,
  'it is revoked everywhere': revoked,
  'the pages around it': around,
};

// Who is in the story, each with a browser of their own. at: async (page, name).
export async function begin({ browser, server, language, at, options = {} }) {
  const s = { server, language, at, t: words(language), learner: LEARNERS[language], visitors: [] };
  for (const [who, signsIn] of [['designer', true], ['issuer', true], ['employer', true], ['holder', true], ['reader', false], ['stranger', false]]) {
    const visitor = await newVisitor(browser, server, language, { signsIn, ...options });
    s.visitors.push(visitor);
    s[who] = await visitor.newPage();
  }
  s.issuer.on('filechooser', () => {}); // from now on the browser opens none of its own
  s.finish = async () => { for (const visitor of s.visitors) await visitor.finish(); };
  return s;
}
