// SPDX-License-Identifier: Apache-2.0
// A sequenced course, and the network cut in its middle: the learner goes on, and in the end the laptop has come to
// the same as without the cut, by its own engine.
import assert from 'node:assert/strict';
import { sequenced2004, shut2004, skipped2004 } from './fixtures.mjs';
import { becomes, light, lms, saved, sco } from './player.mjs';

const at = (page, id) => page.waitForSelector(`body[data-activity=${id}]`);

// One page: answered, then left by Continue.
async function answer(page, id, { passed = true, next } = {}) {
  await at(page, id);
  const frame = await sco(page);
  await lms(frame, 'Set', 'cmi.location', id);
  await lms(frame, 'Set', 'cmi.score.scaled', passed ? '0.9' : '0.2');
  await lms(frame, 'Set', 'cmi.success_status', passed ? 'passed' : 'failed');
  await lms(frame, 'Set', 'cmi.completion_status', 'completed');
  await lms(frame, 'Set', 'cmi.suspend_data', `answers of ${id}`);
  assert.equal(await lms(frame, 'Commit'), 'true');
  await page.click('[data-nav=continue]');
  if (next) await at(page, next);
}

// The whole way; `cut` and `mend` are called where the network goes and comes.
async function play(page, cut = async () => undefined, mend = async () => undefined) {
  for (let n = 1; n <= 4; n++) await answer(page, `p${n}`, { passed: n !== 2, next: `p${n + 1}` });
  await cut();
  for (let n = 5; n <= 9; n++) await answer(page, `p${n}`);
  // Known already: the eleventh to the thirteenth are skipped; in a chapter that only goes forward there is no way back.
  await at(page, 'p10');
  assert.ok(await page.isDisabled('[data-nav=previous]'));
  await answer(page, 'p10', { next: 'p14' });
  await page.evaluate(() => document.querySelector('#toc [data-activity=p20]').click());
  for (let n = 20; n <= 22; n++) await answer(page, `p${n}`, { passed: n !== 21 });
  await at(page, 'p23');
  await page.click('[data-nav=previous]');
  await at(page, 'p21');   // the one that was failed; the passed one is skipped
  await mend();
  for (const n of [21, 24]) await answer(page, `p${n}`);   // the 23rd said nothing, so it counts as satisfied (UP.4)
  await at(page, 'p25');
  const [session] = await Promise.all([becomes(page, 'suspended'), page.click('[data-nav=suspendAll]')]);
  assert.equal(session, 'suspended');
}

const shown = (site, attempt) => JSON.parse(site.command('attempt', 'show', '--data', site.data, attempt, '--json'));

export const tests = [
  {
    name: 'thirty activities, the network cut in the middle: the laptop comes to the same as without the cut', run: async t => {
      const site = await t.server([['sequenced', sequenced2004()]]), files = [];
      for (const offline of [false, true]) {
        const page = await t.phone();
        await site.join(page, { given: offline ? 'Бірінші' : 'Екінші' });
        const { attempt } = await site.open(page, /Тридцать/, '?lang=ru');
        await play(page, async () => {
          if (!offline) return;
          await saved(page);
          await page.context().setOffline(true);
        }, async () => {
          if (!offline) return;
          await light(page, 'kept');
          await t.shot(page, 'player-sequenced-offline');
          await page.context().setOffline(false);
        });
        await page.waitForURL('**/courses?left=*');
        files.push(shown(site, attempt));
      }
      const [whole, cut] = files;
      assert.deepEqual([whole.disputes, cut.disputes], [[], []], 'neither phone claims anything else');
      assert.deepEqual(cut.activities, whole.activities);
      assert.deepEqual([cut.completion, cut.success, cut.score, cut.progress], [whole.completion, whole.success, whole.score, whole.progress]);
      const happened = ({ commits }) => commits.slice().reverse().flatMap(({ trace }) => trace.map(({ what, value, outcome }) => `${what} ${value} ${outcome}`));
      const kept = file => happened(file).filter(line => !/location|suspend_data/.test(line));   // what a later one replaces may be left out
      // The last sixteen commits are kept of each: what both have is the same.
      const n = Math.min(kept(cut).length, kept(whole).length);
      assert.ok(n > 40, `${n} calls`);
      assert.deepEqual(kept(cut).slice(-n), kept(whole).slice(-n));
      const state = id => whole.activities.find(({ activity }) => activity === id);
      assert.deepEqual(['p2', 'p3', 'p12', 'p15', 'p21'].map(id => state(id).success), ['failed', 'passed', 'passed', 'unknown', 'passed']);
    },
  },
  {
    name: 'a page that is asked for in advance and then skipped or closed never runs', run: async t => {
      const site = await t.server([['skipped', skipped2004()], ['shut', shut2004()]]), page = await t.phone();
      await site.join(page);
      await site.open(page, /пропуском/);
      await at(page, 'item-b');
      await sco(page);
      assert.deepEqual(await page.evaluate(() => window.ran), ['b']);
      assert.equal(await page.locator('iframe#sco').count(), 1);
      assert.equal(await page.getAttribute('iframe#sco', 'title'), 'Part b');
      await page.goto(`${site.main}/courses`);
      const { address } = await site.launch(page, /Закрытый/);
      await page.goto(`${address}?kept=0`);
      await page.waitForSelector('body[data-session=no-content][data-page=no-content]');
      assert.equal(await page.locator('iframe#sco').count(), 0);
      assert.equal(await page.evaluate(() => window.ran), undefined);
    },
  },
];
