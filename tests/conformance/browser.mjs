// SPDX-License-Identifier: Apache-2.0
// Plays a suite of cases (docs/scorm.md) in Chromium, through the real player and the real server:
//
//     node tests/conformance/browser.mjs FOLDER [PATTERN]
//
// One site with every package of the suite, two learners who share the cases and play at the same time, for most of
// it is waiting. What OB-13a leaves behind is there in OB-13b: one learner plays both, in this order. Each activity is
// the generic SCO (sco.html); the learner presses what the player shows. What was seen is written down, and
// `kenes scorm judge` compares it with the case, by the rules of the native run. Without a pattern all cases are played.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../browser/chromium.mjs';
import { findProgram, Site } from '../browser/site.mjs';
import { idsByTitle, packageOf } from './package.mjs';

const PATIENCE_MS = 30000;   // for what must come
const PRESS_MS = 10000;      // for a control to become what it must be
const BUTTON_MS = 5000;      // click.button: a SCO that waits
const OVER = ['ended', 'suspended'];

const [folder, pattern = '.'] = process.argv.slice(2);
const program = findProgram(join(dirname(fileURLToPath(import.meta.url)), '../..'));
const read = (...path) => readFileSync(join(folder, ...path), 'utf8');
const names = list => readdirSync(join(folder, list)).map(name => name.replace(/\.(json|xml)$/, '')).sort();

const cases = names('cases').filter(name => new RegExp(pattern).test(name)).map(name => ({ file: `${name}.json`, ...JSON.parse(read('cases', `${name}.json`)) }))
  .filter(({ start }) => !start.credit && !start.mode);   // no launch of ours says these: they are played natively

// Cases of one number, in the order of their letters.
const series = new Map();
for (const test of cases) {
  const number = test.file.replace(/(?<=\d)[a-z]*\.json$/, '');
  series.set(number, [...series.get(number) || [], test]);
}
const wanted = new Set(cases.flatMap(each => each.packages));
const manifests = new Map(names('manifests').filter(name => wanted.has(name)).map(name => [name, read('manifests', `${name}.xml`)]));

// The player did not do what the case asks for.
class Stuck extends Error {}

// Resolves to undefined when it takes too long.
const within = (ms, promise) => {
  let timer;
  return Promise.race([promise, new Promise(done => { timer = setTimeout(done, ms); })]).finally(() => clearTimeout(timer));
};

// In every page: tells of the player's session. A course that ended is left a second later, and a busy machine may look
// too late.
function tellSession() {
  if (window !== window.top) return;
  new MutationObserver(() => {
    const { session } = document.body.dataset;
    if (session) window.sessionIs(session);
  }).observe(document, { subtree: true, attributeFilter: ['data-session'] });
}

class Learner {
  constructor(site, context) {
    this.site = site;
    this.context = context;
    this.arrived = [];       // SCOs that are there and were not played yet
    this.state = 'opening';  // of the session, as it was told last
    this.hear = undefined;   // who waits for either
  }

  async join(person) {
    await this.context.exposeBinding('scoIsHere', ({ page, frame }, search) => {
      if (page !== this.page) return;
      this.arrived.push({ frame, activity: new URLSearchParams(search).get('act') || '' });
      this.hear?.();
    });
    await this.context.exposeBinding('sessionIs', ({ page }, session) => {
      if (page !== this.page) return;
      this.state = session;
      this.hear?.();
    });
    await this.context.addInitScript(tellSession);
    this.home = await this.context.newPage();
    this.page = await this.context.newPage();
    await this.site.join(this.home, person);
    this.courses = await this.site.ask(this.home, 'GET', '/api/my/courses');
  }

  // Opens a package from the list of courses, in a page of its own: the last one may just be leaving by itself.
  async open(name, choose) {
    await this.settle();
    await this.page.close();
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(PATIENCE_MS);
    this.ids = idsByTitle(manifests.get(name));
    this.arrived = [];
    this.state = 'opening';
    const course = this.courses.find(each => each.title.trim() === this.ids.get(''));
    const { address } = await this.site.ask(this.home, 'POST', `/api/my/courses/${course.id}/launch`);
    await this.page.goto(address + (choose ? `?choose=${encodeURIComponent(this.idOf(choose))}` : ''), { waitUntil: 'commit' });
  }

  // Everything that the last package said is on the laptop.
  async settle() {
    await this.page.waitForFunction(() => {
      const player = window.__player?.state();
      return !player || player.session === 'opening' || (player.saved === 'saved' && !player.kept && player.seq === player.acknowledged);
    });
  }

  idOf(title) {
    const id = this.ids.get(/^the activity that corresponds to the root/.test(title) ? '@root' : title);
    if (!id) throw new Stuck(`no entry "${title}"`);
    return id;
  }

  // Until it holds, or for so long.
  async until(holds, ms) {
    const held = async () => { while (!holds()) await new Promise(done => { this.hear = done; }); };
    await within(ms, held());
    this.hear = undefined;
  }

  // The next SCO; the session may end instead.
  async arrival() {
    await this.until(() => this.arrived.length || OVER.includes(this.state), PATIENCE_MS);
    const sco = this.arrived.shift();
    if (!sco) throw new Stuck(`nothing is launched, the session is ${this.state}`);
    return sco;
  }

  // The session's state at this moment.
  async session() { return await this.page.evaluate(() => document.body.dataset.session).catch(() => undefined) || this.state; }

  // The session's state, once it is what it must be or does not become it.
  async sessionOf(wish) {
    const names = wish === 'ended' ? OVER : [wish];
    await this.until(() => names.includes(this.state), PRESS_MS);
    return this.state;
  }

  // What the learner sees, one answer for each question.
  async look(questions) {
    if (!questions?.length) return [];
    if (questions.some(({ kind }) => kind === 'click.button')) await this.page.waitForTimeout(BUTTON_MS);
    const asked = questions.map(({ kind, target }) => ({ kind, id: target && this.idOf(target) }));
    return this.page.evaluate(async asked => {
      await new Promise(done => setTimeout(done, 0));   // the player draws after it has acted
      const there = each => !!each && getComputedStyle(each).display !== 'none' && !each.closest('[hidden]');
      const works = each => there(each) && !each.disabled;
      const entries = [...document.querySelectorAll('#toc [data-activity]')].filter(there), here = document.body.dataset.activity;
      const entry = id => entries.find(each => each.dataset.activity === id);
      const nav = name => works(document.querySelector(`[data-nav=${name}]`));
      const answers = {
        'continue.enabled': () => nav('continue'), 'continue.disabled': () => !nav('continue'),
        'previous.enabled': () => nav('previous'), 'previous.disabled': () => !nav('previous'),
        'toc.enabled': () => entries.some(each => works(each) && each.dataset.activity !== here),
        'toc.enabled.selectable': id => works(entry(id)), 'toc.visible': id => !!entry(id), 'click.button': () => true,
      };
      return asked.map(({ kind, id }) => answers[kind]?.(id) ? 'Y' : 'N');
    }, asked);
  }

  async press(selector, what) {
    await this.page.click(selector, { timeout: PRESS_MS }).catch(() => { throw new Stuck(`${what} cannot be pressed`); });
  }

  choose(title) { return this.press(`#toc [data-activity="${this.idOf(title)}"]`, `"${title}"`); }

  async drive(after) {
    if (after.do === 'none') return;
    if (after.do === 'choose') return this.choose(after.title);
    if (after.do === 'exitAllIfActive' && !/active|no-content/.test(await this.session())) return;
    await this.press(`[data-nav=${after.do.replace('IfActive', '')}]`, after.do);
  }

  async visit({ activity, ui, calls, after }) {
    const sco = await this.arrival(), seen = { activity: sco.activity, ui: [], calls: [] };
    if (sco.activity !== activity) return seen;
    seen.ui = await this.look(ui);
    // Where the SCO is to drive it ends by itself, else when the learner's event unloads it.
    if (calls.length) seen.calls = await sco.frame.evaluate(([calls, ends]) => window.play(calls, ends), [calls, after.do === 'none']);
    await this.drive(after);
    seen.session = after.session ? await this.sessionOf(after.session) : '';
    return seen;
  }

  async goOn(test, then) {
    const named = name => test.packages.find(each => each === name || each.endsWith(name));
    if (then?.relaunch) await this.open(named(then.relaunch), then.choose);
    else if (then?.choose) await this.choose(then.choose);
  }

  async play(test) {
    const { id, surname, given } = this.home.kenes.me, seen = { id, name: `${surname}, ${given}`, visits: [] };
    try {
      await this.open(test.packages[0], test.start.choose);
      for (const visit of test.visits) {
        const record = await this.visit(visit);
        seen.visits.push(record);
        if (record.activity !== visit.activity) break;
        await this.goOn(test, visit.after.then);
      }
      seen.ended = test.sessionEndQuestion && OVER.includes(await this.sessionOf('ended'));
    } catch (error) {
      if (!(error instanceof Stuck)) throw error;
      seen.why = error.message;
    }
    return seen;
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'kenes-conformance-'));

// The program's line about a case, and whether it passed.
function judge(test, seen) {
  const record = join(scratch, `${test.file}.seen.json`);
  writeFileSync(record, JSON.stringify(seen));
  try {
    return [execFileSync(program, ['scorm', 'judge', '--case', join(folder, 'cases', test.file), '--seen', record], { encoding: 'utf8', stdio: 'pipe' }), true];
  } catch (error) {
    return [error.stdout || error.stderr, false];
  }
}

const site = new Site(program), browser = await launchChromium();
let passed = 0, failed = 0;
try {
  await site.make([...manifests].map(([name, xml]) => [name, packageOf(xml)])).start();
  const waiting = [...series.values()];
  const lane = async number => {
    const learner = new Learner(site, await browser.newContext({ viewport: { width: 1280, height: 800 } }));
    await learner.join({ given: ['Әлия', 'Айгүл'][number] });
    const tests = function* () { while (waiting.length) yield* waiting.shift(); };
    for (const test of tests()) {
      const began = Date.now(), [line, right] = judge(test, await learner.play(test));
      console.log(`${line.trimEnd()} (${Date.now() - began} ms)`);
      if (right) passed++;
      else failed++;
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, (_, number) => lane(number)));
} finally {
  await browser.close();
  await site.end();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || (!passed && pattern === '.') ? 1 : 0;
