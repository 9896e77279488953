// SPDX-License-Identifier: Apache-2.0
// What this site is and who is using this browser.
import { call, rereadSessionWord, setSessionWord, Trouble, whenLost } from '../../api/call';
import type { Hello, Person } from '../../api/routes.gen';
import { isLanguage } from '../../words/words';
import { cell } from './cell';
import { remembered } from './remember';
import { language, setLanguage, type Language } from './words';

export const hello = cell<Hello | undefined>(undefined);
export const helloTrouble = cell<Trouble | undefined>(undefined);

/** Asks the site who we are; the first thing the app does, and again after anything that changes it. */
export async function loadHello(): Promise<void> {
  try {
    let said = await call('GET /api/hello');
    // A word that no cookie fits means signed out, whatever other cookie there is: a course may have planted that one.
    if (!said.me && rereadSessionWord()) said = await call('GET /api/hello');
    if (said.word) setSessionWord(said.word);
    helloTrouble.set(undefined);
    if (said.me && isLanguage(said.me.language) && !remembered('language')) setLanguage(said.me.language);
    hello.set(said);
  } catch (e) {
    helloTrouble.set(e instanceof Trouble ? e : new Trouble('offline'));
  }
}

whenLost(() => void loadHello());

/** Signed in: keeps the word and asks again, so that the event is known too. */
export async function signedIn(word: string | undefined, me: Person | undefined): Promise<void> {
  if (word) setSessionWord(word);
  if (hello.value && me) hello.set({ ...hello.value, me });
  await loadHello();
}

export async function signOut(): Promise<void> {
  await call('POST /api/sign-out').catch(() => undefined);
  setSessionWord(null);
  const now = hello.value;
  if (now) hello.set({ ...now, me: undefined, event: undefined, word: undefined });
}

/** Changes the language here and, for a person, at the site too. */
export function chooseLanguage(next: Language): void {
  if (next === language.value) return;
  setLanguage(next);
  if (hello.value?.me) void call('POST /api/my/language', { body: { language: next } }).catch(() => undefined);
}
