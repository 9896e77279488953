// SPDX-License-Identifier: Apache-2.0
// Random courses. `features` says what is in them: KENES_FEATURES=rules,rollup,… narrows it.
import { EACH, NEVER, ONCE } from './tree.mjs';
import { actions, childSets, conditionKinds, considerations, extras, rollupActions } from './bytes.mjs';

export const features = ['controls', 'exit', 'constrain', 'pre', 'post', 'exitRules', 'limits', 'rollup', 'considered', 'measure', 'weights', 'progress',
  'objectives', 'maps', 'extras', 'untracked', 'silent', 'previousAttempts', 'rollupControls', 'selection', 'large'];

// mulberry32
export function chanceOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = state + 0x6D2B79F5 >>> 0;
    let t = Math.imul(state ^ state >>> 15, state | 1);
    t ^= t + Math.imul(t ^ t >>> 7, t | 61);
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
  const below = n => Math.floor(next() * n);
  return { below, is: percent => below(100) < percent, of: list => list[below(list.length)] };
}

export const defaultActivity = () => ({
  parent: -1, id: '', children: [],
  choice: true, choiceExit: true, flow: true, forwardOnly: false, currentObjectives: true, currentProgress: true,
  constrainChoice: false, preventActivation: false, hasAttemptLimit: false, attemptLimit: 0,
  completedByMeasure: false, minimumProgress: 1, progressWeight: 1, measureWeight: 1,
  rollsUpSatisfied: true, rollsUpCompletion: true, measureIfActive: true,
  requiredFor: { satisfied: 'always', notSatisfied: 'always', completed: 'always', incomplete: 'always' },
  tracked: true, completionSetByContent: true, objectiveSetByContent: true,
  selection: NEVER, selectCount: undefined, randomization: NEVER, reorder: false,
  rules: [], rollup: [], objectives: [{ id: 'p', byMeasure: false, minimum: 1, maps: [] }],
});

const numbers = [0, 0.1, 0.25, 1 / 3, 0.5, 0.6, 0.75, 1];
const preActions = actions.slice(0, 4), postActions = actions.slice(4, 10);
const timeKinds = ['timeLimitExceeded', 'outsideAvailableTimeRange'];
const ruleKinds = conditionKinds.filter(kind => !timeKinds.includes(kind));
const rollupKinds = ruleKinds.filter(kind => !['objectiveMeasureGreaterThan', 'objectiveMeasureLessThan', 'always'].includes(kind));

function conditions(c, kinds, objectives) {
  return Array.from({ length: c.is(65) ? 1 : 1 + c.below(3) }, () => {
    const condition = { kind: c.of(kinds), not: c.is(35) };
    if (condition.kind.endsWith('Than')) condition.threshold = c.of(numbers);
    if (objectives.length > 1 && c.is(30)) condition.objective = c.of(objectives).id;
    return condition;
  });
}

const rule = (c, a, set, of) => ({ set, action: c.of(of), any: c.is(40), conditions: conditions(c, ruleKinds, a.objectives) });

function addRules(c, a, has) {
  if (has.pre && c.is(30)) a.rules.push(rule(c, a, 'pre', preActions));
  if (has.pre && c.is(10)) a.rules.push(rule(c, a, 'pre', preActions));
  if (has.post && c.is(25)) a.rules.push(rule(c, a, 'post', postActions));
  if (has.exitRules && c.is(12)) a.rules.push(rule(c, a, 'exit', ['exit']));
}

function addRollup(c, a, has) {
  if (!has.rollup || !a.children.length) return;
  for (let n = c.is(50) ? c.below(4) : 0; n > 0; n--)
    a.rollup.push({
      set: c.of(childSets), minimumCount: c.below(4), minimumPercent: c.of(numbers), action: c.of(rollupActions), any: c.is(60),
      conditions: conditions(c, rollupKinds, []),
    });
}

// A read map for each kind of value at most once an objective; each global is written by one objective of an activity at most.
// What clusters write is read by rules only (objectives that are not primary): with roll-up over a circle of clusters the book says
// nothing of the order, so there is nothing to compare.
function addMaps(c, a, has) {
  const globals = ['g1', 'g2', 'g3', 'g4'].sort(() => c.below(3) - 1), isCluster = a.children.length > 0;
  const kinds = ['satisfied', 'measure', ...has.extras ? extras : []], some = percent => kinds.filter(() => c.is(percent));
  a.objectives.forEach((objective, k) => {
    if (!globals.length || !c.is(45)) return;
    const global = globals.pop();
    if (isCluster && k === 0) objective.maps.push({ global, read: some(45), write: [] }, { global: `w${global}`, read: [], write: some(60) });
    else if (k && c.is(40)) objective.maps.push({ global: `w${global}`, read: some(50), write: [] });
    else objective.maps.push({ global, read: some(45), write: some(45) });
    if (!isCluster && globals.length && c.is(20)) objective.maps.push({ global: globals.pop(), read: [], write: some(60) });
  });
}

function addObjectives(c, a, has) {
  if (has.objectives) for (let n = c.is(40) ? 1 + c.below(2) : 0; n > 0; n--) a.objectives.push({ id: `o${n}`, byMeasure: false, minimum: 1, maps: [] });
  for (const objective of a.objectives) {
    if (!has.measure || !c.is(30)) continue;
    objective.byMeasure = true;
    objective.minimum = c.of(numbers);
  }
  if (has.maps) addMaps(c, a, has);
}

function addControls(c, a, has) {
  if (has.controls) Object.assign(a, { choice: c.is(85), flow: c.is(85), forwardOnly: c.is(12) });
  if (has.exit) a.choiceExit = c.is(88);
  if (has.constrain) Object.assign(a, { constrainChoice: c.is(10), preventActivation: c.is(12) });
  if (has.limits && c.is(12)) Object.assign(a, { hasAttemptLimit: true, attemptLimit: c.below(4) });
  if (has.weights) Object.assign(a, { measureWeight: c.of(numbers), progressWeight: c.of(numbers) });
  if (has.measure) a.measureIfActive = c.is(70);
  if (has.progress && c.is(25)) Object.assign(a, { completedByMeasure: true, minimumProgress: c.of(numbers) });
  if (has.untracked) a.tracked = c.is(92);
  if (has.silent) Object.assign(a, { completionSetByContent: c.is(40), objectiveSetByContent: c.is(40) });
  if (has.previousAttempts) Object.assign(a, { currentObjectives: c.is(60), currentProgress: c.is(60) });
  if (has.rollupControls) Object.assign(a, { rollsUpSatisfied: c.is(85), rollsUpCompletion: c.is(85) });
  if (has.considered) for (const action of rollupActions) a.requiredFor[action] = c.of(considerations);
}

function addSelection(c, a, has) {
  if (!has.selection || !a.children.length || !c.is(25)) return;
  if (c.is(70)) Object.assign(a, { selection: c.of([NEVER, ONCE, EACH, EACH]), selectCount: c.below(a.children.length + 2) });
  if (c.is(70)) Object.assign(a, { randomization: c.of([NEVER, ONCE, EACH, EACH]), reorder: c.is(90) });
}

const depthOf = (all, a) => all[a].parent < 0 ? 0 : 1 + depthOf(all, all[a].parent);

// Preorder: the next activity goes below the last one or below one of its parents.
function parentOfNext(c, all) {
  let at = all.length - 1;
  if (at > 0 && (depthOf(all, at) >= 4 || !c.is(35))) at = all[at].parent;
  while (at > 0 && c.is(30)) at = all[at].parent;
  return at;
}

export function randomCourse(c, wanted) {
  const has = Object.fromEntries(wanted.map(name => [name, true]));
  const n = has.large && c.is(3) ? 60 : 3 + c.below(c.is(50) ? 8 : 23), all = [];
  for (let i = 0; i < n; i++) {
    const a = Object.assign(defaultActivity(), { id: `a${i}` });
    if (i) a.parent = parentOfNext(c, all);
    if (i) all[a.parent].children.push(i);
    all.push(a);
  }
  for (const a of all) {
    addControls(c, a, has);
    addSelection(c, a, has);
    addObjectives(c, a, has);
    addRules(c, a, has);
    addRollup(c, a, has);
  }
  return { activities: all };
}
