// SPDX-License-Identifier: Apache-2.0
// The seam between the player and the standard.
//
// Everything that a book of SCORM decides is behind `Engine`: what an API call answers, which activity
// comes next, which controls may be used, how it all stands. Everything that a phone needs (frames,
// storage, network, screen) is in front of it. The engine touches neither the page nor the clock: time
// comes in through `clock`, and it speaks to the player only through `Host`. sequenced.ts is the engine.
//
// The order of a change of activity: the player empties the frame (the SCO may still call the API while
// it unloads), then `navigate` ends what it did not end itself and says what to deliver. While nothing is delivered,
// API calls answer as before Initialize.

import type { Activity, ActivityState, Completion, Success } from './wire';

export type Method = 'Initialize' | 'Terminate' | 'GetValue' | 'SetValue' | 'Commit' | 'GetLastError' | 'GetErrorString' | 'GetDiagnostic';

export type Navigation =
  | { kind: 'start' | 'resumeAll' }
  | { kind: 'choice' | 'jump'; target: string }
  | { kind: 'continue' | 'previous' | 'exit' | 'exitAll' | 'abandon' | 'abandonAll' | 'suspendAll' };

export type Session = 'active' | 'no-content' | 'suspended' | 'ended';

export interface Outcome {
  session: Session;
  deliver?: Activity;   // open this one now
}

export type Control = 'continue' | 'previous' | 'suspendAll' | 'exitAll' | 'abandonAll';
export type Controls = { [name in Control]: boolean };

// A line of the table of contents. What cannot be launched is a heading.
export interface Entry { id: string; title: string; depth: number; launchable: boolean }

export interface Tracking { completion: Completion; success: Success; score?: number; location?: string }
export interface Rollup extends Tracking { progress?: number }

export interface Host {
  changed(): void;       // the SCO set something that no commit holds yet
  commit(): boolean;     // keep what is new durably; false when that failed
  terminated(): void;    // the SCO ended its communication
}

export interface Engine {
  readonly standard: string;
  call(method: Method, args: readonly unknown[]): string;
  wish(): Navigation | undefined;      // what the SCO asked for (adl.nav.request), once
  begin(choose: string | undefined): Outcome;   // where the learner goes on: there, where it was left, or at the start
  allows(request: Navigation): boolean;
  navigate(request: Navigation): Outcome;   // only what is allowed
  controls(): Controls;                // which may be used now
  hidden(): Controls;                  // which the course does not want to be seen (hideLMSUI)
  contents(): readonly Entry[];        // in the order of now; the same array while nothing of it changed
  current(): Activity | undefined;
  place(): string | undefined;         // where the next opening goes on
  next(): Activity | undefined;        // what Continue would deliver
  over(): boolean;                     // the current SCO has ended its communication
  state(): ActivityState | undefined;  // of the current activity
  standing(id: string): Tracking;
  rollUp(): Rollup;
}
