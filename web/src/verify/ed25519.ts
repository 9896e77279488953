// SPDX-License-Identifier: Apache-2.0
// Signatures as src/seal/sign.c makes them: Ed25519 (RFC 8032) over a purpose, a zero and the SHA-512 of the bytes.
// TweetNaCl computes; what it lets through and libsodium does not is refused here first, so that both always agree.
// It wants no BigInt, which Chrome has since 67 and Safari since 14.
import nacl from 'tweetnacl';
import { ascii, hex } from './bytes';

/** The points of small order, in each form they can be written in, but for the sign bit. */
const small = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

function isSmall(point: Uint8Array): boolean {
  const bare = point.slice();
  bare[31] = (bare[31] ?? 0) & 0x7f;
  return small.includes(hex(bare));
}

/** Whether y is below 2^255 - 19. */
function isCanonical(point: Uint8Array): boolean {
  if (((point[31] ?? 0) & 0x7f) !== 0x7f) return true;
  for (let i = 30; i > 0; i--) if (point[i] !== 0xff) return true;
  return (point[0] ?? 0) < 0xed;
}

/** Whether S is below the order of the group: otherwise one signature could be written in two ways. */
function isReduced(s: Uint8Array): boolean {
  const order = [0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10];
  for (let i = 31; i >= 0; i--) {
    const a = s[i] ?? 0, b = order[i] ?? 0;
    if (a !== b) return a < b;
  }
  return false;
}

/** Ed25519 over the bytes as they are. */
export function signedPlain(key: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (key.length !== 32 || signature.length !== 64) return false;
  const point = signature.subarray(0, 32), s = signature.subarray(32);
  if (!isReduced(s) || isSmall(point) || isSmall(key) || !isCanonical(key)) return false;
  return nacl.sign.detached.verify(bytes, signature, key);
}

export function signed(key: Uint8Array, purpose: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const word = ascii(`${purpose}\0`), hash = nacl.hash(bytes);
  const text = new Uint8Array(word.length + hash.length);
  text.set(word);
  text.set(hash, word.length);
  return signedPlain(key, text, signature);
}
