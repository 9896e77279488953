// SPDX-License-Identifier: Apache-2.0
// The disk is full. Nothing is acknowledged that is not saved, the courses still open, and when there is room again the
// phones go on where they were: nothing is lost, nothing is there twice.
//
// As root the data folder lies on a small tmpfs of its own. Otherwise the server's files may grow no further than a limit
// (RLIMIT_FSIZE, set from outside while it runs): the write then fails with EFBIG, which is an I/O error and not a full disk.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ask, Browser } from '../http/client.mjs';
import { manifest12, packages, zip } from '../http/packages.mjs';
import { cli, dropFolder, makeFolder, startServer } from '../http/site.mjs';
import { addPhone, Checks, commitOf, must, openHall, post, until } from './hall.mjs';

const PHONES = 24, DISK_MB = 96;
const rounds = Number(process.argv[2] ?? 2);

// ---- two ways to have no room -----------------------------------------------------------
class SmallDisk {
  name = `a tmpfs of ${DISK_MB} MB`;
  refusals = [507];

  constructor(folder) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'kenes-test', folder], { stdio: 'pipe' });
    this.folder = folder;
    this.ballast = join(folder, 'ballast');
  }

  // To the last byte.
  fill() {
    const file = openSync(this.ballast, 'a'), piece = Buffer.alloc(1 << 20);
    for (let n = piece.length; n; ) {
      try {
        writeSync(file, piece, 0, n);
      } catch (error) {
        if (error.code !== 'ENOSPC') throw error;
        n >>= 1;
      }
    }
    closeSync(file);
  }

  free() { rmSync(this.ballast); }
  end() { execFileSync('umount', [this.folder], { stdio: 'pipe' }); }
}

class SmallFiles {
  name = 'a limit on the size of files (no right to mount)';
  refusals = [500, 507];

  constructor(folder) { this.folder = folder; }
  // No file of the server may grow: the limit is below what the database's log is already.
  fill(pid) { execFileSync('prlimit', ['--pid', String(pid), '--fsize=4096:unlimited'], { stdio: 'pipe' }); }
  free(pid) { execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:unlimited'], { stdio: 'pipe' }); }
  end() {}
}

function makeDisk(folder) {
  if (!process.env.KENES_TEST_NO_MOUNT) {
    try {
      return new SmallDisk(folder);
    } catch { /* no root, or a container that may not */ }
  }
  return new SmallFiles(folder);
}

// ---- what is asked ------------------------------------------------------------------------
const fresh = (n) => zip({ 'imsmanifest.xml': manifest12(`later-${n}`, `Later ${n}`, ['a.html']), 'a.html': `<p>${n}</p>`, 'a.bin': Buffer.alloc(20_000, n) }, ['a.bin']);
const unfinished = (folder) => readdirSync(join(folder, 'incoming'));
const stored = (folder) => readdirSync(join(folder, 'packages')).filter((name) => name.endsWith('.zip')).sort();

async function send(site, phone) {
  const seq = phone.seq + 1;
  const rs = await post(site, phone, 'commits', commitOf(phone, seq));
  if (rs.status === 200) {
    assert.ok(['saved', 'known'].includes(rs.json.verdict), rs.text);
    phone.seq = seq;
  }
  return rs.status;
}

async function there(site, hall) {
  for (const phone of hall.phones) {
    const { seq } = await must(200, ask(site.content, 'GET', `/p/${phone.cap}/launch`));
    assert.equal(seq, phone.seq, 'the server knows what it acknowledged, and no more');
    const detail = await must(200, hall.trainer.get(`/api/events/${hall.event.id}/people/${phone.person}`));
    if (seq) assert.equal(detail.attempts[0].activities.find(({ kind }) => kind === 'sco').location, String(seq));
    assert.deepEqual(detail.attempts[0].commits.map((c) => c.seq), Array.from({ length: Math.min(seq, detail.attempts[0].commits.length) }, (_, i) => seq - i), 'each once, none is missing');
  }
}

async function fullDisk(disk, site, hall) {
  await addPhone(site, hall); // a new attempt needs new pages; one that is well under way does not
  const all = () => Promise.all(hall.phones.map((phone) => send(site, phone)));
  for (let i = 0; i < 3; i++) assert.ok((await all()).every((s) => s === 200), 'commits while there is room');
  const packagesBefore = stored(disk.folder), coursesBefore = (await must(200, hall.trainer.get('/api/courses'))).length;

  disk.fill(site.child.pid);
  // What is left of the room inside the database's log may still be used: until all are refused, each 200 is a promise.
  const seen = new Set();
  await until('commits are refused', async () => {
    const statuses = await all();
    statuses.forEach((s) => seen.add(s));
    return statuses.every((s) => s !== 200);
  });
  seen.delete(200);
  for (const status of seen) assert.ok(disk.refusals.includes(status), `a commit was answered with ${status}`);
  await until('health is 503', async () => (await ask(site.main, 'GET', '/healthz')).status === 503);

  // Who comes now is told so, and nothing is left behind.
  const stranger = new Browser(site);
  const join = await stranger.post(`/api/join/${hall.event.code}`, { council_name: 'Late', surname: 'Late', given: 'B', language: 'kk' });
  assert.ok(disk.refusals.includes(join.status), `joining: ${join.status}`);
  const rs = await hall.trainer.ask('PUT', '/api/packages?name=later.zip', { body: fresh(hall.phones[0].seq) });
  assert.ok(disk.refusals.includes(rs.status), `import: ${rs.status}`);
  assert.ok(['full', 'io'].includes(rs.json.error), rs.text);
  assert.deepEqual(unfinished(disk.folder), []);
  assert.deepEqual(stored(disk.folder), packagesBefore);

  // Reading goes on.
  assert.equal((await ask(site.main, 'GET', '/', { headers: { 'accept-encoding': 'gzip' } })).status, 200);
  assert.equal((await ask(site.content, 'GET', hall.phones[0].base + 'index.html')).status, 200);
  assert.equal((await ask(site.content, 'GET', hall.phones[0].base + 'film.mp4', { headers: { range: 'bytes=0-9' } })).status, 206);
  assert.equal((await must(200, hall.trainer.get('/api/courses'))).length, coursesBefore);
  await there(site, hall);

  disk.free(site.child.pid);
  await until('health is 200', async () => (await ask(site.main, 'GET', '/healthz')).status === 200);
  for (let i = 0; i < 3; i++) assert.ok((await all()).every((s) => s === 200), 'commits when there is room again');
  await there(site, hall);
  await must(201, stranger.post(`/api/join/${hall.event.code}`, { council_name: 'Late', surname: `Late${hall.phones[0].seq}`, given: 'B', language: 'kk' }));
  await must(201, hall.trainer.ask('PUT', '/api/packages?name=later.zip', { body: fresh(hall.phones[0].seq) }));
}

const checks = new Checks(), folder = makeFolder(), disk = makeDisk(folder);
let site, hall;
console.log(`# by ${disk.name}`);
try {
  await checks.run('a hall is ready', async () => {
    site = await startServer(folder, ['--log', 'error']);
    hall = await openHall(site);
    for (let i = 0; i < PHONES; i++) await addPhone(site, hall);
  });
  for (let i = 0; i < rounds; i++) await checks.run(`a full disk refuses, keeps what it promised, and goes on (${i + 1})`, () => fullDisk(disk, site, hall));

  for (const signal of ['SIGTERM', 'SIGKILL']) await checks.run(`a server that ends on a full disk by ${signal} comes back with everything`, async () => {
    disk.fill(site.child.pid);
    // Commits may still find room in the database's log, again and again: each 200 is a promise.
    const rs = await hall.trainer.ask('PUT', '/api/packages?name=late.zip', { body: fresh(0) });
    assert.ok(disk.refusals.includes(rs.status), `import: ${rs.status}`);
    for (let i = 0; i < 20; i++) await Promise.all(hall.phones.map((phone) => send(site, phone)));
    await site.end(signal);
    disk.free(process.pid);
    site = await startServer(folder, ['--log', 'error']);
    hall.trainer.site = site;
    await there(site, hall);
    for (const phone of hall.phones) assert.equal(await send(site, phone), 200);
    await there(site, hall);
  });
  await checks.run('the site is whole', async () => {
    await site.end();
    const doctor = await cli(['doctor', '--data', folder]);
    assert.equal(doctor.code, 0, doctor.out + doctor.err);
  });
  if (checks.failed) console.log(site.log().slice(-3000));
} finally {
  await site?.end('SIGKILL');
  disk.end();
  dropFolder(folder);
}
checks.end();
