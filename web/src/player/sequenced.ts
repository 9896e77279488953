// SPDX-License-Identifier: Apache-2.0
// The engine in C behind the player's seam (engine.ts): activities by their ids instead of numbers. Every decision
// is the engine's.

import type { Control, Controls, Engine, Entry, Host, Method, Navigation, Outcome, Rollup, Session, Tracking } from './engine';
import { repeats, type Step } from '../keeper/journal';
import { hide, type Request, type Scorm, type Standing, type Validity } from './wasm';
import type { Activity, ActivityState, Completion, Launch, Success } from './wire';

// What a launch brings for the engine, as bytes.
export interface Sequencing {
  tree: Uint8Array;        // scorm_tree_write
  snapshot?: Uint8Array;   // where the learner was
}

const REFUSALS = 20;   // told in one commit: a course may go on failing for ever
const ENCODER = new TextEncoder(), DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const CONTROLS: readonly Control[] = ['continue', 'previous', 'suspendAll', 'exitAll', 'abandonAll'];

export class SequencedEngine implements Engine {
  readonly standard: string;
  private readonly activities: readonly Activity[];
  private readonly index = new Map<string, number>();
  private readonly depths: number[] = [];
  private journal: Step[] = [];
  private refusals = 0;                        // in the journal
  private failure = 0;                         // a Commit that the engine took and the phone could not keep
  private known: Validity | undefined;
  private listed: Entry[] = [];
  private whole = false;                       // whether the course itself is among them

  // Throws for bytes that are not a course's tree.
  constructor(private readonly scorm: Scorm, launch: Launch, { tree, snapshot }: Sequencing,
              private readonly host: Host, private readonly clock: () => number) {
    this.standard = launch.standard;
    this.activities = launch.activities;
    this.activities.forEach(({ id, parent }, i) => {
      this.index.set(id, i);
      this.depths.push(parent < 0 ? 0 : (this.depths[parent] || 0) + 1);   // a parent stands before its children
    });
    const { learner: { id, name }, seed } = launch;
    if (!scorm.open(tree, this.activities.length, { id, name, seed })) throw new Error('not a tree');
    if (snapshot) this.restore(snapshot);
  }

  restore(snapshot: Uint8Array): void {
    if (!this.scorm.restore(snapshot)) throw new Error('not a state of this tree');
    this.moved();
  }

  // ---- the API object ----

  call(method: Method, args: readonly unknown[]): string {
    const looking = method.startsWith('Get');
    if (method === 'GetLastError' && this.failure) return String(this.failure);
    if (method === 'GetValue' || !looking) this.failure = 0;
    const [a, b] = [words(args, 0), words(args, 1)], at = this.clock(), answer = this.scorm.call(method, a, b, at);
    if (method === 'GetValue' || (!looking && answer !== 'true')) this.noteRefused(method, a, b, at);
    if (looking || answer !== 'true') return answer;
    this.note({ at, call: method, a, b });
    this.moved();
    if (method === 'SetValue') this.host.changed();
    if (method === 'Commit' && !this.host.commit()) {
      this.failure = this.old ? 101 : 391;
      return 'false';
    }
    if (method === 'Terminate') {
      this.host.commit();
      this.host.terminated();
    }
    return answer;
  }

  // ---- navigation ----

  wish(): Navigation | undefined {
    const { what, target } = this.scorm.pending();
    this.moved();
    if (what === 'choice' || what === 'jump') {
      const activity = this.activities[target];
      return activity && { kind: what, target: activity.id } as Navigation;
    }
    return what === 'none' || what === 'start' || what === 'resumeAll' ? undefined : { kind: what };
  }

  // A page that is opened anew finds the activity that was there still running: its SCO is gone, so it is suspended
  // and resumed. Where nothing flows, Start leads nowhere: the first activity that may be chosen is opened.
  begin(choose: string | undefined): Outcome {
    if (this.scorm.session === 'active') this.navigate({ kind: 'suspendAll' });
    const there = choose !== undefined && { kind: 'choice' as const, target: choose };
    let outcome = there && this.allows(there) ? this.navigate(there) : undefined;
    if (!outcome && this.current()) return { session: this.session };   // it was left, and nothing was chosen yet
    if (!outcome?.deliver) outcome = this.navigate({ kind: this.scorm.suspended >= 0 && this.validity.resumeAll ? 'resumeAll' : 'start' });
    const first = outcome.deliver ? undefined : this.firstChoice();
    return first ? this.navigate({ kind: 'choice', target: first.id }) : outcome;
  }

  navigate(request: Navigation): Outcome {
    const [what, target] = this.request(request), at = this.clock();
    this.note({ at, call: what, a: 'target' in request ? request.target : undefined });
    const deliver = this.activities[this.scorm.navigate(what, target, at)];
    this.moved();
    return { session: this.session, deliver };
  }

  allows(request: Navigation): boolean {
    const v = this.validity;
    switch (request.kind) {
      case 'choice': return !!v.choice[this.at(request.target)];
      case 'jump': return this.index.has(request.target);   // only a SCO may ask; the engine looks closer
      default: return v[request.kind];
    }
  }

  // SCORM 1.2 knows no Continue: there it is the player's own, and leads to another part or is not there.
  controls(): Controls {
    const v = this.validity, leads = !this.old || v.after >= 0;
    return each(name => v[name] && !(v.hidden & hide[name]) && (leads || name !== 'continue'));
  }

  hidden(): Controls {
    const { hidden } = this.validity;
    return each(name => !!(hidden & hide[name]));
  }

  // The course itself is an entry where it can be chosen, and stays one.
  contents(): readonly Entry[] {
    const { choice, shown } = this.validity, entries: Entry[] = [];
    this.whole = this.whole || (!this.old && !!choice[0]);
    this.scorm.order().forEach(i => {
      const { id, title } = this.activities[i] as Activity;
      if (shown[i] && (i || this.whole)) entries.push({ id, title, depth: this.depths[i] as number, launchable: !!choice[i] });
    });
    const same = entries.length === this.listed.length &&
      entries.every(({ id, launchable }, i) => id === this.listed[i]?.id && launchable === this.listed[i]?.launchable);
    if (!same) this.listed = entries;
    return this.listed;
  }

  current(): Activity | undefined { return this.activities[this.scorm.current]; }

  place(): string | undefined { return (this.current() || this.activities[this.scorm.suspended])?.id; }

  next(): Activity | undefined { return this.activities[this.validity.after]; }

  over(): boolean { return !this.scorm.running; }

  // ---- how it stands ----

  state(): ActivityState | undefined {
    const here = this.activities[this.scorm.current] || this.activities[this.scorm.suspended];
    if (!here) return undefined;
    const standing = this.scorm.standing(this.at(here.id));
    return { activity: here.id, ...tracking(standing) };
  }

  standing(id: string): Tracking { return tracking(this.scorm.standing(this.at(id))); }

  rollUp(): Rollup {
    const whole = this.scorm.standing(0), { progress } = whole;
    return { ...tracking(whole), progress: isNaN(progress) ? undefined : progress };
  }

  // ---- the journal ----

  // What happened since it was last taken.
  takeJournal(): Step[] {
    const { journal } = this;
    this.journal = [];
    this.refusals = 0;
    return journal;
  }

  // What the laptop must come to as well.
  digest(): string | undefined { return this.scorm.digest(); }

  // Everything, as bytes.
  snapshot(): Uint8Array | undefined { return this.scorm.snapshot(); }

  // ---- inside ----

  private get old(): boolean { return this.standard.includes('1.2'); }

  private get session(): Session {
    const { session } = this.scorm;
    return session === 'none' ? 'no-content' : session;
  }

  private get validity(): Validity { return this.known || (this.known = this.scorm.validity()); }

  private moved(): void { this.known = undefined; }

  private note(step: Step): void {
    if (!repeats(this.journal[this.journal.length - 1], step)) this.journal.push(step);
  }

  private noteRefused(method: Method, a: string | undefined, b: string | undefined, at: number): void {
    const error = this.scorm.lastError, name = method.endsWith('Value') ? `${method} ${a || ''}` : method;
    if (!error || ++this.refusals > REFUSALS) return;
    this.journal.push({ at, call: 'refused', a: name.slice(0, 200), b: method === 'SetValue' ? (b || '').slice(0, 64) : undefined, error });
  }

  private at(id: string): number { return this.index.get(id) ?? -1; }

  private firstChoice(): Activity | undefined {
    const { choice, shown } = this.validity;
    const first = this.scorm.order().find(i => this.activities[i]?.kind !== 'cluster' && !!choice[i] && !!shown[i]);
    return this.activities[first ?? -1];
  }

  private request(request: Navigation): [Request, number] {
    return [request.kind, 'target' in request ? this.at(request.target) : -1];
  }
}

const each = (may: (name: Control) => boolean): Controls =>
  CONTROLS.reduce((all, name) => ({ ...all, [name]: may(name) }), {} as Controls);

function tracking({ completion, success, score, location }: Standing): Tracking {
  return {
    completion: completion as Completion, success: success as Success,
    score: isNaN(score) ? undefined : Math.max(0, score), location: location || undefined,
  };
}

// As it can travel: no half surrogates, no U+0000. The engine and the journal get the same.
function words(args: readonly unknown[], i: number): string | undefined {
  if (i >= args.length || args[i] === undefined || args[i] === null) return undefined;
  const text = String(args[i]).replace(/\0/g, '\ufffd');
  return /[\ud800-\udfff]/.test(text) ? DECODER.decode(ENCODER.encode(text)) : text;
}
