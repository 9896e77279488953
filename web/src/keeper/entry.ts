// SPDX-License-Identifier: Apache-2.0
// One commit as it lies in a phone's storage: by capability, launch and number; the value is the commit's
// JSON. Launch ids begin with their time, so (launch, seq) is the order in which commits were made.

export interface Kept { launch: string; seq: number; body: string }

const CAP = /^[\w-]{44}$/;
const LAUNCH = /^lau_[0-9a-f]{32}$/;

export const isCap = (cap: unknown): cap is string => typeof cap === 'string' && CAP.test(cap);

export function isKept(entry: unknown): entry is Kept {
  const { launch, seq, body } = (entry || {}) as Partial<Kept>;
  return typeof launch === 'string' && LAUNCH.test(launch) && typeof seq === 'number' && Number.isInteger(seq) && seq > 0 &&
    typeof body === 'string' && body.length <= 1_000_000;
}

export const keyOf = (prefix: string, cap: string, entry: { launch: string; seq: number }): string =>
  `${prefix}${cap}/${entry.launch}/${entry.seq}`;

export function readKey(prefix: string, key: string): { cap: string; launch: string; seq: number } | undefined {
  if (!key.startsWith(prefix)) return undefined;
  const [cap = '', launch = '', seq = ''] = key.slice(prefix.length).split('/');
  return CAP.test(cap) && LAUNCH.test(launch) && /^[1-9]\d{0,14}$/.test(seq) ? { cap, launch, seq: +seq } : undefined;
}

export const inOrder = (a: { launch: string; seq: number }, b: { launch: string; seq: number }): number =>
  a.launch < b.launch ? -1 : a.launch > b.launch ? 1 : a.seq - b.seq;

// A commit holds the whole state of its activity, so a newer one of the same activity makes it superfluous; only
// its number and the place must stay, for numbers are gapless.
export function lighten(body: string): string {
  const { activity: _, cmi: __, location: ___, snapshot: ____, ...light } = JSON.parse(body) as Record<string, unknown>;
  return JSON.stringify(light);
}

export function activityOf(body: string): string | undefined {
  try {
    const { activity, cmi, snapshot } = JSON.parse(body) as { activity?: string; cmi?: unknown; snapshot?: unknown };
    return cmi || snapshot ? activity : undefined;
  } catch {
    return undefined;
  }
}

// Those whose state a later one holds again.
export function superseded<T extends Kept>(entries: readonly T[]): T[] {
  const later = new Set<string>(), found: T[] = [];
  for (const entry of entries.slice().sort(inOrder).reverse()) {
    const activity = activityOf(entry.body);
    if (activity === undefined) continue;
    const name = `${entry.launch} ${activity}`;
    if (later.has(name)) found.push(entry);
    later.add(name);
  }
  return found.reverse();
}
