// SPDX-License-Identifier: Apache-2.0
// A training day from the invitation to the receipt, without internet in the hall: the laptop is registered by a
// picture of the coordinator's QR code, sixty people pass, a courier's phone carries the file, the coordinator sees
// sixty of sixty, verifies one, corrects a name, revokes one, and the laptop hears of it at its next contact.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { joinByHand, look, trainer } from './app.mjs';
import { single12 } from './fixtures.mjs';
import { begin } from './hub.spec.mjs';
import { findProgram } from './site.mjs';

process.env.KENES ??= findProgram(join(import.meta.dirname, '../..'));
const { command, startHub } = await import('../http/hub.mjs');
const { Browser } = await import('../http/client.mjs');

const PEOPLE = 60, councils = ['Аудан кеңесі', 'Абай ауылы кеңесі', 'Жастар кеңесі'];

// The hall's internet: a road to the hub that can be closed.
export async function line(port) {
  const open = new Set();
  let closed = false;
  const server = net.createServer(near => {
    if (closed) return void near.destroy();
    const far = net.connect(port, '127.0.0.1');
    for (const [a, b] of [[near, far], [far, near]]) {
      open.add(a);
      a.on('error', () => b.destroy()).on('close', () => { open.delete(a); b.destroy(); }).pipe(b);
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() { closed = true; for (const socket of open) socket.destroy(); },
    open() { closed = false; },
    end() { this.close(); server.close(); },
  };
}

async function must(status, promise) {
  const rs = await promise;
  assert.equal(rs.status, status, rs.text);
  return rs.bytes.length ? rs.json : undefined;
}

// Somebody joins and passes the course, as the page and the player would ask.
async function passes(site, n) {
  const browser = new Browser(site), at = Date.now(), launch = `lau_${String(n).padStart(32, '0')}`;
  await must(201, browser.post(`/api/join/${site.event.code}`, { surname: `Серікова${String.fromCharCode(1072 + n % 30)}`, given: `Айгүл${String.fromCharCode(1072 + (n / 30 | 0))}`, council_name: councils[n % 3], language: 'kk' }));
  const [course] = await must(200, browser.get('/api/my/courses'));
  const { cap } = await must(201, browser.post(`/api/my/courses/${course.id}/launch`));
  const send = (path, body) => must(200, browser.ask('POST', `/p/${cap}/${path}`, { body, origin: 'content' }));
  await send('open', { launch });
  await send('commits', {
    seq: 1, launch, attempt_completion: 'completed', attempt_success: 'passed', attempt_score: 0.9, attempt_progress: 1,
    journal: [{ at, call: 'start' }, { at, call: 'Initialize' }, { at, call: 'SetValue', a: 'cmi.core.score.raw', b: '90' }, { at, call: 'SetValue', a: 'cmi.core.lesson_status', b: 'passed' }, { at, call: 'Terminate' }, { at, call: 'exitAll' }],
  });
}

async function passesByHand(t, site) {
  const phone = await t.phone({ locale: 'ru' });
  await joinByHand(phone, site, { surname: 'Петренка', given: 'Ольга' });
  await phone.click('.course .launch button');
  await phone.waitForSelector('body[data-session=active]');
  const frame = await (await phone.waitForSelector('iframe')).contentFrame();
  await frame.waitForFunction(() => typeof lms === 'function');
  await frame.evaluate(() => { lms('Set', 'cmi.core.score.raw', '95'); lms('Set', 'cmi.core.lesson_status', 'passed'); lms('Commit'); });
  await phone.waitForSelector('body[data-saved=saved]');
  await phone.click('[data-nav=exitAll]');
  await phone.waitForSelector('.result.good');
  return phone;
}

// The picture of an invitation's QR code, as a messenger would bring it.
async function invitation(t, coordinator, url) {
  await coordinator.goto(`${url}/sites/invite`);
  await coordinator.selectOption('#scope', 'KZ-11');
  await coordinator.fill('#label', 'Ноутбук зала');
  await coordinator.click('form.panel button');
  const picture = await coordinator.waitForSelector('.code-shown img');
  await t.shot(coordinator, 'centre-invitation');
  return picture.screenshot();
}

async function register(t, laptop, site, picture, url) {
  await laptop.goto(`${site.main}/trainer/sync`);
  await laptop.waitForSelector('#qr', { state: 'attached' });
  await laptop.setInputFiles('#qr', { name: 'birch.svg.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
  await laptop.waitForSelector('.notice.warn'); // no code in it: said, and nothing filled in
  await laptop.setInputFiles('#qr', { name: 'qr.png', mimeType: 'image/png', buffer: picture });
  await laptop.waitForFunction(wanted => document.querySelector('#hub').value === wanted, url);
  await laptop.fill('#contact', '+7 701 000 00 00');
  await look(t, laptop, 'centre-register-laptop');
  await laptop.click('form button.big');
  await laptop.waitForSelector('.sync-count.good');
}

// A number whose control digit fits (src/sync/iin.h).
function iin(start) {
  const sum = first => [...start].reduce((all, digit, i) => all + Number(digit) * ((i + first - 1) % 11 + 1), 0) % 11;
  return start + (sum(1) === 10 ? sum(3) : sum(1));
}

// Whoever wants it tells the trainer the IIN: checked while it is typed, sealed, and never shown again.
async function sealIin(t, laptop, site) {
  const ask = await site.trainer(), good = iin('88041530123');
  const { rows } = await ask(`/api/events/${site.event.id}/grid`);
  await laptop.goto(`${site.main}/trainer/event/${site.event.id}/person/${rows.find(each => each.surname === 'Петренка').person}`);
  await laptop.click('section[aria-label=ИИН] button');
  for (const [typed, said] of [['8804', 'двенадцать цифр, а здесь 4'], ['88041530123x', 'только из цифр'], [good.slice(0, 11) + (Number(good[11]) + 1) % 10, 'последняя цифра']]) {
    await laptop.fill('#iin', typed);
    await laptop.click('section[aria-label=ИИН] form .button');
    await laptop.waitForSelector(`section[aria-label=ИИН] form:has-text("${said}")`);
  }
  await laptop.fill('#iin', `${good.slice(0, 6)} ${good.slice(6)}`);
  await laptop.check('#agreed');
  await look(t, laptop, 'centre-iin-laptop');
  await laptop.click('section[aria-label=ИИН] form .button');
  await laptop.waitForSelector('section[aria-label=ИИН] .notice.good');
  assert.ok(!(await laptop.content()).includes(good));
}

async function issueAndClose(t, laptop, site) {
  await laptop.goto(`${site.main}/trainer/event/${site.event.id}/certificates`);
  await laptop.click('.certificates form .big');
  await laptop.waitForFunction(n => document.querySelectorAll('.certificate-row').length === n, PEOPLE);
  await laptop.goto(`${site.main}/trainer/event/${site.event.id}/settings`);
  await laptop.click('.button:has-text("Завершить учебный день")');
  await laptop.click('.ask .button >> nth=0');
  await laptop.waitForSelector('.event-facts .state.calm');
}

const downloaded = async (page, selector) => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(selector)]);
  return file.path();
};

async function carry(t, laptop, site, hub) {
  await laptop.goto(`${site.main}/trainer/sync`);
  await laptop.waitForSelector('.sync-count:not(.good)');
  await laptop.click('.card .button:has-text("Показать код")');
  const code = await laptop.waitForSelector('.courier-code img');
  assert.ok(await code.evaluate(image => image.naturalWidth > 0));
  await look(t, laptop, 'centre-courier-laptop');
  const address = (await laptop.textContent('.courier-code figcaption')).trim();
  const phone = await t.phone({ locale: 'ru' });
  await phone.goto(address);
  await phone.waitForSelector('a.button.big[download]');
  await look(t, phone, 'centre-carry-phone');
  const file = await downloaded(phone, 'a.button.big[download]');
  const abroad = await t.phone({ locale: 'ru' });
  await abroad.goto(`${hub.main}/courier`);
  await abroad.waitForSelector('#file', { state: 'attached' });
  await look(t, abroad, 'centre-hub-courier-phone');
  await abroad.setInputFiles('#file', { name: 'other.txt', mimeType: 'text/plain', buffer: Buffer.from('not a file of a laptop') });
  await abroad.waitForSelector('.notice.bad');
  await abroad.setInputFiles('#file', file);
  await abroad.waitForSelector('.notice.good');
  await look(t, abroad, 'centre-hub-taken-phone');
  const receipt = await downloaded(abroad, 'a.button.big[download]');
  await phone.setInputFiles('#receipt', receipt);
  await phone.waitForSelector('h2:has-text("Всё в центре")');
  await look(t, phone, 'centre-carried-phone');
  await laptop.waitForSelector('.sync-count.good');
}

async function sixtyOfSixty(t, coordinator, hub) {
  await coordinator.goto(`${hub.main}/?scope=KZ-11`);
  await coordinator.waitForSelector('.figures-row');
  const figures = await coordinator.locator('.figures-row > div').allTextContents();
  assert.match(figures[0], new RegExp(`^[^\\d]*${PEOPLE}100\\s*%.*${PEOPLE}`));
  assert.match(figures[1], new RegExp(`^[^\\d]*${PEOPLE}\\D`));
  await t.shot(coordinator, 'centre-overview');
}

// From the registry: the certificate of whoever is called so. Gives its number.
async function openCertificate(coordinator, hub, holder) {
  await coordinator.goto(`${hub.main}/certificates?find=${encodeURIComponent(holder)}`);
  const link = coordinator.locator('.dense tbody tr', { hasText: holder }).locator('th a').first();
  const serial = (await link.textContent()).trim();
  await link.click();
  await coordinator.waitForSelector('.steps');
  return serial;
}

async function verify(coordinator, hub, link, state) {
  await coordinator.goto(`${hub.main}/certificates/verify`);
  await coordinator.fill('#text', link);
  await coordinator.click('form.panel button');
  await coordinator.waitForSelector(`.answer .state.${state}`);
}

// Says yes twice, as the desk asks for what others will see.
async function sure(page, form) {
  await form.locator('button').first().click();
  await form.locator('.ask button').first().click();
  await page.waitForSelector('.steps + .notice');
}

// Anybody, with the page as a file and the list of whom the centre vouches for.
async function stranger(t, site, link) {
  const page = await t.phone({ locale: 'ru' }), list = join(site.dir, 'trust.txt');
  site.command('certificate', 'trust', '--data', site.data, '-o', list);
  await page.goto(pathToFileURL(join(dirname(site.program), 'verify.html')).href);
  await page.fill('#text', link);
  await page.click('form button');
  await page.waitForSelector('.verdict[data-status=unknown-issuer]'); // before the list is known
  await page.click('summary');
  await page.setInputFiles('#lists', list);
  await page.click('form button');
  await page.waitForSelector('.verdict[data-status=valid] .authority:has-text("KZ-11")');
  await t.shot(page, 'centre-stranger-phone');
}

// Verified, corrected and revoked at the centre; gives the numbers.
async function decide(t, coordinator, site, hub) {
  const corrected = await openCertificate(coordinator, hub, 'Петренка');
  const link = site.command('certificate', 'token', '--data', site.data, corrected, '--link').trim();
  await verify(coordinator, hub, link, 'good');
  await stranger(t, site, link);
  await t.shot(coordinator, 'centre-verified');
  await openCertificate(coordinator, hub, 'Петренка');
  const name = coordinator.locator('form.sure:has(#surname)');
  await name.locator('#surname').fill('Петренко');
  await sure(coordinator, name);
  const revoked = await openCertificate(coordinator, hub, 'Серікова');
  const end = coordinator.locator('form.sure:has(#reason)');
  await end.locator('#reason').selectOption('not-earned');
  await sure(coordinator, end);
  await t.shot(coordinator, 'centre-revoked');
  return { corrected, revoked, link };
}

// The next contact brings down what was decided, and takes up what the laptop did about it.
async function contact(laptop, site) {
  await laptop.goto(`${site.main}/trainer/sync`);
  for (let i = 0; i < 3; i++) {
    await laptop.click('.sync-count button:not([disabled])');
    await laptop.waitForResponse(async reply => /\/api\/sync$/.test(reply.url()) && reply.status() === 200 && !(await reply.json()).running);
  }
  await laptop.waitForSelector('.sync-count.good');
}

async function learned(t, laptop, phone, site, { corrected, revoked }) {
  await laptop.goto(`${site.main}/trainer/event/${site.event.id}/certificates`);
  await laptop.waitForFunction(n => document.querySelectorAll('.certificate-row').length === n, PEOPLE - 1);
  assert.match(await laptop.locator('.certificate-row', { hasText: 'Петренко' }).textContent(), new RegExp(`Взамен ${corrected}`));
  assert.equal(await laptop.locator('.certificate-row', { hasText: revoked }).count(), 0);
  await phone.reload();
  await phone.waitForSelector('.certificate-card:has-text("Зарегистрирован в центре") img');
  assert.ok(!(await phone.textContent('.certificate-card')).includes(corrected), 'another number in its place');
  await t.shot(phone, 'centre-corrected-phone');
}

async function theDay(t) {
  const folder = mkdtempSync(join(tmpdir(), 'kenes-centre-'));
  const code = await command('hub', 'setup', '--data', folder, '--name', 'Айгүл Сәрсен', '--login', 'aigul', '--language', 'ru');
  const hub = await startHub(folder), internet = await line(hub.run.port);
  try {
    const coordinator = await t.laptop({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
    await begin(coordinator, hub, code);
    const picture = await invitation(t, coordinator, internet.url);
    const site = await t.server([['kurs', single12()]]), laptop = await trainer(t, site);
    await register(t, laptop, site, picture, internet.url);
    internet.close();
    for (let n = 1; n < PEOPLE; n++) await passes(site, n);
    const phone = await passesByHand(t, site);
    await sealIin(t, laptop, site);
    await issueAndClose(t, laptop, site);
    await phone.goto(`${site.main}/certificates`);
    await phone.waitForSelector('.certificate-card:has-text("Пока только на этом ноутбуке")');
    await carry(t, laptop, site, hub);
    await phone.reload();
    await phone.waitForSelector('.certificate-card:has-text("Зарегистрирован в центре")');
    await look(t, phone, 'centre-registered-phone');
    await sixtyOfSixty(t, coordinator, hub);
    const decided = await decide(t, coordinator, site, hub);
    internet.open();
    await contact(laptop, site);
    await learned(t, laptop, phone, site, decided);
    await verify(coordinator, hub, decided.link, 'warn'); // superseded
    await openCertificate(coordinator, hub, 'Петренко');
  } finally {
    internet.end();
    await hub.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const tests = [
  { name: 'sixty people, a courier’s phone, sixty of sixty at the centre; what is decided there reaches the laptop', run: theDay },
];
