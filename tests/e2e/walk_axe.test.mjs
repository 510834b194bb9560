// SPDX-License-Identifier: Apache-2.0
// axe-core finds nothing on any page of the whole story (story.mjs): those of institutions, of learners and of anybody.
// One language is looked at light and wide, the other dark and narrow: the markup is the same.
//
// usage: node walk_axe.test.mjs CAIRN SIGN
import assert from 'node:assert/strict';
import { LOOKED_AT, look, told } from './axe.mjs';
import { removeFolder, startBrowser, startDemo } from './harness.mjs';
import { openAll } from './pages.mjs';
import { CHAPTERS, begin } from './story.mjs';
import { runTests, test } from './tap.mjs';

const LOOKS = { en: { colorScheme: 'light', width: 1280 }, fr: { colorScheme: 'dark', width: 320 } };
const browser = await startBrowser();

for (const [language, { colorScheme, width }] of Object.entries(LOOKS)) {
  test(`${language}: axe-core finds nothing on any page, ${colorScheme}, ${width} px`, async () => {
    const found = new Set(), seen = new Set();
    const at = async (page, name) => {
      seen.add(name);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await openAll(page);
      const { passes, violations } = await look(page);
      assert.ok(passes.length > 15, `${name}: only ${passes.length} rules had something to look at`);
      for (const one of violations) found.add(`${name}: ${told(one)}`);
    };
    const server = await startDemo();
    const story = await begin({ browser, server, language, at, options: LOOKED_AT });
    for (const chapter of Object.values(CHAPTERS)) await chapter(story);
    await story.finish();
    await server.stop();
    assert.deepEqual([...found], []);
    assert.ok(seen.size > 50, `${seen.size} pages were seen`);
  });
}

await runTests(async () => {
  await browser.close();
  removeFolder();
});
