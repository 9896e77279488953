// SPDX-License-Identifier: Apache-2.0
// Conditions and sequencing rules: three-valued logic (undefined: unknown), UP.1, UP.2, UP.2.1, UP.5.
import { departures } from './departures.mjs';
import { completionOf, extraOf, measureOf, statusOf } from './objectives.mjs';
import { defined, tracked } from './tree.mjs';

const all = values => values.includes(false) ? false : values.includes(undefined) ? undefined : true;
const any = values => values.includes(true) ? true : values.includes(undefined) ? undefined : false;
export const combined = (isAny, values) => values.length ? (isAny ? any : all)(values) : undefined;
const negated = value => value === undefined ? undefined : !value;

const isAttempted = (book, a) => tracked(book, a).activityProgress && tracked(book, a).attemptCount > 0;

function attemptLimitReached(book, a) {
  const { hasAttemptLimit, attemptLimit } = defined(book, a), { activityProgress, attemptCount } = tracked(book, a);
  return hasAttemptLimit && (activityProgress || departures.attemptLimitZeroBars) && attemptCount >= attemptLimit;
}

const compared = (measure, how) => measure === undefined ? undefined : how(measure);

// SN 3.4.2: one condition against the activity's tracking information.
const conditions = {
  satisfied: (book, a, c, k, inRollup) => statusOf(book, a, k, inRollup),
  objectiveStatusKnown: (book, a, c, k, inRollup) => statusOf(book, a, k, inRollup) !== undefined,
  objectiveMeasureKnown: (book, a, c, k, inRollup) => measureOf(book, a, k, inRollup) !== undefined,
  objectiveMeasureGreaterThan: (book, a, c, k) => compared(measureOf(book, a, k), measure => measure > c.threshold),
  objectiveMeasureLessThan: (book, a, c, k) => compared(measureOf(book, a, k), measure => measure < c.threshold),
  completed: (book, a, c, k, inRollup) => k && departures.completedOfObjective ? extraOf(book, a, k, 'completion') : completionOf(book, a, inRollup),
  activityProgressKnown: (book, a, c, k, inRollup) =>
    tracked(book, a).activityProgress && conditions.completed(book, a, c, k, inRollup) !== undefined,
  attempted: isAttempted,
  attemptLimitExceeded: attemptLimitReached,
  timeLimitExceeded: () => false,
  outsideAvailableTimeRange: () => false,
  always: () => true,
};

function conditionOf(book, a, c, inRollup) {
  const k = c.objective === undefined ? 0 : defined(book, a).objectives.findIndex(o => o.id === c.objective);
  if (k < 0) return undefined;
  return conditions[c.kind](book, a, c, k, inRollup);
}

// SN 3.13: of an untracked activity nothing is known.
const unknowns = ['satisfied', 'completed', 'objectiveMeasureGreaterThan', 'objectiveMeasureLessThan'];

function untrackedCondition(book, a, c) {
  if (c.kind === 'attemptLimitExceeded') return attemptLimitReached(book, a);
  return unknowns.includes(c.kind) ? undefined : c.kind === 'always';
}

export function conditionHolds(book, a, c, inRollup = false) {
  const value = defined(book, a).tracked ? conditionOf(book, a, c, inRollup) : untrackedCondition(book, a, c);
  return c.not ? negated(value) : value;
}

// UP.2.1: sequencing rule check
const ruleHolds = (book, a, rule) => combined(rule.any, rule.conditions.map(c => conditionHolds(book, a, c)));

// UP.2: sequencing rules check. The action of the first rule that holds; undefined: nil.
export function sequencingRulesCheck(book, a, set, actions) {
  return defined(book, a).rules
    .filter(rule => rule.set === set && actions.includes(rule.action))
    .find(rule => ruleHolds(book, a, rule) === true)?.action;
}

export const isSkipped = (book, a) => !!sequencingRulesCheck(book, a, 'pre', ['skip']);
export const isHiddenFromChoice = (book, a) => !!sequencingRulesCheck(book, a, 'pre', ['hiddenFromChoice']);
export const stopsForward = (book, a) => !!sequencingRulesCheck(book, a, 'pre', ['stopForwardTraversal']);

// UP.1: limit conditions check. True: a limit is exceeded.
function limitConditionsCheck(book, a) {
  const { active, suspended } = tracked(book, a);
  if (!defined(book, a).tracked) return false;
  if (active || suspended) return false;
  return attemptLimitReached(book, a);
}

// UP.5: check activity process. True: disabled, or a limit is exceeded.
export function checkActivity(book, a) {
  return !!sequencingRulesCheck(book, a, 'pre', ['disabled']) || limitConditionsCheck(book, a);
}
