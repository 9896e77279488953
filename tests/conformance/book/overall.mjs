// SPDX-License-Identifier: Apache-2.0
// One request from the button to the delivery: OP.1, DB.1.1, DB.2, DB.2.1.
import { departures } from './departures.mjs';
import { beginAttempts, endAttempt, terminateDescendentAttempts } from './attempts.mjs';
import { keepAfterAll, requestAfter, terminate } from './content.mjs';
import { navigationRequest } from './navigation.mjs';
import { flow } from './flow.mjs';
import { checkActivity, isHiddenFromChoice } from './rules.mjs';
import { sequencingRequest } from './sequencing.mjs';
import { terminationRequest } from './termination.mjs';
import { NOBODY, availableChildren, cloneOf, commonAncestor, isAvailable, isLeaf, pathDown, pathUp, tracked } from './tree.mjs';

// DB.1.1: delivery request process. The exception; undefined: valid.
function deliveryRequest(book, a) {
  if (!isLeaf(book, a)) return 'DB.1.1-1';
  return pathDown(book, a).some(at => checkActivity(book, at)) ? 'DB.1.1-3' : undefined;
}

// DB.2: content delivery environment process
function contentDelivery(book, a) {
  const { state } = book;
  if (state.current !== NOBODY && tracked(book, state.current).active) return 'DB.2-1';
  if (state.suspended !== a) clearSuspendedActivity(book, a);
  terminateDescendentAttempts(book, a);
  beginAttempts(book, a);
  state.current = a;
  state.suspended = NOBODY;
  state.session = 'active';
  state.sco = { activity: a, running: false };
  return undefined;
}

// DB.2.1: clear suspended activity subprocess
function clearSuspendedActivity(book, a) {
  const { suspended } = book.state;
  if (suspended === NOBODY) return;
  for (const at of pathUp(book, suspended, commonAncestor(book, suspended, a)))
    if (isLeaf(book, at) || !availableChildren(book, at).some(child => tracked(book, child).suspended)) tracked(book, at).suspended = false;
  book.state.suspended = NOBODY;
}

function endSession(book, what) {
  const { state } = book;
  if (departures.endOfSessionEndsRoot && what !== 'suspendAll' && what !== 'abandonAll' && tracked(book, 0).active) endAttempt(book, 0);
  state.current = NOBODY;
  state.sco = undefined;
  state.session = what === 'suspendAll' ? 'suspended' : 'ended';
  return { deliver: NOBODY, ended: true };
}

// The session has begun, or goes on, with nothing delivered.
function withoutDelivery(book, exception) {
  const { state } = book;
  if (state.current === NOBODY || !tracked(book, state.current).active) state.session = 'no-content';
  return { deliver: NOBODY, exception };
}

// OP.1: overall sequencing process, for one navigation request
export function navigate(book, asked, target) {
  terminate(book);
  const what = book.isTrial ? asked : requestAfter(book, asked);
  keepAfterAll(book, what);
  const valid = navigationRequest(book, what, target);
  if (valid.exception) return { deliver: NOBODY, exception: valid.exception };
  const ended = valid.termination ? terminationRequest(book, valid.termination) : {};
  if (ended.exception) return withoutDelivery(book, ended.exception);
  if (ended.sequencing && !leadsSomewhere(book, what, target)) return withoutDelivery(book, 'overridden');
  const answer = sequencingRequest(book, ended.sequencing || valid.sequencing, target);
  if (answer.endSession) return endSession(book, valid.termination);
  if (answer.exception) return withoutDelivery(book, answer.exception);
  if (answer.deliver === undefined) return withoutDelivery(book, undefined);
  const exception = deliveryRequest(book, answer.deliver) || contentDelivery(book, answer.deliver);
  return exception ? withoutDelivery(book, exception) : { deliver: answer.deliver };
}

// Whether an overridden choice is one all the same.
function leadsSomewhere(book, what, target) {
  if (!departures.overriddenChoiceMustLeadOn || !book.isTrial || what !== 'choice') return true;
  const copy = cloneOf(book), barred = pathDown(copy, target).some(at => isHiddenFromChoice(copy, at) || checkActivity(copy, at));
  if (barred || !isAvailable(copy, target)) return false;
  const walk = isLeaf(copy, target) ? { deliverable: true, next: target } : flow(copy, target, 'forward', true);
  return walk.deliverable && !deliveryRequest(copy, walk.next);
}

const controls = ['continue', 'previous', 'exit', 'exitAll', 'abandon', 'abandonAll', 'suspendAll', 'resumeAll', 'start'];

const leadsOn = (book, what, target) => navigate({ ...cloneOf(book), isTrial: true }, what, target).exception === undefined;

// What may be pressed: each request is really made, on a copy.
export function validity(book) {
  return {
    controls: Object.fromEntries(controls.map(what => [what, leadsOn(book, what)])),
    choice: book.course.activities.map((_, target) => leadsOn(book, 'choice', target)),
  };
}
