// SPDX-License-Identifier: Apache-2.0
// Courses made by `kenes pack`: each starter course played to its end on a phone in Kazakh and in Russian, every
// question of every bank answered right and wrong, and one course in an LMS that is not ours.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer, begin, byKey, dataOf, isScored, playLesson, playTest } from './course.mjs';
import { packOf, serve, show } from './lms.mjs';
import { saved, sco } from './player.mjs';
import { findProgram } from './site.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const courses = readdirSync(join(root, 'courses')).filter(id => existsSync(join(root, 'courses', id, 'course.json')));
const sample = join(root, 'tests/fixtures/course-sample');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function axe(frame) {
  const found = await frame.evaluate(async source => {
    (0, eval)(source);
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.filter(each => /serious|critical/.test(each.impact)).map(each => `${each.id}: ${each.nodes.map(node => `${node.target}`).slice(0, 3).join(' ')}`);
  }, axeSource);
  assert.deepEqual(found, []);
}

const fits = frame => frame.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

// A package in a folder of its own, served, and thrown away afterwards.
async function packed(folder, options, use) {
  const dir = mkdtempSync(join(tmpdir(), 'kenes-course-'));
  const lms = await serve(packOf(findProgram(root), folder, join(dir, 'course.zip'), ...options));
  try {
    return await use(lms);
  } finally {
    await lms.end();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function next(page) {
  const here = await page.getAttribute('body', 'data-activity');
  await page.click('[data-nav=continue]');
  await page.waitForFunction(before => document.body.dataset.activity !== before, here);
  const frame = await sco(page);
  await frame.waitForSelector('#bar button');
  return frame;
}

// Pre-test, lessons, test: by Continue, as a learner goes.
const playThrough = (folder, language, packages = []) => async t => {
  const settings = JSON.parse(readFileSync(join(folder, 'course.json'), 'utf8')), id = settings.id;
  const site = await t.server(packages);
  const page = await t.phone({ slow: 1 });
  await site.join(page, { language });
  const { attempt } = await site.open(page, new RegExp(settings.title[language].slice(0, 20)), `?lang=${language}`);
  let frame = await sco(page);
  await frame.waitForSelector('#bar button');
  assert.equal(await frame.getAttribute('html', 'lang'), language);
  if (settings.pretest) {
    await begin(frame);
    assert.equal((await playTest(frame, language, () => false)).length, settings.pretest.questions);
    await saved(page);
    frame = await next(page);
  }
  for (;;) {
    const { kind, name } = await dataOf(frame);
    if (kind === 'test') break;
    assert.ok(await fits(frame), `${name} is wider than the phone`);
    if (kind === 'lesson') await playLesson(frame, language);
    if (name === 'lesson-01' || kind === 'annexes') await axe(frame);
    await t.shot(page, `${id}-${language}-${name}`);
    if (kind === 'lesson') await saved(page);
    frame = await next(page);
  }
  await begin(frame);
  assert.equal((await playTest(frame, language, () => true)).length, settings.test.questions);
  await frame.waitForSelector('article:not([hidden]) .result.passed');
  await axe(frame);
  await t.shot(page, `${id}-${language}-result`);
  if (settings.pretest) assert.match(await frame.textContent('article:not([hidden]) .gain'), /\b0 %.*100 %/);
  await saved(page);
  // The last page of a course is left by the same button, which says so.
  await page.click('#foot [data-nav=exitAll]:visible, #foot [data-nav=continue]:visible');
  await page.waitForURL('**/courses?left=*');
  const { attempt: seen } = await site.attempt(page.kenes.me.id, attempt);
  assert.deepEqual([seen.completion, seen.success, seen.score], ['completed', 'passed', 1]);
};

// The test's page with the whole bank drawn: all right in one attempt, all wrong in another.
const wholeBank = (folder, language) => t => packed(folder, [], async lms => {
  const page = await t.phone({ slow: 1 });
  await page.goto(`${lms.address}/plain`);
  for (const right of [true, false]) {
    const shownAt = async () => { await page.evaluate(() => { document.getElementById('sco').src = 'about:blank'; }); return show(page, 'test', language); };
    const { questions } = await dataOf(await shownAt());
    await page.evaluate(n => {
      data = {};
      const all = Array.from({ length: n }, (_, i) => i);
      data['cmi.suspend_data'] = JSON.stringify({ seed: 7, drawn: all, answers: [], at: 0, tries: 1 });
    }, questions.length);
    const asked = await playTest(await shownAt(), language, () => right, byKey);
    assert.deepEqual(asked, questions.map(each => each.id), 'in the order that was kept');
    const results = await page.evaluate(() => Object.keys(data).filter(key => /^cmi\.interactions\.\d+\.result$/.test(key)).map(key => [data[key.replace('result', 'id')], data[key]]));
    assert.equal(results.length, questions.length);
    // A part of several right answers is some of the points, never all.
    for (const [id, result] of results) assert.ok(right ? result === 'correct' : result !== 'correct', `${id}: ${result}`);
    assert.equal(await page.evaluate(() => data['cmi.success_status']), right ? 'passed' : 'failed');
  }
});

const elsewhere = version => t => packed(sample, ['--scorm', version], async lms => {
  const old = version === '1.2', page = await t.phone({ slow: 1 });
  const get = (name12, name) => page.evaluate(([old, a, b]) => (old ? window.API.LMSGetValue(a) : window.API_1484_11.GetValue(b)), [old, name12, name]);
  await page.goto(`${lms.address}/again`);
  const frame = await show(page, 'test', 'ru');
  await begin(frame);
  const asked = await playTest(frame, 'ru', () => true);
  await frame.waitForSelector('article:not([hidden]) .result.passed');
  assert.equal(await get('cmi.core.lesson_status', 'cmi.completion_status'), old ? 'passed' : 'completed');
  assert.equal(await get('cmi.core.score.raw', 'cmi.score.raw'), '100');
  if (!old) assert.equal(await get('', 'cmi.success_status'), 'passed');
  assert.equal(await get('cmi.interactions._count', 'cmi.interactions._count').then(Number), asked.length);
  assert.equal(await get('cmi.objectives.0.id', 'cmi.objectives.0.id'), 'gain-after');
  // The page said it all in ways that the LMS took: no call failed.
  assert.equal(await page.evaluate(old => String(old ? window.API.LMSGetLastError() : window.API_1484_11.GetLastError()), old), '0');
});

export const tests = [
  ...courses.flatMap(id => ['kk', 'ru'].map(language => ({ name: `${id} in ${language}: to the end by Continue; passed, and the trainer sees it`, run: playThrough(join(root, 'courses', id), language) }))),
  ...[sample, ...courses.map(id => join(root, 'courses', id))].flatMap(folder => ['kk', 'ru'].map(language => ({
    name: `${folder.split('/').pop()} in ${language}: every question of the bank, right and wrong`, run: wholeBank(folder, language),
  }))),
  ...['1.2', '2004'].map(version => ({
    name: `the sample as SCORM ${version}, imported: to the end by Continue`, run: async t => {
      const dir = mkdtempSync(join(tmpdir(), 'kenes-course-'));
      try {
        await playThrough(sample, 'ru', [packOf(findProgram(root), sample, join(dir, 'course-sample.zip'), '--scorm', version)])(t);
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    },
  })),
  { name: 'the sample in scorm-again, SCORM 1.2: completion and score arrive', run: elsewhere('1.2') },
  { name: 'the sample in scorm-again, SCORM 2004: completion and score arrive', run: elsewhere('2004') },
  {
    name: 'a test goes on with the same questions, attempts are limited, a failed one may be repeated', run: t => packed(sample, [], async lms => {
      const page = await t.phone({ slow: 1 });
      await page.goto(`${lms.address}/plain`);
      let frame = await show(page, 'test', 'ru');
      await begin(frame);
      const drawn = await page.evaluate(() => JSON.parse(data['cmi.suspend_data']).drawn), { questions } = await dataOf(frame);
      await answer(frame, questions[drawn[0]], 'ru', false);
      await page.evaluate(() => { document.getElementById('sco').src = 'about:blank'; });
      frame = await show(page, 'test', 'kk');
      await frame.waitForSelector('article:not([hidden]) .said.wrong, article:not([hidden]) .said.partly');
      assert.deepEqual(await page.evaluate(() => JSON.parse(data['cmi.suspend_data']).drawn), drawn);
      await frame.click('article:not([hidden]) .next');
      await playTest(frame, 'kk', () => false);
      await frame.waitForSelector('article:not([hidden]) .result.failed');
      await t.shot(page, 'course-failed');
      assert.equal(await page.evaluate(() => data['cmi.completion_status']), 'incomplete');
      await begin(frame); // the second of two
      await playTest(frame, 'kk', () => false);
      assert.equal(await frame.locator('article:not([hidden]) .test > .main').count(), 0);
      assert.deepEqual(await page.evaluate(() => [data['cmi.completion_status'], data['cmi.success_status']]), ['completed', 'failed']);
    }),
  },
  {
    name: 'a lesson keeps answers and place; language and letters change on the page; a template opens over it', run: t => packed(sample, [], async lms => {
      const page = await t.phone({ slow: 1, width: 320, height: 640 });
      await page.goto(`${lms.address}/plain`);
      let frame = await show(page, 'lesson-02', 'ru');
      const { questions } = await dataOf(frame);
      await answer(frame, questions[0], 'ru', true);
      await page.evaluate(() => { document.getElementById('sco').src = 'about:blank'; });
      frame = await show(page, 'lesson-02', 'ru');
      await frame.waitForSelector('article:not([hidden]) .said.right');
      await frame.click('.languages [lang=kk]');
      assert.equal(await frame.getAttribute('html', 'lang'), 'kk');
      await frame.waitForSelector('article[lang=kk] .said.right');
      for (const size of ['2', '3']) {
        await frame.click('.tool.size');
        assert.equal(await frame.getAttribute('html', 'data-size'), size);
        assert.ok(await fits(frame));
      }
      await axe(frame);
      await t.shot(page, 'course-320-large');
      await frame.click('article[lang=kk] p a.annex');
      const over = await (await frame.waitForSelector('.over iframe')).contentFrame();
      await over.waitForSelector('article[lang=kk]:not([hidden]) h1');
      await t.shot(page, 'course-annex');
      await page.keyboard.press('Escape');
      await frame.waitForSelector('.over', { state: 'detached' });
      assert.equal(await frame.evaluate(() => document.activeElement.className), 'annex');
    }),
  },
  {
    name: 'a page by itself, without any LMS, says so and works', run: t => packed(sample, [], async lms => {
      const page = await t.laptop({ colorScheme: 'dark' });
      await page.goto(`${lms.address}/course/lesson-01.html#en`);
      await page.waitForSelector('article:not([hidden]) .no-lms');
      await playLesson(page, 'en', false);
      for (const question of (await dataOf(page)).questions) assert.ok(isScored(question) && await page.isVisible(`article[lang=en] [data-id=${question.id}] .said`));
      await axe(page);
      await t.shot(page, 'course-dark');
    }),
  },
];
