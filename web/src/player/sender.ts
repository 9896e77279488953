// SPDX-License-Identifier: Apache-2.0
// Sends the log to the laptop: strictly in order, one at a time, again and again until the laptop says that it
// has it. Only a JSON reply with a verdict counts. While something waits, the first of it is tried at least
// every five seconds or so, and at once when the phone says that the network is back.

import { ask, KEEPALIVE_MOST, pause, wait } from './net';
import type { PhoneLog } from './log';
import { isEmpty, type Kept } from '../keeper/entry';
import type { CommitReply } from './wire';

type Outcome = CommitReply | 'retry' | 'refused';

export class Sender {
  acknowledged = 0;
  fenced = false;               // another phone goes on with this attempt
  reached = true;               // whether the last one got through
  private running: Promise<void> | undefined;
  private closing = false;
  private wake: (() => void) | undefined;

  constructor(private readonly address: string, private readonly log: PhoneLog, private readonly changed: () => void) {}

  // The laptop refused for good what a commit says, and goes on without it.
  lost = false;

  // Ends when nothing waits any more.
  pump(): Promise<void> {
    this.wake?.();
    if (!this.running) this.running = this.run().then(() => { this.running = undefined; });
    return this.running;
  }

  // The page may go away at any moment: what waits goes out with requests that outlive it.
  hurry(closing: boolean): void {
    this.closing = closing;
    void this.pump();
  }

  // The page goes away now.
  farewell(): void {
    let room = KEEPALIVE_MOST;
    for (const entry of this.log.pending()) {
      room -= bytes(entry.body);
      if (room < 0 || !navigator.sendBeacon) return;
      this.log.sending(entry);
      navigator.sendBeacon(this.address, entry.body);
    }
  }

  private async run(): Promise<void> {
    let tries = 0;
    for (let entry = this.log.head; entry; entry = this.log.head) {
      this.log.sending(entry);
      const outcome = await this.send(entry);
      this.reached = outcome !== 'retry';
      if (this.handle(entry, outcome)) tries = 0;
      else {
        this.changed();
        await this.rest(pause(++tries));
      }
    }
    this.changed();
  }

  private async send({ body }: Kept): Promise<Outcome> {
    const { status, json } = await ask(this.address, withKept(body, this.log.size - 1), this.closing && bytes(body) <= KEEPALIVE_MOST);
    const reply = json as Partial<CommitReply> & { error?: string } | undefined;
    if (status === 200 && reply && typeof reply.seq === 'number' && /^(saved|known|gap|elsewhere)$/.test(reply.verdict || ''))
      return reply as CommitReply;
    return reply?.error && (status === 400 || status === 413 || status === 422) ? 'refused' : 'retry';
  }

  // Whether to go on at once.
  private handle(entry: Kept, outcome: Outcome): boolean {
    if (outcome === 'retry') return false;
    if (outcome === 'refused') {
      this.lost = true;
      if (isEmpty(entry.body)) this.log.drop(entry);
      else this.log.empty(entry);
      return true;
    }
    if (outcome.verdict === 'gap') {
      const moved = entry.seq !== outcome.seq + 1;
      if (moved) this.log.renumber(outcome.seq + 1);
      return moved;
    }
    this.fenced = outcome.verdict === 'elsewhere';
    if (!this.fenced) this.acknowledged = Math.max(this.acknowledged, outcome.seq);
    this.log.drop(entry);
    return true;
  }

  private async rest(ms: number): Promise<void> {
    await Promise.race([wait(ms), new Promise<void>(done => { this.wake = done; })]);
    this.wake = undefined;
  }
}

// How many wait behind this one is told as it is when it is sent; a resent commit is known by its number.
function withKept(body: string, kept: number): string {
  return JSON.stringify({ ...JSON.parse(body) as object, kept });
}

const bytes = (body: string): number => new Blob([body]).size;
