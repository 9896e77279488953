// SPDX-License-Identifier: Apache-2.0
// One commit as it lies in a phone's storage: by capability, launch and number; the value is the commit's
// JSON. Launch ids begin with their time, so (launch, seq) is the order in which commits were made.

import { compact, type Step } from './journal';

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

// The entries, oldest first, whose bodies get lighter because a later one of the same launch replaces some of their
// values (journal.ts), with these lighter bodies. Their numbers stay, for numbers are gapless.
export function lighter<T extends Kept>(entries: readonly T[]): { entry: T; body: string }[] {
  const found: { entry: T; body: string }[] = [], launches = new Set(entries.map(({ launch }) => launch));
  launches.forEach(launch => {
    const of = entries.filter(entry => entry.launch === launch).sort(inOrder), bodies = of.map(({ body }) => parsed(body));
    compact(bodies.map(body => body?.journal || [])).forEach((journal, i) => {
      const body = bodies[i], entry = of[i] as T;
      if (body?.journal && journal.length < body.journal.length) found.push({ entry, body: JSON.stringify({ ...body, journal }) });
    });
  });
  return found;
}

// What the laptop refuses for good loses what it says; its number still goes.
export const emptied = (body: string): string => JSON.stringify({ ...parsed(body), journal: [] });

export const isEmpty = (body: string): boolean => !parsed(body)?.journal?.length;

function parsed(body: string): { journal?: Step[] } | undefined {
  try {
    const value = JSON.parse(body) as { journal?: Step[] } | null;
    return value && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
