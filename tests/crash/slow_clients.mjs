// SPDX-License-Identifier: Apache-2.0
// A hall full of connections that want nothing, while people come in: idle kept-alive ones, silent ones, and ones that say
// a byte a second in a head or in a body. Whoever is cut comes back a fifth of a second later. Each new phone fetches the page and a file and
// saves an answer, all over connections of its own. Without the guard the hall stands still: each of these would wait until the
// attackers tire, for they come back faster than CivetWeb's time-outs let them go. With it each is answered, far within the
// deadline. How long it takes is printed, beside what a second server needs that nobody attacks and that is asked at the same
// moments. The server has the 1,024 open files that a shell gives it.
//
// Arguments: seconds of attack (15), its size in per cent (100). The attack runs in a process of its own, so that a phone's
// waiting is the server's and not the attackers'.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { ask } from '../http/client.mjs';
import { dropFolder, kenes, makeFolder, startServer } from '../http/site.mjs';
import { addPhone, Checks, commitOf, look, mb, must, openHall, post, until } from './hall.mjs';

const KEPT = 3000, SILENT = 300, HEADS = 300, BODIES = 300, PHONES = 50, DEADLINE_MS = 10_000;

// ---- the attack: `--attack MAIN-PORT CAP-PORT CAP SIZE`, ends with its standard input --------------------------------
const sent = { kept: 0, silent: 0, head: 0, body: 0 }, open = { kept: 0, silent: 0, head: 0, body: 0 };

function hold(kind, port, first, drip) {
  const socket = net.connect(port, '127.0.0.1');
  let next;
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('connect', () => {
    sent[kind]++;
    open[kind]++;
    if (first) socket.write(first);
    if (drip) next = setInterval(() => socket.write(drip), 1000);
    socket.once('close', () => { open[kind]--; });
  });
  socket.resume();
  socket.on('end', () => socket.destroy());
  socket.on('close', () => {
    clearInterval(next);
    setTimeout(() => hold(kind, port, first, drip), 200);
  });
}

function attack(main, content, cap, size) {
  const some = (n) => Math.ceil((n * size) / 100), host = `Host: 127.0.0.1:${main}\r\n`;
  for (let i = 0; i < some(KEPT); i++) hold('kept', main, `GET /assets/none HTTP/1.1\r\n${host}\r\n`);
  for (let i = 0; i < some(SILENT); i++) hold('silent', i % 2 ? main : content);
  for (let i = 0; i < some(HEADS); i++) hold('head', main, 'GET / HTTP/1.1\r\nX-Long: ', 'x');
  for (let i = 0; i < some(BODIES); i++)
    hold('body', content, `POST /p/${cap}/commits HTTP/1.1\r\nHost: 127.0.0.1:${content}\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{`, ' ');
  process.stdin.resume();
  process.stdin.on('end', () => { console.log(JSON.stringify({ sent, open })); process.exit(0); });
  // Full as soon as as many are open as the server has threads: from then on nobody comes in without its help.
  const full = Math.min(600, some(KEPT) + some(SILENT) + some(HEADS) + some(BODIES));
  const report = setInterval(() => {
    if (open.kept + open.silent + open.head + open.body < full) return;
    clearInterval(report);
    console.log('full');
  }, 50);
}

// ---- the phones ------------------------------------------------------------------------
const waits = [];

async function timed(deed) {
  const began = performance.now();
  const rs = await deed();
  return { rs, ms: performance.now() - began };
}

const page = (site) => ask(site.main, 'GET', '/j/123456', { headers: { 'accept-encoding': 'gzip' } });

async function within(what, calm, deed) {
  const [asked, beside] = await Promise.all([timed(deed), timed(() => page(calm))]);
  waits.push({ what, ms: Math.max(0, asked.ms - beside.ms), late: beside.ms });
  return asked.rs;
}

async function arrive(site, calm, phone) {
  const first = await within('page', calm, () => page(site));
  assert.equal(first.status, 200, first.text);
  const file = await within('file', calm, () => ask(site.content, 'GET', phone.base + 'index.html', { headers: { 'accept-encoding': 'gzip' } }));
  assert.equal(file.status, 200, file.text);
  const seq = phone.seq + 1, saved = await within('commit', calm, () => post(site, phone, 'commits', commitOf(phone, seq)));
  assert.equal(saved.status, 200, saved.text);
  assert.equal(saved.json.verdict, 'saved');
  phone.seq = seq;
}

// How many connections the system has turned away since it started: each of them tries again a whole second later.
function turnedAway() {
  const [names, values] = readFileSync('/proc/net/netstat', 'utf8').split('\n').filter((line) => line.startsWith('TcpExt:')).map((line) => line.split(' '));
  return Number(values[names.indexOf('ListenOverflows')]);
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main(seconds, size) {
  const checks = new Checks(), folder = makeFolder(), other = makeFolder();
  let site, calm, hall, attacker, before, idle;
  await checks.run('a hall is ready', async () => {
    site = await startServer(folder, ['--log', 'warn'], ['sh', '-c', 'ulimit -n 1024; exec "$0" "$@"', kenes]);
    calm = await startServer(other, ['--log', 'error']);
    idle = look(site.child.pid).sockets;
    hall = await openHall(site);
    for (let i = 0; i < PHONES; i++) await addPhone(site, hall);
    before = look(site.child.pid);
  });
  await checks.run(`${PHONES} phones come in while ${Math.round((KEPT + SILENT + HEADS + BODIES) * size / 100)} connections hang on`, async () => {
    const before = turnedAway();
    let told = '';
    attacker = spawn(process.execPath, [fileURLToPath(import.meta.url), '--attack', String(site.run.port), String(site.run.content_port), hall.phones[0].cap, String(size)], { stdio: ['pipe', 'pipe', 'inherit'] });
    attacker.stdout.on('data', (d) => { told += d; });
    const gone = new Promise((resolve) => attacker.once('exit', resolve));
    await until('the attackers hold the server', () => told.includes('full'), 60);
    // They come through the whole time, not all at once.
    const every = (seconds * 1000) / PHONES;
    await Promise.all(hall.phones.map(async (phone, i) => { await pause(i * every); await arrive(site, calm, phone); }));
    attacker.stdin.end();
    await gone;
    const { sent, open } = JSON.parse(told.trim().split('\n').pop());
    const last = waits.map((w) => w.ms).sort((a, b) => a - b), worst = waits.reduce((a, b) => (b.ms > a.ms ? b : a));
    const figures = `${waits.length} requests, median ${last[last.length >> 1].toFixed(0)} ms, worst ${worst.ms.toFixed(0)} ms (${worst.what}), the machine itself at worst ${Math.max(...waits.map((w) => w.late)).toFixed(0)} ms; `
      + `connections made: ${sent.kept} kept, ${sent.silent} silent, ${sent.head} heads, ${sent.body} bodies; open at the end: ${Object.values(open).reduce((a, b) => a + b)}`;
    assert.ok(worst.ms <= DEADLINE_MS, figures);
    assert.equal(turnedAway() - before, 0, `connections that had to try again a second later; ${figures}`);
    return figures;
  });
  await checks.run('and afterwards the server is as it was', async () => {
    const after = await until('all connections are closed', () => { const l = look(site.child.pid); return l.sockets === idle && l; }, 30);
    assert.equal(after.threads, before.threads);
    for (const phone of hall.phones) assert.equal((await must(200, ask(site.content, 'GET', `/p/${phone.cap}/launch`))).seq, phone.seq);
    assert.equal((await site.end()).code, 0);
    return `${mb(before.rss)} before, ${mb(after.rss)} after`;
  });
  attacker?.kill();
  await calm?.end('SIGKILL');
  if (checks.failed && site) {
    console.log(site.log().slice(-3000));
    await site.end('SIGKILL');
  }
  for (const f of [folder, other]) dropFolder(f);
  checks.end();
}

const args = process.argv.slice(2);
if (args[0] === '--attack') attack(Number(args[1]), Number(args[2]), args[3], Number(args[4]));
else await main(Number(args[0] ?? 15), Number(args[1] ?? 100));
