// SPDX-License-Identifier: Apache-2.0
// The keeper: a hidden frame of the app's origin inside the player's page (of the course origin). It takes what
// the player could not send yet and gives it back, so that no course runs beside another attempt's answers.
//
// It answers only the page that framed it, only when that page is on this host's course port, and only about the
// capability that the message names: capabilities cannot be guessed, and none is ever told.
//
// A message: {kenes: 1, id, do: 'ping' | 'get' | 'put' | 'drop', cap, entries?}; the answer: {kenes: 1, id, ok, entries?}.

import { isCap, type Kept } from './entry';
import { drop, get, put } from './store';

interface Message { kenes: 1; id: number; do: string; cap: string; entries?: Kept[] }

function answer({ do: what, cap, entries = [] }: Message): { ok: boolean; entries?: Kept[] } {
  if (what === 'ping') return { ok: true };
  if (!isCap(cap) || !Array.isArray(entries)) return { ok: false };
  if (what === 'get') return { ok: true, entries: get(cap) };
  if (what === 'put') return { ok: put(cap, entries) };
  if (what === 'drop') drop(cap, entries);
  return { ok: what === 'drop' };
}

// The course port, as the page brought it: nobody waits for one request more.
const port = JSON.parse(document.getElementById('port')?.textContent || 'null') as number | null;

window.addEventListener('message', event => {
  const message = event.data as Message;
  if (event.source !== window.parent || window.parent === window || !message || message.kenes !== 1) return;
  const from = new URL(event.origin);
  if (from.hostname !== location.hostname || Number(from.port || 80) !== port) return;
  (event.source as Window).postMessage({ kenes: 1, id: message.id, ...answer(message) }, event.origin);
});
