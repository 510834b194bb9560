// SPDX-License-Identifier: Apache-2.0
// Finds words of the other language on a page: whole messages and pieces of them from the catalogues, and the small
// words that no sentence does without, for sentences that stand in no catalogue. Texts that nobody sees but a screen
// reader or a printer count too.
import { catalogue, fold } from './words.mjs';

const OTHER = { en: 'fr', fr: 'en' };
const SMALL = {
  en: 'the is are of and with this that these has have was were you your not from for which been it its there',
  fr: 'le la les des du une est sont et avec cette vous votre pas dans pour qui que aux sur été être',
};
// Not language: addresses of the web and of people, names of keys and ids, places in JSON; and names that are the same in
// both languages.
const NEUTRAL = /College of the North Atlantic|Common Microcredential Framework|(?<=^| )\/[\w~/]+(?=\s?:)|\bhttps?:\/\/\S+|\bdid:\S+|\burn:\S+|[\w.+-]+@[\w.-]+/g;
// What may stand on a page in the other language, where it is marked as such: the way to the other language; in the
// mailbox of a demonstration, the letters to people who read the other language.
const SWITCH = ['page.switch', 'page.switch.form'], SUBJECT = /^letter\..*subject$/;

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const whole = (alternatives, flags) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, `u${flags}`);

// What messages say around their arguments.
function pieces(messages) {
  return [...messages.values()].flatMap((text) => fold(text).split(/%\d/))
    .map((piece) => piece.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
}

function piecesOfOther(language) {
  const ours = pieces(catalogue(language)).join('\n');
  const found = [...new Set(pieces(catalogue(OTHER[language])))]
    .filter((piece) => /\p{L}{3}/u.test(piece) && !whole([escaped(piece)], 'i').test(ours));
  return whole(found.sort((a, b) => b.length - a.length).map(escaped), '');
}

// Runs in the page: every text with its language, in order.
function textsOf() {
  const found = [], walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ALL);
  const add = (text, e, attribute) => {
    if (text?.trim()) found.push({ text, attribute, language: e.closest('[lang]')?.lang.slice(0, 2) });
  };
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) add(node.data, node.parentElement);
    else if (node.nodeType === Node.ELEMENT_NODE) {
      for (const name of ['alt', 'title', 'aria-label', 'placeholder', 'content']) add(node.getAttribute(name), node, name);
      if (node.matches('input:not([type=hidden], [type=radio], [type=checkbox])')) add(node.getAttribute('value'), node, 'value');
    }
  }
  return found;
}

// foreignTo('fr', own)(page): what is wrong on it. own: texts of the story in the other language, which may stand
// where they are marked as such.
export function foreignTo(language, own) {
  const known = piecesOfOther(language), small = whole(SMALL[OTHER[language]].split(' '), 'i');
  const switches = SWITCH.map((key) => fold(catalogue(language).get(key)));
  const allowed = [...own, ...switches].map(fold);
  const subjects = [...catalogue(OTHER[language])].filter(([key]) => SUBJECT.test(key))
    .map(([, text]) => new RegExp(`^${fold(text).split(/%\d/).map(escaped).join('.*')}$`, 'u'));
  const mayStand = (says, path) => allowed.some((one) => one.includes(says))
    || (path === '/mailbox' && subjects.some((one) => one.test(says)));
  return async (page) => {
    const wrong = [], path = new URL(page.url()).pathname;
    for (const { text, attribute, language: marked } of await page.evaluate(textsOf)) {
      // A text and the name of what it is about share the attribute, and have one language between them.
      const named = attribute ? own.reduce((rest, one) => rest.replaceAll(one, ''), text) : text;
      const says = fold(named.replace(NEUTRAL, ''));
      if (!says || marked === '') continue; // marked as of no known language: words of others, as they wrote them
      if (marked === OTHER[language]) {
        if (!mayStand(says, path)) wrong.push(`marked ${marked}: ${says}`);
      } else if (known.test(says) || small.test(says)) {
        wrong.push(`${(known.exec(says) ?? small.exec(says))[0]} — in: ${says.slice(0, 160)}`);
      }
    }
    return wrong;
  };
}
