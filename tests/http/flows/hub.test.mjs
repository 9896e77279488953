// SPDX-License-Identifier: Apache-2.0
// The desk of a hub: who comes in, what they see, and that nobody sees or changes another region.
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../site.mjs';
import { begin, colleague, command, digits, first, must, PASSWORD, sender } from '../hub.mjs';

const NOWHERE = 'per_00000000000000000000000000000000';

async function country(t) {
  const hub = await t.hub(), boss = await first(t, hub);
  await sender(t, hub, boss, 'KZ-11/1132', 'Көкшетау залы', [['Сейітова', 'Амина', 'Абай'], ['Сеитова', 'Амина', 'Абай кеңесі'], ['=1+1', 'Данияр', 'Абай']]);
  await sender(t, hub, boss, 'KZ-75/7510', 'Алматы залы', [['Қасымов', 'Ерлан', 'Медеу']]);
  return { hub, boss };
}

export const tests = {
  async 'a hub that nobody has begun says so, and lets nobody in'(t) {
    const hub = await t.hub(), somebody = t.browser(hub);
    assert.equal(must(await somebody.get('/api/hub/hello'), 200).ready, false);
    must(await somebody.get('/api/hub'), 200);
    must(await somebody.get('/healthz'), 200);
    assert.match((await somebody.get('/metrics')).text, /kenes_sites 0/);
    for (const path of ['overview', 'areas', 'councils', 'sites', 'invites', 'attention', 'people', 'duplicates', 'certificates', 'audit', 'coordinators'])
      assert.equal((await somebody.get(`/api/hub/${path}`)).json.reason, 'signed-out', path);
    assert.equal((await somebody.post('/api/hub/sign-in', { login: 'aigul', password: PASSWORD, digits: '123456' })).json.reason, 'wrong-password');
    const page = await somebody.get('/people');
    assert.match(page.headers['content-type'], /text\/html/);
    assert.match(page.headers['content-security-policy'], /default-src 'none'/);
  },

  async 'a code is good for once, and a password alone is not enough'(t) {
    const hub = await t.hub(), boss = t.browser(hub), thief = t.browser(hub);
    const code = await command('hub', 'setup', '--data', hub.folder, '--name', 'Айгүл', '--login', 'Aigul');
    assert.equal((await thief.post('/api/hub/start', { login: 'aigul', code: 'AAAAA-AAAAA-AAAAA-AAAAA' })).json.reason, 'wrong-start-code');
    const { key } = must(await boss.post('/api/hub/start', { login: 'aigul', code }), 200);
    const confirm = (digits, password = PASSWORD) => boss.post('/api/hub/start/confirm', { login: 'aigul', code, password, key, digits });
    assert.equal((await confirm(digits(key, 50))).json.reason, 'wrong-digits');
    assert.equal((await confirm(digits(key), 'қысқа')).status, 400);
    const used = digits(key), begun = must(await confirm(used), 201);
    assert.equal(begun.recovery.length, 8);
    assert.deepEqual([begun.me.role, begun.me.login], ['national', 'Aigul']);
    assert.equal((await thief.post('/api/hub/start', { login: 'aigul', code })).json.reason, 'wrong-start-code');
    const signIn = (who, digits) => who.post('/api/hub/sign-in', { login: 'AIGUL', password: PASSWORD, digits });
    assert.equal((await signIn(thief, used)).json.reason, 'wrong-digits', 'the digits that began are used');
    const next = digits(key, 1);
    must(await signIn(boss, next), 200);
    assert.equal((await signIn(thief, next)).json.reason, 'wrong-digits', 'seen over a shoulder');
    must(await signIn(boss, begun.recovery[0]), 200);
    assert.equal((await signIn(thief, begun.recovery[0])).json.reason, 'wrong-digits', 'a recovery code is used');
    must(await boss.post('/api/hub/sign-out'), 204);
    assert.equal((await boss.get('/api/hub/overview')).json.reason, 'signed-out');
    const log = hub.log();
    for (const secret of [code, key, PASSWORD, begun.recovery[1]]) assert.ok(!log.includes(secret), 'no secret in the log');
  },

  async 'wrong digits behind a right password make that login wait; a wrong password does not'(t) {
    const hub = await t.hub(), boss = await first(t, hub), thief = t.browser(hub);
    const signIn = (who, password, digits) => who.post('/api/hub/sign-in', { login: 'aigul', password, digits });
    assert.equal((await signIn(thief, 'мүлде басқа сөз', '000000')).json.reason, 'wrong-password');
    for (let i = 0; i < 5; i++) assert.equal((await signIn(boss, PASSWORD, '12345')).json.reason, 'wrong-digits');
    assert.equal((await signIn(boss, PASSWORD, boss.recovery[0])).json.reason, 'wait-a-quarter');
    must(await boss.get('/api/hub/overview'), 200); // who is in stays in
    // The way back for who has the machine: a new code.
    const code = await command('hub', 'setup', '--data', hub.folder, '--name', 'x', '--login', 'aigul');
    const again = t.browser(hub);
    await begin(again, 'aigul', code);
    must(await again.get('/api/hub/overview'), 200);
    assert.equal((await boss.get('/api/hub/overview')).json.reason, 'signed-out', 'older sessions end');
  },

  async 'coordinators are made, given new codes and ended; the last one stays'(t) {
    const hub = await t.hub(), boss = await first(t, hub);
    const second = await colleague(t, hub, boss, 'marat', 'national', 'KZ');
    const make = (more) => boss.post('/api/hub/coordinators', { name: 'Б', login: 'b', role: 'region', scope: 'KZ-11', language: 'ru', ...more });
    assert.equal((await make({ login: 'MARAT' })).json.reason, 'login-taken');
    assert.equal((await make({ scope: 'KZ' })).json.reason, 'bad-scope');
    assert.equal((await make({ scope: 'RU-MOW' })).json.reason, 'bad-scope');
    assert.equal((await make({ role: 'king' })).json.reason, 'bad-role');
    must(await boss.post(`/api/hub/coordinators/${second.me.id}/code`), 201);
    assert.equal(must(await boss.get('/api/hub/coordinators'), 200).length, 2);
    must(await boss.post('/api/hub/language', { language: 'kk' }), 204);
    must(await boss.ask('DELETE', `/api/hub/coordinators/${second.me.id}`), 204);
    assert.equal((await second.get('/api/hub/overview')).json.reason, 'signed-out');
    assert.equal((await boss.ask('DELETE', `/api/hub/coordinators/${boss.me.id}`)).json.reason, 'last-national');
    const audit = must(await boss.get('/api/hub/audit'), 200).map((a) => a.what);
    for (const what of ['coordinator.made', 'coordinator.begun', 'coordinator.code', 'coordinator.ended']) assert.ok(audit.includes(what), what);
  },

  async 'what sites send is seen by region, district and council'(t) {
    const { boss } = await country(t);
    const whole = must(await boss.get('/api/hub/overview'), 200);
    assert.equal(whole.area.learners, 4);
    assert.equal(whole.area.sites, 2);
    assert.deepEqual(whole.areas.map((a) => [a.scope, a.learners]), [['KZ-11', 3], ['KZ-75', 1]]);
    const region = must(await boss.get('/api/hub/overview?scope=KZ-11'), 200);
    assert.deepEqual(region.areas.map((a) => a.scope), ['KZ-11/1132']);
    assert.equal(must(await boss.get('/api/hub/areas?scope=KZ'), 200).length, 2);
    assert.deepEqual(must(await boss.get('/api/hub/councils?scope=KZ-11/1132'), 200).map((c) => c.name).sort(), ['Абай', 'Абай кеңесі']);
    const [site] = must(await boss.get('/api/hub/sites?find=KZ-75'), 200);
    assert.equal(site.contact, '+7 701 000 00 00');
    const detail = must(await boss.get(`/api/hub/sites/${site.id}`), 200);
    assert.equal(detail.epochs[0].records, detail.site.records);
    assert.match(detail.epochs[0].total, /^[0-9a-f]{64}$/);
    assert.equal(must(await boss.get('/api/hub/attention'), 200).length, 0);
    assert.equal(must(await boss.get('/api/hub/certificates'), 200).length, 0);
  },

  async 'people are found by folded letters, merged, parted, given their data and erased'(t) {
    const { boss } = await country(t);
    const found = must(await boss.get(`/api/hub/people?find=${encodeURIComponent('СЕЙИТОВА')}`), 200);
    assert.deepEqual(found.map((p) => p.surname), ['Сейітова']);
    assert.equal(must(await boss.get(`/api/hub/people?find=${encodeURIComponent('касымов')}`), 200)[0].surname, 'Қасымов');
    const all = must(await boss.get('/api/hub/people'), 200);
    const [one, other] = all.filter((p) => p.given === 'Амина').map((p) => p.id);
    must(await boss.get('/api/hub/duplicates'), 200);
    must(await boss.post(`/api/hub/people/${other}/merge`, { into: one }), 204);
    assert.equal((await boss.post(`/api/hub/people/${other}/merge`, { into: one })).json.reason, 'merged-already');
    assert.equal((await boss.post(`/api/hub/people/${one}/merge`, { into: one })).json.reason, 'same-person');
    assert.deepEqual(must(await boss.get(`/api/hub/people/${one}`), 200).merged.map((p) => p.id), [other]);
    must(await boss.post(`/api/hub/people/${other}/unmerge`), 204);
    assert.equal(must(await boss.get(`/api/hub/people/${one}`), 200).merged.length, 0);
    const held = must(await boss.get(`/api/hub/people/${one}/export`), 200);
    assert.ok(held.records.some((r) => r.kind === 'person.added' && r.body));
    must(await boss.post(`/api/hub/people/${one}/erase`), 204);
    const gone = must(await boss.get(`/api/hub/people/${one}`), 200).person;
    assert.equal(gone.surname, '');
    assert.ok(gone.erased_at);
    assert.ok(!must(await boss.get(`/api/hub/people/${one}/export`), 200).records.some((r) => r.body));
    assert.equal((await boss.get(`/api/hub/people/${NOWHERE}`)).status, 404);
  },

  async 'a table has the rows of the screen, and nothing in it runs as a formula'(t) {
    const { boss } = await country(t);
    const rs = await boss.get('/api/hub/people?as=csv&language=kk');
    assert.match(rs.headers['content-type'], /text\/csv/);
    assert.match(rs.headers['content-disposition'], /kenes-people\.csv/);
    assert.ok(rs.text.startsWith('\ufeffТегі;Аты;'));
    assert.ok(rs.text.includes("\r\n'=1+1;Данияр;"));
    assert.equal(rs.text.trim().split('\r\n').length, 5);
    for (const list of ['areas', 'councils', 'sites', 'invites', 'attention', 'certificates', 'audit', 'coordinators'])
      assert.match((await boss.get(`/api/hub/${list}?as=csv&language=ru`)).headers['content-type'], /text\/csv/, list);
    assert.equal((await boss.get('/api/hub/people?as=exe')).status, 400);
  },

  async 'a regional coordinator sees and changes nothing of another region'(t) {
    const { hub, boss } = await country(t);
    const akmola = await colleague(t, hub, boss, 'akmola', 'region', 'KZ-11');
    assert.equal(must(await akmola.get('/api/hub/overview'), 200).area.learners, 3);
    for (const list of ['overview', 'areas', 'councils', 'sites', 'invites', 'attention', 'people', 'duplicates', 'certificates'])
      for (const scope of ['KZ', 'KZ-75', 'KZ-75/7510', 'KZ-1'])
        assert.equal((await akmola.get(`/api/hub/${list}?scope=${scope}`)).json.reason, 'other-scope', `${list} ${scope}`);
    assert.deepEqual(must(await akmola.get('/api/hub/sites'), 200).map((s) => s.scope), ['KZ-11/1132']);
    assert.deepEqual([...new Set(must(await akmola.get('/api/hub/people'), 200).map((p) => p.scope))], ['KZ-11/1132']);
    assert.ok(!(await akmola.get('/api/hub/people?as=csv')).text.includes('Қасымов'));
    assert.equal(must(await akmola.get(`/api/hub/people?find=${encodeURIComponent('касымов')}`), 200).length, 0);
    const [far] = must(await boss.get('/api/hub/sites?scope=KZ-75'), 200);
    const [person] = must(await boss.get('/api/hub/people?scope=KZ-75'), 200);
    const [mine] = must(await akmola.get('/api/hub/people'), 200);
    const refused = [
      await akmola.get(`/api/hub/sites/${far.id}`), await akmola.post(`/api/hub/sites/${far.id}/revoke`, { why: 'жоғалды' }),
      await akmola.get(`/api/hub/people/${person.id}`), await akmola.get(`/api/hub/people/${person.id}/export`),
      await akmola.post(`/api/hub/people/${person.id}/erase`), await akmola.post(`/api/hub/people/${person.id}/unmerge`),
      await akmola.post(`/api/hub/people/${mine.id}/merge`, { into: person.id }), await akmola.post(`/api/hub/people/${person.id}/merge`, { into: mine.id }),
    ];
    assert.deepEqual(refused.map((rs) => rs.status), refused.map(() => 404));
    for (const scope of ['KZ', 'KZ-75', 'KZ-1']) assert.equal((await akmola.post('/api/hub/invites', { scope, label: '', days: 1 })).json.reason, 'other-scope');
    const foreign = must(await boss.get('/api/hub/invites?scope=KZ-75'), 200)[0];
    assert.equal((await akmola.ask('DELETE', `/api/hub/invites/${foreign.id}`)).status, 404);
    for (const rs of [await akmola.get('/api/hub/coordinators'), await akmola.post(`/api/hub/coordinators/${boss.me.id}/code`), await akmola.ask('DELETE', `/api/hub/coordinators/${boss.me.id}`)])
      assert.equal(rs.json.reason, 'only-national');
    assert.equal((await akmola.get('/api/hub/audit')).json.reason, 'other-scope');
    // Their own they may.
    must(await akmola.post('/api/hub/invites', { scope: 'KZ-11/1199', label: 'Жаңа', days: 1 }), 201);
    const [invite] = must(await akmola.get('/api/hub/invites'), 200);
    must(await akmola.ask('DELETE', `/api/hub/invites/${invite.id}`), 204);
    const [site] = must(await akmola.get('/api/hub/sites'), 200);
    must(await akmola.post(`/api/hub/sites/${site.id}/revoke`, { why: 'жоғалды' }), 204);
    assert.ok(must(await akmola.get(`/api/hub/sites/${site.id}`), 200).site.revoked_at);
  },

  async 'an auditor sees everything and changes nothing'(t) {
    const { hub, boss } = await country(t);
    const auditor = await colleague(t, hub, boss, 'auditor', 'auditor', 'KZ');
    assert.equal(must(await auditor.get('/api/hub/overview'), 200).area.learners, 4);
    must(await auditor.get('/api/hub/audit'), 200);
    const [person] = must(await auditor.get('/api/hub/people'), 200), [site] = must(await auditor.get('/api/hub/sites'), 200);
    const refused = [
      await auditor.post(`/api/hub/sites/${site.id}/revoke`, { why: 'себеп' }), await auditor.post('/api/hub/invites', { scope: 'KZ', label: '', days: 1 }),
      await auditor.ask('DELETE', '/api/hub/invites/inv_0'), await auditor.post('/api/hub/attention/1/settle', { apply: true, why: 'себеп' }),
      await auditor.post(`/api/hub/people/${person.id}/merge`, { into: NOWHERE }), await auditor.post(`/api/hub/people/${person.id}/unmerge`),
      await auditor.post(`/api/hub/people/${person.id}/erase`), await auditor.get(`/api/hub/people/${person.id}/export`),
    ];
    assert.deepEqual(refused.map((rs) => rs.json.reason), refused.map(() => 'read-only'));
    assert.equal((await auditor.get('/api/hub/coordinators')).json.reason, 'only-national');
  },

  async 'a file that was brought counts when somebody says so, and is no business of another region'(t) {
    const { hub, boss } = await country(t);
    const akmola = await colleague(t, hub, boss, 'akmola', 'region', 'KZ-11'), almaty = await colleague(t, hub, boss, 'almaty', 'region', 'KZ-75');
    const auditor = await colleague(t, hub, boss, 'auditor', 'auditor', 'KZ');
    const folder = await sender(t, hub, boss, 'KZ-11/1140', 'Степногорск', []);
    const site = await t.site(folder), file = join(folder, 'carried.kenes');
    const { code } = JSON.parse(await command('event', 'new', '--data', folder, '--title', 'Екінші күн', '--courses', 'all', '--json'));
    must(await t.browser(site).post(`/api/join/${code}`, { surname: 'Жаңабаев', given: 'Арман', council_name: 'Ақмола', language: 'kk' }), 201);
    await site.end();
    await command('sync', 'export', '--data', folder, file);
    const bytes = readFileSync(file), bring = (who, body = bytes) => who.ask('PUT', '/api/hub/files', { body });
    assert.equal((await bring(auditor)).json.reason, 'read-only');
    assert.equal((await bring(boss, Buffer.from('no bundle'))).status, 400);
    assert.equal((await bring(almaty)).json.reason, 'other-scope');
    const [staged] = must(await bring(akmola), 201);
    assert.ok(staged.fresh > 0);
    const known = async () => must(await akmola.get(`/api/hub/people?find=${encodeURIComponent('жанабаев')}`), 200).length;
    assert.equal(await known(), 0, 'nothing counts yet');
    assert.equal(must(await almaty.get('/api/hub/files'), 200).length, 0);
    for (const what of ['confirm', 'undo']) assert.equal((await almaty.post(`/api/hub/files/${staged.id}/${what}`)).status, 404);
    must(await akmola.post(`/api/hub/files/${staged.id}/confirm`), 204);
    must(await akmola.post(`/api/hub/files/${staged.id}/confirm`), 204);
    assert.equal(await known(), 1);
    assert.equal((await akmola.post(`/api/hub/files/${staged.id}/undo`)).json.reason, 'already-decided');
    assert.equal(must(await akmola.get('/api/hub/files'), 200)[0].settled, 'confirmed');
    // Another one is put away.
    const other = await sender(t, hub, boss, 'KZ-75/7520', 'Алатау', []);
    await command('event', 'new', '--data', other, '--title', 'Күн', '--courses', 'all', '--json');
    await command('sync', 'export', '--data', other, file);
    const [second] = must(await bring(almaty, readFileSync(file)), 201);
    must(await almaty.post(`/api/hub/files/${second.id}/undo`), 204);
    assert.equal(must(await almaty.get('/api/hub/files'), 200)[0].settled, 'undone');
  },

  async 'behind a proxy, who guesses is slowed down and nobody else'(t) {
    const hub = await t.hub(), boss = await first(t, hub);
    const guess = (from) => t.browser(hub).ask('POST', '/api/hub/sign-in', { body: { login: 'aigul', password: 'алақайлап', digits: '000000' }, headers: { 'x-forwarded-for': from } });
    let rs;
    for (let i = 0; i < 100 && rs?.status !== 429; i++) rs = await guess(`10.0.0.${i}, 203.0.113.7`);
    assert.equal(rs.status, 429, 'what stands before the proxy\'s own word does not help');
    assert.equal((await guess('203.0.113.8')).status, 401);
    must(await boss.get('/api/hub/overview'), 200);
  },

  async 'two copies of one laptop are told of, and settled with a reason by who may'(t) {
    const hub = await t.hub(), boss = await first(t, hub);
    const folder = await sender(t, hub, boss, 'KZ-11/1150', 'Атбасар', []), copy = join(t.folder(), 'copy');
    cpSync(folder, copy, { recursive: true });
    for (const [place, title] of [[folder, 'Бірінші'], [copy, 'Екінші']]) {
      await command('event', 'new', '--data', place, '--title', title, '--courses', 'all', '--json');
      await cli(['sync', '--data', place]); // the second is told that it is a copy
    }
    const [fork] = must(await boss.get('/api/hub/attention'), 200).filter((it) => it.kind === 'fork');
    assert.equal(fork.site_name, 'Атбасар');
    assert.equal(must(await boss.get('/api/hub/overview'), 200).attention, must(await boss.get('/api/hub/attention'), 200).length);
    const settle = (who, body) => who.post(`/api/hub/attention/${fork.number}/settle`, body);
    const almaty = await colleague(t, hub, boss, 'almaty', 'region', 'KZ-75');
    assert.equal((await settle(almaty, { apply: false, why: 'қоңырау шалдым' })).json.reason, 'settled-already');
    assert.equal((await settle(boss, { apply: false, why: '' })).status, 400);
    must(await settle(boss, { apply: false, why: 'қоңырау шалдым' }), 204);
    assert.equal((await settle(boss, { apply: false, why: 'қоңырау шалдым' })).json.reason, 'settled-already');
    assert.ok(!must(await boss.get('/api/hub/attention'), 200).some((it) => it.number === fork.number));
    assert.match(must(await boss.get('/api/hub/audit'), 200)[0].detail, /қоңырау шалдым$/);
  },

  async 'a page of another origin changes nothing'(t) {
    const { boss } = await country(t);
    const [person] = must(await boss.get('/api/hub/people'), 200);
    const rs = await boss.ask('POST', `/api/hub/people/${person.id}/erase`, { headers: { origin: 'https://example.org', 'sec-fetch-site': 'cross-site' } });
    assert.equal(rs.json.reason, 'cross-origin');
  },
};
