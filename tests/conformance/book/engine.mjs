// SPDX-License-Identifier: Apache-2.0
// scorm.wasm behind the same verbs as the book: navigate, content, and what can be seen of it.
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bytesOf } from './bytes.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const wasm = readFileSync(process.env.KENES_WASM || join(root, 'build/scorm.wasm'));

async function glue() {
  const scratch = mkdtempSync(join(tmpdir(), 'kenes-book-'));
  const { build } = createRequire(join(root, 'web/package.json'))('esbuild');
  const outfile = join(scratch, 'wasm.mjs');
  await build({ entryPoints: [join(root, 'web/src/player/wasm.ts')], bundle: true, format: 'esm', outfile, logLevel: 'warning' });
  const loaded = await import(pathToFileURL(outfile).href);
  rmSync(scratch, { recursive: true, force: true });
  return loaded;
}

const { Scorm } = await glue();
const engine = await Scorm.load(wasm);
let now = 1000000;
export const SEED = 1;

export function open(course) {
  now = 1000000;
  if (!engine.open(bytesOf(course), course.activities.length, { id: 'm', name: 'm', seed: SEED })) throw new Error('the tree is not opened');
}

export function navigate(what, target) {
  const deliver = engine.navigate(what, target, now += 1000);
  return { deliver, exception: engine.refused };
}

function call(method, a = '', b) {
  const answer = engine.call(method, a, b, now += 1000);
  if (method !== 'GetValue' && answer !== 'true') throw new Error(`${method} ${a} ${b}: ${answer}, error ${engine.lastError}`);
  return answer;
}

const elements = {
  completion: 'completion_status', success: 'success_status', scaled: 'score.scaled', progress: 'progress_measure', amount: 'progress_measure',
  raw: 'score.raw', min: 'score.min', max: 'score.max',
};

function indexOf(id) {
  const n = Number(call('GetValue', 'cmi.objectives._count'));
  for (let i = 0; i < n; i++) if (call('GetValue', `cmi.objectives.${i}.id`) === id) return i;
  call('SetValue', `cmi.objectives.${n}.id`, id);
  return n;
}

function set({ what, value, objective }) {
  const of = objective === undefined ? 'cmi' : `cmi.objectives.${indexOf(objective)}`;
  call('SetValue', `${of}.${elements[what]}`, String(value));
}

const requestText = ({ what, target }) => target === undefined ? what : `{target=${target}}${what}`;

export function content({ sets, exit, request, terminate }) {
  call('Initialize');
  for (const one of sets) set(one);
  if (exit) call('SetValue', 'cmi.exit', exit);
  if (request) call('SetValue', 'adl.nav.request', requestText(request));
  if (terminate) call('Terminate');
}

export const pending = () => engine.pending();
export const where = () => ({ session: engine.session, current: engine.current, suspended: engine.suspended });
export const standing = a => engine.standing(a);
export const validity = () => engine.validity();
export const order = () => engine.order();
