// SPDX-License-Identifier: Apache-2.0
// What a person does with the pages, and what they then see.
import assert from 'node:assert/strict';
import { fold } from './words.mjs';

// Fills in the form of /verify and sends it. given: {file, text, link}, each optional; file may also be
// {name, mimeType, buffer}.
export async function verify(page, server, language, given = {}) {
  await page.goto(`${server.origin}/verify?lang=${language}`);
  if (given.file) await page.setInputFiles('input[name=file]', given.file);
  if (given.text !== undefined) await page.fill('textarea[name=text]', given.text);
  if (given.link !== undefined) await page.fill('input[name=link]', given.link);
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    page.click('main button[type=submit], main button:not([type])'),
  ]);
  await page.waitForLoadState('load');
  return seen(page, response);
}

// The page as it stands: its status and words, and what every page must have.
export async function seen(page, response) {
  const one = async (selector) => {
    const found = await page.locator(selector).all();
    assert.equal(found.length, 1, `${found.length} elements ${selector} on ${page.url()}`);
    return found[0];
  };
  const look = {
    status: response.status(),
    headers: response.headers(),
    language: await (await one('html')).getAttribute('lang'),
    title: fold(await page.title()),
    heading: fold(await (await one('h1')).innerText()),
    main: fold(await (await one('main')).innerText()),
    whole: fold(await (await one('body')).innerText()),
    steps: (await page.locator('main ol > li h3').allInnerTexts()).map(fold),
    source: await response.text(),
  };
  assert.ok(look.title && look.heading, page.url());
  assert.match(look.headers['content-type'], /^text\/html; *charset=utf-8$/i);
  return look;
}

// Closed details are part of the page too.
export async function openAll(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
}

export function has(look, ...texts) {
  for (const text of texts) assert.ok(look.main.includes(text), `"${text}" is not in: ${look.main}`);
}

export function hasNot(look, ...texts) {
  for (const text of texts) {
    assert.ok(!look.whole.includes(text) && !look.source.includes(text), `"${text}" is in: ${look.whole}`);
  }
}
