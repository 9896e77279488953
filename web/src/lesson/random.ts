// SPDX-License-Identifier: Apache-2.0
// Chance that can be had again: the same seed gives the same questions in the same order.

export function newSeed(): number {
  const one = new Uint32Array(1);
  if (window.crypto) window.crypto.getRandomValues(one);
  return one[0] || (Date.now() % 0xffffffff) || 1;
}

// FNV-1a, so that each question shuffles its answers in a way of its own.
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}

// Mulberry32: numbers from 0 to (not including) 1.
function generator(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Fisher and Yates.
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const out = items.slice(), random = generator(seed);
  for (let i = out.length - 1; i > 0; i--) {
    const k = Math.floor(random() * (i + 1)), here = out[i] as T;
    out[i] = out[k] as T;
    out[k] = here;
  }
  return out;
}
