// SPDX-License-Identifier: Apache-2.0
// Answers that this phone still keeps (keeper/store.ts), sent again by the app's pages: on opening, when the
// link is back, and every now and then. Nothing is dropped before the laptop said that it has it.
import { headers, reach } from '../../api/call';
import type { CommitReply } from '../../api/routes.gen';
import { replayAll } from '../../keeper/store';
import { cell } from './cell';

/** How many answers wait on this phone; undefined before the first look. */
export const kept = cell<number | undefined>(undefined);
const verdicts = ['saved', 'known', 'gap', 'elsewhere'] as const;
type Verdict = (typeof verdicts)[number] | 'retry';

async function send(cap: string, body: string): Promise<Verdict> {
  try {
    const reply = await reach(`/api/replay/${encodeURIComponent(cap)}/commits`, {
      method: 'POST', headers: headers({ 'Content-Type': 'application/json' }), body,
    });
    const said = ((await reply.json()) as CommitReply).verdict;
    return reply.ok ? verdicts.find(v => v === said) ?? 'retry' : 'retry';
  } catch {
    return 'retry'; // no link, or somebody else's page: kept
  }
}

let busy = false;
export async function replay(): Promise<void> {
  if (busy) return;
  busy = true;
  try { kept.set(await replayAll(send)); } catch { /* a browser that stores nothing keeps nothing */ } finally { busy = false; }
}

export function keepReplaying(): void {
  void replay();
  window.addEventListener('online', () => void replay());
  window.addEventListener('pageshow', () => void replay());
  document.addEventListener('visibilitychange', () => { if (!document.hidden) void replay(); });
  setInterval(() => { if (!document.hidden && kept.value !== 0) void replay(); }, 5000);
  setInterval(() => { if (!document.hidden) void replay(); }, 20000);
}
