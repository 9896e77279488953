// SPDX-License-Identifier: Apache-2.0
// Tests of the browser's logic outside a browser:  node tests/web/run.mjs [PATTERN]
//
// A test file exports `tests = [{ name, run }]`. `load('player/engine')` gives a module of web/src, bundled as
// for the browser; what it wants of a browser (storage, fetch, timers) a test brings along.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url)), web = join(here, '../../web');
const { build } = createRequire(join(web, 'package.json'))('esbuild');
const scratch = mkdtempSync(join(tmpdir(), 'kenes-web-'));
const pattern = new RegExp(process.argv[2] || '');

async function load(module) {
  const outfile = join(scratch, `${module.replace(/\W/g, '-')}.mjs`);
  await build({ entryPoints: [join(web, 'src', `${module}.ts`)], bundle: true, format: 'esm', outfile, logLevel: 'warning' });
  return import(pathToFileURL(outfile).href);
}

let passed = 0, failed = 0;
for (const file of readdirSync(here).filter(name => name.endsWith('.test.mjs')).sort()) {
  const { tests } = await import(pathToFileURL(join(here, file)).href);
  for (const { name, run } of tests.filter(test => pattern.test(`${file} ${test.name}`))) {
    try {
      await run(load);
      passed++;
      console.log(`ok ${file}: ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${file}: ${name}\n${error.stack}`);
    }
  }
}
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
