// SPDX-License-Identifier: Apache-2.0
// Pages about achievements: an administrator writes them through the forms, once for each server.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { competenciesOf } from './kinds_competencies.mjs';
import { awardsOf } from './kinds_awards.mjs';

const TEXTS = {
  'name-en': 'Bookkeeping Essentials',
  'name-fr': 'Notions essentielles de tenue de livres',
  'description-en': 'Keeps the books of a small enterprise.\n\nFrom invoices to the annual statement.',
  'description-fr': 'Tient les livres d’une petite entreprise.\n\nDes factures aux états annuels.',
  'criteria-en': 'Passes:\n\n- a **written exam**\n- a practical case\n\nSee [the rules](https://college.example/rules).',
  'criteria-fr': 'Réussit :\n\n- un **examen écrit**\n- une étude de cas\n\nVoir [les règles](https://college.example/regles).',
  'outcomes-en': 'Records transactions\nReconciles accounts',
  'outcomes-fr': 'Enregistre les opérations\nRapproche les comptes',
  months: '24',
};

const made = new WeakMap();

// Sends the form of a new achievement; gives the path of its page.
async function write(page, server, list, texts) {
  await page.goto(`${server.origin}${list}/new?lang=en`, { waitUntil: 'networkidle' });
  for (const [id, text] of Object.entries(texts)) await page.locator(`[id=${id}]`).fill(text);
  await page.locator('main form button').click();
  await page.waitForURL(/done=saved/);
  await page.waitForLoadState('networkidle');
  return new URL(page.url()).pathname;
}

// The design is filled from a template.
async function fillFrom(page, server, path, template, replace) {
  await page.goto(`${server.origin}${path}/design/fill?lang=en`, { waitUntil: 'networkidle' });
  await page.locator(`input[value="template.${template}"]`).check();
  if (replace) await page.locator('input[name="replace"]').check();
  await page.locator('main form button:visible').last().click();
  await page.waitForURL(/done=filled/);
}

// What a member stated of the first version: this server has no key to sign with.
function stateOf(server, id) {
  const sql = 'import sqlite3, sys, time; d = sqlite3.connect(sys.argv[1], timeout=10); n = d.execute("INSERT INTO attestation '
    + '(id, achievement, statement, name, document, stated_at, version) SELECT \'stated\', number, \'labour_market_relevant\', '
    + '\'Ana Roy\', \'{}\', ?, 1 FROM achievement WHERE id = ?", (int(time.time()), sys.argv[2])).rowcount; d.commit(); assert n == 1';
  const done = spawnSync('python3', ['-c', sql, server.database, id], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
}

// The frameworks that it is meant to meet.
async function aim(page, server, path) {
  await page.goto(`${server.origin}${path}/design/frameworks?lang=en`, { waitUntil: 'networkidle' });
  for (const family of ['on-ecampus', 'ca-bc']) await page.locator(`[name="frameworks.${family}"]`).check();
  await page.locator('main form button:visible').last().click();
  await page.waitForURL(/done=/);
}

// One that is published, changed and submitted again; gives the path of its page.
async function review(page, server, list) {
  const path = await write(page, server, list, { ...TEXTS, 'name-en': 'Payroll', 'name-fr': 'Paie' });
  const press = async (form, done) => {
    await page.locator(`form[action*="/${form}"] button`).click();
    await page.waitForURL(new RegExp(`done=${done}`));
    await page.waitForLoadState('networkidle');
  };
  await fillFrom(page, server, path, 'short-skill', false);
  await aim(page, server, path);
  stateOf(server, path.split('/').pop());
  await page.goto(`${server.origin}${path}?lang=en`, { waitUntil: 'networkidle' });
  await press('publish', 'published');
  await fillFrom(page, server, path, 'credit-bearing', true);
  await page.goto(`${server.origin}${path}/edit?lang=en`, { waitUntil: 'networkidle' });
  await page.locator('[id=description-en]').fill('Keeps the payroll of a small enterprise.');
  await page.locator('[id=description-fr]').fill('Tient la paie d’une petite entreprise.');
  await page.locator('main form button:visible').last().click();
  await page.waitForURL(/done=saved/);
  await page.waitForLoadState('networkidle');
  await press('submit', 'submitted');
  return path;
}

async function achievementsOf(page, server, fixtures) {
  const place = awardsOf(server, fixtures.path('good.json'));
  await page.context().signIn(place.people.administrator);
  if (!made.has(server)) {
    const list = `/organisations/${place.organisation}/achievements`;
    const published = await write(page, server, list, TEXTS);
    await fillFrom(page, server, published, 'short-skill', false);
    await page.goto(`${server.origin}${published}?lang=en`, { waitUntil: 'networkidle' });
    await page.locator('form[action*="/publish"] button').click();
    await page.waitForURL(/done=published/);
    await page.waitForLoadState('networkidle');
    await page.goto(`${server.origin}${published}/offerings/new?lang=en`, { waitUntil: 'networkidle' });
    await page.locator('[id="starts"]').fill('2999-09-01');
    await page.locator('[id="price"]').fill('249.50');
    await page.locator('main form button:visible').last().click();
    await page.waitForURL(/done=saved/);
    const half = await write(page, server, list, { 'name-fr': 'Ébauche', 'outcomes-en': 'One alone' });
    const submitted = await review(page, server, list);
    const reviews = list.replace('/achievements', '/reviews'), reviewed = submitted.replace('/achievements/', '/reviews/');
    made.set(server, { list, published, half, submitted, reviews, reviewed, version: `/achievements/${published.split('/').pop()}/versions/1` });
  }
  return made.get(server);
}

export function achievementKinds(fixtures) {
  const at = (path) => async (page, server, language) => {
    const place = await achievementsOf(page, server, fixtures);
    const to = path(place);
    await page.goto(`${server.origin}${to}${to.includes('?') ? '&' : '?'}lang=${language}`);
  };
  const sent = (path, fill) => async (page, server, language) => {
    await at(path)(page, server, language);
    await fill(page);
    await page.locator('main form button:visible').last().click();
    await page.locator('.govuk-error-summary').waitFor();
  };
  const brought = (text) => async (page, server, language) => {
    await at((place) => `${place.list}/import`)(page, server, language);
    await page.locator('#file').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await page.locator('main form button:visible').last().click();
    await page.waitForLoadState('networkidle');
  };
  const foreign = JSON.stringify({ '@type': 'ceterms:Badge', 'ceterms:name': { en: 'Welding', fr: 'Soudage', es: 'S' },
    'ceterms:keyword': { en: ['a long list of words'] } });
  const jpeg = { name: 'badge.png', mimeType: 'image/png', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) };
  return {
    achievements: at((place) => place.list),
    'achievement-new': at((place) => `${place.list}/new`),
    'achievement-new-error': sent((place) => `${place.list}/new`, (page) => page.locator('#months').fill('two')),
    'achievement-draft': at((place) => place.half),
    'achievement-offerings': at((place) => `${place.published}/offerings`),
    'achievement-offering-new': at((place) => `${place.published}/offerings/new`),
    'achievement-design': at((place) => `${place.published}/design`),
    'achievement-design-outcomes': at((place) => `${place.published}/design/outcomes`),
    'achievement-design-workload': at((place) => `${place.published}/design/workload`),
    'achievement-design-assessment': at((place) => `${place.published}/design/assessment`),
    'achievement-design-frameworks': at((place) => `${place.published}/design/frameworks`),
    'achievement-design-fill': at((place) => `${place.published}/design/fill`),
    'achievement-design-error': sent((place) => `${place.published}/design/workload`,
      (page) => page.locator('[id="hours.total"]').fill('many')),
    'competency-pick': async (page, server, language) => {
      competenciesOf(server);
      const place = await achievementsOf(page, server, fixtures);
      await page.goto(`${server.origin}${place.published}/competencies?q=o&lang=${language}`);
    },
    achievement: at((place) => place.published),
    'achievement-edit': at((place) => `${place.published}/edit`),
    'achievement-image': at((place) => `${place.published}/image`),
    'achievement-image-error': sent((place) => `${place.published}/image`,
      (page) => page.locator('#image').setInputFiles(jpeg)),
    'achievement-submitted': at((place) => place.submitted),
    'achievement-statements-again': at((place) => `${place.submitted}/statements`),
    'achievement-changes': at((place) => `${place.submitted}/changes`),
    'achievement-check': at((place) => `${place.published}/check`),
    'achievement-check-one': at((place) => `${place.published}/check?pack=on-ecampus-2020`),
    impact: at((place) => place.list.replace('/achievements', '/frameworks/impact?pack=nl-npuls')),
    reviews: at((place) => place.reviews),
    review: at((place) => place.reviewed),
    'review-error': sent((place) => place.reviewed, async () => {}),
    'achievement-import': at((place) => `${place.list}/import`),
    'achievement-import-error': brought('no JSON'),
    'achievement-import-done': brought(foreign),
    'achievement-version': at((place) => place.version),
    'achievement-version-met': at((place) => `/achievements/${place.submitted.split('/').pop()}/versions/1`),
  };
}
