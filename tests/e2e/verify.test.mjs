// SPDX-License-Identifier: Apache-2.0
// Anybody verifies a credential at /verify, in both languages, with JavaScript off: every format and way, every
// verdict, and what is no credential at all. No page asks another host, sets a cookie or breaks its own policy:
// oneForAll() watches.
//
// usage: node verify.test.mjs CAIRN SIGN [-- WORD...]
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COLLEGE, LINKS, NAMES, NOBODY, makeFixtures } from './fixtures.mjs';
import { oneForAll, removeFolder, startBrowser, startServer } from './harness.mjs';
import { has, hasNot, seen, verify } from './pages.mjs';
import { runTests, test } from './tap.mjs';
import { LANGUAGES, words } from './words.mjs';

const fixtures = makeFixtures();
const server = await startServer(...fixtures.options);
const browser = await startBrowser();

const visits = Object.fromEntries(LANGUAGES.map((language) => [language, oneForAll(browser, server, language)]));

// A test in both languages: run(page, t, language), with t the words of the pages.
function inBoth(name, run) {
  for (const language of LANGUAGES) {
    test(`${language}: ${name}`, () => visits[language]((page) => run(page, words(language), language)));
  }
}

const STEPS = ['read', 'model', 'context', 'proof', 'issuer', 'registry', 'validity', 'status'];

// The page of a result: its verdict, and every step by its name, in order.
function assertResult(look, t, language, verdict, steps = STEPS) {
  assert.equal(look.status, 200);
  assert.equal(look.language.slice(0, 2), language);
  assert.equal(look.heading, t(`result.${verdict}`));
  assert.ok(look.title.startsWith(t(`result.${verdict}`)), look.title);
  has(look, t('result.steps'), t('result.again'));
  assert.deepEqual(look.steps, steps.map((step) => t(`step.${step}`)));
}

function assertSafe(headers) {
  const policy = headers['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /form-action 'self'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|script-src(?! 'none')|\*/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'same-origin');
  assert.equal(headers['set-cookie'], undefined);
}

// ---- Formats and ways ----

const given = {
  upload: (name) => ({ file: fixtures.path(name) }),
  paste: (name) => ({ text: fixtures.text(name) }),
  link: (name) => ({ link: `${LINKS}/${name}` }),
};
const formats = { json: ['upload', 'paste', 'link'], jwt: ['upload', 'paste', 'link'], svg: ['upload', 'paste', 'link'],
  png: ['upload', 'link'] };

for (const [format, ways] of Object.entries(formats)) {
  for (const way of ways) {
    inBoth(`a good credential as ${format} by ${way}`, async (page, t, language) => {
      const look = await verify(page, server, language, given[way](`good.${format}`));
      assertResult(look, t, language, 'verified');
      assertSafe(look.headers);
      has(look, NAMES.badge, NAMES[language], NAMES.holder, t('result.by.listed', NAMES.registry),
        t('result.verified.why'), 'Environmental sampling', 'Field log', '87 %', 'chain of custody', 'Takes five samples');
    });
  }
}

inBoth('a good JWT in a PNG', async (page, t, language) => {
  assertResult(await verify(page, server, language, given.upload('good-jwt.png')), t, language, 'verified');
});

inBoth('a text that is nothing but a link is followed', async (page, t, language) => {
  assertResult(await verify(page, server, language, { text: ` ${LINKS}/good.png\n` }), t, language, 'verified');
});

// Real ones of other issuers, where they are at hand.
for (const [format, path] of Object.entries(fixtures.real)) {
  inBoth(`a real credential as ${format}`, async (page, t, language) => {
    const look = await verify(page, server, language, { file: path });
    assertResult(look, t, language, 'verified');
    has(look, t('problem.issuer-unlisted'));
    if (format === 'png') return;
    assertResult(await verify(page, server, language, { text: readFileSync(path, 'utf8') }), t, language, 'verified');
  });
}

// ---- Verdicts ----

// name: [file, verdict, ...messages that must be seen]
const verdicts = {
  'one whose list says it holds': ['clear.json', 'verified', 'step.status.pass'],
  'a tampered one': ['tampered.json', 'not-verified', 'problem.invalid-signature', 'result.unchecked'],
  'a revoked one': ['revoked.json', 'not-verified', 'problem.revoked'],
  'a suspended one': ['suspended.json', 'not-verified', 'problem.suspended'],
  'one whose status list cannot be reached': ['list-unreachable.json', 'unknown',
    'problem.status-list-unretrievable', 'result.unsure'],
  'an unsigned one': ['unsigned.json', 'not-verified', 'problem.no-proof', 'result.unchecked'],
  'an unknown issuer': ['unlisted.json', 'verified', 'problem.issuer-unlisted'],
};
for (const [name, [file, verdict, ...messages]] of Object.entries(verdicts)) {
  inBoth(name, async (page, t, language) => {
    const look = await verify(page, server, language, given.upload(file));
    assertResult(look, t, language, verdict);
    has(look, NAMES.badge, ...messages.map((message) => t(message)));
    if (verdict !== 'verified') hasNot(look, t('result.verified.why'));
  });
}

// The sentence up to its argument.
const before = (text) => text.slice(0, text.indexOf('%1'));

inBoth('an expired one says until when it held', async (page, t, language) => {
  const look = await verify(page, server, language, given.upload('expired.json'));
  assertResult(look, t, language, 'not-verified');
  has(look, before(t('problem.expired')), t('month.12'), '31', '2025');
  hasNot(look, '%1', '2025-12-31T23:00:00Z is past');
});

inBoth('one that begins later says when', async (page, t, language) => {
  const look = await verify(page, server, language, given.upload('not-yet-valid.json'));
  assertResult(look, t, language, 'not-verified');
  has(look, before(t('problem.not-yet-valid')), t('month.1'), '2090');
});

inBoth('an unknown issuer is named by its key, and its name is marked as a claim', async (page, t, language) => {
  const look = await verify(page, server, language, given.upload('unlisted.json'));
  has(look, NOBODY, t('result.by.claimed', NAMES.nobody));
});

inBoth('a registered issuer has the name of the registry, not its own', async (page, t, language) => {
  const look = await verify(page, server, language, given.upload('good.json'));
  has(look, NAMES[language], COLLEGE.slice('did:web:'.length));
  hasNot(look, 'What we call ourselves');
  assert.ok(!look.main.includes(NAMES[language === 'en' ? 'fr' : 'en']), look.main);
});

for (const file of ['impostor.json', 'impostor-french.json']) {
  inBoth(`a registered name under another key is not shown: ${file}`, async (page, t, language) => {
    const look = await verify(page, server, language, given.upload(file));
    assertResult(look, t, language, 'warned');
    has(look, t('problem.issuer-name-taken'), NOBODY);
    hasNot(look, NAMES.en, NAMES.fr);
  });
}

inBoth('a presentation is no better than the names in it', async (page, t, language) => {
  const look = await verify(page, server, language, given.upload('presentation.json'));
  assert.equal(look.status, 200);
  assert.equal(look.heading, t('result.warned'));
  has(look, t('problem.issuer-name-taken'), t('problem.holder-not-asked'), t('result.steps.presentation'),
    t('result.presented', '1', '2'), t('result.presented', '2', '2'), NAMES[language], NAMES.badge);
});

inBoth('markup in a credential is text', async (page, t, language) => {
  const look = await verify(page, server, language, given.upload('markup.json'));
  assertResult(look, t, language, 'verified');
  has(look, NAMES.markup);
  hasNot({ whole: '', source: look.source }, '<script', '<img src=x', '\u202e');
  assert.equal(await page.locator('script, main img, [onerror], [onclick], a[href^="javascript:" i]').count(), 0);
});

// ---- What is no credential ----

const nonsense = {
  'a text that is no credential': [{ text: 'hello' }, 'not-json'],
  'a file that is no credential': [{ file: fixtures.path('hello.txt') }, 'not-json'],
  'a picture without one': [{ file: fixtures.path('plain.png') }, 'no-credential-in-image'],
  'data that is no credential': [{ text: '[1, 2]' }, 'not-a-credential'],
};
for (const [name, [what, problem]] of Object.entries(nonsense)) {
  inBoth(name, async (page, t, language) => {
    const look = await verify(page, server, language, what);
    assertResult(look, t, language, 'not-verified', ['read']);
    has(look, t(`problem.${problem}`));
    hasNot(look, t('result.credential'), t('step.proof'));
  });
}

// The form comes again with its error: at the top, with a link to the field, and at the field.
async function assertFormError(page, look, t, message, field, status = 422) {
  assert.equal(look.status, status);
  assert.ok(look.title.startsWith(t('page.error')), look.title);
  has(look, t('verify.error.heading'), t(message));
  const link = page.locator('main a', { hasText: t(message) }).first();
  const id = (await link.getAttribute('href')).replace(/^#/, '');
  const control = page.locator(`[id="${id}"]`);
  assert.equal(await control.getAttribute('name'), field);
  const described = (await control.getAttribute('aria-describedby')).split(' ');
  const texts = await Promise.all(described.map((one) => page.locator(`[id="${one}"]`).innerText()));
  assert.ok(texts.some((text) => text.includes(t(message))), texts.join(' | '));
}

inBoth('an empty form', async (page, t, language) => {
  const look = await verify(page, server, language, {});
  await assertFormError(page, look, t, 'verify.error.none', 'file');
  assertSafe(look.headers);
});

inBoth('an empty file', async (page, t, language) => {
  const look = await verify(page, server, language, given.upload('empty.json'));
  await assertFormError(page, look, t, 'verify.error.file-empty', 'file');
});

inBoth('two ways at once, and what was typed is kept', async (page, t, language) => {
  const look = await verify(page, server, language, { text: 'hello', link: `${LINKS}/good.json` });
  await assertFormError(page, look, t, 'verify.error.many', 'text');
  assert.equal(await page.inputValue('textarea[name=text]'), 'hello');
  assert.equal(await page.inputValue('input[name=link]'), `${LINKS}/good.json`);
});

for (const [link, message] of [['college.example/badge', 'url'], ['http://college.example/badge', 'scheme'],
  [`${LINKS}/none`, 'absent']]) {
  inBoth(`a link that is not followed: ${message}`, async (page, t, language) => {
    const look = await verify(page, server, language, { link });
    await assertFormError(page, look, t, `verify.error.link.${message}`, 'link');
  });
}

inBoth('a file of 20 MB gets a page', async (page, t, language) => {
  const buffer = Buffer.alloc(20 << 20, 'x');
  const look = await verify(page, server, language, { file: { name: 'large.json', mimeType: 'text/plain', buffer } });
  await assertFormError(page, look, t, 'verify.error.too-large', 'file', 413);
});

// ---- Getting about ----

inBoth('from the home page to a result and back, without a cookie for the language', async (page, t, language) => {
  const first = await seen(page, await page.goto(`${server.origin}/?lang=${language}`));
  has(first, t('home.heading'));
  await page.click(`main a:has-text("${t('home.button')}")`);
  assert.equal(await page.locator('html').getAttribute('lang').then((tag) => tag.slice(0, 2)), language);
  await page.setInputFiles('input[name=file]', fixtures.path('good.png'));
  await page.click('main button');
  await page.click(`main a:has-text("${t('result.again')}")`);
  assert.ok((await page.locator('h1').innerText()).includes(t('verify.heading')), page.url());
  assert.equal(await page.locator('html').getAttribute('lang').then((tag) => tag.slice(0, 2)), language);
});

inBoth('the other language is one click away on every page', async (page, t, language) => {
  const other = words(language === 'en' ? 'fr' : 'en');
  for (const [path, heading] of [['/', 'home.heading'], ['/verify', 'verify.heading'],
    ['/accessibility', 'accessibility.heading']]) {
    const look = await seen(page, await page.goto(`${server.origin}${path}?lang=${language}`));
    assert.equal(look.heading, t(heading));
    assertSafe(look.headers);
    await page.click(`a:has-text("${t('page.switch')}")`);
    assert.equal(await page.locator('h1').innerText(), other(heading), page.url());
  }
});

inBoth('without an argument the browser\'s language counts', async (page, t, language) => {
  const look = await seen(page, await page.goto(`${server.origin}/verify`));
  assert.equal(look.language.slice(0, 2), language);
  assert.equal(look.heading, t('verify.heading'));
});

inBoth('a page that is not there says so', async (page, t, language) => {
  const look = await seen(page, await page.goto(`${server.origin}/no/such/page?lang=${language}`));
  assert.equal(look.status, 404);
  assert.equal(look.heading, t('error.404'));
  assertSafe(look.headers);
});

// ---- Keyboard ----

// What has the focus: how it is called, and whether one sees that it has it.
function focused(page) {
  return page.evaluate(() => {
    const e = document.activeElement, style = getComputedStyle(e);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return { name: e.getAttribute('name') || e.getAttribute('href') || e.tagName.toLowerCase(),
      visible: outlined || style.boxShadow !== 'none' };
  });
}

inBoth('the keyboard goes through the form in order, and the focus is seen', async (page, t, language) => {
  await page.goto(`${server.origin}/verify?lang=${language}`);
  const order = [];
  for (let i = 0; i < 20 && order.at(-1) !== 'button'; i++) {
    await page.keyboard.press('Tab');
    const { name, visible } = await focused(page);
    assert.ok(visible, `the focus on ${name} is not seen`);
    order.push(name);
  }
  assert.match(order[0], /^#/);
  assert.deepEqual(order.slice(-4), ['file', 'text', 'link', 'button']);
});

inBoth('the skip link leads to the main content', async (page, t, language) => {
  await page.goto(`${server.origin}/verify?lang=${language}`);
  await page.keyboard.press('Tab');
  assert.ok(await page.locator('a:focus').isVisible());
  assert.equal(await page.locator('a:focus').innerText(), t('page.skip'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal((await focused(page)).name, 'file');
});

inBoth('Enter in the field of the link sends the form', async (page, t, language) => {
  await page.goto(`${server.origin}/verify?lang=${language}`);
  await page.focus('input[name=link]');
  await page.keyboard.type(`${LINKS}/good.json`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.ok((await page.locator('h1').innerText()).includes(t('result.verified')), await page.locator('h1').innerText());
});

inBoth('technical details open by keyboard', async (page, t, language) => {
  await verify(page, server, language, given.upload('tampered.json'));
  const details = page.locator('details', { hasText: t('result.technical') }).first();
  await details.locator('summary').focus();
  await page.keyboard.press('Enter');
  await details.locator('text=invalid-signature').first().waitFor({ state: 'visible' });
});

await runTests(async () => {
  await browser.close();
  await server.stop();
  removeFolder();
});
