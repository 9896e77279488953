// SPDX-License-Identifier: Apache-2.0
// kill -9 under load: 64 phones commit at the same time, the server is killed in the middle, started again, and every
// commit that it had answered must be there, once. Argument: how many rounds (3).
import http from 'node:http';
import { ask, Browser } from '../http/client.mjs';
import { packages } from '../http/packages.mjs';
import { dropFolder, makeFolder, startServer } from '../http/site.mjs';
import { commitOf, launchId, must, post } from './hall.mjs';

const rounds = Number(process.argv[2] ?? 3), phones = 64;
const folder = makeFolder();
let promises = 0, unsure = 0, passed = 0, failed = 0;

// A hall: a trainer, an event, 64 phones that have joined and launched the course.
async function fill(site) {
  const trainer = new Browser(site);
  await must(201, trainer.post('/api/setup', { site: 'Crash', name: 'Trainer', password: 'crash-crash', language: 'en' }));
  const { course } = await must(201, trainer.ask('PUT', '/api/packages?name=one.zip', { body: packages['one.zip'] }));
  const event = await must(201, trainer.post('/api/events', { title: 'Crash', all_courses: true }));
  const list = [];
  for (let i = 0; i < phones; i++) {
    const browser = new Browser(site);
    const { me } = await must(201, browser.post(`/api/join/${event.code}`, { council_name: `Council ${i % 8}`, surname: `Person${i}`, given: 'A', language: 'en' }));
    const { cap } = await must(201, browser.post(`/api/my/courses/${course}/launch`));
    list.push({ person: me.id, cap, launch: launchId(), acknowledged: 0, sent: 0 });
  }
  return { trainer, event, list };
}

// Commits one after another until the server is gone.
async function commitAll(site, phone, use) {
  for (;;) {
    const seq = phone.acknowledged + 1;
    phone.sent = seq;
    let rs;
    try {
      rs = await post(site, phone, 'commits', commitOf(phone, seq), { use });
    } catch {
      return;
    }
    if (rs.status === 503) continue;
    if (rs.status !== 200) throw new Error(`commit ${seq}: ${rs.status} ${rs.text}`);
    const { verdict, seq: last } = rs.json;
    if (verdict !== 'saved' || last !== seq) throw new Error(`commit ${seq}: ${verdict} ${last}`);
    phone.acknowledged = seq;
    promises++;
  }
}

// What the site says after the fall.
async function verify(site, hall) {
  hall.trainer.site = site;
  for (const phone of hall.list) {
    const name = phone.person.slice(-6);
    const launch = (await ask(site.content, 'GET', `/p/${phone.cap}/launch`)).json;
    if (launch.seq < phone.acknowledged) throw new Error(`${name}: ${phone.acknowledged} was acknowledged, ${launch.seq} is there`);
    if (launch.seq > phone.sent) throw new Error(`${name}: ${phone.sent} was sent, ${launch.seq} is there`);
    const detail = await must(200, hall.trainer.get(`/api/events/${hall.event.id}/people/${phone.person}`));
    const rows = detail.attempts[0].commits, state = detail.attempts[0].activities.find(({ kind }) => kind === 'sco');
    if (launch.seq > 0 && state.location !== String(launch.seq)) throw new Error(`${name}: the state is of ${state.location}, not of ${launch.seq}`);
    if (launch.attempt.disputed) throw new Error(`${name}: the server came to something else than the phone`);
    rows.forEach((row, i) => {
      if (row.seq !== launch.seq - i || !row.applied) throw new Error(`${name}: row ${i} is ${row.seq} of ${launch.seq}`);
    });
    if (launch.seq > phone.acknowledged) {
      unsure++; // saved, but the answer did not arrive: the phone sends it again
      const again = (await post(site, phone, 'commits', commitOf(phone, launch.seq))).json;
      if (again.verdict !== 'known' || again.seq !== launch.seq) throw new Error(`${name}: sent again: ${again.verdict} ${again.seq}`);
      phone.acknowledged = launch.seq;
    }
  }
}

async function round(hall, number) {
  const site = await startServer(folder, ['--log', 'warn']);
  const use = new http.Agent({ keepAlive: true, maxSockets: phones });
  try {
    if (number > 0) await verify(site, hall);
    for (const phone of hall.list) {
      // Every third round another page goes on: commits of the older launch would be fenced.
      if (number % 3 === 0) phone.launch = launchId();
      await must(200, post(site, phone, 'open', JSON.stringify({ launch: phone.launch })));
    }
    const load = hall.list.map((phone) => commitAll(site, phone, use));
    const at = promises + 64 + Math.floor(Math.random() * 2000);
    await new Promise((resolve) => {
      // The moment is a number of promises, not of milliseconds: slow machines are killed at work too.
      const look = setInterval(() => { if (promises >= at) { clearInterval(look); resolve(); } }, 1);
      const over = () => { clearInterval(look); resolve(); };
      Promise.race(load).then(over, over);
    });
    await site.end('SIGKILL');
    await Promise.all(load);
  } finally {
    use.destroy();
    await site.end('SIGKILL');
  }
}

const began = Date.now();
let hall;
try {
  const site = await startServer(folder, ['--log', 'warn']);
  hall = await fill(site);
  await site.end();
  for (let i = 0; i < rounds; i++) {
    await round(hall, i);
    passed++;
  }
  const last = await startServer(folder, ['--log', 'warn']);
  await verify(last, hall);
  await last.end();
} catch (error) {
  failed++;
  console.log(error.stack);
}
dropFolder(folder);
console.log(`${rounds} × kill -9, ${phones} phones: ${promises} commits acknowledged, ${unsure} saved without an answer, ${((Date.now() - began) / 1000).toFixed(1)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
