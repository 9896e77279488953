// SPDX-License-Identifier: Apache-2.0
// A laptop and its centre: registered with a code, results by the line and by a file, and what happens without a line.
import assert from 'node:assert/strict';
import http from 'node:http';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../client.mjs';
import { cli, kenes } from '../site.mjs';

async function startHub(folder) {
  const child = spawn(kenes, ['hub', '--data', folder, '--port', '0', '--listen', '127.0.0.1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (d) => {
      out += d;
      const m = out.match(/listening (http:\S+)/);
      if (m) resolve(m[1]);
    });
    ended.then((code) => reject(new Error(`the hub ended (${code})`)));
  });
  return { url, end: () => { child.kill(); return ended; } };
}

async function invite(folder, scope = 'KZ-11') {
  const rs = await cli(['hub', 'invite', '--data', folder, '--scope', scope, '--json']);
  assert.equal(rs.code, 0, rs.err);
  return JSON.parse(rs.out).code;
}

async function openSite(tools) {
  const site = await tools.site(), trainer = tools.browser(site);
  assert.equal((await trainer.post('/api/setup', { site: 'Hall', name: 'Aigul', password: 'long-enough', language: 'en' })).status, 201);
  const event = (await trainer.post('/api/events', { title: 'Day', all_courses: true })).json;
  return { site, trainer, event };
}

async function joinOne(tools, site, event, surname) {
  const rs = await tools.browser(site).post(`/api/join/${event.code}`, { council_name: 'Council', surname, given: 'A', language: 'kk' });
  assert.equal(rs.status, 201, rs.text);
}

// Asks until it is so; each answer is an event of its own, so nothing is slept through.
async function until(trainer, holds) {
  for (let i = 0; i < 3000; i++) {
    const { json } = await trainer.get('/api/sync');
    if (holds(json)) return json;
  }
  throw new Error('it never came to that');
}

function controlDigit(iin) {
  const sum = (first) => [...iin.slice(0, 11)].reduce((all, digit, i) => all + Number(digit) * ((i + first - 1) % 11 + 1), 0) % 11;
  return String(sum(1) === 10 ? sum(3) : sum(1));
}

const put = (url, path, body) => ask(url, 'PUT', path, { body, headers: { 'content-length': String(body.length), 'content-type': 'application/octet-stream' } });

export const tests = {
  async 'results reach the centre by the line'(tools) {
    const folder = tools.folder(), code = await invite(folder), hub = await startHub(folder);
    try {
      const { site, trainer, event } = await openSite(tools);
      assert.equal((await trainer.get('/api/sync')).json.enrolled, false);
      assert.equal((await trainer.post('/api/sync/now')).status, 404);
      assert.equal((await trainer.get('/api/sync/bundle')).status, 404);
      const wrong = await trainer.post('/api/sync/enrol', { hub: hub.url, code: code.slice(0, -1) + (code.endsWith('0') ? '1' : '0') });
      assert.deepEqual([wrong.status, wrong.json.reason], [403, 'wrong-code']);
      const rs = await trainer.post('/api/sync/enrol', { hub: `${hub.url}#${code}`, contact: '+7 700 000 00 00' });
      assert.equal(rs.status, 204, rs.text);
      await joinOne(tools, site, event, 'Serikova');
      assert.equal((await trainer.post('/api/sync/now')).status, 202);
      const state = await until(trainer, (s) => s.unsent === 0 && s.records >= 4 && !s.running);
      assert.equal(state.scope, 'KZ-11');
      assert.ok(state.told_at > 0);
      const records = JSON.parse((await cli(['records', '--data', folder, '--json'])).out);
      assert.equal(records.records, state.records);
      const sites = JSON.parse((await cli(['hub', 'sites', '--data', folder, '--json'])).out);
      assert.equal(sites.contact, '+7 700 000 00 00');
    } finally {
      await hub.end();
    }
  },

  async 'a courier carries a file there and a receipt back'(tools) {
    const folder = tools.folder(), code = await invite(folder), hub = await startHub(folder);
    const { site, trainer, event } = await openSite(tools);
    assert.equal((await trainer.post('/api/sync/enrol', { hub: hub.url, code })).status, 204);
    await until(trainer, (s) => s.unsent === 0 && !s.running);
    await joinOne(tools, site, event, 'Omarov');
    const file = await trainer.ask('GET', '/api/sync/bundle');
    assert.equal(file.status, 200);
    assert.ok(!file.bytes.includes('Omarov'), 'nobody on the way can read it');
    try {
      const taken = await put(hub.url, '/sync/v1/bundle', file.bytes);
      assert.equal(taken.status, 201, taken.text);
      assert.equal(taken.json[0].fresh, 2);
      const again = await put(hub.url, '/sync/v1/bundle', file.bytes);
      assert.equal(again.json[0].id, taken.json[0].id);
      const receipt = await ask(hub.url, 'GET', `/sync/v1/receipt/${taken.json[0].id}`);
      assert.equal(receipt.status, 200);
      const read = await trainer.ask('PUT', '/api/sync/receipt', { body: receipt.bytes, headers: { 'content-type': 'application/octet-stream', 'content-length': String(receipt.bytes.length) } });
      assert.equal(read.status, 200, read.text);
      assert.equal(read.json.unsent, 0);
      assert.equal((await put(hub.url, '/sync/v1/bundle', Buffer.from('no bundle'))).json.reason, 'bad-bundle');
      assert.equal((await ask(hub.url, 'GET', '/sync/v1/receipt/imp_00000000000000000000000000000000')).status, 404);
    } finally {
      await hub.end();
    }
  },

  async 'a courier’s phone needs no account: a pass in the address, good for this site and a day'(tools) {
    const folder = tools.folder(), code = await invite(folder), hub = await startHub(folder);
    const { site, trainer, event } = await openSite(tools), courier = tools.browser(site);
    assert.equal((await trainer.get('/api/sync/courier')).status, 404); // not enrolled
    assert.equal((await trainer.post('/api/sync/enrol', { hub: hub.url, code })).status, 204);
    await until(trainer, (s) => s.unsent === 0 && !s.running);
    await joinOne(tools, site, event, 'Omarov');
    try {
      assert.equal((await courier.get('/api/sync/courier')).status, 401);
      const shown = (await trainer.get('/api/sync/courier')).json;
      assert.match(shown.addresses[0].qr, /^<svg/);
      const pass = shown.addresses[0].address.match(/\/carry\/([\w-]{32})$/)[1];
      const state = await courier.get(`/api/carry/${pass}`);
      assert.deepEqual([state.status, state.json.site, state.json.hub, state.json.unsent], [200, 'Hall', hub.url, 2]);
      const other = (pass[5] === 'A' ? 'B' : 'A'), forged = pass.slice(0, 5) + other + pass.slice(6);
      for (const wrong of [forged, 'x', pass.slice(1)]) {
        const no = await courier.get(`/api/carry/${wrong}`);
        assert.deepEqual([no.status, no.json.reason], [404, 'no-pass']);
        assert.equal((await courier.get(`/api/carry/${wrong}/bundle`)).status, 404);
      }
      const file = await courier.ask('GET', `/api/carry/${pass}/bundle`);
      assert.equal(file.status, 200);
      assert.ok(!file.bytes.includes('Omarov'));
      const taken = await put(hub.url, '/sync/v1/bundle', file.bytes);
      const receipt = await ask(hub.url, 'GET', `/sync/v1/receipt/${taken.json[0].id}`);
      const bring = (bytes) => courier.ask('PUT', `/api/carry/${pass}/receipt`, { body: bytes, headers: { 'content-type': 'application/octet-stream', 'content-length': String(bytes.length) } });
      assert.equal((await bring(Buffer.from('no receipt'))).json.reason, 'bad-bundle');
      const read = await bring(receipt.bytes);
      assert.deepEqual([read.status, read.json.unsent], [200, 0]);
    } finally {
      await hub.end();
    }
  },

  async 'an IIN is sealed to the centre at once: nothing here, on the way or in the log has its digits'(tools) {
    const folder = tools.folder(), code = await invite(folder), hub = await startHub(folder);
    const { site, trainer, event } = await openSite(tools), iin = '880415301234', good = iin.slice(0, 11) + controlDigit(iin);
    const joined = await tools.browser(site).post(`/api/join/${event.code}`, { council_name: 'Council', surname: 'Omarov', given: 'A', language: 'kk' });
    const person = joined.json.me.id, seal = (body) => trainer.post(`/api/people/${person}/iin`, { agreed: true, ...body });
    const detail = async () => (await trainer.get(`/api/events/${event.id}/people/${person}`)).json;
    try {
      assert.deepEqual([(await detail()).enrolled, (await seal({ iin: good })).json.reason], [false, 'not-enrolled']);
      assert.equal((await trainer.post('/api/sync/enrol', { hub: hub.url, code })).status, 204);
      for (const bad of ['880415', `${good}1`, good.slice(0, 11) + (Number(good[11]) + 1) % 10, 'abcdefghijkl'])
        assert.deepEqual([(await seal({ iin: bad })).status, (await seal({ iin: bad })).json.reason], [400, 'bad-iin'], bad);
      assert.equal((await seal({ iin: good, agreed: false })).json.reason, 'not-agreed');
      assert.equal((await tools.browser(site).post(`/api/people/${person}/iin`, { iin: good, agreed: true })).status, 401);
      assert.equal((await trainer.post('/api/people/per_00000000000000000000000000000000/iin', { iin: good, agreed: true })).status, 404);
      assert.equal((await seal({ iin: `${good.slice(0, 6)} ${good.slice(6)}` })).status, 204);
      const after = await detail();
      assert.ok(after.enrolled && after.iin_at > 0);
      assert.equal((await trainer.post('/api/sync/now')).status, 202);
      await until(trainer, (s) => s.unsent === 0 && !s.running);
      for (const where of [site.folder, folder])
        for (const name of readdirSync(where).filter((each) => each.startsWith('kenes.db')))
          assert.ok(!readFileSync(join(where, name)).includes(good), `${name} has the digits`);
      assert.ok(!site.log().includes(good));
      const told = await trainer.ask('GET', '/api/sync/bundle');
      assert.ok(!told.bytes.includes(good));
    } finally {
      await hub.end();
    }
  },

  async 'a captive portal is not the centre'(tools) {
    const portal = http.createServer((rq, rs) => { rq.resume(); rs.end('<html>Sign in to Wi-Fi</html>'); });
    await new Promise((resolve) => portal.listen(0, '127.0.0.1', resolve));
    try {
      const { trainer } = await openSite(tools);
      const url = `http://127.0.0.1:${portal.address().port}`;
      const rs = await trainer.post('/api/sync/enrol', { hub: url, code: 'K7QF2-9M0AB-CDEFG-HJKMN' });
      assert.deepEqual([rs.status, rs.json.reason], [400, 'not-the-hub']);
      const bad = await trainer.post('/api/sync/enrol', { hub: 'hub', code: 'K7QF2-9M0AB-CDEFG-HJKMN' });
      assert.deepEqual([bad.status, bad.json.reason], [400, 'bad-url']);
      const typo = await trainer.post('/api/sync/enrol', { hub: url, code: 'K7QF2' });
      assert.deepEqual([typo.status, typo.json.reason], [400, 'bad-code']);
    } finally {
      portal.close();
    }
  },

  async 'a hub says how it is, and refuses what is no request'(tools) {
    const folder = tools.folder();
    await invite(folder);
    const hub = await startHub(folder);
    try {
      assert.equal((await ask(hub.url, 'GET', '/healthz')).json.ok, true);
      const metrics = await ask(hub.url, 'GET', '/metrics');
      assert.match(metrics.text, /^kenes_records 0$/m);
      assert.match(metrics.text, /^# TYPE kenes_requests_total counter$/m);
      assert.equal((await put(hub.url, '/sync/v1/exchange', Buffer.from('hello'))).status, 400);
      assert.equal((await put(hub.url, '/sync/v1/exchange', Buffer.alloc(400_000))).status, 413);
      assert.equal((await ask(hub.url, 'GET', '/api/hello')).status, 404);
    } finally {
      await hub.end();
    }
  },
};
