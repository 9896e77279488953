// SPDX-License-Identifier: Apache-2.0
// Nothing is lost, and the light never says more than is true: the server killed, the network gone, captive
// portals, pages closed in the middle, two phones, a browser without storage.
import assert from 'node:assert/strict';
import { multi2004, single12 } from './fixtures.mjs';
import { light, lms, saved, sco, state } from './player.mjs';

const single = [['single', single12()]];
const at = frame => lms(frame, 'Get', 'cmi.core.lesson_location');

// Every value that body[data-saved] takes from now on.
const watchLight = page => page.evaluate(() => {
  const seen = window.lights = [document.body.dataset.saved];
  new MutationObserver(() => seen.push(document.body.dataset.saved)).observe(document.body, { attributeFilter: ['data-saved'] });
});

// Whether the light said "saved" at a moment when the laptop did not have everything.
const watchHonesty = page => page.evaluate(() => {
  window.lies = [];
  const look = () => {
    const { saved, seq, acknowledged, kept } = window.__player.state();
    if (saved === 'saved' && (kept || seq !== acknowledged)) window.lies.push(`${seq} ${acknowledged} ${kept}`);
  };
  new MutationObserver(look).observe(document.body, { attributes: true });
});

export const tests = [
  {
    name: 'kill -9 of the server in mid-course, then a reload: the same place, nothing lost', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      const { attempt } = await site.open(page, /Одна/);
      let frame = await sco(page);
      await lms(frame, 'Set', 'cmi.core.lesson_location', '3');
      assert.equal(await lms(frame, 'Commit'), 'true');
      await saved(page);
      await site.kill();
      await lms(frame, 'Set', 'cmi.core.lesson_location', '4');
      await lms(frame, 'Set', 'cmi.suspend_data', 'ответ 4');
      assert.equal(await lms(frame, 'Commit'), 'true', 'the phone has it');
      await light(page, 'kept');
      await site.start();
      await page.reload();
      await page.waitForSelector('body[data-session=active]');
      frame = await sco(page);
      assert.equal(await at(frame), '4');
      assert.equal(await lms(frame, 'Get', 'cmi.suspend_data'), 'ответ 4');
      assert.equal(await lms(frame, 'Get', 'cmi.core.entry'), 'resume');
      await saved(page);
      const { attempt: seen } = await site.attempt(page.kenes.me.id, attempt);
      assert.equal(seen.seq, (await state(page)).acknowledged);
    },
  },
  {
    name: 'a course begins before the laptop is told; what is done while it cannot be told is kept and opens the course later', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      const asked = [];
      page.on('request', request => asked.push(`${request.method()} ${new URL(request.url()).pathname.replace(/.*\//, '')}`));
      await page.route('**/commits', route => route.abort());
      const { attempt } = await site.open(page, /Одна/);
      const frame = await sco(page);
      await lms(frame, 'Set', 'cmi.core.lesson_location', '3');
      assert.equal(await lms(frame, 'Commit'), 'true', 'the phone has it');
      await light(page, 'kept');
      assert.ok(!asked.includes('POST open'), 'nothing but the commit tells of the launch');
      assert.equal((await site.attempt(page.kenes.me.id, attempt)).attempt.seq, 0);
      await page.waitForFunction(() => !Object.keys(localStorage).some(key => key.startsWith('kenes.commit/')));
      await page.goto(`${site.main}/healthz`);
      await page.unroute('**/commits');
      await site.open(page, /Одна/);
      assert.equal(await at(await sco(page)), '3');
      await saved(page);
      const seen = await site.attempt(page.kenes.me.id, attempt);
      assert.deepEqual([seen.commits.filter(each => !each.applied), seen.attempt.disputed], [[], 0]);
    },
  },
  {
    name: 'what a closing page sends may overtake the commit that opens the launch: it counts once that has come', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      await page.route('**/commits', route => route.request().postDataJSON().opens ? route.abort() : route.continue());
      const { attempt } = await site.open(page, /Одна/);
      const frame = await sco(page);
      await lms(frame, 'Set', 'cmi.core.lesson_location', '3');
      assert.equal(await lms(frame, 'Commit'), 'true', 'the phone has it');
      await light(page, 'kept');
      await page.waitForFunction(() => !Object.keys(localStorage).some(key => key.startsWith('kenes.commit/')));
      await page.goto(`${site.main}/healthz`);
      const commits = async () => (await site.attempt(page.kenes.me.id, attempt)).commits.map(({ seq, applied }) => [seq, applied]);
      for (const end = Date.now() + 20000; Date.now() < end && !(await commits()).length;);
      assert.deepEqual(await commits(), [[2, false]], 'what came alone is put aside');
      await page.unroute('**/commits');
      await site.open(page, /Одна/);
      assert.equal(await at(await sco(page)), '3');
      await saved(page);
      assert.deepEqual(await commits(), [[3, true], [2, true], [1, true]]);
    },
  },
  {
    name: 'the server away, many answers, back again: all of them, in order, and an honest light throughout', run: async t => {
      const site = await t.server([['multi', multi2004()]]);
      const page = await t.phone();
      await site.join(page);
      const { attempt } = await site.open(page, /2004/);
      await saved(page);
      await watchHonesty(page);
      await watchLight(page);
      await site.kill();
      const frame = await sco(page);
      for (let question = 0; question < 4; question++) {
        await lms(frame, 'Set', `cmi.interactions.${question}.id`, `q${question}`);
        await lms(frame, 'Set', `cmi.interactions.${question}.result`, 'correct');
        await lms(frame, 'Set', 'cmi.location', `${question}`);
        assert.equal(await lms(frame, 'Commit'), 'true');
        assert.equal(await page.getAttribute('body', 'data-saved'), 'kept');
      }
      await lms(frame, 'Set', 'cmi.score.scaled', '0.75');
      await lms(frame, 'Set', 'cmi.completion_status', 'completed');
      assert.equal(await lms(frame, 'Commit'), 'true');
      // The last part was never fetched: it comes when the link is back.
      await page.click('[data-nav=continue]');
      await page.waitForSelector('body[data-activity=item-b]');
      await page.evaluate(() => document.querySelector('#toc [data-activity=item-c]').click());
      await page.waitForSelector('body[data-activity=item-c]');
      await page.waitForSelector('body[data-page=absent]');
      await t.shot(page, 'player-absent');
      const { kept } = await state(page);
      assert.ok(kept > 0);
      await site.start();
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await page.waitForSelector('body:not([data-page])');
      await (await sco(page)).waitForSelector('h1');
      await saved(page);
      assert.deepEqual(await page.evaluate(() => window.lies), []);
      const lights = await page.evaluate(() => window.lights);
      assert.ok(!lights.includes('unsaved'), lights.join());
      assert.equal(lights[lights.length - 1], 'saved');
      const seen = await site.attempt(page.kenes.me.id, attempt);
      assert.equal(seen.activities.find(each => each.id === 'item-a').completion, 'completed');
      assert.equal(seen.activities.find(each => each.id === 'item-a').score, 0.75);
      assert.equal(seen.attempt.seq, (await state(page)).acknowledged);
    },
  },
  {
    name: 'answers in the course origin\'s own storage go first, also where the app\'s page saw none that wait', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      await page.context().route('**/keeper.html', route => route.abort());   // so that they stay there
      const { address } = await site.open(page, /Одна/, '?lang=ru&kept=0');
      assert.ok(page.url().endsWith('?lang=ru'), 'a reload looks for itself');
      await saved(page);
      await page.context().route('**/commits', route => route.abort());
      await lms(await sco(page), 'Set', 'cmi.core.lesson_location', '7');
      assert.equal(await lms(await sco(page), 'Commit'), 'true');
      await page.goto('about:blank');
      await page.context().unroute('**/commits');
      await page.goto(`${address}?kept=0`);
      await page.waitForSelector('body[data-session=active]');
      assert.equal(await at(await sco(page)), '7');
      await saved(page);
    },
  },
  {
    name: 'offline in mid-quiz; the tab is closed and the course opened from the list again', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      const { address } = await site.open(page, /Одна/);
      await saved(page);
      await page.context().setOffline(true);
      const frame = await sco(page);
      await lms(frame, 'Set', 'cmi.suspend_data', 'q1=b;q2=c');
      await lms(frame, 'Set', 'cmi.core.score.raw', '50');
      await light(page, 'kept');
      const { word, me } = page.kenes;
      await page.close();
      const context = t.contexts[0];
      await context.setOffline(false);
      const again = await context.newPage();
      again.kenes = { word, me };
      await again.goto(address);
      await again.waitForSelector('body[data-session=active]');
      assert.equal(await lms(await sco(again), 'Get', 'cmi.suspend_data'), 'q1=b;q2=c');
      assert.equal(await lms(await sco(again), 'Get', 'cmi.core.score.raw'), '50');
      await saved(again);
    },
  },
  {
    name: 'Back from another page shows the course as it is now, not as it was when its page came', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /Одна/);
      await saved(page);
      assert.equal(await lms(await sco(page), 'Set', 'cmi.core.lesson_location', '5'), 'true');
      await saved(page);
      await page.goto(`${site.main}/healthz`);
      const asked = [];
      page.on('request', request => asked.push(new URL(request.url()).pathname.split('/').pop()));
      await page.goBack({ waitUntil: 'commit' });
      await page.waitForSelector('body[data-session=active]');
      await saved(page);
      assert.equal(await lms(await sco(page), 'Get', 'cmi.core.lesson_location'), '5');
      assert.ok(asked.includes('open'), 'and asks the keeper');
    },
  },
  {
    name: 'what one course left is sent from the app\'s own page', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      const { attempt } = await site.open(page, /Одна/);
      await saved(page);
      await site.kill();
      const frame = await sco(page);
      await lms(frame, 'Set', 'cmi.core.lesson_location', '9');
      assert.equal(await lms(frame, 'Commit'), 'true');
      await page.waitForFunction(() => ![...Array(localStorage.length).keys()].some(i => localStorage.key(i).startsWith('kenes.commit/')));
      await site.start();
      await page.goto(site.main);
      await page.waitForFunction(() => ![...Array(localStorage.length).keys()].some(i => localStorage.key(i).startsWith('kenes.kept/')));
      const seen = await site.attempt(page.kenes.me.id, attempt);
      assert.equal(seen.activities.find(each => each.kind === 'sco').location, '9');
    },
  },
  {
    name: 'a captive portal answers 200 with a page: nothing counts as saved', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /Одна/);
      await saved(page);
      await page.route('**/commits', route => route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome to the hotel</h1>' }));
      const frame = await sco(page);
      await lms(frame, 'Set', 'cmi.core.lesson_location', '2');
      assert.equal(await lms(frame, 'Commit'), 'true');
      await page.waitForResponse('**/commits');
      assert.equal(await page.getAttribute('body', 'data-saved'), 'kept');
      await page.unroute('**/commits');
      await saved(page);
    },
  },
  {
    name: 'leaving while the laptop is away: the player waits, says so, and goes when everything is there', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      const { attempt } = await site.open(page, /Одна/, '?lang=ru');
      await saved(page);
      await site.kill();
      await lms(await sco(page), 'Set', 'cmi.core.lesson_location', '6');
      await page.click('[data-nav=suspendAll]');
      await page.waitForSelector('body[data-session=suspended]');
      await page.waitForSelector('text=Не закрывайте эту страницу');
      await t.shot(page, 'player-waiting-to-leave');
      assert.equal(await page.isDisabled('#page-button'), true);
      await site.start();
      await page.waitForURL('**/courses?left=*');
      const { attempt: seen } = await site.attempt(page.kenes.me.id, attempt);
      assert.deepEqual([seen.suspended, seen.activity], [true, 'item-one']);
    },
  },
  {
    name: 'calls without Commit are kept half a second later; a page that is closed sends its last state', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      const { attempt } = await site.open(page, /Одна/);
      await saved(page);
      const before = (await state(page)).seq;
      await lms(await sco(page), 'Set', 'cmi.core.lesson_location', '1');
      await page.waitForFunction(seq => window.__player.state().acknowledged > seq, before);
      await lms(await sco(page), 'Set', 'cmi.core.lesson_location', '2');
      await page.goto(site.main);
      for (let location; location !== '2';) {
        const seen = await site.attempt(page.kenes.me.id, attempt);
        location = seen.activities.find(each => each.kind === 'sco').location;
      }
    },
  },
  {
    name: 'two phones: the older one is stopped and told; "go on here" takes it over', run: async t => {
      const site = await t.server(single);
      const first = await t.phone(), second = await t.phone();
      await site.join(first);
      const { address, attempt } = await site.open(first, /Одна/, '?lang=ru');
      await lms(await sco(first), 'Set', 'cmi.core.lesson_location', '1');
      await saved(first);
      await second.goto(`${address}?lang=ru`);
      await second.waitForSelector('body[data-session=active]');
      assert.equal(await at(await sco(second)), '1');
      await lms(await sco(second), 'Set', 'cmi.core.lesson_location', '2');
      await saved(second);
      await lms(await sco(first), 'Set', 'cmi.core.lesson_location', '1b');
      await lms(await sco(first), 'Commit');
      await first.waitForSelector('text=Этот курс открыт в другом месте');
      assert.equal(await first.getAttribute('body', 'data-saved'), 'unsaved');
      assert.equal(await first.evaluate(() => window.API.LMSCommit('')), 'false');
      await t.shot(first, 'player-elsewhere');
      await first.click('text=Продолжить здесь');
      await first.waitForSelector('body[data-session=active]');
      await first.waitForFunction(() => window.__player.state().session === 'active');
      assert.equal(await at(await sco(first)), '2', 'nothing of the two was mixed');
      await lms(await sco(first), 'Set', 'cmi.core.lesson_location', '3');
      await saved(first);
      const seen = await site.attempt(first.kenes.me.id, attempt);
      assert.ok(seen.commits.some(each => !each.applied && each.location === '1b'), 'put aside, not lost');
    },
  },
  {
    name: 'a browser without storage: Commit is true only for what the laptop has, and the light says so', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      const { address } = await site.launch(page, /Одна/);
      await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('no', 'SecurityError'); } }));
      await page.goto(address);
      await page.waitForSelector('body[data-session=active]');
      await saved(page);
      const frame = await sco(page);
      assert.equal(await lms(frame, 'Commit'), 'true', 'nothing is new and everything is there');
      await lms(frame, 'Set', 'cmi.core.lesson_location', '5');
      assert.equal(await lms(frame, 'Commit'), 'false');
      assert.equal(await lms(frame, 'Error'), '101');
      await saved(page);
      assert.equal(await lms(frame, 'Commit'), 'true');
      await page.context().setOffline(true);
      await lms(frame, 'Set', 'cmi.core.lesson_location', '6');
      await light(page, 'unsaved');
      await page.waitForSelector('body[data-light=unsaved]');
      await t.shot(page, 'player-unsaved');
      await page.context().setOffline(false);
      await saved(page);
    },
  },
  {
    name: 'the phone is full: not saved while the laptop is away, saved as soon as it is back', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /Одна/);
      await saved(page);
      await page.evaluate(() => {
        for (let size = 1 << 20; size > 10; size >>= 1)
          for (let n = 0; ; n++) try { localStorage.setItem(`fill${size}-${n}`, 'x'.repeat(size)); } catch { break; }
      });
      // Nor does the keeper's origin have room.
      await page.context().setOffline(true);
      await page.evaluate(() => { for (const frame of document.querySelectorAll('iframe[aria-hidden]')) frame.src = 'about:blank'; });
      const frame = await sco(page);
      await lms(frame, 'Set', 'cmi.suspend_data', 'y'.repeat(5000));
      assert.equal(await lms(frame, 'Commit'), 'false');
      await light(page, 'unsaved');
      await page.context().setOffline(false);
      await saved(page);
    },
  },
  {
    name: '256 KiB of suspend_data come back whole', run: async t => {
      const site = await t.server(single);
      const page = await t.phone();
      await site.join(page);
      await site.open(page, /Одна/);
      const data = 'abcdefgh'.repeat(32768);
      assert.equal(await lms(await sco(page), 'Set', 'cmi.suspend_data', data), 'true');
      assert.equal(await lms(await sco(page), 'Commit'), 'true');
      await saved(page);
      await page.reload();
      await page.waitForSelector('body[data-session=active]');
      assert.equal(await lms(await sco(page), 'Get', 'cmi.suspend_data'), data);
    },
  },
];
