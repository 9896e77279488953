// SPDX-License-Identifier: Apache-2.0
// What a SCO says through its API becomes tracking information (RTE 4.2; SN 4.2.1).
import { extras } from './bytes.mjs';
import { departures } from './departures.mjs';
import { objectiveByMeasure, overallRollup } from './rollup.mjs';
import { setAmount, setCompletion, setExtra, setMeasure, setStatus } from './objectives.mjs';
import { newObjectives, defined, tracked } from './tree.mjs';

const newData = () => ({ completion: undefined, success: undefined, scaled: undefined, progress: undefined, objectives: {} });

export function initialize(book, a) {
  tracked(book, a).data = newData();
  book.state.sco = { activity: a, running: true, exit: '', request: undefined };
}

// One value: { what, value } of the SCO, { what, value, objective } of one of its objectives.
export function setValue(book, { what, value, objective }) {
  const { data } = tracked(book, book.state.sco.activity);
  if (objective === undefined) data[what] = value;
  else (data.objectives[objective] ||= {})[what] = value;
}

const statusOfWord = { passed: true, failed: false, completed: true, incomplete: false, 'not attempted': false };

const asksToBeAbandoned = sco => !isOver(sco) && !!sco.request?.what.startsWith('abandon');

// The SCO's data is transferred to what is tracked of its activity; that of one which asks to be abandoned waits for what becomes of that.
export function terminate(book) {
  const { sco } = book.state;
  if (!sco?.running) return;
  Object.assign(sco, { running: false, over: true, waits: asksToBeAbandoned(sco) });
  if (!sco.waits) keep(book);
  if (!sco.waits && departures.terminateRollsUp) overallRollup(book, sco.activity);
}

function keep(book) {
  const { activity, exit } = book.state.sco;
  transfer(book, activity);
  if (exit === 'suspend') tracked(book, activity).suspended = true;
}

// Something else is asked for than to abandon: what was reported counts after all.
export function keepAfterAll(book, what) {
  const { sco } = book.state;
  if (!sco?.waits) return;
  sco.waits = false;
  if (what.startsWith('abandon')) return;
  keep(book);
  if (departures.terminateRollsUp) overallRollup(book, sco.activity);
}

export function transfer(book, a) {
  const definition = defined(book, a), { data } = tracked(book, a);
  if (!definition.tracked || !data) return;
  transferProgress(book, a, data);
  for (const [id, said] of Object.entries(data.objectives)) transferObjective(book, a, definition.objectives.findIndex(o => o.id === id), said);
  transferObjective(book, a, 0, data);
}

function transferProgress(book, a, data) {
  const own = tracked(book, a), { completedByMeasure, minimumProgress } = defined(book, a);
  if (data.progress !== undefined) setAmount(book, a, data.progress);
  if (completedByMeasure) {
    if (data.progress !== undefined) setCompletion(book, a, data.progress >= minimumProgress, false, true);
    return;
  }
  if (data.completion === undefined) return;
  own.spokeOfCompletion = true;
  setCompletion(book, a, statusOfWord[data.completion], true);
}

function transferObjective(book, a, k, said) {
  if (said.scaled !== undefined) setMeasure(book, a, k, said.scaled);
  if (k === 0 && said.success !== undefined) tracked(book, a).spokeOfSuccess = true;
  if (defined(book, a).objectives[k].byMeasure) {
    if (said.scaled !== undefined && !departures.measureWrittenAtEnd) objectiveByMeasure(book, a, k);
  } else if (said.success !== undefined) setStatus(book, a, k, statusOfWord[said.success], true);
  if (k > 0 && said.completion !== undefined) setExtra(book, a, k, 'completion', statusOfWord[said.completion]);
  for (const what of ['raw', 'min', 'max', 'amount']) if (said[what] !== undefined) setExtra(book, a, k, what, said[what]);
}

// An abandoned attempt: nothing of it is known.
export function forgetAttempt(book, a) {
  const own = tracked(book, a);
  if (departures.abandonForgetsGlobals) unsay(book, a);
  own.objectives = newObjectives(defined(book, a));
  Object.assign(own, { attemptProgress: false, attemptCompletion: false, amountStatus: false, amount: 0, data: undefined });
  own.spokeOfCompletion = own.spokeOfSuccess = false;
  overallRollup(book, a);
}

function unsay(book, a) {
  tracked(book, a).objectives.forEach((own, k) => {
    setStatus(book, a, k, undefined);
    setMeasure(book, a, k, undefined);
    for (const what of extras) if (own[what] !== undefined) setExtra(book, a, k, what, undefined);
  });
  setCompletion(book, a, undefined);
  setAmount(book, a, undefined);
}

// RTE 4.2.8: what a SCO's exit makes of any request.
export function requestAfter(book, what) {
  const { sco } = book.state;
  return sco?.over && isOver(sco) ? 'exitAll' : what;
}

const isOver = sco => departures.timeOutExitsAll && (sco.exit === 'time-out' || sco.exit === 'logout');
