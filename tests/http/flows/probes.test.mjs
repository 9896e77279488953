// SPDX-License-Identifier: Apache-2.0
// What somebody who means harm tries over HTTP. Each row is one attempt, with what it must be answered.
import assert from 'node:assert/strict';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { ask } from '../client.mjs';
import { manifest12, packages, zip } from '../packages.mjs';
import { startServer } from '../site.mjs';

const me = (surname) => ({ council_name: 'Абай', surname, given: 'Амина', language: 'kk' });
const launch = 'lau_0000000000000000000000000000000';
const commitOf = (n, more = {}) => JSON.stringify({
  seq: 1, launch: launch + n, journal: [{ at: 1764000000000, call: 'start' }, { at: 1764000000000, call: 'Initialize' },
    { at: 1764000000000, call: 'SetValue', a: 'cmi.core.lesson_location', b: 'stolen' }],
  activity: 'item-1', completion: 'completed', success: 'passed', location: 'stolen', attempt_completion: 'completed', attempt_success: 'passed',
  kept: 0, made_at: 1764000000000, elapsed_ms: 5000, ...more,
});
const json = (body, more = {}) => ({ 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...more });

// Two learners in the middle of a course.
async function hall(t, extra) {
  const site = await t.site(undefined, extra), trainer = t.browser(site);
  await trainer.post('/api/setup', { site: 'Аудан', name: 'Ержан', password: 'құпия-сөз-2026', language: 'kk' });
  const { course } = (await trainer.ask('PUT', '/api/packages?name=one.zip', { body: packages['one.zip'] })).json;
  const event = (await trainer.post('/api/events', { title: 'Күн', all_courses: true })).json;
  const learner = async (surname, n) => {
    const browser = t.browser(site);
    await browser.post(`/api/join/${event.code}`, me(surname));
    const { cap, attempt } = (await browser.post(`/api/my/courses/${course}/launch`)).json;
    await ask(site.content, 'POST', `/p/${cap}/open`, { body: JSON.stringify({ launch: launch + n }), headers: json(JSON.stringify({ launch: launch + n })) });
    const { base } = (await ask(site.content, 'GET', `/p/${cap}/launch`)).json;
    return { browser, cap, attempt, base };
  };
  return { site, trainer, event, course, amina: await learner('Сейітова', 1), berik: await learner('Ахметов', 2) };
}

const cookieOf = (browser) => `kenes=${browser.jar.get('kenes')}`;
const signed = (browser, more = {}) => ({ cookie: cookieOf(browser), 'x-kenes-session': browser.word, ...more });
const seqOf = async (site, { cap }) => (await ask(site.content, 'GET', `/p/${cap}/launch`)).json.seq;

// Bytes as they are, on a connection of their own. Gives all that came until it is closed, or nothing comes for a second
// after something came.
function say(base, text) {
  const { port } = new URL(base);
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), '127.0.0.1');
    let got = '';
    socket.setEncoding('latin1');
    socket.on('data', (d) => { got += d; socket.setTimeout(1000); });
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => resolve(got));
    socket.setTimeout(8000);
    socket.write(text);
  });
}
const statuses = (text) => [...text.matchAll(/HTTP\/1\.1 (\d+) [A-Z]/g)].map((m) => Number(m[1]));

export const tests = {
  async 'a capability is of one attempt and cannot be made'(t) {
    const { site, amina, berik } = await hall(t);
    const bytes = Buffer.from(amina.cap.replace(/-/g, '+').replace(/_/g, '/'), 'base64');
    const forged = Array.from({ length: bytes.length }, (_, i) => {
      const b = Buffer.from(bytes);
      b[i] ^= 1;
      return b.toString('base64').replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
    });
    const half = amina.cap.length >> 1;
    for (const cap of [...forged, amina.cap.slice(0, -1), amina.cap + 'A', amina.cap.slice(0, half) + berik.cap.slice(half), berik.cap.slice(0, half) + amina.cap.slice(half),
      berik.attempt, amina.cap.toLowerCase(), '%00', amina.cap + '%00', `${amina.cap}%2F..%2F${berik.cap}`, ' ' + amina.cap, '.', 'A'.repeat(3000)]) {
      for (const [method, what] of [['GET', 'launch'], ['POST', 'commits'], ['POST', 'open']]) {
        const body = method === 'GET' ? undefined : what === 'open' ? JSON.stringify({ launch: launch + 3 }) : commitOf(2);
        const rs = await ask(site.content, method, `/p/${encodeURI(cap).replace(/%25/g, '%')}/${what}`, { body, headers: body ? json(body) : {} });
        assert.ok([400, 403, 404].includes(rs.status), `${what} with ${cap}: ${rs.status}`);
      }
    }
    // Amina's, with the launch of Berik: it is fenced, and Berik's attempt does not change.
    const other = commitOf(2);
    const rs = await ask(site.content, 'POST', `/p/${amina.cap}/commits`, { body: other, headers: json(other) });
    assert.equal(rs.json.verdict, 'elsewhere', rs.text);
    assert.equal(await seqOf(site, berik), 0);
    assert.equal(await seqOf(site, amina), 0);
  },

  async 'the capability is not enough on the other port, the cookie not on this one'(t) {
    const { site, amina } = await hall(t);
    assert.match((await ask(site.main, 'GET', `/p/${amina.cap}/launch`)).headers['content-type'], /^text\/html/, 'the app’s own page');
    for (const path of ['/api/hello', '/api/my/courses', '/api/courses', '/api', '/healthz', `/api/replay/${amina.cap}/commits`, '/keeper.html', '/', '/j/123456'])
      assert.equal((await ask(site.content, 'GET', path, { headers: signed(amina.browser) })).status, 404, path);
  },

  async 'a course cannot be launched that is not in the event'(t) {
    const { site, trainer, event, amina } = await hall(t);
    const { course } = (await trainer.ask('PUT', '/api/packages?name=two.zip', { body: packages['two.zip'] })).json;
    assert.equal((await trainer.post(`/api/events/${event.id}/courses`, { all_courses: false, courses: [] })).status, 204);
    for (const id of [course, 'crs_00000000000000000000000000000000', event.id, '%27%20OR%201=1', '..'])
      assert.equal((await amina.browser.post(`/api/my/courses/${id}/launch`)).status, 404, id);
    assert.equal(await seqOf(site, amina), 0);
  },

  async 'trainers exist on the laptop only'(t) {
    const far = Object.values(networkInterfaces()).flat().find((a) => a.family === 'IPv4' && !a.internal)?.address;
    const folder = t.folder(), { site, trainer, event, course } = await hall(t);
    // Nobody becomes local by saying so.
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'client-ip'])
      assert.equal((await ask(site.main, 'GET', '/api/hello', { headers: { [name]: '192.0.2.77' } })).json.local, true, name);
    if (!far) return; // a machine without a network: nobody is far
    const there = await startServer(folder, ['--listen', far]);
    there.main = `http://${far}:${there.run.port}`;
    try {
      const near = { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' };
      assert.equal((await ask(there.main, 'GET', '/api/hello', { headers: near })).json.local, false);
      const host = { host: `127.0.0.1:${there.run.port}`, ...near };
      const setup = JSON.stringify({ site: 'Ұры', name: 'Ұры', password: 'ұры-ұры-ұры', language: 'kk' });
      const sign = JSON.stringify({ login: 'Ержан', password: 'құпия-сөз-2026' });
      for (const [method, path, body] of [['POST', '/api/setup', setup], ['POST', '/api/sign-in', sign], ['GET', '/api/courses'], ['GET', '/api/events'], ['PUT', '/api/packages?name=a.zip', 'zip'],
        ['GET', `/api/events/${event.id}/grid`], ['GET', `/api/events/${event.id}/results.csv`], ['DELETE', `/api/courses/${course}`], ['GET', '/api/room']]) {
        const rs = await ask(there.main, method, path, { body, headers: signed(trainer, { ...host, ...(body ? json(body) : {}) }) });
        assert.equal(rs.status, 403, `${method} ${path}: ${rs.text}`);
        assert.equal(rs.json.reason, 'only-on-laptop', path);
      }
    } finally {
      await there.end('SIGKILL');
    }
  },

  async 'a learner reaches nothing of the trainer’s, even with the trainer’s cookie beside'(t) {
    const { site, trainer, event, amina } = await hall(t);
    const both = [`${cookieOf(amina.browser)}; ${cookieOf(trainer)}`, `${cookieOf(trainer)}; ${cookieOf(amina.browser)}`];
    for (const cookie of both) {
      assert.equal((await ask(site.main, 'GET', '/api/courses', { headers: { cookie, 'x-kenes-session': amina.browser.word } })).status, 403);
      assert.equal((await ask(site.main, 'GET', '/api/courses', { headers: { cookie } })).status, 401, 'two sessions and no word: nobody');
      assert.equal((await ask(site.main, 'GET', '/api/courses', { headers: { cookie, 'x-kenes-session': trainer.word } })).status, 200);
    }
    // A word without its cookie, a cookie without its word, words that are nearly right.
    for (const headers of [{ 'x-kenes-session': trainer.word }, { cookie: cookieOf(amina.browser), 'x-kenes-session': trainer.word }, { cookie: cookieOf(trainer), 'x-kenes-session': '' },
      { cookie: cookieOf(trainer), 'x-kenes-session': trainer.word.slice(0, -1) }, { cookie: 'kenes=', 'x-kenes-session': '' }, { cookie: 'kenes=%00', 'x-kenes-session': trainer.word }])
      assert.equal((await ask(site.main, 'GET', `/api/events/${event.id}/grid`, { headers })).status, 401, JSON.stringify(headers));
    // More planted ones than are looked at: signed out, never somebody else.
    const many = Array.from({ length: 40 }, (_, i) => `kenes=${String.fromCharCode(65 + (i % 26)).repeat(43)}`).join('; ');
    const rs = await ask(site.main, 'GET', '/api/hello', { headers: { cookie: `${many}; ${cookieOf(trainer)}`, 'x-kenes-session': amina.browser.word } });
    assert.equal(rs.json.me, undefined);
  },

  async 'what changes something comes from our own page'(t) {
    const { site, trainer, event } = await hall(t);
    const body = JSON.stringify({ title: 'Жалған', all_courses: true }), own = { origin: site.main, 'sec-fetch-site': 'same-origin' };
    const port = site.run.port;
    for (const [why, headers, status] of [
      ['no word', { ...own, 'x-kenes-session': '' }, 401],
      ['another word', { ...own, 'x-kenes-session': 'A'.repeat(22) }, 401],
      ['an origin elsewhere', { ...own, origin: 'http://evil.example' }, 403],
      ['the courses’ origin', { ...own, origin: site.content }, 403],
      ['the same host by another name', { ...own, origin: `http://localhost:${port}` }, 403],
      ['an origin that begins like ours', { ...own, origin: `${site.main}.evil.example` }, 403],
      ['an origin that ends like ours', { ...own, origin: `http://evil.example/127.0.0.1:${port}` }, 403],
      ['a sandbox', { ...own, origin: 'null' }, 403],
      ['another scheme', { ...own, origin: `ftp://127.0.0.1:${port}` }, 403],
      ['a sister port, as browsers say', { ...own, 'sec-fetch-site': 'same-site' }, 403],
      ['another site, as browsers say', { ...own, 'sec-fetch-site': 'cross-site' }, 403],
      ['a form’s type', { ...own, 'content-type': 'text/plain' }, 415],
      ['a form’s other type', { ...own, 'content-type': 'application/x-www-form-urlencoded' }, 415],
      ['a form with files', { ...own, 'content-type': 'multipart/form-data; boundary=a' }, 415],
      ['two types', { ...own, 'content-type': 'text/plain; application/json' }, 415],
    ]) {
      const rs = await ask(site.main, 'POST', '/api/events', { body, headers: json(body, signed(trainer, headers)) });
      assert.equal(rs.status, status, `${why}: ${rs.status} ${rs.text}`);
      assert.equal(rs.headers['access-control-allow-origin'], undefined, why);
    }
    const asked = await ask(site.main, 'OPTIONS', '/api/events', { headers: { origin: site.content, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-kenes-session,content-type' } });
    assert.ok(asked.status >= 400, String(asked.status));
    assert.equal(Object.keys(asked.headers).filter((h) => h.startsWith('access-control')).length, 0);
    assert.deepEqual((await trainer.get('/api/events')).json.map((e) => e.id), [event.id]);
  },

  async 'names that a DNS could point here are not ours'(t) {
    const site = await t.site(), port = site.run.port;
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'localhost.evil.example', 'evil-localhost', '127.0.0.1@evil.example', '0x7f.1', '2130706433', '127.1', '[::1', '[::1].evil', '127.0.0.1:80:80',
      '127.0.0.1:', '127.0.0.1:99999', 'localhost.', '', ' ', '127.0.0.1 evil.example', '127.0.0.1,evil.example', '[evil.example]', '127.0.0.256']) {
      for (const base of [site.main, site.content]) {
        const [status] = statuses(await say(base, `GET /api/hello HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`));
        assert.ok(status === 421 || status === 400, `Host "${host}": ${status}`);
      }
    }
    for (const text of [`GET http://evil.example/api/hello HTTP/1.1\r\nHost: evil.example\r\n\r\n`, 'GET /api/hello HTTP/1.0\r\n\r\n', 'GET /api/hello HTTP/1.1\r\n\r\n',
      `GET /api/hello HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\n\r\n`]) {
      const got = statuses(await say(site.main, text));
      assert.ok(got.length <= 1 && got.every((status) => status >= 400 && status < 500), `${text}: ${got}`);
    }
  },

  async 'where a body ends has one answer'(t) {
    const { site, trainer } = await hall(t);
    const host = `Host: 127.0.0.1:${site.run.port}\r\n`;
    const smuggled = `GET /api/courses HTTP/1.1\r\n${host}Cookie: ${cookieOf(trainer)}\r\nX-Kenes-Session: ${trainer.word}\r\n\r\n`;
    const n = smuggled.length;
    // Refused, and nothing behind is read as a request.
    for (const head of [`Content-Length: ${n}\r\nTransfer-Encoding: chunked\r\n`, `Transfer-Encoding: chunked\r\nContent-Length: 0\r\n`, 'Transfer-Encoding: chunked\r\n', 'Transfer-Encoding: identity\r\n', 'Transfer-Encoding: xchunked\r\n',
      'Transfer-Encoding:\tchunked\r\n', 'transfer-encoding: , chunked\r\n', `Content-Length: 0\r\nContent-Length: ${n}\r\n`, `Content-Length: ${n}\r\nContent-Length: ${n}\r\n`, `Content-Length: +${n}\r\n`, 'Content-Length: -1\r\n',
      `Content-Length: 0x10\r\n`, 'Content-Length: 0, 0\r\n', 'Content-Length: 1 1\r\n', 'Content-Length: 18446744073709551616\r\n', 'Content-Length: 9223372036854775808\r\n', 'Content-Length: \r\n', 'Content-Length : 0\r\nContent-Length: 5\r\n']) {
      const got = statuses(await say(site.main, `POST /api/sign-out HTTP/1.1\r\n${host}${head}\r\n${smuggled}`));
      assert.equal(got.length, 1, `${JSON.stringify(head)}: ${got}`);
      assert.ok([400, 411, 413].includes(got[0]), `${JSON.stringify(head)}: ${got}`);
    }
    // A body that nobody reads is no request either; what stands behind it is.
    for (const first of ['POST /api/nowhere', 'GET /api/hello', 'DELETE /api/hello', 'POST /api/events', 'GET /c/none/none']) {
      const got = statuses(await say(site.main, `${first} HTTP/1.1\r\n${host}Content-Length: ${n}\r\n\r\n${smuggled}GET /api/hello HTTP/1.1\r\n${host}Connection: close\r\n\r\n`));
      assert.equal(got.length, 2, `${first}: ${got}`);
      assert.equal(got[1], 200, first);
    }
    // Lines that are folded, or broken in other ways, hide no length: what is the body by it is no request.
    for (const line of ['X: a\r\n b\r\n', 'X: a\r\n\tb\r\n', ' X: a\r\n', ': a\r\n', 'X\r\n', 'X y\r\n', 'X: a\r', '\x01: a\r\n', 'Ж: a\r\n', 'X: a\n\r\n', 'X: a\r\n\r', 'X: a\r\n\n']) {
      const got = statuses(await say(site.main, `POST /api/sign-out HTTP/1.1\r\n${host}${line}Content-Length: ${n}\r\n\r\n${smuggled}`));
      assert.ok(!got.includes(200), `${JSON.stringify(line)}: ${got}`);
    }
  },

  async 'tricks with paths give a course’s own files or nothing'(t) {
    const { site, amina, trainer } = await hall(t);
    const two = (await trainer.ask('PUT', '/api/packages?name=two.zip', { body: packages['two.zip'] })).json;
    const { cap } = (await trainer.post(`/api/my/courses/${two.course}/launch`)).json;
    const other = (await ask(site.content, 'GET', `/p/${cap}/launch`)).json.base.split('/')[2];
    const { base } = amina;
    for (const path of ['../../../../etc/passwd', '..%2f..%2f..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/%2e%2e/etc/passwd', '%252e%252e/%252e%252e/etc/passwd', '..\\..\\etc\\passwd', '..%5c..%5cetc%5cpasswd', '..%c0%af..%c0%afetc/passwd',
      '/etc/passwd', '//etc/passwd', '%2fetc%2fpasswd', './/../kenes.db', '../../kenes.db', 'index.html%00.txt', 'index.html%2500.txt', '%00', `../${other}/a.html`, `..%2f${other}%2fa.html`, '', '.', '..', '/', '%', '%zz', 'index.html/', 'index.html/x',
      'a'.repeat(4000), '%ff%fe', '~root', 'index.html::$DATA', 'index.html.', 'index.html%20', 'film.mp4;.html', 'C:/windows/win.ini', 'CON']) {
      const text = await say(site.content, `GET ${base}${path} HTTP/1.1\r\nHost: 127.0.0.1:${site.run.content_port}\r\nConnection: close\r\n\r\n`);
      const [status] = statuses(text);
      assert.ok([400, 404, 414].includes(status), `${path}: ${status}`);
      assert.ok(!text.includes('root:'), path);
    }
    const token = base.split('/')[2];
    for (const path of ['/c/', '/c', '/c//index.html', `/c/${token}`, `/c/${token.slice(0, -1)}/index.html`, `/c/${token.toUpperCase()}/index.html`, `/c/${'0'.repeat(32)}/index.html`, `/c/${two.package}/a.html`, `/c/%2e%2e/${token}/index.html`,
      '/assets/../kenes.db', '/assets/..%2f..%2fkenes.db', '/packages/', '/kenes.db', '/run.json', '/../../etc/passwd', `/C/${token}/index.html`])
      for (const from of [site.content]) {
        const [status] = statuses(await say(from, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${site.run.content_port}\r\nConnection: close\r\n\r\n`));
        assert.ok(status === 404 || status === 400, `${path}: ${status}`);
      }
    assert.equal((await ask(site.content, 'GET', `${base}index.html`)).status, 200);
  },

  async 'names and titles end no header, no line of the log and no cell'(t) {
    const evil = 'А"\r\nSet-Cookie: kenes=planted\r\n\r\n<script>alert(1)</script>;=1+1\u202e\u0000'.replace('\u0000', '');
    const { site, trainer, event: first } = await hall(t, ['--log', 'debug']);
    const made = await trainer.post('/api/events', { title: evil, place: evil, all_courses: true });
    const event = made.status === 201 ? made.json : first;
    const formula = t.browser(site);
    for (const [i, name] of ['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(1)', '"a";b', 'Иванов\r\n=1'].entries())
      await t.browser(site).post(`/api/join/${event.code}`, { council_name: '=2+2', surname: name, given: `${name}${i}`, language: 'ru' });
    await formula.post(`/api/join/${event.code}`, me(evil));
    const csv = await trainer.get(`/api/events/${event.id}/results.csv?language=ru`);
    assert.equal(csv.status, 200);
    assert.match(csv.headers['content-disposition'], /^attachment; filename="[a-z0-9.-]+"$/);
    assert.equal(csv.headers['set-cookie'], undefined);
    for (const cell of csv.text.replace(/"(?:[^"]|"")*"/g, (q) => q.slice(1, -1).replace(/[;\r\n]/g, ' ')).split(/[;\r\n]+/)) assert.ok(!/^[\uFEFF]?[=+@-]/.test(cell), cell);
    const badLanguage = await ask(site.main, 'GET', `/api/events/${event.id}/results.csv?language=ru%0d%0aSet-Cookie:%20a=b`, { headers: signed(trainer) });
    assert.equal(badLanguage.status, 400);
    // A package whose members and file name hold ends of lines.
    const name = 'a\r\nSet-Cookie: x=y\r\n\r\n.html';
    const bytes = zip({ 'imsmanifest.xml': manifest12('lines', evil.replace(/[<&]/g, ''), ['index.html']), 'index.html': 'x', [name]: 'x' });
    const report = (await trainer.ask('PUT', `/api/packages?name=${encodeURIComponent(evil)}`, { body: bytes })).json;
    const { cap } = (await trainer.post(`/api/my/courses/${report.course}/launch`)).json;
    const { base } = (await ask(site.content, 'GET', `/p/${cap}/launch`)).json;
    const rs = await ask(site.content, 'GET', base + encodeURIComponent(name));
    assert.equal(rs.headers['set-cookie'], undefined);
    // Requests that would like to write into the log.
    const line = '\r\n2026-01-01T00:00:00.000Z info server.stopped forged=1';
    await say(site.main, `GET /api/${encodeURIComponent(line)} HTTP/1.1\r\nHost: 127.0.0.1:${site.run.port}\r\nUser-Agent: a\x1b[31m\r\nConnection: close\r\n\r\n`);
    await say(site.main, `FORGED\x1b[31m /x HTTP/1.1\r\nHost: 127.0.0.1:${site.run.port}\r\nConnection: close\r\n\r\n`);
    await ask(site.main, 'GET', '/api/hello', { headers: { cookie: 'kenes=%0d%0aforged', 'x-kenes-session': 'forged' } });
    for (const logged of site.log().trimEnd().split('\n')) {
      assert.match(logged, /^\d{4}-\d\d-\d\dT[\d:.]+Z (debug|info|warn|error) [a-z.-]+/, logged);
      assert.ok(!/[\x00-\x08\x0b-\x1f\x7f]/.test(logged), JSON.stringify(logged));
      assert.ok(!/forged=1|planted|alert/.test(logged), logged);
    }
    // Neither capabilities, cookies nor words of sessions are in it.
    for (const secret of [cap, trainer.word, trainer.jar.get('kenes')]) assert.ok(!site.log().includes(secret), 'a secret is in the log');
  },
};
