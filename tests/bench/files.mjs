// SPDX-License-Identifier: Apache-2.0
// Files out of the zip against nginx on the same files, interleaved in one run; medians and their ratio.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { makeFiles, startSite, joinAndLaunch } from './site.mjs';
import { startNginx } from './nginx.mjs';

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

// Requests per second of wrk: `connections` kept alive, for `seconds`.
function wrk(url, connections, seconds, headers) {
  const args = ['-t2', `-c${connections}`, `-d${seconds}s`, ...headers.flatMap((h) => ['-H', h]), url];
  const text = execFileSync('wrk', args, { encoding: 'utf8' });
  if (/Non-2xx/.test(text)) throw new Error(`${url}: ${text}`);
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(text)[1]);
}

export async function files(folder, { rounds = 5, seconds = 1, connections = [16, 64, 128, 512] } = {}) {
  const source = join(folder, 'files');
  makeFiles(source);
  const site = await startSite(folder, { files: source });
  const nginx = await startNginx(join(folder, 'nginx'), source);
  const { base } = await joinAndLaunch(site, 1, 'Bench');
  const gzip = ['Accept-Encoding: gzip'];
  const cases = [
    ['2 KB page, deflated', 'page.html', gzip],
    ['60 KB script, deflated', 'app.js', gzip],
    ['300 KB picture, stored', 'photo.jpg', []],
    ['256 KB range of a film', 'film.mp4', ['Range: bytes=5000000-5262143']],
  ];
  console.log('\nfiles                          conns     kenes/s     nginx/s   ratio');
  for (const [title, name, headers] of cases) {
    for (const n of connections) {
      const ours = [], theirs = [];
      for (let i = 0; i < rounds; i++) {
        ours.push(wrk(site.content + base + name, n, seconds, headers));
        theirs.push(wrk(nginx.base + name, n, seconds, headers));
      }
      const a = median(ours), b = median(theirs);
      console.log(`${title.padEnd(30)} ${String(n).padStart(5)} ${a.toFixed(0).padStart(11)} ${b.toFixed(0).padStart(11)}   ${(a / b).toFixed(2)}`);
    }
  }
  await site.stop();
  await nginx.stop();
}
