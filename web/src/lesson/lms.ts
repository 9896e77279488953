// SPDX-License-Identifier: Apache-2.0
// What a page tells the system that plays it, in SCORM 1.2 or 2004 (RTE books). Without one the page works all
// the same and remembers nothing.

export interface Interaction {
  id: string; type: 'choice' | 'true-false' | 'fill-in' | 'long-fill-in' | 'matching' | 'numeric';
  response: string; patterns: string[]; result: 'right' | 'wrong' | 'neutral' | number; seconds: number; description: string;
}

export interface Lms {
  readonly live: boolean;
  remembered(): string;
  remember(text: string): void;
  place(): string;
  setPlace(place: string): void;
  language(): string;
  status(done: boolean, passed?: boolean): void;
  score(fraction: number): void;
  objective(id: string, fraction: number, done: boolean): void;
  readObjective(id: string): number | undefined;
  interaction(what: Interaction): void;
  save(): void;
}

type Api = Record<string, (...args: string[]) => unknown>;

// Parents first, then the opener and its parents (RTE 3.3.6.1); others' pages around us may forbid looking.
function find(name: string): Api | null {
  const up = (from: Window): Api | null => {
    let here = from;
    for (let level = 0; level < 500; level++) {
      try {
        const api = (here as unknown as Record<string, Api | undefined>)[name];
        if (api) return api;
        if (here.parent === here || !here.parent) return null;
        here = here.parent;
      } catch (_) {
        return null;
      }
    }
    return null;
  };
  let api = up(window);
  try {
    if (!api && window.opener) api = up(window.opener as Window);
    if (!api && window.top && window.top.opener) api = up(window.top.opener as Window);
  } catch (_) {
    // nothing to be found there
  }
  return api;
}

const two = (n: number): string => `${n < 10 ? '0' : ''}${n}`;
const clock12 = (seconds: number): string => `${(`000${Math.floor(seconds / 3600)}`).slice(-4)}:${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`;
const percent = (fraction: number): number => Math.round(fraction * 100);

abstract class Base implements Lms {
  live = false;
  private readonly began = Date.now();

  constructor(protected readonly api: Api | null, protected readonly course: string) {
    this.begin();
    const end = (): void => this.end();
    window.addEventListener('pagehide', end);
    window.addEventListener('unload', end);
    window.addEventListener('pageshow', event => { if (event.persisted) this.begin(); });
  }

  protected abstract get names(): { begin: string; end: string; get: string; set: string; commit: string };
  protected abstract leave(seconds: number): void;

  private begin(): void { this.live = !!this.api && this.call('begin', '') === 'true'; }

  private end(): void {
    if (!this.live) return;
    this.leave((Date.now() - this.began) / 1000);
    this.call('end', '');
    this.live = false;
  }

  private call(what: keyof Base['names'], ...args: string[]): string {
    try {
      const method = this.api && this.api[this.names[what]];
      return method ? String(method.apply(this.api, args)) : '';
    } catch (_) {
      return '';
    }
  }

  protected get(element: string): string { return this.live ? this.call('get', element) : ''; }
  protected set(element: string, value: string | number): void { if (this.live) this.call('set', element, String(value)); }
  save(): void { if (this.live) this.call('commit', ''); }

  protected index(list: string, id: string): number {
    const n = parseInt(this.get(`${list}._count`), 10) || 0;
    for (let i = 0; i < n; i++) if (this.get(`${list}.${i}.id`) === id) return i;
    return n;
  }

  remembered(): string { return this.get('cmi.suspend_data'); }
  remember(text: string): void { this.set('cmi.suspend_data', text); }
  abstract place(): string;
  abstract setPlace(place: string): void;
  abstract language(): string;
  abstract status(done: boolean, passed?: boolean): void;
  abstract score(fraction: number): void;
  abstract objective(id: string, fraction: number, done: boolean): void;
  abstract readObjective(id: string): number | undefined;
  abstract interaction(what: Interaction): void;
}

class Scorm12 extends Base {
  protected get names() { return { begin: 'LMSInitialize', end: 'LMSFinish', get: 'LMSGetValue', set: 'LMSSetValue', commit: 'LMSCommit' }; }
  place(): string { return this.get('cmi.core.lesson_location'); }
  setPlace(place: string): void { this.set('cmi.core.lesson_location', place); }
  language(): string { return this.get('cmi.student_preference.language'); }
  status(done: boolean, passed?: boolean): void {
    this.set('cmi.core.lesson_status', passed === undefined ? (done ? 'completed' : 'incomplete') : passed ? 'passed' : 'failed');
  }
  score(fraction: number): void {
    this.set('cmi.core.score.min', 0);
    this.set('cmi.core.score.max', 100);
    this.set('cmi.core.score.raw', percent(fraction));
  }
  objective(id: string, fraction: number, done: boolean): void {
    const row = `cmi.objectives.${this.index('cmi.objectives', id)}`;
    this.set(`${row}.id`, id);
    this.set(`${row}.score.min`, 0);
    this.set(`${row}.score.max`, 100);
    this.set(`${row}.score.raw`, percent(fraction));
    this.set(`${row}.status`, done ? 'completed' : 'incomplete');
    try {
      if (this.live) window.localStorage.setItem(this.shared(id), String(percent(fraction) / 100));
    } catch (_) {
      // then the gain is in the LMS's report alone
    }
  }
  // SCORM 1.2 shares nothing between the parts of a course: this browser remembers, for this learner.
  readObjective(id: string): number | undefined {
    try {
      const kept = parseFloat(window.localStorage.getItem(this.shared(id)) || '');
      return isNaN(kept) ? undefined : kept;
    } catch (_) {
      return undefined;
    }
  }
  private shared(id: string): string { return `kenes.lesson.${this.course}.${this.get('cmi.core.student_id')}.${id}`; }
  interaction(what: Interaction): void {
    const row = `cmi.interactions.${parseInt(this.get('cmi.interactions._count'), 10) || 0}`, now = new Date();
    const clean = (text: string): string => what.type === 'true-false' ? text.charAt(0) : text.replace(/\[,\]/g, ',').replace(/\[\.\]/g, '.').replace(/^\{\w+=\w+\}/, '').replace(/^(.*)\[:\].*$/, '$1').slice(0, 255);
    const result = what.result === 'right' ? 'correct' : what.result;
    this.set(`${row}.id`, what.id);
    this.set(`${row}.type`, what.type === 'long-fill-in' ? 'fill-in' : what.type);
    this.set(`${row}.time`, `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`);
    what.patterns.slice(0, 5).forEach((pattern, i) => this.set(`${row}.correct_responses.${i}.pattern`, clean(pattern)));
    this.set(`${row}.weighting`, 1);
    this.set(`${row}.student_response`, clean(what.response));
    this.set(`${row}.result`, result);
    this.set(`${row}.latency`, clock12(what.seconds));
  }
  protected leave(seconds: number): void {
    this.set('cmi.core.session_time', clock12(seconds));
    this.set('cmi.core.exit', 'suspend'); // the answers stay, so that a finished page can be looked at again
  }
}

class Scorm2004 extends Base {
  protected get names() { return { begin: 'Initialize', end: 'Terminate', get: 'GetValue', set: 'SetValue', commit: 'Commit' }; }
  place(): string { return this.get('cmi.location'); }
  setPlace(place: string): void { this.set('cmi.location', place); }
  language(): string { return this.get('cmi.learner_preference.language'); }
  status(done: boolean, passed?: boolean): void {
    this.set('cmi.completion_status', done ? 'completed' : 'incomplete');
    if (passed !== undefined) this.set('cmi.success_status', passed ? 'passed' : 'failed');
  }
  score(fraction: number): void {
    this.set('cmi.score.min', 0);
    this.set('cmi.score.max', 100);
    this.set('cmi.score.raw', percent(fraction));
    this.set('cmi.score.scaled', percent(fraction) / 100);
  }
  objective(id: string, fraction: number, done: boolean): void {
    const row = `cmi.objectives.${this.index('cmi.objectives', id)}`;
    this.set(`${row}.id`, id);
    this.set(`${row}.score.min`, 0);
    this.set(`${row}.score.max`, 100);
    this.set(`${row}.score.raw`, percent(fraction));
    this.set(`${row}.score.scaled`, percent(fraction) / 100);
    this.set(`${row}.completion_status`, done ? 'completed' : 'incomplete');
  }
  readObjective(id: string): number | undefined {
    const i = this.index('cmi.objectives', id), n = parseInt(this.get('cmi.objectives._count'), 10) || 0;
    const scaled = i < n ? parseFloat(this.get(`cmi.objectives.${i}.score.scaled`)) : NaN;
    return isNaN(scaled) ? undefined : scaled;
  }
  interaction(what: Interaction): void {
    const row = `cmi.interactions.${parseInt(this.get('cmi.interactions._count'), 10) || 0}`;
    this.set(`${row}.id`, what.id);
    this.set(`${row}.type`, what.type);
    this.set(`${row}.timestamp`, `${new Date().toISOString().slice(0, 19)}Z`);
    what.patterns.slice(0, 10).forEach((pattern, i) => this.set(`${row}.correct_responses.${i}.pattern`, pattern));
    this.set(`${row}.weighting`, 1);
    this.set(`${row}.learner_response`, what.response);
    this.set(`${row}.result`, what.result === 'right' ? 'correct' : what.result === 'wrong' ? 'incorrect' : what.result);
    this.set(`${row}.latency`, `PT${Math.round(what.seconds)}S`);
    this.set(`${row}.description`, what.description.slice(0, 250));
  }
  protected leave(seconds: number): void {
    this.set('cmi.session_time', `PT${Math.round(seconds)}S`);
    this.set('cmi.exit', 'suspend');
  }
}

export function openLms(scorm: '1.2' | '2004', course: string): Lms {
  return scorm === '1.2' ? new Scorm12(find('API'), course) : new Scorm2004(find('API_1484_11'), course);
}
