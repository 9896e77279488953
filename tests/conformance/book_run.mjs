// SPDX-License-Identifier: Apache-2.0
// The engine does what the SN book says:  node book_run.mjs [TREES [STEPS [SEED]]]
//
// tests/conformance/book is the pseudo-code of the book word for word, apart from what departures.mjs names. Random courses are played on
// it and on scorm.wasm, and after every step both must have come to the same. The first difference is made small and printed.
//
// KENES_FEATURES=pre,post,… narrows what is in the courses; -name leaves one out. KENES_BOOK=-name turns a departure off. KENES_MOST=N goes
// on after the first difference, up to N of them. KENES_SHRINK=S: at most so many seconds to make one small.
import { chanceOf, features as courseFeatures, randomCourse } from './book/courses.mjs';
import { begin, play } from './book/play.mjs';
import { report } from './book/report.mjs';
import { shrink } from './book/shrink.mjs';
import { randomStep } from './book/steps.mjs';

const [trees = 500, steps = 25, seed = 1] = process.argv.slice(2).map(Number);
const stepFeatures = ['content', 'suspend', 'leave', 'abandon', 'jump'];

function wantedFeatures() {
  const words = (process.env.KENES_FEATURES ?? '').split(',').filter(Boolean), named = words.filter(word => word[0] !== '-');
  const all = process.env.KENES_FEATURES === 'none' ? [] : named.length ? named : [...courseFeatures, ...stepFeatures];
  return all.filter(name => !words.includes(`-${name}`));
}

const wanted = wantedFeatures(), has = Object.fromEntries(wanted.map(name => [name, true]));

function playTree(number) {
  const c = chanceOf(number), course = randomCourse(c, wanted), book = begin(course), done = [];
  for (let i = 0; i < steps; i++) {
    done.push(i ? randomStep(c, book, has) : { do: 'navigate', what: 'start' });
    const difference = play(book, done.at(-1));
    if (difference) return { course, steps: done, difference };
  }
  return undefined;
}

let played = 0, failed = 0;
const most = Number(process.env.KENES_MOST || 1), seen = new Map();
for (; played < trees && failed < most; played++) {
  const found = playTree(seed + played);
  if (!found) continue;
  failed++;
  const kind = found.difference.replace(/\b[ag]?\d+(\.\d+)?\b/g, '#');
  seen.set(kind, (seen.get(kind) || 0) + 1);
  if (seen.get(kind) > 1 && most > 1) continue;
  console.log(`not ok tree ${seed + played}\n${report(shrink(found.course, found.steps, found.difference))}\n`);
}
if (most > 1) for (const [kind, n] of seen) console.log(`${n} times ${kind}`);
console.log(`${played - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
