// SPDX-License-Identifier: Apache-2.0
// Walking the tree by flow: SB.2.1, SB.2.2, SB.2.3.
import { checkActivity, isSkipped } from './rules.mjs';
import { availableChildren, defined, isFirstChild, isLastChild, isLastOfTree, isLeaf, parentOf, siblingAfter } from './tree.mjs';
import { terminateDescendentAttempts } from './attempts.mjs';

const found = (next, direction) => ({ next, direction });
const nowhere = exception => ({ exception });
const endOfSession = { endSession: true };

// SB.2.1: flow tree traversal subprocess
function flowTreeTraversal(book, a, direction, previousDirection, considerChildren) {
  if (previousDirection === 'backward' && isLastChild(book, a))
    return backward(book, availableChildren(book, parentOf(book, a))[0], considerChildren, true);
  return direction === 'forward' ? forward(book, a, considerChildren) : backward(book, a, considerChildren, false);
}

// SB.2.1 step 3
function forward(book, a, considerChildren) {
  if (isLeaf(book, a) && isLastOfTree(book, a) || a === 0 && !considerChildren) {
    terminateDescendentAttempts(book, 0);
    return endOfSession;
  }
  if (considerChildren && !isLeaf(book, a)) return enterForward(availableChildren(book, a));
  if (isLastChild(book, a)) return flowTreeTraversal(book, parentOf(book, a), 'forward', undefined, false);
  return found(siblingAfter(book, a, 1), 'forward');
}

// SB.2.1 step 3.3
const enterForward = children => children.length ? found(children[0], 'forward') : nowhere('SB.2.1-2');

// SB.2.1 step 4
function backward(book, a, considerChildren, isReversed) {
  if (a === 0) return nowhere('SB.2.1-3');
  if (considerChildren && !isLeaf(book, a)) return enterBackward(book, a);
  if (!isReversed && defined(book, parentOf(book, a)).forwardOnly) return nowhere('SB.2.1-4');
  if (isFirstChild(book, a)) return flowTreeTraversal(book, parentOf(book, a), 'backward', undefined, false);
  return found(siblingAfter(book, a, -1), 'backward');
}

// SB.2.1 step 4.3
function enterBackward(book, a) {
  const children = availableChildren(book, a);
  if (!children.length) return nowhere('SB.2.1-2');
  return defined(book, a).forwardOnly ? found(children[0], 'forward') : found(children.at(-1), 'backward');
}

const undeliverable = (a, walk) => ({ deliverable: false, next: a, endSession: walk.endSession, exception: walk.exception });

// SB.2.2: flow activity traversal subprocess
function flowActivityTraversal(book, a, direction, previousDirection) {
  if (!defined(book, parentOf(book, a)).flow) return { deliverable: false, next: a, exception: 'SB.2.2-1' };
  if (isSkipped(book, a)) return passSkipped(book, a, direction, previousDirection);
  if (checkActivity(book, a)) return { deliverable: false, next: a, exception: 'SB.2.2-2' };
  if (isLeaf(book, a)) return { deliverable: true, next: a };
  return enterCluster(book, a, direction);
}

// SB.2.2 step 3
function passSkipped(book, a, direction, previousDirection) {
  const walk = flowTreeTraversal(book, a, direction, previousDirection, false);
  if (walk.next === undefined) return undeliverable(a, walk);
  if (previousDirection === 'backward' && walk.direction === 'backward')
    return flowActivityTraversal(book, walk.next, walk.direction, undefined);
  return flowActivityTraversal(book, walk.next, direction, previousDirection);
}

// SB.2.2 step 6
function enterCluster(book, a, direction) {
  const walk = flowTreeTraversal(book, a, direction, undefined, true);
  if (walk.next === undefined) return undeliverable(a, walk);
  if (direction === 'backward' && walk.direction === 'forward') return flowActivityTraversal(book, walk.next, 'forward', 'backward');
  return flowActivityTraversal(book, walk.next, direction, undefined);
}

// SB.2.3: flow subprocess
export function flow(book, a, direction, considerChildren) {
  const walk = flowTreeTraversal(book, a, direction, undefined, considerChildren);
  if (walk.next === undefined) return undeliverable(a, walk);
  return flowActivityTraversal(book, walk.next, direction, undefined);
}
