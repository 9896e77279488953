// SPDX-License-Identifier: Apache-2.0
// call('GET /api/events/{id}', { params: { id } }): every request to the API, typed by routes.gen.ts.
//
// The session is a cookie that scripts cannot read; the word that goes with it is kept here and sent with
// each request, so a course that plants a cookie of its own cannot make our pages use it.
import type { Routes } from './routes.gen';

export type Route = keyof Routes;
export type Gives<R extends Route> = Routes[R]['gives'];

export interface Asking<R extends Route> {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: Routes[R]['takes'];
}

/** What went wrong, in the API's words; the pages have a sentence for each (err.WORD.REASON). */
export class Trouble extends Error {
  constructor(
    readonly word: string,
    readonly reason = '',
    readonly status = 0,
    readonly retryAfter = 0,
    readonly request = 0,
    readonly reply: unknown = undefined,
  ) {
    super(reason ? `${word}: ${reason}` : word);
  }
  /** Asking the same thing again later may help. */
  get passing(): boolean {
    return this.word === 'offline' || this.word === 'foreign' || this.status === 503 || this.status === 429;
  }
}

const KEY = 'kenes.word';
let word: string | null = null;
rereadSessionWord();

/** Takes the word that another tab of this browser may have got since. True when it is another one. */
export function rereadSessionWord(): boolean {
  const before = word;
  try { word = localStorage.getItem(KEY); } catch { /* a browser that stores nothing */ }
  return word !== before;
}

export function sessionWord(): string | null {
  return word;
}

export function setSessionWord(next: string | null): void {
  word = next;
  try {
    if (next === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch { /* kept in this page only */ }
}

/** What to do when the server says that our session has ended. */
let lost: () => void = () => undefined;
export function whenLost(run: () => void): void {
  lost = run;
}

/** The address of a route with its {places} filled. */
export function address(route: Route, asking: Pick<Asking<Route>, 'params' | 'query'> = {}): string {
  const path = route.slice(route.indexOf(' ') + 1).replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(asking.params?.[name] ?? ''));
  const query = Object.entries(asking.query ?? {}).map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join('&');
  return query ? `${path}?${query}` : path;
}

export function headers(more: Record<string, string> = {}): Record<string, string> {
  return word ? { ...more, 'X-Kenes-Session': word } : more;
}

/** A reply that is not as it should be, as Trouble. A page of some other server (a captive portal, a router)
 * is "foreign", never a success. */
export function troubleOf(status: number, text: string, retryAfter = 0): Trouble {
  try {
    const said = JSON.parse(text) as { error?: unknown; reason?: unknown; retry_after?: unknown; request?: unknown };
    if (typeof said.error === 'string')
      return new Trouble(said.error, typeof said.reason === 'string' ? said.reason : '', status,
        Number(said.retry_after) || retryAfter, Number(said.request) || 0, said);
  } catch { /* not ours */ }
  return new Trouble(status === 503 ? 'busy' : status === 429 ? 'limited' : 'foreign', '', status, retryAfter);
}

/** `fetch` that gives up after a while: a phone that left the Wi-Fi can hang for minutes. */
export async function reach(url: string, options: RequestInit, seconds = 15): Promise<Response> {
  const stop = typeof AbortController === 'function' ? new AbortController() : undefined;
  let late: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    late = setTimeout(() => { reject(new Trouble('offline')); stop?.abort(); }, seconds * 1000);
  });
  try {
    return await Promise.race([
      fetch(url, { credentials: 'same-origin', ...options, ...(stop ? { signal: stop.signal } : {}) }),
      limit,
    ]);
  } catch {
    throw new Trouble('offline');
  } finally {
    if (late !== undefined) clearTimeout(late);
  }
}

export async function call<R extends Route>(route: R, asking: Asking<R> = {}): Promise<Gives<R>> {
  const method = route.slice(0, route.indexOf(' '));
  const options: RequestInit = { method, headers: headers(), cache: 'no-store' };
  if (method !== 'GET') {
    options.headers = headers({ 'Content-Type': 'application/json' });
    if (asking.body !== undefined) options.body = JSON.stringify(asking.body);
  }
  const reply = await reach(address(route, asking), options);
  const text = await reply.text().catch(() => { throw new Trouble('offline'); });
  if (reply.status === 204) return undefined as Gives<R>;
  if (!reply.ok) throw refused(reply, text);
  try {
    return JSON.parse(text) as Gives<R>;
  } catch {
    throw new Trouble('foreign', '', reply.status);
  }
}

function refused(reply: Response, text: string): Trouble {
  const trouble = troubleOf(reply.status, text, Number(reply.headers.get('Retry-After')) || 0);
  if (reply.status === 401 && word && trouble.reason !== 'wrong-password') lost();
  return trouble;
}

/** Asks with an ETag and gives nothing back while the answer is the same. For what is polled. */
export async function callIfNew<R extends Route>(route: R, asking: Asking<R>, etag: string):
    Promise<{ etag: string; gives: Gives<R> } | undefined> {
  const reply = await reach(address(route, asking), {
    headers: headers(etag ? { 'If-None-Match': etag } : {}), cache: 'no-store',
  });
  if (reply.status === 304) return undefined;
  const text = await reply.text().catch(() => { throw new Trouble('offline'); });
  if (!reply.ok) throw refused(reply, text);
  try {
    return { etag: reply.headers.get('ETag') ?? '', gives: JSON.parse(text) as Gives<R> };
  } catch {
    throw new Trouble('foreign', '', reply.status);
  }
}

/** Sends a file with progress (fetch tells none). A refusal is Trouble whose `reply` is the report. */
export function upload<R extends Route>(route: R, asking: Asking<R> & { body: Blob }, told: (part: number) => void): Promise<Gives<R>> {
  return new Promise((done, failed) => {
    const http = new XMLHttpRequest();
    http.open(route.slice(0, route.indexOf(' ')), address(route, asking));
    const all = headers({ 'Content-Type': 'application/zip' });
    for (const name of Object.keys(all)) http.setRequestHeader(name, all[name] ?? '');
    http.upload.onprogress = e => { if (e.lengthComputable) told(e.loaded / e.total); };
    http.onerror = http.onabort = http.ontimeout = () => failed(new Trouble('offline'));
    http.onload = () => {
      if (http.status < 200 || http.status > 299) return failed(troubleOf(http.status, http.responseText));
      try { done(JSON.parse(http.responseText) as Gives<R>); } catch { failed(new Trouble('foreign', '', http.status)); }
    };
    http.send(asking.body);
  });
}
