// SPDX-License-Identifier: Apache-2.0
// A hub that speaks TLS itself: with a root of our own, certificates that are renewed while connections are open, and
// files that do not fit. Behind a proxy: whose word counts.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { ask } from '../client.mjs';
import { command, digits, must, PASSWORD } from '../hub.mjs';
import { cli, kenes } from '../site.mjs';

const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'];

// A root, and certificates of it for this machine: NAME.pem, NAME.key.
function authority(folder) {
  const at = (name) => join(folder, name);
  openssl('req', '-x509', ...curve, '-keyout', at('root.key'), '-out', at('root.pem'), '-days', '2', '-subj', '/CN=Root of a test');
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost');
  return {
    at, root: readFileSync(at('root.pem')),
    make(name) {
      openssl('req', ...curve, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`), '-subj', `/CN=${name}`);
      openssl('x509', '-req', '-in', at(`${name}.csr`), '-CA', at('root.pem'), '-CAkey', at('root.key'), '-days', '1', '-extfile', at('names'), '-out', at(`${name}.pem`));
    },
    serve(name) { // as certbot does: the certificate, then its key
      copyFileSync(at(`${name}.pem`), at('served.pem'));
      copyFileSync(at(`${name}.key`), at('served.key'));
    },
  };
}

async function start(folder, ...extra) {
  const child = spawn(kenes, ['hub', '--data', folder, '--port', '0', '--content-port', '0', '--listen', '127.0.0.1', ...extra], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let out = '', log = '', heard = () => undefined;
  child.stderr.on('data', (d) => { log += d; heard(); });
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (d) => {
      out += d;
      const m = out.match(/listening (\S+)/);
      if (m) resolve(m[1]);
    });
    ended.then((code) => reject(Object.assign(new Error(log), { code })));
  });
  return {
    url, port: Number(new URL(url).port), log: () => log, end: () => { child.kill(); return ended; },
    said: (what) => new Promise((resolve) => { heard = () => { if (what.test(log)) resolve(); }; heard(); }),
  };
}

const withTls = (ca) => ['--tls-certificate', ca.at('served.pem'), '--tls-key', ca.at('served.key')];

// One handshake: whose certificate it was.
function whose(port, ca, more = {}) {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ port, host: '127.0.0.1', ca: ca.root, ...more }, () => {
      resolve(socket.getPeerCertificate().subject.CN);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

// Asks for the certificate until it is `name`'s: each handshake may look at the files again.
async function until(port, ca, name) {
  for (const end = Date.now() + 20000; Date.now() < end;)
    if (await whose(port, ca) === name) return;
  throw new Error(`${name} was never served`);
}

const get = (url, agent, ca) => new Promise((resolve, reject) => {
  https.get(`${url}/healthz`, { agent, ca: ca.root }, (rs) => {
    let text = '';
    rs.on('data', (d) => { text += d; });
    rs.on('end', () => resolve({ status: rs.statusCode, text, socket: rs.socket }));
  }).on('error', reject);
});

export const tests = {
  async 'a hub speaks TLS: curl trusts it by its root, and nothing older than 1.2 is spoken'(t) {
    const ca = authority(t.folder());
    ca.make('one');
    ca.serve('one');
    const hub = await start(t.folder(), ...withTls(ca));
    try {
      assert.match(hub.url, /^https:\/\/127\.0\.0\.1:\d+$/);
      const curl = (...args) => execFileSync('curl', ['-sS', ...args, `${hub.url}/healthz`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
      assert.equal(JSON.parse(curl('--cacert', ca.at('root.pem'))).ok, true);
      assert.equal(JSON.parse(curl('--cacert', ca.at('root.pem'), '--tlsv1.2', '--tls-max', '1.2')).ok, true);
      assert.throws(() => curl()); // nobody knows that root
      await assert.rejects(whose(hub.port, ca, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }));
      await assert.rejects(ask(`http://127.0.0.1:${hub.port}`, 'GET', '/healthz').then((rs) => { if (rs.status !== 200) throw new Error(); }));
    } finally {
      await hub.end();
    }
  },

  async 'a renewed certificate is served to the next connection, and open ones go on'(t) {
    const ca = authority(t.folder());
    for (const name of ['one', 'two', 'three']) ca.make(name);
    ca.serve('one');
    const hub = await start(t.folder(), ...withTls(ca));
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const slow = tls.connect({ port: hub.port, host: '127.0.0.1', ca: ca.root });
      await new Promise((resolve) => slow.once('secureConnect', resolve));
      slow.write('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n'); // half a head: the connection is in use
      ca.serve('two');
      await until(hub.port, ca, 'two');
      let answer = '';
      slow.on('data', (d) => { answer += d; });
      slow.write('Connection: close\r\n\r\n');
      await new Promise((resolve) => slow.once('close', resolve));
      assert.match(answer, /^HTTP\/1\.1 200 /);
      assert.equal((await get(hub.url, agent, ca)).status, 200);

      // A certificate without its key, nonsense, nothing: the old pair stays, and the log says why.
      copyFileSync(ca.at('three.pem'), ca.at('served.pem'));
      while (!/is not the key of the certificate in/.test(hub.log())) assert.equal(await whose(hub.port, ca), 'two');
      writeFileSync(ca.at('served.pem'), 'nonsense');
      while (!/no certificate that can be read/.test(hub.log())) assert.equal(await whose(hub.port, ca), 'two');
      ca.serve('three');
      await until(hub.port, ca, 'three');
    } finally {
      agent.destroy();
      await hub.end();
    }
  },

  async 'large bodies go both ways, and whoever speaks HTTP is told'(t) {
    const ca = authority(t.folder());
    ca.make('one');
    ca.serve('one');
    const hub = await start(t.folder(), ...withTls(ca));
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
    const send = (method, path, body) => new Promise((resolve, reject) => {
      const rq = https.request(hub.url + path, { method, agent, ca: ca.root, headers: body ? { 'content-length': body.length } : {} }, (rs) => {
        const pieces = [];
        rs.on('data', (d) => pieces.push(d));
        rs.on('end', () => resolve({ status: rs.statusCode, headers: rs.headers, bytes: Buffer.concat(pieces) }));
      });
      rq.on('error', reject);
      rq.end(body);
    });
    try {
      const page = await send('GET', '/');
      assert.equal(page.status, 200);
      const script = await send('GET', page.bytes.toString().match(/src="(\/assets\/hub-\w+\.js)"/)[1]);
      assert.ok(script.bytes.length > 100_000 && script.bytes.length === Number(script.headers['content-length']));
      assert.match(script.bytes.toString(), /createElement|preact/i);
      const refused = await send('PUT', '/sync/v1/bundle', Buffer.alloc(5 << 20, 'x'));
      assert.deepEqual([refused.status, JSON.parse(refused.bytes).reason], [400, 'bad-bundle']);
      const plain = await new Promise((resolve) => {
        let text = '';
        net.connect(hub.port, '127.0.0.1').on('data', (d) => { text += d; }).on('error', () => undefined).on('close', () => resolve(text)).write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
      });
      assert.match(plain, /^HTTP\/1\.1 400 [^]*This port speaks HTTPS, not HTTP\n$/);
    } finally {
      agent.destroy();
      await hub.end();
    }
  },

  async 'files that do not fit are a sentence at the start, and nothing is served'(t) {
    const ca = authority(t.folder());
    ca.make('one');
    ca.make('two');
    openssl('ec', '-in', ca.at('one.key'), '-aes256', '-passout', 'pass:word', '-out', ca.at('locked.key'));
    mkdirSync(ca.at('folder'));
    const rows = [
      ['one.pem', 'two.key', /two\.key is not the key of the certificate in .*one\.pem/],
      ['one.pem', 'one.pem', /one\.pem: no private key that can be read/],
      ['one.pem', 'locked.key', /locked\.key: no private key that can be read \(PEM, without a password\)/],
      ['absent', 'one.key', /absent: no certificate that can be read/],
      ['folder', 'one.key', /folder: no certificate that can be read/],
    ];
    for (const [certificate, key, sentence] of rows) {
      const rs = await cli(['hub', '--data', t.folder(), '--port', '0', '--tls-certificate', ca.at(certificate), '--tls-key', ca.at(key)]);
      assert.deepEqual([rs.code, sentence.test(rs.err), rs.err.trim().split('\n').length], [1, true, 1], rs.err);
    }
    const half = await cli(['hub', '--data', t.folder(), '--port', '0', '--tls-key', ca.at('one.key')]);
    assert.deepEqual([half.code, /tls_certificate is not/.test(half.err)], [1, true], half.err);
  },

  async 'a laptop does not register at a hub whose root its system does not know'(t) {
    const ca = authority(t.folder()), folder = t.folder();
    ca.make('one');
    ca.serve('one');
    const { code } = JSON.parse((await cli(['hub', 'invite', '--data', folder, '--scope', 'KZ-11', '--json'])).out);
    const hub = await start(folder, ...withTls(ca));
    try {
      const site = t.folder(), enrol = ['enrol', '--data', site, '--hub', hub.url, '--code', code];
      const no = await cli(enrol);
      assert.equal(no.code, 1);
      assert.match(no.err, /certificate/i);
    } finally {
      await hub.end();
    }
  },

  async 'only a configured proxy’s word counts'(t) {
    const folder = t.folder();
    for (const [proxies, believed] of [[[], true], [['--proxies', '10.0.0.1'], false], [['--proxies', '10.0.0.1, 127.0.0.1'], true]]) {
      const code = await command('hub', 'setup', '--data', folder, '--name', 'Aigul', '--login', 'aigul');
      const hub = await start(folder, ...proxies), browser = t.browser({ main: hub.url });
      try {
        const { key } = must(await browser.post('/api/hub/start', { login: 'aigul', code }), 200);
        const begun = await browser.ask('POST', '/api/hub/start/confirm', { body: { login: 'aigul', code, password: PASSWORD, key, digits: digits(key) }, headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' } });
        must(begun, 201);
        assert.equal(/; Secure/.test(begun.headers['set-cookie'][0]), believed, proxies.join(' '));
      } finally {
        await hub.end();
      }
    }
  },
};
