// SPDX-License-Identifier: Apache-2.0
// The page of a credential on paper: one sheet, with the check code and both addresses, however much it says.
//
// usage: node sheet.test.mjs CAIRN SIGN [-- WORD...]
import assert from 'node:assert/strict';
import { makeFixtures } from './fixtures.mjs';
import { newVisitor, removeFolder, startBrowser, startServer } from './harness.mjs';
import { awardsOf } from './kinds_awards.mjs';
import { runTests, test } from './tap.mjs';
import { LANGUAGES } from './words.mjs';

const fixtures = makeFixtures();
const server = await startServer(...fixtures.options);
const place = awardsOf(server, fixtures.path('good.json'));
const browser = await startBrowser();

// Chromium writes the objects of pages as plain text.
const pages = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;

async function opened(name, language, look) {
  const visitor = await newVisitor(browser, server, language);
  const page = await visitor.newPage();
  await page.goto(`${server.origin}/credentials/${place.awards[name].id}?lang=${language}`);
  await look(page, place.awards[name]);
  await visitor.finish();
}

for (const language of LANGUAGES) {
  for (const name of ['held', 'taken', 'long']) {
    test(`${language}: ${name} is one sheet`, () => opened(name, language, async (page) => {
      for (const format of ['Letter', 'A4']) assert.equal(pages(await page.pdf({ format })), 1, format);
    }));
  }

  test(`${language}: the sheet has what a reader needs`, () => opened('held', language, async (page, award) => {
    await page.emulateMedia({ media: 'print' });
    const text = await page.locator('body').innerText();
    for (const words of [award.name, award.check, `${server.origin}/check`, `${server.origin}/credentials/${award.id}`]) {
      assert.ok(text.includes(words), `${words} is not on the sheet: ${text}`);
    }
    assert.equal(await page.locator('.cairn-screen, .cairn-demo, .cairn-header__nav').filter({ visible: true }).count(), 0);
    assert.match(text, language === 'fr' ? /Démonstration/ : /Demonstration/);
    // Every step that the screen tells of, and no other.
    const names = async (list) => (await page.locator(list).allTextContents()).map((name) => name.trim());
    const told = await names('.cairn-step__name'), printed = await names('.cairn-sheet__steps li');
    assert.ok(told.length >= 8, `only ${told.length} steps`);
    assert.equal(printed.length, told.length);
    printed.forEach((words, i) => assert.ok(words.startsWith(told[i]), `${words}: not ${told[i]}`));
  }));

  test(`${language}: the screen does not show the sheet`, () => opened('held', language, async (page) => {
    assert.equal(await page.locator('.cairn-sheet').isVisible(), false);
  }));
}

await runTests(async () => {
  await browser.close();
  await server.stop();
  removeFolder();
});
