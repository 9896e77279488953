// SPDX-License-Identifier: Apache-2.0
// The engine in the browser is the engine in the program:  node differential.mjs [STEPS [TREES [SEED]]]
//
// tests/conformance/scorm_play.c plays random courses natively and writes down every step with its answer; here
// scorm.wasm plays the same through the player's own glue. The first difference ends the run.
// KENES_PLAY and KENES_WASM say where they are.
import { spawn } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url)), web = join(here, '../../web');
const [steps = 20000, trees = 50, seed = 1] = process.argv.slice(2).map(Number);
const play = process.env.KENES_PLAY || join(here, '../../build/scorm_play');
const wasm = readFileSync(process.env.KENES_WASM || join(here, '../../build/scorm.wasm'));

const scratch = mkdtempSync(join(tmpdir(), 'kenes-differential-'));
const { build } = createRequire(join(web, 'package.json'))('esbuild');
const outfile = join(scratch, 'wasm.mjs');
await build({ entryPoints: [join(web, 'src/player/wasm.ts')], bundle: true, format: 'esm', outfile, logLevel: 'warning' });
const { Scorm, requests, sessions } = await import(pathToFileURL(outfile).href);
rmSync(scratch, { recursive: true, force: true });

const hash = bytes => {
  let h = 2166136261;
  for (let i = 0; i < bytes.length; i++) h = Math.imul(h ^ bytes[i], 16777619);
  return h >>> 0;
};

class Message {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  get over() { return this.at >= this.bytes.length; }
  u8() { return this.bytes[this.at++]; }
  i32() { return this.bytes.readInt32LE((this.at += 4) - 4); }
  u32() { return this.bytes.readUInt32LE((this.at += 4) - 4); }
  f64() { return this.bytes.readDoubleLE((this.at += 8) - 8); }
  raw() {
    const n = this.i32();
    return n < 0 ? undefined : this.bytes.subarray(this.at, this.at += n);
  }
  text() { return this.raw()?.toString('utf8'); }
}

const bits = v => ['continue', 'previous', 'exit', 'exitAll', 'abandon', 'abandonAll', 'suspendAll', 'resumeAll', 'start']
  .reduce((all, name, i) => all | (v[name] ? 1 << i : 0), 0);

// Each reads a step's input and answers: [what the module says, what the program said].
const plays = {
  N: (m, e) => {
    const what = requests[m.u8()], target = m.i32(), now = m.f64();
    return [[e.navigate(what, target, now), sessions.indexOf(e.session), e.current], [m.i32(), m.i32(), m.i32()], [what, target]];
  },
  P: (m, e) => {
    const { what, target } = e.pending();
    return [[requests.indexOf(what), target], [m.i32(), m.i32()]];
  },
  C: (m, e) => {
    const [method, a, b, now] = [m.text(), m.text(), m.text(), m.f64()];
    return [[e.call(method, a, b, now), e.lastError], [m.text(), m.i32()], [method, a, b]];
  },
  V: (m, e) => {
    const v = e.validity();
    return [[bits(v), v.hidden, hash(v.choice), hash(v.shown)], [m.u32(), m.u32(), m.u32(), m.u32()]];
  },
  D: (m, e) => {
    const i = m.i32(), s = e.standing(i);
    return [[s.score, s.progress, s.totalTime, s.attempts, s.completion, s.success, s.location],
      [m.f64(), m.f64(), m.f64(), m.u32(), m.text(), m.text(), m.text()], [i]];
  },
  S: (m, e) => {
    const bytes = e.snapshot();
    if (!e.restore(bytes)) throw new Error('the snapshot is not taken back');
    return [[bytes.length, hash(bytes)], [m.u32(), m.u32()]];
  },
  G: (m, e) => {
    const bytes = e.globals();
    if (!e.setGlobals(bytes)) throw new Error('the globals are not taken back');
    return [[bytes.length, hash(bytes)], [m.u32(), m.u32()]];
  },
};

let played = 0;
async function episode(bytes, number) {
  const m = new Message(bytes), activities = m.i32(), tree = m.raw();
  const engine = await Scorm.load(wasm);
  if (!engine.open(tree, activities, { id: 'm', name: 'Ахметова, Әлия', seed: seed + number })) throw new Error(`tree ${number} is not opened`);
  const last = [];
  for (let step = 0; !m.over; step++) {
    const kind = String.fromCharCode(m.u8());
    const [got, wanted, input = []] = plays[kind](m, engine);
    played++;
    last.push(`${kind} ${JSON.stringify(input)} → ${JSON.stringify(wanted)}`);
    if (last.length > 12) last.shift();
    if (got.some((value, i) => !Object.is(value, wanted[i])))
      throw new Error(`tree ${seed + number}, step ${step}: ${JSON.stringify(got)}\n${last.join('\n')}`);
  }
}

const child = spawn(play, [seed, trees, steps].map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise(resolve => child.on('close', resolve));
let failed = 0, number = 0, kept = Buffer.alloc(0);
try {
  for await (const chunk of child.stdout) {
    kept = Buffer.concat([kept, chunk]);
    while (kept.length >= 4 && kept.length >= 4 + kept.readUInt32LE(0)) {
      const n = kept.readUInt32LE(0);
      await episode(kept.subarray(4, 4 + n), number++);
      kept = kept.subarray(4 + n);
    }
  }
  const code = await ended;
  if (code !== 0 || number !== trees) throw new Error(`the program ended with ${code} after ${number} trees`);
} catch (error) {
  failed++;
  console.log(`not ok ${error.message}`);
}
console.log(`${played} steps on ${number} trees`);
console.log(`${number} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
