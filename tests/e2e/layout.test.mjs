// SPDX-License-Identifier: Apache-2.0
// Every kind of page at home on every screen: nothing scrolls sideways or is cut off, from a small phone to a
// desktop, at 400 % (which is 320 px wide) and with text alone at 200 %; what one presses is large enough; and a
// page with its styles is light.
//
// usage: node layout.test.mjs CAIRN SIGN [-- WORD...]
import assert from 'node:assert/strict';
import { makeFixtures } from './fixtures.mjs';
import { newVisitor, oneForAll, removeFolder, startBrowser, startServer } from './harness.mjs';
import { pageKinds } from './kinds.mjs';
import { assertFits, misfits } from './misfits.mjs';
import { openAll } from './pages.mjs';
import { runTests, test } from './tap.mjs';
import { LANGUAGES } from './words.mjs';

// Who claims, shows or verifies has the lighter pages; a framework with all its rules is the heaviest of the others.
const PAGE_BYTES = 100_000, WIRE_BYTES = 32_000, DESK_WIRE_BYTES = 60_000;
const fixtures = makeFixtures();
const kinds = pageKinds(fixtures);
const server = await startServer(...fixtures.options);
const browser = await startBrowser();

for (const language of LANGUAGES) {
  const visit = oneForAll(browser, server, language);
  for (const [kind, open] of Object.entries(kinds)) {
    test(`${language}: ${kind} fits`, () => visit(async (page) => {
      await open(page, server, language);
      await openAll(page);
      await assertFits(page, [320, 360, 768, 1280]);
      // Text alone at 200 %: sizes in rem and em follow the root's.
      const size = () => page.locator('main').locator('p, li').first().evaluate((text) => getComputedStyle(text).fontSize);
      const before = await size();
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      const after = await size();
      assert.equal(parseFloat(after), 2 * parseFloat(before), 'text does not follow the size that was asked for');
      for (const width of [640, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await page.evaluate(misfits), [], `text at 200 %, ${width} px`);
      }
    }));
  }
}

test('what does not fit would be seen', async () => {
  const visitor = await newVisitor(browser, server, 'en');
  const page = await visitor.newPage();
  await page.goto(`${server.origin}/`);
  await page.evaluate(() => { document.querySelector('main p').style.minWidth = '2000px'; });
  assert.ok((await page.evaluate(misfits)).length > 0);
  await visitor.finish();
});

// ---- Weight ----

// Bytes of all that a visit to a page loads: as they are, and on the wire with heads.
async function weigh(visitor, open, language) {
  const page = await visitor.newPage(), session = await visitor.newCDPSession(page);
  const sum = { plain: 0, wire: 0 }, urls = new Map();
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  // Badges are what a page is about, and are weighed where they are drawn (tests/unit/draw).
  session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (type === 'Document' || request.url.includes('/static/')) urls.set(requestId, { url: request.url, plain: 0, wire: 0 });
  });
  session.on('Network.dataReceived', ({ requestId, dataLength }) => {
    if (urls.has(requestId)) urls.get(requestId).plain += dataLength;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (urls.has(requestId)) urls.get(requestId).wire = encodedDataLength;
  });
  await open(page, server, language);
  await page.waitForLoadState('load');
  // Heads and ends of answers are told a little later than the page.
  for (let waited = 0; waited < 5000 && [...urls.values()].some((one) => !one.wire); waited += 20) {
    await new Promise((later) => { setTimeout(later, 20); });
  }
  // A result comes after its form: the last page, with all that is not a page.
  const all = [...urls.values()], pages = all.filter(({ url }) => !url.includes('/static/'));
  for (const { plain, wire } of [...new Map(all.filter(({ url }) => url.includes('/static/'))
    .map((one) => [one.url, one])).values(), pages.at(-1)]) {
    sum.plain += plain;
    sum.wire += wire;
  }
  sum.desk = all.some(({ url }) => url.includes('/static/desk'));
  await page.close();
  return sum;
}

for (const language of LANGUAGES) {
  test(`${language}: a page with its styles is light`, async () => {
    const visitor = await newVisitor(browser, server, language);
    for (const [kind, open] of Object.entries(kinds)) {
      const { plain, wire, desk } = await weigh(visitor, open, language);
      console.log(`# ${language} ${kind}: ${plain} bytes, ${wire} on the wire`);
      assert.ok(plain > 5000 && wire > 2000, `${kind}: nothing was weighed`);
      assert.ok(plain < PAGE_BYTES, `${kind}: ${plain} bytes`);
      assert.ok(wire < (desk ? DESK_WIRE_BYTES : WIRE_BYTES), `${kind}: ${wire} bytes on the wire`);
    }
    await visitor.finish();
  });
}

await runTests(async () => {
  await browser.close();
  await server.stop();
  removeFolder();
});
