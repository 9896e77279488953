// SPDX-License-Identifier: Apache-2.0
// One visit of one activity: the communication session of an SCO (RTE book, section 3), its data model, and
// the state that is kept of it. Works for both standards; what differs is in `Rules`.

import { Model, type Dialect } from './cmi/model';
import { errors12, scorm12 } from './cmi/scorm12';
import { errors2004, scorm2004 } from './cmi/scorm2004';
import { fromInterval, fromTimespan12, toInterval, toTimespan12 } from './cmi/types';
import type { Host } from './engine';
import { keepBest } from './rollup';
import type { Activity, ActivityState, Completion, Elements, Launch, Success } from './wire';

export type Method =
  'Initialize' | 'Terminate' | 'GetValue' | 'SetValue' | 'Commit' | 'GetLastError' | 'GetErrorString' | 'GetDiagnostic';

interface Visit {
  standard: string;
  activity: Activity | undefined;
  learner: Launch['learner'];
  before: ActivityState | undefined;
  host: Host;
  clock: () => number;
  mayGo(request: string): boolean;   // 'continue', 'previous', 'choice.{target=ID}'
}

interface Result { completion: Completion; success: Success; score?: number }
type Phase = 'before' | 'running' | 'over';

// What the two standards do differently.
interface Rules {
  dialect: Dialect;
  errors: Record<number, string>;
  wrongPhase(method: Method, phase: Phase): number;
  badArgument: { [method in Method]?: number };
  failed: { [method in Method]?: number };
  exit: string;
  sessionTime: string;
  location: string;
  given(visit: Visit, total: number, entry: string): Elements;
  restore(before: ActivityState | undefined): Elements;
  evaluate(model: Model, name: string): string | undefined;   // elements that the LMS decides
  finish(model: Model, activity: Activity, suspends: boolean): void;   // the communication ends
  conclude(model: Model): void;                                       // the attempt on the activity ends
  result(model: Model): Result;
  duration(text: string): number;
}

export class Runtime {
  private readonly rules: Rules;
  private readonly model: Model;
  private phase: Phase = 'before';
  private error = 0;
  private note = '';
  private startedAt: number;
  private earlier: number;   // ms of visits and sessions that are over

  constructor(private readonly visit: Visit) {
    const { standard, before, clock } = visit;
    this.rules = standard.includes('1.2') ? rules12 : rules2004;
    this.earlier = before?.total_time_ms || 0;
    const entry = before?.suspended ? 'resume' : before && this.rules === rules12 ? '' : 'ab-initio';
    this.model = new Model(this.rules.dialect, this.rules.given(visit, this.earlier, entry), this.rules.restore(before));
    (visit.activity?.objectives || []).forEach((id, i) => {
      if (!this.model.wasSet(`cmi.objectives.${i}.id`)) this.model.put(`cmi.objectives.${i}.id`, id);
    });
    this.startedAt = clock();
  }

  get over(): boolean { return this.phase === 'over'; }
  get suspends(): boolean { return this.model.value(this.rules.exit) === 'suspend'; }

  call(method: Method, args: readonly unknown[]): string {
    const first = words(args[0]);
    switch (method) {
      case 'GetLastError': return String(this.error);
      case 'GetErrorString': return this.rules.errors[+first] || '';
      case 'GetDiagnostic': return (first === '' || +first === this.error ? this.note : '') || this.rules.errors[+first] || '';
    }
    this.note = '';
    this.error = this.rules.wrongPhase(method, this.phase);
    if (this.error) return method === 'GetValue' ? '' : 'false';
    switch (method) {
      case 'Initialize': return this.session(method, first, () => this.begin());
      case 'Terminate': return this.session(method, first, () => this.terminate());
      case 'Commit': return this.session(method, first, () => this.visit.host.commit());
      case 'GetValue': return this.read(first);
      case 'SetValue': return this.write(first, words(args[1]));
    }
  }

  // The SCO is gone without having said so.
  end(): void {
    const { activity } = this.visit;
    if (this.phase === 'over' || !activity) return;
    this.phase = 'over';
    this.rules.finish(this.model, activity, this.suspends);
  }

  takeRequest(): string {
    if (!this.over) return '';
    const request = this.model.value('adl.nav.request') || '';
    this.model.forget('adl.nav.request');
    return request;
  }

  state(): ActivityState | undefined {
    const { activity, before } = this.visit;
    if (!activity) return undefined;
    const result: Result = activity.kind === 'asset' ? { completion: 'completed', success: 'unknown' } : this.rules.result(this.model);
    const state: ActivityState = {
      activity: activity.id, cmi: this.model.all(), ...result,
      location: this.model.value(this.rules.location) || undefined,
      total_time_ms: this.earlier + this.sessionTime(), suspended: true,
    };
    keepBest(before, state);
    return state;
  }

  // The attempt on the activity ends here: it is left, and not to be resumed.
  conclude(): void { this.rules.conclude(this.model); }

  private begin(): boolean {
    this.earlier += this.phase === 'over' ? this.sessionTime() : 0;
    this.model.forget(this.rules.sessionTime);
    this.model.forget(this.rules.exit);
    this.startedAt = this.visit.clock();
    this.phase = 'running';
    this.visit.host.changed();
    return true;
  }

  private terminate(): boolean {
    this.end();
    const kept = this.visit.host.commit();
    this.visit.host.terminated();
    return kept;
  }

  private session(method: Method, argument: string, act: () => boolean): string {
    if (argument !== '') this.error = 201;
    else if (!act()) this.error = this.rules.failed[method] || 101;
    return String(!this.error);
  }

  private read(name: string): string {
    if (name === '') return this.fail(this.rules.badArgument.GetValue as number, name);
    const valid = /^adl\.nav\.request_valid\.(continue|previous|choice\.\{target=.+\})$/.exec(name);
    if (valid && this.rules === rules2004) return String(this.visit.mayGo(valid[1] as string));
    const got = this.model.get(name);
    if (got.error) return this.fail(got.error, name);
    const decided = this.rules.evaluate(this.model, name);
    return decided === undefined ? got.value : decided;
  }

  private write(name: string, value: string): string {
    const error = name === '' ? this.rules.badArgument.SetValue as number : this.model.set(name, value);
    if (error) {
      this.fail(error, name);
      return 'false';
    }
    this.visit.host.changed();
    return 'true';
  }

  private fail(error: number, name: string): string {
    this.error = error;
    this.note = `${name}: ${this.rules.errors[error]}`.slice(0, 255);
    return '';
  }

  private sessionTime(): number {
    const said = this.model.value(this.rules.sessionTime);
    return said ? Math.min(this.rules.duration(said), LONGEST_MS) : Math.round(this.visit.clock() - this.startedAt);
  }
}

const LONGEST_MS = 365 * 24 * 3600 * 1000;   // that anybody can have spent

const words = (value: unknown): string => value === undefined || value === null ? '' : String(value);

const number = (model: Model, name: string): number | undefined => {
  const value = parseFloat(model.value(name) || '');
  return isNaN(value) ? undefined : value;
};

const unit = (value: number): number => Math.min(1, Math.max(0, value));

// raw between min and max; without them, of a hundred.
function scaled(model: Model, score: string): number | undefined {
  const raw = number(model, `${score}.raw`), max = number(model, `${score}.max`), min = number(model, `${score}.min`) || 0;
  if (raw === undefined) return undefined;
  return unit(max !== undefined && max > min ? (raw - min) / (max - min) : raw / 100);
}

const without = (cmi: Elements, names: string[]): Elements => {
  const kept = { ...cmi };
  for (const name of names) delete kept[name];
  return kept;
};

const STATUS = 'cmi.core.lesson_status';

const rules12: Rules = {
  dialect: scorm12,
  errors: errors12,
  // Some courses end and begin their communication with each of their pages, so beginning again is allowed.
  wrongPhase: (method, phase) =>
    method === 'Initialize' ? (phase === 'running' ? 101 : 0) : phase === 'running' ? 0 : 301,
  badArgument: { GetValue: 201, SetValue: 201 },
  failed: { Commit: 101, Terminate: 101 },
  exit: 'cmi.core.exit',
  sessionTime: 'cmi.core.session_time',
  location: 'cmi.core.lesson_location',
  given: ({ activity, learner }, total, entry) => ({
    'cmi.core.student_id': learner.id,
    'cmi.core.student_name': learner.name,
    'cmi.core.entry': entry,
    'cmi.core.total_time': toTimespan12(total),
    'cmi.launch_data': activity?.launch_data || '',
    'cmi.student_data.mastery_score': activity?.mastery_score || '',
    'cmi.student_data.max_time_allowed': activity?.max_time_allowed || '',
    'cmi.student_data.time_limit_action': activity?.time_limit_action || '',
  }),
  restore: before => before ? without(before.cmi, ['cmi.core.exit', 'cmi.core.session_time']) : {},
  evaluate: () => undefined,
  // RTE 1.2, cmi.core.lesson_status: completed when the SCO set nothing; with a mastery score, the score decides.
  finish: (model, activity, suspends) => {
    const mastery = parseFloat(activity.mastery_score || ''), raw = number(model, 'cmi.core.score.raw');
    const unfinished = suspends && model.value(STATUS) === 'incomplete';
    if (!model.wasSet(STATUS)) model.put(STATUS, 'completed');
    if (!isNaN(mastery) && raw !== undefined && !unfinished) model.put(STATUS, raw >= mastery ? 'passed' : 'failed');
  },
  conclude: () => undefined,
  result: model => {
    const status = model.value(STATUS) as string;
    return {
      completion: /^(passed|completed|failed|browsed)$/.test(status) ? 'completed' : 'incomplete',
      success: status === 'passed' || status === 'failed' ? status : 'unknown',
      score: scaled(model, 'cmi.core.score'),
    };
  },
  duration: fromTimespan12,
};

const BEFORE = { Terminate: 112, GetValue: 122, SetValue: 132, Commit: 142 } as Record<Method, number>;
const AFTER = { Initialize: 104, Terminate: 113, GetValue: 123, SetValue: 133, Commit: 143 } as Record<Method, number>;

const rules2004: Rules = {
  dialect: scorm2004,
  errors: errors2004,
  wrongPhase: (method, phase) =>
    (phase === 'before' ? BEFORE[method] : phase === 'over' ? AFTER[method] : method === 'Initialize' ? 103 : 0) || 0,
  badArgument: { GetValue: 301, SetValue: 351 },
  failed: { Commit: 391, Terminate: 111 },
  exit: 'cmi.exit',
  sessionTime: 'cmi.session_time',
  location: 'cmi.location',
  given: ({ activity, learner }, total, entry) => {
    const given: Elements = {
      'cmi.learner_id': learner.id, 'cmi.learner_name': learner.name, 'cmi.entry': entry, 'cmi.total_time': toInterval(total),
    };
    const maybe = (name: string, value: string | undefined): void => { if (value) given[name] = value; };
    maybe('cmi.launch_data', activity?.launch_data);
    maybe('cmi.max_time_allowed', activity?.max_time_allowed);
    maybe('cmi.time_limit_action', activity?.time_limit_action);
    maybe('cmi.completion_threshold', activity?.completion_threshold);
    maybe('cmi.scaled_passing_score', activity?.mastery_score);
    return given;
  },
  // An attempt on the activity that was not suspended is over: the next begins with nothing.
  restore: before => before?.suspended ? without(before.cmi, ['cmi.exit', 'cmi.session_time', 'adl.nav.request']) : {},
  // RTE 4.2.4.1 and 4.2.22: the threshold and the passing score decide where there are any.
  evaluate: (model, name) => {
    if (name === 'cmi.completion_status') return decided(model, 'cmi.completion_threshold', 'cmi.progress_measure', 'completed', 'incomplete');
    if (name === 'cmi.success_status') return decided(model, 'cmi.scaled_passing_score', 'cmi.score.scaled', 'passed', 'failed');
    return undefined;
  },
  finish: () => undefined,
  // SN book UP.4: content that says nothing of its completion has completed.
  conclude: model => {
    if (rules2004.result(model).completion === 'unknown') model.put('cmi.completion_status', 'completed');
  },
  result: model => {
    const value = (name: string): string => rules2004.evaluate(model, name) ?? model.value(name) ?? 'unknown';
    const score = number(model, 'cmi.score.scaled');
    return {
      completion: value('cmi.completion_status') as Completion,
      success: value('cmi.success_status') as Success,
      score: score === undefined ? scaled(model, 'cmi.score') : unit(score),
    };
  },
  duration: fromInterval,
};

function decided(model: Model, limit: string, measure: string, reached: string, below: string): string | undefined {
  const least = number(model, limit), now = number(model, measure);
  if (least === undefined) return undefined;
  return now === undefined ? 'unknown' : now >= least ? reached : below;
}
