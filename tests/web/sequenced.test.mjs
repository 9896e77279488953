// SPDX-License-Identifier: Apache-2.0
// The engine in C behind the player's seam: ids for numbers, states for standings, look-ahead without a trace.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { treeOf } from './tree.mjs';

const wasm = readFileSync(process.env.KENES_WASM || join(dirname(fileURLToPath(import.meta.url)), '../../build/scorm.wasm'));
const course = { id: 'course', flow: true, children: [{ id: 'a' }, { id: 'b' }, { id: 'module', flow: true, children: [{ id: 'c' }] }] };

async function engineOf(load, root = course, before = {}, standard = 'SCORM 2004 4th Edition') {
  const [{ Scorm }, { SequencedEngine }] = [await load('player/wasm'), await load('player/sequenced')];
  const old = standard === 'SCORM 1.2', { tree, activities } = treeOf(root, old ? 0 : 3);
  const seen = { changed: 0, commits: 0, terminated: 0, safe: true, now: 1700000000000 };
  const host = { changed: () => seen.changed++, commit: () => (seen.commits++, seen.safe), terminated: () => seen.terminated++ };
  const launch = { standard, activities, seed: 1, learner: { id: 'per_1', name: 'Ахметова, Әлия', language: 'kk' } };
  const engine = new SequencedEngine(await Scorm.load(wasm), launch, { tree, ...before }, host, () => seen.now += 10);
  return { engine, seen, api: (method, ...args) => engine.call(method, args) };
}

const ids = entries => entries.map(({ id, depth, launchable }) => `${depth}${id}${launchable ? '' : '-'}`).join(' ');

export const tests = [
  { name: 'a course is walked through by Continue', run: async load => {
    const { engine, api } = await engineOf(load);
    assert.equal(engine.current(), undefined);
    assert.ok(engine.allows({ kind: 'start' }));
    assert.equal(engine.navigate({ kind: 'start' }).deliver.id, 'a');
    assert.equal(api('Initialize', ''), 'true');
    assert.deepEqual(engine.controls(), { continue: true, previous: false, suspendAll: true, exitAll: true, abandonAll: true });
    assert.equal(engine.navigate({ kind: 'continue' }).deliver.id, 'b');
    assert.equal(engine.navigate({ kind: 'continue' }).deliver.id, 'c');
    assert.equal(engine.navigate({ kind: 'previous' }).deliver.id, 'b');
    assert.equal(engine.navigate({ kind: 'exitAll' }).session, 'ended');
  } },
  { name: 'the table of contents says what may be chosen', run: async load => {
    const { engine } = await engineOf(load, { id: 'course', flow: true, children: [{ id: 'a' }, { id: 'b', visible: false },
      { id: 'module', choice: false, flow: true, children: [{ id: 'c' }] }] });
    engine.navigate({ kind: 'start' });
    assert.equal(ids(engine.contents()), '0course 1a 1module 2c-');
    assert.ok(engine.allows({ kind: 'choice', target: 'module' }));
    assert.ok(!engine.allows({ kind: 'choice', target: 'nowhere' }));
    assert.equal(engine.navigate({ kind: 'choice', target: 'module' }).deliver.id, 'c');
  } },
  { name: 'the contents list parts in the order that was drawn for this learner', run: async load => {
    const part = id => ({ id, flow: true, children: [{ id: `${id}1` }, { id: `${id}2` }] });
    const { engine } = await engineOf(load, { id: 'course', flow: true, reorder: true, children: ['a', 'b', 'c', 'd', 'e'].map(part) });
    const listed = engine.contents().filter(({ depth }) => depth === 2).map(({ id }) => id), met = [engine.navigate({ kind: 'start' }).deliver.id];
    while (met.length < 10) met.push(engine.navigate({ kind: 'continue' }).deliver.id);
    assert.deepEqual(listed, met);
    assert.notDeepEqual(met, [...met].sort());
  } },
  { name: 'what Continue would deliver is known beforehand and changes nothing', run: async load => {
    const { engine, api } = await engineOf(load);
    engine.navigate({ kind: 'start' });
    api('Initialize', '');
    api('SetValue', 'cmi.location', 'page 3');
    const before = engine.snapshot();
    assert.equal(engine.next().id, 'b');
    assert.deepEqual(engine.snapshot(), before);
    assert.equal(api('GetValue', 'cmi.location'), 'page 3');
    assert.equal(engine.current().id, 'a');
  } },
  { name: 'each part keeps all that it may suspend, and the state travels whole', run: async load => {
    const three = { id: 'course', flow: true, children: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] };
    const { engine, api } = await engineOf(load, three);
    const data = id => id.repeat(256 << 10);
    engine.navigate({ kind: 'start' });
    for (const id of ['a', 'b', 'c']) {
      assert.equal(engine.current().id, id);
      for (const call of [['Initialize', ''], ['SetValue', 'cmi.suspend_data', data(id)], ['SetValue', 'cmi.exit', 'suspend'], ['Terminate', '']])
        assert.equal(api(...call), 'true', `${id}: ${call[0]} ${call[1]}`);
      assert.ok(engine.digest());
      engine.navigate({ kind: id === 'c' ? 'suspendAll' : 'continue' });
    }
    const snapshot = engine.snapshot();
    assert.ok(snapshot.length > 3 * (256 << 10));
    const again = await engineOf(load, three, { snapshot });
    for (const id of ['c', 'b', 'a']) {
      again.engine.navigate(id === 'c' ? { kind: 'resumeAll' } : { kind: 'choice', target: id });
      assert.equal(again.api('Initialize', ''), 'true');
      assert.ok(again.api('GetValue', 'cmi.suspend_data') === data(id), `${id} has what it kept`);
      again.api('SetValue', 'cmi.exit', 'suspend');
      again.api('Terminate', '');
    }
    assert.equal(again.engine.digest().length, 16);
  } },
  { name: 'results, and the course they make', run: async load => {
    const { engine, api, seen } = await engineOf(load, { id: 'course', flow: true, children: [{ id: 'a' }] });
    engine.navigate({ kind: 'start' });
    api('Initialize', '');
    for (const [el, value] of [['cmi.completion_status', 'completed'], ['cmi.success_status', 'passed'], ['cmi.score.scaled', '0.75'],
      ['cmi.location', 'Соңы'], ['cmi.session_time', 'PT1M']]) assert.equal(api('SetValue', el, value), 'true', el);
    assert.equal(seen.changed, 5);
    assert.equal(api('Terminate', ''), 'true');
    assert.equal(seen.terminated, 1);
    const state = engine.state();
    assert.equal(state.completion, 'completed');
    assert.equal(state.success, 'passed');
    assert.equal(state.score, 0.75);
    assert.equal(state.location, 'Соңы');
    assert.equal(engine.standing('a').score, 0.75);
    engine.navigate({ kind: 'exitAll' });
    assert.equal(engine.rollUp().completion, 'completed');
    assert.equal(engine.rollUp().success, 'passed');
  } },
  { name: 'what the SCO asks for is told once', run: async load => {
    const { engine, api } = await engineOf(load);
    engine.navigate({ kind: 'start' });
    api('Initialize', '');
    assert.equal(api('SetValue', 'adl.nav.request', '{target=c}choice'), 'true');
    api('Terminate', '');
    assert.deepEqual(engine.wish(), { kind: 'choice', target: 'c' });
    assert.equal(engine.wish(), undefined);
    assert.equal(engine.navigate({ kind: 'choice', target: 'c' }).deliver.id, 'c');
  } },
  { name: 'a Commit that the phone cannot keep fails', run: async load => {
    const { engine, api, seen } = await engineOf(load);
    engine.navigate({ kind: 'start' });
    api('Initialize', '');
    seen.safe = false;
    assert.equal(api('Commit', ''), 'false');
    assert.equal(api('GetLastError'), '391');
    seen.safe = true;
    assert.equal(api('Commit', ''), 'true');
    assert.equal(api('GetLastError'), '0');
  } },
  { name: 'another phone goes on where this one was', run: async load => {
    const first = await engineOf(load);
    first.engine.navigate({ kind: 'start' });
    first.engine.navigate({ kind: 'continue' });
    first.api('Initialize', '');
    first.api('SetValue', 'cmi.suspend_data', 'Әліппе '.repeat(15000));
    first.api('SetValue', 'cmi.exit', 'suspend');
    assert.equal(first.engine.navigate({ kind: 'suspendAll' }).session, 'suspended');
    const second = await engineOf(load, course, { snapshot: first.engine.snapshot() });
    assert.equal(second.engine.place(), 'b');
    assert.equal(second.engine.begin(undefined).deliver.id, 'b');
    assert.equal(second.api('Initialize', ''), 'true');
    assert.equal(second.api('GetValue', 'cmi.entry'), 'resume');
    assert.equal(second.api('GetValue', 'cmi.suspend_data'), 'Әліппе '.repeat(15000));
  } },
  { name: 'a page that is opened anew finds its place and its data, as after a dead battery', run: async load => {
    for (const [standard, location, entry] of [['SCORM 1.2', 'cmi.core.lesson_location', 'cmi.core.entry'], ['SCORM 2004 4th Edition', 'cmi.location', 'cmi.entry']]) {
      const first = await engineOf(load, course, {}, standard);
      first.engine.begin(undefined);
      first.engine.navigate({ kind: 'continue' });
      first.api('Initialize', '');
      first.api('SetValue', location, '7');
      const second = await engineOf(load, course, { snapshot: first.engine.snapshot() }, standard);
      assert.equal(second.engine.begin(undefined).deliver.id, 'b', standard);
      second.api('Initialize', '');
      assert.equal(second.api('GetValue', location), '7', standard);
      assert.equal(second.api('GetValue', entry), 'resume', standard);
    }
  } },
  { name: 'an opening may choose; what cannot be chosen is passed over', run: async load => {
    const { engine } = await engineOf(load);
    assert.equal(engine.begin('c').deliver.id, 'c');
    assert.equal((await engineOf(load)).engine.begin('nowhere').deliver.id, 'a');
    const still = await engineOf(load, { id: 'course', children: [{ id: 'a', visible: false }, { id: 'b' }] });
    assert.equal(still.engine.begin(undefined).deliver.id, 'b', 'where nothing flows, the first that may be chosen');
  } },
  { name: 'what was left is not opened again by itself', run: async load => {
    const first = await engineOf(load, { id: 'course', children: [{ id: 'a' }, { id: 'b' }] });
    first.engine.begin(undefined);
    assert.equal(first.engine.navigate({ kind: 'exit' }).session, 'no-content');
    const second = await engineOf(load, { id: 'course', children: [{ id: 'a' }, { id: 'b' }] }, { snapshot: first.engine.snapshot() });
    assert.deepEqual(second.engine.begin(undefined), { session: 'no-content' });
    assert.equal(second.engine.navigate({ kind: 'choice', target: 'b' }).deliver.id, 'b');
  } },
  { name: 'a course that hides controls has them hidden and not to be used', run: async load => {
    const { engine } = await engineOf(load, { id: 'course', flow: true, children: [{ id: 'a', hide: 2 + 8 }, { id: 'b' }] });
    engine.begin(undefined);
    assert.deepEqual([engine.controls().continue, engine.controls().exitAll, engine.controls().suspendAll], [false, false, true]);
    assert.deepEqual(engine.hidden(), { continue: true, previous: false, suspendAll: false, exitAll: true, abandonAll: false });
    assert.equal(engine.next().id, 'b');
  } },
  { name: 'SCORM 1.2: the tree is walked freely, headings lead into their parts', run: async load => {
    const { engine } = await engineOf(load, { id: 'org', flow: true, children: [{ id: 'part', flow: true, children: [{ id: 'a' },
      { id: 'b', visible: false }] }, { id: 'c' }] }, {}, 'SCORM 1.2');
    assert.equal(engine.begin(undefined).deliver.id, 'a');
    assert.equal(ids(engine.contents()), '1part 2a 1c');
    assert.deepEqual([engine.controls().previous, engine.controls().continue], [false, true]);
    assert.equal(engine.navigate({ kind: 'continue' }).deliver.id, 'b');
    assert.equal(engine.navigate({ kind: 'continue' }).deliver.id, 'c');
    assert.equal(engine.next(), undefined);
    assert.equal(engine.navigate({ kind: 'previous' }).deliver.id, 'b');
    assert.equal(engine.navigate({ kind: 'choice', target: 'part' }).deliver.id, 'a');
  } },
  { name: 'SCORM 1.2: what is set counts for the screen before it is committed, and is transferred at the end', run: async load => {
    const { engine, api } = await engineOf(load, { id: 'org', flow: true, children: [{ id: 'a' }] }, {}, 'SCORM 1.2');
    engine.begin(undefined);
    api('Initialize', '');
    api('SetValue', 'cmi.core.lesson_status', 'passed');
    api('SetValue', 'cmi.core.score.raw', '90');
    assert.deepEqual([engine.rollUp().completion, engine.rollUp().success, engine.rollUp().score], ['completed', 'passed', 0.9]);
    engine.navigate({ kind: 'exitAll' });
    assert.deepEqual([engine.rollUp().completion, engine.rollUp().success, engine.rollUp().score], ['completed', 'passed', 0.9]);
  } },
  { name: 'SCORM 1.2: complete when all are, passed or failed by those that say so, the mean of the scores', run: async load => {
    const { engine, api } = await engineOf(load, { id: 'org', flow: true, children: [{ id: 'page', kind: 2 }, { id: 'q1' }, { id: 'q2' }] }, {}, 'SCORM 1.2');
    const play = (id, status, raw) => {
      engine.navigate({ kind: 'choice', target: id });
      api('Initialize', '');
      api('SetValue', 'cmi.core.lesson_status', status);
      api('SetValue', 'cmi.core.score.raw', raw);
      api('Terminate', '');
    };
    const whole = () => {
      const { completion, success, score, progress } = engine.rollUp();
      return [completion, success, score, Math.round(progress * 3)];
    };
    assert.deepEqual(whole(), ['not attempted', 'unknown', undefined, 0]);
    engine.begin(undefined);
    assert.deepEqual(whole(), ['incomplete', 'unknown', undefined, 1]);
    play('q1', 'passed', '100');
    assert.deepEqual(whole(), ['incomplete', 'unknown', 1, 2], 'no verdict before the end');
    play('q2', 'failed', '50');
    assert.deepEqual(whole(), ['completed', 'failed', 0.75, 3]);
    play('q2', 'passed', '90');
    assert.deepEqual(whole(), ['completed', 'passed', 0.95, 3]);
  } },
  { name: 'an SCO that never speaks is completed when it is left', run: async load => {
    for (const standard of ['SCORM 1.2', 'SCORM 2004 4th Edition']) {
      const { engine } = await engineOf(load, { id: 'org', flow: true, children: [{ id: 'a' }, { id: 'b' }] }, {}, standard);
      engine.begin(undefined);
      assert.notEqual(engine.state().completion, 'completed');
        engine.navigate({ kind: 'continue' });
      assert.equal(engine.standing('a').completion, 'completed', standard);
    }
  } },
  { name: 'the journal tells what happened, once, and what another engine makes of it is the same', run: async load => {
    const { engine, api } = await engineOf(load);
    engine.begin(undefined);
    api('Initialize', '');
    api('SetValue', 'cmi.location', 'a\ud800b\0c');
    api('SetValue', 'cmi.location', 'a\ud800b\0c');
    api('SetValue', 'cmi.score.scaled', '2');
    api('GetValue', 'cmi.nothing');
    api('Commit', '');
    engine.navigate({ kind: 'choice', target: 'c' });
    const journal = engine.takeJournal();
    assert.deepEqual(journal.map(({ call, a, b, error }) => [call, a, b, error].filter(x => x !== undefined).join(' ')),
      ['start', 'Initialize ', 'SetValue cmi.location a\ufffdb\ufffdc', 'refused SetValue cmi.score.scaled 2 407', 'refused GetValue cmi.nothing 401', 'Commit ', 'choice c']);
    assert.deepEqual(engine.takeJournal(), []);
    const again = await engineOf(load);
    for (const { at, call, a, b } of journal) {
      again.seen.now = at - 10;
      if (call === 'choice') again.engine.navigate({ kind: call, target: a });
      else if (call === 'start') again.engine.navigate({ kind: call });
      else if (call !== 'refused') again.api(call, a, b);
    }
    assert.match(engine.digest(), /^[0-9a-f]{16}$/);
    assert.equal(again.engine.digest(), engine.digest());
    again.engine.navigate({ kind: 'previous' });
    assert.notEqual(again.engine.digest(), engine.digest());
  } },
  { name: 'bytes that are no tree and no state are refused', run: async load => {
    await assert.rejects(engineOf(load, course, { tree: new Uint8Array(50) }));
    await assert.rejects(engineOf(load, course, { snapshot: new Uint8Array(50) }));
  } },
];
