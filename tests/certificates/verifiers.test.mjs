// SPDX-License-Identifier: Apache-2.0
// Three implementations agree: libsodium in the program, TweetNaCl in the page, and noble, which is in neither.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { must } from './hall.mjs';

const require = createRequire(new URL('../package.json', import.meta.url));
const noble = await import(pathToFileURL(require.resolve('@noble/ed25519')).href);
const sha512 = bytes => new Uint8Array(createHash('sha512').update(bytes).digest());
noble.hashes.sha512 = sha512;
const unhex = text => Uint8Array.from(Buffer.from(text, 'hex'));

// RFC 8032 §7.1, TEST 1, 2 and 3: key, message, signature.
const vectors = [
  ['d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '', 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
  ['3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72', '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
  ['fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82', '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
];

const judged = share => new Promise((done, fail) => {
  new Worker(new URL('tokens.worker.mjs', import.meta.url), { workerData: share }).once('message', done).once('error', fail);
});

export const tests = {
  async 'the vectors of RFC 8032'({ load }) {
    const { signedPlain } = await load('verify/ed25519');
    for (const [key, message, signature] of vectors) {
      const parts = [unhex(key), unhex(message), unhex(signature)];
      assert.ok(signedPlain(...parts));
      assert.ok(noble.verify(parts[2], parts[1], parts[0]));
      for (let bit = 0; bit < 512; bit += 37) {
        const wrong = parts[2].slice();
        wrong[bit >> 3] ^= 1 << (bit & 7);
        assert.ok(!signedPlain(parts[0], parts[1], wrong));
      }
    }
  },

  // S + L: the same point, written another way. libsodium refuses it, TweetNaCl alone would not.
  async 'a signature cannot be written in two ways'({ load }) {
    const { signedPlain } = await load('verify/ed25519');
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    for (const [key, message, signature] of vectors) {
      const bytes = unhex(signature);
      let s = 0n;
      for (let i = 63; i >= 32; i--) s = s << 8n | BigInt(bytes[i]);
      assert.ok(signedPlain(unhex(key), unhex(message), bytes));
      s += order;
      for (let i = 32; i < 64; i++, s >>= 8n) bytes[i] = Number(s & 255n);
      assert.ok(!signedPlain(unhex(key), unhex(message), bytes));
    }
  },

  async 'SHA-256 is that of everybody'({ load }) {
    const { sha256 } = await load('verify/sha256');
    for (const n of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const bytes = Uint8Array.from({ length: n }, (_, i) => i * 7 & 255);
      assert.equal(Buffer.from(sha256(bytes)).toString('hex'), createHash('sha256').update(bytes).digest('hex'));
    }
  },

  async '10,000 random tokens: the page says the same as the program, and noble of the signature'({ load, scratch }) {
    for (const module of ['verify/verdict', 'verify/token', 'verify/lists']) await load(module);   // bundled into `scratch`
    const [first, ...lines] = must(process.env.MAKE_TOKENS, '10000').out.trim().split('\n');
    assert.equal(lines.length, 10000);
    const world = JSON.parse(first), seen = new Map(), workers = availableParallelism();
    const shares = Array.from({ length: workers }, (_, i) => lines.filter((_, n) => n % workers === i));
    for (const part of await Promise.all(shares.map(lines => judged({ scratch, world, lines }))))
      for (const [kind, n] of part) seen.set(kind, (seen.get(kind) ?? 0) + n);
    assert.equal([...seen.values()].reduce((sum, n) => sum + n), 10000);
    for (const kind of ['valid ', 'self-issued ', 'altered signature', 'altered unreadable', 'superseded ', 'revoked mistake', 'unknown-issuer key-unknown', 'unknown-issuer expired', 'unknown-issuer not-yet'])
      assert.ok(seen.get(kind) > 0, `no case of "${kind}"`);
  },
};
