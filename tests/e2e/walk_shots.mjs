// SPDX-License-Identifier: Apache-2.0
// Pictures of every page of the whole story, to look at: NAME-LANGUAGE-WIDTH.png.
//
// usage: node walk_shots.mjs CAIRN SIGN FOLDER [SCHEME]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder, startBrowser, startDemo } from './harness.mjs';
import { CHAPTERS, begin } from './story.mjs';
import { LANGUAGES } from './words.mjs';

const [to, colorScheme = 'light'] = process.argv.slice(4);
mkdirSync(to, { recursive: true });
const browser = await startBrowser();
for (const language of LANGUAGES) {
  const server = await startDemo();
  const at = async (page, name) => {
    await page.emulateMedia({ colorScheme });
    for (const width of [320, 360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: join(to, `${name}-${language}-${width}.png`), fullPage: true });
    }
  };
  const story = await begin({ browser, server, language, at });
  for (const chapter of Object.values(CHAPTERS)) await chapter(story);
  await story.finish();
  await server.stop();
}
await browser.close();
removeFolder();
