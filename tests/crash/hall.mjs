// SPDX-License-Identifier: Apache-2.0
// A hall for the tests of this folder: a trainer, an event, a course and phones that have launched it; and a look at the
// server's process from outside.
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { ask, Browser } from '../http/client.mjs';
import { packages } from '../http/packages.mjs';

export const password = 'hall-hall-hall';
export const launchId = () => 'lau_' + randomBytes(16).toString('hex');

// The reply's JSON, when the status is the one that was wanted.
export async function must(status, promise) {
  const rs = await promise;
  if (rs.status !== status) throw new Error(`wanted ${status}, got ${rs.status}: ${rs.text}`);
  return rs.status === 204 ? null : rs.json;
}

export async function openHall(site, course = packages['one.zip']) {
  const trainer = new Browser(site);
  await must(201, trainer.post('/api/setup', { site: 'Hall', name: 'Trainer', password, language: 'en' }));
  const report = await must(201, trainer.ask('PUT', '/api/packages?name=course.zip', { body: course }));
  const event = await must(201, trainer.post('/api/events', { title: 'Hall', all_courses: true }));
  return { trainer, event, course: report.course, package: report.package, phones: [] };
}

// Somebody joins and opens the course. `seq` is the last commit that was acknowledged.
export async function addPhone(site, hall, name = `Person${hall.phones.length}`) {
  const browser = new Browser(site);
  const { me } = await must(201, browser.post(`/api/join/${hall.event.code}`, { council_name: `Council ${hall.phones.length % 8}`, surname: name, given: 'A', language: 'en' }));
  const { cap, attempt } = await must(201, browser.post(`/api/my/courses/${hall.course}/launch`));
  const { base, seq } = await must(200, ask(site.content, 'GET', `/p/${cap}/launch`));
  const phone = { browser, person: me.id, cap, attempt, base, seq, launch: launchId() };
  await must(200, post(site, phone, 'open', JSON.stringify({ launch: phone.launch })));
  hall.phones.push(phone);
  return phone;
}

export function commitOf(phone, seq, { data = 'ә'.repeat(200), ...more } = {}) {
  const step = (call, a, b) => ({ at: 1_700_000_000_000 + seq * 1000, call, a, b });
  return JSON.stringify({
    seq, launch: phone.launch,
    journal: [...seq === 1 ? [step('start'), step('Initialize')] : [], step('SetValue', 'cmi.core.lesson_location', String(seq)),
      step('SetValue', 'cmi.suspend_data', data + seq), step('Commit')],
    attempt_completion: 'incomplete', attempt_success: 'unknown', activity: 'item-1', location: String(seq),
    kept: 0, made_at: Date.now(), elapsed_ms: seq * 1000, ...more,
  });
}

// To the player's addresses, as its page does.
export const post = (site, phone, what, body, { use, headers } = {}) => ask(site.content, 'POST', `/p/${phone.cap}/${what}`, {
  body, use, headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), origin: site.content, ...headers },
});

// ---- the server's process -------------------------------------------------------------------
// { rss (bytes), threads, files (but for the database's), database (its files: each reader has its own), sockets (of the
// files) } as the system sees it.
export function look(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const number = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]);
  const files = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return []; // closed meanwhile
    }
  });
  return { rss: number('VmRSS') * 1024, threads: number('Threads'), database: files.filter((f) => f.includes('/kenes.db')).length, files: files.filter((f) => !f.includes('/kenes.db')).length, sockets: files.filter((f) => f.startsWith('socket:')).length };
}

// Asks again and again until `holds` gives something true, for at most `seconds`. Gives that, or throws.
export async function until(what, holds, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const is = await holds();
    if (is) return is;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const mb = (bytes) => (bytes / (1 << 20)).toFixed(1) + ' MB';

// ---- a list of checks, told one by one ----------------------------------------------------
export class Checks {
  passed = 0;
  failed = 0;

  async run(title, body) {
    try {
      const said = await body();
      this.passed++;
      console.log(`ok ${title}${said ? `: ${said}` : ''}`);
    } catch (error) {
      this.failed++;
      console.log(`not ok ${title}\n  ${error.stack.replaceAll('\n', '\n  ')}`);
    }
  }

  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed || !this.passed ? 1 : 0;
  }
}
