// SPDX-License-Identifier: Apache-2.0
// Pages about people and organisations: signing in, the account, members, scopes, the audit.
import { awardsOf } from './kinds_awards.mjs';

let asked = 0;

// Somebody asks for a link to sign in; each time another, since only so many go to one address.
async function ask(page, server, language) {
  asked += 1;
  await page.goto(`${server.origin}/sign-in?lang=${language}`);
  await page.locator('input[type=email]').fill(`visitor${asked}@people.example`);
  await page.locator('main form button').click();
  await page.locator('input[name=code]').waitFor();
  await page.waitForLoadState();
}

export function peopleKinds(fixtures) {
  // `path` is made from the place; `who` is signed in where one is named.
  const at = (path, who) => async (page, server, language) => {
    const place = awardsOf(server, fixtures.path('good.json'));
    if (who) await page.context().signIn(place.people[who]);
    const to = path(place);
    await page.goto(`${server.origin}${to}${to.includes('?') ? '&' : '?'}lang=${language}`);
  };
  // The form is sent as `fill` leaves it, and comes back with what is wrong.
  const wrong = (path, who, fill) => async (page, server, language) => {
    await at(path, who)(page, server, language);
    await fill(page);
    await page.locator('.govuk-error-message').first().waitFor();
    await page.waitForLoadState();
  };
  const fillAndSend = (field, text) => async (page) => {
    await page.locator(`#${field}`).fill(text);
    await page.locator(`form:has(#${field}) button`).click();
  };
  const own = (rest = '') => (place) => `/organisations/${place.organisation}${rest}`;
  return {
    'sign-in': at(() => '/sign-in'),
    'sign-in-error': wrong(() => '/sign-in', '', fillAndSend('email', 'nobody')),
    'sign-in-sent': ask,
    'sign-in-code-error': async (page, server, language) => {
      await ask(page, server, language);
      await fillAndSend('code', 'K7QMX-3TXPA')(page);
      await page.locator('.govuk-error-message').first().waitFor();
      await page.waitForLoadState();
    },
    'sign-in-link': at((place) => `/sign-in/link/${place.invitation}`),
    'sign-in-link-unknown': at(() => `/sign-in/link/${'A'.repeat(43)}`),
    // Whoever came by the link of a claim, and asks for more.
    'sign-in-claimed': at(() => '/account/delete', 'claimant'),
    'sign-in-passkey': at(() => '/sign-in/passkey'),
    account: at(() => '/account', 'administrator'),
    'account-error': wrong(() => '/account', 'learner', fillAndSend('email', 'nobody')),
    'account-delete': at(() => '/account/delete', 'learner'),
    'passkey-new': at(() => '/account/passkeys/new', 'administrator'),
    organisations: at(() => '/organisations', 'administrator'),
    'organisations-none': at(() => '/organisations', 'learner'),
    organisation: at(own(), 'administrator'),
    'organisation-viewer': at(own(), 'viewer'),
    'organisation-edit': at(own('/edit'), 'administrator'),
    'organisation-profile': at(own('/profile'), 'administrator'),
    'organisation-edit-error': wrong(own('/edit'), 'administrator', fillAndSend('url', 'college')),
    members: at(own('/members'), 'administrator'),
    'members-error': wrong(own('/members'), 'administrator', fillAndSend('email', 'nobody')),
    member: at((place) => `/organisations/${place.organisation}/members/${place.member}`, 'administrator'),
    'member-remove': at((place) => `/organisations/${place.organisation}/members/remove/${place.member}`, 'administrator'),
    audit: at(own('/audit'), 'administrator'),
    'audit-none': at(own('/audit?person=nobody'), 'administrator'),
    scopes: at(own('/scopes'), 'administrator'),
    'scopes-none': at((place) => `/organisations/${place.other}/scopes`, 'stranger'),
    'scope-new': at(own('/scopes/new'), 'administrator'),
    'scope-new-error': wrong(own('/scopes/new'), 'administrator', fillAndSend('isced', 'six')),
    'scope-withdraw': at((place) => `/organisations/${place.organisation}/scopes/${place.scope}/withdraw`, 'administrator'),
    'scope-withdraw-error': wrong((place) => `/organisations/${place.organisation}/scopes/${place.scope}/withdraw`,
      'administrator', fillAndSend('reason', ' ')),
    'key-retire': at(own('/keys/retire'), 'administrator'),
  };
}
