// SPDX-License-Identifier: Apache-2.0
// Files out of the zip, through the whole content port, against nginx on the same files.
import { join } from 'node:path';
import { makeFiles, makeSite, serve, joinAndLaunch } from './site.mjs';
import { startNginx } from './nginx.mjs';
import { quietly } from './quiet.mjs';
import { median, ratio, against, count, table, output } from './table.mjs';

// What wrk gets a second over kept-alive connections: answers, or `mb`: MB, where one answer takes longer than it asks.
async function wrk(url, connections, seconds, header, mb) {
  const text = await output('wrk', ['-t2', `-c${connections}`, `-d${seconds}s`, '-H', header, url]);
  if (/Non-2xx/.test(text)) throw new Error(`${url}: ${text}`);
  const [, n, unit] = (mb ? /Transfer\/sec:\s*([\d.]+)([KMG])B/ : /Requests\/sec:\s*([\d.]+)()/).exec(text);
  return Number(n) * ({ K: 1e-3, G: 1e3 }[unit] || 1);
}

const gzip = 'Accept-Encoding: gzip';
const range = (n) => `Range: bytes=5000000-${5000000 + n - 1}`;
const cases = [
  ['2 KB page, deflated', 'page.html', gzip, 0.8],
  ['60 KB script, deflated', 'app.js', gzip, 0.8],
  ['300 KB picture, stored', 'photo.jpg', gzip],
  ['256 KB of a film', 'film.mp4', range(256 << 10)],   // no browser asks so: the case that suits copying least
  ['1 MB of a film', 'film.mp4', range(1 << 20), 1.3],
  ['a film to its end, MB', 'film.mp4', 'Range: bytes=0-', 1.3, true],   // as Chromium asks
];

export async function files(folder, { quick: short }) {
  const source = join(folder, 'files');
  makeFiles(source);
  const { data, code } = makeSite(folder, source);
  const server = await serve(data);
  const nginx = await startNginx(join(folder, 'nginx'), source);
  const { base } = await joinAndLaunch(server, code, 1);
  const line = table('files, against nginx (gzip_static, sendfile)',
    [['', 24], ['connections', 11], ['kenes/s', 10], ['nginx/s', 10], ['ratio', 12]]);
  for (const [title, name, header, aim, mb] of cases) {
    const few = mb ? [64] : [64, 512];   // in a quick run's one second no 512 whole films end
    for (const n of short ? few : [16, 64, 128, 512]) {
      const ours = [], theirs = [], [rounds, seconds] = short ? [1, 1] : n > 128 ? [3, 2] : [5, 1];
      for (let i = 0; i < rounds; i++) {
        await quietly(async () => {
          ours[i] = await wrk(server.content + base + name, n, seconds, header, mb);
          theirs[i] = await wrk(nginx.base + name, n, seconds, header, mb);
        });
      }
      line([title, n, count(median(ours)), count(median(theirs)), against(ratio(ours, theirs), n <= 128 ? aim : undefined)]);
    }
  }
  await server.stop();
  await nginx.stop();
}
