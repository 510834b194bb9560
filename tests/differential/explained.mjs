// SPDX-License-Identifier: Apache-2.0
// Differences that are not ours: docs/engine.md tells them with the sections of the specification.

// Some node has two lists, or two JSON literals, under one property.
function twoOfAKind(v) {
  if(typeof v !== 'object' || v === null) return false;
  const crowded = each => Array.isArray(each) && (each.filter(item => item?.['@list']).length > 1 ||
    each.filter(item => item?.['@type'] === '@json').length > 1);
  return Object.values(v).some(each => crowded(each) || twoOfAKind(each));
}

// Without directions, and then each value once.
function undirected(v) {
  if(Array.isArray(v)) return [...new Set(v.map(each => JSON.stringify(undirected(each))))].sort();
  if(typeof v !== 'object' || v === null) return v;
  const keys = Object.keys(v).sort().filter(key => key !== '@direction');
  return Object.fromEntries(keys.map(key => [key, undirected(v[key])]));
}

const unlabelled = v => JSON.parse(JSON.stringify(v).replace(/"_:b[0-9]+"/g, '"_:b"'));
const asText = v => JSON.stringify(undirected(unlabelled(v)));

const REASONS = [
  ['a language map holds no direction (6.2.2, 4.9.1.1; 6.1.2, 12.8.9.4)',
    (what, made, mine) => what === 'again' && asText(mine.again) === asText(mine.expand)],
  // Values are equal when all of their entries are (7.2.2, 4.1.2).
  ['the package takes values that differ in @direction alone for one, and JSON literals that are equal for two',
    (what, made, mine, theirs) => what === 'flatten' && asText(mine.flatten) === asText(theirs.flatten)],
  ['a term holds one list, or one JSON literal (6.1.2, 12.8.7.3 and 12.8.10); safe mode refuses more',
    (what, made, mine) => what === 'again' && twoOfAKind(mine.expand)],
  // A list item that RDF cannot hold leaves its cell without rdf:first (8.3.2, 3.3).
  ['the package ends in a TypeError', (what, made, mine, theirs) =>
    /Cannot read properties of null/.test(theirs[what]?.error)],
];

export function explain(what, made, mine, theirs) {
  for(const [reason, holds] of REASONS) if(holds(what, made, mine, theirs)) return reason;
  return null;
}
