// SPDX-License-Identifier: Apache-2.0
// A server on a free port with a database and a network of its own, and a browser to look at it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const [CAIRN, SIGN] = process.argv.slice(2, 4).map((path) => resolve(path));
// Chromium without its windows, where there is such a package, takes half the time for a page.
const CHROMIUM = process.env.CAIRN_CHROMIUM
  || ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));
const STARTS_WITHIN = 20_000;

export const folder = mkdtempSync(join(tmpdir(), 'cairn-e2e-'));

// Resolves with the first address the program prints.
function printedAddress(child) {
  return new Promise((resolveAddress, reject) => {
    let printed = '';
    const late = setTimeout(() => reject(new Error(`no address after ${STARTS_WITHIN} ms: ${printed}`)), STARTS_WITHIN);
    const read = (chunk) => {
      printed += chunk;
      // One that is no demonstration says at which origin people reach it, and on which port it listens itself.
      const address = /http:\/\/[a-z0-9.[\]:]+:\d+(?=[/\s])/.exec(printed) || / port (\d+)[,\s]/.exec(printed);
      if (address) {
        clearTimeout(late);
        resolveAddress(address[1] ? `http://127.0.0.1:${address[1]}` : address[0]);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`cairn serve ended with ${code}: ${printed}`));
    });
  });
}

function freePort() {
  return new Promise((found) => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => found(String(port)));
    });
  });
}

// {origin, database, says(pattern), stop()}: `stop` waits, and fails when the server had ended by itself or ends badly.
async function start(options, database = join(mkdtempSync(join(folder, 'db-')), 'cairn.db')) {
  let printed = '';
  const child = spawn(CAIRN, ['serve', '--trust-proxy', '--port', await freePort(), '--db', database, ...options],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => { errors += chunk; });
  child.stdout.on('data', (chunk) => { printed += chunk; });
  const ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
  const origin = await printedAddress(child);
  return {
    origin,
    database,
    // What the first group of a pattern matches, once the server has printed it.
    async says(pattern) {
      for (let waited = 0; waited < STARTS_WITHIN; waited += 50) {
        if (pattern.test(printed)) return pattern.exec(printed)[1];
        await new Promise((later) => { setTimeout(later, 50); });
      }
      throw new Error(`the server never said ${pattern}: ${printed}`);
    },
    async stop() {
      assert.equal(child.exitCode, null, `the server has ended by itself: ${errors}`);
      child.kill('SIGTERM');
      const { code, signal } = await ended;
      assert.ok(code === 0 || signal === 'SIGTERM', `cairn serve ended with ${code} ${signal}: ${errors}`);
    },
  };
}

// Without organisations or people.
export const startServer = (...options) => start(['--demo', '--bare', ...options]);

// With the network of a demonstration, which its first start makes.
export const startDemo = () => start(['--demo']);

// No demonstration: with a database that `cairn init` made; behind whatever speaks TLS. `origin` is where it listens.
export const startReal = (database, ...options) => start(options, database);

// The browser's own profile folder is a new one; close() ends it by its own process id.
export function startBrowser(...more) {
  return chromium.launch({
    executablePath: CHROMIUM,
    chromiumSandbox: false,
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', ...more],
  });
}

let visitors = 0;

function nextAddress() {
  visitors += 1;
  return { 'X-Forwarded-For': `198.51.${100 + (visitors >> 8)}.${visitors & 255}` };
}

// The one cookie there is, and how.
const SESSION = /^session=[\w-]*; Path=\/; (Max-Age=\d+; )?HttpOnly; SameSite=(Lax|Strict)$/;

// A context that fails, when it is closed by `finish`, if a page asked another host for something, was given a
// cookie (other than that of a session, where it `signsIn`), wrote to the console or broke its own policy. Each comes
// from an address of its own, so that the limit per address is met by the tests of that limit alone.
export async function newVisitor(browser, server, language, { signsIn, ...options } = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: language === 'fr' ? 'fr-CA' : 'en-CA',
    extraHTTPHeaders: nextAddress(),
    ...options,
  });
  context.withoutScripts = !(options.javaScriptEnabled ?? false);
  const complaints = [];
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${server.origin}/`) && !url.startsWith('data:')) complaints.push(`asked ${url}`);
  });
  context.on('console', (message) => {
    // Chromium itself writes a line for every answer that is 400 or more.
    if (!message.text().startsWith('Failed to load resource')) complaints.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`error: ${error.error()}`));
  context.on('requestfailed', (request) => {
    // Chromium itself has ended it: the answer is a file to keep, or the page was left before its images were there.
    // What a server breaks off, or a policy blocks, has another name.
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()} ${why}`);
  });
  context.on('response', (response) => {
    const cookie = response.headers()['set-cookie'];
    if (cookie && !(signsIn && SESSION.test(cookie))) complaints.push(`cookie from ${response.url()}: ${cookie}`);
  });
  let signedIn = false;
  // As the server would have it after a sign-in; `token` of a session that is in its database.
  context.signIn = async (token) => {
    signedIn = true;
    await context.addCookies([{ name: 'session', value: token, url: server.origin }]);
  };
  const complain = (cookies) => {
    if (!signsIn) assert.deepEqual(cookies, []);
    assert.deepEqual(complaints, []);
  };
  context.finish = async () => {
    const cookies = signedIn ? [] : await context.cookies();
    await context.close();
    complain(cookies);
  };
  // The same complaints, and then as good as a new visitor: nobody is signed in, the address is another.
  context.renew = async () => {
    complain(signedIn ? [] : await context.cookies());
    signedIn = false;
    await context.clearCookies();
    await context.setExtraHTTPHeaders(nextAddress());
  };
  context.setDefaultTimeout(30_000);
  return context;
}

// Gives visit(run): run(page, visitor) with a page of one visitor for all that is looked at, which saves a new context
// with its empty cache each time. Whoever fails leaves a visitor behind that nobody is given again.
export function oneForAll(browser, server, language, options) {
  let visitor, page;
  return async (run) => {
    if (!visitor) {
      visitor = await newVisitor(browser, server, language, options);
      page = await visitor.newPage();
    }
    const mine = visitor;
    visitor = undefined;
    try {
      await page.emulateMedia({ colorScheme: null });
      await page.setViewportSize({ width: 1280, height: 720 });
      await run(page, mine);
      await mine.renew();
      visitor = mine;
    } finally {
      if (!visitor) await mine.close();
    }
  };
}

export function removeFolder() {
  rmSync(folder, { recursive: true, force: true });
}
