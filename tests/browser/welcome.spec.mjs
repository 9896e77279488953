// SPDX-License-Identifier: Apache-2.0
// Our own first course, which every site brings along: played on a phone in three languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { saved, sco, state } from './player.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RIGHT = [1, 0, 2];

async function axe(frame) {
  const found = await frame.evaluate(async source => {
    (0, eval)(source);
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.filter(each => /serious|critical/.test(each.impact)).map(each => `${each.id}: ${each.nodes.map(node => node.target).join(' ')}`);
  }, axeSource);
  assert.deepEqual(found, []);
}

export const tests = [
  {
    name: 'five screens and three questions, to the end; score and completion reach the trainer', run: async t => {
      const site = await t.server();
      const page = await t.phone();
      await site.join(page);
      const { attempt } = await site.open(page, /Как проходит обучение/, '?lang=ru');
      const frame = await sco(page);
      for (let screen = 1; screen <= 5; screen++) {
        await axe(frame);
        await t.shot(page, `welcome-${screen}`);
        assert.ok(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        await frame.click('#next');
      }
      for (const [question, right] of RIGHT.entries()) {
        assert.equal(await frame.isDisabled('#next'), true);
        await frame.click(`.answers button >> nth=${question === 1 ? 2 : right}`);
        await frame.waitForSelector(question === 1 ? '.said.not' : '.said.well');
        await axe(frame);
        await t.shot(page, `welcome-q${question + 1}`);
        await frame.click('#next');
      }
      await frame.waitForSelector('text=Верных ответов: 2 из 3');
      await axe(frame);
      await t.shot(page, 'welcome-end');
      await saved(page);
      await page.click('[data-nav=exitAll]');
      await page.waitForURL('**/courses?left=*');
      const { attempt: seen } = await site.attempt(page.kenes.me.id, attempt);
      assert.deepEqual([seen.state, Math.round(seen.score * 100)], ['completed', 67]);
    },
  },
  {
    name: 'language, place and answers are remembered, also on another phone', run: async t => {
      const site = await t.server();
      const page = await t.phone(), other = await t.laptop();
      await site.join(page);
      const { address } = await site.open(page, /Как проходит обучение/, '?lang=ru');
      const frame = await sco(page);
      assert.equal(await frame.getAttribute('html', 'lang'), 'ru', 'it begins in the language of the player');
      for (let screen = 1; screen <= 5; screen++) await frame.click('#next');
      await frame.click('.answers button >> nth=1');
      await frame.click('#languages [value=kk]');
      await t.shot(page, 'welcome-kk');
      await saved(page);
      await other.goto(address);
      await other.waitForSelector('body[data-session=active]');
      const there = await sco(other);
      assert.equal(await there.getAttribute('html', 'lang'), 'kk');
      await there.waitForSelector('.said.well');
      assert.equal(await there.evaluate(() => document.querySelectorAll('#dots .past').length), 5);
      await t.shot(other, 'welcome-laptop');
      assert.equal((await state(other)).standard, 'SCORM 1.2');
    },
  },
  {
    name: 'every screen fits 320 px in the largest letters, in each language', run: async t => {
      const site = await t.server();
      const page = await t.phone({ width: 320, height: 640 });
      await site.join(page);
      for (const language of ['kk', 'ru', 'en']) {
        await site.open(page, /Как проходит обучение/, `?lang=${language}&size=3`);
        const frame = await sco(page);
        await frame.click(`#languages [value=${language}]`);
        for (let screen = 1; screen <= 5; screen++) {
          assert.ok(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${language} ${screen}`);
          if (screen === 3) await t.shot(page, `welcome-320-${language}`);
          await frame.click('#next');
        }
        for (let screen = 1; screen <= 5; screen++) await frame.click('#back');
        await saved(page);
        await page.goto(site.main);
      }
    },
  },
];
