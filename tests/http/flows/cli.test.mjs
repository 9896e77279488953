// SPDX-License-Identifier: Apache-2.0
// The command line: exit codes, what is printed where, and working beside a running server.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { ask } from '../client.mjs';
import { packages } from '../packages.mjs';
import { cli } from '../site.mjs';

const setup = (folder) => cli(['setup', '--data', folder, '--site', 'Аудан', '--trainer', 'Ержан', '--password-file', '-'], 'құпия-сөз-2026\n');
const oneLine = (text) => /^kenes: [^\n]+\n$/.test(text);

export const tests = {
  async 'a wrong command or option is code 2 and one line'() {
    for (const args of [['nothing'], ['setup', '--bogus'], ['import'], ['serve', '--port', 'many'], ['event', 'new', '--data'], ['routes'],
      ['config', 'what'], ['event', 'new', '--data', '/tmp', '--title', 'T', '--date', '2026-13-01']]) {
      const r = await cli(args);
      assert.equal(r.code, 2, args.join(' '));
      assert.ok(oneLine(r.err), r.err);
      assert.equal(r.out, '');
    }
  },

  async 'version, help and the settings are told'() {
    assert.match(JSON.parse((await cli(['version', '--json'])).out).version, /^\d+\.\d+\.\d+/);
    assert.match((await cli(['version'])).out, /^kenes \d/);
    assert.match((await cli(['help'])).out, /event new/);
    assert.match((await cli(['config', 'show', '--port', '1234', '--data', '/tmp'])).out, /^port = 1234/m);
    assert.equal((await cli(['config', 'check', '--data', '/tmp'])).code, 0);
  },

  async 'setup makes a site once; a short password is refused'(t) {
    const folder = t.folder();
    const short = await cli(['setup', '--data', folder, '--site', 'С', '--trainer', 'Т', '--password-file', '-'], 'қысқа\n');
    assert.equal(short.code, 1);
    assert.ok(oneLine(short.err), short.err);
    assert.equal((await setup(folder)).code, 0);
    const again = await setup(folder);
    assert.equal(again.code, 1);
    assert.ok(oneLine(again.err), again.err);
  },

  async 'event new prints the code and nothing else'(t) {
    const folder = t.folder();
    const plain = await cli(['event', 'new', '--data', folder, '--title', 'Күн']);
    assert.match(plain.out, /^\d{6}\n$/);
    const made = JSON.parse((await cli(['event', 'new', '--data', folder, '--title', 'Күн', '--courses', 'all', '--json'])).out);
    assert.match(made.code, /^\d{6}$/);
    assert.match(made.id, /^evt_/);
    assert.equal(made.path, `/j/${made.code}`);
  },

  async 'attempt show explains an attempt, also beside a running server'(t) {
    const site = await t.site(), trainer = t.browser(site), learner = t.browser(site);
    await trainer.post('/api/setup', { site: 'Аудан', name: 'Ержан', password: 'құпия-сөз-2026', language: 'kk' });
    await trainer.ask('PUT', '/api/packages?name=one.zip', { body: packages['one.zip'] });
    const { code } = (await trainer.post('/api/events', { title: 'Күн', all_courses: true })).json;
    await learner.post(`/api/join/${code}`, { council_name: 'Абай', surname: 'Сейітова', given: 'Амина', language: 'kk' });
    const course = (await learner.ask('GET', '/api/my/courses')).json.find(({ title }) => title === 'One part').id;
    const { cap, attempt } = (await learner.post(`/api/my/courses/${course}/launch`, {})).json;
    const send = (what, body) => ask(site.content, 'POST', `/p/${cap}/${what}`, { body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(JSON.stringify(body))) } });
    const launch = 'lau_00000000000000000000000000000001', at = 1795348800000;
    assert.equal((await send('open', { launch })).status, 200);
    assert.equal((await send('commits', { seq: 1, launch, journal: [{ at, call: 'start' }, { at, call: 'Initialize' },
      { at, call: 'SetValue', a: 'cmi.comments', b: 'Менің тегім Сейітова' }, { at, call: 'Commit' }] })).json.verdict, 'saved');
    const shown = await cli(['attempt', 'show', '--data', site.folder, attempt, '--json']);
    assert.equal(shown.code, 0, shown.err);
    const file = JSON.parse(shown.out);
    assert.deepEqual([file.attempt, file.seq, file.activities.map(({ why }) => why)], [attempt, 1, ['parts-open', 'silent']]);
    assert.deepEqual(file.commits[0].trace.map(({ what }) => what), ['start', 'Initialize', 'SetValue cmi.comments', 'Commit']);
    assert.ok(!JSON.stringify(file.commits).includes('Сейітова'), 'no name in it');
    assert.ok(file.snapshot.length > 20 && /^[0-9a-f]{16}$/.test(file.digest));
    assert.match((await cli(['attempt', 'show', '--data', site.folder, attempt])).out, /parts-open/);
    for (const [args, exit] of [[['--data', site.folder, 'att_none'], 1], [['--data', site.folder], 2], [[attempt], 2]]) {
      const r = await cli(['attempt', 'show', ...args]);
      assert.equal(r.code, exit, args.join(' '));
      assert.ok(oneLine(r.err), r.err);
    }
  },

  async 'import says what was found, file by file'(t) {
    const folder = t.folder(), files = t.folder();
    for (const name of ['one.zip', 'slip.zip']) writeFileSync(join(files, name), packages[name]);
    const good = await cli(['import', '--data', folder, join(files, 'one.zip'), '--json']);
    assert.equal(good.code, 0, good.err);
    assert.equal(JSON.parse(good.out).title, 'One part');
    const bad = await cli(['import', '--data', folder, join(files, 'one.zip'), join(files, 'slip.zip')]);
    assert.equal(bad.code, 1);
    assert.match(bad.out, /here already/);
    assert.ok(oneLine(bad.err), bad.err);
    const none = await cli(['import', '--data', folder, join(files, 'none.zip')]);
    assert.equal(none.code, 1);
    assert.ok(oneLine(none.err), none.err);
  },

  async 'a running server sees what the commands bring'(t) {
    const folder = t.folder(), files = t.folder();
    const site = await t.site(folder);
    assert.equal((await setup(folder)).code, 0);
    const { code } = JSON.parse((await cli(['event', 'new', '--data', folder, '--title', 'Күн', '--courses', 'all', '--json'])).out);
    const phone = t.browser(site);
    const me = { council_name: 'Абай', surname: 'Сейітова', given: 'Амина', language: 'kk' };
    assert.equal((await phone.post(`/api/join/${code}`, me)).status, 201);
    writeFileSync(join(files, 'two.zip'), packages['two.zip']);
    assert.equal((await cli(['import', '--data', folder, join(files, 'two.zip')])).code, 0);
    const course = (await phone.get('/api/my/courses')).json.find((c) => c.title === 'Two parts');
    const { cap } = (await phone.post(`/api/my/courses/${course.id}/launch`)).json;
    const { base } = (await phone.get(`/p/${cap}/launch`, { origin: 'content' })).json;
    assert.equal((await ask(site.content, 'GET', `${base}a.html`)).status, 200);
  },

  async 'an import beside an upload does not disturb it'(t) {
    const folder = t.folder(), files = t.folder();
    const site = await t.site(folder);
    await setup(folder);
    const trainer = t.browser(site);
    assert.equal((await trainer.post('/api/sign-in', { login: 'Ержан', password: 'құпия-сөз-2026' })).status, 200);
    // An upload that is half here when the command runs.
    const body = packages['one.zip'], half = body.length >> 1;
    const head = `PUT /api/packages?name=one.zip HTTP/1.1\r\nHost: 127.0.0.1:${site.run.port}\r\nOrigin: ${site.main}\r\nContent-Length: ${body.length}\r\n`
      + `Content-Type: application/octet-stream\r\nCookie: kenes=${trainer.jar.get('kenes')}\r\nX-Kenes-Session: ${trainer.word}\r\nConnection: close\r\n\r\n`;
    const socket = net.connect(site.run.port, '127.0.0.1');
    let reply = '';
    socket.on('data', (d) => { reply += d; });
    const over = new Promise((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, half)]), resolve));
    writeFileSync(join(files, 'two.zip'), packages['two.zip']);
    assert.equal((await cli(['import', '--data', folder, join(files, 'two.zip')])).code, 0);
    socket.write(body.subarray(half));
    await over;
    assert.match(reply, /^HTTP\/1.1 201/);
  },

  async 'one folder is served once; the lock goes with the server'(t) {
    const folder = t.folder(), site = await t.site(folder);
    const second = await cli(['serve', '--data', folder, '--port', '0', '--content-port', '0']);
    assert.equal(second.code, 1);
    assert.match(second.err, /serving .* already\n$/);
    await site.end('SIGKILL');
    await t.site(folder);
  },

  async 'a port that is taken is said to be so'(t) {
    const site = await t.site();
    const second = await cli(['serve', '--data', t.folder(), '--port', String(site.run.port), '--content-port', '0', '--listen', '127.0.0.1', '--log', 'error']);
    assert.equal(second.code, 1);
    assert.match(second.err, /^kenes: port \d+ .*taken/);
  },

  async 'run.json is there while it serves'(t) {
    const folder = t.folder(), site = await t.site(folder);
    assert.equal(site.run.pid, site.child.pid);
    assert.deepEqual(site.run.addresses, [site.main]);
    assert.ok(site.out().startsWith(`listening ${site.main}\nlistening ${site.content}`), site.out());
    const { code } = await site.end();
    assert.equal(code, 0);
    assert.ok(!existsSync(join(folder, 'run.json')));
  },

  async 'doctor finds a healthy site healthy, and a damaged package'(t) {
    const folder = t.folder(), files = t.folder();
    await setup(folder);
    writeFileSync(join(files, 'one.zip'), packages['one.zip']);
    const report = JSON.parse((await cli(['import', '--data', folder, join(files, 'one.zip'), '--json'])).out);
    const well = await cli(['doctor', '--data', folder, '--json']);
    assert.equal(well.code, 0, well.out);
    assert.ok(JSON.parse(well.out).ok);
    const path = join(folder, 'packages', `${report.package}.zip`), bytes = readFileSync(path);
    bytes[60] ^= 1;
    writeFileSync(path, bytes, { mode: 0o600 });
    const ill = await cli(['doctor', '--data', folder]);
    assert.equal(ill.code, 1);
    assert.match(ill.out, /broken .*One part/);
  },

  async 'what the program writes about itself is Markdown and TypeScript'() {
    assert.match((await cli(['routes', '--md'])).out, /### POST \/api\/join\/\{code\}/);
    assert.match((await cli(['routes', '--ts'])).out, /'POST \/api\/join\/\{code\}': \{ takes: JoinNew; gives: Joined \}/);
    assert.match((await cli(['help', '--md'])).out, /## kenes event new/);
    assert.ok(JSON.parse((await cli(['routes', '--json'])).out).routes.length > 30);
  },
};
