// SPDX-License-Identifier: Apache-2.0
// The registry of certificates at the desk of a hub; tables as spreadsheets; sealed IINs.
import assert from 'node:assert/strict';
import { cli } from '../site.mjs';
import { colleague, command, first, graduates, must, PASSWORD, sender } from '../hub.mjs';
import { sheet } from '../unzip.mjs';

const registry = '/api/hub/certificates';

async function country(t) {
  const hub = await t.hub(), boss = await first(t, hub);
  const akmola = await graduates(t, hub, boss, 'KZ-11/1132', 'Көкшетау залы', [['Әбдірова', 'Ұлжан', 'Абай'], ['=1+1', 'Данияр', 'Абай']]);
  const almaty = await graduates(t, hub, boss, 'KZ-75/7510', 'Алматы залы', [['Қасымов', 'Ерлан', 'Медеу']]);
  return { hub, boss, akmola, almaty };
}

const link = async (folder, serial) => command('certificate', 'token', '--data', folder, serial, '--link');

// The twelfth digit (Government resolution No. 565 of 11 June 2003).
function withControl(eleven) {
  const sum = (first) => [...eleven].reduce((all, digit, i) => all + Number(digit) * ((i + first) % 11 + 1), 0) % 11;
  return eleven + (sum(0) === 10 ? sum(2) : sum(0));
}

export const tests = {
  async 'a certificate is found by number and by name, and opened with all that is known of it'(t) {
    const { boss, akmola } = await country(t), serial = akmola.serials['Әбдірова'];
    assert.equal(must(await boss.get(registry), 200).length, 3);
    const find = async (text) => must(await boss.get(`${registry}?find=${encodeURIComponent(text)}`), 200).map((c) => c.serial);
    assert.deepEqual(await find(serial.toLowerCase()), [serial]);
    assert.deepEqual(await find('абдирова ұ'), [serial], 'letters of both languages alike');
    assert.deepEqual(await find('Жоқбаев'), []);
    assert.equal(must(await boss.get(`${registry}?state=revoked`), 200).length, 0);
    const one = must(await boss.get(`${registry}/${serial}`), 200);
    assert.deepEqual([one.certificate.holder, one.certificate.state, one.verdict.status], ['Әбдірова Ұлжан', 'valid', 'valid']);
    assert.deepEqual([one.verdict.scope, one.verdict.facts.score_percent, one.site.name], ['KZ-11/1132', 92, 'Көкшетау залы']);
    assert.deepEqual([one.orders, one.audit], [[], []]);
    assert.equal((await boss.get(`${registry}/K7QF2M-00042-X`)).json.reason, 'no-certificate');
  },

  async 'whether one is true is told by its link, by its text and by its number'(t) {
    const { hub, boss, akmola, almaty } = await country(t), serial = akmola.serials['Әбдірова'];
    const check = (who, text) => who.post(`${registry}/verify`, { text });
    const shown = await link(akmola.folder, serial);
    for (const text of [shown, await command('certificate', 'token', '--data', akmola.folder, serial), serial.replaceAll('-', ' ').toLowerCase()]) {
      const told = must(await check(boss, text), 200);
      assert.deepEqual([told.verdict.status, told.registered, told.certificate.serial, told.site_name], ['valid', true, serial, 'Көкшетау залы'], text);
    }
    const forged = must(await check(boss, shown.slice(0, -4) + (shown.endsWith('0000') ? '1111' : '0000')), 200);
    assert.equal(forged.verdict.status, 'altered');
    assert.equal(must(await check(boss, 'сәлем'), 200).verdict.reason, 'unreadable');
    // Of another region: whoever holds the link may ask, a number alone opens nothing.
    const region = await colleague(t, hub, boss, 'akmola', 'region', 'KZ-11'), far = almaty.serials['Қасымов'];
    assert.equal((await check(region, far)).json.reason, 'no-certificate');
    const told = must(await check(region, await link(almaty.folder, far)), 200);
    assert.deepEqual([told.verdict.status, told.registered, told.certificate], ['valid', true, undefined]);
    // A site's second key of the same folder does not matter: enrolled anew, its old certificates are still true.
    const again = must(await boss.post('/api/hub/invites', { scope: 'KZ-11/1132', label: 'x', days: 1 }), 201);
    await command('enrol', '--data', akmola.folder, '--hub', hub.main, '--code', again.code);
    assert.equal(must(await check(boss, shown), 200).verdict.status, 'valid');
    const [site] = must(await boss.get('/api/hub/sites?scope=KZ-11'), 200);
    must(await boss.post(`/api/hub/sites/${site.id}/revoke`, { why: 'жоғалды' }), 204);
    assert.ok(must(await check(boss, shown), 200).site_cut_at > 0);
    assert.ok(must(await boss.get('/api/hub/audit'), 200).some((a) => a.what === 'certificate.verified' && a.about === serial && a.detail === 'valid'));
  },

  async 'a right name is ordered, and the laptop issues the certificate anew'(t) {
    const { boss, akmola } = await country(t), serial = akmola.serials['Әбдірова'];
    const correct = (body) => boss.post(`${registry}/${serial}/correct`, { surname: 'Әбдірова', given: 'Ұлжан', ...body });
    assert.equal((await correct({})).json.reason, 'same-name');
    assert.equal((await correct({ surname: '  ' })).status, 400);
    assert.equal((await correct({ given: '字' })).json.reason, 'bad-letter');
    must(await correct({ surname: 'Әбдірахманова', patronymic: 'Серікқызы' }), 204);
    let one = must(await boss.get(`${registry}/${serial}`), 200);
    assert.deepEqual([one.certificate.state, one.orders.map((o) => [o.what, o.called])], ['valid', [['correct', false]]], 'until the laptop calls, it counts');
    assert.equal(one.audit.at(-1).what, 'person.corrected');
    await command('sync', '--data', akmola.folder); // takes the order …
    await command('sync', '--data', akmola.folder); // … and tells what it did
    one = must(await boss.get(`${registry}/${serial}`), 200);
    assert.deepEqual([one.certificate.state, one.orders[0].called, one.verdict.status], ['superseded', true, 'superseded']);
    const next = must(await boss.get(`${registry}/${one.certificate.superseded_by}`), 200);
    assert.deepEqual([next.certificate.holder, next.supersedes, next.verdict.status], ['Әбдірахманова Ұлжан Серікқызы', serial, 'valid']);
    assert.equal((await correct({ surname: 'Басқа' })).json.reason, 'ended-already');
    assert.ok(!JSON.stringify(must(await boss.get('/api/hub/audit'), 200)).includes('Әбдірахманова'), 'no name in the audit');
  },

  async 'one is taken back with a reason; the laptop learns it'(t) {
    const { hub, boss, akmola, almaty } = await country(t), serial = akmola.serials['Әбдірова'];
    const region = await colleague(t, hub, boss, 'akmola', 'region', 'KZ-11'), auditor = await colleague(t, hub, boss, 'auditor', 'auditor', 'KZ');
    const revoke = (who, body, number = serial) => who.post(`${registry}/${number}/revoke`, body);
    assert.equal((await revoke(region, { reason: 'because' })).json.reason, 'bad-reason');
    assert.equal((await revoke(region, { reason: 'other', why: ' ' })).json.reason, 'why-missing');
    assert.equal((await revoke(region, { reason: 'mistake' }, almaty.serials['Қасымов'])).status, 404);
    assert.equal((await region.post(`${registry}/${almaty.serials['Қасымов']}/correct`, { surname: 'А', given: 'Б' })).status, 404);
    assert.equal((await region.get(`${registry}/${almaty.serials['Қасымов']}`)).status, 404);
    assert.equal((await revoke(auditor, { reason: 'mistake' })).json.reason, 'read-only');
    assert.equal((await auditor.post(`${registry}/${serial}/correct`, { surname: 'А', given: 'Б' })).json.reason, 'read-only');
    assert.equal(must(await auditor.get(`${registry}/${serial}`), 200).certificate.serial, serial);
    must(await revoke(region, { reason: 'other', why: 'екі рет берілген' }), 204);
    assert.equal((await revoke(region, { reason: 'other', why: 'екі рет берілген' })).json.reason, 'ended-already');
    let one = must(await boss.get(`${registry}/${serial}`), 200);
    assert.deepEqual([one.certificate.state, one.certificate.why, one.orders[0].called], ['revoked', 'other', false]);
    assert.equal(one.audit.at(-1).detail, 'other: екі рет берілген');
    assert.equal(must(await boss.post(`${registry}/verify`, { text: await link(akmola.folder, serial) }), 200).verdict.status, 'revoked');
    await command('sync', '--data', akmola.folder);
    one = must(await boss.get(`${registry}/${serial}`), 200);
    assert.equal(one.orders[0].called, true);
    const { out } = await cli(['verify', await link(akmola.folder, serial), '--data', akmola.folder]);
    assert.match(out, /revoked/i, 'the laptop says so itself');
    assert.equal(must(await boss.get(`${registry}?state=revoked`), 200).length, 1);
  },

  async 'tables open in a spreadsheet: letters, numbers and dates as they are, nothing runs'(t) {
    const { hub, boss } = await country(t);
    const rs = await boss.get(`${registry}?as=xlsx&language=kk`);
    assert.equal(rs.headers['content-type'], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    assert.match(rs.headers['content-disposition'], /attachment; filename="kenes-certificates\.xlsx"/);
    const { rows, xml, styles } = sheet(rs.bytes), [head, ...body] = rows;
    const titles = Object.entries(head), column = (title) => titles.find(([, cell]) => cell.text === title)[0];
    assert.ok(titles.every(([, cell]) => cell.type === 'inlineStr' && cell.style > 0), 'a bold head');
    assert.match(styles, /<b\/>/);
    assert.match(xml, /<pane ySplit="1"[^>]* state="frozen"\/>/);
    assert.match(xml, /<col [^>]*width=/);
    assert.equal(body.length, 3);
    assert.deepEqual(body.map((row) => row[column('Иесі')].text).sort(), ['=1+1 Данияр', 'Қасымов Ерлан', 'Әбдірова Ұлжан'].sort());
    assert.ok(body.every((row) => Object.values(row).every((cell) => !cell.formula)) && !/<f[ >]/.test(xml), 'no formula anywhere');
    const date = body[0][column('Күні')], time = body[0][column('Алынған')];
    assert.deepEqual([date.type, Number.isInteger(Number(date.text)), time.type], ['n', true, 'n'], 'dates are dates');
    const daysSince1900 = Date.now() / 86400000 + 25569;
    assert.ok(Math.abs(Number(time.text) - daysSince1900) < 1);
    assert.equal(body[0][column('Күйі')].text, 'жарамды');
    for (const list of ['areas', 'councils', 'sites', 'invites', 'attention', 'people', 'audit', 'coordinators']) {
      const table = sheet((await boss.get(`/api/hub/${list}?as=xlsx&language=ru`)).bytes);
      assert.ok(table.rows.length > 0 && /[а-я]/.test(Object.values(table.rows[0])[0].text), list);
    }
    assert.ok(must(await boss.get('/api/hub/audit'), 200).some((a) => a.what === 'table.exported' && a.about === 'certificates' && a.detail === 'KZ xlsx 3'));
    const region = await colleague(t, hub, boss, 'akmola', 'region', 'KZ-11'), auditor = await colleague(t, hub, boss, 'auditor', 'auditor', 'KZ-75');
    assert.equal(sheet((await region.get(`${registry}?as=xlsx`)).bytes).rows.length, 3);
    assert.equal((await region.get(`${registry}?as=xlsx&scope=KZ-75`)).json.reason, 'other-scope');
    assert.equal(sheet((await auditor.get(`${registry}?as=xlsx`)).bytes).rows.length, 2);
    const csv = (await region.get(`${registry}?as=csv&language=en`)).text;
    assert.ok(csv.includes(";'=1+1 Данияр;") && !csv.includes('Қасымов'));
  },

  async 'the results of a day are a spreadsheet too'(t) {
    const site = await t.site(), trainer = t.browser(site);
    must(await trainer.post('/api/setup', { site: 'Зал', name: 'Ержан', password: 'long-enough', language: 'kk' }), 201);
    const event = must(await trainer.post('/api/events', { title: 'Күн', all_courses: true }), 201);
    must(await t.browser(site).post(`/api/join/${event.code}`, { surname: '@Сейітқызы', given: 'Ғалия', council_name: 'Абай', language: 'kk' }), 201);
    const rs = await trainer.get(`/api/events/${event.id}/results.xlsx?language=kk`), { rows, xml } = sheet(rs.bytes);
    assert.equal(rs.headers['content-type'], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    assert.deepEqual([rows[0].B.text, rows[1].B.text, rows[1].C.text, rows[1].B.type], ['Тегі', '@Сейітқызы', 'Ғалия', 'inlineStr']);
    assert.ok(!/<f[ >]/.test(xml));
    assert.equal((await trainer.get(`/api/events/${event.id}/results.xlsx?language=xx`)).status, 400);
  },

  async 'a sealed IIN is opened by who has that right, with a reason, and no other'(t) {
    const hub = await t.hub(), boss = await first(t, hub);
    const folder = await sender(t, hub, boss, 'KZ-11/1132', 'Көкшетау залы', [['Сейітова', 'Амина', 'Абай']]);
    const [person] = must(await boss.get('/api/hub/people'), 200);
    const open = (who, why = 'куәлік қажет') => who.post(`/api/hub/people/${person.id}/iin`, { why });
    const auditor = await colleague(t, hub, boss, 'auditor', 'auditor', 'KZ'), region = await colleague(t, hub, boss, 'akmola', 'region', 'KZ-11'), far = await colleague(t, hub, boss, 'almaty', 'region', 'KZ-75');
    const grant = (who, whom, may = true) => who.post(`/api/hub/coordinators/${whom.me.id}/iin`, { may });
    assert.equal(must(await boss.get(`/api/hub/people/${person.id}`), 200).has_iin, false);
    assert.equal((await open(boss)).json.reason, 'no-iin-right', 'not even a national one without the right');
    assert.equal((await open(auditor)).json.reason, 'read-only');
    assert.equal((await grant(region, region)).json.reason, 'only-national');
    assert.equal((await grant(boss, auditor)).json.reason, 'auditor-reads');
    must(await grant(boss, region), 204);
    must(await grant(boss, far), 204);
    assert.equal(must(await region.get('/api/hub/hello'), 200).me.opens_iin, true);
    assert.equal((await open(far)).status, 404, 'a person of another region is not there');
    assert.equal((await open(region)).json.reason, 'no-iin', 'none was given for her');
    assert.equal((await open(region, '')).status, 400, 'not without a reason');
    assert.ok(!must(await boss.get('/api/hub/audit'), 200).some((a) => a.what === 'iin.opened'), 'nothing was opened');
    // The trainer seals one on the laptop; it is opened at the hub alone.
    const site = await t.site(folder), trainer = t.browser(site), iin = withControl('85010130012');
    must(await trainer.post('/api/sign-in', { login: 'Ержан', password: PASSWORD }), 200);
    must(await trainer.post(`/api/people/${person.id}/iin`, { iin, agreed: true }), 204);
    await site.end();
    await command('sync', '--data', folder);
    assert.equal(must(await region.get(`/api/hub/people/${person.id}`), 200).has_iin, true);
    assert.deepEqual(must(await open(region), 200), { iin });
    must(await grant(boss, region, false), 204);
    assert.equal((await open(region)).json.reason, 'no-iin-right');
    const audit = must(await boss.get('/api/hub/audit'), 200);
    assert.equal(audit.filter((a) => a.what === 'iin.right-given').length, 2);
    assert.deepEqual(audit.filter((a) => a.what === 'iin.opened').map((a) => [a.about, a.detail]), [[person.id, 'куәлік қажет']]);
    for (const log of [hub.log(), JSON.stringify(audit)]) assert.ok(!log.includes(iin));
  },

  async 'all data of a person: days, records, and what was done with it'(t) {
    const { boss, akmola } = await country(t);
    const { certificate: { person } } = must(await boss.get(`${registry}/${akmola.serials['Әбдірова']}`), 200);
    const held = must(await boss.get(`/api/hub/people/${person}/export`), 200);
    assert.deepEqual([held.language, held.presence.map((d) => [d.title, d.present]), held.known.certificates.length], ['kk', [['Оқу күні', true]], 1]);
    assert.ok(held.records.some((r) => r.kind === 'certificate.issued' && r.body.holder === 'Әбдірова Ұлжан'));
    const file = await boss.get(`/api/hub/people/${person}/export?as=file`);
    assert.match(file.headers['content-disposition'], /person\.json/);
    assert.deepEqual(must(file, 200).audit.map((a) => a.what), ['person.exported']);
  },
};
