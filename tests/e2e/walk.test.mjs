// SPDX-License-Identifier: Apache-2.0
// The whole story in a browser, in both languages and with JavaScript off (story.mjs). On every page of it: no word
// of the other language, nothing that does not fit, on phones, on a desktop and at 400 %, and nothing that axe-core
// finds. Then what a first-time visitor loads, and a verification while the issuer's server is off.
//
// usage: node walk.test.mjs CAIRN SIGN
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOOKS, dress, faults } from './axe.mjs';
import { foreignTo } from './foreign.mjs';
import { CAIRN, folder, newVisitor, removeFolder, startBrowser, startDemo, startServer } from './harness.mjs';
import { unfit } from './misfits.mjs';
import { has, openAll, verify } from './pages.mjs';
import { CHAPTERS, begin, claimLink, file, ownTexts } from './story.mjs';
import { runTests, test } from './tap.mjs';
import { countBytes } from './weight.mjs';
import { LANGUAGES } from './words.mjs';

const WIRE_BYTES = 60_000;
const WIDTHS = [320, 360, 1280];
const browser = await startBrowser();

for (const language of LANGUAGES) {
  const foreign = foreignTo(language, ownTexts(language));
  const seen = new Set(), words = [], layout = [], axe = [];
  let server, s;

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
    server = await startDemo();
    s = await begin({ browser, server, language, at });
  });
  let broken = '';
  for (const [name, chapter] of Object.entries(CHAPTERS)) {
    test(`${language}: ${name}`, async () => {
      if (broken) throw `not told: the story broke off at "${broken}"`;
      broken = name;
      await chapter(s);
      broken = '';
    });
  }
  test(`${language}: no word of the other language on any page`, () => {
    assert.ok(seen.size > 50, `${seen.size} pages were seen`);
    assert.deepEqual([...new Set(words)], []);
  });
  test(`${language}: every page fits`, () => assert.deepEqual([...new Set(layout)], []));
  test(`${language}: axe-core finds nothing on any page`, () => assert.deepEqual([...new Set(axe)], []));
  test(`${language}: to claim, to view and to verify is light`, async () => {
    if (broken) throw 'the story broke off';
    const visitor = await newVisitor(browser, server, language, { signsIn: true }), page = await visitor.newPage();
    const link = await claimLink(s, s.learner.mended), count = await countBytes(page);
    await page.goto(link);
    await Promise.all([page.waitForNavigation(), page.click('main form button')]);
    await page.waitForLoadState('networkidle');
    const look = await verify(page, server, language, file(s, 'json'));
    assert.equal(look.heading, s.t('result.not-verified'));
    const all = await count.end(), wire = all.reduce((sum, one) => sum + one.wire, 0);
    for (const one of all) console.log(`# ${language} ${one.wire} bytes on the wire, ${one.plain} plain: ${new URL(one.url).pathname}`);
    console.log(`# ${language} claim, view and verify: ${wire} bytes on the wire`);
    assert.ok(all.length > 6 && wire > 10_000, 'nothing was weighed');
    assert.ok(wire < WIRE_BYTES, `${wire} bytes`);
    await visitor.finish();
  });
  test(`${language}: the story ends`, async () => {
    await s.finish();
    await server.stop();
  });
  // The signature needs nobody; whether it was revoked, nobody can say.
  test(`${language}: with the issuer's server off the status is unknown, and words say so`, async () => {
    if (broken) throw 'the story broke off';
    const path = join(folder, `taken-${language}.json`);
    writeFileSync(path, s.files.json);
    const told = spawnSync(CAIRN, ['verify', '--json', '--allow-private', path], { encoding: 'utf8' });
    const steps = Object.fromEntries(JSON.parse(told.stdout).steps.map((step) => [step.id, step]));
    assert.equal(told.status, 2, told.stderr);
    assert.equal(steps.proof.outcome, 'pass');
    assert.equal(steps.status.outcome, 'unknown');
    const plain = spawnSync(CAIRN, ['verify', '--allow-private', path], { encoding: 'utf8' });
    assert.equal(plain.status, 2);
    assert.match(plain.stdout, /Whether this credential was revoked cannot be said now/);

    const elsewhere = await startServer(), visitor = await newVisitor(browser, elsewhere, language);
    const look = await verify(await visitor.newPage(), elsewhere, language, { file: path });
    assert.equal(look.heading, s.t('result.unknown'));
    has(look, s.t('step.proof.pass'), s.t('problem.status-list-unretrievable'));
    await visitor.finish();
    await elsewhere.stop();
  });
}

await runTests(async () => {
  await browser.close();
  removeFolder();
});
