// SPDX-License-Identifier: Apache-2.0
// A site that was really registered at a hub: its certificates are valid, by the whole chain, for whoever trusts the hub.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHub } from '../http/hub.mjs';
import { kenes, must } from './hall.mjs';

const { KENES, MAKE_HALL, PACKAGE } = process.env;
const today = new Date().toISOString().slice(0, 10);
const run = (...words) => must(KENES, ...words).out.trim();

// A hall whose laptop was registered with an invitation, and another laptop of the same hub.
async function world(scratch) {
  const at = (name) => join(scratch, `enrolled-${name}`), site = at('site'), other = at('other');
  const event = must(MAKE_HALL, site, PACKAGE, '3').out.trim();
  must(MAKE_HALL, other, PACKAGE, '1');
  const invite = () => JSON.parse(run('hub', 'invite', '--data', at('hub'), '--scope', 'KZ-11/113220100', '--json')).code;
  const codes = [invite(), invite()], hub = await startHub(at('hub'));
  try {
    run('enrol', '--data', site, '--hub', hub.main, '--code', codes[0]);
    const { rows } = JSON.parse(run('certificate', 'issue', '--data', site, '--event', event, '--all', '--date', today, '--json'));
    run('sync', '--data', site);
    run('enrol', '--data', other, '--hub', hub.main, '--code', codes[1]);
    run('sync', '--data', other);
    const serials = rows.filter((row) => row.state === 'issued').map((row) => row.serial);
    return { site, other, serials, token: run('certificate', 'token', '--data', site, serials[0], '--link'), trust: at('trust.txt'), revocations: at('revocations.txt'), hub: new URL(hub.main).host };
  } finally {
    await hub.end();
  }
}

export const tests = {
  async 'a certificate of a registered site is valid, at the other laptop, by the lists and on the page'({ load, scratch }) {
    const w = await world(scratch);
    run('certificate', 'trust', '--data', w.other, '-o', w.trust);
    run('certificate', 'revocations', '--data', w.site, '-o', w.revocations);
    const ask = (...words) => {
      const rs = kenes('verify', w.token, '--json', ...words);
      return { code: rs.code, ...JSON.parse(rs.out) };
    };
    for (const words of [['--data', w.site], ['--data', w.other], ['--trust', w.trust], ['--trust', w.trust, '--revocations', w.revocations]]) {
      const v = ask(...words);
      assert.deepEqual([v.code, v.status, v.scope, v.hub], [0, 'valid', 'KZ-11/113220100', w.hub], JSON.stringify(v));
      assert.ok(v.site_from <= today && v.site_until > today);
    }
    assert.deepEqual([ask().code, ask().status], [1, 'unknown-issuer'], 'without a list nobody vouches');
    const { verifyText } = await load('verify/verdict'), { readTrust, readRevocations } = await load('verify/lists');
    const known = { trust: readTrust(readFileSync(w.trust, 'utf8')), revocations: [readRevocations(readFileSync(w.revocations, 'utf8'))], today };
    const { code, ...said } = ask('--trust', w.trust, '--revocations', w.revocations);
    assert.deepEqual(verifyText(w.token, known), said, 'the page says the same as the program');

    // Revoked: the list of the site says so to whoever has it.
    run('certificate', 'revoke', '--data', w.site, w.serials[0], '--reason', 'mistake');
    run('certificate', 'revocations', '--data', w.site, '-o', w.revocations);
    const late = ask('--trust', w.trust, '--revocations', w.revocations);
    assert.deepEqual([late.code, late.status, late.reason], [1, 'revoked', 'mistake']);
  },
};
