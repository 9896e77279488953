// SPDX-License-Identifier: Apache-2.0
// Six sites and a hub as real processes, more than 20,000 records, and everything that goes wrong: connections cut at random bytes,
// requests heard twice and late, kill -9 of both ends, a cloned site, a backup put back, a clock two years off, a full disk.
// At the end: the hub holds exactly what the sites hold, nothing twice, the clone is flagged, the summaries are what counting
// says, and another sync sends nothing. Each seed takes one road: the line, files only, or now this and now that.
// Arguments: how many seeds (3), the first seed (1).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { cli, dropFolder, kenes, makeFolder } from '../http/site.mjs';
import { Proxy } from './proxy.mjs';

const seeds = Number(process.argv[2] ?? 3), firstSeed = Number(process.argv[3] ?? 1);
const facts = process.env.FACTS ?? 'build/facts';
const SITES = 6, ROUNDS = 8, RECORDS = 24_000, TWO_YEARS = 730 * 86_400_000;
const ROADS = ['the line', 'files', 'both'];

// mulberry32: the same chaos for the same seed, as far as the system's own timing lets it.
function dice(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6D2B79F5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Runs a program; after `killMs` it is killed. Gives { code, out, err }.
function run(command, args, killMs = 0) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', err = '';
    child.stdout.on('data', (d) => { out += d; });
    child.stderr.on('data', (d) => { err += d; });
    const timer = killMs ? setTimeout(() => child.kill('SIGKILL'), killMs) : null;
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? signal, out, err });
    });
  });
}

class Chaos {
  constructor(seed) {
    this.seed = seed;
    this.roll = dice(seed);
    this.road = ROADS[seed % ROADS.length];
    this.folder = makeFolder();
    this.proxy = new Proxy(this.roll);
    this.places = [];
    this.seen = new Set(); // every id that ever was
  }

  at(name) { return join(this.folder, name); }
  pick(n) { return Math.floor(this.roll() * n); }

  // ---- the hub ----
  async startHub() {
    const child = spawn(kenes, ['hub', '--data', this.at('hub'), '--port', '0', '--listen', '127.0.0.1', '--workers', '32'],
      { stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    child.stderr.on('data', (d) => { log = (log + d).slice(-20_000); });
    const port = await new Promise((resolve, reject) => {
      let out = '';
      child.stdout.on('data', (d) => {
        out += d;
        const m = out.match(/listening http:\/\/127\.0\.0\.1:(\d+)/);
        if (m) resolve(Number(m[1]));
      });
      child.once('exit', (code, signal) => reject(new Error(`the hub ended (${signal ?? code}): ${log}`)));
    });
    this.hub = child;
    this.hubLog = () => `the hub (${child.signalCode ?? child.exitCode ?? 'runs'}): ${log}`;
    this.proxy.target = port;
  }

  async stopHub(signal) {
    const ended = new Promise((resolve) => this.hub.once('exit', resolve));
    this.hub.kill(signal);
    await ended;
  }

  async crashHub() {
    await this.stopHub('SIGKILL');
    await this.startHub();
  }

  // No file of the hub may grow: what it is sent now it must not acknowledge.
  async fillDisk(full) {
    const limit = full ? '4096:unlimited' : 'unlimited:unlimited';
    const { code, err } = await run('prlimit', ['--pid', String(this.hub.pid), `--fsize=${limit}`]);
    assert.equal(code, 0, `${err} ${this.hubLog()}`);
  }

  // ---- the sites ----
  async open() {
    mkdirSync(this.at('hub'));
    await this.proxy.listen();
    await cli(['hub', 'invite', '--data', this.at('hub'), '--scope', 'KZ']); // makes the hub
    await this.startHub();
    for (let i = 0; i < SITES; i++) {
      const place = this.at(`site${i}`);
      const invite = await cli(['hub', 'invite', '--data', this.at('hub'), '--scope', `KZ-1${i}/11`, '--json']);
      assert.equal(invite.code, 0, invite.err);
      const enrol = await cli(['enrol', '--data', place, '--hub', `http://127.0.0.1:${this.proxy.port}`, '--code', JSON.parse(invite.out).code]);
      assert.equal(enrol.code, 0, enrol.err);
      this.places.push(place);
    }
  }

  async note(place) {
    const { out, code, err } = await run(facts, ['ids', place]);
    assert.equal(code, 0, err);
    const ids = out.split('\n').filter(Boolean).map((line) => line.split(' ')[3]);
    for (const id of ids) this.seen.add(id);
    return ids;
  }

  // ---- one round ----
  async work(place, round, gently) {
    const off = place.endsWith('site2') && round >= 2 && round < 6 ? TWO_YEARS : 0;
    const n = Math.floor(RECORDS / SITES / ROUNDS);
    const kill = !gently && this.roll() < 0.2 ? 20 + this.pick(300) : 0;
    const { code, err } = await run(facts, ['add', place, String(n), String(1 + this.pick(1e6)), String(off)], kill);
    assert.ok(code === 0 || code === 'SIGKILL', `facts ended with ${code}: ${err}`);
  }

  async byLine(place, kill) {
    return run(kenes, ['sync', '--data', place, '--json'], kill);
  }

  async byFile(place, kill) {
    const file = place + '.bundle', receipt = place + '.receipt';
    const x = await run(kenes, ['sync', 'export', '--data', place, file, '--json'], kill);
    if (x.code !== 0 || JSON.parse(x.out).records === 0) return x;
    if (this.roll() < 0.2) return x; // the stick is lost
    const times = this.roll() < 0.3 ? 2 : 1;
    for (let i = 0; i < times; i++) {
      const m = await run(kenes, ['sync', 'import', '--data', this.at('hub'), file], kill);
      if (m.code !== 0) return m;
    }
    await run(kenes, ['sync', 'export', '--data', this.at('hub'), receipt]);
    return run(kenes, ['sync', 'import', '--data', place, receipt, '--json'], kill);
  }

  send(place, kill) {
    const file = this.road === 'files' || (this.road === 'both' && this.roll() < 0.5);
    return file ? this.byFile(place, kill) : this.byLine(place, kill);
  }

  async disturb(round, done) {
    while (!done.value) {
      await Promise.race([done.promise, new Promise((r) => setTimeout(r, 150 + this.pick(500)))]);
      if (done.value) break;
      if (this.roll() < 0.4) await this.crashHub();
      if (this.roll() < 0.5) this.proxy.sayAgain();
    }
  }

  async round(round) {
    this.proxy.faults = { cut: 0.35, again: 0.3 };
    await Promise.all(this.places.map((p) => this.work(p, round, false)));
    if (round === 5) await this.fillDisk(true);
    const done = {};
    done.promise = new Promise((resolve) => { done.end = () => { done.value = true; resolve(); }; });
    const chaos = round === 5 ? Promise.resolve() : this.disturb(round, done);
    await Promise.all(this.places.map((p) => this.send(p, 300 + this.pick(2500))));
    done.end();
    await chaos;
    if (round === 5) await this.fillDisk(false);
  }

  clone() {
    const copy = this.at('site0-copy');
    cpSync(this.places[0], copy, { recursive: true });
    this.places.push(copy);
  }

  backup() { cpSync(this.places[1], this.at('backup'), { recursive: true }); }

  async restore() {
    await this.note(this.places[1]);
    for (const name of readdirSync(this.places[1]))
      if (name.startsWith('kenes.db')) rmSync(join(this.places[1], name));
    for (const name of readdirSync(this.at('backup')))
      if (name.startsWith('kenes.db')) cpSync(join(this.at('backup'), name), join(this.places[1], name));
  }

  // ---- the end ----
  async settle() {
    this.proxy.faults = { cut: 0, again: 0 };
    await this.crashHub();
    for (let i = 0; i < 4; i++) {
      for (const place of this.places) {
        const rs = this.road === 'files' ? await this.byFileSurely(place) : await this.byLine(place, 0);
        assert.equal(rs.code, 0, `${place}: ${rs.err}`);
      }
    }
  }

  async byFileSurely(place) {
    const roll = this.roll;
    this.roll = () => 0.9; // no stick is lost any more
    const rs = await this.byFile(place, 0);
    this.roll = roll;
    return rs;
  }

  async check() {
    for (const place of this.road === 'files' ? this.places : []) {
      // By files alone a site may not have heard yet that it has a copy: the first contact tells it, and it says so.
      const first = await this.byLine(place, 0);
      assert.equal(first.code, 0, first.err);
      assert.ok(JSON.parse(first.out).sent <= 1, 'by files everything had arrived');
    }
    for (const place of this.places) {
      const again = await this.byLine(place, 0);
      assert.equal(again.code, 0, again.err);
      const report = JSON.parse(again.out);
      assert.equal(report.sent, 0, 'another sync sends nothing');
      assert.equal(report.unsent, 0);
    }
    const hub = await this.note(this.at('hub'));
    assert.equal(new Set(hub).size, hub.length, 'nothing is there twice');
    const there = new Set(hub), known = new Set();
    for (const place of this.places) for (const id of await this.note(place)) known.add(id);
    for (const id of known) assert.ok(there.has(id), 'what a site holds, the hub holds');
    for (const id of there) assert.ok(this.seen.has(id), 'what the hub holds, a site has told');
    const sites = (await cli(['hub', 'sites', '--data', this.at('hub'), '--json'])).out.trim().split('\n').map((s) => JSON.parse(s));
    assert.equal(sites.filter((s) => s.forked_at).length, 1, 'the cloned site is flagged, and no other');
    const counts = JSON.parse((await run(facts, ['counts', this.at('hub')])).out);
    for (const [name, [first, ...rest]] of Object.entries(counts))
      for (const other of rest) assert.equal(first, other, `the summaries' ${name} is what counting says`);
    await this.rebuild();
    return hub.length;
  }

  // What follows from the records follows from them once more.
  async rebuild() {
    await this.stopHub('SIGKILL');
    const rs = await cli(['hub', 'rebuild', '--data', this.at('hub'), '--check', '--json']);
    const tables = rs.out.trim().split('\n').map((s) => JSON.parse(s));
    assert.deepEqual(tables.filter((t) => !t.same), [], rs.err);
    assert.equal(rs.code, 0, rs.err);
  }

  async play() {
    await this.open();
    for (let round = 0; round < ROUNDS; round++) {
      if (round === 3) this.clone();
      if (round === 4) this.backup();
      if (round === 6) await this.restore();
      await this.round(round);
    }
    await this.settle();
    return this.check();
  }

  async end() {
    this.hub?.kill('SIGKILL');
    this.proxy.end();
    dropFolder(this.folder);
  }
}

let passed = 0, failed = 0, next = firstSeed;
async function play(seed) {
  const chaos = new Chaos(seed), began = Date.now();
  try {
    const n = await chaos.play();
    passed++;
    console.log(`ok seed ${seed}, by ${chaos.road}: ${n} records in ${Math.round((Date.now() - began) / 1000)} s`);
  } catch (error) {
    failed++;
    console.log(`not ok seed ${seed}, by ${chaos.road}: ${error.stack}`);
  } finally {
    await chaos.end();
  }
}
// One at a time for each processor: half of a seed is waiting for disks and timers.
async function lane() {
  while (next < firstSeed + seeds) await play(next++);
}
await Promise.all(cpus().map(lane));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
