// SPDX-License-Identifier: Apache-2.0
// From an idea to an approved micro-credential, in a browser with both languages (design_story.mjs). On every page:
// axe-core finds nothing, no word of the other language stands unmarked, and nothing runs out of it, on phones and on a
// desktop.
//
// usage: node design.test.mjs CAIRN SIGN
import assert from 'node:assert/strict';
import { LOOKS, dress, faults } from './axe.mjs';
import { CHAPTERS, begin, ownTexts } from './design_story.mjs';
import { foreignTo } from './foreign.mjs';
import { removeFolder, startBrowser, startServer } from './harness.mjs';
import { unfit } from './misfits.mjs';
import { openAll } from './pages.mjs';
import { runTests, test } from './tap.mjs';
import { LANGUAGES } from './words.mjs';

const WIDTHS = [320, 360, 1280];
const browser = await startBrowser();

for (const language of LANGUAGES) {
  const foreign = foreignTo(language, ownTexts(language));
  const seen = new Set(), words = [], layout = [], axe = [];
  let server, s, broken = '';

  const at = async (page, name) => {
    seen.add(name);
    await openAll(page);
    words.push(...(await foreign(page)).map((one) => `${name}: ${one}`));
    layout.push(...(await unfit(page, WIDTHS)).map((one) => `${name}: ${one}`));
    await dress(page, LOOKS[language]);
    axe.push(...(await faults(page)).map((one) => `${name}: ${one}`));
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  test(`${language}: the story begins`, async () => {
    server = await startServer();
    s = await begin({ browser, server, language, at });
  });
  for (const [name, chapter] of Object.entries(CHAPTERS)) {
    test(`${language}: ${name}`, async () => {
      if (broken) throw `not told: the story broke off at "${broken}"`;
      broken = name;
      await chapter(s);
      broken = '';
    });
  }
  test(`${language}: no word of the other language on any page`, () => {
    assert.ok(seen.size > 40, `${seen.size} pages were seen`);
    assert.deepEqual([...new Set(words)], []);
  });
  test(`${language}: every page fits`, () => assert.deepEqual([...new Set(layout)], []));
  test(`${language}: axe-core finds nothing`, () => assert.deepEqual([...new Set(axe)], []));
  test(`${language}: the story ends`, async () => {
    await s.finish();
    await server.stop();
  });
}

await runTests(async () => {
  await browser.close();
  removeFolder();
});
