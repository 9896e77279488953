// SPDX-License-Identifier: Apache-2.0
// What a verifier knows: hubs and sites it trusts, certificates that hold no longer. The files of
// docs/certificate-token.md, the same as src/certificate/trust_list.c and revocations.c.
import { bytesOf, same, unbase64url, unhex, utf8 } from './bytes';
import { signed } from './ed25519';
import { readSerial } from './serial';
import { keyId } from './sha256';

export interface Hub { key: Uint8Array; id: Uint8Array; name: string }
export interface Site {
  bytes: Uint8Array;
  issuer: Uint8Array;
  key: Uint8Array;
  id: Uint8Array;
  scope: string;
  from: number;
  until: number;
  name: string;
}
export interface Trust { hubs: Hub[]; sites: Site[]; cut: Uint8Array[] }
export interface Revocation { serial: string; on: string; by?: string; reason?: string }
export interface Revocations { id: Uint8Array; dated: string; entries: Map<string, Revocation> }

const reasons = ['mistake', 'not-earned', 'request', 'other'];

/** A site's certificate by a hub: src/sync/trust.h. */
export function readSite(bytes: Uint8Array, name: string): Site | undefined {
  const n = bytes[77] ?? 0;
  if (utf8(bytes.subarray(0, 4)) !== 'KNSC' || bytes[4] !== 1 || bytes.length !== 78 + n + 64) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const moment = (at: number): number => view.getInt32(at) * 4294967296 + view.getUint32(at + 4);
  const scope = utf8(bytes.subarray(78, 78 + n)) ?? '';
  if (!/^KZ[A-Z0-9/-]{0,62}$/.test(scope)) return undefined;
  const key = bytes.slice(29, 61);
  return { bytes, issuer: bytes.slice(5, 13), key, id: keyId(key), scope, from: moment(61), until: moment(69), name };
}

export function siteIsBy(site: Site, hub: Hub): boolean {
  const n = site.bytes.length - 64;
  return signed(hub.key, 'kenes site certificate 1', site.bytes.subarray(0, n), site.bytes.subarray(n));
}

/** undefined: the text is no such list. */
export function readTrust(text: string): Trust | undefined {
  const [first, ...lines] = text.split('\n').map(line => line.trim());
  if (first !== 'kenes-trust 1') return undefined;
  const trust: Trust = { hubs: [], sites: [], cut: [] };
  for (const line of lines.filter(Boolean)) {
    const [word = '', value = '', ...rest] = line.split(' '), name = rest.join(' ');
    if (word === 'hub') {
      const key = unhex(value);
      if (!key || key.length !== 32) return undefined;
      trust.hubs.push({ key, id: keyId(key), name });
    } else if (word === 'site') {
      const bytes = unbase64url(value), site = bytes && readSite(bytes, name);
      if (!site) return undefined;
      trust.sites.push(site);
    } else if (word === 'cut') {
      const id = unhex(value);
      if (!id || id.length !== 8) return undefined;
      trust.cut.push(id);
    } else return undefined;
  }
  return trust;
}

/** undefined: the text is no such list, or has been altered. */
export function readRevocations(text: string): Revocations | undefined {
  const parts = /^kenes-revocations 1\nissuer ([0-9a-f]{64})\ndated (\S+)\n((?:.*\n)*)signature ([\w-]{86})\n$/.exec(text);
  if (!parts) return undefined;
  const [, hex = '', dated = '', body = '', signature = ''] = parts;
  const key = unhex(hex), bytes = unbase64url(signature);
  const n = text.length - `signature ${signature}\n`.length;
  if (!key || !bytes || !signed(key, 'kenes revocations 1', bytesOf(text.slice(0, n)), bytes)) return undefined;
  const entries = new Map<string, Revocation>();
  for (const line of body.split('\n').filter(Boolean)) {
    const [word, serial = '', on = '', last = ''] = line.split(' '), number = readSerial(serial), by = readSerial(last);
    if (!number) return undefined;
    if (word === 'revoked' && reasons.includes(last)) entries.set(number, { serial: number, on, reason: last });
    else if (word === 'superseded' && by) entries.set(number, { serial: number, on, by });
    else return undefined;
  }
  return { id: keyId(key), dated, entries };
}

export const hubOf = (trust: Trust, id: Uint8Array): Hub | undefined => trust.hubs.find(hub => same(hub.id, id));
