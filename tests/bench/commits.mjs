// SPDX-License-Identifier: Apache-2.0
// Durable commits: phones' POSTs of 2 KB to the real server, each learner with an attempt of its own, against
// PostgreSQL and against SQLite with a transaction each; on the disk as it is, and with every sync 5 ms longer.
import { join, resolve } from 'node:path';
import { writeFileSync } from 'node:fs';
import { makeFiles, makeSite, serve, joinAndLaunch, ask, built } from './site.mjs';
import { makePostgres, servePostgres, commitToPostgres } from './postgres.mjs';
import { quietly } from './quiet.mjs';
import { median, ratio, count, table, output, figures } from './table.mjs';

const suspended = 'screen=12;answers='.padEnd(1850, '1,0,2,1;');

// A line for load: what a phone sends, but for the number.
function commitLine(learner, before) {
  const set = (a, b) => ({ at: 1767000000000, call: 'SetValue', a, b });
  const body = JSON.stringify({ seq: '{n}', launch: learner.launch,
    journal: [set('cmi.core.lesson_status', 'incomplete'), set('cmi.core.lesson_location', 'page {n}'), set('cmi.core.session_time', '0000:12:34.00'),
      set('cmi.suspend_data', suspended), { at: 1767000000000, call: 'Commit' }],
    attempt_completion: 'incomplete', attempt_success: 'unknown', activity: learner.activity, location: 'page {n}',
    kept: 0, made_at: 1767000000000, elapsed_ms: 40 });
  return `/p/${learner.cap}/commits\t${body.replace('"{n}"', '{n}')}\t${before}`;
}

// The number of the last commit that the server has of each.
async function numbers(server, learners) {
  const seqs = [];
  for (const { cap } of learners) seqs.push((await ask(`${server.content}/p/${cap}/launch`)).json.seq);
  return seqs;
}

// One round over HTTP. What was answered must be there, to the commit: an answer is a promise.
async function commitOverHttp(server, folder, learners, seconds) {
  const before = await numbers(server, learners), lines = join(folder, 'lines');
  writeFileSync(lines, learners.map((learner, i) => commitLine(learner, before[i])).join('\n') + '\n');
  const round = figures(await output(built('load'), ['-c', learners.length, '-d', seconds, '-f', lines, '-H', 'Content-Type: application/json', server.content + '/'].map(String)));
  const saved = (await numbers(server, learners)).reduce((sum, seq, i) => sum + seq - before[i], 0);
  if (saved < round.answers || saved > round.answers + learners.length) throw new Error(`${round.answers} commits were answered and ${saved} saved`);
  return round;
}

const singly = async (folder, clients, us, seconds) =>
  figures(await output(resolve(built('bench_store')), ['--singly', clients, us, seconds].map(String), { cwd: folder }));

async function compare(folder, site, pg, us, { quick: short }) {
  const rounds = short ? 1 : 3, seconds = short ? 0.7 : 2;
  const server = await serve(site.data, us ? { binary: built('slow_disk'), env: { SLOW_SYNC_US: String(us) } } : {});
  const postgres = await servePostgres(pg, us);
  const line = table(us ? `commits, every sync ${us / 1000} ms longer` : 'commits, the disk as it is',
    [['clients', 8], ['HTTP/s', 8], ['p50 ms', 7], ['p99 ms', 8], ['max ms', 8], ['| postgres/s', 13], ['p99 ms', 8], ['ratio', 8], ['| singly/s', 11], ['p99 ms', 8], ['ratio', 8], ['', 1]]);
  for (const n of [16, 64, 256]) {
    const ours = [], theirs = [], single = [];
    for (let i = 0; i < rounds; i++) {
      await quietly(async () => {
        ours[i] = await commitOverHttp(server, folder, site.learners.slice(0, n), seconds);
        theirs[i] = await commitToPostgres(pg, n, Math.ceil(seconds));
        single[i] = await singly(folder, n, us, seconds);
      });
    }
    const of = (list, name) => median(list.map((x) => x[name])), rates = (list) => list.map((x) => x.per_second);
    const aims = ratio(rates(ours), rates(theirs)) >= 1.5 || (us && ratio(rates(ours), rates(single)) >= 20);
    line([n, count(of(ours, 'per_second')), of(ours, 'p50_ms').toFixed(1), of(ours, 'p99_ms').toFixed(1), of(ours, 'max_ms').toFixed(0),
      count(of(theirs, 'per_second')), of(theirs, 'p99_ms').toFixed(1), ratio(rates(ours), rates(theirs)).toFixed(2),
      count(of(single, 'per_second')), of(single, 'p99_ms').toFixed(0), ratio(rates(ours), rates(single)).toFixed(1), aims ? '✓' : '✗']);
  }
  await server.stop();
  await postgres.stop();
}

export async function commits(folder, how) {
  makeFiles(join(folder, 'files'));
  const site = makeSite(folder, join(folder, 'files')), server = await serve(site.data);
  site.learners = [];
  for (let i = 0; i < 256; i++) site.learners.push(await joinAndLaunch(server, site.code, i));
  await server.stop();
  const pg = await makePostgres(join(folder, 'postgres'));
  for (const us of [0, 5000]) await compare(folder, site, pg, us, how);
}
