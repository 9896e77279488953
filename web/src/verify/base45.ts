// SPDX-License-Identifier: Apache-2.0
// Base45 (RFC 9285): two bytes in three characters of a QR code's tightest alphabet.
const symbols = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** The bytes, or undefined for what is not Base45. */
export function readBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 3) {
    const pair = i + 2 < text.length;
    const c = symbols.indexOf(text.charAt(i)), d = symbols.indexOf(text.charAt(i + 1));
    const e = pair ? symbols.indexOf(text.charAt(i + 2)) : 0;
    const v = c + 45 * d + 2025 * e;
    if (c < 0 || d < 0 || e < 0 || v > (pair ? 0xffff : 0xff)) return undefined;
    if (pair) bytes.push(v >> 8);
    bytes.push(v & 255);
  }
  return Uint8Array.from(bytes);
}
