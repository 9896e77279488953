// SPDX-License-Identifier: Apache-2.0
// The phone's log, the keeper's store and the sender: what is kept, in which order it goes, what is believed.
import assert from 'node:assert/strict';

const CAP = 'A'.repeat(44), OTHER = 'B'.repeat(44);
const OLD = `lau_${'0'.repeat(32)}`, NOW = `lau_${'1'.repeat(32)}`;

// A localStorage with so many characters of room.
function storage(room = Infinity) {
  const map = new Map();
  const used = () => [...map].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return {
    map, get length() { return map.size; },
    key: i => [...map.keys()][i] ?? null,
    getItem: key => map.get(key) ?? null,
    removeItem: key => { map.delete(key); },
    setItem: (key, value) => {
      if (used() - (map.get(key)?.length ?? -key.length) + value.length > room) throw new Error('QuotaExceededError');
      map.set(key, value);
    },
  };
}

// As much of a browser as these modules want; timers run at once, when asked.
function browser(local = storage()) {
  const timers = [];
  globalThis.window = {
    localStorage: local, addEventListener: () => {}, removeEventListener: () => {},
    setTimeout: (act, ms) => timers.push({ act, ms }), clearTimeout: id => { delete timers[id - 1]; },
  };
  return { local, timers, run: () => timers.splice(0).forEach(timer => timer?.act()) };
}

const keeperOf = (up = true) => {
  const kept = new Map();
  return {
    kept, up,
    async put(cap, entries) {
      if (this.up) for (const entry of entries) kept.set(`${cap}/${entry.launch}/${entry.seq}`, entry);
      return this.up;
    },
    async get(cap) { return [...kept].filter(([key]) => key.startsWith(cap)).map(([, entry]) => entry); },
    async drop(cap, entries) { for (const { launch, seq } of entries) kept.delete(`${cap}/${launch}/${seq}`); },
  };
};

const set = (a, b) => ({ at: 1, call: 'SetValue', a, b });
const commit = (seq, activity, ...journal) => ({ seq, launch: NOW, activity, journal: journal.length ? journal : [set('cmi.score.raw', activity)] });
// A commit that no other joins.
const alone = (log, ...args) => {
  const done = log.append(commit(...args));
  log.sending(log.pending()[log.size - 1]);
  return done;
};
const values = ({ journal }) => journal.map(({ b }) => b).join();
const bodies = log => log.pending().map(entry => JSON.parse(entry.body));

async function logOf(load, { local, keeper = keeperOf() } = {}) {
  const page = browser(local);
  const { PhoneLog } = await load('player/log');
  const log = new PhoneLog(CAP, keeper, () => {});
  return { log, keeper, ...page };
}

// A server that answers as told, one answer a request.
async function senderOf(load, answers, made = {}) {
  const all = await logOf(load, made);
  const sent = [];
  globalThis.fetch = async (address, { body }) => {
    sent.push(JSON.parse(body));
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined) throw new TypeError('no network');
    const [status, text] = typeof answer === 'function' ? answer(JSON.parse(body)) : answer;
    return { status, text: async () => typeof text === 'string' ? text : JSON.stringify(text) };
  };
  const { Sender } = await load('player/sender');
  const sender = new Sender('/p/x/commits', all.log, () => {});
  return { ...all, sender, sent };
}
const saved = body => [200, { verdict: 'saved', seq: body.seq }];
const turn = async (n = 20) => { for (let i = 0; i < n; i++) await new Promise(done => setImmediate(done)); };

export const tests = [
  {
    name: 'a commit that never left takes in what happens next; the number stays', run: async load => {
      const { log, local } = await logOf(load);
      assert.equal(log.append(commit(log.next(4), 'a')), true);
      assert.equal(log.append({ ...commit(log.next(4), 'b'), digest: 'now' }), true);
      assert.deepEqual(bodies(log).map(body => [body.seq, body.digest, values(body)]), [[5, 'now', 'a,b']]);
      log.sending(log.head);
      log.append(commit(log.next(4), 'c'));
      assert.deepEqual(bodies(log).map(body => [body.seq, values(body)]), [[5, 'a,b'], [6, 'c']]);
      assert.equal(local.map.size, 2);
    },
  },
  {
    name: 'a commit does not grow without end: by steps, by requests, by size', run: async load => {
      for (const steps of [Array.from({ length: 600 }, (_, i) => set('cmi.score.raw', String(i))), Array.from({ length: 30 }, () => ({ at: 1, call: 'continue' })),
        [set('cmi.launch', 'x'.repeat(160_000))]]) {
        const { log } = await logOf(load);
        log.append(commit(log.next(0), 'a', ...steps));
        log.append(commit(log.next(0), 'a', ...steps.slice().reverse().map(step => ({ ...step, b: step.b && `${step.b} ` }))));
        assert.deepEqual(bodies(log).map(({ seq, journal }) => [seq, journal.length]), [[1, steps.length], [2, steps.length]]);
      }
    },
  },
  {
    name: 'left out is only what provably changes nothing', run: async load => {
      const { compact, repeats } = await load('keeper/journal');
      const place = b => set('cmi.location', b), data = b => set('cmi.suspend_data', b), go = { at: 2, call: 'continue' }, done = { at: 2, call: 'Commit' };
      const short = journals => compact(journals).map(steps => steps.map(({ call, b }) => b || call).join(' '));
      assert.deepEqual(short([[place('1'), data('x'), done, place('2')]]), ['x Commit 2'], 'a Commit does not look at them');
      assert.deepEqual(short([[place('1'), go, place('2')]]), ['1 continue 2'], 'another visit');
      assert.deepEqual(short([[place('1'), { at: 2, call: 'Terminate' }], [{ at: 3, call: 'Initialize' }, place('2')]]), ['1 Terminate', 'Initialize 2']);
      assert.deepEqual(short([[data('1')], [set('cmi.score.raw', '5'), set('cmi.score.raw', '6')], [data('2')]]), ['', '5 6', '2'], 'scores are looked at');
      assert.ok(repeats(done, done) && repeats(place('1'), place('1')));
      assert.ok(!repeats(place('1'), place('2')) && !repeats(go, go) && !repeats(undefined, done));
    },
  },
  {
    name: 'what was sent or handed over is never replaced', run: async load => {
      const { log, keeper, run } = await logOf(load);
      alone(log, 1, 'a');
      log.append(commit(log.next(0), 'a'));
      assert.equal(log.size, 2);
      run();
      await turn();
      log.append(commit(log.next(0), 'a'));
      assert.deepEqual(bodies(log).map(({ seq }) => seq), [1, 2, 3]);
      assert.equal(keeper.kept.size, 2);
    },
  },
  {
    name: 'a moment later the keeper has it and the page no longer; an acknowledged one is nowhere', run: async load => {
      const { log, keeper, local, run } = await logOf(load);
      log.append(commit(1, 'a'));
      run();
      await turn();
      assert.deepEqual([local.map.size, keeper.kept.size], [0, 1]);
      log.drop(log.head);
      await turn();
      assert.deepEqual([local.map.size, keeper.kept.size, log.size], [0, 0, 0]);
    },
  },
  {
    name: 'opening sweeps other attempts to the keeper and finds its own in both places, in order', run: async load => {
      const keeper = keeperOf(), local = storage();
      const put = (cap, launch, seq) => local.setItem(`kenes.commit/${cap}/${launch}/${seq}`, JSON.stringify({ seq, launch }));
      put(OTHER, NOW, 3);
      put(CAP, NOW, 11);
      put(CAP, OLD, 9);
      local.setItem('somebody.else', 'x');
      await keeper.put(CAP, [{ launch: NOW, seq: 10, body: '{}' }]);
      const { log } = await logOf(load, { keeper, local });
      await log.load();
      assert.deepEqual(log.pending().map(({ launch, seq }) => [launch, seq]), [[OLD, 9], [NOW, 10], [NOW, 11]]);
      assert.ok(keeper.kept.has(`${OTHER}/${NOW}/3`));
      assert.ok(![...local.map.keys()].some(key => key.includes(OTHER)));
    },
  },
  {
    name: 'without a keeper nothing is swept away', run: async load => {
      const keeper = keeperOf(false), local = storage();
      local.setItem(`kenes.commit/${OTHER}/${NOW}/3`, '{}');
      const { log } = await logOf(load, { keeper, local });
      await log.load();
      assert.equal(local.map.size, 1);
    },
  },
  {
    name: 'no room on the phone: append says so, and values that a later commit replaces make room', run: async load => {
      const { log } = await logOf(load, { local: storage(3000), keeper: keeperOf(false) });
      const big = set('cmi.suspend_data', 'x'.repeat(1000));
      assert.equal(alone(log, 1, 'a', big), true);
      assert.equal(alone(log, 2, 'a', big), true);
      assert.equal(alone(log, 3, 'a', big), true, 'the first is lighter now');
      assert.deepEqual(bodies(log).map(({ seq, journal }) => [seq, journal.length]), [[1, 0], [2, 1], [3, 1]]);
      assert.equal(alone(log, 4, 'b', set('cmi.score.raw', 'x'.repeat(4000))), false);
      assert.equal(log.safe, false);
    },
  },
  {
    name: 'a browser without storage: nothing is written down, and it is said', run: async load => {
      const { log } = await logOf(load, { keeper: keeperOf(false) });
      Object.defineProperty(window, 'localStorage', { get: () => { throw new Error('SecurityError'); } });
      assert.equal(log.append(commit(1, 'a')), false);
      assert.equal(log.safe, false);
      await log.load();
    },
  },
  {
    name: 'commits go in order, one at a time, until nothing waits', run: async load => {
      const { log, sender, sent } = await senderOf(load, [saved]);
      alone(log, 1, 'a');
      alone(log, 2, 'b');
      await sender.pump();
      assert.deepEqual(sent.map(({ seq, kept }) => [seq, kept]), [[1, 1], [2, 0]]);
      assert.deepEqual([log.size, sender.acknowledged], [0, 2]);
    },
  },
  {
    name: 'a page of a captive portal, an error, a proxy and silence are no acknowledgement', run: async load => {
      for (const answer of [[200, '<html>Welcome to the hotel</html>'], [200, {}], [200, { verdict: 'saved' }], [200, { verdict: 'great', seq: 1 }],
        [500, { error: 'io' }], [503, { error: 'busy' }], [404, 'x'], [403, { error: 'denied' }], [401, { error: 'unknown' }], [400, '<html>']]) {
        const { log, sender, sent, timers } = await senderOf(load, [answer]);
        log.append(commit(1, 'a'));
        void sender.pump();
        await turn();
        assert.deepEqual([log.size, sent.length, sender.reached], [1, 1, false], JSON.stringify(answer));
        assert.ok(timers.some(timer => timer && timer.ms > 600 && timer.ms < 1400), 'tried again in about a second');
      }
      const { log, sender, sent } = await senderOf(load, [undefined]);
      log.append(commit(1, 'a'));
      void sender.pump();
      await turn();
      assert.deepEqual([log.size, sent.length], [1, 1]);
    },
  },
  {
    name: 'after a time without a network everything arrives, once, in order', run: async load => {
      const { log, sender, sent } = await senderOf(load, [undefined, undefined, saved]);
      for (let i = 1; i <= 5; i++) alone(log, log.next(0), `a${i}`);
      void sender.pump();
      for (let i = 0; i < 5; i++) { void sender.pump(); await turn(); }
      assert.deepEqual(sent.map(({ seq }) => seq), [1, 1, 1, 2, 3, 4, 5]);
      assert.equal(log.size, 0);
    },
  },
  {
    name: 'known counts as saved; a gap makes what follows close up', run: async load => {
      const known = await senderOf(load, [[200, { verdict: 'known', seq: 7 }], saved]);
      alone(known.log, 7, 'a');
      alone(known.log, 8, 'b');
      await known.sender.pump();
      assert.deepEqual([known.log.size, known.sender.acknowledged], [0, 8]);
      const gap = await senderOf(load, [[200, { verdict: 'gap', seq: 4 }], saved]);
      alone(gap.log, 7, 'a');
      alone(gap.log, 8, 'b');
      await gap.sender.pump();
      assert.deepEqual(gap.sent.map(({ seq }) => seq), [7, 5, 6]);
      assert.deepEqual([gap.log.size, gap.local.map.size], [0, 0]);
    },
  },
  {
    name: 'another phone goes on: what comes from here is put aside by the server, and this one knows', run: async load => {
      const { log, sender } = await senderOf(load, [[200, { verdict: 'elsewhere', seq: 9 }]]);
      log.append(commit(1, 'a'));
      log.append(commit(2, 'b'));
      await sender.pump();
      assert.deepEqual([sender.fenced, log.size, sender.acknowledged], [true, 0, 0]);
    },
  },
  {
    name: 'what the server refuses for good is said not to be saved, and blocks nothing', run: async load => {
      const { log, sender, sent } = await senderOf(load, [body => values(body) === 'big' ? [413, { error: 'too-large' }] : saved(body)]);
      alone(log, 1, 'a', set('cmi.score.raw', 'big'));
      alone(log, 2, 'b');
      await sender.pump();
      assert.deepEqual(sent.map(body => [body.seq, values(body)]), [[1, 'big'], [1, ''], [2, 'b']]);
      assert.equal(sender.lost, true);
      assert.equal(log.size, 0);
    },
  },
  {
    name: 'a page that goes away sends what waits by beacon, as much as fits', run: async load => {
      const { log, sender } = await senderOf(load, [undefined]);
      const beacons = [];
      Object.defineProperty(globalThis, 'navigator', { value: { sendBeacon: (_, body) => beacons.push(JSON.parse(body).seq) }, configurable: true });
      alone(log, 1, 'a', set('cmi.x', 'x'.repeat(40000)));
      alone(log, 2, 'b', set('cmi.x', 'x'.repeat(10000)));
      alone(log, 3, 'c', set('cmi.x', 'ж'.repeat(10000)));
      sender.farewell();
      assert.deepEqual(beacons, [1, 2]);
      assert.equal(log.size, 3);
    },
  },
  {
    name: 'the keeper keeps by capability and refuses what is no commit', run: async load => {
      browser();
      const { put, get, drop, waiting } = await load('keeper/store');
      assert.equal(put(CAP, [{ launch: NOW, seq: 1, body: '{}' }, { launch: OLD, seq: 2, body: '{}' }]), true);
      for (const [cap, entry] of [['short', { launch: NOW, seq: 1, body: '' }], [CAP, { launch: 'x', seq: 1, body: '' }],
        [CAP, { launch: NOW, seq: 0, body: '' }], [CAP, { launch: NOW, seq: 1, body: 7 }], [CAP, null]])
        assert.equal(put(cap, [entry]), false);
      assert.deepEqual(get(CAP).map(({ seq }) => seq), [2, 1]);
      assert.deepEqual(get(OTHER), []);
      drop(CAP, [{ launch: OLD, seq: 2 }]);
      assert.equal(waiting(), 1);
    },
  },
  {
    name: 'the keeper holds 1.5 MB a capability: replaced values go first, then it refuses', run: async load => {
      browser();
      const { put, get } = await load('keeper/store');
      const entry = (seq, name) => ({ launch: NOW, seq, body: JSON.stringify(commit(seq, 'a', set(name, 'x'.repeat(250000)))) });
      assert.equal(put(CAP, [entry(1, 'cmi.suspend_data'), entry(2, 'cmi.suspend_data')]), true);
      assert.equal(put(CAP, [entry(3, 'cmi.suspend_data')]), true);
      assert.deepEqual(get(CAP).map(({ seq, body }) => [seq, body.length > 1000]), [[1, false], [2, false], [3, true]]);
      assert.equal(put(CAP, [entry(4, 'cmi.comments')]), true);
      assert.equal(put(CAP, [entry(5, 'cmi.comments')]), false, 'nothing that is replaced is left');
      assert.equal(put(OTHER, [entry(1, 'cmi.comments')]), true);
    },
  },
  {
    name: 'the app sends what the keeper keeps: each attempt in order, one that must wait holds up no other', run: async load => {
      browser();
      const { put, replayAll } = await load('keeper/store');
      put(CAP, [{ launch: NOW, seq: 2, body: 'c2' }, { launch: NOW, seq: 1, body: 'c1' }]);
      put(OTHER, [{ launch: NOW, seq: 1, body: 'o1' }, { launch: NOW, seq: 2, body: 'o2' }]);
      const seen = [];
      const left = await replayAll(async (cap, body) => {
        seen.push(body);
        return cap === OTHER ? 'retry' : body === 'c1' ? 'known' : 'saved';
      });
      assert.deepEqual([seen.sort(), left], [['c1', 'c2', 'o1'], 2]);
      assert.equal(await replayAll(async () => 'elsewhere'), 0);
    },
  },
];
