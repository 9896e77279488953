// SPDX-License-Identifier: Apache-2.0
// What the player and the laptop say to each other (src/runtime/runtime.h, docs/api.md). Times are ms.

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
  parent: number;
  kind: 'cluster' | 'sco' | 'asset';
  visible: boolean;
  href?: string;
  launch_data?: string;
  mastery_score?: string;
  max_time_allowed?: string;
  time_limit_action?: string;
  completion_threshold?: string;
  objectives?: string[];   // ids that the manifest gives
}

// Data-model elements as the SCO set them: {"cmi.core.lesson_location": "3", …}.
export type Elements = Record<string, string>;

export interface ActivityState {
  activity: string;
  cmi: Elements;
  completion: Completion;
  success: Success;
  score?: number | null;   // 0..1
  location?: string | null;
  total_time_ms: number;
  suspended: boolean;
}

// As it is sent: the elements are a JSON text.
export type SentState = Omit<ActivityState, 'cmi'> & { cmi: string };

export interface Launch {
  attempt: Attempt;
  learner: { id: string; name: string; language: string };
  course_title: string;
  main: string;   // origin of the app
  base: string;   // where the course's files are
  standard: string;
  seq: number;
  activities: Activity[];
  states: SentState[];
}

// One atomic write of the whole state of one activity, or (without `activity`) of the place only.
export interface Commit {
  seq: number;
  launch: string;
  activity?: string;
  cmi?: string;
  completion: Completion;
  success: Success;
  score?: number;
  location?: string;
  total_time_ms: number;
  suspended: boolean;
  leaving: boolean;
  suspend: boolean;
  attempt_completion: Completion;
  attempt_success: Success;
  attempt_score?: number;
  attempt_progress?: number;
  at_activity?: string;
  kept: number;
  made_at: number;
  elapsed_ms: number;
}

export type Verdict = 'saved' | 'known' | 'gap' | 'elsewhere';
export interface CommitReply { verdict: Verdict; seq: number }
