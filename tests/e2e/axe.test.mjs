// SPDX-License-Identifier: Apache-2.0
// axe-core finds nothing on any kind of page, in both languages, light and dark, wide and narrow. It needs
// JavaScript, which the pages' policy forbids: this one context is let through.
//
// usage: node axe.test.mjs CAIRN SIGN [-- WORD...]
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { makeFixtures } from './fixtures.mjs';
import { newVisitor, removeFolder, startBrowser, startServer } from './harness.mjs';
import { pageKinds } from './kinds.mjs';
import { openAll } from './pages.mjs';
import { runTests, test } from './tap.mjs';
import { LANGUAGES } from './words.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const fixtures = makeFixtures();
const server = await startServer(...fixtures.options);
const browser = await startBrowser();

function told({ id, help, nodes }) {
  return `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join('\n')}`;
}

// What is found on the page as it stands, and which rules had something to look at.
async function look(page) {
  await page.evaluate(AXE);
  return page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), RULES);
}

async function assertClean(page, what) {
  const found = await look(page);
  assert.ok(found.passes.length > 15, `only ${found.passes.length} rules had something to look at`);
  assert.deepEqual(found.violations.map(told), [], what);
}

for (const language of LANGUAGES) {
  for (const [kind, open] of Object.entries(pageKinds(fixtures))) {
    test(`${language}: ${kind}`, async () => {
      const visitor = await newVisitor(browser, server, language, { javaScriptEnabled: true, bypassCSP: true });
      const page = await visitor.newPage();
      await open(page, server, language);
      await openAll(page);
      // Colours and widths have nothing to do with each other: two looks see all four.
      for (const [colorScheme, width] of [['light', 1280], ['dark', 320]]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await assertClean(page, `${colorScheme}, ${width} px`);
      }
      await visitor.finish();
    });
  }
}

test('axe-core would find what is wrong', async () => {
  const visitor = await newVisitor(browser, server, 'en', { javaScriptEnabled: true, bypassCSP: true });
  const page = await visitor.newPage();
  await page.goto(`${server.origin}/verify`);
  await page.evaluate(() => {
    document.querySelector('label').remove();
    document.querySelector('h1').style.color = '#eee';
  });
  const { violations } = await look(page);
  const ids = violations.map(({ id }) => id);
  assert.ok(ids.includes('label') && ids.includes('color-contrast'), ids.join());
  await visitor.finish();
});

await runTests(async () => {
  await browser.close();
  await server.stop();
  removeFolder();
});
