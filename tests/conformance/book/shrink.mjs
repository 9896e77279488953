// SPDX-License-Identifier: Apache-2.0
// Makes an example smaller as long as the difference stays: steps, activities, rules, settings.
import { defaultActivity } from './courses.mjs';
import { replay } from './play.mjs';

const kindOf = difference => difference.replace(/\ba\d+\b/g, 'a');

function without(list, i) { return [...list.slice(0, i), ...list.slice(i + 1)]; }

// The course without an activity and all below it; undefined where that is the root.
function withoutActivity(course, gone) {
  const drop = new Set([gone]);
  course.activities.forEach((a, i) => drop.has(a.parent) && drop.add(i));
  return kept(course, course.activities.map((_, i) => i).filter(i => !drop.has(i)), a => a);
}

// The course without one cluster, whose children go up.
function withoutCluster(course, gone) {
  const order = course.activities.map((_, i) => i).filter(i => i !== gone);
  return kept(course, order, a => a === gone ? course.activities[gone].parent : a);
}

function kept(course, order, parentOf) {
  const number = new Map(order.map((old, i) => [old, i]));
  const activities = order.map(old => {
    const a = structuredClone(course.activities[old]);
    a.parent = a.parent < 0 ? -1 : number.get(parentOf(a.parent));
    a.children = [];
    return a;
  });
  activities.forEach((a, i) => a.parent >= 0 && activities[a.parent].children.push(i));
  return { activities };
}

// Every course that differs from this one by one thing less.
function* smallerCourses(course) {
  for (let i = course.activities.length - 1; i > 0; i--) yield withoutActivity(course, i);
  for (let i = course.activities.length - 1; i > 0; i--) if (course.activities[i].children.length) yield withoutCluster(course, i);
  for (let i = 0; i < course.activities.length; i++) yield* simplerActivities(course, i);
}

const changed = (course, i, change) => {
  const copy = structuredClone(course);
  change(copy.activities[i]);
  return copy;
};

function* simplerActivities(course, i) {
  const a = course.activities[i], plain = defaultActivity();
  for (const list of ['rules', 'rollup']) yield* simplerRules(course, i, list);
  for (let k = a.objectives.length - 1; k > 0; k--) yield changed(course, i, copy => copy.objectives.splice(k, 1));
  for (let k = 0; k < a.objectives.length; k++) yield* simplerObjectives(course, i, k);
  for (const key of Object.keys(plain).filter(name => !['parent', 'id', 'children', 'rules', 'rollup', 'objectives', 'requiredFor'].includes(name)))
    if (a[key] !== plain[key]) yield changed(course, i, copy => { copy[key] = plain[key]; });
  for (const key of Object.keys(a.requiredFor))
    if (a.requiredFor[key] !== 'always') yield changed(course, i, copy => { copy.requiredFor[key] = 'always'; });
}

function* simplerRules(course, i, list) {
  for (let r = 0; r < course.activities[i][list].length; r++) {
    yield changed(course, i, copy => copy[list].splice(r, 1));
    const { conditions } = course.activities[i][list][r];
    for (let n = 0; conditions.length > 1 && n < conditions.length; n++) yield changed(course, i, copy => copy[list][r].conditions.splice(n, 1));
    yield* conditions.map((condition, n) => condition.kind !== 'always' && changed(course, i, copy => {
      copy[list][r].conditions[n] = { kind: list === 'rules' ? 'always' : 'attempted', not: false };
    })).filter(other => other && JSON.stringify(other) !== JSON.stringify(course));
  }
}

function* simplerObjectives(course, i, k) {
  const objective = course.activities[i].objectives[k];
  if (objective.byMeasure) yield changed(course, i, copy => Object.assign(copy.objectives[k], { byMeasure: false, minimum: 1 }));
  for (let m = 0; m < objective.maps.length; m++) {
    yield changed(course, i, copy => copy.objectives[k].maps.splice(m, 1));
    for (const side of ['read', 'write'])
      for (let n = 0; n < objective.maps[m][side].length; n++) yield changed(course, i, copy => copy.objectives[k].maps[m][side].splice(n, 1));
  }
}

function* smallerSteps(steps) {
  for (let n = steps.length >> 1; n > 1; n >>= 1)
    for (let i = steps.length - n; i >= 0; i -= n) yield [...steps.slice(0, i), ...steps.slice(i + n)];
  for (let i = steps.length - 1; i >= 0; i--) yield without(steps, i);
  for (let i = 0; i < steps.length; i++) {
    const put = step => [...steps.slice(0, i), step, ...steps.slice(i + 1)];
    if (steps[i].do !== 'content') continue;
    for (let n = 0; n < steps[i].sets.length; n++) yield put({ ...steps[i], sets: without(steps[i].sets, n) });
    if (steps[i].exit) yield put({ ...steps[i], exit: undefined });
    if (steps[i].request) yield put({ ...steps[i], request: undefined });
    if (steps[i].terminate && !steps[i].request) yield put({ ...steps[i], terminate: false });
  }
}

export function shrink(course, steps, difference, seconds = Number(process.env.KENES_SHRINK || 8)) {
  const kind = kindOf(difference), until = Date.now() + seconds * 1000;
  let best = { course, steps, difference };
  const tried = (newCourse, newSteps) => {
    if (newCourse.activities.length < 2) return false;
    const found = replay(newCourse, newSteps);
    if (!found || kindOf(found.difference) !== kind) return false;
    best = { course: newCourse, steps: newSteps.slice(0, found.at + 1), difference: found.difference };
    return true;
  };
  for (let more = true; more && Date.now() < until;) {
    more = false;
    for (const fewer of smallerSteps(best.steps)) if (tried(best.course, fewer)) { more = true; break; }
    if (more) continue;
    for (const smaller of smallerCourses(best.course)) if (tried(smaller, best.steps)) { more = true; break; }
  }
  return best;
}
