// SPDX-License-Identifier: Apache-2.0
// Objectives and what is read from and written to global ones (SN 3.10, 4.2.1.2).
import { departures } from './departures.mjs';
import { defined, tracked } from './tree.mjs';

const globalOf = (book, name) => book.state.globals[name] ||= {};
const readMap = (definition, what) => definition.maps.find(map => map.read.includes(what));

export const rounded = n => departures.roundedMeasures ? Math.sign(n) * Math.round(Math.abs(n) * 1e7) / 1e7 : n;

// Undefined where it is not known.
const ownStatus = own => own.progress ? own.satisfied : undefined;
const ownMeasure = own => own.measureStatus ? own.measure : undefined;

// In roll-up, what the activity recorded before its parent's present attempt does not count (SN 3.2); what is read does.
const isHidden = (book, a, inRollup) => inRollup && tracked(book, a).objectiveHidden;

export function measureOf(book, a, k = 0, inRollup = false) {
  const map = readMap(defined(book, a).objectives[k], 'measure');
  if (map) return globalOf(book, map.global).measure;
  return isHidden(book, a, inRollup) ? undefined : ownMeasure(tracked(book, a).objectives[k]);
}

function judged(book, a, k, inRollup) {
  const measure = measureOf(book, a, k, inRollup);
  if (measure === undefined || tracked(book, a).active && !defined(book, a).measureIfActive) return undefined;
  return measure >= defined(book, a).objectives[k].minimum;
}

export function statusOf(book, a, k = 0, inRollup = false) {
  if (departures.measureJudgedWhenRead && defined(book, a).objectives[k].byMeasure) return judged(book, a, k, inRollup);
  const map = readMap(defined(book, a).objectives[k], 'satisfied');
  if (map) return globalOf(book, map.global).satisfied;
  return isHidden(book, a, inRollup) ? undefined : ownStatus(tracked(book, a).objectives[k]);
}

export const readsStatus = (book, a, k = 0) => !!readMap(defined(book, a).objectives[k], 'satisfied');

function write(book, a, k, what, value, isNews) {
  if (value === undefined && departures.nothingIsUnsaid && !isNews) return;
  for (const map of defined(book, a).objectives[k].maps)
    if (map.write.includes(what)) {
      globalOf(book, map.global)[what] = value;
      book.state.written.add(map.global);
    }
}

// What is recorded counts in the parent's present attempt; what was recorded before that is gone.
function recorded(book, a, k, value) {
  const own = tracked(book, a);
  if (k > 0 || value === undefined || !own.objectiveHidden) return;
  own.objectiveHidden = false;
  Object.assign(own.objectives[0], { progress: false, satisfied: false, measureStatus: false, measure: 0 });
}

function recordedProgress(own, value) {
  if (value === undefined || !own.progressHidden) return;
  Object.assign(own, { progressHidden: false, attemptProgress: false, attemptCompletion: false, amountStatus: false, amount: 0 });
}

// `isSaid`: the SCO itself says so. `isJudged`: it is what the measure of the activity itself comes to.
export function setStatus(book, a, k, value, isSaid = false, isJudged = false) {
  if (!isJudged) recorded(book, a, k, value);
  const own = tracked(book, a).objectives[k], isNews = isSaid || own.progress;
  own.progress = value !== undefined;
  own.satisfied = !!value;
  write(book, a, k, 'satisfied', value, isNews);
}

export function setMeasure(book, a, k, value) {
  recorded(book, a, k, value);
  const own = tracked(book, a).objectives[k], isNews = own.measureStatus;
  own.measureStatus = value !== undefined;
  own.measure = value ?? 0;
  write(book, a, k, 'measure', value, isNews);
}

// adlseq:objectives: raw, min, max, completion, amount.
export function setExtra(book, a, k, what, value) {
  tracked(book, a).objectives[k][what] = value;
  write(book, a, k, what, value, true);
}

// Completion and how far, of an attempt: undefined, not known.
export function setCompletion(book, a, value, isSaid = false, isJudged = false) {
  const own = tracked(book, a), isNews = isSaid || own.attemptProgress;
  if (!isJudged) recordedProgress(own, value);
  own.attemptProgress = value !== undefined;
  own.attemptCompletion = !!value;
  if (departures.primaryIsActivity) write(book, a, 0, 'completion', value, isNews);
}

export function setAmount(book, a, value) {
  const own = tracked(book, a), isNews = own.amountStatus;
  recordedProgress(own, value);
  own.amountStatus = value !== undefined;
  own.amount = value ?? 0;
  if (departures.primaryIsActivity) write(book, a, 0, 'amount', value, isNews);
}

function readOr(book, a, what, own) {
  const map = departures.primaryIsActivity && readMap(defined(book, a).objectives[0], what);
  return map && globalOf(book, map.global)[what] !== undefined ? globalOf(book, map.global)[what] : own;
}

export function amountOf(book, a, inRollup = false) {
  const { amountStatus, amount, progressHidden } = tracked(book, a);
  return readOr(book, a, 'amount', amountStatus && !(inRollup && progressHidden) ? amount : undefined);
}

export function completionOf(book, a, inRollup = false) {
  const { attemptProgress, attemptCompletion, progressHidden } = tracked(book, a), { completedByMeasure, minimumProgress } = defined(book, a);
  if (completedByMeasure && departures.completionJudgedWhenRead) {
    const amount = amountOf(book, a, inRollup);
    return amount === undefined ? undefined : amount >= minimumProgress;
  }
  return readOr(book, a, 'completion', attemptProgress && !(inRollup && progressHidden) ? attemptCompletion : undefined);
}

// adlseq:objectives: the objective's own value where the global one is not known (CO-09).
export function extraOf(book, a, k, what) {
  const map = readMap(defined(book, a).objectives[k], what);
  return map && globalOf(book, map.global)[what] !== undefined ? globalOf(book, map.global)[what] : tracked(book, a).objectives[k][what];
}
