// SPDX-License-Identifier: Apache-2.0
// Packages that nobody here wrote, played to completion on a phone, and what the trainer sees of it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { sco, state, saved } from './player.mjs';

const when = t => t.packages;
const golf = name => t => join(t.packages, `golf-${name}.zip`);

// The quiz of the golf courses, answered right: the package marks the answers itself (class correctAnswer).
async function answer(frame) {
  for (const choice of await frame.$$('.correctAnswer input[type=radio]')) await choice.check();
  for (const field of await frame.$$('.correctAnswer input[type=text]')) {
    const right = await field.evaluate(input => /\((.*?)\)/.exec(input.parentNode.textContent)[1]);
    await field.fill(right);
  }
  await frame.click('input[value="Submit Answers"]');
  await frame.waitForSelector('h3:has-text("Score: 100")');
}

// Next, next … inside the one SCO, up to its quiz.
async function pageThrough(t, page, pages) {
  const frame = await sco(page);
  for (let at = 1; at < pages; at++) {
    await frame.waitForSelector('#butNext:enabled');
    await frame.click('#butNext');
  }
  await frame.waitForSelector('#butNext:disabled');
  const quiz = await (await frame.waitForSelector('#contentFrame')).contentFrame();
  await quiz.waitForSelector('input[value="Submit Answers"]');
  await answer(quiz);
}

const single = (name, title, pages, expected) => async t => {
  const site = await t.server([golf(name)(t)]);
  const page = await t.phone();
  const alerts = [];
  page.on('dialog', dialog => { alerts.push(dialog.message()); void dialog.accept(); });
  await site.join(page);
  const { attempt } = await site.open(page, title);
  await pageThrough(t, page, pages);
  await t.shot(page, `golf-${name}-quiz`);
  await saved(page);
  assert.deepEqual(alerts, [], 'the course had nothing to complain about');
  await page.click('[data-nav=exitAll]');
  await page.waitForURL('**/courses?left=*');
  const { attempt: seen, activities } = await site.attempt(page.kenes.me.id, attempt);
  assert.equal(seen.completion, 'completed');
  assert.equal(seen.score, 1);
  assert.equal(seen.success, expected);
  assert.equal(activities.filter(each => each.kind === 'sco')[0].completion, 'completed');
};

export const tests = [
  { name: 'golf, SCORM 1.2, one SCO', when, run: single('12-single-sco', /Basic Calls/, 16, 'passed') },
  { name: 'golf, SCORM 2004 3rd edition, basic', when, run: single('2004-3rd-basic', /Basic Calls/, 15, 'passed') },
  { name: 'golf, SCORM 2004 3rd edition, advanced: the passing score is the manifest\'s', when, run: single('2004-3rd-advanced', /Advanced/, 15, 'passed') },
  {
    name: 'golf, SCORM 1.2, 18 SCOs in two levels, by Next to the end', when, run: async t => {
      const site = await t.server([golf('12-multi-sco')(t)]);
      const page = await t.phone();
      const alerts = [];
      page.on('dialog', dialog => { alerts.push(dialog.message()); void dialog.accept(); });
      await site.join(page);
      const { attempt } = await site.open(page, /Minimum/);
      await t.shot(page, 'golf-12-multi-first');
      assert.equal(await page.getAttribute('body', 'data-activity'), 'playing_playing_item');
      assert.ok(await page.isDisabled('[data-nav=previous]'));
      for (let at = 1; at < 18; at++) {
        const here = await page.getAttribute('body', 'data-activity');
        await (await sco(page)).waitForSelector('h1');
        await page.click('[data-nav=continue]');
        await page.waitForFunction(before => document.body.dataset.activity !== before, here);
      }
      await (await sco(page)).waitForSelector('h1');
      const { seq } = await state(page);
      assert.ok(seq >= 18);
      await page.click('#contents');
      await t.shot(page, 'golf-12-multi-contents');
      assert.equal(await page.locator('#toc [data-activity]').count(), 22);
      await page.keyboard.press('Escape');
      await page.click('[data-nav=suspendAll]');
      await page.waitForURL('**/courses?left=*');
      assert.deepEqual(alerts, []);
      const { attempt: seen } = await site.attempt(page.kenes.me.id, attempt);
      assert.equal(seen.completion, 'completed');
    },
  },
];
