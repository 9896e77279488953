// SPDX-License-Identifier: Apache-2.0
// The player's side of the keeper frame (../keeper/main.ts): questions by postMessage, answers as promises. The frame
// costs a slow phone as much as half an opening, so it comes with the first question, or when `start` says so.

import type { Kept } from '../keeper/entry';

const PATIENCE_MS = 4000;

interface Answer { ok: boolean; entries?: Kept[] }

export class KeeperLink {
  private readonly frame = document.createElement('iframe');
  private readonly asked = new Map<number, (answer: Answer) => void>();
  private ready: Promise<void> | undefined;
  private last = 0;

  constructor(private readonly origin: string) {
    window.addEventListener('message', event => this.hear(event));
  }

  // Resolves when the keeper is there, or will not come.
  start(): Promise<void> {
    if (this.ready) return this.ready;
    const { frame } = this;
    this.ready = new Promise(done => {
      frame.addEventListener('load', () => done());
      window.setTimeout(done, PATIENCE_MS);
    });
    frame.hidden = true;
    frame.title = '';
    frame.setAttribute('aria-hidden', 'true');
    frame.src = `${this.origin}/keeper.html`;
    document.body.appendChild(frame);
    return this.ready;
  }

  async get(cap: string): Promise<Kept[]> { return (await this.ask('get', cap)).entries || []; }
  async put(cap: string, entries: Kept[]): Promise<boolean> { return (await this.ask('put', cap, entries)).ok; }
  async drop(cap: string, entries: { launch: string; seq: number }[]): Promise<void> {
    await this.ask('drop', cap, entries.map(({ launch, seq }) => ({ launch, seq, body: '' })));
  }

  private async ask(what: string, cap: string, entries?: Kept[]): Promise<Answer> {
    await this.start();
    const id = ++this.last;
    return new Promise(done => {
      const timer = window.setTimeout(() => finish({ ok: false }), PATIENCE_MS);
      const finish = (answer: Answer): void => {
        window.clearTimeout(timer);
        this.asked.delete(id);
        done(answer);
      };
      this.asked.set(id, finish);
      this.frame.contentWindow?.postMessage({ kenes: 1, id, do: what, cap, entries }, this.origin);
    });
  }

  private hear(event: MessageEvent): void {
    const { kenes, id, ok, entries } = (event.data || {}) as { kenes?: number; id: number; ok: boolean; entries?: Kept[] };
    if (event.origin === this.origin && event.source === this.frame.contentWindow && kenes === 1) this.asked.get(id)?.({ ok, entries });
  }
}
