// SPDX-License-Identifier: Apache-2.0
// How many members councils have, and how long things are kept, at the desk of a hub.
import assert from 'node:assert/strict';
import { cli } from '../site.mjs';
import { colleague, command, first, graduates, must, sender } from '../hub.mjs';

const HEAD = '\ufeffОблыс;Аудан коды;Кеңес;Мүшелер\r\n';

export const tests = {
  async 'members of councils are looked into, then counted, and the overview reckons by them'(t) {
    const hub = await t.hub(), boss = await first(t, hub);
    await graduates(t, hub, boss, 'KZ-11/1132', 'Көкшетау залы', [['Әбдірова', 'Ұлжан', 'Абай'], ['Серіков', 'Данияр', 'Абай']]);
    const look = (who, text) => who.ask('PUT', '/api/hub/members', { body: Buffer.from(text) }), apply = (who, text) => who.ask('PUT', '/api/hub/members/apply', { body: Buffer.from(text) });
    const table = `${HEAD}Ақмола облысы;1132;АБАЙ;10\r\nKZ-11;1132;Бурабай;4\r\nг. Алматы;;Медеу;7\r\nАлматы;;Жетісу;7\r\n`;
    const seen = must(await look(boss, table), 200);
    assert.deepEqual([seen.lines, seen.changed, seen.fresh, seen.refused], [4, 3, 2, 1]);
    assert.deepEqual(seen.refusals.map((l) => [l.line, l.reason, l.text]), [[5, 'no-region', 'Алматы;;Жетісу;7']]);
    assert.deepEqual(seen.changes.map((l) => [l.scope, l.council, l.fresh]), [['KZ-11/1132', 'АБАЙ', false], ['KZ-11/1132', 'Бурабай', true], ['KZ-75', 'Медеу', true]]);
    const area = async () => must(await boss.get('/api/hub/overview'), 200).area;
    assert.deepEqual([(await area()).members, (await area()).listed], [0, 0], 'looking changes nothing');
    const akmola = await colleague(t, hub, boss, 'akmola', 'region', 'KZ-11'), auditor = await colleague(t, hub, boss, 'auditor', 'auditor', 'KZ');
    assert.equal(must(await apply(akmola, table), 200).refusals.filter((l) => l.reason === 'other-scope').length, 1);
    assert.equal((await apply(auditor, table)).json.reason, 'read-only');
    assert.equal((await look(auditor, table)).json.reason, 'read-only');
    must(await apply(boss, table), 200);
    assert.deepEqual(await area().then((a) => [a.members, a.listed, a.councils, a.trained]), [21, 3, 3, 2]);
    assert.deepEqual(must(await boss.get('/api/hub/councils?scope=KZ-11/1132'), 200).map((c) => [c.name, c.members, c.trained]), [['Абай', 10, 2], ['Бурабай', 4, 0]]);
    assert.deepEqual(await apply(boss, table).then((rs) => [rs.json.changed, rs.json.same]), [0, 3], 'again changes nothing');
    assert.equal((await look(boss, Buffer.from([0xce, 0xe1, 0xeb]))).json.reason, 'not-utf8');
    assert.equal((await look(boss, 'Абай;10\n')).json.reason, 'no-columns');
    assert.equal((await look(boss, HEAD)).json.reason, 'no-lines');
    // Our own table of councils, filled in by hand, is such a table.
    const own = (await boss.get('/api/hub/councils?as=csv&language=ru')).text.replace(/;10;/, ';12;');
    assert.deepEqual(await apply(boss, own).then((rs) => [rs.json.changed, rs.json.refused]), [1, 0]);
    assert.equal((await area()).members, 23);
    assert.ok(must(await boss.get('/api/hub/audit'), 200).some((a) => a.what === 'members.set' && /changed 1/.test(a.detail)));
    // Made anew from the records, the sums are the same.
    await hub.end();
    const { code, out } = await cli(['hub', 'rebuild', '--data', hub.folder, '--check']);
    assert.equal(code, 0, out);
  },

  async 'how long things are kept is a national decision, and audited'(t) {
    const hub = await t.hub(), boss = await first(t, hub);
    await sender(t, hub, boss, 'KZ-11/1132', 'Көкшетау залы', [['Сейітова', 'Амина', 'Абай']]);
    const region = await colleague(t, hub, boss, 'akmola', 'region', 'KZ-11');
    const rule = () => boss.get('/api/hub/retention').then((rs) => must(rs, 200)), set = (who, details_months, names_months) => who.post('/api/hub/retention', { details_months, names_months });
    assert.deepEqual(await rule(), { details_months: 0, names_months: 0, ran_details: 0, ran_names: 0, due_names: 0 }, 'for ever, until somebody decides');
    assert.equal((await region.get('/api/hub/retention')).json.reason, 'only-national');
    assert.equal((await set(region, 1, 1)).json.reason, 'only-national');
    assert.equal((await set(boss, 601, 0)).status, 400);
    assert.equal((await boss.get('/api/hub/retention?names=x')).json.reason, 'bad-months');
    must(await set(boss, 24, 12), 204);
    assert.equal(must(await boss.get('/api/hub/retention?names=1'), 200).due_names, 0, 'she came today');
    // The same on the machine; a run for nothing erases nothing.
    assert.deepEqual(JSON.parse(await command('hub', 'retention', '--data', hub.folder, '--names', '6', '--run', '--json')), { details: 0, names: 0 });
    const now = await rule();
    assert.deepEqual([now.details_months, now.names_months, now.ran_at > 0], [24, 6, true]);
    assert.match(await command('hub', 'retention', '--data', hub.folder), /details of attempts: 24 months/);
    assert.equal((await cli(['hub', 'retention', '--data', hub.folder, '--names', 'x'])).code, 2);
    assert.equal(must(await boss.get('/api/hub/people'), 200)[0].surname, 'Сейітова');
    assert.deepEqual(must(await boss.get('/api/hub/audit'), 200).filter((a) => a.what === 'retention.set').map((a) => a.detail), ['details 24, names 6', 'details 24, names 12']);
  },
};
