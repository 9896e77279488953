// SPDX-License-Identifier: Apache-2.0
// A hub for tests: served from a fresh folder, with coordinators who have begun and sites that send.
import { createHmac } from 'node:crypto';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages } from './packages.mjs';
import { cli, kenes } from './site.mjs';

export const PASSWORD = 'алма ағашы гүлдейді';

export async function startHub(folder) {
  const child = spawn(kenes, ['hub', '--data', folder, '--port', '0', '--listen', '127.0.0.1'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '', out = '';
  child.stderr.on('data', (d) => { log = (log + d).slice(-200_000); });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (d) => { out += d; if (/^listening .*\n/m.test(out)) resolve(); });
    child.once('error', reject);
    ended.then(({ code, signal }) => reject(new Error(`the hub ended (${signal ?? code}): ${log}`)));
  });
  const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  return { child, folder, run, ended, main: `http://127.0.0.1:${run.port}`, log: () => log, end(signal = 'SIGTERM') { child.kill(signal); return ended; } };
}

// What an authenticator app shows (RFC 6238) at a step from now: each code is good for once.
export function digits(key, step = 0) {
  let bits = '';
  for (const letter of key) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  const secret = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

// Begins with a code; gives the authenticator's key and the recovery codes.
export async function begin(browser, login, code) {
  const { key } = must(await browser.post('/api/hub/start', { login, code }), 200);
  const begun = must(await browser.post('/api/hub/start/confirm', { login, code, password: PASSWORD, key, digits: digits(key) }), 201);
  return { key, me: begun.me, recovery: begun.recovery };
}

export function must(rs, status) {
  if (rs.status !== status) throw new Error(`wanted ${status}, got ${rs.status} ${rs.text.slice(0, 300)}`);
  return rs.bytes.length ? rs.json : undefined;
}

export async function command(...args) {
  const { code, out, err } = await cli(args, PASSWORD);
  if (code !== 0) throw new Error(`kenes ${args.slice(0, 2).join(' ')}: ${code} ${err}`);
  return out.trim();
}

// The first coordinator, made on the machine.
export async function first(t, hub) {
  const browser = t.browser(hub);
  const code = await command('hub', 'setup', '--data', hub.folder, '--name', 'Айгүл Сәрсен', '--login', 'aigul');
  return Object.assign(browser, await begin(browser, 'aigul', code));
}

// A coordinator made by another.
export async function colleague(t, hub, maker, login, role, scope) {
  const browser = t.browser(hub);
  const made = must(await maker.post('/api/hub/coordinators', { name: `Әріптес ${login}`, login, role, scope, language: 'kk' }), 201);
  return Object.assign(browser, await begin(browser, login, made.code));
}

// A laptop that was enrolled in `scope`, where people have joined, and that has sent all.
export async function sender(t, hub, maker, scope, name, people) {
  const folder = t.folder();
  await command('setup', '--data', folder, '--site', name, '--trainer', 'Ержан', '--password-file', '-');
  const invite = must(await maker.post('/api/hub/invites', { scope, label: name, days: 14 }), 201);
  await command('enrol', '--data', folder, '--hub', hub.main, '--code', invite.code, '--contact', '+7 701 000 00 00');
  const event = JSON.parse(await command('event', 'new', '--data', folder, '--title', 'Оқу күні', '--courses', 'all', '--json'));
  const site = await t.site(folder);
  for (const [surname, given, council] of people)
    must(await t.browser(site).post(`/api/join/${event.code}`, { surname, given, council_name: council, language: 'kk' }), 201);
  await site.end();
  await command('sync', '--data', folder);
  return folder;
}

// The same, and each of them has passed the course and has a certificate. Gives the folder and the serials by surname.
export async function graduates(t, hub, maker, scope, name, people) {
  const folder = t.folder(), site = await t.site(folder), trainer = t.browser(site);
  must(await trainer.post('/api/setup', { site: name, name: 'Ержан', password: PASSWORD, language: 'kk' }), 201);
  const { course } = must(await trainer.ask('PUT', '/api/packages?name=one.zip', { body: packages['one.zip'] }), 201);
  const event = must(await trainer.post('/api/events', { title: 'Оқу күні', place: 'Кітапхана', all_courses: true }), 201);
  for (const [surname, given, council] of people) {
    const learner = t.browser(site);
    must(await learner.post(`/api/join/${event.code}`, { surname, given, council_name: council, language: 'kk' }), 201);
    const { cap } = must(await learner.post(`/api/my/courses/${course}/launch`), 201), launch = 'lau_00000000000000000000000000000001';
    must(await learner.post(`/p/${cap}/open`, { launch }, { origin: 'content' }), 200);
    const at = Date.now(), journal = [['start'], ['Initialize'], ['SetValue', 'cmi.core.score.raw', '92'], ['SetValue', 'cmi.core.lesson_status', 'passed'], ['Terminate'], ['exitAll']]
      .map(([call, a, b], i) => ({ at: at + i, call, a, b }));
    must(await learner.post(`/p/${cap}/commits`, { seq: 1, launch, journal, attempt_completion: 'completed', attempt_success: 'passed', attempt_score: 0.92, attempt_progress: 1 }, { origin: 'content' }), 200);
  }
  await site.end();
  const invite = must(await maker.post('/api/hub/invites', { scope, label: name, days: 14 }), 201);
  await command('enrol', '--data', folder, '--hub', hub.main, '--code', invite.code, '--contact', '+7 701 000 00 00');
  await command('certificate', 'issue', '--data', folder, '--event', event.code, '--all');
  await command('sync', '--data', folder);
  const serials = {};
  for (const c of must(await maker.get(`/api/hub/certificates?scope=${scope}`), 200)) serials[c.holder.split(' ')[0]] = c.serial;
  return { folder, serials, event };
}
