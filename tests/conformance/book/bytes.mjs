// SPDX-License-Identifier: Apache-2.0
// A course as the engine's tree bytes: docs/scorm.md, "The tree as bytes".
import { Bytes } from '../../support/bytes.mjs';

export const conditionKinds = ['satisfied', 'objectiveStatusKnown', 'objectiveMeasureKnown', 'objectiveMeasureGreaterThan', 'objectiveMeasureLessThan',
  'completed', 'activityProgressKnown', 'attempted', 'attemptLimitExceeded', 'timeLimitExceeded', 'outsideAvailableTimeRange', 'always'];
export const actions = ['skip', 'disabled', 'hiddenFromChoice', 'stopForwardTraversal', 'exitParent', 'exitAll', 'retry', 'retryAll', 'continue',
  'previous', 'exit'];
const ruleSets = ['pre', 'post', 'exit'];
export const childSets = ['all', 'any', 'none', 'atLeastCount', 'atLeastPercent'];
export const rollupActions = ['satisfied', 'notSatisfied', 'completed', 'incomplete'];
export const considerations = ['always', 'ifAttempted', 'ifNotSkipped', 'ifNotSuspended'];
export const extras = ['raw', 'min', 'max', 'completion', 'amount'];

const MAGIC = 0x3154534B, EDITION_4 = 3, CLUSTER = 0, SCO = 1;

function putCondition(out, c) {
  out.whole(conditionKinds.indexOf(c.kind));
  out.bool(c.not);
  out.text(c.objective);
  out.real(c.threshold || 0);
}

function putRule(out, rule) {
  out.whole(ruleSets.indexOf(rule.set));
  out.whole(actions.indexOf(rule.action));
  out.bool(rule.any);
  out.each(rule.conditions, putCondition);
}

function putRollup(out, rule) {
  out.whole(childSets.indexOf(rule.set));
  out.whole(rule.minimumCount || 0);
  out.real(rule.minimumPercent || 0);
  out.whole(rollupActions.indexOf(rule.action));
  out.bool(rule.any);
  out.each(rule.conditions, putCondition);
}

function putMap(out, map) {
  const bits = (list, names) => names.map(name => list.includes(name));
  out.text(map.global);
  out.flags(...bits(map.read, ['satisfied', 'measure']), ...bits(map.write, ['satisfied', 'measure']),
    ...bits(map.read, extras), ...bits(map.write, extras));
}

function putObjective(out, objective, k) {
  out.text(objective.id);
  out.flags(k === 0, objective.byMeasure);
  out.real(objective.minimum);
  out.each(objective.maps, putMap);
}

function putActivity(out, a) {
  out.signed(a.parent);
  out.text(a.id);
  out.text(a.id);
  out.whole(a.children.length ? CLUSTER : SCO);
  out.whole(0);
  for (let i = 0; i < 5; i++) out.text(undefined);
  out.flags(true, a.completedByMeasure, a.completedByMeasure, a.choice, a.choiceExit, a.flow, a.forwardOnly, a.currentObjectives, a.currentProgress,
    a.constrainChoice, a.preventActivation, a.hasAttemptLimit, false, a.rollsUpSatisfied, a.rollsUpCompletion, a.measureIfActive, a.selectCount !== undefined, a.reorder,
    a.tracked, a.completionSetByContent, a.objectiveSetByContent);
  for (const n of [a.minimumProgress, a.progressWeight, a.measureWeight]) out.real(n);
  out.whole(a.attemptLimit);
  out.signed(0);
  for (const action of rollupActions) out.whole(considerations.indexOf(a.requiredFor[action]));
  for (const n of [a.selection, a.randomization, a.selectCount ?? 0]) out.whole(n);
  out.each(a.rules, putRule);
  out.each(a.rollup, putRollup);
  out.each(a.objectives, (to, objective) => putObjective(to, objective, a.objectives.indexOf(objective)));
  out.whole(0);
}

export function bytesOf(course) {
  const out = new Bytes();
  out.whole(MAGIC);
  out.whole(EDITION_4);
  out.bool(true);
  out.bool(true);
  out.text('course');
  out.signed(course.activities.length);
  for (const activity of course.activities) putActivity(out, activity);
  return Uint8Array.from(out.list);
}
