// SPDX-License-Identifier: Apache-2.0
// Where the page's knowledge comes from: what was put into the file when it was made, the Kenes that serves it, and
// files that the visitor adds. Nothing is asked of anybody else.
import { readRevocations, readTrust } from './lists';
import type { Known } from './verdict';

interface Carried { site?: string; trust?: string; revocations?: string[] }

export function empty(): Known {
  return { trust: { hubs: [], sites: [], cut: [] }, revocations: [], today: new Date().toISOString().slice(0, 10) };
}

/** Adds a list; false when the text is none. */
export function add(known: Known, text: string): boolean {
  const trust = readTrust(text), revocations = trust ? undefined : readRevocations(text);
  if (trust) {
    known.trust.hubs.push(...trust.hubs);
    known.trust.sites.push(...trust.sites);
    known.trust.cut.push(...trust.cut);
  }
  if (revocations) known.revocations.push(revocations);
  return !!(trust || revocations);
}

function take(known: Known, carried: Carried): void {
  if (carried.trust) add(known, carried.trust);
  carried.revocations?.forEach(text => add(known, text));
}

/** Whether this page came from a Kenes and may ask it. */
export const served = location.protocol === 'http:' || location.protocol === 'https:';

export async function load(known: Known): Promise<void> {
  const here = document.getElementById('known')?.textContent;
  try { if (here) take(known, JSON.parse(here) as Carried); } catch { /* none was put in */ }
  if (!served) return;
  try {
    const reply = await fetch('/api/verify/known', { cache: 'no-store' });
    if (reply.ok) take(known, (await reply.json()) as Carried);
  } catch { /* what is in the page has to do */ }
}
