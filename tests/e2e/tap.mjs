// SPDX-License-Identifier: Apache-2.0
// Runs tests one after another and prints TAP; names of tests on the command line, after `--`, run only those.
const tests = [];
const SECONDS = 180;

export function test(name, run) {
  tests.push({ name, run });
}

async function within(promise, seconds) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${seconds} s`)), seconds * 1000);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

// Runs what was told to test(), then `done`; ends the process.
export async function runTests(done) {
  const words = process.argv.includes('--') ? process.argv.slice(process.argv.indexOf('--') + 1) : [];
  const chosen = tests.filter(({ name }) => words.every((word) => name.includes(word)));
  let failed = 0;
  console.log(`1..${chosen.length}`);
  for (const [index, { name, run }] of chosen.entries()) {
    try {
      await within(run(), SECONDS);
      console.log(`ok ${index + 1} - ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${index + 1} - ${name}`);
      console.log(String(error.stack || error).split('\n').map((line) => `# ${line}`).join('\n'));
    }
  }
  await done();
  process.exitCode = failed || !chosen.length ? 1 : 0;
}
