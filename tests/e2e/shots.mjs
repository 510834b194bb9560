// SPDX-License-Identifier: Apache-2.0
// Pictures of every kind of page, to look at: KIND-LANGUAGE-WIDTH-SCHEME.png.
//
// usage: node shots.mjs CAIRN SIGN FOLDER [KIND...]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeFixtures } from './fixtures.mjs';
import { newVisitor, removeFolder, startBrowser, startServer } from './harness.mjs';
import { pageKinds } from './kinds.mjs';
import { LANGUAGES } from './words.mjs';

const [to, ...wanted] = process.argv.slice(4);
mkdirSync(to, { recursive: true });
const fixtures = makeFixtures();
const server = await startServer(...fixtures.options);
const browser = await startBrowser();
for (const language of LANGUAGES) {
  for (const [kind, open] of Object.entries(pageKinds(fixtures))) {
    if (wanted.length && !wanted.includes(kind)) continue;
    const visitor = await newVisitor(browser, server, language);
    const page = await visitor.newPage();
    await open(page, server, language);
    for (const width of [320, 360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(to, `${kind}-${language}-${width}-${colorScheme}.png`), fullPage: true });
      }
    }
    await visitor.finish();
  }
}
await browser.close();
await server.stop();
removeFolder();
