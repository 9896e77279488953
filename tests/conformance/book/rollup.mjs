// SPDX-License-Identifier: Apache-2.0
// Roll-up: RB.1.1 to RB.1.5.
import { departures } from './departures.mjs';
import { amountOf, measureOf, rounded, setAmount, setCompletion, setMeasure, setStatus } from './objectives.mjs';
import { combined, conditionHolds, isSkipped } from './rules.mjs';
import { availableChildren, defined, isLeaf, pathUp, tracked } from './tree.mjs';

const trackedChildren = (book, a) => availableChildren(book, a).filter(child => defined(book, child).tracked);

// The mean by weight of what the children have; undefined where none has anything, or nothing weighs.
function weightedMean(parts) {
  const known = parts.filter(part => part.value !== undefined);
  const counted = parts.reduce((sum, part) => sum + part.weight, 0);
  if (!known.length || !(counted > 0)) return undefined;
  return known.reduce((sum, part) => sum + part.value * part.weight, 0) / counted;
}

// RB.1.1 a: measure rollup process
function measureRollup(book, a) {
  const mean = weightedMean(trackedChildren(book, a).map(child => ({
    weight: defined(book, child).measureWeight,
    value: measureOf(book, child, 0, true),
  })));
  setMeasure(book, a, 0, mean === undefined ? undefined : rounded(mean));
}

// RB.1.1 b: completion measure rollup process
function completionMeasureRollup(book, a) {
  const mean = weightedMean(trackedChildren(book, a).map(child => ({
    weight: defined(book, child).progressWeight,
    value: amountOf(book, child, true),
  })));
  setAmount(book, a, mean === undefined ? undefined : rounded(mean));
}

// RB.1.2 a: objective rollup using measure process
export function objectiveByMeasure(book, a, k = 0) {
  const { minimum } = defined(book, a).objectives[k], measure = measureOf(book, a, k);
  const isKnown = measure !== undefined && !(tracked(book, a).active && !defined(book, a).measureIfActive);
  setStatus(book, a, k, isKnown ? measure >= minimum : undefined, false, isLeaf(book, a));
}

const satisfiedByDefault = [
  { set: 'all', action: 'satisfied', any: true, conditions: [{ kind: 'satisfied' }] },
  { set: 'all', action: 'notSatisfied', any: true, conditions: [{ kind: 'objectiveStatusKnown' }] },
];
const completedByDefault = [
  { set: 'all', action: 'completed', any: true, conditions: [{ kind: 'completed' }] },
  { set: 'all', action: 'incomplete', any: true, conditions: [{ kind: 'activityProgressKnown' }] },
];

function rulesOf(book, a, byDefault) {
  const actions = byDefault.map(rule => rule.action);
  const own = defined(book, a).rollup.filter(rule => actions.includes(rule.action));
  return own.length ? own : byDefault;
}

// RB.1.2 b: objective rollup using rules process
function objectiveByRules(book, a) {
  const rules = rulesOf(book, a, satisfiedByDefault);
  const check = rollupRuleChecks(book, a, rules, 'satisfied');
  if (check('notSatisfied')) setStatus(book, a, 0, false);
  if (check('satisfied')) setStatus(book, a, 0, true);
}

// RB.1.3 a: activity progress rollup using measure process
function progressByMeasure(book, a) {
  const amount = amountOf(book, a);
  setCompletion(book, a, amount === undefined ? undefined : amount >= defined(book, a).minimumProgress, false, isLeaf(book, a));
}

// RB.1.3 b: activity progress rollup using rules process
function progressByRules(book, a) {
  const rules = rulesOf(book, a, completedByDefault);
  const check = rollupRuleChecks(book, a, rules, 'completed');
  if (check('incomplete')) setCompletion(book, a, false);
  if (check('completed')) setCompletion(book, a, true);
}

// RB.1.4: rollup rule check subprocess
function rollupRuleCheck(book, a, rules, action) {
  if (isLeaf(book, a)) return false;
  return rules.some(rule => rule.action === action && ruleChanges(rule, contributions(book, a, rule)));
}

// Of a pair of actions, judged before either writes, or one after the other.
function rollupRuleChecks(book, a, rules, positive) {
  const check = action => rollupRuleCheck(book, a, rules, action);
  if (!departures.rulesJudgedBeforeWritten) return check;
  const holds = check(positive);
  return action => action === positive ? holds : !holds && check(action);
}

const contributions = (book, a, rule) => trackedChildren(book, a)
  .filter(child => checkChildForRollup(book, child, rule.action))
  .map(child => evaluateRollupConditions(book, child, rule));

function ruleChanges(rule, bag) {
  const yes = bag.filter(value => value === true).length;
  if (!bag.length) return departures.emptyRollupSetHolds && (['all', 'none'].includes(rule.set) || rule.set === 'atLeastCount' && !rule.minimumCount);
  if (rule.set === 'all') return yes === bag.length;
  if (rule.set === 'any') return yes > 0;
  if (rule.set === 'none') return bag.every(value => value === false);
  if (rule.set === 'atLeastCount') return yes >= rule.minimumCount;
  return yes / bag.length >= rule.minimumPercent;
}

// RB.1.4.1: evaluate rollup conditions subprocess
const evaluateRollupConditions = (book, child, rule) => combined(rule.any, rule.conditions.map(c => conditionHolds(book, child, c, true)));

// RB.1.4.2: check child for rollup subprocess
function checkChildForRollup(book, child, action) {
  const { rollsUpSatisfied, rollsUpCompletion, requiredFor } = defined(book, child);
  const rollsUp = action === 'satisfied' || action === 'notSatisfied' ? rollsUpSatisfied : rollsUpCompletion;
  return rollsUp && isConsidered(book, child, requiredFor[action]);
}

function isConsidered(book, child, required) {
  const { activityProgress, attemptCount, suspended } = tracked(book, child);
  if (required === 'ifNotSuspended') return activityProgress && !(attemptCount > 0 && suspended);
  if (required === 'ifAttempted') return activityProgress && attemptCount > 0;
  if (required === 'ifNotSkipped') return !isSkipped(book, child);
  return true;
}

function rollupOf(book, a) {
  if (!defined(book, a).tracked) return;
  if (!isLeaf(book, a)) {
    measureRollup(book, a);
    completionMeasureRollup(book, a);
  }
  if (defined(book, a).objectives[0].byMeasure) objectiveByMeasure(book, a);
  else objectiveByRules(book, a);
  if (defined(book, a).completedByMeasure) progressByMeasure(book, a);
  else progressByRules(book, a);
}

// All below an activity before the activity.
const backwards = set => [...set].sort((x, y) => y - x);

// RB.1.5: overall rollup process, together with all above those who read what was written (SN 4.6.6); what these write in their turn has
// readers, too. No more turns than there are activities, for those that write in a circle.
export function overallRollup(book, a) {
  let set = withReaders(book, pathUp(book, a));
  for (let turns = book.course.activities.length; set.size && turns; turns--) {
    for (const at of backwards(set)) rollupOf(book, at);
    set = withReaders(book, []);
  }
}

// With all above the activities whose primary objective reads one of the global objectives that were written.
function withReaders(book, path) {
  const set = new Set(path), { written } = book.state;
  for (const { parent, objectives } of book.course.activities)
    if (objectives[0].maps.some(map => map.read.length && written.has(map.global))) pathUp(book, parent).forEach(at => set.add(at));
  written.clear();
  return set;
}
