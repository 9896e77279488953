// SPDX-License-Identifier: Apache-2.0
// Many mixed requests against one server: good ones, wrong ones and insolent ones. Its memory, its threads and its open
// files are the same afterwards, and nothing is answered with 5xx. Argument: how many requests (100,000).
//
// Memory is looked at when everybody has hung up, after the first fifth, when each thread has served every kind of request,
// and after each fifth from then on. Threads, the allocator and SQLite's caches fill up slowly, in fits and to a bound (with
// 64 threads after some 200,000 requests), while a leak goes on for ever: memory has settled when two fifths together have
// added less than 50 bytes a request. It gets three times the requests to do so.
import assert from 'node:assert/strict';
import http from 'node:http';
import { ask, Browser } from '../http/client.mjs';
import { dropFolder, makeFolder, startServer } from '../http/site.mjs';
import { addPhone, Checks, commitOf, launchId, look, mb, must, openHall, post, until } from './hall.mjs';

const wanted = Number(process.argv[2] ?? 100_000), warm = Math.round(wanted / 5);
const WORKERS = 64, LANES = 24, CROWD = 56, LEAK = 50;
const DATABASE_FILES = 2 * 17 + 1; // 16 readers and the writer have the file and its log, and share an index

// Numbers that look random and are the same in every run.
let state = 20261123;
const random = (n) => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return (state >>> 8) % n; };

const count = {};
let site, hall, idle, gridTag, etag, done = 0, hungUp = 0;
const surprises = [], looks = []; // looks: the process after each fifth

// What a lane may do: how often, what, and the statuses that are right.
const file = (headers, name = 'index.html') => (lane) => ask(site.content, 'GET', lane.phone.base + name, { use: lane.use, headers });
const main = (method, path, more = {}) => (lane) => ask(site.main, method, typeof path === 'function' ? path(lane) : path, { use: lane.use, ...more });
const as = (browser, more = {}) => ({ cookie: `kenes=${browser.jar.get('kenes')}`, 'x-kenes-session': browser.word, ...more });
const json = (body, more = {}) => ({ 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), origin: site.main, ...more });
const wide = '{"surname":"' + 'x'.repeat(70_000) + '"}', huge = Buffer.alloc((1 << 20) + 10, 0x20);

async function commit(lane) {
  const seq = lane.phone.seq + 1;
  const rs = await post(site, lane.phone, 'commits', commitOf(lane.phone, seq), { use: lane.use });
  if (rs.status === 200 && rs.json.seq === seq) lane.phone.seq = seq;
  return rs;
}

async function reopen(lane) {
  lane.phone.launch = launchId();
  return post(site, lane.phone, 'open', JSON.stringify({ launch: lane.phone.launch }), { use: lane.use });
}

async function grid(lane) {
  const rs = await ask(site.main, 'GET', `/api/events/${hall.event.id}/grid`, { use: lane.use, headers: as(hall.trainer, gridTag ? { 'if-none-match': gridTag, 'accept-encoding': 'gzip' } : {}) });
  gridTag = rs.headers.etag ?? gridTag;
  return rs;
}

function joinAgain(lane) {
  const { browser } = lane.phone, body = JSON.stringify({ council_name: 'Council 0', surname: lane.name, given: 'A', language: 'kk' });
  return ask(site.main, 'POST', `/api/join/${hall.event.code}`, { use: lane.use, body, headers: json(body, as(browser, { 'user-agent': lane.name })) });
}

const deeds = [
  [22, 'file as gzip', file({ 'accept-encoding': 'gzip' }), [200]],
  [7, 'file inflated', file({}), [200]],
  [7, 'range of a stored file', (lane) => file({ range: `bytes=${random(4000)}-${4000 + random(900)}` }, 'film.mp4')(lane), [206]],
  [3, 'range of a deflated file', file({ range: 'bytes=10-99' }), [206]],
  [1, 'range beyond', file({ range: 'bytes=90000-' }, 'film.mp4'), [416]],
  [9, 'file not changed', (lane) => file({ 'if-none-match': etag })(lane), [304]],
  [16, 'commit', commit, [200]],
  [2, 'launch again', reopen, [200]],
  [6, 'hello', (lane) => main('GET', '/api/hello', { headers: as(lane.phone.browser) })(lane), [200]],
  [4, 'my courses', (lane) => main('GET', '/api/my/courses', { headers: as(lane.phone.browser) })(lane), [200]],
  [3, 'grid', grid, [200, 304]],
  [2, 'join again', joinAgain, [201]],
  [2, 'launch', (lane) => main('POST', `/api/my/courses/${hall.course}/launch`, { headers: { ...as(lane.phone.browser), origin: site.main, 'content-length': '0' } })(lane), [201]],
  [2, 'what the player needs', (lane) => ask(site.content, 'GET', `/p/${lane.phone.cap}/launch`, { use: lane.use }), [200]],
  [1, 'a page', main('GET', '/j/123456'), [200]],
  [2, 'file that is not there', file({}, 'gone.html'), [404]],
  [1, 'address that is not there', main('GET', '/api/nowhere'), [404]],
  [1, 'wrong capability', (lane) => ask(site.content, 'POST', `/p/${'B'.repeat(44)}/commits`, { use: lane.use, body: '{}', headers: { 'content-type': 'application/json', 'content-length': '2' } }), [403]],
  [1, 'another method', main('DELETE', '/api/hello', { headers: { 'content-length': '0' } }), [405]],
  [1, 'nobody', main('GET', '/api/courses'), [401]],
  [1, 'no trainer', (lane) => main('GET', '/api/courses', { headers: as(lane.phone.browser) })(lane), [403]],
  [1, 'a foreign page', (lane) => main('POST', '/api/sign-out', { headers: { ...as(lane.phone.browser), origin: site.content, 'content-length': '0' } })(lane), [403]],
  [1, 'no JSON', (lane) => post(site, lane.phone, 'commits', '{"seq":1,'.repeat(20), { use: lane.use }), [400]],
  [1, 'JSON of another shape', (lane) => post(site, lane.phone, 'commits', '{"seq":"one"}', { use: lane.use }), [400]],
  [1, 'a body too large', (lane) => main('POST', `/api/join/${hall.event.code}`, { body: wide, headers: json(wide) })(lane), [413]],
  [1, 'a foreign host', main('GET', '/', { headers: { host: 'rebound.example' } }), [421]],
  [1, 'wrong code', main('GET', '/api/join/000001', { headers: { 'user-agent': 'guesser' } }), [404, 429]],
];
const sum = deeds.reduce((n, [weight]) => n + weight, 0);

function choose() {
  let n = random(sum);
  return deeds.find(([weight]) => (n -= weight) < 0);
}

// A connection that was kept may be gone when the next request is on its way: browsers ask again, and so do we.
async function again(deed) {
  for (let tries = 1; ; tries++) {
    try {
      return await deed();
    } catch (error) {
      if (tries === 4 || !/hang up|ECONNRESET|EPIPE/.test(error.message)) throw error;
      hungUp++;
    }
  }
}

async function one(lane, [, title, deed, statuses]) {
  done++;
  count[title] = (count[title] ?? 0) + 1;
  const rs = await again(() => deed(lane));
  if (!statuses.includes(rs.status) && surprises.length < 20) surprises.push(`${title}: ${rs.status} ${rs.text.slice(0, 200)}`);
}

// Bodies of a megabyte are cut by a closed connection: a reset is an answer, too.
async function oversized(lane) {
  done++;
  const rs = await post(site, lane.phone, 'commits', huge, { use: lane.use }).catch((error) => ({ status: 413, text: String(error) }));
  if (rs.status !== 413) surprises.push(`a commit too large: ${rs.status} ${rs.text.slice(0, 200)}`);
}

async function run(lanes, to) {
  await Promise.all(lanes.map(async (lane) => {
    while (done < to && surprises.length < 20) {
      await (random(500) ? one(lane, choose()) : oversized(lane));
    }
  }));
}

function openLanes(n) {
  return Array.from({ length: n }, (_, i) => ({ phone: hall.phones[i % hall.phones.length], name: `Person${i % hall.phones.length}`, use: new http.Agent({ keepAlive: true, maxSockets: 1 }) }));
}

// Everybody hangs up; the server has noticed when no sockets but those of its start are left.
async function hangUp(lanes) {
  for (const lane of lanes) lane.use.destroy();
  return until('all connections are closed', () => {
    const now = look(site.child.pid);
    return now.sockets === idle && now;
  });
}

function settled() {
  return looks.length > 2 && looks.at(-1).rss - looks.at(-3).rss <= 2 * warm * LEAK;
}

const checks = new Checks(), folder = makeFolder(), began = Date.now();
await checks.run(`${wanted} mixed requests and more leave the server as it was`, async () => {
  site = await startServer(folder, ['--log', 'warn', '--workers', String(WORKERS)]);
  idle = look(site.child.pid).sockets;
  hall = await openHall(site);
  for (let i = 0; i < LANES; i++) await addPhone(site, hall);
  etag = (await ask(site.content, 'GET', hall.phones[0].base + 'index.html')).headers.etag;
  // The database grows past SQLite's caches, and every thread serves: as many connections at once as there are threads to
  // hold them, again and again.
  for (let i = 0; i < 20; i++)
    await Promise.all(hall.phones.map((phone) => must(200, post(site, phone, 'commits', commitOf(phone, ++phone.seq, { data: 'x'.repeat(60_000) })))));
  const crowds = ['file as gzip', 'my courses', 'file inflated', 'what the player needs', 'range of a stored file', 'my courses'];
  let lanes;
  for (const kind of crowds) {
    lanes = openLanes(CROWD);
    await Promise.all(lanes.map((lane) => one(lane, deeds.find(([, title]) => title === kind))));
    await hangUp(lanes);
  }

  for (let fifth = 1; fifth <= 5 || (fifth <= 15 && !settled()); fifth++) {
    lanes = openLanes(LANES);
    await run(lanes, fifth * warm);
    looks.push(await hangUp(lanes));
  }

  assert.deepEqual(surprises, []);
  const room = await must(200, hall.trainer.get('/api/room')), [before] = looks, after = looks.at(-1);
  assert.ok(room.requests >= done, `${room.requests} requests were counted`);
  assert.equal(after.threads, before.threads, 'threads');
  assert.equal(after.files, before.files, 'open files');
  assert.ok(after.database <= DATABASE_FILES, `${after.database} open files of the database`);
  const figures = `${looks.map(({ rss }) => mb(rss)).join(', ')}, ${after.threads} threads, ${after.files + after.database} open files, ${hungUp} hung up, ${((Date.now() - began) / 1000).toFixed(0)} s`;
  assert.ok(settled(), `memory grows and grows: ${figures}`);
  // What was acknowledged is there.
  for (const phone of hall.phones) {
    const { seq } = await must(200, ask(site.content, 'GET', `/p/${phone.cap}/launch`));
    assert.equal(seq, phone.seq, phone.person);
  }
  return figures;
});
await checks.run('and every kind of request was among them', () => {
  for (const [, title] of deeds) assert.ok(count[title] > 0, title);
  return `${deeds.length} kinds`;
});
await checks.run('and it ends when it is asked to', async () => {
  const { code } = await site.end();
  assert.equal(code, 0);
});
if (checks.failed && site) console.log(site.log().slice(-3000));
dropFolder(folder);
checks.end();
