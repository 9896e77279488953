// SPDX-License-Identifier: Apache-2.0
// kenes hub rebuild: what follows from the records, once more.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../site.mjs';
import { first, sender } from '../hub.mjs';

const people = [['Серікова', 'Айгүл', 'Бірінші кеңес'], ['Омаров', 'Ерлан', 'Бірінші кеңес'], ['Ким', 'Анна', 'Екінші кеңес']];
const tables = (rs) => rs.out.trim().split('\n').map((line) => JSON.parse(line));

export const tests = {
  async 'a hub made anew from its records is the same, and the old one is kept'(t) {
    const folder = t.folder(), hub = await t.hub(folder);
    const boss = await first(t, hub);
    await sender(t, hub, boss, 'KZ-11/113220100', 'Зал', people);
    const busy = await cli(['hub', 'rebuild', '--data', folder]);
    assert.deepEqual([busy.code, /serving/.test(busy.err)], [1, true], busy.err);
    const before = (await boss.get('/api/hub/overview')).json.area;
    await hub.end();
    const check = await cli(['hub', 'rebuild', '--data', folder, '--check', '--json']);
    assert.equal(check.code, 0, check.err);
    assert.deepEqual(tables(check).filter((table) => !table.same), []);
    assert.equal(tables(check).find((table) => table.name === 'hub_person').now, 3);
    const done = await cli(['hub', 'rebuild', '--data', folder]);
    assert.equal(done.code, 0, done.err);
    assert.match(done.out, /hub_person: 3 rows, the same/);
    assert.ok(readdirSync(join(folder, 'backup')).some((name) => name.startsWith('before-rebuild-')));
    assert.deepEqual(readdirSync(join(folder, 'rebuild')), []);
    const again = await t.hub(folder);
    Object.assign(boss, { site: again });
    assert.deepEqual({ ...(await boss.get('/api/hub/overview')).json.area, heard_at: 0 }, { ...before, heard_at: 0 });
    assert.equal((await cli(['hub', 'rebuild'])).code, 2);
    assert.equal((await cli(['hub', 'rebuild', '--data', t.folder()])).code, 1);
  },
};
