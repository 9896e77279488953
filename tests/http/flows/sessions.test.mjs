// SPDX-License-Identifier: Apache-2.0
// Whose session it is, when a course has tried to make it somebody else's.
import assert from 'node:assert/strict';
import { ask } from '../client.mjs';

const me = (surname) => ({ council_name: 'Абай', surname, given: 'Амина', language: 'kk' });

async function hall(t) {
  const site = await t.site(), trainer = t.browser(site);
  await trainer.post('/api/setup', { site: 'Аудан', name: 'Ержан', password: 'құпия-сөз-2026', language: 'kk' });
  const { code } = (await trainer.post('/api/events', { title: 'Күн', all_courses: true })).json;
  return { site, trainer, code };
}

export const tests = {
  async 'a cookie that a course planted is not taken for ours'(t) {
    const { site, code } = await hall(t);
    const amina = t.browser(site), thief = t.browser(site);
    const aminaId = (await amina.post(`/api/join/${code}`, me('Сейітова'))).json.me.id;
    await thief.post(`/api/join/${code}`, me('Ұрлықов'));
    // The thief's course put the thief's cookie before Amina's own.
    const both = `kenes=${thief.jar.get('kenes')}; kenes=${amina.jar.get('kenes')}`;
    const told = await ask(site.main, 'GET', '/api/hello', { headers: { cookie: both, 'x-kenes-session': amina.word } });
    assert.equal(told.json.me.id, aminaId);
    // Without the word nobody knows which is meant.
    const doubt = await ask(site.main, 'GET', '/api/hello', { headers: { cookie: both } });
    assert.equal(doubt.json.me, undefined);
    // The same cookie twice is no doubt.
    const twice = await ask(site.main, 'GET', '/api/hello', { headers: { cookie: `kenes=${amina.jar.get('kenes')}; kenes=${amina.jar.get('kenes')}` } });
    assert.equal(twice.json.me.id, aminaId);
    // Ours is gone and only the planted one is left: nobody.
    const alone = await ask(site.main, 'GET', '/api/my/courses', { headers: { cookie: `kenes=${thief.jar.get('kenes')}`, 'x-kenes-session': amina.word } });
    assert.equal(alone.status, 401);
  },

  async 'joining never takes over a cookie that the page does not know'(t) {
    const { site, code } = await hall(t);
    const amina = t.browser(site);
    const planted = 'A'.repeat(43);
    amina.jar.set('kenes', planted);
    assert.equal((await amina.post(`/api/join/${code}`, me('Сейітова'))).status, 201);
    assert.notEqual(amina.jar.get('kenes'), planted);
  },

  async 'a phone that comes back on the second day walks in'(t) {
    const { site, trainer, code } = await hall(t);
    const amina = t.browser(site);
    const id = (await amina.post(`/api/join/${code}`, me('Сейітова'))).json.me.id;
    const second = (await trainer.post('/api/events', { title: 'Екінші күн', all_courses: true })).json;
    const rs = await amina.post(`/api/join/${second.code}`, me('Сейітова'));
    assert.equal(rs.status, 201);
    assert.equal(rs.json.me.id, id);
    assert.equal(rs.json.event, second.id);
  },

  async 'a guesser behind the same address does not keep out who is in'(t) {
    const { site, code } = await hall(t);
    const amina = t.browser(site);
    await amina.post(`/api/join/${code}`, me('Сейітова'));
    // A new user agent each time: no device is ever limited, the address is, in the end.
    const guess = (i) => ask(site.main, 'GET', '/api/join/000000', { headers: { 'user-agent': `guesser ${i}` } });
    let limited = false;
    for (let i = 0; !limited && i < 20000; i += 100) {
      const told = await Promise.all(Array.from({ length: 100 }, (_, k) => guess(i + k)));
      limited = told.some((rs) => rs.status === 429);
    }
    assert.ok(limited);
    assert.equal((await amina.get(`/api/join/${code}`)).status, 200);
  },

  async 'two hundred phones join at once, each as somebody'(t) {
    const { site, code } = await hall(t);
    const ids = await Promise.all(Array.from({ length: 200 }, async (_, i) => {
      const rs = await t.browser(site).post(`/api/join/${code}`, me(`Адам${i}`));
      assert.equal(rs.status, 201, rs.text);
      return rs.json.me.id;
    }));
    assert.equal(new Set(ids).size, 200);
  },

  async 'a session outlives the server'(t) {
    const folder = t.folder();
    let site = await t.site(folder);
    const trainer = t.browser(site);
    await trainer.post('/api/setup', { site: 'Аудан', name: 'Ержан', password: 'құпия-сөз-2026', language: 'kk' });
    await site.end('SIGKILL');
    site = await t.site(folder);
    trainer.site = site;
    assert.equal((await trainer.get('/api/events')).status, 200);
  },

  async 'passwords are tried at most two at a time, and all are answered'(t) {
    const { site } = await hall(t);
    const statuses = await Promise.all(Array.from({ length: 4 }, () =>
      t.browser(site).post('/api/sign-in', { login: 'Ержан', password: 'қате-құпия-сөз' }).then((r) => r.status)));
    assert.ok(statuses.every((s) => s === 401 || s === 429), statuses.join());
  },

  async 'a foreign name for this machine is refused'(t) {
    const site = await t.site();
    const rs = await ask(site.main, 'GET', '/api/hello', { headers: { host: `rebound.example:${site.run.port}` } });
    assert.ok(rs.status >= 400 && rs.status < 500, String(rs.status));
  },

  async 'the grid costs nothing while nothing happened'(t) {
    const { site, trainer } = await hall(t);
    // One without courses: those that come with the program may still be on their way to the shelf.
    const event = (await trainer.post('/api/events', { title: 'Бос күн', all_courses: false })).json;
    const first = await trainer.get(`/api/events/${event.id}/grid`);
    const again = await trainer.get(`/api/events/${event.id}/grid`, { headers: { 'if-none-match': first.headers.etag } });
    assert.equal(again.status, 304);
    await t.browser(site).post(`/api/join/${event.code}`, me('Сейітова'));
    const third = await trainer.get(`/api/events/${event.id}/grid`, { headers: { 'if-none-match': first.headers.etag } });
    assert.equal(third.status, 200);
    assert.equal(third.json.joined, 1);
  },
};
