// SPDX-License-Identifier: Apache-2.0
// Small things with bytes. Nothing here needs a browser newer than ES2017.

export function hex(bytes: Uint8Array): string {
  let text = '';
  bytes.forEach(b => { text += (b < 16 ? '0' : '') + b.toString(16); });
  return text;
}

export function unhex(text: string): Uint8Array | undefined {
  if (text.length % 2 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
}

export function unbase64url(text: string): Uint8Array | undefined {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bytes: number[] = [];
  let bits = 0, n = 0;
  for (const c of text) {
    const v = alphabet.indexOf(c);
    if (v < 0) return undefined;
    bits = (bits << 6 | v) & 0xffff;
    n += 6;
    if (n >= 8) { n -= 8; bytes.push(bits >> n & 255); }
  }
  // What is left over must be nothing (RFC 4648 §3.5).
  return n < 6 && (bits & ((1 << n) - 1)) === 0 ? Uint8Array.from(bytes) : undefined;
}

/** Strict UTF-8 (RFC 3629); undefined for anything else. TextDecoder would do, but not everywhere with `fatal`. */
export function utf8(bytes: Uint8Array): string | undefined {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i++] ?? 0;
    const more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : -1;
    if (more < 0 || i + more > bytes.length) return undefined;
    let rune = more === 0 ? first : first & (0x3f >> more);
    for (let k = 0; k < more; k++) {
      const next = bytes[i++] ?? 0;
      if ((next & 0xc0) !== 0x80) return undefined;
      rune = rune << 6 | (next & 0x3f);
    }
    if ((more === 2 && rune < 0x800) || (more === 3 && (rune < 0x10000 || rune > 0x10ffff)) || (rune >= 0xd800 && rune < 0xe000)) return undefined;
    text += String.fromCodePoint(rune);
  }
  return text;
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, c => c.charCodeAt(0) & 255);
}

export function bytesOf(text: string): Uint8Array {
  return ascii(unescape(encodeURIComponent(text)));
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((v, i) => v === b[i]);
}
