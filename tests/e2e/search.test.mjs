// SPDX-License-Identifier: Apache-2.0
// The search in frameworks of competencies answers while one types, says how much it found, and never shows an answer to
// what was typed before; it is the same on the page where competencies are picked. Without JavaScript it is a form.
//
// usage: node search.test.mjs CAIRN SIGN [-- WORD...]
import assert from 'node:assert/strict';
import { assertClean } from './axe.mjs';
import { makeFixtures } from './fixtures.mjs';
import { newVisitor, removeFolder, startBrowser, startServer } from './harness.mjs';
import { achievementKinds } from './kinds_achievements.mjs';
import { competenciesOf } from './kinds_competencies.mjs';
import { runTests, test } from './tap.mjs';
import { LANGUAGES, fold, words } from './words.mjs';

const fixtures = makeFixtures();
const server = await startServer(...fixtures.options);
const browser = await startBrowser();
competenciesOf(server);

// What one types -> what is found by it, in the words of each language.
const STAFF = { en: 'manage staff', fr: 'gérer le personnel' }, WINE = { en: 'oenologist', fr: 'œnologue/femme œnologue' };
const TYPED = [['man st', STAFF], ['gérer le pers', STAFF], ['gerer le pers', STAFF], ['GERER', STAFF], ['œnologue', WINE], ['oenologue', WINE]];
const ANSWERS = /\/competencies\/found\?/;

const names = async (page) => (await page.locator('#results .cairn-list__name').allInnerTexts()).map(fold);
const count = async (page) => fold(await page.locator('#results [role=status]').innerText());
const type = (page, text) => page.locator('#q').pressSequentially(text);

async function open(language, options = {}, path = '/competencies') {
  const visitor = await newVisitor(browser, server, language, options);
  const page = await visitor.newPage();
  await page.goto(`${server.origin}${path}${path.includes('?') ? '&' : '?'}lang=${language}`, { waitUntil: 'networkidle' });
  return { visitor, page };
}
const SCRIPT = { javaScriptEnabled: true };

// Types, and waits for the answer to all of it.
async function find(page, text) {
  const asked = (answer) => ANSWERS.test(answer.url()) && new URL(answer.url()).searchParams.get('q') === text;
  await page.locator('#q').fill('');
  const [answer] = await Promise.all([page.waitForResponse(asked), type(page, text)]);
  await answer.finished();
  await page.locator('#results h2').waitFor();
  return answer;
}

for (const language of LANGUAGES) {
  const t = words(language);

  test(`${language}: what one types is found, with accents and without, as the form finds it`, async () => {
    const [typing, pressing] = [await open(language, SCRIPT), await open(language)];
    for (const [text, found] of TYPED) {
      await find(typing.page, text);
      assert.deepEqual(await names(typing.page), [found[language]], text);
      assert.equal(await count(typing.page), t('competencies.found', 1), text);
      await pressing.page.locator('#q').fill(text);
      await pressing.page.getByRole('button', { name: t('competencies.search'), exact: true }).click();
      await pressing.page.waitForURL((url) => url.searchParams.get('q') === text);
      for (const look of [names, count]) assert.deepEqual(await look(pressing.page), await look(typing.page), text);
    }
    // Two answers that are alike were asked for by the same question: nobody is asked twice.
    let again = 0;
    typing.page.on('request', (request) => { again += ANSWERS.test(request.url()); });
    await typing.page.locator('#q').fill('man st');
    await typing.page.locator('#results a', { hasText: STAFF[language] }).waitFor();
    assert.equal(again, 0);
    for (const { visitor } of [typing, pressing]) await visitor.finish();
  });

  test(`${language}: the address, the other language and the framework go along`, async () => {
    const { visitor, page } = await open(language, SCRIPT);
    await find(page, 'sen');
    const other = language === 'fr' ? 'en' : 'fr', all = await names(page);
    assert.ok(all.length > 0);
    const shared = await open(language, {}, new URL(page.url()).pathname + new URL(page.url()).search);
    assert.deepEqual(await names(shared.page), all);
    await Promise.all([page.waitForResponse(ANSWERS), page.locator('#framework').selectOption({ index: 1 })]);
    await page.getByText(t('competencies.none', 'sen')).waitFor();
    assert.deepEqual(await names(page), []);
    await page.locator(`a[hreflang=${other}]`).click();
    await page.waitForURL((url) => url.searchParams.get('lang') === other);
    assert.equal(await page.locator('#q').inputValue(), 'sen');
    assert.equal(await page.locator('#framework').evaluate((list) => list.selectedIndex), 1);
    for (const one of [visitor, shared.visitor]) await one.finish();
  });

  test(`${language}: with the keyboard alone, and back again`, async () => {
    const { visitor, page } = await open(language, SCRIPT);
    await page.locator('#q').focus();
    await find(page, 'gerer');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab'); // the framework, the button, the first that was found
    assert.equal(fold(await page.evaluate(() => document.activeElement.textContent)), STAFF[language]);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/competencies\/\d+/);
    assert.equal(fold(await page.locator('h1').innerText()), STAFF[language]);
    await page.goBack();
    await page.locator('#results a', { hasText: STAFF[language] }).waitFor();
    assert.equal(await page.locator('#q').inputValue(), 'gerer');
    await visitor.finish();
  });

  test(`${language}: a server that does not answer is told of, and the form is there`, async () => {
    const { visitor, page } = await open(language, SCRIPT);
    await page.route(ANSWERS, (route) => route.fulfill({ status: 503, body: 'no' }));
    await type(page, 'gerer');
    await page.getByText(t('competencies.failed')).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#results a', { hasText: STAFF[language] }).waitFor();
    await visitor.finish();
  });

  test(`${language}: competencies are picked from what is found`, async () => {
    const { visitor, page } = await open(language, SCRIPT, '/');
    await achievementKinds(fixtures)['competency-pick'](page, server, language);
    const picked = () => page.locator('.cairn-list').first().locator('.cairn-list__name').allInnerTexts();
    const before = (await page.locator('form[action*="/remove"]').count()) ? (await picked()).map(fold) : [];
    await find(page, 'gerer');
    await page.locator('#framework').selectOption({ index: 1 });
    await page.waitForURL((url) => url.searchParams.get('framework') !== '0');
    await page.locator('#results form button').first().waitFor();
    await page.locator('#results form button').first().press('Enter');
    await page.waitForURL(/done=added/);
    assert.deepEqual((await picked()).map(fold), [...before, STAFF[language]]);
    assert.equal(await page.locator('#q').inputValue(), 'gerer');
    assert.equal(await page.locator('#framework').evaluate((list) => list.selectedIndex), 1);
    assert.equal(await page.locator('#results form').count(), 0, 'what was picked is offered again');
    // Another search leaves what was picked where it is, and says of what it finds that it was.
    await find(page, 'oenolog');
    assert.deepEqual((await picked()).map(fold), [...before, STAFF[language]]);
    await find(page, 'man st');
    assert.equal(fold(await page.locator('#results .cairn-state').innerText()), t('competencies.chosen'));
    // What is taken away leads back to what was searched for last.
    await page.locator('form[action*="/remove"] button').last().click();
    await page.waitForURL(/done=removed/);
    assert.equal(await page.locator('#q').inputValue(), 'man st');
    assert.equal(await page.locator('#results form').count(), 1);
    await visitor.finish();
  });

  test(`${language}: axe-core finds nothing while one types`, async () => {
    const { visitor, page } = await open(language, SCRIPT);
    for (const text of ['o', 'zzz']) {
      await find(page, text);
      await assertClean(page, text);
    }
    await page.locator('#q').fill('');
    await page.locator('#results h2').waitFor({ state: 'detached' });
    await assertClean(page, 'nothing is asked');
    await visitor.finish();
  });
}

// Holds the answer to one text back until it is let go.
async function holdBack(page, text) {
  let letGo, arrived;
  const free = new Promise((go) => { letGo = go; }), there = new Promise((came) => { arrived = came; });
  await page.route((url) => ANSWERS.test(url.href) && url.searchParams.get('q') === text, async (route) => {
    const answer = await route.fetch();
    arrived();
    await free;
    await route.fulfill({ response: answer }).catch(() => {}); // of a request that was given up
  });
  return { there, letGo };
}

test('an earlier request is given up', async () => {
  const { visitor, page } = await open('en', SCRIPT);
  const slow = await holdBack(page, 'man');
  const given = page.waitForEvent('requestfailed', (request) => request.url().includes('q=man&'));
  await type(page, 'man');
  await slow.there;
  await find(page, 'oenologist');
  assert.match((await given).failure().errorText, /ABORTED/);
  slow.letGo();
  assert.deepEqual(await names(page), [WINE.en]);
  await visitor.finish();
});

test('a late answer is not shown, even where it cannot be given up', async () => {
  const { visitor, page } = await open('en', SCRIPT, '/');
  await page.addInitScript(() => { window.AbortController = class { abort() {} }; });
  await page.goto(`${server.origin}/competencies?lang=en`);
  const slow = await holdBack(page, 'man');
  await type(page, 'man');
  await slow.there;
  await find(page, 'oenologist');
  const late = page.waitForEvent('requestfinished', (request) => request.url().includes('q=man&'));
  slow.letGo();
  await late;
  await page.evaluate(() => new Promise((painted) => { requestAnimationFrame(() => setTimeout(painted, 0)); }));
  assert.deepEqual(await names(page), [WINE.en]);
  assert.match(page.url(), /q=oenologist/);
  // It was kept nevertheless: the same question is answered at once.
  await page.locator('#q').fill('man');
  await page.locator('#results a', { hasText: STAFF.en }).waitFor();
  await visitor.finish();
});

test('no script runs on other pages of competencies', async () => {
  const { visitor, page } = await open('en', {}, '/competencies?q=oenologist');
  const item = await page.locator('#results a').first().getAttribute('href');
  for (const [path, allowed] of [['/competencies', true], [item, false], ['/', false]]) {
    const policy = (await page.request.get(server.origin + path)).headers()['content-security-policy'];
    assert.equal(/script-src 'self'; connect-src 'self'/.test(policy), allowed, `${path}: ${policy}`);
    assert.doesNotMatch(policy, /unsafe|\*/);
  }
  await visitor.finish();
});

await runTests(async () => {
  await browser.close();
  await server.stop();
  removeFolder();
});
