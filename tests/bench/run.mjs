// SPDX-License-Identifier: Apache-2.0
// ./dev bench: figures and ratios, everything compared in one run on one machine. Loopback only; it ends by itself.
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { cpus, totalmem, release } from 'node:os';
import { join, resolve } from 'node:path';
import { built } from './site.mjs';
import { output } from './table.mjs';
import { quietly, disturbance } from './quiet.mjs';
import { start } from './start.mjs';
import { files } from './files.mjs';
import { commits } from './commits.mjs';
import { player } from './player.mjs';
import { hub } from './hub.mjs';

const store = async (folder, { quick }) =>
  console.log('\nstore: group commit against one transaction each, without HTTP\n' +
    await quietly(() => output(resolve(built('bench_store')), [quick ? '0.15' : '0.6'], { cwd: folder })));

const sync = async (folder, { quick }) =>
  console.log('\nsync: records into the hub with signed receipts against bare SQLite\n' +
    await quietly(() => output(resolve(built('bench_sync')), [quick ? '20000' : '120000'], { cwd: folder })));

const parts = { start, files, commits, store, player, sync, hub };
const wanted = process.argv.slice(2).filter((a) => a !== '--quick');
const unknown = wanted.find((name) => !parts[name]);
if (unknown) {
  console.error(`bench: no part "${unknown}"; there are ${Object.keys(parts).join(', ')}, and --quick`);
  process.exit(2);
}

console.log(`${cpus().length} × ${cpus()[0].model}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}`);
for (const name of wanted.length ? wanted : Object.keys(parts)) {
  // Not in /tmp, which may be memory: a disk is to be measured. PostgreSQL's user has to get in.
  const folder = mkdtempSync(join(process.env.TMPDIR ?? '/var/tmp', 'kenes-bench-'));
  chmodSync(folder, 0o711);
  try {
    await parts[name](folder, { quick: process.argv.includes('--quick') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
if (disturbance()) console.log(`\n${disturbance()}`);
