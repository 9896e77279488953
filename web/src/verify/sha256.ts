// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4): crypto.subtle is not there on plain http, nor in a file opened from disk everywhere.

/** The first 32 bits behind the point of the roots (`power` 1/2 or 1/3) of the first `n` primes. */
function roots(n: number, power: number): number[] {
  const found: number[] = [];
  for (let p = 2; found.length < n; p++) {
    let prime = true;
    for (let d = 2; d * d <= p; d++) if (p % d === 0) prime = false;
    if (prime) found.push(Math.floor((Math.pow(p, power) % 1) * 4294967296) | 0);
  }
  return found;
}
const K = roots(64, 1 / 3), H = roots(8, 1 / 2);
const turn = (x: number, n: number): number => x >>> n | x << (32 - n);

export function sha256(bytes: Uint8Array): Uint8Array {
  const blocks = ((bytes.length + 8) >> 6) + 1, padded = new Uint8Array(blocks * 64), view = new DataView(padded.buffer);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = Int32Array.from(H), w = new Int32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15] ?? 0, b = w[i - 2] ?? 0;
      w[i] = (w[i - 16] ?? 0) + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + (w[i - 7] ?? 0) + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const x = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + (K[i] ?? 0) + (w[i] ?? 0)) | 0;
      const y = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c)) | 0;
      h = g; g = f; f = e; e = (d + x) | 0; d = c; c = b; b = a; a = (x + y) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((v, i) => { state[i] = (state[i] ?? 0) + v; });
  }
  const out = new Uint8Array(32), write = new DataView(out.buffer);
  state.forEach((v, i) => write.setInt32(4 * i, v));
  return out;
}

/** How a key is called: the first eight bytes of its hash. */
export const keyId = (key: Uint8Array): Uint8Array => sha256(key).slice(0, 8);
