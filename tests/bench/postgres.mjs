// SPDX-License-Identifier: Apache-2.0
// PostgreSQL with the same durable work as one commit of a phone: a cluster of its own in the bench's folder, reached
// by a socket there. Three tables as ours, one prepared statement a commit: what favours it most.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { figures, output, start, until } from './table.mjs';

const versions = '/usr/lib/postgresql';
const newest = () => join(versions, readdirSync(versions).sort((a, b) => b - a)[0], 'bin');

// PLAIN: the 2 KB lie in the row and nobody spends time compressing them, as with us.
const schema = `
CREATE TABLE attempt (id text PRIMARY KEY, seq bigint NOT NULL, total_time_ms bigint NOT NULL, completion text NOT NULL, activity text, changed_at bigint NOT NULL) WITH (fillfactor = 70);
CREATE TABLE activity_state (attempt text NOT NULL, activity text NOT NULL, completion text NOT NULL, success text NOT NULL, location text, total_time_ms bigint NOT NULL,
  changed_at bigint NOT NULL, cmi text NOT NULL, PRIMARY KEY (attempt, activity)) WITH (fillfactor = 50);
ALTER TABLE activity_state ALTER cmi SET STORAGE PLAIN;
CREATE TABLE attempt_commit (attempt text NOT NULL, seq bigint NOT NULL, launch text NOT NULL, applied int NOT NULL, activity text, completion text NOT NULL, success text NOT NULL,
  location text, made_at bigint NOT NULL, saved_at bigint NOT NULL, PRIMARY KEY (attempt, seq, launch));
INSERT INTO attempt SELECT 'att_' || lpad(i::text, 32, '0'), 0, 0, 'unknown', NULL, 0 FROM generate_series(0, 255) i;`;

const commit = `\\set seq :seq + 1
WITH who AS (SELECT 'att_' || lpad(:client_id::text, 32, '0') AS id),
state AS (INSERT INTO activity_state SELECT id, 'i', 'incomplete', 'unknown', 'page', :seq, :seq, :cmi FROM who
  ON CONFLICT (attempt, activity) DO UPDATE SET location = excluded.location, total_time_ms = excluded.total_time_ms, changed_at = excluded.changed_at, cmi = excluded.cmi),
line AS (INSERT INTO attempt_commit SELECT id, :seq, 'lau_0190c7a1b2c3d4e5f60718293a4b5c6d', 1, 'i', 'incomplete', 'unknown', 'page', :seq, :seq FROM who)
UPDATE attempt SET seq = :seq, total_time_ms = :seq, completion = 'incomplete', activity = 'i', changed_at = :seq FROM who WHERE attempt.id = who.id;
`;

// The programs refuse to run as root, so then they run as postgres.
function nobodysServant() {
  if (userInfo().uid) return {};
  const number = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
}

export async function makePostgres(folder) {
  const bin = newest(), who = nobodysServant(), data = join(folder, 'data');
  mkdirSync(folder);
  if (who.uid) execFileSync('chown', [`${who.uid}:${who.gid}`, folder]);
  chmodSync(folder, 0o711);
  await output(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'kenes', '--no-sync', '-E', 'UTF8', '--locale=C'], { ...who, cwd: folder });
  writeFileSync(join(folder, 'commit.sql'), commit);
  return { bin, who, folder, data, round: 0 };
}

const psql = (pg, sql) => output(join(pg.bin, 'psql'), ['-qAt', '-h', pg.folder, '-U', 'kenes', 'postgres', '-v', 'ON_ERROR_STOP=1', '-c', sql]);

// Starts the cluster; with `syncUs` every sync of it takes that much longer.
export async function servePostgres(pg, syncUs) {
  const shim = join(pg.folder, 'slow_sync.so');
  await output('cc', ['-O2', '-shared', '-fPIC', '-o', shim, resolve('tests/bench/preload/slow_sync.c')]);
  const settings = { listen_addresses: '', unix_socket_directories: pg.folder, max_connections: 300, shared_buffers: '256MB', max_wal_size: '8GB', synchronous_commit: 'on', fsync: 'on' };
  const { stop } = start(join(pg.bin, 'postgres'), ['-D', pg.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...pg.who, cwd: pg.folder, stdio: 'ignore', env: { ...process.env, ...(syncUs ? { LD_PRELOAD: shim, SLOW_SYNC_US: String(syncUs) } : {}) } });
  await until(() => psql(pg, 'SELECT 1'));
  if (!(await psql(pg, "SELECT to_regclass('attempt')")).trim()) await psql(pg, schema);
  return { stop: () => stop('SIGINT') };
}

// `clients` commit for so many seconds: { per_second, p99_ms }.
export async function commitToPostgres(pg, clients, seconds) {
  const log = join(pg.folder, 'log'), cmi = 'a'.repeat(2048);
  pg.round++;
  const text = await output(join(pg.bin, 'pgbench'), ['-n', '-M', 'prepared', '-h', pg.folder, '-U', 'kenes', '-c', clients, '-j', 2, '-T', seconds,
    '-D', `cmi=${cmi}`, '-D', `seq=${pg.round * 10000000}`, '-f', join(pg.folder, 'commit.sql'), '-l', '--sampling-rate=0.2', `--log-prefix=${log}`, 'postgres'].map(String));
  const us = [];
  for (const name of readdirSync(pg.folder)) {
    if (!name.startsWith('log.')) continue;
    for (const line of readFileSync(join(pg.folder, name), 'utf8').split('\n')) if (line) us.push(Number(line.split(' ')[2]));
    rmSync(join(pg.folder, name));
  }
  us.sort((a, b) => a - b);
  return { per_second: figures(text.replace(/tps = /, 'tps=')).tps, p99_ms: us[Math.floor(us.length * 0.99)] / 1000 };
}
