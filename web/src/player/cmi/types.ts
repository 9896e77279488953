// SPDX-License-Identifier: Apache-2.0
// The value types of both data models. A check gives '' (fine), 'type' or 'range'.

export type Fault = '' | 'type' | 'range';
export type Check = (value: string) => Fault;

const fault = (ok: boolean): Fault => ok ? '' : 'type';

export const matching = (pattern: RegExp): Check => value => fault(pattern.test(value));
export const oneOf = (words: string): Check => {
  const all = words.split(' ');
  return value => fault(all.includes(value));
};
export const orEmpty = (check: Check): Check => value => value === '' ? '' : check(value);
// The books' limits are what an LMS must hold at least; a longer value is kept up to `most`.
export const text = (most: number): Check => value => fault(value.length <= most);
export const either = (...checks: Check[]): Check => value => fault(checks.some(check => check(value) === ''));

export const decimal = (least = -Infinity, most = Infinity): Check => value => {
  if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(value)) return 'type';
  const number = parseFloat(value);
  return number < least || number > most ? 'range' : '';
};
export const integer = (least: number, most: number): Check => value =>
  /^[+-]?\d+$/.test(value) ? (+value < least || +value > most ? 'range' : '') : 'type';

// SCORM 1.2
export const identifier12: Check = matching(/^[\u0021-\u007e]{1,255}$/);
export const time12: Check = matching(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
export const timespan12: Check = matching(/^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/);

// SCORM 2004
export const identifier: Check = value => fault(/\S/.test(value) && !/\s/.test(value.trim()) && value.length <= 4000);
const SECOND = '(\\.\\d{1,2})?(Z|[+-]([01]\\d|2[0-3])(:[0-5]\\d)?)?';
export const timestamp: Check = matching(new RegExp(
  `^(19[7-9]\\d|20[0-2]\\d|203[0-8])(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01])(T([01]\\d|2[0-3])(:[0-5]\\d(:[0-5]\\d${SECOND})?)?)?)?)?$`));
export const interval: Check = value =>
  fault(/^P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/.test(value) && !/[PT]$/.test(value));
export const language: Check = matching(/^([a-zA-Z]{2,3}|i|x)(-[a-zA-Z0-9-]{2,8})*$/);

// ---- durations ----

export function fromTimespan12(value: string): number {
  const [hours, minutes, seconds] = value.split(':').map(parseFloat) as [number, number, number];
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
}

const two = (n: number): string => String(n).padStart(2, '0');

export function toTimespan12(ms: number): string {
  const hundredths = Math.min(Math.round(ms / 10), 9999 * 360000 + 359999);
  const hours = Math.floor(hundredths / 360000);
  return `${String(hours).padStart(4, '0')}:${two(Math.floor(hundredths / 6000) % 60)}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

const MS = { Y: 31557600000, Mo: 2629800000, D: 86400000, H: 3600000, M: 60000, S: 1000 };

export function fromInterval(value: string): number {
  const part = (text: string, unit: string): number => {
    const found = new RegExp(`(\\d+(\\.\\d+)?)${unit}`).exec(text);
    return found ? parseFloat(found[1] as string) : 0;
  };
  const [date = '', time = ''] = value.split('T');
  return Math.round(part(date, 'Y') * MS.Y + part(date, 'M') * MS.Mo + part(date, 'D') * MS.D +
    part(time, 'H') * MS.H + part(time, 'M') * MS.M + part(time, 'S') * MS.S);
}

export function toInterval(ms: number): string {
  const hundredths = Math.round(ms / 10);
  const seconds = (hundredths % 6000) / 100;
  return `PT${Math.floor(hundredths / 360000)}H${Math.floor(hundredths / 6000) % 60}M${+seconds.toFixed(2)}S`;
}
