// SPDX-License-Identifier: Apache-2.0
// What one institution has published as a start for another's, in a browser with both languages and without JavaScript:
// a copy, single competencies, a licence that is not known, one that forbids it, and both public pages. On every page:
// axe-core finds nothing, no word of the other language stands unmarked, and nothing runs out of it.
//
// usage: node reuse.test.mjs CAIRN SIGN [FOLDER]   -- with pictures of each page in FOLDER
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOOKS, dress, faults } from './axe.mjs';
import { foreignTo } from './foreign.mjs';
import { CAIRN, newVisitor, removeFolder, startBrowser, startServer } from './harness.mjs';
import { unfit } from './misfits.mjs';
import { runTests, test } from './tap.mjs';
import { LANGUAGES, fold, words } from './words.mjs';

const WIDTHS = [320, 360, 1280];
const [pictures] = process.argv.slice(4).filter((one) => !one.startsWith('-'));
const NAMES = {
  owner: { en: 'Spruce Bay College', fr: 'Collège de la Baie-aux-Épinettes' },
  author: { en: 'Alder Creek Institute', fr: 'Institut du Ruisseau-aux-Aulnes' },
};
const BOOKS = { en: 'Closing a month', fr: 'Clôturer un mois' }, PAY = { en: 'Paying wages', fr: 'Verser des salaires' };
const LABELS = [{ en: 'reconcile accounts', fr: 'rapprocher des comptes' }, { en: 'explain a difference', fr: 'expliquer un écart' }];
const COMPETENCIES = [{ label: LABELS[0], framework: 'ESCO', uri: 'http://data.europa.eu/esco/skill/accounts' }, { label: LABELS[1] }];
const TEXTS = [...Object.values(NAMES), BOOKS, PAY, ...LABELS, { en: 'Closes a month.', fr: 'Clôture un mois.' },
  { en: 'A case in two hours.', fr: 'Un cas en deux heures.' }, { en: 'Reconciles an account', fr: 'Rapproche un compte' }];

const file = (name, design) => JSON.stringify({
  cairn: 'achievement', name, description: TEXTS[6], criteria: TEXTS[7], outcomes: [TEXTS[8]], design,
});
const design = (licence) => ({ hours: { total: 40 }, competencies: COMPETENCIES, ...(licence ? { licence } : {}) });

const browser = await startBrowser();

for (const language of LANGUAGES) {
  const other = language === 'fr' ? 'en' : 'fr', t = words(language);
  const foreign = foreignTo(language, TEXTS.map((one) => one[other]));
  const found = [], organisations = {}, made = {};
  let server, visitor, page, copy, draft, broken = '';

  const cairn = (args, input) => {
    const done = spawnSync(CAIRN, [...args, '--db', server.database], { encoding: 'utf8', timeout: 60_000, input });
    assert.equal(done.status, 0, `cairn ${args.join(' ')}: ${done.stderr}`);
    return done.stdout.trim();
  };
  const open = async (path, expected = 200) => {
    const url = new URL(path, server.origin);
    url.searchParams.set('lang', language);
    assert.equal((await page.goto(url.href)).status(), expected, url.href);
  };
  const submit = async (form, expected = 200) => {
    const [answer] = await Promise.all([page.waitForNavigation(), page.locator(`${form} button[type=submit]`).first().click()]);
    assert.equal(answer.status(), expected, page.url());
  };
  const says = async (...expected) => {
    const all = fold(await page.locator('main').innerText());
    for (const one of expected) assert.ok(all.includes(fold(one)), `"${one}" is not in: ${all}`);
  };
  const look = async (name) => {
    found.push(...(await foreign(page)).map((one) => `${name}: ${one}`));
    found.push(...(await unfit(page, WIDTHS)).map((one) => `${name}: ${one}`));
    await dress(page, LOOKS[language]);
    found.push(...(await faults(page)).map((one) => `${name}: ${one}`));
    for (const width of pictures ? WIDTHS : []) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: join(pictures, `${name}-${language}-${width}.png`), fullPage: true });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  const version = (id) => `/achievements/${id}/versions/1`;

  const steps = {
    'two institutions, and what one has published': async () => {
      if (pictures) mkdirSync(pictures, { recursive: true });
      server = await startServer();
      for (const [who, name] of Object.entries(NAMES)) {
        organisations[who] = cairn(['organisation', 'add', '--name-en', name.en, '--name-fr', name.fr, '--administrator',
          `${who}@office.example`, '--lang', language]).split(/\s/)[0];
      }
      const publish = (name, licence) => {
        const whose = ['--organisation', organisations.owner];
        const id = cairn(['achievement', 'import', '-', ...whose], file(name, design(licence)));
        cairn(['achievement', 'publish', id, ...whose]);
        return id;
      };
      made.books = publish(BOOKS, 'https://creativecommons.org/licenses/by-sa/4.0/');
      made.pay = publish(PAY);
      made.closed = publish(PAY, 'https://creativecommons.org/licenses/by-nd/4.0/');
    },
    'an author of the other signs in': async () => {
      visitor = await newVisitor(browser, server, language, { signsIn: true });
      page = await visitor.newPage();
      for (let i = 0; i < 100; i++) {
        await open('/mailbox');
        if (await page.locator('main li:has-text("author@office.example") a').count()) break;
      }
      await page.locator('main li:has-text("author@office.example") a').first().click();
      await open(/\/sign-in\/link\/[\w-]+/.exec(await page.locator('main').innerText())[0]);
      await submit('form[action^="/sign-in/link"]');
    },
    'what is published is used as a start': async () => {
      await open(version(made.books));
      await page.getByRole('link', { name: t('reuse.link') }).click();
      await says(BOOKS[language], t('reuse.licence.alike'), t('reuse.left'), 'CC BY-SA 4.0');
      await look('use');
      await submit('main form[action*="/use"]');
      await says(t('achievement-done.copied'), t('source.heading'), NAMES.owner[language]);
      copy = new URL(page.url()).pathname;
    },
    'the draft says where it comes from': async () => {
      await look('copied');
      await open(`${copy}/design`);
      await says(t('source.heading'), BOOKS[language], NAMES.owner[language]);
      await look('design');
    },
    'one without a licence takes a word': async () => {
      await open(`${version(made.pay)}/use`);
      await submit('main form[action*="/use"]', 422);
      await says(t('reuse.error.sure'));
      await look('unsure');
      await page.check('#outcomes');
      await page.check('#sure');
      await submit('main form[action*="/use"]');
      await says(t('achievement-done.copied'), t('source-part.outcomes'));
    },
    'one that may not be changed is told': async () => {
      await open(`${version(made.closed)}/use`);
      await says('CC BY-ND 4.0');
      assert.equal(await page.locator('main form').count(), 0);
      await look('closed');
    },
    'single competencies are looked at': async () => {
      await open(`/organisations/${organisations.author}/achievements/new`);
      await page.fill('[id=name-en]', PAY.en);
      await page.fill('[id=name-fr]', PAY.fr);
      await submit('main form');
      draft = new URL(page.url()).pathname;
      await open(`${draft}/competencies`);
      await page.fill('#from', 'https://elsewhere.example/a');
      await submit('form[action*="/competencies?"]:has(#from)');
      await says(t('take.error.none'));
      await look('take-none');
    },
    'single competencies are taken into a draft': async () => {
      await page.fill('#from', `${server.origin}${version(made.books)}`);
      await submit('form[action*="/competencies?"]:has(#from)');
      await says(BOOKS[language], LABELS[0][language], LABELS[1][language]);
      await page.uncheck('#place-0');
      await look('take');
      await submit('form[action*="/competencies/take"]');
      await says(t('competencies-done.taken'), LABELS[1][language]);
      await open(`${draft}/design`);
      await says(t('source.heading'), LABELS[1][language], NAMES.owner[language]);
      await look('design-single');
    },
    'both public pages tell': async () => {
      cairn(['achievement', 'publish', copy.split('/').pop(), '--organisation', organisations.author]);
      await open(version(copy.split('/').pop()));
      await says(t('source.heading'), BOOKS[language], NAMES.owner[language], 'CC BY-SA 4.0');
      await look('public-copy');
      await open(version(made.books));
      await says(NAMES.author[language]);
      assert.equal(await page.locator('#reused').count(), 1);
      await look('public-source');
      await visitor.finish();
    },
  };
  for (const [name, step] of Object.entries(steps)) {
    test(`${language}: ${name}`, async () => {
      if (broken) throw `not told: the story broke off at "${broken}"`;
      broken = name;
      await step();
      broken = '';
    });
  }
  test(`${language}: every page fits, is in one language, and axe-core finds nothing`, async () => {
    assert.deepEqual([...new Set(found)], []);
    await server.stop();
  });
}

await runTests(async () => {
  await browser.close();
  removeFolder();
});
