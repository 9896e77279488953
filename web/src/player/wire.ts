// SPDX-License-Identifier: Apache-2.0
// What the player and the laptop say to each other (src/runtime/runtime.h, docs/api.md). Times are ms.

import type { Step } from '../keeper/journal';
import type { Titles } from '../words/words';

export type Completion = 'unknown' | 'not attempted' | 'incomplete' | 'completed';
export type Success = 'unknown' | 'passed' | 'failed';

export interface Attempt {
  id: string;
  course: string;
  seq: number;
  activity?: string;   // where the learner is
  suspended?: boolean;
}

// An item of the course, in preorder; `parent` is an index.
export interface Activity {
  id: string;
  title: string;
  titles?: Titles;
  parent: number;
  kind: 'cluster' | 'sco' | 'asset';
  href?: string;
}

// How one activity stands.
export interface ActivityState {
  activity: string;
  completion: Completion;
  success: Success;
  score?: number;      // 0..1
  location?: string;
}

export interface Launch {
  attempt: Attempt;
  learner: { id: string; name: string; language: string };
  course_title: string;
  course_titles?: Titles;
  main: string;   // origin of the app
  base: string;   // where the course's files are
  tree: string;   // where the engine's tree is
  tree_bytes?: string;   // base64url: the tree itself, where it is small
  standard: string;
  seed: number;
  seq: number;
  activities: Activity[];
  opened?: Opened;   // in the page: what POST open would answer
}

// Where a launch begins.
export interface Opened {
  seq: number;
  now: number;          // the engine's clock begins here
  snapshot?: string;    // base64url; absent: at the start
}

// What happened since the commit before, and what the phone takes it to have come to.
export interface Commit {
  seq: number;
  launch: string;
  opens?: boolean;     // its launch: nobody has told the laptop of it yet
  journal: readonly Step[];
  attempt_completion: Completion;
  attempt_success: Success;
  attempt_score?: number;
  attempt_progress?: number;
  digest?: string;
  activity?: string;   // the present one
  completion?: Completion;
  success?: Success;
  score?: number;
  location?: string;
  kept: number;
  made_at: number;
  elapsed_ms: number;
}

export type Verdict = 'saved' | 'known' | 'gap' | 'elsewhere';
export interface CommitReply { verdict: Verdict; seq: number }
