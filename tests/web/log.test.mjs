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

const commit = (seq, activity, more = {}) => ({ seq, launch: NOW, activity, cmi: '{"a":"1"}', completion: 'incomplete', ...more });
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
    name: 'a commit that never left may be replaced by a newer one of its activity; the number stays', run: async load => {
      const { log, local } = await logOf(load);
      assert.equal(log.append(commit(log.next(4), 'a', { location: '1' })), true);
      assert.equal(log.append(commit(log.next(4), 'a', { location: '2' })), true);
      assert.equal(log.append(commit(log.next(4), 'b')), true);
      assert.deepEqual(bodies(log).map(({ seq, activity, location }) => [seq, activity, location]), [[5, 'a', '2'], [6, 'b', undefined]]);
      assert.equal(local.map.size, 2);
    },
  },
  {
    name: 'what was sent or handed over is never replaced', run: async load => {
      const { log, keeper, run } = await logOf(load);
      log.append(commit(1, 'a'));
      log.sending(log.head);
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
    name: 'no room on the phone: append says so, and what a later commit holds again makes room', run: async load => {
      const { log } = await logOf(load, { local: storage(3000), keeper: keeperOf(false) });
      const big = { cmi: JSON.stringify({ 'cmi.suspend_data': 'x'.repeat(1000) }) };
      assert.equal(log.append(commit(1, 'a', big)), true);
      log.sending(log.head);
      assert.equal(log.append(commit(2, 'a', big)), true);
      log.sending(log.pending()[1]);
      assert.equal(log.append(commit(3, 'a', big)), true, 'the first is emptied');
      assert.deepEqual(bodies(log).map(({ seq, cmi }) => [seq, !!cmi]), [[1, false], [2, true], [3, true]]);
      assert.equal(log.append(commit(4, 'b', { cmi: JSON.stringify('x'.repeat(4000)) })), false);
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
      log.append(commit(1, 'a'));
      log.append(commit(2, 'b'));
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
      for (let i = 1; i <= 5; i++) log.append(commit(log.next(0), `a${i}`));
      void sender.pump();
      for (let i = 0; i < 5; i++) { void sender.pump(); await turn(); }
      assert.deepEqual(sent.map(({ seq }) => seq), [1, 1, 1, 2, 3, 4, 5]);
      assert.equal(log.size, 0);
    },
  },
  {
    name: 'known counts as saved; a gap makes what follows close up', run: async load => {
      const known = await senderOf(load, [[200, { verdict: 'known', seq: 7 }], saved]);
      known.log.append(commit(7, 'a'));
      known.log.append(commit(8, 'b'));
      await known.sender.pump();
      assert.deepEqual([known.log.size, known.sender.acknowledged], [0, 8]);
      const gap = await senderOf(load, [[200, { verdict: 'gap', seq: 4 }], saved]);
      gap.log.append(commit(7, 'a'));
      gap.log.append(commit(8, 'b'));
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
    name: 'a state that the server refuses is not saved until a newer one is, and blocks nothing', run: async load => {
      const { log, sender, sent } = await senderOf(load, [body => body.cmi === '{"big":1}' ? [413, { error: 'too-large' }] : saved(body)]);
      log.append(commit(1, 'a', { cmi: '{"big":1}' }));
      log.append(commit(2, 'b'));
      await sender.pump();
      assert.deepEqual(sent.map(({ seq, cmi }) => [seq, cmi]), [[1, '{"big":1}'], [1, undefined], [2, '{"a":"1"}']]);
      assert.equal(sender.lost, true);
      log.append(commit(3, 'a'));
      await sender.pump();
      assert.equal(sender.lost, false);
    },
  },
  {
    name: 'a page that goes away sends what waits by beacon, as much as fits', run: async load => {
      const { log, sender } = await senderOf(load, [undefined]);
      const beacons = [];
      Object.defineProperty(globalThis, 'navigator', { value: { sendBeacon: (_, body) => beacons.push(JSON.parse(body).seq) }, configurable: true });
      log.append(commit(1, 'a', { cmi: '"' + 'x'.repeat(40000) + '"' }));
      log.append(commit(2, 'b', { cmi: '"' + 'x'.repeat(10000) + '"' }));
      log.append(commit(3, 'c', { cmi: '"' + 'ж'.repeat(10000) + '"' }));
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
    name: 'the keeper holds 1.5 MB a capability: superseded states are emptied first, then it refuses', run: async load => {
      browser();
      const { put, get } = await load('keeper/store');
      const entry = (seq, activity) => ({ launch: NOW, seq, body: JSON.stringify(commit(seq, activity, { cmi: JSON.stringify('x'.repeat(250000)) })) });
      assert.equal(put(CAP, [entry(1, 'a'), entry(2, 'a')]), true);
      assert.equal(put(CAP, [entry(3, 'a')]), true);
      assert.deepEqual(get(CAP).map(({ seq, body }) => [seq, body.length > 1000]), [[1, false], [2, true], [3, true]]);
      assert.equal(put(CAP, [entry(4, 'b')]), true);
      assert.equal(put(CAP, [entry(5, 'c')]), false, 'nothing superseded is left');
      assert.equal(put(OTHER, [entry(1, 'a')]), true);
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
