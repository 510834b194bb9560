// SPDX-License-Identifier: Apache-2.0
// What is signed takes a passkey: a server that is no demonstration, behind TLS, and Chromium's virtual authenticator.
// An issuer is invited, is led from the mail to the passkey to the page for files; later a passkey leads there again.
//
// usage: node passkey.test.mjs CAIRN SIGN [-- WORD...]
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { CAIRN, folder, removeFolder, startBrowser, startReal } from './harness.mjs';
import { runTests, test } from './tap.mjs';
import { LANGUAGES, words } from './words.mjs';

const HOST = 'cairn.example';
const ORIGIN = `https://${HOST}`;
const WITHIN = 20_000;
const place = mkdtempSync(join(folder, 'real-'));
const database = join(place, 'cairn.db');
const cairn = (...args) => execFileSync(CAIRN, [...args, '--db', database], { encoding: 'utf8', stdio: 'pipe' });

// ---- A server, TLS before it, a browser that believes this one certificate

cairn('init', '--origin', ORIGIN);
const organisation = {};
for (const language of LANGUAGES)
  organisation[language] = cairn('organisation', 'add', '--name-en', `College ${language}`, '--name-fr',
    `Collège ${language}`, '--lang', language, '--administrator', `admin-${language}@college.example`).trim();
const server = await startReal(database, '--rate', '6000');

const [keyFile, certificateFile] = ['key.pem', 'certificate.pem'].map((name) => join(place, name));
execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
  '-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`, '-keyout', keyFile, '-out', certificateFile],
{ stdio: 'pipe' });
const [key, cert] = [keyFile, certificateFile].map((file) => readFileSync(file));
const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });

// The headers as they came; one more says who asked, as behind any proxy.
const proxy = createServer({ key, cert }, (asked, answer) => {
  const headers = { ...asked.headers, 'x-forwarded-for': asked.socket.remoteAddress };
  const onward = request(server.origin + asked.url, { method: asked.method, headers, setHost: false }, (got) => {
    answer.writeHead(got.statusCode, got.rawHeaders);
    got.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  asked.pipe(onward);
});
await new Promise((listening) => { proxy.listen(0, '127.0.0.1', listening); });
const browser = await startBrowser(`--host-resolver-rules=MAP ${HOST} 127.0.0.1:${proxy.address().port}`,
  `--ignore-certificate-errors-spki-list=${createHash('sha256').update(spki).digest('base64')}`);

// ---- What comes by mail

// The newest link to sign in that went to an address, once there are `n` mails with one.
async function linkTo(recipient, n) {
  const outbox = join(place, 'outbox');
  for (let waited = 0; waited < WITHIN; waited += 100) {
    let files = [];
    try { files = readdirSync(outbox).filter((name) => name.endsWith('.eml')); } catch { /* none yet */ }
    const links = files.sort((a, b) => parseInt(a, 10) - parseInt(b, 10))
      .map((name) => readFileSync(join(outbox, name), 'utf8').replace(/=\r?\n/g, '').replace(/=3D/g, '='))
      .filter((text) => new RegExp(`^To:.*${recipient}`, 'm').test(text))
      .map((text) => /https:\/\/cairn\.example\/sign-in\/link\/[\w-]{43}\?lang=\w\w/.exec(text)?.[0]).filter(Boolean);
    if (links.length >= n) return links[n - 1];
    await new Promise((later) => { setTimeout(later, 100); });
  }
  throw new Error(`no mail to ${recipient}: ${readdirSync(outbox)}`);
}

// ---- People

async function open(language) {
  const context = await browser.newContext({ locale: language === 'fr' ? 'fr-CA' : 'en-CA' });
  context.setDefaultTimeout(WITHIN);
  const complaints = [];
  context.on('console', (m) => {
    if (!m.text().startsWith('Failed to load resource')) complaints.push(m.text());
  });
  context.on('weberror', (e) => complaints.push(String(e.error())));
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { page, done: async () => { await context.close(); assert.deepEqual(complaints, []); } };
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const heading = (page) => page.locator('h1').innerText();

// From an invitation's mail to a passkey that has been used: the page that follows.
async function accept(page, t, link) {
  await page.goto(link);
  assert.match(await page.locator('main').innerText(), new RegExp(t('sign-in.link.passkey').slice(0, 30)));
  await press(page, t('sign-in.accept'));
  assert.equal(await heading(page), t('passkey.add'));
  assert.match(await page.locator('main').innerText(), new RegExp(t('passkey.add.staff').slice(0, 40)));
}

async function addPasskey(page, t) {
  await page.getByLabel(t('passkey.label'), { exact: true }).fill('Chromium');
  await press(page, t('passkey.add.button'));
  await page.getByText(t('passkey.get.added')).waitFor();
  await press(page, t('passkey.get.button'));
}

for (const language of LANGUAGES) {
  const t = words(language);
  const issuer = `issuer-${language}@college.example`;
  const awards = `/organisations/${organisation[language]}/awards/upload`;

  test(`${language}: an administrator is led to a passkey, and invites an issuer with it`, async () => {
    const { page, done } = await open(language);
    await accept(page, t, await linkTo(`admin-${language}@college.example`, 1));
    await addPasskey(page, t);
    await page.waitForURL(/\/organisations\?lang/);
    await page.goto(`${ORIGIN}/organisations/${organisation[language]}/members?lang=${language}`);
    await page.getByLabel(t('people.email')).fill(issuer);
    await page.locator('input[name="role"][value="issuer"]').check();
    await press(page, t('members.invite.button'));
    assert.equal(await page.getByRole('status').innerText(), t('members.done.invited'));
    await done();
  });

  test(`${language}: an issuer gets to the page for files by a passkey alone, and by it again`, async () => {
    const { page, done } = await open(language);
    await accept(page, t, await linkTo(issuer, 1));
    // Another way is to go where one wanted to: it says what is missing, and leads there and back.
    await page.goto(`${ORIGIN}${awards}?lang=${language}`);
    assert.equal(await heading(page), t('passkey.needed.first'));
    await page.getByRole('link', { name: t('passkey.add'), exact: true }).click();
    await addPasskey(page, t);
    await page.waitForURL((url) => url.pathname === awards);
    assert.equal(await heading(page), t('upload.heading'));
    await press(page, t('page.sign-out'));

    // A mail alone is not enough any more.
    await page.goto(`${ORIGIN}/sign-in?lang=${language}`);
    await page.getByLabel(t('people.email')).fill(issuer);
    await press(page, t('sign-in.ask'));
    await page.goto(await linkTo(issuer, 2));
    await press(page, t('sign-in.button'));
    await page.goto(`${ORIGIN}${awards}?lang=${language}`);
    assert.equal(await heading(page), t('passkey.needed'));
    await page.getByRole('link', { name: t('passkey.get.button'), exact: true }).click();
    await press(page, t('passkey.get.button'));
    await page.waitForURL((url) => url.pathname === awards);
    await press(page, t('page.sign-out'));

    // Nor is one needed: from the page over the sign-in to the passkey, and back to the page.
    await page.goto(`${ORIGIN}${awards}?lang=${language}`);
    await page.getByRole('link', { name: t('sign-in.passkey'), exact: true }).click();
    await press(page, t('passkey.get.button'));
    await page.waitForURL((url) => url.pathname === awards);
    assert.equal(await heading(page), t('upload.heading'));
    await done();
  });
}

await runTests(async () => {
  await browser.close();
  proxy.closeAllConnections();
  proxy.close();
  await server.stop();
  removeFolder();
});
