// SPDX-License-Identifier: Apache-2.0
// What a browser does with the API, and nothing more: a cookie jar, the session's word, an Origin on what
// changes something. Bodies are given as they came, not gunzipped.
import http from 'node:http';
import { gunzipSync } from 'node:zlib';

export const agent = new http.Agent({ keepAlive: false });

// One request. Gives { status, headers, bytes, text, json }.
export function ask(base, method, path, { headers = {}, body, use = agent } = {}) {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const rq = http.request({ hostname, port, method, path, headers, agent: use }, (rs) => {
      const pieces = [];
      rs.on('data', (d) => pieces.push(d));
      rs.on('error', reject);
      rs.on('end', () => {
        const bytes = Buffer.concat(pieces);
        const plain = () => (rs.headers['content-encoding'] === 'gzip' && bytes.length ? gunzipSync(bytes) : bytes);
        resolve({
          status: rs.statusCode, headers: rs.headers, bytes,
          get text() { return plain().toString('utf8'); },
          get json() { return JSON.parse(plain().toString('utf8')); },
        });
      });
    });
    rq.on('error', reject);
    rq.end(body);
  });
}

// Somebody at a browser. `check` (of shapes.mjs) sees every request and reply.
export class Browser {
  constructor(site, check) {
    this.site = site;
    this.check = check;
    this.jar = new Map();
    this.word = undefined;
  }

  async ask(method, path, { headers = {}, body, origin = 'main' } = {}) {
    const base = origin === 'content' ? this.site.content : this.site.main;
    const h = {};
    const cookies = origin === 'main' ? [...this.jar].map(([k, v]) => `${k}=${v}`).join('; ') : '';
    if (cookies) h.cookie = cookies;
    if (this.word && origin === 'main') h['x-kenes-session'] = this.word;
    if (method !== 'GET' && method !== 'HEAD') {
      h.origin = base;
      h['sec-fetch-site'] = 'same-origin';
      h['content-length'] = '0';
    }
    if (body !== undefined) {
      if (typeof body !== 'string' && !Buffer.isBuffer(body)) {
        body = JSON.stringify(body);
      }
      h['content-type'] = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json';
      h['content-length'] = String(Buffer.byteLength(body));
    }
    for (const [name, value] of Object.entries(headers)) {
      if (value === '') delete h[name.toLowerCase()];
      else h[name.toLowerCase()] = value;
    }
    const rs = await ask(base, method, path, { headers: h, body });
    this.remember(rs, origin);
    this.check?.(method, origin, path, rs);
    return rs;
  }

  remember(rs, origin) {
    if (origin !== 'main') return;
    for (const line of rs.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) this.jar.set(name, value);
      else this.jar.delete(name);
    }
    if (/json/.test(rs.headers['content-type'] ?? '') && rs.bytes.length) {
      const { word } = rs.json;
      if (word) this.word = word;
    }
  }

  get(path, more) { return this.ask('GET', path, more); }
  post(path, body = {}, more = {}) { return this.ask('POST', path, { body, ...more }); }
}
