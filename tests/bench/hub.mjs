// SPDX-License-Identifier: Apache-2.0
// The desk of a hub with a country in it: how long its pages' questions take, one after the other, over HTTP.
import { join, resolve } from 'node:path';
import { Browser } from '../http/client.mjs';
import { built } from './site.mjs';
import { count, output, table } from './table.mjs';

const AIM_MS = 100; // p99 of the overview's pages
const questions = [
  ['overview, the country', '/api/hub/overview', true],
  ['overview, a region', '/api/hub/overview?scope=KZ-11', true],
  ['overview, a district', '/api/hub/overview?scope=KZ-11/1101', true],
  ['councils of a district', '/api/hub/councils?scope=KZ-11/1101', true],
  ['sites, silent longest first', '/api/hub/sites'],
  ['sites by a word', '/api/hub/sites?find=77-'],
  ['one site', '/api/hub/sites/sit_00000000000000000000000000000002'],
  ['needs attention', '/api/hub/attention'],
  ['people by a name, the country', `/api/hub/people?find=${encodeURIComponent('Сейітов Мар')}`],
  ['people by a name, a region', `/api/hub/people?scope=KZ-11&find=${encodeURIComponent('Сейітов Мар')}`],
  ['one person', '/api/hub/people/per_00000000000000000000000000000002'],
  ['certificates, newest', '/api/hub/certificates'],
  ['a certificate by its number', '/api/hub/certificates?find=KZ-11-00000'],
  ['possible duplicates', '/api/hub/duplicates'],
];

export async function hub(folder, { quick: short }) {
  process.env.KENES ??= built('kenes');
  const { first, startHub } = await import('../http/hub.mjs');
  const data = join(folder, 'hub'), [learners, sites, records] = short ? [20000, 1000, 100000] : [1000000, 10000, 5000000];
  console.log(`\nhub: ${(await output(resolve(built('hub_fill')), [data, learners, sites, records], { cwd: folder })).trim()}`);
  const server = await startHub(data);
  try {
    const boss = await first({ browser: (site) => new Browser(site) }, server);
    const line = table(`hub: ${count(learners)} learners, ${count(sites)} sites, ${count(records)} records`, [['', 34], ['median', 9], ['p99', 12]]);
    for (const [title, path, aimed] of questions) {
      const times = [];
      for (let i = 0; i < (short ? 30 : 200); i++) {
        const began = process.hrtime.bigint(), rs = await boss.get(path);
        times.push(Number(process.hrtime.bigint() - began) / 1e6);
        if (rs.status !== 200) throw new Error(`${path}: ${rs.status} ${rs.text.slice(0, 200)}`);
      }
      times.sort((a, b) => a - b);
      const p99 = times[Math.ceil(times.length * 0.99) - 1];
      line([title, `${times[times.length >> 1].toFixed(1)} ms`, `${p99.toFixed(1)} ms${aimed ? (p99 <= AIM_MS ? ' ✓' : ' ✗') : '  '}`]);
    }
  } finally {
    await server.end();
  }
}
