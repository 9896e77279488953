// SPDX-License-Identifier: Apache-2.0
// Termination requests: TB.2.1, TB.2.2, TB.2.3. A termination answers { sequencing } or { exception }.
import { departures } from './departures.mjs';
import { endAttempt, terminateDescendentAttempts } from './attempts.mjs';
import { forgetAttempt } from './content.mjs';
import { overallRollup } from './rollup.mjs';
import { sequencingRulesCheck } from './rules.mjs';
import { NOBODY, parentOf, pathDown, pathUp, tracked } from './tree.mjs';

// TB.2.1: sequencing exit action rules subprocess
function exitActionRules(book) {
  const target = pathDown(book, book.state.current).slice(0, -1).find(at => sequencingRulesCheck(book, at, 'exit', ['exit']));
  if (target === undefined) return;
  terminateDescendentAttempts(book, target);
  endAttempt(book, target);
  book.state.current = target;
}

const postActions = ['exitParent', 'exitAll', 'retry', 'retryAll', 'continue', 'previous'];
const outcomes = {
  retry: { sequencing: 'retry' }, continue: { sequencing: 'continue' }, previous: { sequencing: 'previous' },
  exitParent: { termination: 'exitParent' }, exitAll: { termination: 'exitAll' },
  retryAll: { termination: 'exitAll', sequencing: 'retry' },
};

// TB.2.2: sequencing post condition rules subprocess
function postConditionRules(book) {
  const { current } = book.state;
  if (tracked(book, current).suspended) return {};
  return outcomes[sequencingRulesCheck(book, current, 'post', postActions)] || {};
}

// TB.2.3 step 3
function exit(book) {
  if (!tracked(book, book.state.current).active) return { exception: 'TB.2.3-2' };
  endAttempt(book, book.state.current);
  exitActionRules(book);
  for (;;) {
    const post = postConditionRules(book);
    if (post.termination === 'exitAll') return exitAll(book, post.sequencing);
    if (post.termination !== 'exitParent') return isExitOfRoot(book, post) ? { sequencing: 'exit' } : post;
    if (book.state.current === 0) return { exception: 'TB.2.3-4' };
    book.state.current = parentOf(book, book.state.current);
    endAttempt(book, book.state.current);
  }
}

// TB.2.3 3.3.5.1
const isExitOfRoot = (book, post) => book.state.current === 0 && post.sequencing !== 'retry';

// TB.2.3 step 4
function exitAll(book, sequencing = 'exit') {
  if (tracked(book, book.state.current).active) endAttempt(book, book.state.current);
  terminateDescendentAttempts(book, 0);
  const hasEnded = book.state.current === 0 && !tracked(book, 0).active;
  if (!departures.rootEndsOnce || !hasEnded) endAttempt(book, 0);
  book.state.current = 0;
  return { sequencing };
}

// TB.2.3 step 5
function suspendAll(book) {
  const { current } = book.state, { active, suspended } = tracked(book, current);
  if (!active && !suspended && current === 0) return { exception: 'TB.2.3-3' };
  if (active || suspended) overallRollup(book, current);
  book.state.suspended = active || suspended ? current : parentOf(book, current);
  for (const at of pathUp(book, book.state.suspended)) Object.assign(tracked(book, at), { active: false, suspended: true });
  book.state.current = 0;
  return { sequencing: 'exit' };
}

const forget = book => departures.abandonForgets && forgetAttempt(book, book.state.current);

// TB.2.3 step 6
function abandon(book) {
  if (!tracked(book, book.state.current).active) return { exception: 'TB.2.3-2' };
  tracked(book, book.state.current).active = false;
  forget(book);
  return {};
}

// TB.2.3 step 7
function abandonAll(book) {
  const { active } = tracked(book, book.state.current);
  for (const at of pathUp(book, book.state.current)) tracked(book, at).active = false;
  if (active) forget(book);
  book.state.current = 0;
  return { sequencing: 'exit' };
}

const requests = { exit, exitAll, suspendAll, abandon, abandonAll };

// TB.2.3: termination request process
export function terminationRequest(book, what) {
  return book.state.current === NOBODY ? { exception: 'TB.2.3-1' } : requests[what](book);
}
