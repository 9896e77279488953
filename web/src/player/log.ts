// SPDX-License-Identifier: Apache-2.0
// The phone's log of commits: numbered, in order, kept until the server has them.
//
// A commit is written to localStorage at once (an API call must answer at once), and a moment later handed to
// the keeper (the app's origin, out of the course's reach), whereupon the own copy is dropped.
// A commit that was neither sent nor handed over may still take in a newer one: its journal goes on, the number
// stays, and offline the log stays short. What was sent or handed over never changes, since the server may meet it
// from either side; only values that a later commit replaces may be let go (keeper/journal.ts).

import { emptied, inOrder, keyOf, lighter, readKey, type Kept } from '../keeper/entry';
import { compact, isRequest, repeats } from '../keeper/journal';
import type { KeeperLink } from './keeperlink';
import type { Commit } from './wire';

const PREFIX = 'kenes.commit/';
const HAND_OVER_MS = 1000;

// A commit that goes on growing is sent whole: these keep it, and the server's work on it, small.
const STEPS_MOST = 1000;
const REQUESTS_MOST = 50;
const BODY_MOST = 300_000;

interface Logged extends Kept {
  commit?: Commit;   // as long as it may take in another
  place: 'nowhere' | 'page' | 'keeper';
  fixed: boolean;   // sent or handed over: must not change any more
}

export class PhoneLog {
  private entries: Logged[] = [];
  private timer = 0;

  constructor(private readonly cap: string, private readonly keeper: KeeperLink, private readonly changed: () => void) {}

  // Whether this origin's storage holds nothing of this attempt.
  static none(cap: string): boolean { return !stored().some(kept => kept.cap === cap); }

  // Hands what other attempts left in this origin's storage to the keeper.
  async rescue(): Promise<void> {
    const others = new Map<string, Kept[]>();
    for (const { cap, ...kept } of stored()) if (cap !== this.cap) others.set(cap, [...others.get(cap) || [], kept]);
    for (const [cap, kept] of others)
      if (await this.keeper.put(cap, kept)) for (const entry of kept) forget(cap, entry);
  }

  // Finds what this attempt left anywhere, after others' was handed over. `keeps`: whether the keeper may have
  // something of it.
  async load(keeps = true): Promise<void> {
    await this.rescue();
    const here = stored();
    const own = new Map<string, Logged>();
    const add = (kept: Kept, place: Logged['place']): void => {
      own.set(`${kept.launch}/${kept.seq}`, { ...kept, place, fixed: true });
    };
    for (const kept of keeps ? await this.keeper.get(this.cap) : []) add(kept, 'keeper');
    for (const { cap, ...kept } of here) if (cap === this.cap) add(kept, 'page');
    this.entries = Array.from(own.values()).sort(inOrder);
  }

  get size(): number { return this.entries.length; }
  get head(): Kept | undefined { return this.entries[0]; }
  pending(): readonly Kept[] { return this.entries; }

  // Whether everything that the server lacks is written down on this phone.
  get safe(): boolean { return this.entries.every(entry => entry.place !== 'nowhere'); }

  // Writes a commit down; false when the phone has no room for it (it still goes to the server).
  append(commit: Commit): boolean {
    const last = this.entries[this.entries.length - 1], before = last && !last.fixed ? last.commit : undefined;
    const joined = before && join(before, commit), now = joined || commit;
    const entry: Logged = {
      launch: now.launch, seq: now.seq, commit: now, body: JSON.stringify(now), place: 'nowhere', fixed: false,
    };
    if (joined) this.entries.pop();
    this.entries.push(entry);
    if (write(this.cap, entry) || (this.lightenOld() && write(this.cap, entry))) entry.place = 'page';
    this.soon();
    return entry.place === 'page';
  }

  // The number for the next commit: one that append may reuse.
  next(acknowledged: number): number {
    const last = this.entries[this.entries.length - 1];
    return last ? last.seq + 1 : acknowledged + 1;
  }

  sending(entry: Kept): void { (entry as Logged).fixed = true; }

  // The server has this one.
  drop(entry: Kept): void {
    this.entries = this.entries.filter(other => other !== entry);
    this.remove(entry as Logged);
    this.changed();
  }

  // The server goes on from another number, and has none of these: they are numbered anew.
  renumber(from: number): void {
    for (const entry of this.entries) this.remove(entry);
    this.entries.forEach((entry, i) => {
      entry.seq = from + i;
      entry.commit = undefined;
      entry.body = JSON.stringify({ ...JSON.parse(entry.body) as Commit, seq: entry.seq });
      this.keepAgain(entry);
    });
  }

  // The server refuses what it says (too large): the number still goes.
  empty(entry: Kept): void {
    entry.body = emptied(entry.body);
    this.keepAgain(entry as Logged);
  }

  // Gives what lies in this origin's storage to the keeper now.
  async handOver(): Promise<void> {
    window.clearTimeout(this.timer);
    this.timer = 0;
    const given = this.entries.filter(entry => entry.place !== 'keeper');
    if (!given.length) return;
    for (const entry of given) entry.fixed = true;
    const kept = await this.keeper.put(this.cap, given.map(({ launch, seq, body }) => ({ launch, seq, body })));
    if (!kept) return;
    for (const entry of given) {
      forget(this.cap, entry);
      if (this.entries.includes(entry)) entry.place = 'keeper';
      else void this.keeper.drop(this.cap, [entry]);   // acknowledged meanwhile
    }
    this.changed();
  }

  private soon(): void {
    if (!this.timer) this.timer = window.setTimeout(() => void this.handOver(), HAND_OVER_MS);
  }

  private keepAgain(entry: Logged): void {
    entry.place = write(this.cap, entry) ? 'page' : 'nowhere';
    this.soon();
  }

  private remove(entry: Logged): void {
    if (entry.place === 'page') forget(this.cap, entry);
    if (entry.place === 'keeper') void this.keeper.drop(this.cap, [entry]);
  }

  // Makes room by letting go of values that a later commit replaces. Whether there were any.
  private lightenOld(): boolean {
    const found = lighter(this.entries.filter(entry => entry.place === 'page'));
    for (const { entry, body } of found) {
      entry.body = body;
      entry.commit = undefined;
      write(this.cap, entry);
    }
    return found.length > 0;
  }
}

// Both as one commit with the number of the first; undefined when that would grow too large.
function join(before: Commit, now: Commit): Commit | undefined {
  if (before.launch !== now.launch) return undefined;
  const [first, ...rest] = now.journal, last = before.journal[before.journal.length - 1];
  const [journal = []] = compact([[...before.journal, ...first && !repeats(last, first) ? [first] : [], ...rest]]);
  if (journal.length > STEPS_MOST || journal.filter(isRequest).length > REQUESTS_MOST) return undefined;
  if (journal.reduce((sum, { a = '', b = '' }) => sum + a.length + b.length, 0) > BODY_MOST) return undefined;
  return { ...now, seq: before.seq, opens: before.opens, journal };
}

function stored(): (Kept & { cap: string })[] {
  const found: (Kept & { cap: string })[] = [], from = storage();
  for (let i = 0; from && i < from.length; i++) {
    const key = from.key(i) || '', name = readKey(PREFIX, key);
    if (name) found.push({ ...name, body: from.getItem(key) || '' });
  }
  return found;
}

function write(cap: string, entry: Kept): boolean {
  try {
    storage()?.setItem(keyOf(PREFIX, cap, entry), entry.body);
    return !!storage();
  } catch {
    return false;   // full, or a private mode without room
  }
}

function forget(cap: string, entry: { launch: string; seq: number }): void {
  storage()?.removeItem(keyOf(PREFIX, cap, entry));
}

// Asking for it throws where the browser allows none.
function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
