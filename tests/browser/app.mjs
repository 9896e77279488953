// SPDX-License-Identifier: Apache-2.0
// What tests of the app's pages share: axe, files dropped on a page, a trainer at the laptop.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findProgram, Site } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const PASSWORD = 'бір екі үш төрт'; // of site.mjs

// A site before its first start: nothing is set up.
export async function bare(t) {
  const site = new Site(findProgram(t.root));
  t.sites.push(site);
  return site.start();
}

// No finding of axe, nothing wider than the window, and a picture.
export async function look(t, page, name) {
  await settled(page);
  const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v =>
    v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | ')))`);
  assert.deepEqual(found, [], `axe on ${name}`);
  await fits(t, page, name);
}

const settled = async page => {
  await page.waitForFunction(() => !document.querySelector('.loading'));
  await page.evaluate(() => document.fonts.ready.then(() => true));
};

// Nothing wider than the window, and a picture.
export async function fits(t, page, name) {
  await settled(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth) - page.viewportSize().width; // (a phone's innerWidth grows with the page)
  assert.ok(over <= 0, `${name} is ${over} px too wide`);
  await t.shot(page, name);
}

// Drops files ([name, bytes]) on the page, as from a folder of the desktop.
export async function drop(page, files) {
  const data = await page.evaluateHandle(list => {
    const transfer = new DataTransfer();
    for (const [name, text] of list)
      transfer.items.add(new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], name, { type: 'application/zip' }));
    return transfer;
  }, files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]));
  for (const kind of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', kind, { dataTransfer: data });
}

// A laptop whose trainer has signed in.
export async function trainer(t, site, language = 'ru') {
  const page = await t.laptop({ locale: language });
  await page.goto(`${site.main}/`);
  await page.fill('#login', 'Айгүл');
  await page.fill('#password', PASSWORD);
  await page.click('form button.big');
  await page.waitForSelector('.health');
  return page;
}

// Joins as a person would: council typed in, name, yes.
export async function joinByHand(page, site, { council = 'Абай ауданының қоғамдық кеңесі', surname, given }) {
  await page.goto(`${site.main}/j/${site.event.code}`);
  await page.waitForSelector('h2');
  if (!await page.$('#council-name')) await page.click('.button.plain.full');
  await page.fill('#council-name', council);
  await page.click('form button.big');
  await page.fill('#surname', surname);
  await page.fill('#given', given);
  await page.click('form button.big');
  await page.waitForSelector('.facts');
  await page.click('.button.big');
}
