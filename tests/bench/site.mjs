// SPDX-License-Identifier: Apache-2.0
// A site for measuring: the release build on a fresh folder with one course that holds the four files every
// comparison uses, and learners who have joined and launched it.
import { spawn, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';

export const kenes = process.env.KENES ?? 'build/kenes';
const mkzip = 'build/mkzip';

// Text that deflates about as well as real pages do.
function prose(bytes) {
  const words = 'кеңес мүшесі құқық отырыс хаттама ұсыным шешім тыңдау мониторинг сұрау салу жауап күн тәртібі'.split(' ');
  let text = '';
  for (let i = 0; Buffer.byteLength(text) < bytes; i++) text += words[(i * 7919 + (i >> 3)) % words.length] + (i % 11 ? ' ' : `<p>${i}\n`);
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

export async function startSite(folder, { binary = [kenes], files } = {}) {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(folder, 'password'), 'өлшеу-2026\n');
  execFileSync(kenes, ['setup', '--data', data, '--site', 'Bench', '--trainer', 'Bench', '--password-file', join(folder, 'password')]);
  if (files) {
    execFileSync(mkzip, [files, join(folder, 'bench.zip')]);
    execFileSync(kenes, ['import', '--data', data, join(folder, 'bench.zip')], { stdio: 'ignore' });
  }
  const { code } = JSON.parse(execFileSync(kenes, ['event', 'new', '--data', data, '--title', 'Bench', '--courses', 'all', '--json']));
  const began = performance.now();
  const server = spawn(binary[0], [...binary.slice(1), 'serve', '--data', data, '--port', '0', '--content-port', '0', '--listen', '127.0.0.1', '--log', 'warn'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (d) => { text += d; if ((text.match(/listening /g) ?? []).length >= 2) resolve(); });
    server.on('exit', (c) => reject(new Error(`the server ended with ${c}`)));
  });
  const run = JSON.parse(readFileSync(join(data, 'run.json')));
  const main = `http://127.0.0.1:${run.port}`, content = `http://127.0.0.1:${run.content_port}`;
  await fetch(`${main}/healthz`);
  const firstAnswer = performance.now() - began;
  return { data, code, main, content, server, firstAnswer, stop: () => new Promise((r) => { server.once('exit', r); server.kill('SIGTERM'); }) };
}

// Joins a learner and launches the course called `title`. Gives { cap, base, launch }.
export async function joinAndLaunch(site, number, title) {
  const headers = { 'content-type': 'application/json' };
  const joined = await fetch(`${site.main}/api/join/${site.code}`, {
    method: 'POST', headers,
    body: JSON.stringify({ council_name: `Кеңес ${number % 40}`, surname: `Тегі${number}`, given: 'Аты', language: 'kk' }),
  });
  const { word } = await joined.json();
  headers.cookie = joined.headers.get('set-cookie').split(';')[0];
  headers['x-kenes-session'] = word;
  const courses = await (await fetch(`${site.main}/api/my/courses`, { headers })).json();
  const course = courses.find((c) => c.title === title) ?? courses[0];
  const launched = await (await fetch(`${site.main}/api/my/courses/${course.id}/launch`, { method: 'POST', headers, body: '{}' })).json();
  const launch = await (await fetch(`${site.content}/p/${launched.cap}/launch`)).json();
  const id = 'lau_' + randomBytes(16).toString('hex').replace(/^(.{12})./, '$17').replace(/^(.{16})./, '$18');
  await fetch(`${site.content}/p/${launched.cap}/open`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ launch: id }) });
  return { cap: launched.cap, base: launch.base, launch: id, activity: launch.activities.find((a) => a.kind !== 'cluster').id, cookie: headers.cookie, word };
}

export const have = (command) => { try { execFileSync('sh', ['-c', `command -v ${command}`]); return true; } catch { return existsSync(command); } };
