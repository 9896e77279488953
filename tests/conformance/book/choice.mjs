// SPDX-License-Identifier: Apache-2.0
// Choice: SB.2.4, SB.2.9, SB.2.9.1, SB.2.9.2.
import { departures } from './departures.mjs';
import { endAttempt, terminateDescendentAttempts } from './attempts.mjs';
import { flow } from './flow.mjs';
import { isHiddenFromChoice, stopsForward } from './rules.mjs';
import {
  NOBODY, commonAncestor, defined, isAfter, isAvailable, isBelow, isFirstChild, isLastChild, isLastOfTree, isLeaf, parentOf, pathDown, pathUp, siblingAfter, tracked,
} from './tree.mjs';

const refused = exception => ({ exception });

// SB.2.4: choice activity traversal subprocess. The exception; undefined: reachable.
function choiceActivityTraversal(book, a, direction) {
  if (direction === 'forward') return stopsForward(book, a) ? 'SB.2.4-1' : undefined;
  if (a === 0) return 'SB.2.4-3';
  return defined(book, parentOf(book, a)).forwardOnly ? 'SB.2.4-2' : undefined;
}

// SB.2.9: choice sequencing request process
export function choice(book, target) {
  const barred = targetIsBarred(book, target);
  if (barred) return refused(barred);
  const { current } = book.state;
  const ancestor = current === NOBODY ? 0 : commonAncestor(book, current, target);
  const exception = wayIsBarred(book, target, current, ancestor);
  if (exception) return refused(exception);
  return isLeaf(book, target) ? { deliver: target } : flowInto(book, target, ancestor);
}

// SB.2.9 steps 3 and 4
function targetIsBarred(book, target) {
  if (!isAvailable(book, target)) return 'SB.2.9-2';
  if (pathDown(book, target).some(at => isHiddenFromChoice(book, at))) return 'SB.2.9-3';
  if (target !== 0 && !defined(book, parentOf(book, target)).choice) return 'SB.2.9-4';
  return undefined;
}

// SB.2.9 steps 7 to 11
function wayIsBarred(book, target, current, ancestor) {
  if (current === target) return undefined;
  if (current !== NOBODY && current !== 0 && target !== 0 && parentOf(book, current) === parentOf(book, target)) return amongSiblings(book, current, target);
  if (current === NOBODY || current === ancestor) return downTheTree(book, target, ancestor);
  if (target === ancestor) return upTheTree(book, current, target);
  return acrossTheTree(book, target, current, ancestor);
}

// SB.2.9 step 8
function amongSiblings(book, current, target) {
  const direction = isAfter(book, target, current) ? 'forward' : 'backward', step = direction === 'forward' ? 1 : -1;
  for (let at = current; at !== target; at = siblingAfter(book, at, step)) {
    const exception = choiceActivityTraversal(book, at, direction);
    if (exception) return exception;
  }
  return undefined;
}

const preventsActivation = (book, a, ancestor) => !tracked(book, a).active && a !== ancestor && defined(book, a).preventActivation;

// SB.2.9 steps 9, 11.8: each from the common ancestor to the target, exclusive of the target
function descend(book, target, ancestor, isForward) {
  for (const at of pathDown(book, target, ancestor).slice(0, -1)) {
    const exception = isForward && choiceActivityTraversal(book, at, 'forward');
    if (exception) return exception;
    if (preventsActivation(book, at, ancestor)) return 'SB.2.9-6';
  }
  return undefined;
}

// SB.2.9 step 9
function downTheTree(book, target, ancestor) {
  if (target === ancestor) return departures.rootMayBeChosen ? undefined : 'SB.2.9-5';
  return descend(book, target, ancestor, true);
}

const bindsNobody = (book, a) => departures.currentBindsNobody && a === book.state.current;
const forbidsExit = (book, a) => !defined(book, a).choiceExit && !bindsNobody(book, a);

// SB.2.9 step 10
function upTheTree(book, current, target) {
  return pathUp(book, current, target).slice(0, -1).some(at => forbidsExit(book, at)) ? 'SB.2.9-7' : undefined;
}

// SB.2.9 step 11
function acrossTheTree(book, target, current, ancestor) {
  const path = pathUp(book, current, ancestor).slice(0, -1);
  if (path.some(at => forbidsExit(book, at))) return 'SB.2.9-7';
  const constrained = path.find(at => defined(book, at).constrainChoice && !bindsNobody(book, at));
  if (constrained !== undefined && isOutside(book, target, constrained)) return 'SB.2.9-8';
  return descend(book, target, ancestor, isAfter(book, target, current));
}

// SB.2.9 step 11.5
function isOutside(book, target, constrained) {
  const considered = choiceFlow(book, constrained, isAfter(book, target, constrained) ? 'forward' : 'backward');
  return !isBelow(book, target, considered) && target !== considered && target !== constrained;
}

// SB.2.9.1: choice flow subprocess
function choiceFlow(book, constrained, direction) {
  return choiceFlowTreeTraversal(book, constrained, direction) ?? constrained;
}

// SB.2.9.2: choice flow tree traversal subprocess
function choiceFlowTreeTraversal(book, a, direction) {
  if (a === 0) return undefined;
  if (direction === 'forward') {
    if (isLastOfTree(book, a)) return undefined;
    return isLastChild(book, a) ? choiceFlowTreeTraversal(book, parentOf(book, a), direction) : siblingAfter(book, a, 1);
  }
  return isFirstChild(book, a) ? choiceFlowTreeTraversal(book, parentOf(book, a), direction) : siblingAfter(book, a, -1);
}

// SB.2.9 steps 13 to 15
function flowInto(book, target, ancestor) {
  const walk = flow(book, target, 'forward', true);
  if (walk.deliverable) return { deliver: walk.next };
  terminateDescendentAttempts(book, ancestor);
  endAttempt(book, ancestor);
  book.state.current = target;
  return refused('SB.2.9-9');
}
