// SPDX-License-Identifier: Apache-2.0
// People sign in: by a link from the mailbox with JavaScript off, in both languages, and with a passkey of Chromium's
// virtual authenticator; they sign out, and delete their account.
//
// usage: node people.test.mjs CAIRN SIGN [-- WORD...]
import assert from 'node:assert/strict';
import { removeFolder, startBrowser, startServer } from './harness.mjs';
import { runTests, test } from './tap.mjs';
import { LANGUAGES, words } from './words.mjs';

const server = await startServer();
const browser = await startBrowser();

// A browser of one person, who may have JavaScript.
async function open(language, javaScriptEnabled) {
  const context = await browser.newContext({ javaScriptEnabled, locale: language === 'fr' ? 'fr-CA' : 'en-CA' });
  context.setDefaultTimeout(20_000);
  const complaints = [];
  context.on('console', (m) => {
    if (!m.text().startsWith('Failed to load resource')) complaints.push(m.text());
  });
  context.on('weberror', (e) => complaints.push(String(e.error())));
  const page = await context.newPage();
  return { page, done: async () => { await context.close(); assert.deepEqual(complaints, []); } };
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

// From the form over the mailbox to the page that follows.
async function signIn(page, language, email) {
  const t = words(language);
  await page.goto(`${server.origin}/sign-in?lang=${language}`);
  await page.getByLabel(t('people.email')).fill(email);
  await press(page, t('sign-in.ask'));
  assert.equal(await page.locator('h1').innerText(), t('sign-in.sent'));
  await page.goto(`${server.origin}/mailbox?lang=${language}`);
  await page.locator('main ul a').first().click();
  await page.locator('a[href*="/sign-in/link/"]').first().click();
  assert.match(await page.locator('main').innerText(), new RegExp(email));
  await press(page, t('sign-in.button'));
}

for (const language of LANGUAGES) {
  const t = words(language);
  test(`${language}: a link from a mail signs in, without JavaScript, and one signs out`, async () => {
    const { page, done } = await open(language, false);
    await signIn(page, language, `${language}@college.example`);
    await page.goto(`${server.origin}/account?lang=${language}`);
    assert.equal(await page.locator('h1').innerText(), t('account.heading'));
    await page.getByLabel(t('account.name'), { exact: true }).fill('Zoé');
    await press(page, t('account.save'));
    assert.equal(await page.getByRole('status').innerText(), t('account.done.saved'));
    assert.match(await page.locator('.cairn-person').innerText(), /Zoé/);
    await press(page, t('page.sign-out'));
    await page.goto(`${server.origin}/account?lang=${language}`);
    assert.match(page.url(), /\/sign-in\?next=/);
    await done();
  });

  test(`${language}: what is typed wrongly is said beside it`, async () => {
    const { page, done } = await open(language, false);
    await page.goto(`${server.origin}/sign-in?lang=${language}`);
    await page.getByLabel(t('people.email')).fill('anna');
    await press(page, t('sign-in.ask'));
    assert.match(await page.locator('#email-error').innerText(), new RegExp(t('people.address.at').slice(0, 20)));
    assert.equal(await page.getByLabel(t('people.email')).inputValue(), 'anna');
    await done();
  });

  test(`${language}: an account is deleted, and says what goes and what stays`, async () => {
    const { page, done } = await open(language, false);
    await signIn(page, language, `gone-${language}@college.example`);
    await page.goto(`${server.origin}/account/delete?lang=${language}`);
    assert.match(await page.locator('main').innerText(), new RegExp(t('account.delete.stays.files').slice(0, 30)));
    await press(page, t('account.delete.button'));
    assert.equal(await page.locator('h1').innerText(), t('account.gone'));
    await page.goto(`${server.origin}/account?lang=${language}`);
    assert.match(page.url(), /\/sign-in\?next=/);
    await done();
  });

  test(`${language}: a passkey is added, signs in, and is removed`, async () => {
    const { page, done } = await open(language, true);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
        isUserVerified: true, automaticPresenceSimulation: true },
    });
    await signIn(page, language, `key-${language}@college.example`);
    await page.goto(`${server.origin}/account/passkeys/new?lang=${language}`);
    assert.equal(await page.getByText(t('passkey.failed')).isVisible(), false);
    await page.getByLabel(t('passkey.label'), { exact: true }).fill('Chromium');
    await press(page, t('passkey.add.button'));
    await page.getByText(t('passkey.get.added')).waitFor();
    await press(page, t('passkey.get.button'));
    await page.waitForURL(/done=passkey/);
    assert.match(await page.locator('main').innerText(), /Chromium/);
    await press(page, t('page.sign-out'));
    for (let time = 0; time < 2; time += 1) {
      await page.goto(`${server.origin}/sign-in/passkey?lang=${language}`);
      await press(page, t('passkey.get.button'));
      await page.waitForURL(/\/credentials/);
    }
    await page.goto(`${server.origin}/account?lang=${language}`);
    assert.match(await page.locator('main').innerText(), new RegExp(t('way.passkey')));
    await page.getByRole('button', { name: `${t('account.address.remove')} Chromium` }).click();
    assert.equal(await page.getByRole('status').innerText(), t('account.done.passkey-removed'));
    await press(page, t('page.sign-out'));
    await page.goto(`${server.origin}/sign-in/passkey?lang=${language}`);
    await press(page, t('passkey.get.button'));
    await page.getByText(t('passkey.problem.none')).waitFor();
    await done();
  });
}

test('without JavaScript the passkey page says what else there is', async () => {
  const { page, done } = await open('en', false);
  const t = words('en');
  await page.goto(`${server.origin}/sign-in/passkey?lang=en`);
  assert.equal(await page.locator('#passkey-needs').isVisible(), true);
  assert.equal(await page.getByRole('button', { name: t('passkey.get.button') }).isVisible(), false);
  await done();
});

await runTests(async () => {
  await browser.close();
  await server.stop();
  removeFolder();
});
