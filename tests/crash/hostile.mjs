// SPDX-License-Identifier: Apache-2.0
// Hostile and damaged packages, through the real import of a running server and by the command: each is refused with a
// sentence in three languages or put right, nothing is left behind, and the hall does not notice. Then imports are killed
// (kill -9) in their middle. Argument: how many kills (20); "quick" leaves the largest packages out.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../http/client.mjs';
import { manifest12, zip } from '../http/packages.mjs';
import { cli, dropFolder, makeFolder, startServer } from '../http/site.mjs';
import { addPhone, Checks, commitOf, look, mb, must, openHall, post, until } from './hall.mjs';
import { makeZip, refused, taken } from './zips.mjs';

const quick = process.argv.includes('quick'), kills = Number(process.argv.slice(2).find((a) => a !== 'quick') ?? 20);
const GROWTH = 12 << 20, IN_TIME_MS = 10000; // a phone still waits that long; how fast it is, the benchmarks say

const checks = new Checks(), folder = makeFolder(), other = makeFolder(), files = makeFolder();
let site, hall, spy, asked = 0, worst = 0, over = false;

const stored = (data = folder) => readdirSync(join(data, 'packages')).sort();
const put = (bytes, name = 'package.zip') => hall.trainer.ask('PUT', `/api/packages?name=${encodeURIComponent(name)}`, { body: bytes });

// ---- the sentences ----------------------------------------------------------------------
// Latin words that Kazakh and Russian sentences may hold: names of files, formats and standards.
const names = /imsmanifest\.xml|SCORM( 1\.2| 2004[^.,]*)?|\bzip\b|Deflate|Flash|MP[34]|H\.264|cmi5|xAPI|H5P|windows-1251|kz-1048|cp866|utf-8/gi;

function checkSentences(report) {
  assert.ok(report.findings.length > 0, 'there is a finding');
  for (const f of report.findings) {
    for (const language of ['kk', 'ru', 'en']) {
      const text = f[language];
      assert.ok(text.length > 10 && /[.!]$/.test(text), `${f.code} ${language}: ${text}`);
      assert.ok(!/undefined|null|NaN|%[sdu]|\{[:}]|�/.test(text), `${f.code} ${language}: ${text}`);
      assert.ok(!/[\x00-\x1f\x7f]/.test(text), `${f.code} ${language}: control letters`);
      assert.notEqual(text, f.code);
      if (language === 'en') continue;
      const rest = (f.detail ? text.replace(f.detail.length > 2 ? f.detail : `: ${f.detail}`, '') : text).replace(names, '');
      assert.ok(!/[A-Za-z]{2,}/.test(rest), `${f.code} ${language} has Latin words: ${rest}`);
      // A detail is a name or a place. Words of ours in it would be English in every language.
      assert.ok(!/\b(line|column|bytes|error|not|too|the)\b/.test(f.detail ?? ''), `${f.code}: ${f.detail}`);
    }
    assert.ok(/[әғқңөұүһі]/i.test(f.kk), `${f.code}: is this Kazakh? ${f.kk}`);
    assert.ok(!/[әғқңөұүһі]/i.test(f.detail ? f.ru.replaceAll(f.detail, '') : f.ru), `${f.code}: is this Russian? ${f.ru}`);
  }
}

// ---- the hall goes on ---------------------------------------------------------------------
async function phonesGoOn() {
  while (!over) {
    const [phone] = hall.phones, began = performance.now(), seq = phone.seq + 1;
    assert.equal((await ask(site.main, 'GET', '/j/123456')).status, 200);
    assert.equal((await ask(site.content, 'GET', phone.base + 'index.html')).status, 200);
    assert.equal((await must(200, post(site, phone, 'commits', commitOf(phone, seq)))).verdict, 'saved');
    phone.seq = seq;
    worst = Math.max(worst, performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function refuse([title, make, code, detail]) {
  const bytes = make(), before = stored();
  const rs = await put(bytes, 'Курс.zip');
  assert.equal(rs.status, 422, rs.text.slice(0, 500));
  const report = rs.json, [finding] = report.findings;
  assert.equal(report.error, 'refused');
  assert.equal(report.reason, code);
  assert.equal(finding.code, code);
  assert.equal(finding.level, 'refused');
  if (detail) assert.equal(finding.detail, detail);
  checkSentences(report);
  assert.deepEqual(stored(), before, 'nothing is left on the shelf');
  assert.deepEqual(readdirSync(join(folder, 'incoming')), [], 'nothing is left in the porch');
  // By the command: one line, and nothing left behind either.
  const path = join(files, 'package.zip'), shelf = stored(other);
  writeFileSync(path, bytes);
  const said = await cli(['import', '--data', other, path]);
  assert.equal(said.code, 1, said.out + said.err);
  assert.match(said.err, /^kenes: [^\n]+\n$/);
  assert.deepEqual(stored(other), shelf);
  assert.deepEqual(readdirSync(join(other, 'incoming')), []);
}

async function take([title, make, code, mustNot]) {
  const rs = await put(make(), `${title}.zip`);
  assert.ok(rs.status === 201 || (mustNot && rs.status === 422), `${rs.status} ${rs.text.slice(0, 500)}`);
  const report = rs.json;
  checkSentences(report);
  if (code) assert.ok(report.findings.some((f) => f.code === code), rs.text.slice(0, 800));
  if (mustNot) assert.ok(!rs.text.includes(mustNot) || !report.title?.includes(mustNot), `${mustNot} was read: ${rs.text.slice(0, 300)}`);
  assert.deepEqual(readdirSync(join(folder, 'incoming')), []);
}

// ---- kill -9 -------------------------------------------------------------------------------
// Sends the package in pieces and kills the server: within the upload, or some time after its last byte. Gives the status
// when there was one.
function importAndKill(bytes, name, when) {
  return new Promise((resolve) => {
    const head = `PUT /api/packages?name=${name} HTTP/1.1\r\nHost: 127.0.0.1:${site.run.port}\r\nOrigin: ${site.main}\r\nContent-Type: application/octet-stream\r\n`
      + `Content-Length: ${bytes.length}\r\nCookie: kenes=${hall.trainer.jar.get('kenes')}\r\nX-Kenes-Session: ${hall.trainer.word}\r\nConnection: close\r\n\r\n`;
    const socket = net.connect(site.run.port, '127.0.0.1');
    let said = '';
    socket.on('data', (d) => { said += d; });
    socket.on('error', () => {});
    socket.on('close', () => resolve(Number(/^HTTP\/1.1 (\d+)/.exec(said)?.[1] ?? 0)));
    const part = when < 1 ? bytes.subarray(0, Math.floor(bytes.length * when)) : bytes;
    socket.write(head);
    socket.write(part, () => setTimeout(() => site.end('SIGKILL'), when < 1 ? 0 : (when - 1) * 30));
  });
}

async function killImports() {
  const seen = { old: 0, new: 0 };
  const noise = Buffer.alloc(3 << 20);
  for (let i = 0; i < noise.length; i++) noise[i] = (Math.imul(i, 2654435761) >>> 13) & 255;
  for (let i = 0; i < kills; i++) {
    const title = `Killed ${i}`, bytes = zip({ 'imsmanifest.xml': manifest12(`killed-${i}`, title, ['index.html']), 'index.html': title, 'noise.bin': noise.subarray(i) }, ['noise.bin']);
    const status = await importAndKill(bytes, `killed-${i}.zip`, Math.random() * 4);
    await site.ended;
    site = await startServer(folder, ['--log', 'error']);
    hall.trainer.site = site;
    const is = (await must(200, hall.trainer.get('/api/courses'))).filter((c) => c.title === title);
    assert.deepEqual(readdirSync(join(folder, 'incoming')), [], 'the porch is empty after a start');
    if (status === 201) assert.equal(is.length, 1, 'what was acknowledged is there');
    seen[is.length ? 'new' : 'old']++;
    // Once more, to the end: there is one course, and it opens.
    const rs = await put(bytes, `killed-${i}.zip`);
    assert.ok([200, 201].includes(rs.status), rs.text);
    assert.equal(rs.json.already, is.length === 1);
    assert.equal((await must(200, hall.trainer.get('/api/courses'))).filter((c) => c.title === title).length, 1);
    const { cap } = await must(201, hall.trainer.post(`/api/my/courses/${rs.json.course}/launch`));
    const { base } = await must(200, ask(site.content, 'GET', `/p/${cap}/launch`));
    assert.equal((await ask(site.content, 'GET', `${base}index.html`)).text, title);
  }
  return `${seen.old} times the old state, ${seen.new} times the new one`;
}

// ---- all of it -------------------------------------------------------------------------------
spy = http.createServer((rq, rs) => { asked++; rs.end('fetched'); });
await new Promise((resolve) => spy.listen(0, '127.0.0.1', resolve));
// With few workers: what each of 600 touches for the first time is not what an import leaves behind.
site = await startServer(folder, ['--log', 'error', '--workers', '64']);
hall = await openHall(site);
await addPhone(site, hall);
await cli(['setup', '--data', other, '--site', 'Other', '--trainer', 'Other', '--password-file', '-'], 'other-other-other\n');
// Once through the largest, so that buffers and caches are there.
await put(makeZip([{ name: 'a', content: Buffer.alloc(4 << 20, 1), stored: true }]));
const before = look(site.child.pid), going = phonesGoOn();

const large = /million|sixty thousand|70,000|ten gigabytes/;
for (const sample of refused) if (!quick || !large.test(sample[0])) await checks.run(`refused: ${sample[0]}`, () => refuse(sample));
for (const sample of taken(spy.address().port)) await checks.run(`no harm: ${sample[0]}`, () => take(sample));

await checks.run('the hall went on all the while', async () => {
  over = true;
  await going;
  assert.ok(worst <= IN_TIME_MS, `a page, a file and a commit took ${worst.toFixed(0)} ms`);
  return `a page, a file and a commit took ${worst.toFixed(0)} ms at worst`;
});
await checks.run('nobody was asked for an entity', () => assert.equal(asked, 0));
await checks.run('the server’s memory is as it was', async () => {
  const after = await until('uploads are over', () => { const l = look(site.child.pid); return l.sockets <= before.sockets && l; });
  assert.ok(after.rss - before.rss <= GROWTH, `${mb(before.rss)} before, ${mb(after.rss)} after`);
  assert.equal(after.threads, before.threads);
  return `${mb(before.rss)} before, ${mb(after.rss)} after`;
});
await checks.run('nothing lies outside of the folders', () => {
  for (const path of ['/etc/out.txt', '/out.txt', join(folder, 'out.txt'), join(folder, 'packages', 'out.txt'), join(folder, '..', 'out.txt'), 'out.txt']) assert.ok(!existsSync(path), path);
});
await checks.run(`kill -9 in the middle of an import, ${kills} times: the old state or the new one`, killImports);
await checks.run('the site is whole', async () => {
  await site.end();
  const doctor = await cli(['doctor', '--data', folder]);
  assert.equal(doctor.code, 0, doctor.out + doctor.err);
});
if (checks.failed) console.log(site.log().slice(-3000));
await site.end('SIGKILL');
spy.close();
for (const f of [folder, other, files]) dropFolder(f);
checks.end();
