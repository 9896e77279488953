// SPDX-License-Identifier: Apache-2.0
// The ends and beginnings of attempts: UP.3, UP.4, DB.2 step 5.
import { departures } from './departures.mjs';
import { EACH, newObjectives, availableChildren, commonAncestor, defined, isLeaf, pathDown, pathUp, tracked } from './tree.mjs';
import { completionOf, readsStatus, setCompletion, setStatus, statusOf } from './objectives.mjs';
import { objectiveByMeasure, overallRollup } from './rollup.mjs';
import { randomizeChildren, selectChildren } from './selection.mjs';

// UP.3: terminate descendent attempts process
export function terminateDescendentAttempts(book, a) {
  const { current } = book.state, ancestor = commonAncestor(book, current < 0 ? 0 : current, a);
  if (current < 0) return;
  const path = pathUp(book, current, ancestor).filter(at => at !== current && at !== ancestor);
  for (const at of path) endAttempt(book, at);
}

// UP.4: end attempt process
export function endAttempt(book, a) {
  if (isLeaf(book, a)) endLeaf(book, a);
  else tracked(book, a).suspended = availableChildren(book, a).some(child => tracked(book, child).suspended);
  const ends = tracked(book, a).active;
  tracked(book, a).active = false;
  if (departures.measureWrittenAtEnd) judgeMeasures(book, a);
  overallRollup(book, a);
  if (ends && !tracked(book, a).suspended) drawAnew(book, a);
}

function drawAnew(book, a) {
  const { selection, randomization } = defined(book, a);
  if (selection === EACH) selectChildren(book, a);
  if (randomization === EACH) randomizeChildren(book, a);
}

function judgeMeasures(book, a) {
  if (!defined(book, a).tracked) return;
  defined(book, a).objectives.forEach((objective, k) => {
    if (objective.byMeasure) objectiveByMeasure(book, a, k);
  });
}

// UP.4 step 1
function endLeaf(book, a) {
  if (!defined(book, a).tracked || tracked(book, a).suspended) return;
  if (!defined(book, a).completionSetByContent) completeSilent(book, a);
  if (!defined(book, a).objectiveSetByContent) satisfySilent(book, a);
}

function completeSilent(book, a) {
  const own = tracked(book, a);
  if (own.attemptProgress || completionOf(book, a) !== undefined || departures.silentUnlessKnown && own.spokeOfCompletion) return;
  if (departures.measuredRecordsNothing && defined(book, a).completedByMeasure) return;
  setCompletion(book, a, true);
}

function satisfySilent(book, a) {
  const own = tracked(book, a);
  if (own.objectives[0].progress) return;
  if (departures.measuredRecordsNothing && defined(book, a).objectives[0].byMeasure) return;
  if (departures.silentUnlessKnown && (own.spokeOfSuccess || readsStatus(book, a) && statusOf(book, a) !== undefined)) return;
  setStatus(book, a, 0, true);
}

// DB.2 step 5: everything from the root to the activity becomes active; what is neither active nor suspended begins anew.
export function beginAttempts(book, a) {
  for (const at of pathDown(book, a)) {
    if (tracked(book, at).active) continue;
    if (defined(book, at).tracked) resumeOrBegin(book, at);
    else if (departures.untrackedIsResumed) tracked(book, at).suspended = false;
    tracked(book, at).active = true;
  }
}

// DB.2 step 5.1.1
function resumeOrBegin(book, a) {
  const own = tracked(book, a);
  if (own.suspended) {
    own.suspended = false;
    return;
  }
  own.attemptCount++;
  own.activityProgress = true;
  beginAnew(book, a);
}

function beginAnew(book, a) {
  const own = tracked(book, a), definition = defined(book, a);
  own.objectives = newObjectives(definition);
  Object.assign(own, { attemptProgress: false, attemptCompletion: false, amountStatus: false, amount: 0, data: undefined });
  own.spokeOfCompletion = own.spokeOfSuccess = own.objectiveHidden = own.progressHidden = false;
  hideBelow(book, a, definition.currentObjectives, definition.currentProgress);
}

// Level by level: what was recorded below does not count in the new attempt.
function hideBelow(book, a, objectives, progress) {
  if (!objectives && !progress) return;
  for (const child of defined(book, a).children) {
    if (objectives) tracked(book, child).objectiveHidden = true;
    if (progress) tracked(book, child).progressHidden = true;
    hideBelow(book, child, objectives && defined(book, child).currentObjectives, progress && defined(book, child).currentProgress);
  }
}
