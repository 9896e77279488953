// SPDX-License-Identifier: Apache-2.0
// The kinds of value of which trees for the engine are made: docs/scorm.md, "The tree as bytes".
export class Bytes {
  constructor() { this.list = []; }
  whole(n) {
    for (; n >= 128; n = Math.floor(n / 128)) this.list.push(n % 128 + 128);
    this.list.push(n);
  }
  signed(n) { this.whole(n < 0 ? -2 * n - 1 : 2 * n); }
  bool(b) { this.list.push(b ? 1 : 0); }
  real(n) { this.list.push(...new Uint8Array(new Float64Array([n]).buffer)); }
  text(s) {
    if (s === undefined) return this.whole(0);
    const bytes = new TextEncoder().encode(s);
    this.whole(bytes.length + 1);
    this.list.push(...bytes);
  }
  flags(...bits) { this.whole(bits.reduce((sum, bit, i) => sum + (bit ? 2 ** i : 0), 0)); }
  each(list, put) {
    this.whole(list.length);
    for (const item of list) put(this, item);
  }
}
