// SPDX-License-Identifier: Apache-2.0
// usage: node tools/compile-css.mjs IN.scss OUT.css
// Compiles a stylesheet with sass, small; what govuk-frontend warns of its own files is not ours to mend.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'sass';

const modules = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules');
const [input, output] = process.argv.slice(2);
if (!output) {
    console.error('usage: node tools/compile-css.mjs IN.scss OUT.css');
    process.exit(64);
}
const made = compile(input, { style: 'compressed', loadPaths: [modules], quietDeps: true });
writeFileSync(output, made.css);
