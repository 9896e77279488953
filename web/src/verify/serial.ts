// SPDX-License-Identifier: Apache-2.0
// A certificate's number, "K7QF2M-00042-X": src/certificate/serial.h.
const digits32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digits36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** ISO/IEC 7064, hybrid system MOD 37,36. */
function checkOf(text: string): string {
  let p = 36;
  for (const c of text) {
    const s = (p + digits36.indexOf(c)) % 36;
    p = (s || 36) * 2 % 37;
  }
  return digits36.charAt((37 - p) % 36);
}

function write(prefix: string, number: string): string {
  return `${prefix}-${number}-${checkOf(prefix + number)}`;
}

export function makeSerial(keyId: Uint8Array, number: number): string {
  let prefix = '', bits = 0;
  for (let i = 0; i < 4; i++) bits = bits * 256 + (keyId[i] ?? 0);
  for (let i = 0; i < 6; i++) prefix += digits32.charAt(Math.floor(bits / Math.pow(2, 27 - 5 * i)) % 32);
  return write(prefix, String(number).padStart(5, '0'));
}

/** The number as it is printed, from how it was typed; undefined when the check character does not fit. */
export function readSerial(typed: string): string | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '');
  if (!/^[0-9A-Z]{12,23}$/.test(text)) return undefined;
  const bare = text.slice(0, -1).replace(/O/g, '0').replace(/[IL]/g, '1');
  const number = Number(bare.slice(6));
  if (!/^\d+$/.test(bare.slice(6)) || number < 1 || number > 999999999) return undefined;
  const serial = write(bare.slice(0, 6), String(number).padStart(5, '0'));
  return serial.slice(-1) === text.slice(-1) ? serial : undefined;
}
