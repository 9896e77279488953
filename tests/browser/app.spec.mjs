// SPDX-License-Identifier: Apache-2.0
// The app's pages with the real server: the trainer's way from the first start to the results, a learner's from
// the code to the courses, and every page in three languages on a phone and a laptop.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { bare, drop, fits, joinByHand, look, PASSWORD, trainer } from './app.mjs';
import { course12, single12 } from './fixtures.mjs';
import { sco } from './player.mjs';

const languages = ['kk', 'ru', 'en'];

// A page in each language, by the switch, as a person does it. What axe looks at is the same in each.
async function everyLanguage(t, page, name) {
  for (const language of languages) {
    await page.click(`.choice button[lang=${language}]`);
    await page.waitForSelector(`html[lang=${language}]`);
    await (language === 'ru' ? look : fits)(t, page, `${name}-${language}`);
  }
}

async function firstStart(t) {
  const site = await bare(t);
  const early = await t.phone({ locale: 'kk' });
  const page = await t.laptop({ locale: 'ru' });
  await page.goto(`${site.main}/`);
  await page.waitForSelector('#site');
  assert.equal(await page.getAttribute('html', 'lang'), 'ru', 'the browser\'s language');
  await everyLanguage(t, page, 'start-laptop');

  await page.click('form button.big');
  await page.waitForSelector('#site-error');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'site', 'the first wrong field has the focus');
  await page.click('.choice button[lang=ru]');
  await page.fill('#site', 'Қарағанды облысының оқу орталығы');
  await page.fill('#name', 'Сәрсенова Дана');
  await page.fill('#password', PASSWORD);
  await page.fill('#repeat', 'other');
  await page.click('form button.big');
  await page.waitForSelector('#repeat-error');
  await look(t, page, 'start-wrong-laptop-ru');
  await page.fill('#repeat', PASSWORD);
  await page.click('form button.big');
  await page.waitForSelector('.first-steps');
  await everyLanguage(t, page, 'first-steps-laptop');
  await page.click('.choice button[lang=ru]');

  await drop(page, [['kurs.zip', single12()], ['not-a-course.zip', Buffer.from('just some text')]]);
  await page.waitForURL('**/trainer/courses');
  await page.waitForSelector('.import.done');
  await page.waitForSelector('.import.refused .findings .refused');
  assert.match(await page.textContent('.import.done'), /60 телефонов/);
  await everyLanguage(t, page, 'import-laptop');
  await page.waitForSelector('.shelf li:has-text("Одна часть")');
  await page.click('.choice button[lang=ru]');

  await page.click('header nav a >> nth=0');
  await page.click('a[href="/trainer/event/new"]');
  await page.waitForSelector('#courses');
  await page.click('form button.big');
  await page.waitForSelector('#title-error');
  await page.fill('#title', 'Права и обязанности членов совета');
  await page.fill('#place', 'Абай ауданы, мәдениет үйі');
  await everyLanguage(t, page, 'event-new-laptop');
  await page.click('form button.big');
  await page.waitForSelector('.sheet-code');
  const code = (await page.textContent('.sheet-code')).replace(/\D/g, '');
  assert.match(code, /^\d{6}$/);
  assert.ok(await page.$eval('.qr img', img => img.complete && img.naturalWidth > 0), 'the QR is drawn');
  await page.fill('#wifi', 'Kenes-зал');
  await page.fill('#wifi-key', 'astana-2026');
  await everyLanguage(t, page, 'poster-laptop');
  assert.match(await page.textContent('.sheet-steps ol[lang=kk]'), /Kenes-зал/);
  assert.match(await page.textContent('.sheet-steps ol[lang=ru]'), /Kenes-зал/);
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(paper.match(/\/Type \/Page\b/g).length, 1, 'the poster is one sheet of paper');
  await page.click('a[href$="/wall"]');
  await page.waitForSelector('.wall .sheet-code');
  await look(t, page, 'wall-laptop');
  const { bottom, height } = await page.$eval('.wall .sheet', sheet => ({ bottom: sheet.getBoundingClientRect().bottom, height: window.innerHeight }));
  assert.ok(bottom <= height + 1, `the sheet ends at ${bottom} of ${height}`);

  // The phone, in Kazakh, by the address with the code.
  await early.goto(`${site.main}/j`);
  await early.waitForSelector('#code');
  await early.fill('#code', '12');
  await early.click('form button.big');
  await early.waitForSelector('#code-error');
  await look(t, early, 'code-wrong-phone-kk');
  await early.fill('#code', '999999');
  await early.click('form button.big');
  await early.waitForSelector('[role=alert]');
  await early.click('a.button.big');
  await early.fill('#code', code);
  await early.click('form button.big');
  site.event = { code };
  await early.waitForSelector('#council-name');
  await joinByHand(early, site, { surname: 'Ахметова', given: 'Айгүл' });
  await early.waitForSelector('.course-list li:nth-child(2)');
  assert.match(await early.textContent('h1'), /Менің курстарым/);
  assert.match(await early.textContent('.who'), /Ахметова Айгүл/);
  await early.waitForSelector('.light.saved');
  await everyLanguage(t, early, 'courses-phone');
}

async function toResult(t) {
  const site = await t.server([['kurs', single12()]]);
  const page = await t.phone({ locale: 'ru' });
  await joinByHand(page, site, { surname: 'Петренко', given: 'Ольга' });
  await page.click('.course:has-text("Одна часть") .launch button');
  await page.waitForSelector('body[data-session=active]');
  assert.match(page.url(), /lang=ru/);
  const frame = await sco(page);
  await frame.evaluate(() => {
    lms('Set', 'cmi.core.score.raw', '90');
    lms('Set', 'cmi.core.lesson_status', 'passed');
    lms('Commit');
  });
  await page.waitForSelector('body[data-saved=saved]');
  await page.click('[data-nav=exitAll]');
  await page.waitForURL(`${site.main}/courses?left=*`);
  await page.waitForSelector('.result.good');
  assert.match(await page.textContent('.figures'), /90%/);
  await everyLanguage(t, page, 'result-phone');
  await page.click('a[href="/courses"] >> nth=-1');
  await page.waitForSelector('.course.passed');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', 'the focus follows to the new page');
}

// What stands in the phone's cache then is what the player's page asks for.
async function warm(t) {
  const site = await t.server([['kurs', single12()]]);
  const page = await t.phone({ locale: 'ru' }), said = [];
  page.on('console', message => said.push(message.text()));
  const fetched = page.waitForResponse(reply => reply.url().startsWith(`${site.content}/assets/player-`) && reply.url().endsWith('.js'));
  let framed = 0;
  page.on('request', request => { if (request.url().endsWith('/p/-/')) framed++; });
  await page.goto(`${site.main}/j/${site.event.code}`);
  const script = (await fetched).url();   // while the learner joins
  await page.waitForFunction(() => !document.querySelector('iframe'));   // and leaves nothing behind
  assert.ok(!said.some(each => /Content Security Policy/.test(each)), said.join('\n'));
  await joinByHand(page, site, { surname: 'Петренко', given: 'Ольга' });
  await page.click('.course .launch button');
  await page.waitForSelector('body[data-session=active]');
  assert.equal(await page.getAttribute('script[type=module]', 'src'), new URL(script).pathname);
  await page.goto(`${site.main}/courses`, { waitUntil: 'networkidle' });
  await page.waitForSelector('.course .launch button');
  assert.equal(framed, 2, 'once a tab, twice each time');
}

// A finger that goes on to scroll has opened nothing; one that is lifted takes the answer that came meanwhile.
async function finger(t) {
  const site = await t.server([['kurs', single12()]]);
  const page = await t.phone({ locale: 'ru' });
  await joinByHand(page, site, { surname: 'Петренко', given: 'Ольга' });
  const button = await page.waitForSelector('.course .launch button');
  let asked = 0;
  page.on('request', request => { if (request.url().endsWith('/launch') && request.method() === 'POST') asked++; });
  const { x, y, width, height } = await button.boundingBox(), hand = await page.context().newCDPSession(page);
  const touch = (type, ...touchPoints) => hand.send('Input.dispatchTouchEvent', { type, touchPoints });
  const answered = page.waitForResponse(reply => reply.url().endsWith('/launch'));
  await touch('touchStart', { x: x + width / 2, y: y + height / 2 });
  await (await answered).finished();
  await touch('touchCancel');
  assert.equal(page.url(), `${site.main}/courses`);
  assert.equal(asked, 1);
  await button.tap();
  await page.waitForSelector('body[data-session=active]');
  assert.equal(asked, 2, 'once each time that a finger comes down');
}

async function claim(t) {
  const site = await t.server();
  const person = { surname: 'Жұмабаев', given: 'Ерлан' };
  const first = await t.phone({ locale: 'kk' }), second = await t.phone({ locale: 'kk' });
  await joinByHand(first, site, person);
  await first.waitForSelector('.course-list');
  await joinByHand(second, site, person);
  await second.waitForSelector('.claim-code');
  const code = (await second.textContent('.claim-code')).replace(/\D/g, '');
  await everyLanguage(t, second, 'claim-phone');
  await second.reload();
  await second.waitForSelector('.claim-code'); // a reload asks the same

  const laptop = await trainer(t, site);
  await laptop.goto(`${site.main}/trainer/event/${site.event.id}/live`);
  await laptop.waitForSelector('.claim');
  assert.equal((await laptop.textContent('.claim-number')).replace(/\D/g, ''), code);
  await everyLanguage(t, laptop, 'live-claim-laptop');
  await laptop.click('.claim .button:not(.danger)');
  await second.waitForSelector('.course-list');
  assert.match(await second.textContent('.who'), /Жұмабаев Ерлан/);
  await laptop.waitForSelector('.claim', { state: 'detached' });

  // Somebody else of the same name is refused and joins as a new person.
  const third = await t.phone({ locale: 'kk' });
  await joinByHand(third, site, person);
  await third.waitForSelector('.claim-code');
  await laptop.click('.claim .button.danger');
  await third.waitForSelector('[role=alert]');
  await look(t, third, 'claim-refused-phone-en');
  await third.click('.button.big');
  await third.waitForSelector('h2');
}

async function live(t) {
  const site = await t.server([['kurs', single12()]]);
  const page = await t.phone({ locale: 'kk' });
  await joinByHand(page, site, { surname: '=Смағұлов', given: 'Өмірзақ' });
  const laptop = await trainer(t, site);
  await everyLanguage(t, laptop, 'home-laptop');
  await laptop.goto(`${site.main}/trainer/event/${site.event.id}/live`);
  await laptop.waitForSelector('.grid tbody tr');

  await page.click('.course:has-text("Одна часть") .launch button');
  await page.waitForSelector('body[data-session=active]');
  const frame = await sco(page);
  await frame.evaluate(() => {
    lms('Set', 'cmi.core.score.raw', '55');
    lms('Set', 'cmi.core.lesson_status', 'failed');
    lms('Commit');
  });
  await page.waitForSelector('body[data-saved=saved]');
  await laptop.waitForSelector('.grid .cell-state.warn'); // by polling, with no reload
  assert.match(await laptop.textContent('.grid .cell-state.warn'), /55%/);
  await everyLanguage(t, laptop, 'live-laptop');
  await laptop.click('.live-bar .check >> nth=1');
  assert.ok(!(await laptop.textContent('.grid')).includes('Смағұлов'), 'names are hidden for the wall');
  await look(t, laptop, 'live-anonymous-laptop-en');
  await laptop.click('.live-bar .check >> nth=1');
  await laptop.click('.grid tbody th a');
  await laptop.waitForSelector('.why');
  await everyLanguage(t, laptop, 'person-laptop');
  assert.match(await laptop.textContent('.why'), /Not passed: 55%/);

  await laptop.goto(`${site.main}/trainer/event/${site.event.id}/results`);
  await laptop.waitForSelector('.results tbody tr');
  await everyLanguage(t, laptop, 'results-laptop');
  const [file] = await Promise.all([laptop.waitForEvent('download'), laptop.click('.live-bar .button')]);
  assert.match(file.suggestedFilename(), /^Оқу күні.*\.csv$/);
  const csv = await readFile(await file.path(), 'utf8');
  assert.ok(csv.startsWith('\ufeff'), 'Excel needs the mark');
  assert.match(csv, /Смағұлов/);

  await laptop.click('.tabs a[href$="/settings"]');
  await laptop.waitForSelector('fieldset');
  await everyLanguage(t, laptop, 'settings-laptop');
  await laptop.click('.button.danger');
  await laptop.click('.ask .button >> nth=0');
  await laptop.waitForSelector('.event-facts .state');
  await page.goto(`${site.main}/courses`);
  await page.waitForSelector('.notice');
  assert.equal(await page.$('.launch'), null, 'a closed day opens no course');
  await everyLanguage(t, page, 'courses-closed-phone');
}

async function noLink(t) {
  const site = await t.server();
  const page = await t.phone({ locale: 'kk' });
  await joinByHand(page, site, { surname: 'Ким', given: 'Владимир' });
  await page.waitForSelector('.course-list');
  await site.kill();
  await page.click('.launch button');
  await page.waitForSelector('.launch [role=alert]');
  await everyLanguage(t, page, 'no-link-phone');
  await page.evaluate(() => { history.pushState(null, '', '/result/none'); dispatchEvent(new PopStateEvent('popstate')); });
  await page.waitForSelector('.not-loaded');
  await everyLanguage(t, page, 'waiting-phone');
  await site.start();
  await page.waitForSelector('.not-loaded', { state: 'detached' }); // by itself
  assert.match(await page.textContent('.who'), /Ким Владимир/);
}

async function notMe(t) {
  const site = await t.server();
  const page = await t.phone({ locale: 'ru' });
  await joinByHand(page, site, { surname: 'Ким', given: 'Владимир' });
  await page.waitForSelector('.course-list');
  await page.click('.choice button[lang=en]');
  await page.click('.who-line button');
  await look(t, page, 'not-me-phone-en');
  await page.click('.who-ask .sun');
  await page.waitForSelector('#code');
  assert.equal(await page.getAttribute('html', 'lang'), 'en', 'the language stays with the phone');
  await page.goto(`${site.main}/j/${site.event.code}`);
  await page.waitForSelector('.picks button'); // the council is on the list now
  await look(t, page, 'council-phone-en');
}

async function small(t) {
  const fresh = await bare(t), first = await t.phone({ width: 320, height: 568, locale: 'kk' });
  await first.addInitScript(() => localStorage.setItem('kenes.size', '3'));
  await first.goto(`${fresh.main}/`);
  await first.waitForSelector('#site');
  await look(t, first, 'small-start');

  const site = await t.server([['kurs', single12()], ['long', course12('Өте-ұзақ-атауы-бар-бөлінбейтін-курс-2026', '<!doctype html><title>x</title>')]]);
  const page = await t.phone({ width: 320, height: 568, locale: 'kk' });
  await page.goto(`${site.main}/j`);
  await page.click('.size-button');
  await page.click('.size-3');
  await page.waitForSelector('html[data-size="3"]');
  await look(t, page, 'small-code');
  await joinByHand(page, site, { surname: 'Нұрмағанбетова-Әбдірахманова', given: 'Гүлбаршын' });
  await page.waitForSelector('.course-list');
  await look(t, page, 'small-courses');
  const laptop = await trainer(t, site, 'ru');
  await laptop.setViewportSize({ width: 360, height: 740 });
  await laptop.click('.size-3');
  for (const at of ['', '/courses', '/event/new', `/event/${site.event.id}/poster`, `/event/${site.event.id}/wall`, `/event/${site.event.id}/live`]) {
    await laptop.goto(`${site.main}/trainer${at}`);
    await laptop.waitForSelector('h1');
    await look(t, laptop, `small-trainer${at.replace(/evt_\w+/, 'day').replace(/\//g, '-')}`);
  }
}

async function signIn(t) {
  const site = await t.server();
  const page = await t.laptop({ locale: 'kk' });
  await page.goto(`${site.main}/trainer`);
  await page.waitForSelector('#login');
  await everyLanguage(t, page, 'sign-in-laptop');
  await page.fill('#login', 'Айгүл');
  await page.fill('#password', 'not the password');
  await page.click('form button.big');
  await page.waitForSelector('[role=alert]');
  await look(t, page, 'sign-in-wrong-laptop');
  await page.fill('#password', PASSWORD);
  await page.click('form button.big');
  await page.waitForSelector('.event-card');
  await page.goto(`${site.main}/no-such-page`);
  await page.waitForSelector('h1');
  await look(t, page, 'not-found-laptop');
  await page.goto(`${site.main}/old.html`);
  await look(t, page, 'old-laptop');
}

// What Chrome 61 and Safari 11 lack and the pages might have leant on.
async function oldPhone(t) {
  const site = await t.server();
  const page = await t.phone({ locale: 'kk' });
  await page.addInitScript(() => {
    for (const [from, names] of [[window, ['queueMicrotask', 'AbortController', 'ResizeObserver', 'IntersectionObserver', 'structuredClone']],
      [Array.prototype, ['flat', 'flatMap', 'at']], [Object, ['fromEntries']], [String.prototype, ['matchAll', 'replaceAll', 'at', 'trimEnd']],
      [Promise.prototype, ['finally']], [Promise, ['allSettled', 'any']], [Element.prototype, ['replaceChildren', 'toggleAttribute']]])
      for (const name of names) delete from[name];
  });
  await joinByHand(page, site, { surname: 'Оспанов', given: 'Бауыржан' });
  await page.waitForSelector('.course-list');
  await page.click('.choice button[lang=ru]');
  await page.waitForSelector('html[lang=ru]');
  await page.click('.launch button');
  await page.waitForSelector('body[data-session=active]');
  assert.deepEqual(t.errors, []);
}

export const tests = [
  { name: 'from the first start to a phone that has joined, in three languages', run: firstStart },
  { name: 'a course from Start to its result', run: toResult },
  { name: 'the player is fetched while the learner joins, and once only', run: warm },
  { name: 'the laptop is asked for a course when the finger comes down, and only a tap opens it', run: finger },
  { name: 'a second phone of the same name is confirmed or refused by the trainer', run: claim },
  { name: 'the trainer sees it live, in detail, and takes the table home', run: live },
  { name: 'without a link pages wait and come back by themselves', run: noLink },
  { name: '"This is not me" frees the phone', run: notMe },
  { name: 'everything fits the smallest phone with the largest text', run: small },
  { name: 'a phone of 2017 has all that the pages need', run: oldPhone },
  { name: 'signing in, and addresses that are not there', run: signIn },
];
