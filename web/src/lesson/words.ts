// SPDX-License-Identifier: Apache-2.0
// The words of questions and tests, in every language (a missing key fails the build: web/lesson.mjs).
import en from './words/en.json';
import kk from './words/kk.json';
import ru from './words/ru.json';
import type { Language } from './data';

export type Word = keyof typeof kk;
const words: Record<Language, Record<Word, string>> = { kk, ru, en };

export function word(language: Language, key: Word, values: Record<string, string | number> = {}): string {
  return words[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
