// SPDX-License-Identifier: Apache-2.0
// axe-core finds nothing on any kind of page, in both languages, light and dark, wide and narrow. The
// pages of those who are signed in: walk_axe.test.mjs.
//
// usage: node axe.test.mjs CAIRN SIGN [-- WORD...]
import assert from 'node:assert/strict';
import { LOOKED_AT, assertClean, look, unseen } from './axe.mjs';
import { makeFixtures } from './fixtures.mjs';
import { newVisitor, oneForAll, removeFolder, startBrowser, startServer } from './harness.mjs';
import { pageKinds } from './kinds.mjs';
import { openAll } from './pages.mjs';
import { runTests, test } from './tap.mjs';
import { LANGUAGES } from './words.mjs';

const fixtures = makeFixtures();
const server = await startServer(...fixtures.options);
const browser = await startBrowser();

for (const language of LANGUAGES) {
  const visit = oneForAll(browser, server, language, LOOKED_AT);
  for (const [kind, open] of Object.entries(pageKinds(fixtures))) {
    test(`${language}: ${kind}`, () => visit(async (page) => {
      await open(page, server, language);
      await openAll(page);
      // Colours and widths have nothing to do with each other: two looks see all four.
      for (const [colorScheme, width] of [['light', 1280], ['dark', 320]]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await assertClean(page, `${colorScheme}, ${width} px`);
      }
    }));
  }
}

test('axe-core would find what is wrong', async () => {
  const visitor = await newVisitor(browser, server, 'en', LOOKED_AT);
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

await runTests(async () => {
  await browser.close();
  await server.stop();
  removeFolder();
});
