// SPDX-License-Identifier: Apache-2.0
// The desk of a hub as coordinators see it: an office screen of 1366 × 768 and a phone, in three languages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findProgram } from './site.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const root = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../..');
process.env.KENES ??= findProgram(root);
const { command, digits, PASSWORD, startHub } = await import('../http/hub.mjs');

async function axe(page, where) {
  const found = await page.evaluate(async source => {
    (0, eval)(source);
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.filter(each => /serious|critical/.test(each.impact)).map(each => `${each.id}: ${each.nodes.map(node => node.target).join(' ')}`);
  }, axeSource);
  assert.deepEqual(found, [], where);
}

// A hub with a country in it, made by tests/bench/hub_fill.
async function country(run) {
  const folder = mkdtempSync(join(tmpdir(), 'kenes-desk-')), data = join(folder, 'data');
  execFileSync(join(dirname(process.env.KENES), 'hub_fill'), [data, '6000', '240', '12000'], { stdio: 'pipe' });
  const code = await command('hub', 'setup', '--data', data, '--name', 'Айгүл Сәрсен', '--login', 'aigul', '--language', 'kk');
  const hub = await startHub(data);
  try {
    await run(hub, code);
  } finally {
    await hub.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

// Through the first sign-in; gives the key of the authenticator app.
export async function begin(page, hub, code, shot = async () => undefined) {
  await page.goto(`${hub.main}/start`);
  await page.fill('#login', 'aigul');
  await page.fill('#code', code);
  await shot('start');
  await page.click('form button.big');
  await page.waitForSelector('.app-step');
  const key = (await page.textContent('.app-step .key')).replace(/\s/g, '');
  await page.fill('#password', PASSWORD);
  await page.fill('#digits', digits(key));
  await shot('set-up');
  await page.click('form button.big');
  await page.waitForSelector('.recovery li');
  await shot('recovery');
  await page.click('.check input');
  await page.click('button.big');
  await page.waitForSelector('.figures-row');
  return key;
}

const settled = page => page.waitForFunction(() => !document.querySelector('.loading') && document.querySelector('h1'));
const languages = ['kk', 'ru', 'en'];
const places = { overview: '/', region: '/?scope=KZ-11', district: '/?scope=KZ-11/1101', attention: '/attention', sites: '/sites', silent: '/sites?silent=1', invite: '/sites/invite',
  site: '/sites/sit_00000000000000000000000000000002', people: '/people', person: '/people/per_00000000000000000000000000000002', duplicates: '/duplicates', certificates: '/certificates', certificate: async page => page.getAttribute('.dense tbody a', 'href'), verify: '/certificates/verify', data: '/people/per_00000000000000000000000000000002/data', members: '/members', retention: '/retention', files: '/files', team: '/team', audit: '/audit' };

export const tests = [
  {
    name: 'every page of the desk in three languages, on an office screen and on a phone', run: async t => country(async (hub, code) => {
      const page = await t.laptop({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
      await begin(page, hub, code, async name => { await axe(page, name); await t.shot(page, `hub-${name}`); });
      for (const language of languages) {
        await page.evaluate(chosen => localStorage.setItem('kenes.language', chosen), language);
        for (const [name, path] of Object.entries(places)) {
          await page.setViewportSize({ width: 1366, height: 768 });
          await page.goto(hub.main + (typeof path === 'function' ? await path(page) : path)); // one of the list before it
          await settled(page);
          assert.equal(await page.getAttribute('html', 'lang'), language);
          await t.shot(page, `hub-${name}-${language}-1366`);
          await axe(page, `${name} ${language}`);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} ${language} 1366`);
          if (name === 'overview') assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), `one screen in ${language}`);
          await page.setViewportSize({ width: 360, height: 740 });
          await t.shot(page, `hub-${name}-${language}-360`);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} ${language} 360`);
        }
      }
    }),
  },
  {
    name: 'from the country to a council; a matter settled; two merged; signed out and in again', run: async t => country(async (hub, code) => {
      const page = await t.laptop({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
      const key = await begin(page, hub, code);
      await page.click('.dense a:has-text("Акмолинская область")');
      await page.waitForSelector('h1:has-text("Акмолинская область")');
      await page.click('.areas-panel .dense tbody th a');
      await page.waitForSelector('.areas-panel h2:has-text("Советы")');
      await page.click('nav a[href="/attention"]');
      const before = await page.waitForSelector('.attention-item.dispute').then(() => page.locator('.attention-item').count());
      const item = page.locator('.attention-item.dispute').first();
      await item.locator('button:has-text("Решено")').click();
      await item.locator('form button').click();
      await item.locator('.wrong').waitFor(); // not without a reason
      await item.locator('input').fill('позвонила тренеру');
      await item.locator('form button').click();
      await page.waitForFunction(n => document.querySelectorAll('.attention-item').length === n, before - 1);
      await page.click('nav a[href="/people"]');
      await page.fill('#find', 'сеитов');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => [...document.querySelectorAll('.dense tbody th')].every(th => th.textContent.startsWith('Сейітов')));
      await page.click('nav a[href="/audit"]');
      await page.waitForSelector('td:has-text("Вопрос решён")');
      await page.click('button:has-text("Выйти")');
      await page.fill('#login', 'aigul');
      await page.fill('#password', PASSWORD);
      await page.fill('#digits', digits(key, 1));
      await page.click('button.big');
      await page.waitForSelector('.dense');
    }),
  },
];
