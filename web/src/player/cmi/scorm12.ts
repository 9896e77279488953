// SPDX-License-Identifier: Apache-2.0
// The data model of SCORM 1.2 (Run-Time Environment book, section 3.4).

import type { Dialect, Element } from './model';
import { decimal, either, identifier12, integer, oneOf, orEmpty, text, time12, timespan12, type Check } from './types';

const read: Check = () => '';
const r = (initial = ''): Element => ({ access: 'r', check: read, initial });
const rw = (check: Check, initial = ''): Element => ({ access: 'rw', check, initial });
const w = (check: Check): Element => ({ access: 'w', check });

const score = orEmpty(decimal(0, 100));
const status = oneOf('passed completed failed incomplete browsed');
const anyStatus: Check = value => value === 'not attempted' ? '' : status(value);

const elements: Record<string, Element> = {
  'cmi.core.student_id': r(),
  'cmi.core.student_name': r(),
  'cmi.core.lesson_location': rw(text(1000)),
  'cmi.core.credit': r('credit'),
  'cmi.core.lesson_status': rw(status, 'not attempted'),
  'cmi.core.entry': r(),
  'cmi.core.score.raw': rw(score),
  'cmi.core.score.min': rw(score),
  'cmi.core.score.max': rw(score),
  'cmi.core.total_time': r('0000:00:00.00'),
  'cmi.core.lesson_mode': r('normal'),
  'cmi.core.exit': w(orEmpty(oneOf('time-out suspend logout'))),
  'cmi.core.session_time': w(timespan12),
  'cmi.suspend_data': rw(text(262144)),
  'cmi.launch_data': r(),
  'cmi.comments': rw(text(65536)),
  'cmi.comments_from_lms': r(),
  'cmi.objectives.n.id': rw(identifier12),
  'cmi.objectives.n.score.raw': rw(score),
  'cmi.objectives.n.score.min': rw(score),
  'cmi.objectives.n.score.max': rw(score),
  'cmi.objectives.n.status': rw(anyStatus),
  'cmi.student_data.mastery_score': r(),
  'cmi.student_data.max_time_allowed': r(),
  'cmi.student_data.time_limit_action': r(),
  'cmi.student_preference.audio': rw(integer(-1, 100), '0'),
  'cmi.student_preference.language': rw(text(255)),
  'cmi.student_preference.speed': rw(integer(-100, 100), '0'),
  'cmi.student_preference.text': rw(integer(-1, 1), '0'),
  'cmi.interactions.n.id': w(identifier12),
  'cmi.interactions.n.objectives.n.id': w(identifier12),
  'cmi.interactions.n.time': w(time12),
  'cmi.interactions.n.type': w(oneOf('true-false choice fill-in matching performance sequencing likert numeric')),
  'cmi.interactions.n.correct_responses.n.pattern': w(text(4096)),
  'cmi.interactions.n.weighting': w(decimal()),
  'cmi.interactions.n.student_response': w(text(4096)),
  'cmi.interactions.n.result': w(either(oneOf('correct wrong unanticipated neutral'), decimal())),
  'cmi.interactions.n.latency': w(timespan12),
};

export const scorm12: Dialect = {
  version: '3.4',
  elements,
  children: {
    'cmi.core': 'student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time',
    'cmi.core.score': 'raw,min,max',
    'cmi.objectives': 'id,score,status',
    'cmi.objectives.n.score': 'raw,min,max',
    'cmi.student_data': 'mastery_score,max_time_allowed,time_limit_action',
    'cmi.student_preference': 'audio,language,speed,text',
    'cmi.interactions': 'id,objectives,time,type,correct_responses,weighting,student_response,result,latency',
  },
  arrays: ['cmi.objectives', 'cmi.interactions', 'cmi.interactions.n.objectives', 'cmi.interactions.n.correct_responses'],
  code: {
    undefined: 401, keyword: 402, 'read-only': 403, 'write-only': 404, type: 405, range: 405, 'not-set': 0,
    'no-children': 202, 'no-count': 203, 'no-such-index': 201, gap: 201, dependency: 101, refused: 405,
  },
  emptyIsFine: true,
};

export const errors12: Record<number, string> = {
  0: 'No error',
  101: 'General exception',
  201: 'Invalid argument error',
  202: 'Element cannot have children',
  203: 'Element not an array. Cannot have count',
  301: 'Not initialized',
  401: 'Not implemented error',
  402: 'Invalid set value, element is a keyword',
  403: 'Element is read only',
  404: 'Element is write only',
  405: 'Incorrect data type',
};
