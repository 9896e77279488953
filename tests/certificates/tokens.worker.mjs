// SPDX-License-Identifier: Apache-2.0
// A share of the random tokens of verifiers.test.mjs, on a processor of its own: what the page says of each must be
// what the program said, and of the signature what noble says. Answers how often each verdict came.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { scratch, world, lines } = workerData;
const bundled = name => import(pathToFileURL(join(scratch, `verify-${name}.mjs`)).href);
const require = createRequire(new URL('../package.json', import.meta.url));
const noble = await import(pathToFileURL(require.resolve('@noble/ed25519')).href);
const sha512 = bytes => new Uint8Array(createHash('sha512').update(bytes).digest());
noble.hashes.sha512 = sha512;
const unhex = text => Uint8Array.from(Buffer.from(text, 'hex'));

const { verifyText } = await bundled('verdict'), { findToken } = await bundled('token'), { readTrust, readRevocations } = await bundled('lists');
const known = { trust: readTrust(world.trust), revocations: world.revocations.map(readRevocations), today: world.today };
assert.ok(known.trust && known.revocations.every(Boolean));

const seen = new Map();
for (const line of lines) {
  const { text, key, verdict } = JSON.parse(line);
  assert.deepEqual(verifyText(text, known), verdict, text);
  const token = findToken(text);
  if (token) {
    const n = token.bytes.length - 64;
    const message = Buffer.concat([Buffer.from('kenes certificate 1\0'), sha512(token.bytes.subarray(0, n))]);
    const good = noble.verify(token.bytes.subarray(n), message, token.ownKey ?? unhex(key));
    if (token.ownKey || verdict.reason !== 'key-unknown') assert.equal(good, verdict.status !== 'altered', text);
  }
  const kind = `${verdict.status} ${verdict.reason ?? ''}`;
  seen.set(kind, (seen.get(kind) ?? 0) + 1);
}
parentPort.postMessage(seen);
