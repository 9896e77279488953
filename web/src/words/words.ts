// SPDX-License-Identifier: Apache-2.0
// The product's sentences in Kazakh, Russian and English. A key is typed, so a sentence that does not exist
// does not compile; esbuild.mjs checks that each is there in all three languages.
//
// Places: {name} takes a value; {n|form|form|form} picks the form that fits the number n (Russian has three,
// English two, Kazakh needs none).
import en from './en.json';
import kk from './kk.json';
import ru from './ru.json';

export type Language = 'kk' | 'ru' | 'en';
export type Key = keyof typeof en;
export type Values = Record<string, string | number>;
export const languages: readonly Language[] = ['kk', 'ru', 'en'];

const words: Record<Language, Record<string, string>> = { kk, ru, en };

/** For a world that carries no words and fetches a language when it is spoken (the desk of a hub). */
export function addWords(language: Language, more: Record<string, string>): void {
  for (const key of Object.keys(more)) words[language][key] = more[key] ?? key;
}

/** The language's own sentence; until they have come, that of a language whose have. */
const sentence = (language: Language, key: string): string =>
  words[language][key] ?? words.kk[key] ?? words.ru[key] ?? words.en[key] ?? key;

export function isLanguage(text: unknown): text is Language {
  return text === 'kk' || text === 'ru' || text === 'en';
}

/** Which of `forms` fits a whole number. */
function form(language: Language, n: number, forms: readonly string[]): string {
  let at = 0;
  if (language === 'en') at = n === 1 ? 0 : 1;
  if (language === 'ru') {
    const ten = n % 10, hundred = n % 100;
    at = ten === 1 && hundred !== 11 ? 0 : ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 1 : 2;
  }
  return forms[Math.min(at, forms.length - 1)] ?? '';
}

/** The sentence for `key` in a language, its places filled. */
export function say(language: Language, key: Key, values: Values = {}): string {
  return sentence(language, key).replace(/\{(\w+)((?:\|[^|}]*)*)\}/g, (whole, name: string, forms: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return forms ? form(language, Number(value), forms.slice(1).split('|')) : String(value);
  });
}

/** Whether there is a sentence for a key that is made at run time. */
export function isKey(key: string): key is Key {
  return key in words.en || key in words.kk || key in words.ru;
}

/** What courses call a thing in several languages. */
export type Titles = Partial<Record<Language, string>>;

export const titleIn = (language: Language, title: string, titles?: Titles): string => titles?.[language] || title;

/** The language to begin with: what was chosen here before, else the browser's, else Kazakh. */
export function firstLanguage(remembered: string | null): Language {
  if (isLanguage(remembered)) return remembered;
  for (const tag of navigator.languages || [navigator.language]) {
    const two = tag.slice(0, 2).toLowerCase();
    if (isLanguage(two)) return two;
  }
  return 'kk';
}
