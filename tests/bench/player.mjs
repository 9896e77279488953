// SPDX-License-Identifier: Apache-2.0
// The player on a slow phone (Chromium, six times slower than this machine): from the tap on a course to the SCO's
// Initialize, and what one request costs the engine on a course of a thousand activities.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findChromium, launchChromium } from '../browser/chromium.mjs';
import { Site } from '../browser/site.mjs';
import { zip } from '../browser/zip.mjs';
import { Chromium } from './chromium.mjs';
import { built } from './site.mjs';
import { quietly } from './quiet.mjs';
import { median, table } from './table.mjs';

const SLOWER = 6, web = new URL('../../web/', import.meta.url).pathname;

const sco = `<!doctype html><meta charset="utf-8"><title>SCO</title><script>
  for (var w = window; !w.API_1484_11 && w !== w.parent;) w = w.parent;
  w.API_1484_11.Initialize('');
  window.began = Date.now();
  performance.mark('began');
</script>`;

const manifest = (id, title, items, sequencing) => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${id}" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="org"><organization identifier="org"><title>${title}</title>${items}${sequencing}</organization></organizations>
<resources><resource identifier="sco" type="webcontent" adlcp:scormType="sco" href="sco.html"><file href="sco.html"/></resource></resources></manifest>`;

const flow = '<imsss:controlMode choice="true" flow="true"/>';
// Skipped when satisfied, with an objective that other activities read: what a course with a pre-test has.
const rules = n => `<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules>
<imsss:objectives><imsss:primaryObjective objectiveID="p${n}"><imsss:mapInfo targetObjectiveID="g${n % 100}" readSatisfiedStatus="true" writeSatisfiedStatus="true"/></imsss:primaryObjective></imsss:objectives></imsss:sequencing>`;

// A thousand activities: the root, 9 chapters, 10 sections in each, 10 pages in each.
function large(id, title, ruled) {
  let n = 0;
  const cluster = inside => `<item identifier="i${n}"><title>${n++}</title>${inside()}<imsss:sequencing>${flow}</imsss:sequencing></item>`;
  const page = () => `<item identifier="i${n}" identifierref="sco"><title>${n++}</title>${ruled ? rules(n) : ''}</item>`;
  const times = (count, make) => Array.from({ length: count }, make).join('');
  const items = times(9, () => cluster(() => times(10, () => cluster(() => times(10, page)))));
  return zip({ 'imsmanifest.xml': manifest(id, title, items, `<imsss:sequencing>${flow}</imsss:sequencing>`), 'sco.html': sco });
}

const small = () => zip({
  'imsmanifest.xml': manifest('bench.small', 'Small', '<item identifier="i" identifierref="sco"><title>One</title></item>', `<imsss:sequencing>${flow}</imsss:sequencing>`), 'sco.html': sco,
});

const slow = async (page, rate) => (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate });
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

// How long a learner looks at a page before the tap: not at all, or long enough for it to fetch the player
// (web/src/app/state/warm.ts).
const AT_ONCE = 500, LOOK = 5000;

// A phone whose learner has joined and looks at the list of courses.
async function listed(phone, site, ms) {
  await phone.go(`${site.main}/courses`);
  await phone.until(`performance.timing.loadEventEnd > 0 && performance.now() > ${ms} && !!document.querySelector('.launch button')`, 200);
}

// A phone whose learner has just joined: by the page for it, or without any page of ours before the list.
async function joined(chromium, site, rate, by) {
  const phone = await chromium.phone(rate);
  await phone.go(by ? `${site.main}/j/${site.event.code}` : `${site.main}/healthz`);
  await phone.until(`location.origin === '${site.main}' && document.readyState === 'complete'`, 50);
  if (by) await phone.until(`performance.now() > ${LOOK} && !!document.querySelector('.steps')`, 200);
  await phone.value(`(async () => {
    const body = { surname: 'Тегі${Math.random()}', given: 'Әлия', council_name: 'Аудан кеңесі', language: 'ru' };
    const reply = await fetch('/api/join/${site.event.code}', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    localStorage.setItem('kenes.word', (await reply.json()).word);
  })()`);
  return phone;
}

// From the finger's tap on the course in the list (its click event) to the SCO's Initialize, and from the moment when
// the launch address is gone to, ms. The time of the tap travels in the window's name, for the pages are of two origins.
async function tapToInitialize(phone) {
  const course = 'article.course[data-small] .launch button';
  await phone.value(`(() => {
    const card = [...document.querySelectorAll('article.course')].find(each => each.textContent.includes('Small'));
    card.dataset.small = '';
    card.querySelector('.launch button').addEventListener('click', () => { window.name = Date.now(); performance.mark('tapped'); }, true);
  })()`);
  await phone.tap(course);
  const took = await phone.until(`Math.max(0, (document.getElementById('sco')?.contentWindow.began || 0) - window.name)`, 1500);
  const launch = await phone.value(`document.getElementById('sco').contentWindow.began - performance.timing.navigationStart`);
  await phone.until(`document.body.dataset.saved === 'saved'`, 100);
  return { took, launch };
}

// What Chromium takes for itself: from the same list to a page of nothing but a frame with the same SCO.
async function startBare() {
  const page = '<!doctype html><meta charset="utf-8"><title>Bare</title><script>API_1484_11 = { Initialize: () => "true" }</script><iframe id="sco" src="sco.html"></iframe>';
  const server = createServer(({ url }, reply) => reply.setHeader('Content-Type', 'text/html').end(url === '/sco.html' ? sco : page));
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { base: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

async function bareToInitialize(phone, { base }) {
  await phone.value(`void (location.href = '${base}/')`);
  const launch = await phone.until(`document.getElementById('sco')?.contentWindow.began - performance.timing.navigationStart`, 500);
  return { launch };
}

const WAYS = ['the first course, at once after joining', 'the first course, at once on the first page', 'the first course, after a look at the list', 'again'];

// One for each of WAYS.
async function opening(chromium, site, rate, open) {
  const times = [];
  for (const [by, ...looks] of [[true, AT_ONCE], [false, AT_ONCE], [false, LOOK, AT_ONCE]]) {
    const phone = await joined(chromium, site, rate, by);
    for (const ms of looks) {
      await listed(phone, site, ms);
      times.push(await open(phone));
    }
    await phone.close();
  }
  return times;
}

// What the pages' thread works from tap to Initialize, in ms of this processor as it is: others who use the machine
// make it little longer. The task in which Initialize is called counts up to there.
async function work(chromium, phone) {
  const events = await chromium.trace(() => tapToInitialize(phone));
  const [from, to] = ['tapped', 'began'].map(name => events.find(event => event.name === name));
  const tasks = events.filter(({ ph, pid, tid, ts, dur }) => ph === 'X' && pid === from.pid && tid === from.tid && ts + dur > from.ts && ts < to.ts)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  let end = 0, sum = 0;
  for (const { ts, dur, tdur } of tasks) {
    if (ts < end) continue;   // within the one before
    end = ts + dur;
    sum += Math.max(0, (tdur || 0) - Math.max(0, end - to.ts)) / 1000;
  }
  return sum;
}

async function bundle() {
  const { build } = createRequire(join(web, 'package.json'))('esbuild');
  const { outputFiles } = await build({ entryPoints: [join(web, 'src/player/wasm.ts')], bundle: true, format: 'iife', globalName: 'engine', target: 'es2019', write: false, logLevel: 'warning' });
  return outputFiles[0].text;
}

// Milliseconds that requests take: the request itself with what may be pressed afterwards, as the player asks for both.
async function requests(browser, site, title, rounds) {
  const context = await browser.newContext(phone), home = await context.newPage();
  await site.join(home, { surname: `Тегі${Math.random()}` });
  const { address } = await site.launch(home, title);
  const launch = await (await fetch(new URL('launch', address))).json();
  const tree = [...new Uint8Array(await (await fetch(new URL(launch.tree, address))).arrayBuffer())];
  const wasm = [...readFileSync(built('scorm.wasm'))], page = await context.newPage();
  await page.addScriptTag({ content: await bundle() });
  await slow(page, SLOWER);
  const times = await page.evaluate(async ([wasm, tree, activities, rounds]) => {
    const scorm = await window.engine.Scorm.load(new Uint8Array(wasm).buffer), times = { continue: [], choice: [], SetValue: [] };
    if (!scorm.open(new Uint8Array(tree), activities, { id: 'm', name: 'M', seed: 1 })) throw new Error('no tree');
    let now = 1e12;
    const timed = (name, act) => {
      const began = performance.now();
      act();
      scorm.validity();
      times[name].push(performance.now() - began);
    };
    const go = (what, target) => {
      if (scorm.navigate(what, target, now += 1000) < 0) throw new Error(`${what} ${target}: ${scorm.refused}`);
    };
    go('start', -1);
    for (let i = 0; i < rounds; i++) {
      scorm.call('Initialize', '', undefined, now);
      timed('SetValue', () => scorm.call('SetValue', 'cmi.success_status', 'failed', now));   // nothing is skipped
      scorm.call('Terminate', '', undefined, now);
      timed('continue', () => go('continue', -1));
      if (i % 4) continue;
      const next = (scorm.current + 397) % activities;
      const pages = scorm.validity().choice;
      let target = next;
      while (!pages[target]) target = (target + 1) % activities;
      timed('choice', () => go('choice', target));
    }
    return times;
  }, [wasm, tree, launch.activities.length, rounds]);
  await context.close();
  return times;
}

const ms = x => `${x.toFixed(x < 20 ? 1 : 0)} ms`;
const worst = list => [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.95)];

export async function player(folder, { quick: short }) {
  const browser = await launchChromium(), chromium = new Chromium(findChromium()), site = new Site(built('kenes')), bare = await startBare();
  try {
    await site.make([['small', small()], ['plain', large('bench.plain', 'Thousand', false)], ['ruled', large('bench.ruled', 'Ruled', true)]]).start();
    const line = table(`player, ${SLOWER} times slower`, [['', 76], ['median', 10], ['95 of 100', 10], ['aim', 8]]);
    const row = (title, list, aim) => line([title, ms(median(list)), ms(worst(list)), `${aim} ms ${median(list) <= aim ? '✓' : '✗'}`]);
    const openings = [], bares = [], works = [];
    for (let i = 0; i < (short ? 5 : 15); i++) {
      openings.push(await quietly(() => opening(chromium, site, SLOWER, tapToInitialize)));
      bares.push(await quietly(() => opening(chromium, site, SLOWER, phone => bareToInitialize(phone, bare))));
      works.push(await quietly(() => opening(chromium, site, 1, phone => work(chromium, phone))));
    }
    for (const [i, which] of WAYS.entries()) {
      row(`tap to Initialize, ${which}`, openings.map(each => each[i].took), 300);
      row(`launch address to Initialize, ${which}`, openings.map(each => each[i].launch), 300);
      line([`a bare page's address to Initialize, ${which}`, ms(median(bares.map(each => each[i].launch))), ms(worst(bares.map(each => each[i].launch))), '']);
      row(`work of the thread meanwhile, × ${SLOWER}, ${which}`, works.map(each => each[i] * SLOWER), 300);
    }
    for (const [title, name] of [[/Thousand/, 'choice and flow'], [/Ruled/, 'skip rules, shared objectives']]) {
      const times = await quietly(() => requests(browser, site, title, short ? 40 : 200));
      for (const [request, list] of Object.entries(times)) row(`1,000 activities, ${name}: ${request}`, list, 10);
    }
  } finally {
    await browser.close();
    await chromium.end();
    bare.stop();
    await site.end();
  }
}
