// SPDX-License-Identifier: Apache-2.0
// An example in words: the tree with what is not as by default, the steps, the difference.
import { defaultActivity } from './courses.mjs';

const conditionText = c => `${c.not ? 'not ' : ''}${c.kind}${c.threshold === undefined ? '' : ` ${c.threshold}`}${c.objective ? ` of ${c.objective}` : ''}`;
const conditionsText = rule => rule.conditions.map(conditionText).join(rule.any ? ' or ' : ' and ');
const ruleText = rule => `${rule.set}: if ${conditionsText(rule)} then ${rule.action}`;
const numberOf = { atLeastCount: rule => ` ${rule.minimumCount}`, atLeastPercent: rule => ` ${rule.minimumPercent}` };
const rollupText = rule => `roll-up: if ${rule.set}${numberOf[rule.set]?.(rule) || ''} ${conditionsText(rule)} then ${rule.action}`;
const mapText = map => `${map.global} reads [${map.read}] writes [${map.write}]`;

function objectiveText(objective, k) {
  const words = [objective.byMeasure ? `by measure ${objective.minimum}` : '', ...objective.maps.map(mapText)].filter(Boolean);
  return k || words.length ? `objective ${objective.id}${k ? '' : ' (primary)'}: ${words.join('; ')}` : '';
}

function settingsText(a) {
  const plain = defaultActivity(), isOwn = key => typeof a[key] !== 'object' && !['parent', 'id'].includes(key) && a[key] !== plain[key];
  const own = Object.keys(plain).filter(isOwn);
  const required = Object.entries(a.requiredFor).filter(([, value]) => value !== 'always').map(([key, value]) => `${key} ${value}`);
  return [...own.map(key => `${key}=${a[key]}`), ...required].join(' ');
}

function activityText(course, i, indent) {
  const a = course.activities[i], lines = [...a.objectives.map(objectiveText), ...a.rules.map(ruleText), ...a.rollup.map(rollupText)].filter(Boolean);
  return [`${indent}${a.id} ${settingsText(a)}`, ...lines.map(line => `${indent}    ${line}`),
    ...a.children.map(child => activityText(course, child, `${indent}  `))].join('\n');
}

const requestText = ({ what, target }) => target ? `${what} ${target}` : what;
const setText = ({ what, value, objective }) => `${objective ? `${objective}.` : ''}${what}=${value}`;

function stepText(step) {
  if (step.do === 'navigate') return requestText(step);
  const words = [...step.sets.map(setText), step.exit ? `exit=${step.exit}` : '', step.request ? `asks ${requestText(step.request)}` : '',
    step.terminate ? 'terminates' : 'stays'];
  return `  SCO: ${words.filter(Boolean).join(', ')}`;
}

export const report = ({ course, steps, difference }) => [activityText(course, 0, ''), ...steps.map(stepText), `=> ${difference}`].join('\n');
