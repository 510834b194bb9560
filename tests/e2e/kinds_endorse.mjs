// SPDX-License-Identifier: Apache-2.0
// Pages about endorsements: an organisation is asked by another, endorses one achievement and accepts it, once for each
// server.
import { awardsOf } from './kinds_awards.mjs';

const TEXTS = {
  'scope-en': 'Field crews of agronomists', 'scope-fr': 'Équipes de terrain en agronomie',
  'comment-en': 'We hire for it every spring.', 'comment-fr': 'Nous embauchons chaque printemps.',
};
const made = new WeakMap();

async function fill(page) {
  for (const [id, text] of Object.entries(TEXTS)) await page.locator(`[id=${id}]`).fill(text);
}

async function send(page, form, done) {
  await page.locator(`${form} button[type=submit]`).first().click();
  await page.waitForURL(new RegExp(`done=${done}`));
  await page.waitForLoadState('networkidle');
}

async function endorsementsOf(page, server, fixtures) {
  const place = awardsOf(server, fixtures.path('good.json'));
  await page.context().signIn(place.people.endorser);
  if (!made.has(server)) {
    const own = `/organisations/${place.employer}/endorsements`;
    const [open, given] = place.requests.map((id) => `${own}/requests/${id}`);
    await page.goto(`${server.origin}${given}?lang=en`, { waitUntil: 'networkidle' });
    for (const box of await page.locator('input[name=claim]').all()) await box.check();
    await fill(page);
    await send(page, '#form', 'given');
    const revoke = new URL(await page.locator('a[href*="/revoke"]').first().getAttribute('href'), server.origin).pathname;
    await page.goto(`${server.origin}${own}/accept?lang=en`, { waitUntil: 'networkidle' });
    await page.locator('#achievement').fill(place.endorsed);
    await page.locator('input[name=for]').first().check();
    await page.locator('#occupation').fill('22110');
    await fill(page);
    await send(page, '#form', 'accepted');
    await page.context().signIn(place.people.administrator);
    const asked = `/organisations/${place.organisation}/achievements/${place.achievement}/endorsements`;
    await page.goto(`${server.origin}${asked}?lang=en`, { waitUntil: 'networkidle' });
    await page.locator('#message').fill('Could you look at it before June?');
    await send(page, 'form:has(#whom)', 'asked');
    await page.context().signIn(place.people.endorser);
    made.set(server, { own, open, revoke, asked, one: revoke.replace(/^.*\/([^/]+)\/revoke$/, '/endorsements/$1'),
      version: `/achievements/${place.endorsed}/versions/1` });
  }
  return made.get(server);
}

export function endorsementKinds(fixtures) {
  const at = (path) => async (page, server, language) => {
    const place = await endorsementsOf(page, server, fixtures);
    await page.goto(`${server.origin}${path(place)}?lang=${language}`);
  };
  const asAsker = (path) => async (page, server, language) => {
    const place = await endorsementsOf(page, server, fixtures);
    await page.context().signIn(awardsOf(server, fixtures.path('good.json')).people.administrator);
    await page.goto(`${server.origin}${path(place)}?lang=${language}`);
  };
  const wrong = (path, form) => async (page, server, language) => {
    await at(path)(page, server, language);
    await page.locator(`${form} button[type=submit]`).first().click();
    await page.locator('.govuk-error-summary').waitFor();
  };
  return {
    endorsements: at((place) => place.own),
    endorse: at((place) => place.open),
    'endorse-error': wrong((place) => place.open, '#form'),
    'endorsement-accept': at((place) => `${place.own}/accept`),
    'endorsement-accept-error': wrong((place) => `${place.own}/accept`, '#form'),
    'endorsement-revoke': at((place) => place.revoke),
    'endorsement-revoke-error': wrong((place) => place.revoke, 'form:has(#reason)'),
    'endorsement-ask': asAsker((place) => place.asked),
    endorsement: at((place) => place.one),
    'achievement-endorsed': at((place) => place.version),
  };
}
