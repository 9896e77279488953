// SPDX-License-Identifier: Apache-2.0
// What phones could not send yet, in the storage of the app's origin, out of every course's reach. The keeper
// frame files it here for the player; the app's page sends it whenever it is open (replayAll).
//
// At most 1.5 MB a capability: beyond that values that later ones replace are let go, and what still does not fit is
// refused, so that the player says so.

import { inOrder, isCap, isKept, keyOf, lighter, readKey, type Kept } from './entry';

const PREFIX = 'kenes.kept/';
const MOST = 750_000; // UTF-16 units, of two bytes each

export type Sent = 'saved' | 'known' | 'gap' | 'elsewhere' | 'retry';

export function put(cap: string, entries: readonly unknown[]): boolean {
  if (!isCap(cap) || !entries.every(isKept)) return false;
  return entries.every(entry => putOne(cap, entry as Kept));
}

export function get(cap: string): Kept[] {
  return isCap(cap) ? all().filter(entry => entry.cap === cap).map(({ launch, seq, body }) => ({ launch, seq, body })) : [];
}

export function drop(cap: string, entries: readonly { launch: string; seq: number }[]): void {
  for (const entry of entries) storage()?.removeItem(keyOf(PREFIX, cap, entry));
}

// How many commits wait on this phone, of all attempts.
export function waiting(): number { return all().length; }

// Sends everything that waits, each attempt's in order, and forgets what the server has. An attempt that gets
// "retry" or "gap" waits for another time: with a gap, until its player sends what it still holds itself.
// Gives back how many still wait.
export async function replayAll(send: (cap: string, body: string) => Promise<Sent>): Promise<number> {
  const stuck = new Set<string>();
  for (const { cap, launch, seq, body } of all()) {
    if (stuck.has(cap)) continue;
    const sent = await send(cap, body);
    if (sent === 'retry' || sent === 'gap') stuck.add(cap);
    else drop(cap, [{ launch, seq }]);
  }
  return waiting();
}

function putOne(cap: string, entry: Kept): boolean {
  const mine = get(cap);
  let over = mine.reduce((sum, kept) => sum + kept.body.length, entry.body.length) - MOST;
  for (const { entry: old, body } of over > 0 ? lighter([...mine, entry]) : [])
    if (old !== entry && write(cap, { ...old, body })) over -= old.body.length - body.length;
  return over <= 0 && write(cap, entry);
}

function write(cap: string, entry: Kept): boolean {
  try {
    const key = keyOf(PREFIX, cap, entry);
    storage()?.setItem(key, entry.body);
    return storage()?.getItem(key) === entry.body;
  } catch {
    return false;
  }
}

function all(): (Kept & { cap: string })[] {
  const found: (Kept & { cap: string })[] = [], from = storage();
  for (let i = 0; from && i < from.length; i++) {
    const key = from.key(i) || '', name = readKey(PREFIX, key);
    if (name) found.push({ ...name, body: from.getItem(key) || '' });
  }
  return found.sort((a, b) => inOrder(a, b));
}

// Some private modes have none, and asking throws.
function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
