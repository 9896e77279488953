// SPDX-License-Identifier: Apache-2.0
// Certificates as strangers meet them:  node tests/certificates/run.mjs [PATTERN]
//
// Printed and read again by poppler, zbar and the page's own decoder; checked by three implementations of Ed25519 and
// by an independent one of Open Badges. Wants KENES, MAKE_HALL, MAKE_TOKENS, PACKAGE in the environment.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url)), web = join(here, '../../web');
const { build } = createRequire(join(web, 'package.json'))('esbuild');
const scratch = mkdtempSync(join(tmpdir(), 'kenes-certificates-'));
const pattern = new RegExp(process.argv[2] || '');

// A module of web/src, bundled as for the browser.
async function load(module) {
  const outfile = join(scratch, `${module.replace(/\W/g, '-')}.mjs`);
  await build({ entryPoints: [join(web, 'src', `${module}.ts`)], bundle: true, format: 'esm', outfile, logLevel: 'warning' });
  return import(pathToFileURL(outfile).href);
}

let passed = 0, failed = 0;
for (const file of readdirSync(here).filter(name => name.endsWith('.test.mjs')).sort()) {
  const { tests } = await import(pathToFileURL(join(here, file)).href);
  for (const [name, run] of Object.entries(tests)) {
    if (!pattern.test(`${file} ${name}`)) continue;
    const began = Date.now();
    try {
      await run({ load, scratch });
      passed++;
      console.log(`ok ${file}: ${name} (${Date.now() - began} ms)`);
    } catch (error) {
      failed++;
      console.log(`not ok ${file}: ${name}\n${error.stack}`);
    }
  }
}
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
