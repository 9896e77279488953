// SPDX-License-Identifier: Apache-2.0
// What the API answers, which activity comes next, what is kept of each: both standards, through the seam.
import assert from 'node:assert/strict';

const activity = (id, more = {}) => ({ id, title: id, parent: 0, kind: 'sco', visible: true, href: `${id}.html`, ...more });
const root = { id: 'org', title: 'Course', parent: -1, kind: 'cluster', visible: true };

async function engineOf(load, standard, activities, { states = [], commit = () => true } = {}) {
  const { createEngine } = await load('player/engine');
  const seen = { changed: 0, terminated: 0, now: 0 };
  const launch = {
    attempt: {}, learner: { id: 'per_1', name: 'Ахметова, Әлия', language: 'kk' }, standard, activities: [root, ...activities],
    states: states.map(state => ({ completion: 'unknown', success: 'unknown', total_time_ms: 0, suspended: false, ...state, cmi: JSON.stringify(state.cmi || {}) })),
  };
  const host = { changed: () => seen.changed++, commit, terminated: () => seen.terminated++ };
  const engine = createEngine(launch, host, () => seen.now);
  const api = (method, ...args) => engine.call(method, args);
  const error = () => +api('GetLastError');
  return { engine, api, error, seen };
}

const one = (load, standard, more, options) => engineOf(load, standard, [activity('a', more)], options);
async function running(load, standard, more, options) {
  const all = await one(load, standard, more, options);
  all.engine.navigate({ kind: 'start' });
  all.api('Initialize', '');
  return all;
}

// element, value → error (0: taken)
const sets12 = [
  ['cmi.core.lesson_status', 'completed', 0],
  ['cmi.core.lesson_status', 'not attempted', 405, 'only the LMS says so'],
  ['cmi.core.lesson_status', 'done', 405],
  ['cmi.core.lesson_location', 'стр. 3', 0],
  ['cmi.core.score.raw', '85', 0],
  ['cmi.core.score.raw', '', 0, 'blank is allowed'],
  ['cmi.core.score.raw', '101', 405, 'normalised to 0..100'],
  ['cmi.core.score.raw', '1e2', 405],
  ['cmi.core.session_time', '0000:01:02', 0],
  ['cmi.core.session_time', '00:01:02.5', 0],
  ['cmi.core.session_time', '1:02', 405],
  ['cmi.core.exit', 'suspend', 0],
  ['cmi.core.exit', 'later', 405],
  ['cmi.core.student_name', 'x', 403],
  ['cmi.core.entry', 'x', 403],
  ['cmi.core._children', 'x', 402],
  ['cmi.interactions._count', '3', 402],
  ['cmi.nonsense', 'x', 401],
  ['cmi.core', 'x', 401],
  ['cmi.objectives.0.id', 'o1', 0],
  ['cmi.objectives.0.status', 'not attempted', 0],
  ['cmi.objectives.2.id', 'o3', 201, 'past the end'],
  ['cmi.objectives.01.id', 'o1', 401, 'no index'],
  ['cmi.interactions.0.id', 'q1', 0],
  ['cmi.interactions.0.type', 'choice', 0],
  ['cmi.interactions.0.time', '10:59:59', 0],
  ['cmi.interactions.0.time', '24:00:00', 405],
  ['cmi.interactions.0.result', 'correct', 0],
  ['cmi.interactions.0.result', '0.5', 0],
  ['cmi.interactions.0.result', 'right', 405],
  ['cmi.interactions.0.correct_responses.0.pattern', 'a', 0],
  ['cmi.student_preference.audio', '-1', 0],
  ['cmi.student_preference.audio', '101', 405],
  ['cmi.student_preference.text', '2', 405],
  ['cmi.suspend_data', 'x'.repeat(200000), 0, 'far beyond the 4,096 of the book'],
  ['cmi.suspend_data', 'x'.repeat(262145), 405, 'never cut: refused'],
  ['', 'x', 201],
];
const gets12 = [
  ['cmi.core.student_name', 'Ахметова, Әлия', 0],
  ['cmi.core.entry', 'ab-initio', 0],
  ['cmi.core.lesson_status', 'not attempted', 0],
  ['cmi.core.credit', 'credit', 0],
  ['cmi.core.lesson_mode', 'normal', 0],
  ['cmi.core.total_time', '0000:00:00.00', 0],
  ['cmi.core.score._children', 'raw,min,max', 0],
  ['cmi.core.score.raw', '', 0, 'nothing set is no error in 1.2'],
  ['cmi.student_data.mastery_score', '80', 0],
  ['cmi.launch_data', 'key=1', 0],
  ['cmi.interactions._count', '0', 0],
  ['cmi.objectives.0.id', '', 201],
  ['cmi.core.exit', '', 404],
  ['cmi.interactions.0.id', '', 404],
  ['cmi.core.student_id._children', '', 202],
  ['cmi.core._count', '', 203],
  ['cmi._version', '3.4', 0],
  ['cmi.core.lesson_statuss', '', 401],
];
const sets2004 = [
  ['cmi.completion_status', 'completed', 0],
  ['cmi.completion_status', 'passed', 406],
  ['cmi.success_status', 'failed', 0],
  ['cmi.location', '5', 0],
  ['cmi.score.scaled', '0.85', 0],
  ['cmi.score.scaled', '1.01', 407],
  ['cmi.score.scaled', 'much', 406],
  ['cmi.progress_measure', '-0.1', 407],
  ['cmi.session_time', 'PT1H2M3.04S', 0],
  ['cmi.session_time', 'P1Y2M3DT4H', 0],
  ['cmi.session_time', 'PT', 406],
  ['cmi.session_time', '00:01:00', 406],
  ['cmi.exit', 'suspend', 0],
  ['cmi.exit', '', 0],
  ['cmi.entry', 'resume', 404],
  ['cmi.learner_name', 'x', 404],
  ['cmi._version', '2', 404],
  ['cmi.score._children', 'x', 404],
  ['cmi', 'x', 401],
  ['cmi.score', 'x', 401],
  ['cmi.interactions.0.type', 'choice', 408, 'the id comes first'],
  ['cmi.interactions.0.id', 'q1', 0],
  ['cmi.interactions.0.learner_response', 'a', 408, 'the type comes first'],
  ['cmi.interactions.0.type', 'choice', 0],
  ['cmi.interactions.0.learner_response', 'a', 0],
  ['cmi.interactions.0.timestamp', '2025-11-23T15:04:05.12+05:00', 0],
  ['cmi.interactions.0.timestamp', '2025-13-01', 406],
  ['cmi.interactions.0.objectives.0.id', 'o1', 0],
  ['cmi.interactions.0.objectives.1.id', 'o1', 351, 'twice the same'],
  ['cmi.interactions.2.id', 'q3', 351, 'past the end'],
  ['cmi.objectives.0.success_status', 'passed', 408],
  ['cmi.objectives.0.id', 'o1', 0],
  ['cmi.objectives.0.id', 'other', 351, 'an id stays'],
  ['cmi.objectives.1.id', 'o1', 351, 'an id is unique'],
  ['cmi.objectives.0.score.scaled', '-1', 0],
  ['cmi.comments_from_learner.0.comment', '{lang=kk}Рақмет', 0],
  ['cmi.comments_from_learner.0.comment', '{lang=???}x', 406],
  ['adl.nav.request', 'continue', 0],
  ['adl.nav.request', '{target=item-2}choice', 0],
  ['adl.nav.request', 'onward', 406],
  ['adl.nav.request_valid.continue', 'true', 401],
  ['', 'x', 351],
];
const gets2004 = [
  ['cmi._version', '1.0', 0],
  ['cmi.learner_name', 'Ахметова, Әлия', 0],
  ['cmi.entry', 'ab-initio', 0],
  ['cmi.mode', 'normal', 0],
  ['cmi.completion_status', 'unknown', 0],
  ['cmi.scaled_passing_score', '80', 0],
  ['cmi.location', '', 403, 'known, without a value'],
  ['cmi.exit', '', 405],
  ['cmi.session_time', '', 405],
  ['cmi.objectives._count', '0', 0],
  ['cmi.objectives.0.id', '', 301],
  ['cmi.location._children', '', 301],
  ['cmi.score._count', '', 301],
  ['cmi.comments_from_lms._count', '0', 0],
  ['cmi.learner_preference._children', 'audio_level,language,delivery_speed,audio_captioning', 0],
  ['cmi.whatever', '', 401],
  ['adl.nav.request', '_none_', 0],
  ['adl.nav.request_valid.continue', 'false', 0],
  ['', '', 301],
];

const table = (standard, sets, gets) => async load => {
  const { api, error } = await running(load, standard, { mastery_score: '80', launch_data: 'key=1' });
  for (const [element, value, code, why] of gets) {
    assert.equal(api('GetValue', element), value, element);
    assert.equal(error(), code, `get ${element}: ${why}`);
  }
  for (const [element, value, code, why] of sets) {
    assert.equal(api('SetValue', element, value), String(!code), `set ${element} = ${value.slice(0, 20)}: ${why}`);
    assert.equal(error(), code, `set ${element} = ${value.slice(0, 20)}: ${why}`);
  }
};

export const tests = [
  { name: 'SCORM 1.2: elements, types and error codes', run: table('SCORM 1.2', sets12, gets12) },
  { name: 'SCORM 2004: elements, types and error codes', run: table('SCORM 2004 4th Edition', sets2004, gets2004) },
  {
    name: 'SCORM 2004: calls in the wrong phase have their own codes', run: async load => {
      const { engine, api, error } = await one(load, 'SCORM 2004 3rd Edition');
      engine.navigate({ kind: 'start' });
      const call = (method, ...args) => [api(method, ...args), error()];
      assert.deepEqual(call('GetValue', 'cmi.mode'), ['', 122]);
      assert.deepEqual(call('SetValue', 'cmi.location', '1'), ['false', 132]);
      assert.deepEqual(call('Commit', ''), ['false', 142]);
      assert.deepEqual(call('Terminate', ''), ['false', 112]);
      assert.deepEqual(call('Initialize', 'x'), ['false', 201]);
      assert.deepEqual(call('Initialize', ''), ['true', 0]);
      assert.deepEqual(call('Initialize', ''), ['false', 103]);
      assert.deepEqual(call('Terminate', ''), ['true', 0]);
      assert.deepEqual(call('Terminate', ''), ['false', 113]);
      assert.deepEqual(call('Initialize', ''), ['false', 104]);
      assert.deepEqual(call('GetValue', 'cmi.mode'), ['', 123]);
      assert.deepEqual(call('SetValue', 'cmi.location', '1'), ['false', 133]);
      assert.deepEqual(call('Commit', ''), ['false', 143]);
      assert.equal(api('GetErrorString', '406'), 'Data Model Element Type Mismatch');
      assert.equal(api('GetErrorString', '9999'), '');
    },
  },
  {
    name: 'SCORM 1.2: nothing before LMSInitialize, nothing after LMSFinish, but one may begin again', run: async load => {
      const { engine, api, error } = await one(load, 'SCORM 1.2');
      engine.navigate({ kind: 'start' });
      assert.equal(api('GetValue', 'cmi.core.entry'), '');
      assert.equal(error(), 301);
      assert.equal(api('Initialize', ''), 'true');
      assert.equal(api('SetValue', 'cmi.core.lesson_location', 7), 'true');
      assert.equal(api('Terminate', ''), 'true');
      assert.equal(api('SetValue', 'cmi.core.lesson_location', 8), 'false');
      assert.equal(error(), 301);
      assert.equal(api('Initialize', ''), 'true');
      assert.equal(api('GetValue', 'cmi.core.lesson_location'), '7');
    },
  },
  {
    name: 'Commit is false, with the code for it, when nothing durable took it', run: async load => {
      const commit = () => false;
      const old = await running(load, 'SCORM 1.2', {}, { commit });
      assert.equal(old.api('Commit', ''), 'false');
      assert.equal(old.error(), 101);
      const now = await running(load, 'SCORM 2004 4th Edition', {}, { commit });
      assert.equal(now.api('Commit', ''), 'false');
      assert.equal(now.error(), 391);
    },
  },
  {
    name: 'SCORM 1.2: the mastery score decides at LMSFinish; with nothing set an SCO is completed', run: async load => {
      for (const [raw, said, exit, completion, success] of [
        ['85', 'completed', '', 'completed', 'passed'],
        ['79', 'completed', '', 'completed', 'failed'],
        ['79', 'incomplete', 'suspend', 'incomplete', 'unknown'],
        ['', '', '', 'completed', 'unknown'],
        ['', 'incomplete', '', 'incomplete', 'unknown'],
      ]) {
        const { engine, api } = await running(load, 'SCORM 1.2', { mastery_score: '80' });
        if (raw) api('SetValue', 'cmi.core.score.raw', raw);
        if (said) api('SetValue', 'cmi.core.lesson_status', said);
        if (exit) api('SetValue', 'cmi.core.exit', exit);
        api('Terminate', '');
        const state = engine.state();
        assert.deepEqual([state.completion, state.success], [completion, success], `${raw} ${said}`);
      }
    },
  },
  {
    name: 'SCORM 2004: threshold and passing score decide what the statuses are', run: async load => {
      const { engine, api } = await running(load, 'SCORM 2004 4th Edition', { mastery_score: '0.8', completion_threshold: '0.9' });
      api('SetValue', 'cmi.success_status', 'passed');
      assert.equal(api('GetValue', 'cmi.success_status'), 'unknown');
      api('SetValue', 'cmi.score.scaled', '0.79');
      assert.equal(api('GetValue', 'cmi.success_status'), 'failed');
      api('SetValue', 'cmi.progress_measure', '0.95');
      assert.equal(api('GetValue', 'cmi.completion_status'), 'completed');
      const { completion, success, score } = engine.state();
      assert.deepEqual({ completion, success, score }, { completion: 'completed', success: 'failed', score: 0.79 });
    },
  },
  {
    name: 'SCORM 2004: the data model begins with the objectives of the manifest', run: async load => {
      const { api } = await running(load, 'SCORM 2004 4th Edition', { objectives: ['PRIMARY', 'obj_playing'] });
      assert.equal(api('GetValue', 'cmi.objectives._count'), '2');
      assert.equal(api('GetValue', 'cmi.objectives.1.id'), 'obj_playing');
      assert.equal(api('SetValue', 'cmi.objectives.1.progress_measure', '0.5'), 'true');
      assert.equal(api('GetValue', 'cmi.objectives.1.success_status'), 'unknown');
    },
  },
  {
    name: 'raw between min and max becomes 0..1, of a hundred without them', run: async load => {
      for (const [min, max, raw, score] of [['', '', '85', 0.85], ['0', '10', '7', 0.7], ['10', '20', '15', 0.5], ['', '50', '60', 1]]) {
        const { engine, api } = await running(load, 'SCORM 1.2');
        if (min) api('SetValue', 'cmi.core.score.min', min);
        if (max) api('SetValue', 'cmi.core.score.max', max);
        api('SetValue', 'cmi.core.score.raw', raw);
        assert.equal(engine.state().score, score);
      }
    },
  },
  {
    name: 'time adds up over visits: what the SCO says, else what the clock says', run: async load => {
      const { engine, api, seen } = await running(load, 'SCORM 1.2', {}, { states: [{ activity: 'a', suspended: true, total_time_ms: 60000 }] });
      assert.equal(api('GetValue', 'cmi.core.total_time'), '0000:01:00.00');
      assert.equal(api('GetValue', 'cmi.core.entry'), 'resume');
      seen.now = 5000;
      assert.equal(engine.state().total_time_ms, 65000);
      api('SetValue', 'cmi.core.session_time', '0000:00:30');
      assert.equal(engine.state().total_time_ms, 90000);
      const later = await running(load, 'SCORM 2004 4th Edition', {}, { states: [{ activity: 'a', suspended: true, total_time_ms: 3661500 }] });
      assert.equal(later.api('GetValue', 'cmi.total_time'), 'PT1H1M1.5S');
    },
  },
  {
    name: 'what was set comes back after a suspension; a 2004 attempt that was ended begins anew', run: async load => {
      const cmi = { 'cmi.location': '7', 'cmi.suspend_data': 'x', 'cmi.exit': 'suspend', 'cmi.interactions.0.id': 'q1' };
      const back = await running(load, 'SCORM 2004 4th Edition', {}, { states: [{ activity: 'a', suspended: true, cmi }] });
      assert.equal(back.api('GetValue', 'cmi.entry'), 'resume');
      assert.equal(back.api('GetValue', 'cmi.location'), '7');
      assert.equal(back.api('GetValue', 'cmi.interactions._count'), '1');
      const anew = await running(load, 'SCORM 2004 4th Edition', {}, { states: [{ activity: 'a', cmi, completion: 'completed', success: 'passed', score: 0.9 }] });
      assert.equal(anew.api('GetValue', 'cmi.entry'), 'ab-initio');
      assert.equal(anew.api('GetValue', 'cmi.location'), '');
      anew.api('SetValue', 'cmi.completion_status', 'incomplete');
      const { completion, success, score } = anew.engine.state();
      assert.deepEqual({ completion, success, score }, { completion: 'completed', success: 'passed', score: 0.9 }, 'what was reached stays');
    },
  },
  {
    name: 'an open activity counts as suspended; leaving it by a navigation ends it unless the SCO suspends', run: async load => {
      for (const [exit, request, suspended] of [['', 'exitAll', false], ['suspend', 'exitAll', true], ['', 'suspendAll', true]]) {
        const { engine, api } = await running(load, 'SCORM 2004 4th Edition');
        assert.equal(engine.state().suspended, true);
        if (exit) api('SetValue', 'cmi.exit', exit);
        engine.leave();
        assert.equal(engine.navigate({ kind: request }).left.suspended, suspended, `${exit} ${request}`);
      }
    },
  },
  {
    name: 'the contents: hidden items are left out, clusters are headings; Continue, Previous and Choice walk the tree', run: async load => {
      const { engine } = await engineOf(load, 'SCORM 1.2', [
        { ...root, id: 'part', title: 'Part', parent: 0 }, activity('a', { parent: 1 }), activity('b', { parent: 1, visible: false }), activity('c'),
      ]);
      assert.deepEqual(engine.contents().map(({ id, depth, launchable }) => [id, depth, launchable]), [['part', 1, false], ['a', 2, true], ['c', 1, true]]);
      assert.equal(engine.navigate({ kind: 'start' }).deliver.id, 'a');
      assert.deepEqual([engine.controls().previous, engine.controls().continue], [false, true]);
      assert.equal(engine.navigate({ kind: 'continue' }).deliver.id, 'b');
      assert.equal(engine.navigate({ kind: 'continue' }).deliver.id, 'c');
      assert.equal(engine.controls().continue, false);
      assert.equal(engine.navigate({ kind: 'previous' }).deliver.id, 'b');
      assert.equal(engine.navigate({ kind: 'choice', target: 'part' }).deliver.id, 'a');
      assert.equal(engine.allows({ kind: 'choice', target: 'nowhere' }), false);
      assert.equal(engine.navigate({ kind: 'exit' }).session, 'no-content');
      assert.equal(engine.navigate({ kind: 'choice', target: 'c' }).session, 'active');
      assert.equal(engine.navigate({ kind: 'continue' }).session, 'ended', 'past the end');
    },
  },
  {
    name: 'adl.nav.request becomes a wish, once, when the SCO has terminated', run: async load => {
      const { engine, api } = await engineOf(load, 'SCORM 2004 4th Edition', [activity('a'), activity('b')]);
      engine.navigate({ kind: 'start' });
      api('Initialize', '');
      assert.equal(api('GetValue', 'adl.nav.request_valid.continue'), 'true');
      assert.equal(api('GetValue', 'adl.nav.request_valid.choice.{target=b}'), 'true');
      assert.equal(api('GetValue', 'adl.nav.request_valid.choice.{target=z}'), 'false');
      api('SetValue', 'adl.nav.request', '{target=b}choice');
      assert.equal(engine.wish(), undefined, 'not before Terminate');
      api('Terminate', '');
      assert.deepEqual(engine.wish(), { kind: 'choice', target: 'b' });
      assert.equal(engine.wish(), undefined);
    },
  },
  {
    name: 'roll-up: complete when all are, failed when any failed, the mean of the scores', run: async load => {
      const { engine, api } = await engineOf(load, 'SCORM 1.2', [activity('page', { kind: 'asset' }), activity('q1'), activity('q2')]);
      const play = (id, status, raw) => {
        engine.navigate({ kind: 'choice', target: id });
        api('Initialize', '');
        api('SetValue', 'cmi.core.lesson_status', status);
        if (raw) api('SetValue', 'cmi.core.score.raw', raw);
        api('Terminate', '');
      };
      assert.equal(engine.rollUp().completion, 'not attempted');
      engine.navigate({ kind: 'start' });
      assert.deepEqual(engine.rollUp(), { completion: 'incomplete', success: 'unknown', score: undefined, progress: 1 / 3 });
      play('q1', 'passed', '100');
      assert.equal(engine.rollUp().success, 'unknown', 'not before the end');
      play('q2', 'failed', '50');
      assert.deepEqual(engine.rollUp(), { completion: 'completed', success: 'failed', score: 0.75, progress: 1 });
      play('q2', 'passed', '90');
      assert.deepEqual(engine.rollUp(), { completion: 'completed', success: 'passed', score: 0.95, progress: 1 });
    },
  },
  {
    name: 'an SCO that never speaks is completed when it is left', run: async load => {
      for (const standard of ['SCORM 1.2', 'SCORM 2004 4th Edition']) {
        const { engine } = await engineOf(load, standard, [activity('a'), activity('b')]);
        engine.navigate({ kind: 'start' });
        assert.notEqual(engine.state().completion, 'completed');
        engine.leave();
        assert.equal(engine.navigate({ kind: 'continue' }).left.completion, 'completed', standard);
      }
    },
  },
];
