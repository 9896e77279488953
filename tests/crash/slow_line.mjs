// SPDX-License-Identifier: Apache-2.0
// A village's line: 64 kbit/s. 2,000 records that were not sent yet arrive; how much longer it takes than their
// bytes need is printed (it should be × 1.3 at most; a busy machine is no bug). And with a third of the connections cut it ends as well, only later.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cli, dropFolder, kenes, makeFolder } from '../http/site.mjs';
import { Proxy } from './proxy.mjs';

const facts = process.env.FACTS ?? 'build/facts';
const BYTES_PER_SECOND = 64_000 / 8, RECORDS = 2000;

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', err = '';
    child.stdout.on('data', (d) => { out += d; });
    child.stderr.on('data', (d) => { err += d; });
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

async function startHub(folder) {
  const child = spawn(kenes, ['hub', '--data', folder, '--port', '0', '--listen', '127.0.0.1'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const port = await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (d) => {
      out += d;
      const m = out.match(/listening http:\/\/127\.0\.0\.1:(\d+)/);
      if (m) resolve(Number(m[1]));
    });
    child.once('exit', (code) => reject(new Error(`the hub ended (${code})`)));
  });
  return { child, port };
}

let random = 1;
const roll = () => (random = (random * 48271) % 2147483647) / 2147483647;
const folder = makeFolder(), proxy = new Proxy(roll);
let passed = 0, failed = 0, hub;
async function test(title, body) {
  try {
    console.log(`ok ${title}: ${await body()}`);
    passed++;
  } catch (error) {
    failed++;
    console.log(`not ok ${title}: ${error.stack}`);
  }
}

try {
  const invite = await cli(['hub', 'invite', '--data', `${folder}/hub`, '--scope', 'KZ-11']);
  hub = await startHub(`${folder}/hub`);
  await proxy.listen();
  proxy.target = hub.port;
  const enrol = await cli(['enrol', '--data', `${folder}/site`, '--hub', `http://127.0.0.1:${proxy.port}`, '--code', invite.out.trim()]);
  assert.equal(enrol.code, 0, enrol.err);

  await test('a slow line that holds', async () => {
    assert.equal((await run(facts, ['add', `${folder}/site`, String(RECORDS), '1', '0'])).code, 0);
    proxy.bytesPerSecond = BYTES_PER_SECOND;
    proxy.up = 0;
    const began = Date.now(), rs = await run(kenes, ['sync', '--data', `${folder}/site`, '--json']);
    const seconds = (Date.now() - began) / 1000, needed = proxy.up / BYTES_PER_SECOND;
    assert.equal(rs.code, 0, rs.err);
    assert.equal(JSON.parse(rs.out).unsent, 0);
    return `${RECORDS} records, ${proxy.up} bytes, ${seconds.toFixed(1)} s of ${needed.toFixed(1)} s needed: × ${(seconds / needed).toFixed(2)}`;
  });

  await test('a slow line that breaks', async () => {
    assert.equal((await run(facts, ['add', `${folder}/site`, '200', '2', '0'])).code, 0);
    proxy.faults = { cut: 0.3, again: 0 };
    let rs;
    for (let i = 0; i < 10; i++) {
      rs = await run(kenes, ['sync', '--data', `${folder}/site`, '--json']);
      if (rs.code === 0) break;
    }
    assert.equal(rs.code, 0, rs.err);
    assert.equal(JSON.parse(rs.out).unsent, 0);
    assert.equal(JSON.parse(rs.out).agreed, true);
    return 'everything arrived';
  });
} finally {
  hub?.child.kill('SIGKILL');
  proxy.end();
  dropFolder(folder);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
