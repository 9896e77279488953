// SPDX-License-Identifier: Apache-2.0
// Certificates with a real server and browser: the trainer issues, corrects and revokes; the learner saves; a stranger
// checks, on the Kenes and with the one file from a disk.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fits, look, trainer } from './app.mjs';
import { single12 } from './fixtures.mjs';

const languages = ['kk', 'ru', 'en'];

// A kept connection may have been cut just now: then a new one is made.
const get = (url, options) => fetch(url, options).catch(() => fetch(url, options));

// Somebody who has passed the course.
async function passed(t, site, person) {
  const phone = await t.phone({ locale: 'kk' });
  await site.join(phone, { language: 'kk', ...person });
  const { cap } = await site.launch(phone, /./);
  const post = async (path, body) => {
    const reply = await fetch(`${site.content}/p/${cap}/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: site.content }, body: JSON.stringify(body) });
    assert.ok(reply.ok, `${path}: ${reply.status}`);
  };
  const launch = 'lau_00000000000000000000000000000001', at = 1795348800000;
  await post('open', { launch });
  await post('commits', {
    seq: 1, launch, attempt_completion: 'completed', attempt_success: 'passed', attempt_score: 0.9, attempt_progress: 1,
    journal: [{ at, call: 'start' }, { at, call: 'Initialize' }, { at, call: 'SetValue', a: 'cmi.core.score.raw', b: '90' }, { at, call: 'SetValue', a: 'cmi.core.lesson_status', b: 'passed' }, { at, call: 'Terminate' }, { at, call: 'exitAll' }],
  });
  return phone;
}

async function everyLanguage(t, page, name, check) {
  for (const language of languages) {
    await page.click(`.choice button[lang=${language}]`);
    await page.waitForSelector(`html[lang=${language}]`);
    await check(t, page, `${name}-${language}`);
  }
  await page.click('.choice button[lang=ru]');
}

async function theDay(t) {
  const site = await t.server([['kurs', single12()]]);
  const phone = await passed(t, site, { surname: 'Сейтова', given: 'Әмина', patronymic: 'Нұрланқызы' });
  await passed(t, site, { surname: 'Ким', given: 'Болат' });
  await site.join(await t.phone(), { surname: 'Оспанов', given: 'Серік' });
  const page = await trainer(t, site);
  await page.goto(`${site.main}/trainer/event/${site.event.id}/certificates`);
  await page.waitForSelector('.certificates form .big');
  assert.match(await page.textContent('.person-row .reason'), /Ни один курс/);
  await everyLanguage(t, page, 'certificates-ready-laptop', async (t2, p, name) => (name.endsWith('ru') ? look : fits)(t2, p, name));
  await page.fill('#hours', '8');
  await page.click('.certificates form .big');
  await page.waitForSelector('.certificate-row');
  assert.equal((await page.$$('.certificate-row')).length, 2);
  await look(t, page, 'certificates-issued-laptop-ru');

  // The right name: another certificate in place of the first.
  const row = page.locator('.certificate-row', { hasText: 'Сейтова' });
  const first = await row.locator('.digits').textContent();
  await row.locator('button[aria-expanded]').first().click();
  await row.locator(`[id="s-${first}"]`).fill('Сейітова');
  await look(t, page, 'certificates-correct-laptop-ru');
  await row.locator('form button').click();
  await page.waitForSelector('.certificate-row:has-text("Сейітова")');
  assert.match(await page.textContent('.certificate-row:has-text("Сейітова")'), new RegExp(`Взамен ${first}`));

  // Taken back, for a reason.
  const other = page.locator('.certificate-row', { hasText: 'Ким' });
  const revoked = await other.locator('.digits').textContent();
  await other.locator('button[aria-expanded]').nth(1).click();
  await other.locator('input[type=radio]').first().check();
  await look(t, page, 'certificates-revoke-laptop-ru');
  await other.locator('form button').click();
  await page.waitForFunction(() => document.querySelectorAll('.certificate-row').length === 1);

  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.live-bar .button:has-text("Напечатать")')]);
  assert.equal(readFileSync(await download.path()).subarray(0, 5).toString(), '%PDF-');
  await mine(t, site, phone);
  await strangers(t, site, first, revoked);
}

async function mine(t, site, phone) {
  await phone.goto(`${site.main}/courses`);
  await phone.click('.my-certificates');
  await phone.waitForSelector('.certificate-card img');
  await phone.waitForFunction(() => document.querySelector('.certificate-card img').naturalWidth > 0);
  await everyLanguage(t, phone, 'my-certificates-phone', async (t2, p, name) => (name.endsWith('ru') ? look : fits)(t2, p, name));
  for (const [which, head] of [[0, '%PDF-'], [1, '\x89PNG'], [2, '{']]) {
    const [download] = await Promise.all([phone.waitForEvent('download'), phone.locator('.certificate-card button').nth(which).click()]);
    assert.equal(readFileSync(await download.path()).subarray(0, head.length).toString('latin1'), head);
  }
}

// The same questions on the Kenes and from a file on a disk that never heard of it.
async function strangers(t, site, first, revoked) {
  const token = serial => site.command('certificate', 'token', '--data', site.data, serial, '--link').trim();
  const links = { superseded: token(first), revoked: token(revoked) };
  links['self-issued'] = token(site.command('certificate', 'correct', '--data', site.data, JSON.parse(site.command('certificate', 'issue', '--data', site.data, '--event', site.event.code, '--person', await personOf(site, 'Ким'), '--json')).made[0].serial, '--given', 'Болат-Али').trim());
  links.altered = links['self-issued'].slice(0, -8) + (links['self-issued'].slice(-8, -7) === 'A' ? 'B' : 'A') + links['self-issued'].slice(-7);
  const file = join(site.dir, 'kenes-verify.html');
  writeFileSync(file, Buffer.from(await (await get(`${site.main}/api/verify/page.html`)).arrayBuffer()));
  for (const [where, address] of [['here', `${site.main}/v`], ['file', pathToFileURL(file).href]]) {
    const page = await t.phone({ locale: 'ru' });
    for (const [status, link] of Object.entries(links)) {
      await page.goto('about:blank');
      await page.goto(`${address}#${link.slice(link.indexOf('#') + 1)}`);
      await page.waitForSelector(`.verdict[data-status=${status}]`);
      if (status !== 'altered') assert.match(await page.textContent('.verdict'), /Зал/);
      if (where === 'here') await look(t, page, `verify-${status}-phone-ru`);
    }
    for (const language of languages) {
      await page.click(`nav button[lang=${language}]`);
      await fits(t, page, `verify-${where}-phone-${language}`);
    }
    await photographed(t, page, links['self-issued'], site);
  }
}

async function personOf(site, surname) {
  const ask = await site.trainer();
  return (await ask(`/api/events/${site.event.id}/certificates`)).candidates.rows.find(r => r.surname === surname).person;
}

// A picture of the printed page, given by the file chooser as a phone's camera does.
async function photographed(t, page, link, site) {
  const serial = JSON.parse(site.command('certificate', 'issue', '--data', site.data, '--event', site.event.code, '--all', '--json'));
  const card = await t.laptop();
  await card.setContent('<body style="margin:0;background:#eee"></body>');
  const svg = await svgOf(site, serial.rows.find(r => r.state === 'issued').serial);
  await card.setViewportSize({ width: 1684, height: 1190 });
  await card.setContent(`<body style="margin:0;background:#bbb"><img style="width:1600px;transform:rotate(4deg);filter:blur(.6px)" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}"></body>`);
  await card.waitForFunction(() => document.querySelector('img').naturalWidth > 0);
  const photo = join(site.dir, 'photo.png');
  await card.screenshot({ path: photo });
  await page.setInputFiles('#photo', photo);
  await page.waitForSelector('.verdict[data-status="self-issued"]', { timeout: 60000 });
}

async function svgOf(site, serial) {
  await site.trainer();
  return (await get(`${site.main}/api/certificates/${serial}/picture.svg`, { headers: site.signedIn })).text();
}

async function theTemplate(t) {
  const site = await t.server([['kurs', single12()]]);
  const page = await trainer(t, site);
  await page.goto(`${site.main}/trainer/certificate-template`);
  await page.waitForSelector('.preview img');
  const before = await page.getAttribute('.preview img', 'src');
  await page.fill('#title', 'КУӘЛІК');
  await page.fill('#name-0', 'А. Б. Сәтбаева');
  await page.fill('#role-0', 'Директор');
  await page.waitForFunction(was => document.querySelector('.preview img').src !== was, before);
  const logo = join(site.dir, 'logo.png');
  await page.locator('.template form').screenshot({ path: logo, clip: undefined });
  await page.setInputFiles('#logo', logo);
  await page.waitForSelector('button:has-text("Убрать логотип")');
  await page.click('.template form .big');
  await everyLanguage(t, page, 'certificate-template-laptop', async (t2, p, name) => (name.endsWith('ru') ? look : fits)(t2, p, name));
  await page.reload();
  await page.waitForSelector('#title');
  assert.equal(await page.inputValue('#title'), 'КУӘЛІК');
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(t, page, 'certificate-template-narrow');
}

export const tests = [
  { name: 'a day\'s certificates: issued, corrected, revoked, saved, checked', run: theDay },
  { name: 'how certificates look is chosen with a sample beside it', run: theTemplate },
];
