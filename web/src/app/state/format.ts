// SPDX-License-Identifier: Apache-2.0
// Numbers, dates and names as people read them. By our own tables: old phones know no Kazakh dates.
import { language, t, type Key } from './words';

const months: Record<string, string[]> = {
  kk: ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан'],
  ru: ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
};

/** '2026-05-14' → '14 мая 2026' (Kazakh puts the year first: '2026 жылғы 14 мамыр'). */
export function day(iso: string): string {
  const [year, month, date] = iso.split('-').map(Number);
  const name = months[language.value]?.[(month ?? 0) - 1];
  if (!year || !date || !name) return iso;
  return language.value === 'kk' ? `${year} жылғы ${date} ${name}` : `${date} ${name} ${year}`;
}

/** Today by this machine's clock, as the API writes dates. */
export function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const two = (n: number): string => (n < 10 ? '0' : '') + n;

export function clock(at: number): string {
  const time = new Date(at);
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** A length of time: '1 h 12 min', '45 s'. */
export function span(ms: number): string {
  const minutes = Math.round(ms / 60000);
  if (minutes < 1) return t('time.seconds', { n: Math.max(0, Math.round(ms / 1000)) });
  if (minutes < 60) return t('time.minutes', { n: minutes });
  return t('time.hours', { h: Math.floor(minutes / 60), n: minutes % 60 });
}

/** How long ago, in words. */
export function ago(at: number, now = Date.now()): string {
  const minutes = Math.floor((now - at) / 60000);
  if (minutes < 1) return t('time.now');
  if (minutes < 60) return t('time.ago', { n: minutes });
  return t('time.at', { time: clock(at) });
}

const units: Key[] = ['bytes.b', 'bytes.kb', 'bytes.mb', 'bytes.gb'];

export function bytes(n: number): string {
  let at = 0;
  while (n >= 999.5 && at < units.length - 1) { n /= 1000; at++; }
  const text = n < 9.95 && at > 1 ? n.toFixed(1) : String(Math.round(n));
  return t(units[at] ?? 'bytes.b', { n: language.value === 'en' ? text : text.replace('.', ',') });
}

export const percent = (part: number): string => `${Math.round(part * 100)}%`;

/** '482113' → '482 113': easier to say aloud and to type. */
export const spaced = (code: string): string => code.replace(/^(\d{3})(\d{3})$/, '$1\u00a0$2');

export function fullName(p: { surname: string; given: string; patronymic?: string | null }): string {
  return [p.surname, p.given, p.patronymic].filter(Boolean).join(' ');
}
