// SPDX-License-Identifier: Apache-2.0
// What the whole course comes to, from its activities, by plain rules: complete when every one is; failed or
// passed once complete (a single activity: as it says itself), failed when any failed, passed when all that
// say anything passed; the score is the mean of those reported.

import type { Activity, Completion, Success } from './wire';

export interface Tracking { completion: Completion; success: Success; score?: number | null; location?: string | null }

export interface Rollup { completion: Completion; success: Success; score?: number; progress: number }

export function rollUp(activities: readonly Activity[], states: ReadonlyMap<string, Tracking>): Rollup {
  const tracked = activities.map(activity => states.get(activity.id));
  const done = tracked.filter(state => state?.completion === 'completed').length;
  const begun = tracked.some(state => state && state.completion !== 'not attempted');
  const completion: Completion = done && done === tracked.length ? 'completed' : begun ? 'incomplete' : 'not attempted';
  const scores = tracked.map(state => state?.score).filter((score): score is number => typeof score === 'number');
  return {
    completion,
    success: tracked.length === 1 || completion === 'completed' ? successOf(tracked.map(state => state?.success)) : 'unknown',
    score: scores.length ? scores.reduce((sum, score) => sum + score, 0) / scores.length : undefined,
    progress: tracked.length ? done / tracked.length : 0,
  };
}

function successOf(all: (Success | undefined)[]): Success {
  return all.includes('failed') ? 'failed' : all.includes('passed') ? 'passed' : 'unknown';
}

// What was reached once is not taken away by opening the activity again.
export function keepBest(before: Tracking | undefined, now: Tracking): void {
  if (!before) return;
  if (before.completion === 'completed' || now.completion === 'unknown' || now.completion === 'not attempted')
    now.completion = before.completion;
  const lost = before.success === 'passed' && now.success !== 'passed';
  const silent = now.success === 'unknown' && now.score === undefined;
  if (lost || silent) {
    now.success = before.success;
    now.score = before.score;
  }
}
