// SPDX-License-Identifier: Apache-2.0
// Plays a .http file: blocks of request and reply, see README.md beside it.
import { readFileSync } from 'node:fs';
import { Browser } from './client.mjs';
import { packages } from './packages.mjs';

// { title, line, actor?, method, path, origin, headers, body, status, type?, wanted? }
export function parse(text) {
  const blocks = [];
  let title = '', block = null;
  const done = () => { if (block) blocks.push(block); block = null; };
  text.split('\n').forEach((raw, i) => {
    const line = raw.trimEnd();
    let m;
    if (line === '') {
      done();
    } else if (line.startsWith('#')) {
      if (!block) title = line.slice(1).trim();
    } else if ((m = /^@(\w+)$/.exec(line))) {
      done();
      blocks.push({ actor: m[1] });
    } else if (!block && (m = /^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) (content:)?(\S+)$/.exec(line))) {
      block = { title: title || line, line: i + 1, method: m[1], origin: m[2] ? 'content' : 'main', path: m[3], headers: {}, expected: {} };
      title = '';
    } else if (!block) {
      throw new Error(`line ${i + 1}: what is "${line}"?`);
    } else if (block.status === undefined && (m = /^([1-5]\d\d)(?: (.*))?$/.exec(line))) {
      block.status = Number(m[1]);
      block.wanted = m[2];
    } else if (block.status === undefined && (m = /^< (\S+)$/.exec(line))) {
      block.file = m[1];
    } else if ((m = /^([A-Za-z-]+): ?(.*)$/.exec(line))) {
      (block.status === undefined ? block.headers : block.expected)[m[1]] = m[2];
    } else if (block.status === undefined) {
      block.body = (block.body ?? '') + line;
    } else {
      block.wanted = (block.wanted ?? '') + '\n' + line;
    }
  });
  done();
  return blocks;
}

// $name in an address or a header is its value; in a body it is JSON unless it stands in a string.
const fill = (text, vars) => text.replace(/\$(?:([a-z_]\w*)|\{(\w+)\})/g, (all, bare, braced) => {
  const name = bare ?? braced;
  if (!(name in vars)) throw new Error(`nobody said what $${name} is`);
  return String(vars[name]);
});
const fillBody = (text, vars) => text.replace(/("?)\$([a-z_]\w*)/g, (all, quote, name) => {
  if (!(name in vars)) throw new Error(`nobody said what $${name} is`);
  return quote ? quote + vars[name] : JSON.stringify(vars[name]);
});

// $name takes what comes first and must match afterwards; $_ takes anything. Objects may have more than is
// wanted; a list may when it ends with "...".
function match(wanted, got, vars, at) {
  const no = () => { throw new Error(`${at}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)?.slice(0, 300)}`); };
  if (wanted !== null && typeof wanted === 'object' && '$' in wanted) {
    const name = wanted.$;
    if (got === undefined) no();
    if (name === '_') return;
    if (!(name in vars)) vars[name] = got;
    else if (JSON.stringify(vars[name]) !== JSON.stringify(got)) { wanted = vars[name]; no(); }
  } else if (Array.isArray(wanted)) {
    if (!Array.isArray(got)) no();
    const open = wanted.at(-1) === '...', list = open ? wanted.slice(0, -1) : wanted;
    if (open ? got.length < list.length : got.length !== list.length) no();
    list.forEach((w, i) => match(w, got[i], vars, `${at}[${i}]`));
  } else if (wanted !== null && typeof wanted === 'object') {
    if (got === null || typeof got !== 'object') no();
    for (const [k, w] of Object.entries(wanted)) match(w, got[k], vars, `${at}.${k}`);
  } else if (wanted !== got) no();
}

function verify(block, rs, vars) {
  if (rs.status !== block.status) throw new Error(`wanted ${block.status}, got ${rs.status} ${rs.text.slice(0, 300)}`);
  for (const [name, wanted] of Object.entries(block.expected)) {
    const got = [rs.headers[name.toLowerCase()] ?? ''].flat().join(', ');
    const text = fill(wanted, vars);
    const fits = text.startsWith('~') ? got.includes(text.slice(1)) : text === got;
    if (!fits) throw new Error(`${name}: wanted "${text}", got "${got}"`);
  }
  const wanted = block.wanted?.trim();
  if (!wanted) return;
  if (wanted.startsWith('~')) {
    if (!rs.text.includes(fill(wanted.slice(1).trim(), vars))) throw new Error(`the body does not hold "${wanted.slice(1)}": ${rs.text.slice(0, 300)}`);
    return;
  }
  match(JSON.parse(wanted.replace(/\$([a-z_]\w*)/g, '{"$":"$1"}')), rs.json, vars, 'reply');
}

// Plays one file on a site; calls `report(title, error?)` for each request.
export async function play(path, site, check, report) {
  const browsers = new Map();
  const vars = { main: site.main, content: site.content, port: site.run.port, content_port: site.run.content_port };
  let actor = 'somebody';
  for (const block of parse(readFileSync(path, 'utf8'))) {
    if (block.actor) {
      actor = block.actor;
      continue;
    }
    if (!browsers.has(actor)) browsers.set(actor, new Browser(site, check));
    try {
      const headers = Object.fromEntries(Object.entries(block.headers).map(([k, v]) => [k, fill(v, vars)]));
      const body = block.file ? packages[block.file] : block.body === undefined ? undefined : fillBody(block.body, vars);
      if (block.file && !body) throw new Error(`there is no package ${block.file}`);
      const rs = await browsers.get(actor).ask(block.method, fill(block.path, vars), { headers, body, origin: block.origin });
      verify(block, rs, vars);
      report(block.title);
    } catch (error) {
      report(`${block.title} (line ${block.line})`, error);
    }
  }
}
