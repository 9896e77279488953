// SPDX-License-Identifier: Apache-2.0
// Whether a certificate is true: the same questions, in the same order, as src/certificate/verify.c.
import { same } from './bytes';
import { hubOf, siteIsBy, type Hub, type Revocation, type Revocations, type Site, type Trust } from './lists';
import { findToken, isBy, type Facts, type Token } from './token';

export type Status = 'valid' | 'self-issued' | 'altered' | 'superseded' | 'revoked' | 'unknown-issuer';
export interface Verdict {
  status: Status;
  reason?: string;
  facts?: Facts;
  hub?: string;
  scope?: string;
  site_from?: string;
  site_until?: string;
  superseded_by?: string;
  ended_on?: string;
  overdue: boolean;
  revocations_dated?: string;
}
export interface Known { trust: Trust; revocations: Revocations[]; today: string }

const DAY = 86400000;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

interface Issuer { site: Site; hub: Hub | undefined; trust: 'ok' | 'expired' | 'not-yet' | 'hub-unknown' | 'forged' }

/** Whether a hub signed for a site is looked at once. */
const signedBy = new WeakMap<Site, boolean>();
function isSigned(site: Site, hub: Hub): boolean {
  let good = signedBy.get(site);
  if (good === undefined) signedBy.set(site, good = siteIsBy(site, hub));
  return good;
}

/** Alive at some moment of that day. */
function trustOf(site: Site, hub: Hub | undefined, day: string): Issuer['trust'] {
  if (!hub) return 'hub-unknown';
  if (!isSigned(site, hub)) return 'forged';
  const at = Date.parse(`${day}T00:00:00Z`);
  return at + DAY - 1 < site.from ? 'not-yet' : at >= site.until ? 'expired' : 'ok';
}

function findIssuer(token: Token, trust: Trust): Issuer | undefined {
  let best: Issuer | undefined;
  for (const site of trust.sites) {
    if (!same(site.id, token.keyId)) continue;
    const hub = hubOf(trust, site.issuer), one = { site, hub, trust: trustOf(site, hub, token.facts.held_on) };
    if (!best || one.trust === 'ok') best = one;
  }
  return best;
}

/** Revoked weighs more than superseded. */
function lookUp(token: Token, known: Known, v: Verdict): Revocation | undefined {
  let found: Revocation | undefined;
  for (const list of known.revocations) {
    if (!same(list.id, token.keyId) && !hubOf(known.trust, list.id)) continue;
    if (!v.revocations_dated || list.dated > v.revocations_dated) v.revocations_dated = list.dated;
    const one = list.entries.get(token.facts.serial);
    if (one && (!found || !one.by)) found = one;
  }
  return found;
}

function end(v: Verdict, found: Revocation): void {
  v.status = found.by ? 'superseded' : 'revoked';
  v.ended_on = found.on;
  if (found.by) v.superseded_by = found.by;
  if (found.reason) v.reason = found.reason;
}

/** A key that was cut off says nothing, on whichever day: whoever has it can write any date. */
function cutReason(token: Token, trust: Trust, issuer: Issuer | undefined): string | undefined {
  const isCut = (id: Uint8Array): boolean => trust.cut.some(one => same(one, id));
  if (isCut(token.keyId)) return 'key-revoked';
  return issuer && isCut(issuer.site.issuer) ? 'hub-revoked' : undefined;
}

export function verifyToken(token: Token, known: Known): Verdict {
  const { facts } = token, issuer = findIssuer(token, known.trust);
  const v: Verdict = { status: 'valid', facts, overdue: facts.valid_until !== undefined && facts.valid_until < known.today };
  if (issuer?.hub && issuer.trust !== 'forged') {
    v.hub = issuer.hub.name;
    v.scope = issuer.site.scope;
    v.site_from = dateOf(issuer.site.from);
    v.site_until = dateOf(issuer.site.until);
  }
  const refuse = (status: Status, reason: string): Verdict => ({ ...v, status, reason });
  const key = token.ownKey ?? issuer?.site.key;
  if (!key) return refuse('unknown-issuer', 'key-unknown');
  if (!isBy(token, key)) return refuse('altered', 'signature');
  const found = lookUp(token, known, v);
  if (found) {
    end(v, found);
    return v;
  }
  const cut = cutReason(token, known.trust, issuer);
  if (cut) return refuse('unknown-issuer', cut);
  if (issuer?.trust === 'ok') return v;
  if (token.ownKey) return { ...v, status: 'self-issued' };
  return refuse('unknown-issuer', issuer?.trust ?? 'key-unknown');
}

/** A link or Base45 as it was scanned. */
export function verifyText(text: string, known: Known): Verdict {
  const token = findToken(text);
  return token ? verifyToken(token, known) : { status: 'altered', reason: 'unreadable', overdue: false };
}
