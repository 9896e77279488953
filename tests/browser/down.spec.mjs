// SPDX-License-Identifier: Apache-2.0
// From the coordinator's desk to the trainer's: a course, an announcement, a list of people and the look of
// certificates are published, come down, are seen, marked and put away; in three languages, on both screens.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinByHand, look, trainer } from './app.mjs';
import { line } from './centre.spec.mjs';
import { single12 } from './fixtures.mjs';
import { begin } from './hub.spec.mjs';
import { findProgram } from './site.mjs';

process.env.KENES ??= findProgram(join(import.meta.dirname, '../..'));
const { command, startHub } = await import('../http/hub.mjs');

const COUNCIL = 'Абай ауданының қоғамдық кеңесі', FAR = '2099-12-31';
const list = `Тегі;Аты;Әкесінің аты;Кеңес\n${[['Сейітова', 'Амина', 'Қайратқызы'], ['Омаров', 'Серік', ''], ['Ким', 'Олег', '']].map(p => [...p, COUNCIL].join(';')).join('\n')}\n;Жоқ;;${COUNCIL}\n`;
const file = (name, type, text) => ({ name, mimeType: type, buffer: Buffer.from(text) });

async function both(t, run) {
  const folder = mkdtempSync(join(tmpdir(), 'kenes-down-')), data = join(folder, 'data');
  const code = await command('hub', 'setup', '--data', data, '--name', 'Айгүл Сәрсен', '--login', 'aigul', '--language', 'ru');
  const hub = await startHub(data), site = await t.server(), road = await line(hub.run.port);
  try {
    const invited = JSON.parse(await command('hub', 'invite', '--data', data, '--scope', 'KZ-11', '--json'));
    await command('enrol', '--data', site.data, '--hub', road.url, '--code', invited.code);
    await run(hub, site, code, road);
  } finally {
    road.end();
    await hub.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

// A contact that the trainer asks for, from beginning to end; one that runs by itself ends before.
async function contact(desk, site) {
  await desk.goto(`${site.main}/trainer/sync`);
  await desk.waitForSelector('.sync-count button.big:not(:disabled)');
  await desk.evaluate(async () => {
    const headers = { 'X-Kenes-Session': localStorage.getItem('kenes.word') };
    const state = async holds => {
      for (;;) {
        const now = await (await fetch('/api/sync', { headers })).json();
        if (holds(now)) return now;
      }
    };
    const { tried_at: before = 0 } = await state(s => !s.running);
    await fetch('/api/sync/now', { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' } });
    await state(s => !s.running && s.tried_at > before);
  });
}

// The page in the three languages, at both widths.
async function everywhere(t, page, name) {
  const size = page.viewportSize();
  for (const language of ['kk', 'ru', 'en']) {
    await page.evaluate(chosen => localStorage.setItem('kenes.language', chosen), language);
    for (const [width, height] of [[360, 740], [1280, 800]]) {
      await page.setViewportSize({ width, height });
      await page.reload();
      await page.waitForSelector('h1');
      await look(t, page, `${name}-${language}-${width}`);
      const raw = await page.evaluate(() => document.body.innerText.match(/\b(hub|template|centre|expected|sync|news)\.[a-z-]+/)?.[0] ?? '');
      assert.equal(raw, '', `a key instead of words on ${name}`);
    }
  }
  await page.setViewportSize(size);
  await page.evaluate(() => localStorage.setItem('kenes.language', 'ru'));
  await page.reload();
  await page.waitForSelector('h1');
}

export const tests = [
  {
    name: 'a course and an announcement published at the centre are on the shelf and on the trainer\'s page', run: async t => both(t, async (hub, site, code) => {
      const office = await t.laptop({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
      await begin(office, hub, code);
      await office.click('nav a[href="/down"]');
      await office.waitForSelector('.tabs');
      await office.fill('#until', FAR);
      await office.setInputFiles('#course', { name: 'course.zip', mimeType: 'application/zip', buffer: single12() });
      await office.waitForSelector('.notice.good');
      await office.waitForSelector('tbody tr');
      assert.match(await office.textContent('tbody tr'), /0 из 1/);
      await everywhere(t, office, 'down-courses');
      await office.goto(`${hub.main}/down/news`);
      await office.click('form .button:not(.plain)'); // nothing is written yet
      await office.waitForSelector('#kk-error');
      await office.fill('#kk', 'Дүйсенбіде облыстық кездесу');
      await office.fill('#ru', 'В понедельник областная встреча');
      await office.click('form .button:not(.plain)');
      await office.waitForSelector('tbody tr');
      await everywhere(t, office, 'down-news');

      const desk = await trainer(t, site);
      await contact(desk, site);
      await desk.goto(`${site.main}/trainer`);
      await desk.waitForSelector('.news');
      assert.match(await desk.textContent('.news'), /В понедельник областная встреча/);
      await everywhere(t, desk, 'trainer-news');
      await desk.click('.news button');
      await desk.waitForSelector('.news', { state: 'detached' });
      await desk.reload();
      await desk.waitForSelector('h1');
      assert.equal(await desk.$('.news'), null, 'what was read stays away');
      await desk.goto(`${site.main}/trainer/courses`);
      await desk.waitForSelector('.shelf .state.teal');
      await everywhere(t, desk, 'trainer-shelf');
      // Who has it; and taken back.
      await office.goto(`${hub.main}/down`);
      await office.waitForSelector('tbody tr');
      assert.match(await office.textContent('tbody tr'), /1 из 1/);
      await office.click('tbody .button:has-text("Отозвать")');
      await office.click('.ask .button:not(.plain)');
      await office.waitForSelector('tbody tr.over');
      await contact(desk, site);
      await desk.goto(`${site.main}/trainer/courses`);
      await desk.waitForSelector('.shelf .state.bad');
    }),
  },
  {
    name: 'a list of people is beside who has come; a name that is nearly one of it is put right', run: async t => both(t, async (hub, site, code) => {
      const office = await t.laptop({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
      await begin(office, hub, code);
      await office.goto(`${hub.main}/down/people`);
      await office.setInputFiles('#roster', file('Мүшелер.csv', 'text/csv', list));
      await office.waitForSelector('.found li');
      assert.match(await office.textContent('.found'), /строка 5/);
      await office.click('form .button:has-text("Опубликовать список")'); // without an end
      await office.waitForSelector('#until-error');
      await office.fill('#until', FAR);
      await t.shot(office, 'down-people-preview');
      await office.click('form .button:has-text("Опубликовать список")');
      await office.waitForSelector('tbody tr');
      await everywhere(t, office, 'down-people');
      const desk = await trainer(t, site);
      await contact(desk, site);
      const phone = await t.phone({ locale: 'ru-RU' });
      await joinByHand(phone, site, { council: COUNCIL, surname: 'Сейитова', given: 'Амина' });
      const other = await t.phone({ locale: 'ru-RU' });
      await joinByHand(other, site, { council: COUNCIL, surname: 'Кимм', given: 'Олег' });
      await other.waitForSelector('h1');
      assert.ok(!(await other.content()).includes('Омаров'), 'a phone is told no name of the list');
      await desk.goto(`${site.main}/trainer/event/${site.event.id}/expected`);
      await desk.waitForSelector('.claim');
      await everywhere(t, desk, 'expected');
      await desk.click('.claim .button:not(.plain)');
      await desk.waitForFunction(() => document.querySelectorAll('.expected .state.good').length === 2);
      await desk.click('.check input');
      await desk.waitForFunction(() => document.querySelectorAll('.expected li').length === 1);
    }),
  },
  {
    name: 'the look of certificates is the centre\'s; a file from the centre waits for the trainer', run: async t => both(t, async (hub, site, code, road) => {
      road.close(); // this hall has no internet
      const office = await t.laptop({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
      await begin(office, hub, code);
      await office.goto(`${hub.main}/down/look`);
      await office.fill('#title', 'КУӘЛІК');
      await office.check('.check input');
      await office.waitForSelector('.sample img');
      await office.click('form .button:not(.plain)');
      await office.waitForSelector('tbody tr');
      await everywhere(t, office, 'down-look');
      await office.goto(`${hub.main}/sites`);
      await office.click('.dense tbody a');
      const [download] = await Promise.all([office.waitForEvent('download'), office.click('a[download]:has-text("Скачать")')]);
      const path = await download.path();
      const desk = await trainer(t, site);
      await desk.goto(`${site.main}/trainer/sync`);
      await desk.setInputFiles('#receipt', path);
      await desk.waitForSelector('.plain-list li');
      await everywhere(t, desk, 'sync-staged');
      await desk.click('section:has(.plain-list) .button:not(.plain)');
      await desk.waitForSelector('.plain-list', { state: 'detached' });
      await desk.goto(`${site.main}/trainer/certificate-template`);
      await desk.waitForSelector('fieldset:disabled');
      assert.equal(await desk.inputValue('#title'), 'КУӘЛІК');
      await everywhere(t, desk, 'template-mandatory');
    }),
  },
];
