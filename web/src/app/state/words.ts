// SPDX-License-Identifier: Apache-2.0
// The language and the size of text in use, remembered by this browser and, for a person, by the site.
import { firstLanguage, languages, say, titleIn, type Key, type Language, type Titles, type Values } from '../../words/words';
import { cell } from './cell';
import { remember, remembered } from './remember';

export { languages, type Key, type Language };

export const language = cell<Language>(firstLanguage(remembered('language')));
export const size = cell<number>(Number(remembered('size')) || 1);

/** The sentence for a key, in the language in use. Components draw again when it changes (App watches). */
export const t = (key: Key, values?: Values): string => say(language.value, key, values);

/** A course's or an activity's title in the language in use, where it has one. */
export const titled = (what: { title: string; titles?: Titles }): string => titleIn(language.value, what.title, what.titles);

export function setLanguage(next: Language): void {
  remember('language', next);
  language.set(next);
  document.documentElement.lang = next;
}

export function setSize(next: number): void {
  remember('size', String(next));
  size.set(next);
  document.documentElement.dataset.size = String(next);
}

document.documentElement.lang = language.value;
document.documentElement.dataset.size = String(size.value);
