// SPDX-License-Identifier: Apache-2.0
// Asking the laptop. Nothing waits for ever, and only a JSON reply counts: a captive portal answers
// anything with a page and 200.

export interface Answer { status: number; json: unknown }   // status 0: no answer; json undefined: not JSON

export const TIMEOUT_MS = 8000;

// keepalive requests may outlive the page, but all of them together may carry 64 KB only.
export const KEEPALIVE_MOST = 60_000;

export async function ask(address: string, body?: string, keepalive = false): Promise<Answer> {
  const stop = typeof AbortController === 'function' ? new AbortController() : undefined;
  const request = fetch(address, {
    method: body === undefined ? 'GET' : 'POST', body, keepalive, cache: 'no-store', signal: stop?.signal,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
  }).then(async reply => ({ status: reply.status, json: await json(reply) }), () => ({ status: 0, json: undefined }));
  let timer = 0;
  const late = new Promise<Answer>(done => {
    timer = window.setTimeout(() => done({ status: 0, json: undefined }), TIMEOUT_MS);
  });
  const answer = await Promise.race([request, late]);
  window.clearTimeout(timer);
  stop?.abort();
  return answer;
}

async function json(reply: Response): Promise<unknown> {
  try {
    const value: unknown = JSON.parse(await reply.text());
    return value && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

// 1, 2, 4, 5, 5 … seconds, a third more or less, so that a hall of phones does not come back all at once.
export function pause(tries: number): number {
  return Math.min(5000, 1000 * 2 ** Math.max(0, tries - 1)) * (0.67 + Math.random() * 0.66);
}

// Resolves after a pause, or as soon as the phone says that it has a network again.
export function wait(ms: number): Promise<void> {
  return new Promise(done => {
    const timer = window.setTimeout(end, ms);
    window.addEventListener('online', end);
    function end(): void {
      window.clearTimeout(timer);
      window.removeEventListener('online', end);
      done();
    }
  });
}

// A file as bytes, from the browser's cache where it is there; undefined when it did not come.
export async function bytesOf(address: string): Promise<ArrayBuffer | undefined> {
  try {
    const reply = await fetch(address);
    return reply.ok ? await reply.arrayBuffer() : undefined;
  } catch {
    return undefined;
  }
}

// base64url without padding (RFC 4648 §5).
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => characters(atob(text.replace(/-/g, '+').replace(/_/g, '/')));

// A byte for each character, with the bits of `turned` turned.
export function characters(text: string, turned = 0): Uint8Array<ArrayBuffer> {
  const { length } = text, bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = text.charCodeAt(i) ^ turned;
  return bytes;
}
