// SPDX-License-Identifier: Apache-2.0
// The engine in C behind the player's seam: ids for numbers, states for standings, look-ahead without a trace.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { treeOf } from './tree.mjs';

const wasm = readFileSync(process.env.KENES_WASM || join(dirname(fileURLToPath(import.meta.url)), '../../build/scorm.wasm'));
const course = { id: 'course', flow: true, children: [{ id: 'a' }, { id: 'b' }, { id: 'module', flow: true, children: [{ id: 'c' }] }] };

async function engineOf(load, root = course, before = {}) {
  const [{ Scorm }, { SequencedEngine }] = [await load('player/wasm'), await load('player/sequenced')];
  const { tree, activities } = treeOf(root);
  const seen = { changed: 0, commits: 0, terminated: 0, safe: true, now: 1700000000000 };
  const host = { changed: () => seen.changed++, commit: () => (seen.commits++, seen.safe), terminated: () => seen.terminated++ };
  const launch = { standard: 'SCORM 2004 4th Edition', activities, learner: { id: 'per_1', name: 'Ахметова, Әлия', language: 'kk' } };
  const engine = new SequencedEngine(await Scorm.load(wasm), launch, { tree, seed: 1, ...before }, host, () => seen.now += 10);
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
    const second = engine.navigate({ kind: 'continue' });
    assert.equal(second.deliver.id, 'b');
    assert.equal(second.left.activity, 'a');
    assert.equal(engine.navigate({ kind: 'continue' }).deliver.id, 'c');
    assert.equal(engine.navigate({ kind: 'previous' }).deliver.id, 'b');
    assert.equal(engine.navigate({ kind: 'exitAll' }).session, 'ended');
  } },
  { name: 'the table of contents says what may be chosen', run: async load => {
    const { engine } = await engineOf(load, { id: 'course', flow: true, children: [{ id: 'a' }, { id: 'b', visible: false },
      { id: 'module', choice: false, flow: true, children: [{ id: 'c' }] }] });
    engine.navigate({ kind: 'start' });
    assert.equal(ids(engine.contents()), '1a 1module 2c-');
    assert.ok(engine.allows({ kind: 'choice', target: 'module' }));
    assert.ok(!engine.allows({ kind: 'choice', target: 'nowhere' }));
    assert.equal(engine.navigate({ kind: 'choice', target: 'module' }).deliver.id, 'c');
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
    assert.equal(state.cmi['cmi.score.scaled'], '0.75');
    assert.equal(engine.states().get('a').score, 0.75);
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
    assert.equal(second.engine.navigate({ kind: 'start' }).deliver.id, 'b');
    assert.equal(second.api('Initialize', ''), 'true');
    assert.equal(second.api('GetValue', 'cmi.entry'), 'resume');
    assert.equal(second.api('GetValue', 'cmi.suspend_data'), 'Әліппе '.repeat(15000));
  } },
  { name: 'bytes that are no tree and no state are refused', run: async load => {
    await assert.rejects(engineOf(load, course, { tree: new Uint8Array(50) }));
    await assert.rejects(engineOf(load, course, { snapshot: new Uint8Array(50) }));
  } },
];
