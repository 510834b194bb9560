// SPDX-License-Identifier: Apache-2.0
// axe-core on the page as it stands, as it was loaded: without JavaScript, where its visitor has none.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// A page of every kind is looked at in one language light and wide, in the other dark and narrow: the markup is the
// same, and colours and widths have nothing to do with each other.
export const LOOKS = { en: { colorScheme: 'light', width: 1280 }, fr: { colorScheme: 'dark', width: 320 } };

export async function dress(page, { colorScheme, width }) {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
}

export function told({ id, help, nodes }) {
  return `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join('\n')}`;
}

const sessions = new WeakMap();

// axe-core needs timers, which a page without JavaScript has not: they run for as long as it looks.
async function withTimers(page, run) {
  if (!page.context().withoutScripts) return run();
  if (!sessions.has(page)) sessions.set(page, await page.context().newCDPSession(page));
  const switchOff = (value) => sessions.get(page).send('Emulation.setScriptExecutionDisabled', { value });
  await switchOff(true); // what the session itself has never switched off it does not switch on
  await switchOff(false);
  try {
    return await run();
  } finally {
    await switchOff(true);
  }
}

// What is found, and which rules had something to look at; of those that found nothing no more than that.
export function look(page) {
  const how = { runOnly: { type: 'tag', values: RULES }, resultTypes: ['violations', 'incomplete'] };
  return withTimers(page, async () => {
    if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
    return page.evaluate((options) => window.axe.run(document, options), how);
  });
}

// Words in the colour of what they stand on: axe-core leaves it open whether they are meant to be seen.
export function unseen({ incomplete }) {
  const same = ({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio');
  return incomplete.flatMap(({ nodes }) => nodes.filter(same).map(({ html }) => html));
}

// Everything that is wrong, in words.
export async function faults(page) {
  const found = await look(page);
  assert.ok(found.passes.length > 15, `${page.url()}: only ${found.passes.length} rules had something to look at`);
  return [...found.violations.map(told), ...unseen(found)];
}

export async function assertClean(page, what) {
  assert.deepEqual(await faults(page), [], what);
}
