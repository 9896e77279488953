// SPDX-License-Identifier: Apache-2.0
// A site for measuring: the release build on a fresh folder with one course that holds the four files every
// comparison uses, and learners who have joined and launched it.
import http from 'node:http';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { start } from './table.mjs';

// A program of the build folder: "kenes", "mkzip", "load", …
export const built = (name) => join(process.env.KENES_BUILD ?? 'build', name);

// Text that deflates about as well as real pages do.
function prose(bytes) {
  const words = 'кеңес мүшесі құқық отырыс хаттама ұсыным шешім тыңдау мониторинг сұрау салу жауап күн тәртібі'.split(' ');
  let text = '';
  for (let i = 0; text.length < bytes; i++) text += words[(i * 7919 + (i >> 3)) % words.length] + (i % 11 ? ' ' : `<p>${i}\n`);
  return Buffer.from(text).subarray(0, bytes);
}

// The four files: a page, a script, a picture, a film.
export function makeFiles(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'page.html'), Buffer.concat([Buffer.from('<!doctype html><meta charset="utf-8">'), prose(2048)]));
  writeFileSync(join(folder, 'app.js'), Buffer.concat([Buffer.from('/* '), prose(60 * 1024), Buffer.from('*/')]));
  writeFileSync(join(folder, 'photo.jpg'), randomBytes(300 * 1024));
  writeFileSync(join(folder, 'film.mp4'), randomBytes(20 * 1024 * 1024));
  writeFileSync(join(folder, 'imsmanifest.xml'), `<?xml version="1.0"?>
<manifest identifier="bench" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Bench</title><item identifier="i" identifierref="r"><title>Page</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="page.html"><file href="page.html"/><file href="app.js"/><file href="photo.jpg"/><file href="film.mp4"/></resource></resources>
</manifest>`);
}

// A data folder with a trainer, an event, and the course "Bench" of the files in `files`.
export function makeSite(folder, files) {
  const data = join(folder, 'data'), run = (...args) => execFileSync(built('kenes'), args, { encoding: 'utf8' });
  writeFileSync(join(folder, 'password'), 'өлшеу-2026\n');
  run('setup', '--data', data, '--site', 'Bench', '--trainer', 'Bench', '--password-file', join(folder, 'password'));
  execFileSync(built('mkzip'), [files, join(folder, 'bench.zip')]);
  run('import', '--data', data, join(folder, 'bench.zip'));
  const { code } = JSON.parse(run('event', 'new', '--data', data, '--title', 'Bench', '--courses', 'all', '--json'));
  return { data, code };
}

// Starts a server on a data folder; resolves once it has said where it listens and has answered.
export async function serve(data, { binary = built('kenes'), env = {} } = {}) {
  const began = performance.now();
  const { child, ended, stop } = start(binary, ['serve', '--data', data, '--port', '0', '--content-port', '0', '--listen', '127.0.0.1', '--log', 'warn'],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (d) => { text += d; if (text.split('listening ').length > 2) resolve(); });
    ended.then((code) => reject(new Error(`the server ended with ${code}`)));
  });
  const run = JSON.parse(readFileSync(join(data, 'run.json')));
  const main = `http://127.0.0.1:${run.port}`, content = `http://127.0.0.1:${run.content_port}`;
  await ask(`${main}/healthz`);
  return { main, content, pid: child.pid, firstAnswer: performance.now() - began, stop };
}

// One request on a connection of its own: the server closes kept ones soon, also when this machine is busy.
export const ask = (url, { headers = {}, body } = {}) => new Promise((resolve, reject) => {
  const request = http.request(url, { agent: false, method: body ? 'POST' : 'GET', headers: body ? { ...headers, 'content-type': 'application/json' } : headers }, (reply) => {
    let text = '';
    reply.on('data', (d) => { text += d; });
    reply.on('end', () => (reply.statusCode < 300 ? resolve({ headers: reply.headers, json: JSON.parse(text) }) : reject(new Error(`${url}: ${reply.statusCode} ${text}`))));
  });
  request.on('error', reject);
  request.end(body && JSON.stringify(body));
});

// A learner joins, launches the course "Bench" and opens it: { cap, base, launch, activity }.
export async function joinAndLaunch(server, code, number) {
  const joined = await ask(`${server.main}/api/join/${code}`,
    { body: { council_name: `Кеңес ${number % 40}`, surname: `Тегі${number}`, given: 'Аты', language: 'kk' } });
  const headers = { cookie: joined.headers['set-cookie'][0].split(';')[0], 'x-kenes-session': joined.json.word };
  const { json: courses } = await ask(`${server.main}/api/my/courses`, { headers });
  const { id } = courses.find((course) => course.title === 'Bench');
  const { json: { cap } } = await ask(`${server.main}/api/my/courses/${id}/launch`, { headers, body: {} });
  const { json: about } = await ask(`${server.content}/p/${cap}/launch`);
  const launch = 'lau_' + randomBytes(16).toString('hex').replace(/^(.{12})./, '$17').replace(/^(.{16})./, '$18');
  await ask(`${server.content}/p/${cap}/open`, { body: { launch } });
  const at = 1767000000000;
  await ask(`${server.content}/p/${cap}/commits`, { body: { seq: 1, launch, journal: [{ at, call: 'start' }, { at, call: 'Initialize' }] } });
  return { cap, base: about.base, launch, activity: about.activities.find((a) => a.kind === 'sco').id };
}
