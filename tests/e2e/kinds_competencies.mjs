// SPDX-License-Identifier: Apache-2.0
// Pages of competency frameworks: small ones are imported by the command, once for each server.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CAIRN, ROOT } from './harness.mjs';

const DATA = join(ROOT, 'tests/data/competencies');
const done = new WeakSet();

function importFiles(server, names) {
  const files = names.map((name) => join(DATA, name));
  const { status, stderr } = spawnSync(CAIRN, ['competencies', 'import', ...files, '--db', server.database], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

export function competenciesOf(server) {
  if (done.has(server)) return;
  const noc = readdirSync(DATA).filter((name) => name.startsWith('noc_'));
  importFiles(server, ['skills_en.csv', 'occupations_en.csv', 'occupationSkillRelations.csv', 'skills_fr.csv', 'occupations_fr.csv']);
  importFiles(server, noc);
  done.add(server);
}

export function competencyKinds() {
  const at = (path) => async (page, server, language) => {
    competenciesOf(server);
    await page.goto(`${server.origin}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
  };
  return {
    competencies: at('/competencies'),
    'competencies-found': at('/competencies?q=o&framework=0'),
    'competencies-none': at('/competencies?q=zzz&framework=0'),
    competency: async (page, server, language) => {
      await at('/competencies?q=2132.1&framework=0')(page, server, language);
      await page.locator('#results .cairn-list__name').first().click();
    },
  };
}
