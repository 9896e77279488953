// SPDX-License-Identifier: Apache-2.0
// From starting the program to its first answer, and what it weighs while nobody asks anything.
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFiles, makeSite, serve } from './site.mjs';
import { quietly } from './quiet.mjs';
import { median, table, until } from './table.mjs';

const resident = (pid) => Number(/VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

// The starter course is imported in the background of the very first start: until memory rests.
async function idle(pid) {
  let last = 0;
  return until(async () => {
    const before = last;
    last = resident(pid);
    await new Promise((r) => setTimeout(r, 200));
    if (resident(pid) !== last || before !== last) throw new Error('not at rest');
    return last;
  });
}

async function measure(data) {
  const server = await serve(data);
  const weight = await idle(server.pid);
  await server.stop();
  return [server.firstAnswer, weight];
}

export async function start(folder, { quick: short }) {
  makeFiles(join(folder, 'files'));
  const { data } = makeSite(folder, join(folder, 'files'));
  const line = table('start', [['', 28], ['first answer', 14], ['slowest', 9], ['idle', 9]]);
  const fresh = () => mkdtempSync(join(folder, 'fresh'));
  for (const [title, where] of [['a site', () => data], ['the very first start', fresh]]) {
    const runs = [];
    for (let i = 0; i < (short ? 1 : 5); i++) runs.push(await quietly(() => measure(where())));
    const times = runs.map(([ms]) => ms), weight = median(runs.map(([, mb]) => mb));
    line([title, `${median(times).toFixed(0)} ms ${median(times) <= 150 ? '✓' : '✗'}`, `${Math.max(...times).toFixed(0)} ms`, `${weight.toFixed(1)} MB ${weight < 30 ? '✓' : '✗'}`]);
  }
}
