// SPDX-License-Identifier: Apache-2.0
// Browser tests with the system's Chromium:  node tests/browser/run.mjs [PATTERN] [--shots DIR]
//
// A *.spec.mjs exports `tests = [{ name, run: async t => … }]`. t gives a site with its server (t.server), a phone
// and a laptop to look at it (t.phone, t.laptop), pictures (t.shot) and the folder of foreign packages (t.packages,
// absent on most machines). Nothing sleeps: a test waits for what it wants to see. Two tests go on at a time, for most
// of each is waiting; each has a site and browser contexts of its own.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchChromium } from './chromium.mjs';
import { findProgram, Site } from './site.mjs';

const here = dirname(fileURLToPath(import.meta.url)), root = join(here, '../..');
const args = process.argv.slice(2), at = args.indexOf('--shots');
const shots = at >= 0 ? args.splice(at, 2)[1] : undefined;
const pattern = new RegExp(args[0] || '');
if (shots) mkdirSync(shots, { recursive: true });

const program = findProgram(root);
const browser = await launchChromium();

class Test {
  constructor() {
    this.sites = [];
    this.contexts = [];
    this.errors = [];
    const packages = join(root, '../shared/packages');
    this.packages = existsSync(packages) ? packages : undefined;
    this.browser = browser;
    this.root = root;
  }

  // A site with these packages (paths or [name, bytes]) and an event; served.
  async server(packages = []) {
    const site = new Site(program);
    this.sites.push(site);
    return site.make(packages).start();
  }

  // A page in a browser of its own (cookies, storage). `slow`: how many times slower than this machine.
  async page(options, slow = 1) {
    const context = await browser.newContext(options);
    this.contexts.push(context);
    context.setDefaultTimeout(30000);
    const page = await context.newPage();
    page.on('pageerror', error => this.errors.push(String(error)));
    if (slow > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slow });
    return page;
  }

  phone({ slow = 2, width = 360, height = 740, ...options } = {}) {
    return this.page({ viewport: { width, height }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, ...options }, slow);
  }

  laptop(options = {}) { return this.page({ viewport: { width: 1280, height: 800 }, ...options }); }

  async shot(page, name) { if (shots) await page.screenshot({ path: join(shots, `${name}.png`) }); }

  async end() {
    for (const context of this.contexts) await context.close();
    for (const site of this.sites) await site.end();
  }
}

const waiting = [];
for (const file of readdirSync(here).filter(name => name.endsWith('.spec.mjs')).sort()) {
  const { tests } = await import(pathToFileURL(join(here, file)).href);
  waiting.push(...tests.filter(test => pattern.test(`${file} ${test.name}`)).map(test => ({ file, ...test })));
}

let passed = 0, failed = 0;
async function play({ file, name, run, when }) {
  const t = new Test();
  if (when && !when(t)) return;
  const began = Date.now();
  try {
    await run(t);
    passed++;
    console.log(`ok ${file}: ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    const number = ++failed;
    console.log(`not ok ${file}: ${name}\n${error.stack}${t.errors.length ? `\nthe pages said: ${t.errors.join('\n')}` : ''}`);
    for (const [i, context] of t.contexts.entries())
      for (const page of context.pages()) await t.shot(page, `failed-${number}-${i}`).catch(() => undefined);
  }
  await t.end();
}

async function lane() {
  for (let test = waiting.shift(); test; test = waiting.shift()) await play(test);
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
