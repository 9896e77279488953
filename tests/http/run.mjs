// SPDX-License-Identifier: Apache-2.0
// Plays tests/http/*.http and runs tests/http/flows/*.test.mjs, each on a fresh site. Arguments: parts of file names.
// Fails when a reply does not fit its shape and when no test asks for a route.
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join, basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, Browser } from './client.mjs';
import { startHub } from './hub.mjs';
import { play } from './scenario.mjs';
import { Shapes } from './shapes.mjs';
import { dropFolder, makeFolder, startServer } from './site.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const verbose = process.env.VERBOSE === '1';
const files = [...readdirSync(here).filter((f) => f.endsWith('.http')).map((f) => join(here, f)),
  ...readdirSync(join(here, 'flows')).filter((f) => f.endsWith('.test.mjs')).map((f) => join(here, 'flows', f))]
  .filter((f) => wanted.length === 0 || wanted.some((w) => f.includes(w)));

let passed = 0, failed = 0, shapes = null;
function report(file, title, error) {
  if (error) failed++;
  else passed++;
  if (error || verbose) console.log(`${error ? 'not ok' : 'ok'} ${basename(file)}: ${title}`);
  if (error) console.log('    ' + String(file.endsWith('.mjs') ? error.stack : error.message).replace(/\n/g, '\n    '));
}
const check = (method, origin, path, rs) => shapes.check(method, origin, path, rs);

// What a flow may use: fresh sites, browsers whose replies are checked.
function toolsFor() {
  const servers = [], folders = [];
  return {
    folder() { const f = makeFolder(); folders.push(f); return f; },
    async site(folder, extra) {
      const site = await startServer(folder ?? this.folder(), extra);
      servers.push(site);
      return site;
    },
    async hub(folder) {
      const hub = await startHub(folder ?? this.folder());
      servers.push(hub);
      return hub;
    },
    browser: (site) => new Browser(site, check),
    async end() {
      for (const s of servers) await s.end('SIGKILL');
      folders.forEach(dropFolder);
    },
  };
}

async function runFlow(file) {
  const { tests } = await import(file);
  for (const [title, test] of Object.entries(tests)) {
    const tools = toolsFor();
    try {
      await test(tools);
      report(file, title);
    } catch (error) {
      report(file, title, error);
    } finally {
      await tools.end();
    }
  }
}

async function runScenario(file) {
  const folder = makeFolder();
  let site;
  try {
    site = await startServer(folder);
    await play(file, site, check, (title, error) => report(file, title, error));
    const { code } = await site.end();
    if (code !== 0) throw new Error(`the server ended with ${code}: ${site.log().slice(-3000)}`);
  } catch (error) {
    report(file, 'the file as a whole', error);
    await site?.end('SIGKILL');
  } finally {
    dropFolder(folder);
  }
}

// The description first: everything is held against it.
{
  const folder = makeFolder(), site = await startServer(folder);
  const hubFolder = makeFolder(), hub = await startHub(hubFolder);
  shapes = new Shapes((await ask(site.main, 'GET', '/api')).json, (await ask(hub.main, 'GET', '/api/hub')).json);
  await site.end();
  await hub.end();
  dropFolder(folder);
  dropFolder(hubFolder);
}
// A file at a time for each processor.
async function lane() {
  for (let file = files.pop(); file; file = files.pop()) await (file.endsWith('.http') ? runScenario(file) : runFlow(file));
}
await Promise.all(cpus().map(lane));
if (wanted.length === 0) {
  for (const route of shapes.missed()) report('routes', `no test asks for ${route}`, new Error('every route has an example'));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
