// SPDX-License-Identifier: Apache-2.0
// Who is at the desk, and asking the hub.
import { call, Trouble, type Asking, type Gives } from '../api/call';
import type { Coordinator, HubHello, HubRoutes } from '../api/routes.gen';
import { cell } from '../app/state/cell';
import { useLoad, type Loaded } from '../app/state/load';
import { remembered } from '../app/state/remember';
import { language, setLanguage } from '../app/state/words';
import { isLanguage } from '../words/words';

export const hello = cell<HubHello | undefined>(undefined);
export const helloTrouble = cell<Trouble | undefined>(undefined);

export async function loadHello(): Promise<void> {
  try {
    const said = await call('GET /api/hub/hello');
    helloTrouble.set(undefined);
    if (said.me && isLanguage(said.me.language) && !remembered('language')) setLanguage(said.me.language);
    hello.set(said);
  } catch (e) {
    helloTrouble.set(e instanceof Trouble ? e : new Trouble('offline'));
  }
}

export function signedIn(me: Coordinator): void {
  if (hello.value) hello.set({ ...hello.value, ready: true, me });
}

export async function signOut(): Promise<void> {
  await ask('POST /api/hub/sign-out').catch(() => undefined);
  if (hello.value) hello.set({ ...hello.value, me: undefined });
}

/** A session that ended leads back to signing in. */
export async function ask<R extends keyof HubRoutes>(route: R, asking: Asking<R> = {}): Promise<Gives<R>> {
  try {
    return await call(route, asking);
  } catch (e) {
    if (e instanceof Trouble && e.reason === 'signed-out') void loadHello();
    throw e;
  }
}

export function useAsk<R extends keyof HubRoutes>(route: R, asking: Asking<R> = {}): Loaded<Gives<R>> {
  return useLoad(() => ask(route, asking), [route, JSON.stringify(asking)]);
}

/** Tells the hub, so that the next browser speaks it too. */
export function rememberLanguage(): void {
  const me = hello.value?.me;
  if (!me || me.language === language.value) return;
  hello.set({ ...hello.value!, me: { ...me, language: language.value } });
  void ask('POST /api/hub/language', { body: { language: language.value } }).catch(() => undefined);
}

export const mayChange = (): boolean => hello.value?.me?.role !== 'auditor';
export const isNational = (): boolean => hello.value?.me?.role === 'national';
export const myScope = (): string => hello.value?.me?.scope ?? 'KZ';
