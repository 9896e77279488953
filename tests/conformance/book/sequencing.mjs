// SPDX-License-Identifier: Apache-2.0
// Sequencing requests: SB.2.5 to SB.2.13. Each answers { deliver }, { endSession }, { exception } or {} (nothing to do).
import { choice } from './choice.mjs';
import { flow } from './flow.mjs';
import { NOBODY, defined, isLeaf, parentOf, tracked } from './tree.mjs';

const answerOf = walk => walk.deliverable ? { deliver: walk.next } : { endSession: walk.endSession, exception: walk.exception };

// SB.2.5: start sequencing request process
function start(book) {
  if (book.state.current !== NOBODY) return { exception: 'SB.2.5-1' };
  return isLeaf(book, 0) ? { deliver: 0 } : answerOf(flow(book, 0, 'forward', true));
}

// SB.2.6: resume all sequencing request process
function resumeAll(book) {
  if (book.state.current !== NOBODY) return { exception: 'SB.2.6-1' };
  return book.state.suspended === NOBODY ? { exception: 'SB.2.6-2' } : { deliver: book.state.suspended };
}

const parentFlows = (book, a) => a === 0 || defined(book, parentOf(book, a)).flow;

// SB.2.7: continue sequencing request process
function goOn(book) {
  const { current } = book.state;
  if (current === NOBODY) return { exception: 'SB.2.7-1' };
  return parentFlows(book, current) ? answerOf(flow(book, current, 'forward', false)) : { exception: 'SB.2.7-2' };
}

// SB.2.8: previous sequencing request process
function goBack(book) {
  const { current } = book.state;
  if (current === NOBODY) return { exception: 'SB.2.8-1' };
  return parentFlows(book, current) ? answerOf(flow(book, current, 'backward', false)) : { exception: 'SB.2.8-2' };
}

// SB.2.10: retry sequencing request process
function retry(book) {
  const { current } = book.state;
  if (current === NOBODY) return { exception: 'SB.2.10-1' };
  if (tracked(book, current).active || tracked(book, current).suspended) return { exception: 'SB.2.10-2' };
  if (isLeaf(book, current)) return { deliver: current };
  const walk = flow(book, current, 'forward', true);
  return walk.deliverable ? { deliver: walk.next } : { exception: 'SB.2.10-3' };
}

// SB.2.11: exit sequencing request process
function exit(book) {
  const { current } = book.state;
  if (current === NOBODY) return { exception: 'SB.2.11-1' };
  if (tracked(book, current).active) return { exception: 'SB.2.11-2' };
  return { endSession: current === 0 };
}

// SB.2.13: jump sequencing request process
const jump = (book, target) => book.state.current === NOBODY ? { exception: 'SB.2.13-1' } : { deliver: target };

// SB.2.12: sequencing request process
const processes = { start, resumeAll, continue: goOn, previous: goBack, choice, retry, exit, jump };
export const sequencingRequest = (book, what, target) => processes[what](book, target);
