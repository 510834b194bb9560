// SPDX-License-Identifier: Apache-2.0
// Every kind of page at home on every screen: nothing scrolls sideways or is cut off, from a small phone to a
// desktop, at 400 % (which is 320 px wide) and with text alone at 200 %; what one presses is large enough; axe-core
// finds nothing; and a page with its styles is light. All is seen in one visit without JavaScript; pages that have a
// script are visited with it too. The pages of a whole story: walk.test.mjs, design.test.mjs.
//
// usage: node kinds.test.mjs CAIRN SIGN [-- WORD...]
import assert from 'node:assert/strict';
import { LOOKS, dress, faults, look, unseen } from './axe.mjs';
import { makeFixtures } from './fixtures.mjs';
import { newVisitor, oneForAll, removeFolder, startBrowser, startServer } from './harness.mjs';
import { pageKinds } from './kinds.mjs';
import { misfits, unfit } from './misfits.mjs';
import { openAll } from './pages.mjs';
import { runTests, test } from './tap.mjs';
import { countBytes } from './weight.mjs';
import { LANGUAGES } from './words.mjs';

// Who claims, shows or verifies has the lighter pages; a framework with all its rules is the heaviest of the others.
const PAGE_BYTES = 100_000, WIRE_BYTES = 32_000, DESK_WIRE_BYTES = 60_000;
const WIDTHS = [320, 360, 768, 1280], WIDTHS_OF_LARGE_TEXT = [640, 1280];
const fixtures = makeFixtures();
const server = await startServer(...fixtures.options);
const browser = await startBrowser();
const counters = new WeakMap();

// Bytes of all that a visit to a page loads. Badges are what a page is about, and are weighed where they are drawn
// (tests/unit/draw). A result comes after its form: the last page, with all that is not a page.
function weigh(requests) {
  const fixed = new Map(requests.filter(({ url }) => url.includes('/static/')).map((one) => [one.url, one]));
  const counted = [...fixed.values(), requests.findLast(({ type }) => type === 'Document')];
  const sum = (what) => counted.reduce((total, one) => total + one[what], 0);
  return { plain: sum('plain'), wire: sum('wire'), desk: [...fixed.keys()].some((url) => url.includes('/static/desk')) };
}

// Text alone at 200 %: sizes in rem and em follow the root's.
async function unfitWhenLarge(page) {
  const size = () => page.locator('main').locator('p, li').first().evaluate((text) => getComputedStyle(text).fontSize);
  const found = [], before = await size();
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  if (parseFloat(await size()) !== 2 * parseFloat(before)) found.push('text does not follow the size that was asked for');
  for (const width of WIDTHS_OF_LARGE_TEXT) {
    await page.setViewportSize({ width, height: 800 });
    found.push(...(await page.evaluate(misfits)).map((one) => `text at 200 %, ${width} px: ${one}`));
  }
  return found;
}

// All that there is to see of a page: {layout, axe, weight, scripts}.
async function see(page, open, language) {
  if (!counters.has(page)) counters.set(page, await countBytes(page, { fresh: true }));
  counters.get(page).begin();
  await open(page, server, language);
  const weight = weigh(await counters.get(page).end());
  await openAll(page);
  const layout = await unfit(page, WIDTHS);
  await dress(page, LOOKS[language]);
  const axe = await faults(page);
  const scripts = await page.locator('script[src]').count();
  return { weight, axe, layout: [...layout, ...await unfitWhenLarge(page)], scripts };
}

const once = (make) => {
  let made;
  return () => { made ??= make(); return made; };
};

for (const language of LANGUAGES) {
  const visit = oneForAll(browser, server, language);
  const visitWithScripts = oneForAll(browser, server, language, { javaScriptEnabled: true });
  for (const [kind, open] of Object.entries(pageKinds(fixtures))) {
    const seen = once(async () => {
      const found = [], add = async (page) => { found.push(await see(page, open, language)); };
      await visit(add);
      if (found[0].scripts) await visitWithScripts(add);
      return found;
    });
    test(`${language}: ${kind} fits`, async () => {
      for (const { layout } of await seen()) assert.deepEqual(layout, []);
    });
    test(`${language}: axe-core finds nothing on ${kind}`, async () => {
      for (const { axe } of await seen()) assert.deepEqual(axe, []);
    });
    test(`${language}: ${kind} is light`, async () => {
      for (const { weight: { plain, wire, desk } } of await seen()) {
        console.log(`# ${language} ${kind}: ${plain} bytes, ${wire} on the wire`);
        assert.ok(plain > 5000 && wire > 2000, 'nothing was weighed');
        assert.ok(plain < PAGE_BYTES, `${plain} bytes`);
        assert.ok(wire < (desk ? DESK_WIRE_BYTES : WIRE_BYTES), `${wire} bytes on the wire`);
      }
    });
  }

  test(`${language}: what does not fit would be seen`, async () => {
    const visitor = await newVisitor(browser, server, language);
    const page = await visitor.newPage();
    await page.goto(`${server.origin}/`);
    await page.evaluate(() => { document.querySelector('main p').style.minWidth = '2000px'; });
    assert.ok((await page.evaluate(misfits)).length > 0);
    await visitor.finish();
  });

  for (const javaScriptEnabled of [false, true]) {
    test(`${language}: axe-core would find what is wrong, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const visitor = await newVisitor(browser, server, language, { javaScriptEnabled });
      const page = await visitor.newPage();
      await page.goto(`${server.origin}/verify`);
      await page.evaluate(() => {
        document.querySelector('label').remove();
        document.querySelector('h1').style.color = '#eee';
      });
      const { violations } = await look(page);
      const ids = violations.map(({ id }) => id);
      assert.ok(ids.includes('label') && ids.includes('color-contrast'), ids.join());
      assert.deepEqual(unseen(await look(page)), []);
      await page.evaluate(() => { document.querySelector('main button').style = 'color: #123456; background: #123456'; });
      assert.equal(unseen(await look(page)).length, 1);
      await visitor.finish();
    });
  }
}

await runTests(async () => {
  await browser.close();
  await server.stop();
  removeFolder();
});
