// SPDX-License-Identifier: Apache-2.0
// Loading what a page shows: at first, again on demand, and by itself while the site cannot be reached.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { callIfNew, Trouble, type Asking, type Gives, type Route } from '../../api/call';

export interface Loaded<T> {
  data: T | undefined;
  trouble: Trouble | undefined; // the last try failed; `data` may still be an older one
  again: () => void;
  set: (data: T) => void;
}

const asTrouble = (e: unknown): Trouble => (e instanceof Trouble ? e : new Trouble('broken'));

/** How long to wait before the n-th try: 2, 3, 4.5 … 15 s, spread so that a hall does not knock at once. */
export function patience(tries: number, least = 0): number {
  return Math.max(least * 1000, Math.min(15000, 2000 * Math.pow(1.5, tries)) * (0.75 + Math.random() / 2));
}

export function useLoad<T>(load: () => Promise<T>, on: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ data?: T; trouble?: Trouble; tries: number }>({ tries: 0 });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound(n => n + 1), []);
  useEffect(() => {
    let gone = false;
    let later: ReturnType<typeof setTimeout> | undefined;
    load().then(
      data => { if (!gone) setState({ data, tries: 0 }); },
      (e: unknown) => {
        if (gone) return;
        const trouble = asTrouble(e);
        setState(was => ({ data: was.data, trouble, tries: was.tries + 1 }));
        if (trouble.passing) later = setTimeout(again, patience(state.tries, trouble.retryAfter));
      });
    return () => { gone = true; if (later !== undefined) clearTimeout(later); };
  }, [...on, round]);
  return { data: state.data, trouble: state.trouble, again, set: data => setState({ data, tries: 0 }) };
}

export type Polled<T> = Loaded<T> & { at: number }; // `at`: when it was last heard

/** Polls a route with its ETag while the page is in view. */
export function usePoll<R extends Route>(route: R, asking: Asking<R>, everyMs: number): Polled<Gives<R>> {
  const [state, setState] = useState<{ data?: Gives<R>; trouble?: Trouble; at: number }>({ at: 0 });
  const now = useRef<() => void>(() => undefined);
  const name = JSON.stringify(asking);
  useEffect(() => {
    let gone = false, busy = false, etag = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      if (busy || gone) return;
      if (timer !== undefined) clearTimeout(timer);
      busy = true;
      let wait = everyMs;
      try {
        const news = await callIfNew(route, asking, etag);
        if (gone) return;
        if (news) etag = news.etag;
        setState(was => ({ data: news ? news.gives : was.data, at: Date.now() }));
      } catch (e) {
        if (gone) return;
        const trouble = asTrouble(e);
        wait = Math.max(everyMs, trouble.retryAfter * 1000);
        setState(was => ({ ...was, trouble }));
      } finally {
        busy = false;
      }
      if (!document.hidden) timer = setTimeout(() => void ask(), wait);
    };
    const seen = (): void => { if (!document.hidden) void ask(); };
    now.current = () => void ask();
    document.addEventListener('visibilitychange', seen);
    void ask();
    return () => {
      gone = true;
      if (timer !== undefined) clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [route, name, everyMs]);
  return { ...state, data: state.data, trouble: state.trouble, again: () => now.current(), set: data => setState({ data, at: Date.now() }) };
}
