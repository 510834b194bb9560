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

// What is found, and which rules had something to look at.
export async function look(page) {
  await page.evaluate(AXE);
  return page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), RULES);
}

export async function assertClean(page, what) {
  const found = await look(page);
  assert.ok(found.passes.length > 15, `only ${found.passes.length} rules had something to look at`);
  assert.deepEqual(found.violations.map(told), [], what);
}
