// SPDX-License-Identifier: Apache-2.0
// Navigation requests: NB.2.1. Each answers { termination, sequencing } or { exception }.
import { departures } from './departures.mjs';
import { NOBODY, commonAncestor, defined, isAvailable, parentOf, pathUp, tracked } from './tree.mjs';

const isActive = book => tracked(book, book.state.current).active;
const exiting = (book, sequencing) => ({ termination: isActive(book) ? 'exit' : undefined, sequencing });

function start(book) {
  return book.state.current === NOBODY ? { sequencing: 'start' } : { exception: 'NB.2.1-1' };
}

function resumeAll(book) {
  if (book.state.current !== NOBODY) return { exception: 'NB.2.1-1' };
  return book.state.suspended === NOBODY ? { exception: 'NB.2.1-3' } : { sequencing: 'resumeAll' };
}

function goOn(book) {
  const { current } = book.state;
  if (current === NOBODY) return { exception: 'NB.2.1-2' };
  if (current === 0 || !defined(book, parentOf(book, current)).flow) return { exception: 'NB.2.1-4' };
  return exiting(book, 'continue');
}

function goBack(book) {
  const { current } = book.state;
  if (current === NOBODY) return { exception: 'NB.2.1-2' };
  if (current === 0) return { exception: 'NB.2.1-6' };
  const { flow, forwardOnly } = defined(book, parentOf(book, current));
  return flow && !forwardOnly ? exiting(book, 'previous') : { exception: 'NB.2.1-5' };
}

// NB.2.1 step 7
function choice(book, target) {
  const { current } = book.state;
  if (target !== 0 && !defined(book, parentOf(book, target)).choice) return { exception: 'NB.2.1-10' };
  if (current === NOBODY) return { sequencing: 'choice' };
  if (left(book, current, target).some(at => tracked(book, at).active && !defined(book, at).choiceExit)) return { exception: 'NB.2.1-8' };
  return exiting(book, 'choice');
}

// NB.2.1 7.1.1.2: what ends when the target is chosen: from the current activity to the common ancestor, exclusive of it,
// the current activity always included.
function left(book, current, target) {
  const ancestor = commonAncestor(book, current, target);
  const ends = at => at === current || at !== ancestor || departures.choiceExitOfTarget && at === target && at !== 0;
  return pathUp(book, current, ancestor).filter(ends);
}

function whileActive(termination) {
  return book => {
    if (book.state.current === NOBODY) return { exception: 'NB.2.1-2' };
    return isActive(book) ? { termination, sequencing: 'exit' } : { exception: 'NB.2.1-12' };
  };
}

function inSession(termination) {
  return book => book.state.current === NOBODY ? { exception: 'NB.2.1-2' } : { termination, sequencing: 'exit' };
}

// NB.2.1 step 13
function jump(book, target) {
  if (book.state.current === NOBODY) return { exception: 'NB.2.1-2' };
  return isAvailable(book, target) ? exiting(book, 'jump') : { exception: 'NB.2.1-11' };
}

const requests = {
  start, resumeAll, continue: goOn, previous: goBack, choice, jump,
  exit: whileActive('exit'), abandon: whileActive('abandon'),
  exitAll: inSession('exitAll'), abandonAll: inSession('abandonAll'), suspendAll: inSession('suspendAll'),
};

// NB.2.1: navigation request process
export const navigationRequest = (book, what, target) => requests[what](book, target);
