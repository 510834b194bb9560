// SPDX-License-Identifier: Apache-2.0
// The words of the pages, read from web/locale, so that tests hold no copies of them.
import { readFileSync, readdirSync } from 'node:fs';

export const LANGUAGES = ['en', 'fr'];

const unquote = (line) => JSON.parse(line.slice(line.indexOf('"')));

function readPo(path) {
  const messages = new Map();
  let id = '', field = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const start = /^(msgid_plural|msgid|msgstr(?:\[(\d)\])?) "/.exec(line);
    if (start) field = start[1];
    if (field === 'msgid' && (start || line.startsWith('"'))) id = start ? unquote(line) : id + unquote(line);
    else if (field.startsWith('msgstr') && (start || line.startsWith('"'))) {
      const key = field === 'msgstr' || field === 'msgstr[0]' ? id : `${id}${field.slice(6)}`;
      messages.set(key, (start ? '' : messages.get(key)) + unquote(line));
    } else if (!line.startsWith('"') && !start) field = '';
  }
  return messages;
}

// White space as a browser shows it: no-break spaces stay what they are.
export const fold = (text) => text.replace(/[ \t\r\n]+/g, ' ').trim();

// Every message of a language by its name; forms of a plural are named "name[n]".
export function catalogue(language) {
  const folder = new URL('../../web/locale/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name === `${language}.po` || name.endsWith(`.${language}.po`));
  const messages = new Map(files.flatMap((name) => [...readPo(new URL(name, folder))]));
  messages.delete('');
  return messages;
}

// words('en')('result.title', 'Verified', 'Soil') is the message with its arguments. Unknown keys are errors.
export function words(language) {
  const messages = catalogue(language);
  return (key, ...values) => {
    if (!messages.has(key)) throw new Error(`no message ${key} in ${language}`);
    return fold(messages.get(key).replace(/%(\d)/g, (_, n) => values[n - 1] ?? `%${n}`));
  };
}
