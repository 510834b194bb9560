// SPDX-License-Identifier: Apache-2.0
// One page of every kind there is, for the tests that look at all of them.
import { achievementKinds } from './kinds_achievements.mjs';
import { awardKinds } from './kinds_awards.mjs';
import { endorsementKinds } from './kinds_endorse.mjs';
import { frameworkKinds } from './kinds_frameworks.mjs';
import { competencyKinds } from './kinds_competencies.mjs';
import { keyKinds } from './kinds_keys.mjs';
import { peopleKinds } from './kinds_people.mjs';
import { verify } from './pages.mjs';

// Somebody asks for a link to sign in, and reads the letter.
async function letter(page, server, language) {
  await page.goto(`${server.origin}/sign-in?lang=${language}`);
  await page.locator('input[type=email]').fill('zoe@ecole.example');
  await page.locator('main form button').click();
  await page.locator('input[name=code]').waitFor();
  await page.waitForLoadState();
  await page.goto(`${server.origin}/mailbox?lang=${language}`);
  await page.locator('.cairn-mail-list a').first().click();
}

// name -> open(page, server, language): the page stands there when it returns.
export function pageKinds(fixtures) {
  const at = (path) => (page, server, language) => page.goto(`${server.origin}${path}?lang=${language}`);
  const result = (name) => (page, server, language) => verify(page, server, language, { file: fixtures.path(name) });
  const tooLarge = { name: 'large.json', mimeType: 'text/plain', buffer: Buffer.alloc(9 << 20, 'x') };
  return {
    home: at('/'),
    form: at('/verify'),
    accessibility: at('/accessibility'),
    mailbox: at('/mailbox'),
    letter,
    'not-found': at('/no/such/page'),
    'form-error': (page, server, language) => verify(page, server, language,
      { text: 'hello', link: 'https://riverbend.example/badges/none' }),
    'too-large': (page, server, language) => verify(page, server, language, { file: tooLarge }),
    verified: result('good.json'),
    unlisted: result('unlisted.json'),
    impostor: result('impostor.json'),
    tampered: result('tampered.json'),
    expired: result('expired.json'),
    unknown: result('list-unreachable.json'),
    'not-read': result('plain.png'),
    several: result('several.json'),
    presentation: result('presentation.json'),
    long: result('long.json'),
    ...achievementKinds(fixtures),
    ...awardKinds(fixtures),
    ...endorsementKinds(fixtures),
    ...frameworkKinds(),
    ...competencyKinds(),
    ...keyKinds(fixtures),
    ...peopleKinds(fixtures),
  };
}
