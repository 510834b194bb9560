// SPDX-License-Identifier: Apache-2.0
// Pages about keys and issuers.
import { awardsOf } from './kinds_awards.mjs';

export function keyKinds(fixtures) {
  const at = (path, who) => async (page, server, language) => {
    const place = awardsOf(server, fixtures.path('good.json'));
    if (who) await page.context().signIn(place.people[who]);
    await page.goto(`${server.origin}${path(place)}${path(place).includes('?') ? '&' : '?'}lang=${language}`);
  };
  const keys = (rest = '') => (place) => `/organisations/${place.organisation}/keys${rest}`;
  return {
    keys: at(keys(), 'administrator'),
    domain: at(keys('/domain'), 'administrator'),
    'domain-file': at(keys('/domain?domain=college.example'), 'administrator'),
    'domain-error': at(keys('/domain?domain=college'), 'administrator'),
    issuer: at((place) => `/issuers/${place.organisation}`),
  };
}
