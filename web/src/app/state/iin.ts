// SPDX-License-Identifier: Apache-2.0
// The IIN's digits, as the server checks them (src/sync/iin.h): nothing else is read from them.

const weighed = (digits: string, first: number): number =>
  Array.from(digits.slice(0, 11)).reduce((sum, digit, i) => sum + Number(digit) * ((i + first - 1) % 11 + 1), 0) % 11;

export const iinDigits = (text: string): string => text.replace(/\s/g, '');

export function isIin(text: string): boolean {
  const digits = iinDigits(text);
  if (!/^\d{12}$/.test(digits)) return false;
  const first = weighed(digits, 1), control = first === 10 ? weighed(digits, 3) : first;
  return control < 10 && Number(digits[11]) === control;
}
