// SPDX-License-Identifier: Apache-2.0
// What the learner sees and touches: the hooks, the drawer, the three languages, small and large screens, axe.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { closed2004, multi12, multi2004, ordered2004, single12, single2004 } from './fixtures.mjs';
import { becomes, light, lms, saved, sco, state } from './player.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Serious findings of axe in the page itself (a course's own pages are its author's).
async function axe(page) {
  const found = await page.evaluate(async source => {
    (0, eval)(source);
    const { violations } = await window.axe.run({ exclude: [['#sco']] }, { resultTypes: ['violations'], iframes: false });
    return violations.filter(each => /serious|critical/.test(each.impact)).map(each => `${each.id}: ${each.nodes.map(node => node.target).join(' ')}`);
  }, axeSource);
  assert.deepEqual(found, []);
}

const words = {
  kk: { light: 'Ноутбукта сақталды', leave: 'Шығу', next: 'Келесі', contents: 'Мазмұны' },
  ru: { light: 'Сохранено на ноутбуке', leave: 'Выйти', next: 'Дальше', contents: 'Содержание' },
  en: { light: 'Saved on the laptop', leave: 'Leave', next: 'Next', contents: 'Contents' },
};

const activity = (page, id) => page.waitForSelector(`body[data-activity="${id}"]`);
const disabled = page => page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll('[data-nav]')].map(each => [each.dataset.nav, each.disabled || each.hidden])));

export const tests = [
  {
    name: 'an address begins with a Choice; hidden items are not in the contents; the hooks are there', run: async t => {
      const site = await t.server([['multi', multi12()]]);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /Несколько/, '?choose=item-c');
      await activity(page, 'item-c');
      assert.ok(!page.url().includes('choose'), 'a reload goes on where one is');
      assert.deepEqual(await disabled(page), { suspendAll: false, exitAll: false, abandonAll: true, previous: false, continue: true });
      assert.deepEqual(await page.$$eval('#toc [data-activity]', all => all.map(each => [each.dataset.activity, each.disabled])),
        [['item-page', false], ['part', false], ['item-a', false], ['item-c', false]]);
      assert.deepEqual(await state(page).then(({ session, activity: id, standard }) => [session, id, standard]), ['active', 'item-c', 'SCORM 1.2']);
      await page.click('#contents');
      await page.waitForFunction(() => document.getElementById('panel').getBoundingClientRect().left === 0);
      await t.shot(page, 'player-drawer');
      await page.click('#toc [data-activity=item-page]');
      await activity(page, 'item-page');
      assert.deepEqual(await disabled(page), { suspendAll: false, exitAll: false, abandonAll: true, previous: true, continue: false });
      await page.click('[data-nav=continue]');
      await activity(page, 'item-a');
      await saved(page);
      await page.reload();
      await activity(page, 'item-a');
    },
  },
  {
    name: 'the drawer: opened by its button, closed by Escape, the veil and its own button, the focus comes back', run: async t => {
      const site = await t.server([['multi', multi12()]]);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /Несколько/);
      const open = () => page.isVisible('#toc');
      assert.equal(await open(), false);
      await page.click('#contents');
      await page.waitForSelector('#toc', { state: 'visible' });
      assert.equal(await page.evaluate(() => document.activeElement.dataset.activity), 'item-page');
      assert.equal(await page.evaluate(() => document.body.scrollLeft + document.body.scrollTop + document.getElementById('middle').scrollLeft), 0);
      await page.keyboard.press('Escape');
      await page.waitForSelector('#toc', { state: 'hidden' });
      assert.equal(await page.evaluate(() => document.activeElement.id), 'contents');
      await page.click('#contents');
      await page.click('#close');
      await page.waitForSelector('#toc', { state: 'hidden' });
      await page.click('#contents');
      await page.click('#veil', { position: { x: 345, y: 100 } });
      await page.waitForSelector('#toc', { state: 'hidden' });
    },
  },
  {
    name: 'a course of one activity has neither contents nor foot until it is completed', run: async t => {
      const site = await t.server([['single', single12()]]);
      const page = await t.phone();
      await site.join(page);
      const { attempt } = await site.open(page, /Одна/);
      assert.equal(await page.isVisible('#panel'), false);
      assert.equal(await page.isVisible('#foot'), false);
      const frame = await sco(page);
      await lms(frame, 'Set', 'cmi.core.score.raw', '90');
      await lms(frame, 'Set', 'cmi.core.lesson_status', 'passed');
      await page.waitForSelector('[data-nav=exitAll]', { state: 'visible' });
      const [session] = await Promise.all([becomes(page, 'ended'), page.click('[data-nav=exitAll]')]);
      assert.equal(session, 'ended');
      await t.shot(page, 'player-ended');
      await page.waitForURL('**/courses?left=*');
      const seen = (await site.attempt(page.kenes.me.id, attempt)).attempt;
      assert.deepEqual([seen.state, seen.score, seen.suspended], ['passed', 0.9, false]);
    },
  },
  {
    name: 'a course of one activity that never says whether it is complete can be ended, one that says it is not cannot', run: async t => {
      const site = await t.server([['single', single2004()]]);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /Один/);
      await page.waitForSelector('[data-nav=exitAll]', { state: 'visible' });
      await lms(await sco(page), 'Set', 'cmi.completion_status', 'incomplete');
      await page.waitForSelector('[data-nav=exitAll]', { state: 'hidden' });
      await lms(await sco(page), 'Set', 'cmi.completion_status', 'unknown');
      await page.click('[data-nav=exitAll]');
      await page.waitForURL('**/courses?left=*');
    },
  },
  {
    name: 'parts that follow each other: the contents say so, and the last Next ends the course', run: async t => {
      const site = await t.server([['ordered', ordered2004()]]);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /порядку/);
      await page.click('#contents');
      await page.waitForSelector('#toc-note', { state: 'visible' });
      assert.equal(await page.locator('#toc .closed >> visible=true').count(), 0);
      assert.deepEqual(await page.$$eval('#toc [data-activity^=item]', all => all.map(each => each.disabled)), [true, true, true]);
      await page.keyboard.press('Escape');
      const next = () => page.textContent('[data-nav=continue]').then(text => text.trim());
      for (const id of ['item-b', 'item-c']) {
        assert.equal(await next(), 'Дальше');
        await page.click('[data-nav=continue]');
        await activity(page, id);
      }
      await page.waitForFunction(() => document.querySelector('[data-nav=continue]').textContent.trim() === 'Завершить курс');
      const [session] = await Promise.all([becomes(page, 'ended'), page.click('[data-nav=continue]')]);
      assert.equal(session, 'ended');
      assert.equal(await page.isVisible('#foot'), false);
      await page.waitForURL('**/courses?left=*');
    },
  },
  {
    name: 'a closed part is seen to be closed, and a page without content shows the way that is open', run: async t => {
      const site = await t.server([['closed', closed2004()]]);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /закрытой/);
      assert.equal(await page.isDisabled('#toc [data-activity=item-b]'), true);
      await page.click('#contents');
      await page.waitForSelector('#toc [data-activity=item-b] .closed', { state: 'visible' });
      assert.equal(await page.locator('#toc .closed >> visible=true').count(), 1);
      await t.shot(page, 'player-closed');
      await page.keyboard.press('Escape');
      const frame = await sco(page);
      await lms(frame, 'Set', 'adl.nav.request', 'abandon');
      await frame.evaluate(() => window.end());
      await page.waitForSelector('body[data-session=no-content][data-way=contents]');
      await page.click('#page-button');
      await page.click('#toc [data-activity=item-c]');
      await activity(page, 'item-c');
    },
  },
  {
    name: 'what an SCO asks for by adl.nav.request is done after it has terminated', run: async t => {
      const site = await t.server([['multi', multi2004()]]);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /2004/);
      const wish = async (request) => {
        const frame = await sco(page);
        await lms(frame, 'Set', 'adl.nav.request', request);
        await frame.evaluate(() => window.end());
      };
      await wish('continue');
      await activity(page, 'item-b');
      await wish('{target=item-c}choice');
      await activity(page, 'item-c');
      await wish('exit');
      await page.waitForSelector('body[data-session=no-content]');
      await t.shot(page, 'player-no-content');
      await page.click('#page-button');
      await page.click('#toc [data-activity=item-a]');
      await activity(page, 'item-a');
      await page.waitForSelector('body[data-session=active]');
      await wish('exitAll');
      await page.waitForSelector('body[data-session=ended]');
      await saved(page);
      await page.click('#page-button');
      await page.waitForURL('**/courses?left=*');
    },
  },
  {
    name: 'the learner\'s own request wins over what the SCO asks for while it unloads', run: async t => {
      const site = await t.server([['multi', multi2004()]]);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /2004/, '?choose=item-b');
      await lms(await sco(page), 'Set', 'adl.nav.request', 'exitAll');
      await page.click('[data-nav=previous]');
      await activity(page, 'item-a');
      assert.equal(await page.getAttribute('body', 'data-session'), 'active');
    },
  },
  {
    name: 'kk, ru and en: words, light and axe, on a phone and a laptop', run: async t => {
      const site = await t.server([['multi', multi12()]]);
      for (const make of ['phone', 'laptop']) {
        const page = await t[make]();
        await site.join(page, { given: make });
        for (const [language, { light: sign, leave, next, contents }] of Object.entries(words)) {
          await site.open(page, /Несколько/, `?lang=${language}`);
          assert.equal(await page.getAttribute('html', 'lang'), language);
          await page.waitForFunction(text => document.getElementById('light-words').textContent === text, sign);
          assert.equal((await page.textContent('[data-nav=suspendAll]')).trim(), leave);
          assert.equal((await page.textContent('[data-nav=continue]')).trim(), next);
          assert.equal((await page.textContent('#panel-title')).trim(), contents);
          await axe(page);
          await t.shot(page, `player-${make}-${language}`);
          await page.goto(site.main);
        }
      }
    },
  },
  {
    name: 'without ?lang the player speaks the learner\'s language; ?size makes it larger', run: async t => {
      const site = await t.server([['multi', multi12()]]);
      const page = await t.phone();
      await site.join(page, { language: 'kk' });
      await site.open(page, /Несколько/, '?size=3');
      assert.equal((await page.textContent('[data-nav=continue]')).trim(), 'Келесі');
      await t.shot(page, 'player-large');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.body.scrollHeight <= innerHeight));
    },
  },
  {
    name: 'turning the phone does not reload the course; every button is large enough', run: async t => {
      const site = await t.server([['multi', multi12()]]);
      const page = await t.phone({ width: 320, height: 568 });
      await site.join(page);
      await site.open(page, /Несколько/, '?choose=item-a');
      const frame = await sco(page);
      await frame.fill('input', 'мысль');
      await t.shot(page, 'player-320');
      await page.setViewportSize({ width: 640, height: 320 });
      assert.equal(await (await sco(page)).inputValue('input'), 'мысль');
      await t.shot(page, 'player-sideways');
      await page.setViewportSize({ width: 360, height: 740 });
      for (const button of await page.$$('button:visible')) {
        const { width, height } = await button.boundingBox();
        assert.ok(width >= 48 && height >= 48, `${await button.evaluate(each => each.outerHTML.slice(0, 60))}: ${width}×${height}`);
      }
    },
  },
  {
    name: 'a capability that is none: a page that says what to do', run: async t => {
      const site = await t.server();
      const page = await t.phone();
      await page.goto(`${site.content}/p/${'A'.repeat(44)}/?lang=ru`);
      await page.waitForSelector('text=Отсюда этот курс не открыть');
      await axe(page);
      await t.shot(page, 'player-unknown');
    },
  },
  {
    name: 'the light follows: saved, kept, and in words', run: async t => {
      const site = await t.server([['single', single12()]]);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /Одна/, '?lang=ru');
      await light(page, 'saved');
      await page.context().setOffline(true);
      const frame = await sco(page);
      assert.equal(await lms(frame, 'Set', 'cmi.core.lesson_location', '4'), 'true');
      assert.equal(await page.getAttribute('body', 'data-saved'), 'kept');
      assert.equal(await lms(frame, 'Commit'), 'true');
      await page.waitForSelector('body[data-light=kept]');
      await page.waitForFunction(() => /Нет связи/.test(document.getElementById('light-words').textContent));
      await axe(page);
      await t.shot(page, 'player-kept');
      await page.context().setOffline(false);
      await saved(page);
      await page.waitForSelector('body[data-light=saved]');
    },
  },
];
