// SPDX-License-Identifier: Apache-2.0
// Reads a certificate's token: docs/certificate-token.md, the same as src/certificate/token.c.
import { readBase45 } from './base45';
import { hex, utf8 } from './bytes';
import { codebook } from './codebook.gen';
import { signed } from './ed25519';
import { makeSerial } from './serial';
import { keyId } from './sha256';

export interface Facts {
  serial: string;
  issuer: string;
  issuer_key: string;
  surname: string;
  given: string;
  patronymic?: string;
  council?: string;
  course: string;
  revision: number;
  score_percent?: number;
  hours?: number;
  event?: string;
  place?: string;
  held_on: string;
  valid_until?: string;
  supersedes?: string;
}

export interface Token {
  bytes: Uint8Array;
  keyId: Uint8Array;
  /** The issuer's whole key, when it is in the token. */
  ownKey: Uint8Array | undefined;
  facts: Facts;
}

const MARK = 0x4b, BY_ID = 1, OWN_KEY = 2, SIGNATURE = 64, MOST = 400;
const DAY_ZERO = Date.UTC(2020, 0, 1), DAY = 86400000;

class Wrong extends Error {}

/** Takes one thing after another off the front. */
class Reader {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}
  get done(): boolean { return this.at === this.bytes.length; }
  byte(): number {
    const b = this.bytes[this.at++];
    if (b === undefined) throw new Wrong();
    return b;
  }
  take(n: number): Uint8Array {
    if (this.at + n > this.bytes.length) throw new Wrong();
    this.at += n;
    return this.bytes.slice(this.at - n, this.at);
  }
  /** Seven bits a byte, the lowest first; no longer than it need be. */
  number(most: number): number {
    let v = 0;
    for (let i = 0; i < 5; i++) {
      const b = this.byte();
      v += (b & 127) * Math.pow(2, 7 * i);
      if (b & 128) continue;
      if ((i > 0 && b === 0) || v > most) break;
      return v;
    }
    throw new Wrong();
  }
  text(): string {
    const parts: Uint8Array[] = [];
    for (let code = this.byte(); code !== 0; code = this.byte()) {
      if (code === 1) {
        const n = this.byte();
        if (n === 0) throw new Wrong();
        parts.push(this.take(n));
      } else parts.push(encode(codebook[code - 2] ?? ''));
    }
    const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    let at = 0;
    for (const p of parts) { all.set(p, at); at += p.length; }
    const text = all.length <= 1200 ? utf8(all) : undefined;
    // eslint-disable-next-line no-control-regex
    if (text === undefined || /[\u0000-\u001f\u007f]/.test(text)) throw new Wrong();
    return text;
  }
}

function encode(text: string): Uint8Array {
  return Uint8Array.from(unescape(encodeURIComponent(text)), c => c.charCodeAt(0));
}

const dateOf = (day: number): string => new Date(DAY_ZERO + day * DAY).toISOString().slice(0, 10);

function readFacts(r: Reader, id: Uint8Array): Facts {
  const number = r.number(999999999), supersedes = r.number(999999999);
  const held = r.number(36500), valid = r.number(36500), revision = r.number(2147483647);
  const score = r.number(101), hours = r.number(10000);
  if (number < 1) throw new Wrong();
  const [surname, given, patronymic, council, course, event, place, issuer] =
    [r.text(), r.text(), r.text(), r.text(), r.text(), r.text(), r.text(), r.text()];
  const facts: Facts = {
    serial: makeSerial(id, number), issuer, issuer_key: hex(id), surname, given, course, revision, held_on: dateOf(held),
  };
  if (patronymic) facts.patronymic = patronymic;
  if (council) facts.council = council;
  if (event) facts.event = event;
  if (place) facts.place = place;
  if (score) facts.score_percent = score - 1;
  if (hours) facts.hours = hours;
  if (valid) facts.valid_until = dateOf(held + valid);
  if (supersedes) facts.supersedes = makeSerial(id, supersedes);
  return facts;
}

export function readToken(bytes: Uint8Array): Token | undefined {
  try {
    if (bytes.length > MOST || bytes.length < SIGNATURE + 2) return undefined;
    const r = new Reader(bytes.subarray(0, bytes.length - SIGNATURE));
    if (r.byte() !== MARK) return undefined;
    const version = r.byte();
    if (version !== BY_ID && version !== OWN_KEY) return undefined;
    const ownKey = version === OWN_KEY ? r.take(32) : undefined;
    const id = ownKey ? keyId(ownKey) : r.take(8);
    const facts = readFacts(r, id);
    return r.done ? { bytes, keyId: id, ownKey, facts } : undefined;
  } catch (e) {
    if (e instanceof Wrong) return undefined;
    throw e;
  }
}

export function isBy(token: Token, key: Uint8Array): boolean {
  const n = token.bytes.length - SIGNATURE;
  return signed(key, 'kenes certificate 1', token.bytes.subarray(0, n), token.bytes.subarray(n));
}

/** The token in what was scanned or typed: a link, or the Base45 alone. */
export function findToken(text: string): Token | undefined {
  const hash = text.indexOf('#');
  let bare = text.replace(/[\r\n]+$/, '');
  if (hash >= 0) bare = text.slice(hash + 1).trim().replace(/%([0-9a-fA-F]{2})/g, (_, two: string) => String.fromCharCode(parseInt(two, 16)));
  const bytes = bare.length <= 700 ? readBase45(bare) : undefined;
  return bytes && readToken(bytes);
}
