// SPDX-License-Identifier: Apache-2.0
// From an idea to an approved micro-credential, in a browser with both languages (design_story.mjs). On every page:
// axe-core finds nothing, no word of the other language stands unmarked, and nothing runs out of it, on phones and on a
// desktop. axe-core needs JavaScript; the French story is told without.
//
// usage: node design.test.mjs CAIRN SIGN
import assert from 'node:assert/strict';
import { LOOKED_AT, look, told } from './axe.mjs';
import { CHAPTERS, begin, ownTexts } from './design_story.mjs';
import { foreignTo } from './foreign.mjs';
import { removeFolder, startBrowser, startServer } from './harness.mjs';
import { longLines, misfits } from './misfits.mjs';
import { openAll } from './pages.mjs';
import { runTests, test } from './tap.mjs';

const WIDTHS = [320, 360, 1280];
const OPTIONS = { en: LOOKED_AT, fr: {} };
const browser = await startBrowser();

for (const [language, options] of Object.entries(OPTIONS)) {
  const foreign = foreignTo(language, ownTexts(language));
  const seen = new Set(), words = [], layout = [], axe = [];
  let server, s, broken = '';

  const at = async (page, name) => {
    seen.add(name);
    await openAll(page);
    words.push(...(await foreign(page)).map((one) => `${name}: ${one}`));
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      layout.push(...(await page.evaluate(misfits)).map((one) => `${name} at ${width}: ${one}`));
    }
    layout.push(...(await page.evaluate(longLines)).map((one) => `${name}: ${one}`));
    if (options !== LOOKED_AT) return;
    const { passes, violations } = await look(page);
    assert.ok(passes.length > 15, `${name}: only ${passes.length} rules had something to look at`);
    axe.push(...violations.map((one) => `${name}: ${told(one)}`));
  };

  test(`${language}: the story begins`, async () => {
    server = await startServer();
    s = await begin({ browser, server, language, at, options });
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
