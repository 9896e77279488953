// SPDX-License-Identifier: Apache-2.0
// The registry of certificates at the desk: one is found, verified, corrected, taken back, and the laptop learns it.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { findProgram } from './site.mjs';

const root = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../..');
process.env.KENES ??= findProgram(root);
const { Browser } = await import('../http/client.mjs');
const { dropFolder, makeFolder, startServer } = await import('../http/site.mjs');
const { command, digits, first, graduates, PASSWORD, startHub } = await import('../http/hub.mjs');

// A hub with one coordinator and one laptop, on which two people have certificates.
async function registry(run) {
  const folders = [], t = {
    folder() { folders.push(makeFolder()); return folders.at(-1); },
    site: folder => startServer(folder),
    browser: server => new Browser(server),
  };
  const hub = await startHub(t.folder());
  try {
    const boss = await first(t, hub);
    const made = await graduates(t, hub, boss, 'KZ-11/1132', 'Көкшетау залы', [['Әбдірова', 'Ұлжан', 'Абай кеңесі'], ['Серіков', 'Данияр', 'Абай кеңесі']]);
    await run({ hub, boss, ...made });
  } finally {
    await hub.end();
    folders.forEach(dropFolder);
  }
}

async function signIn(page, hub, key) {
  await page.goto(hub.main);
  await page.fill('#login', 'aigul');
  await page.fill('#password', PASSWORD);
  await page.fill('#digits', digits(key, 1));
  await page.click('button.big');
  await page.waitForSelector('.figures-row');
}

export const tests = [
  {
    name: 'a certificate is found, verified, corrected and taken back; the laptop learns both', run: async t => registry(async ({ hub, boss, folder, serials }) => {
      const page = await t.laptop({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
      const link = await command('certificate', 'token', '--data', folder, serials['Әбдірова'], '--link');
      await signIn(page, hub, boss.key);
      await page.click('nav a[href="/certificates"]');
      await page.fill('#find', 'абдирова');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelectorAll('.dense tbody tr').length === 1);
      await t.shot(page, 'registry-list');

      // Is it true?
      await page.click('a[href="/certificates/verify"]');
      await page.click('form button');
      await page.waitForSelector('.wrong'); // nothing was pasted
      await page.fill('#text', `${link.slice(0, -3)}000`);
      await page.click('form button');
      await page.waitForSelector('.answer .state.bad');
      await page.fill('#text', link);
      await page.click('form button');
      await page.waitForSelector('.answer .state.good');
      assert.match(await page.textContent('.answer'), /Әбдірова Ұлжан.*Есть в реестре центра/s);
      await t.shot(page, 'registry-verified');
      await page.click('.answer a.button');
      await page.waitForSelector(`h1:has-text("${serials['Әбдірова']}")`);
      await t.shot(page, 'registry-one');

      // The right name: asked once more, then it waits for the laptop.
      const correct = page.locator('form.sure').first();
      await correct.locator('button').click();
      await correct.locator('.wrong').waitFor(); // the same name
      await correct.locator('#surname').fill('Әбдірахманова');
      await correct.locator('button').click();
      assert.match(await correct.locator('.ask').textContent(), /Әбдірахманова Ұлжан.*при следующей связи/s);
      await t.shot(page, 'registry-sure');
      await correct.locator('.ask button').first().click();
      await page.waitForSelector('.notice.teal:has-text("ждёт ноутбук")');
      await command('sync', '--data', folder);
      await command('sync', '--data', folder);
      await page.reload();
      await page.waitForSelector('.state:has-text("Заменён")');
      await t.shot(page, 'registry-replaced');
      await page.click('.panel .row a.digits');
      await page.waitForSelector('dd:has-text("Әбдірахманова Ұлжан")');

      // Taking it back: not without a reason, asked once more.
      const revoke = page.locator('form.sure').nth(1);
      await revoke.locator('button').click();
      await revoke.locator('.wrong').waitFor();
      await revoke.locator('#reason').selectOption('other');
      await revoke.locator('button').click();
      await revoke.locator('.wrong').waitFor(); // another reason wants words
      await revoke.locator('#words').fill('выдан дважды');
      await revoke.locator('button').click();
      await revoke.locator('.ask button').first().click();
      await page.waitForSelector('.state.bad:has-text("Отозван")');
      assert.match(await page.textContent('.steps'), /Другая причина: выдан дважды/);
      await command('sync', '--data', folder);
      await page.reload();
      await page.waitForSelector('.notice.good:has-text("выходил на связь")');
      assert.equal(await page.locator('form.sure').count(), 0, 'what is over is not changed');
      await t.shot(page, 'registry-revoked');
    }),
  },
  {
    name: 'members from a table: looked into, refused lines told, then counted', run: async t => registry(async ({ hub, boss }) => {
      const page = await t.laptop({ viewport: { width: 1366, height: 768 }, locale: 'kk-KZ' });
      await signIn(page, hub, boss.key);
      await page.goto(`${hub.main}/members`);
      const file = { name: 'кеңестер.csv', mimeType: 'text/csv', buffer: Buffer.from('\ufeffОблыс;Аудан коды;Кеңес;Мүшелер\r\nАқмола облысы;1132;Абай кеңесі;8\r\nАлматы;;Медеу;7\r\n') };
      await page.setInputFiles('#file', file);
      await page.waitForSelector('.state.bad');
      await t.shot(page, 'members-looked');
      await page.click('.panel button.button:not(.plain)');
      await page.waitForSelector('.drop-zone');
      await page.click('.crumbs a');
      await page.waitForSelector('.figures-row .part');
      assert.match(await page.textContent('.figures-row'), /25\s*%/, 'two of eight');
    }),
  },
];
