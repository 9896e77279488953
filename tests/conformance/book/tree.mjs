// SPDX-License-Identifier: Apache-2.0
// The activity tree: what is defined (SN chapter 3), what is tracked (SN 4.2), and how to walk in it.
// An activity is its number in preorder; NOBODY is none.

export const NOBODY = -1;
export const NEVER = 0, ONCE = 1, EACH = 2;   // timings of selection and randomization

const newObjective = () => ({
  progress: false, satisfied: false, measureStatus: false, measure: 0,           // SN 4.2.1.2
  completion: undefined, amount: undefined, raw: undefined, min: undefined, max: undefined,   // adlseq:objectives
});

export const newObjectives = definition => definition.objectives.map(newObjective);

const newTracking = definition => ({
  active: false, suspended: false,                                               // SN 4.2.1.7
  activityProgress: false, attemptCount: 0,                                      // SN 4.2.1.4
  attemptProgress: false, attemptCompletion: false, amountStatus: false, amount: 0,   // SN 4.2.1.5
  objectives: newObjectives(definition),
  objectiveHidden: false, progressHidden: false,     // recorded before the parent's current attempt
  spokeOfSuccess: false, spokeOfCompletion: false,   // the SCO itself, in the attempt
  data: undefined,                                   // what the SCO has set in this visit
  available: definition.children, shuffles: 0,       // SN 4.2.1.6
});

export function newBook(course) {
  return {
    course,
    state: {
      tracking: course.activities.map(newTracking), globals: {}, written: new Set(),
      current: NOBODY, suspended: NOBODY, session: 'none', sco: undefined,
    },
  };
}

const cloneOfTracking = own => ({ ...own, objectives: own.objectives.map(objective => ({ ...objective })) });

// For a trial: all that requests change is the copy's own. What a SCO has set, no request changes.
export function cloneOf({ course, state }) {
  const globals = Object.fromEntries(Object.entries(state.globals).map(([name, value]) => [name, { ...value }]));
  const copies = { tracking: state.tracking.map(cloneOfTracking), globals, written: new Set(state.written), sco: state.sco && { ...state.sco } };
  return { course, state: { ...state, ...copies } };
}

export const defined = (book, a) => book.course.activities[a];
export const tracked = (book, a) => book.state.tracking[a];
export const parentOf = (book, a) => defined(book, a).parent;
export const isLeaf = (book, a) => defined(book, a).children.length === 0;
export const availableChildren = (book, a) => tracked(book, a).available;
export const isAvailable = (book, a) => pathDown(book, a).slice(1).every(at => availableChildren(book, parentOf(book, at)).includes(at));
export const isLastChild = (book, a) => availableChildren(book, parentOf(book, a)).at(-1) === a;
export const isFirstChild = (book, a) => availableChildren(book, parentOf(book, a))[0] === a;

export function siblingAfter(book, a, step) {
  const all = availableChildren(book, parentOf(book, a));
  return all[all.indexOf(a) + step];
}

// From the activity up to `top`, both included.
export function pathUp(book, a, top = 0) {
  const path = [];
  for (let at = a; at !== NOBODY; at = parentOf(book, at)) {
    path.push(at);
    if (at === top) break;
  }
  return path;
}

export const pathDown = (book, a, top = 0) => pathUp(book, a, top).reverse();

export function commonAncestor(book, a, b) {
  const above = new Set(pathUp(book, a));
  return pathUp(book, b).find(at => above.has(at));
}

export const isBelow = (book, a, top) => a !== top && pathUp(book, a).includes(top);
export const isLastOfTree = (book, a) => isLeaf(book, a) && pathDown(book, a).slice(1).every(at => isLastChild(book, at));

// Preorder, in the order of now.
export function isAfter(book, a, b) {
  const top = commonAncestor(book, a, b), all = availableChildren(book, top);
  if (a === top || b === top) return b === top && a !== top;
  return all.indexOf(pathDown(book, a, top)[1]) > all.indexOf(pathDown(book, b, top)[1]);
}

// All that are available, in preorder of now.
export const orderOf = (book, a = 0) => [a, ...availableChildren(book, a).flatMap(child => orderOf(book, child))];
