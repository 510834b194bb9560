// SPDX-License-Identifier: Apache-2.0
// axe-core on the page as it stands. It needs JavaScript, which the pages' policy forbids: a context that it looks at
// is made with LOOKED_AT.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const LOOKED_AT = { javaScriptEnabled: true, bypassCSP: true };

export function told({ id, help, nodes }) {
  return `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join('\n')}`;
}

// What is found, and which rules had something to look at; of those that found nothing no more than that.
export async function look(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
  const how = { runOnly: { type: 'tag', values: RULES }, resultTypes: ['violations', 'incomplete'] };
  return page.evaluate((options) => window.axe.run(document, options), how);
}

// Words in the colour of what they stand on: axe-core leaves it open whether they are meant to be seen.
export function unseen({ incomplete }) {
  const same = ({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio');
  return incomplete.flatMap(({ nodes }) => nodes.filter(same).map(({ html }) => html));
}

export async function assertClean(page, what) {
  const found = await look(page);
  assert.ok(found.passes.length > 15, `only ${found.passes.length} rules had something to look at`);
  assert.deepEqual(found.violations.map(told), [], what);
  assert.deepEqual(unseen(found), [], what);
}
