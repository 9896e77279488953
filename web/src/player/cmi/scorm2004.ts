// SPDX-License-Identifier: Apache-2.0
// The data model of SCORM 2004 (Run-Time Environment book of the 4th edition, section 4).

import type { Dialect, Element, Model, Problem } from './model';
import { decimal, either, identifier, integer, interval, language, matching, oneOf, orEmpty, text, timestamp, type Check } from './types';

const read: Check = () => '';
const r = (initial?: string): Element => ({ access: 'r', check: read, initial });
const rw = (check: Check, initial?: string): Element => ({ access: 'rw', check, initial });
const w = (check: Check): Element => ({ access: 'w', check });

const completion = oneOf('completed incomplete unknown');
const completionStatus: Check = value => value === 'not attempted' ? '' : completion(value);
const success = oneOf('passed failed unknown');
const localized = (most: number): Check => value => {
  const tag = /^\{lang=([^}]*)\}/.exec(value);
  return tag && language(tag[1] as string) ? 'type' : text(most * 4)(value);
};
const request = either(
  oneOf('continue previous exit exitAll abandon abandonAll suspendAll _none_'), matching(/^\{target=[^{}\s]+\}(choice|jump)$/));

const elements: Record<string, Element> = {
  'cmi.comments_from_learner.n.comment': rw(localized(4000)),
  'cmi.comments_from_learner.n.location': rw(text(250)),
  'cmi.comments_from_learner.n.timestamp': rw(timestamp),
  'cmi.comments_from_lms.n.comment': r(),
  'cmi.comments_from_lms.n.location': r(),
  'cmi.comments_from_lms.n.timestamp': r(),
  'cmi.completion_status': rw(completionStatus, 'unknown'),
  'cmi.completion_threshold': r(),
  'cmi.credit': r('credit'),
  'cmi.entry': r(''),
  'cmi.exit': w(orEmpty(oneOf('time-out suspend logout normal'))),
  'cmi.interactions.n.id': rw(identifier),
  'cmi.interactions.n.type': rw(oneOf('true-false choice fill-in long-fill-in matching performance sequencing likert numeric other')),
  'cmi.interactions.n.objectives.n.id': rw(identifier),
  'cmi.interactions.n.timestamp': rw(timestamp),
  'cmi.interactions.n.correct_responses.n.pattern': rw(text(65536)),
  'cmi.interactions.n.weighting': rw(decimal()),
  'cmi.interactions.n.learner_response': rw(text(65536)),
  'cmi.interactions.n.result': rw(either(oneOf('correct incorrect unanticipated neutral'), decimal())),
  'cmi.interactions.n.latency': rw(interval),
  'cmi.interactions.n.description': rw(localized(250)),
  'cmi.launch_data': r(),
  'cmi.learner_id': r(),
  'cmi.learner_name': r(),
  'cmi.learner_preference.audio_level': rw(decimal(0), '1'),
  'cmi.learner_preference.language': rw(orEmpty(language), ''),
  'cmi.learner_preference.delivery_speed': rw(decimal(0), '1'),
  'cmi.learner_preference.audio_captioning': rw(integer(-1, 1), '0'),
  'cmi.location': rw(text(4000)),
  'cmi.max_time_allowed': r(),
  'cmi.mode': r('normal'),
  'cmi.objectives.n.id': rw(identifier),
  'cmi.objectives.n.score.scaled': rw(decimal(-1, 1)),
  'cmi.objectives.n.score.raw': rw(decimal()),
  'cmi.objectives.n.score.min': rw(decimal()),
  'cmi.objectives.n.score.max': rw(decimal()),
  'cmi.objectives.n.success_status': rw(success, 'unknown'),
  'cmi.objectives.n.completion_status': rw(completionStatus, 'unknown'),
  'cmi.objectives.n.progress_measure': rw(decimal(0, 1)),
  'cmi.objectives.n.description': rw(localized(250)),
  'cmi.progress_measure': rw(decimal(0, 1)),
  'cmi.scaled_passing_score': r(),
  'cmi.score.scaled': rw(decimal(-1, 1)),
  'cmi.score.raw': rw(decimal()),
  'cmi.score.min': rw(decimal()),
  'cmi.score.max': rw(decimal()),
  'cmi.session_time': w(interval),
  'cmi.success_status': rw(success, 'unknown'),
  'cmi.suspend_data': rw(text(262144)),
  'cmi.time_limit_action': r('continue,no message'),
  'cmi.total_time': r('PT0H0M0S'),
  'adl.nav.request': rw(request, '_none_'),
};

// What must be there before what, and ids that may neither change nor come twice.
function rule(model: Model, pattern: string, at: number[], value: string): Problem | undefined {
  if (pattern === 'cmi.objectives.n.id') return unique(model, 'cmi.objectives', at[0] as number, value, true);
  if (pattern.startsWith('cmi.objectives.n.')) return needs(model, `cmi.objectives.${at[0]}.id`);
  if (!pattern.startsWith('cmi.interactions.n.') || pattern === 'cmi.interactions.n.id') return undefined;
  const row = `cmi.interactions.${at[0]}`;
  const missing = needs(model, `${row}.id`);
  if (missing) return missing;
  if (pattern.endsWith('.objectives.n.id')) return unique(model, `${row}.objectives`, at[1] as number, value, false);
  return /(pattern|learner_response)$/.test(pattern) ? needs(model, `${row}.type`) : undefined;
}

const needs = (model: Model, name: string): Problem | undefined => model.value(name) === undefined ? 'dependency' : undefined;

function unique(model: Model, array: string, row: number, id: string, fixed: boolean): Problem | undefined {
  for (let i = model.count(array) - 1; i >= 0; i--) {
    const other = model.value(`${array}.${i}.id`);
    if (i === row ? fixed && other !== undefined && other !== id : other === id) return 'refused';
  }
  return undefined;
}

export const scorm2004: Dialect = {
  version: '1.0',
  elements,
  children: {
    'cmi.comments_from_learner': 'comment,location,timestamp',
    'cmi.comments_from_lms': 'comment,location,timestamp',
    'cmi.interactions': 'id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description',
    'cmi.learner_preference': 'audio_level,language,delivery_speed,audio_captioning',
    'cmi.objectives': 'id,score,success_status,completion_status,progress_measure,description',
    'cmi.objectives.n.score': 'scaled,raw,min,max',
    'cmi.score': 'scaled,raw,min,max',
  },
  arrays: [
    'cmi.comments_from_learner', 'cmi.comments_from_lms', 'cmi.objectives', 'cmi.interactions',
    'cmi.interactions.n.objectives', 'cmi.interactions.n.correct_responses',
  ],
  code: {
    undefined: 401, keyword: 404, 'read-only': 404, 'write-only': 405, type: 406, range: 407, 'not-set': 403,
    'no-children': 301, 'no-count': 301, 'no-such-index': 301, gap: 351, dependency: 408, refused: 351,
  },
  emptyIsFine: false,
  rule,
};

export const errors2004: Record<number, string> = {
  0: 'No Error',
  101: 'General Exception',
  102: 'General Initialization Failure',
  103: 'Already Initialized',
  104: 'Content Instance Terminated',
  111: 'General Termination Failure',
  112: 'Termination Before Initialization',
  113: 'Termination After Termination',
  122: 'Retrieve Data Before Initialization',
  123: 'Retrieve Data After Termination',
  132: 'Store Data Before Initialization',
  133: 'Store Data After Termination',
  142: 'Commit Before Initialization',
  143: 'Commit After Termination',
  201: 'General Argument Error',
  301: 'General Get Failure',
  351: 'General Set Failure',
  391: 'General Commit Failure',
  401: 'Undefined Data Model Element',
  402: 'Unimplemented Data Model Element',
  403: 'Data Model Element Value Not Initialized',
  404: 'Data Model Element Is Read Only',
  405: 'Data Model Element Is Write Only',
  406: 'Data Model Element Type Mismatch',
  407: 'Data Model Element Value Out Of Range',
  408: 'Data Model Dependency Not Established',
};
