// SPDX-License-Identifier: Apache-2.0
// Plays steps on the book and on the engine side by side; the first difference ends it.
import * as engine from './engine.mjs';
import { initialize, requestAfter, setValue, terminate, transfer } from './content.mjs';
import { navigate, validity } from './overall.mjs';
import { amountOf, completionOf, measureOf, statusOf } from './objectives.mjs';
import { overallRollup } from './rollup.mjs';
import { randomizeChildren, selectChildren } from './selection.mjs';
import { NOBODY, cloneOf, defined, isLeaf, newBook, orderOf, tracked } from './tree.mjs';

const near = (a, b) => a === b || Math.abs(a - b) < 1e-7;
const word = (value, yes, no) => value === undefined ? 'unknown' : value ? yes : no;
const known = text => text === 'not attempted' ? 'unknown' : text;

function differenceOf(name, book, engineSays) {
  return near(book, engineSays) || Object.is(book, engineSays) ? undefined : `${name}: the book says ${book}, the engine ${engineSays}`;
}

const idOf = (book, a) => a < 0 ? 'nobody' : defined(book, a).id;

function compareWhere(book) {
  const { session, current, suspended } = engine.where(), { state } = book;
  const over = state.current === NOBODY && current < 0;
  return (over ? undefined : differenceOf('session', state.session, session)) || differenceOf('current', idOf(book, state.current), idOf(book, current)) ||
    differenceOf('suspended activity', idOf(book, state.suspended), idOf(book, suspended));
}

// What the SCO that runs has set counts in the engine's standing.
function outlook(book) {
  const { current, sco } = book.state;
  if (!sco?.running) return book;
  const copy = cloneOf(book);
  transfer(copy, current);
  if (sco.exit === 'suspend') tracked(copy, current).suspended = true;
  overallRollup(copy, current);
  return copy;
}

function compareStanding(book, a) {
  const says = engine.standing(a), own = tracked(book, a), definition = defined(book, a), { id } = definition;
  if (!definition.tracked) return undefined;
  const measure = measureOf(book, a), amount = amountOf(book, a) ?? NaN;
  return differenceOf(`attempts on ${id}`, own.attemptCount, says.attempts) ||
    differenceOf(`completion of ${id}`, word(completionOf(book, a), 'completed', 'incomplete'), known(says.completion)) ||
    differenceOf(`success of ${id}`, word(statusOf(book, a), 'passed', 'failed'), says.success) ||
    differenceOf(`score of ${id}`, measure ?? NaN, says.score) ||
    (isLeaf(book, a) || definition.completedByMeasure && !Number.isNaN(amount) ? differenceOf(`progress of ${id}`, amount, says.progress) : undefined);
}

function compareStandings(book) {
  const seen = outlook(book);
  return seen.course.activities.map((_, a) => compareStanding(seen, a)).find(Boolean);
}

function compareValidity(book) {
  const says = engine.validity(), { controls, choice } = validity(book);
  return Object.keys(controls).map(name => differenceOf(`${name} is valid`, controls[name], says[name])).find(Boolean) ||
    choice.map((valid, a) => differenceOf(`choice of ${defined(book, a).id} is valid`, valid, !!says.choice[a])).find(Boolean);
}

const namesOf = (book, all) => all.map(a => idOf(book, a)).join(' ');
const compareOrder = book => differenceOf('order', namesOf(book, orderOf(book)), namesOf(book, Array.from(engine.order())));

export const compare = book => compareWhere(book) || compareStandings(book) || compareOrder(book) || compareValidity(book);

const numberOf = (book, id) => book.course.activities.findIndex(a => a.id === id);

function playNavigation(book, { what, target }) {
  const to = target === undefined ? -1 : numberOf(book, target);
  if (target !== undefined && to < 0) return undefined;
  const mine = navigate(book, what, to), its = engine.navigate(what, to);
  return differenceOf('delivered', idOf(book, mine.deliver), idOf(book, its.deliver)) || differenceOf('refused', !!mine.exception, !!its.exception);
}

export const mayRun = book => book.state.session === 'active' && book.state.sco && !book.state.sco.running && !book.state.sco.over;

function playContent(book, step) {
  if (!mayRun(book)) return undefined;
  const { activity } = book.state.sco;
  const has = objective => objective === undefined || defined(book, activity).objectives.some(o => o.id === objective);
  const request = step.request && (step.request.target === undefined || numberOf(book, step.request.target) >= 0) ? step.request : undefined;
  const sets = step.sets.filter(set => has(set.objective));
  engine.content({ ...step, sets, request });
  initialize(book, activity);
  for (const set of sets) setValue(book, set);
  Object.assign(book.state.sco, { exit: step.exit || '', request });
  if (!step.terminate) return undefined;
  terminate(book);
  return undefined;
}

function playPending(book) {
  if (!book.state.sco?.over) return {};
  const asked = book.state.sco.request, what = requestAfter(book, asked?.what), says = engine.pending();
  const wants = what === asked?.what ? asked : { what };
  book.state.sco.request = undefined;
  const different = differenceOf('the SCO asks for', wants?.what || 'none', says.what);
  return different || !wants ? { different } : { request: wants };
}

export function begin(course) {
  engine.open(course);
  const book = newBook(course);
  course.activities.forEach((_, a) => {
    selectChildren(book, a);
    randomizeChildren(book, a);
  });
  return book;
}

function playOne(book, step) {
  if (step.do === 'navigate') return playNavigation(book, step) || compare(book);
  const different = playContent(book, step) || compare(book);
  if (different || !step.terminate) return different;
  const { different: asked, request } = playPending(book);
  return asked || (request ? playNavigation(book, request) || compare(book) : undefined);
}

export const play = (book, step) => playOne(book, step);

// All steps from the beginning; { at, difference } of the first difference.
export function replay(course, steps) {
  const book = begin(course);
  for (let at = 0; at < steps.length; at++) {
    const difference = play(book, steps[at]);
    if (difference) return { at, difference };
  }
  return undefined;
}
