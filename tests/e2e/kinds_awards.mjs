// SPDX-License-Identifier: Apache-2.0
// Pages about awards: the rows that they show are put into the server's database, once for each server.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './harness.mjs';

const places = new WeakMap();

// {organisation, people: {name: token of a session}, awards: {name: {id, token, code, check, …}}}
export function awardsOf(server, document) {
  if (!places.has(server)) {
    const place = join(server.database, '..', 'awards.json');
    const done = spawnSync('python3', [join(ROOT, 'tests/tools/awards.py'), server.database, place, document],
      { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    places.set(server, JSON.parse(readFileSync(place, 'utf8')));
  }
  return places.get(server);
}

export function awardKinds(fixtures) {
  // `path` is made from the place; `who` is signed in where one is named.
  const at = (path, who) => async (page, server, language) => {
    const place = awardsOf(server, fixtures.path('good.json'));
    if (who) await page.context().signIn(place.people[who]);
    await page.goto(`${server.origin}${path(place)}?lang=${language}`);
  };
  const credential = (name, rest = '') => (place) => `/credentials/${place.awards[name].id}${rest}`;
  const staff = (name, rest = '') => (place) => `/organisations/${place.organisation}/awards/${place.awards[name].id}${rest}`;
  const claim = (name) => (place) => `/claim/${place.awards[name].token}`;
  const sent = (path, who) => async (page, server, language) => {
    await at(path, who)(page, server, language);
    await page.locator('main button[type=submit]').click();
  };
  return {
    'claim-code': at(() => '/claim'),
    'claim-code-error': sent(() => '/claim'),
    claim: at(claim('open')),
    'claim-signed-in': at(claim('open'), 'learner'),
    'claim-used': at(claim('held')),
    'claim-expired': at(claim('expired')),
    'claim-revoked': at(claim('revoked')),
    'claim-unknown': at(() => `/claim/${'A'.repeat(43)}`),
    'credential-unclaimed': at(credential('open')),
    'credential-unclaimed-revoked': at(credential('revoked')),
    'credential-off': at(credential('off')),
    credential: at(credential('held')),
    'credential-holder': at(credential('held', ''), 'learner'),
    'credential-revoked': at(credential('taken')),
    credentials: at(() => '/credentials', 'learner'),
    'credentials-none': at(() => '/credentials', 'viewer'),
    'credential-settings': at(credential('held', '/settings'), 'learner'),
    check: at(() => '/check'),
    'award-waiting': at(staff('lost'), 'administrator'),
    'award-claimed': at(staff('held'), 'viewer'),
    'award-revoked': at(staff('taken'), 'administrator'),
    'award-revoke': at(staff('held', '/revoke'), 'administrator'),
    'award-revoke-error': sent(staff('held', '/revoke'), 'administrator'),
  };
}
