// SPDX-License-Identifier: Apache-2.0
// usage: node tools/module-to-json.mjs FILE...
// Prints a JSON array of strings: each file's default export, itself as JSON with two spaces of indentation.
import {pathToFileURL} from 'node:url';

const texts = [];
for(const file of process.argv.slice(2)) {
  const module = await import(pathToFileURL(file));
  texts.push(JSON.stringify(module.default, null, 2));
}
process.stdout.write(JSON.stringify(texts));
