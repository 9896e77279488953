// SPDX-License-Identifier: Apache-2.0
// Random steps: what the learner presses and what SCOs say.
import { mayRun } from './play.mjs';
import { validity } from './overall.mjs';
import { defined } from './tree.mjs';

const scores = [0, 0.1, 0.25, 0.5, 0.6, 0.75, 1, -0.5];
const completions = ['completed', 'completed', 'completed', 'incomplete', 'not attempted', 'unknown'];
const successes = ['passed', 'passed', 'failed', 'failed', 'unknown'];

function saidOfObjective(c, objective, has) {
  const of = value => ({ ...value, objective: objective.id });
  const sets = [];
  if (c.is(60)) sets.push(of({ what: 'success', value: c.of(successes) }));
  if (c.is(50)) sets.push(of({ what: 'scaled', value: c.of(scores) }));
  if (has.extras && c.is(40)) sets.push(of({ what: 'raw', value: c.below(100) }));
  if (has.extras && c.is(40)) sets.push(of({ what: 'completion', value: c.of(completions) }));
  if (has.extras && c.is(40)) sets.push(of({ what: 'amount', value: c.of(scores.slice(0, 7)) }));
  return sets;
}

function said(c, definition, has) {
  const sets = [];
  if (c.is(55)) sets.push({ what: 'completion', value: c.of(completions) });
  if (c.is(50)) sets.push({ what: 'success', value: c.of(successes) });
  if (c.is(45)) sets.push({ what: 'scaled', value: c.of(scores) });
  if (has.progress && c.is(45)) sets.push({ what: 'progress', value: c.of(scores.slice(0, 7)) });
  const others = definition.objectives.slice(1);
  for (const objective of others) if (c.is(60)) sets.push(...saidOfObjective(c, objective, has));
  return sets;
}

const scoRequests = ['continue', 'continue', 'previous', 'exit', 'exitAll', 'suspendAll', 'abandon', 'abandonAll', 'choice', 'jump'];

function request(c, course, list) {
  const what = c.of(list);
  return what === 'choice' || what === 'jump' ? { what, target: c.of(course.activities).id } : { what };
}

function contentStep(c, book, has) {
  const step = { do: 'content', sets: said(c, defined(book, book.state.sco.activity), has), terminate: c.is(60) };
  if (has.suspend && c.is(20)) step.exit = 'suspend';
  else if (has.leave && c.is(6)) step.exit = c.of(['time-out', 'logout', 'normal']);
  if (c.is(45)) step.request = request(c, book.course, has.jump ? scoRequests : scoRequests.slice(0, -1));
  if (!has.abandon && step.request?.what.startsWith('abandon')) delete step.request;
  return step;
}

const often = ['continue', 'continue', 'continue', 'previous', 'choice', 'choice', 'choice', 'exit', 'exitAll', 'suspendAll', 'resumeAll', 'start'];
const outside = ['start', 'start', 'resumeAll', 'choice'];

function navigationStep(c, book, has) {
  const running = ['active', 'no-content'].includes(book.state.session);
  if (!running && c.is(95)) return { do: 'navigate', ...request(c, book.course, outside) };
  if (c.is(35)) return { do: 'navigate', ...request(c, book.course, has.abandon ? [...often, 'abandon', 'abandonAll'] : often) };
  const { controls, choice } = validity(book), targets = book.course.activities.filter((_, a) => choice[a]);
  if (targets.length && c.is(55)) return { do: 'navigate', what: 'choice', target: c.of(targets).id };
  if (controls.continue && c.is(70)) return { do: 'navigate', what: 'continue' };
  if (controls.previous && c.is(70)) return { do: 'navigate', what: 'previous' };
  return { do: 'navigate', ...request(c, book.course, often) };
}

export function randomStep(c, book, has) {
  return has.content && mayRun(book) && c.is(65) ? contentStep(c, book, has) : navigationStep(c, book, has);
}
