// SPDX-License-Identifier: Apache-2.0
// A hall of 200 whose names are as nasty as names get, with its certificates: made once, used by all tests.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const { KENES, MAKE_HALL, PACKAGE } = process.env;

export function run(program, ...words) {
  const done = spawnSync(program, words, { maxBuffer: 1 << 28 });
  return { code: done.status, out: done.stdout.toString(), error: done.stderr.toString(), bytes: done.stdout };
}

export function must(program, ...words) {
  const done = run(program, ...words);
  if (done.code !== 0) throw new Error(`${program} ${words.join(' ')}: ${done.code}\n${done.error}`);
  return done;
}

export const kenes = (...words) => run(KENES, ...words);

let made;
export function hall(scratch) {
  if (made) return made;
  const data = join(scratch, 'site'), code = must(MAKE_HALL, data, PACKAGE, '200').out.trim(), pdf = join(scratch, 'room.pdf');
  const began = Date.now();
  const report = JSON.parse(must(KENES, 'certificate', 'issue', '--data', data, '--event', code, '--all', '--json').out);
  must(KENES, 'certificate', 'pdf', '--data', data, '--event', code, '-o', pdf);
  console.log(`# 200 certificates issued and printed in ${Date.now() - began} ms`);
  made = { data, code, pdf, report };
  return made;
}
