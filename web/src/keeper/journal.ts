// SPDX-License-Identifier: Apache-2.0
// The journal of a commit: what happened since the commit before, so that the laptop can do it again. What may be
// left out of it is only what provably changes nothing: the laptop holds its own result against ours.

// `call`: an API call that went well; a request ("continue", "choice" …, `a` its target); or "refused", a call that
// did not go well (`a` the call, `b` its value), which the laptop only shows.
export interface Step { at: number; call: string; a?: string; b?: string; error?: number }

const CALLS = ['Initialize', 'SetValue', 'Commit', 'Terminate', 'refused'];

// These only SCOs read: a value that is replaced during the same visit was never there for anybody else.
const REPLACED = ['cmi.suspend_data', 'cmi.location', 'cmi.core.lesson_location'];

export const isRequest = ({ call }: Step): boolean => !CALLS.includes(call);

// The same value set again, the same Commit made again, one right after the other, change nothing.
export const repeats = (last: Step | undefined, step: Step): boolean =>
  !!last && (step.call === 'SetValue' || step.call === 'Commit') && last.call === step.call && last.a === step.a && last.b === step.b;

// For each journal (oldest first) its steps without those values that a later one of the same visit replaces.
export function compact(journals: readonly (readonly Step[])[]): Step[][] {
  const later = new Set<string>();
  return journals.slice().reverse().map(journal => journal.slice().reverse().filter(step => {
    if (isRequest(step) || step.call === 'Initialize' || step.call === 'Terminate') later.clear();
    if (step.call !== 'SetValue' || !REPLACED.includes(step.a || '')) return true;
    const replaced = later.has(step.a || '');
    later.add(step.a || '');
    return !replaced;
  }).reverse()).reverse();
}
