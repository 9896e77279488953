// SPDX-License-Identifier: Apache-2.0
// The engine in C behind the player's seam (engine.ts): activities by their ids instead of numbers, the state as
// the laptop stores it. Every decision is the engine's.

import type { Controls, Engine, Host, Navigation, Outcome, Session } from './engine';
import type { Entry } from './navigator';
import type { Rollup, Tracking } from './rollup';
import type { Method } from './runtime';
import { hide, type Request, type Scorm, type Standing, type Validity } from './wasm';
import type { Activity, ActivityState, Completion, Elements, Launch, Success } from './wire';

// What a launch brings for the engine, as bytes.
export interface Sequencing {
  tree: Uint8Array;        // scorm_tree_write
  snapshot?: Uint8Array;   // where the learner was
  globals?: Uint8Array;    // what other courses left for this one
  seed: number;
}

export class SequencedEngine implements Engine {
  readonly standard: string;
  private readonly activities: readonly Activity[];
  private readonly index = new Map<string, number>();
  private elements: Elements = {};             // that the SCO set on this visit
  private failure = 0;                         // a Commit that the engine took and the phone could not keep
  private known: Validity | undefined;
  private ahead: Activity | undefined | null = null;   // what Continue would deliver; null: not looked yet

  // Throws for bytes that are not a course's tree.
  constructor(private readonly scorm: Scorm, launch: Launch, sequencing: Sequencing,
              private readonly host: Host, private readonly clock: () => number) {
    this.standard = launch.standard;
    this.activities = launch.activities;
    this.activities.forEach(({ id }, i) => this.index.set(id, i));
    const { id, name } = launch.learner, { tree, snapshot, globals, seed } = sequencing;
    if (!scorm.open(tree, this.activities.length, { id, name, seed })) throw new Error('not a tree');
    if (snapshot && !scorm.restore(snapshot)) throw new Error('not a state of this tree');
    if (globals) scorm.setGlobals(globals);
  }

  // ---- the API object ----

  call(method: Method, args: readonly unknown[]): string {
    const looking = method.startsWith('Get');
    if (method === 'GetLastError' && this.failure) return String(this.failure);
    if (method === 'GetValue' || !looking) this.failure = 0;
    const [a, b] = [words(args, 0), words(args, 1)], answer = this.scorm.call(method, a, b, this.clock());
    if (looking || answer !== 'true') return answer;
    this.moved();
    if (method === 'SetValue') {
      this.elements[a || ''] = b || '';
      this.host.changed();
    }
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

  leave(): void {
    if (this.scorm.running) this.scorm.call('Terminate', '', undefined, this.clock());
    this.moved();
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

  navigate(request: Navigation): Outcome {
    const left = this.state();
    const [what, target] = this.request(request);
    let deliver = this.activities[this.scorm.navigate(what, target, this.clock())];
    this.moved();
    if (what === 'start' && !deliver) {
      deliver = this.activities[this.scorm.navigate('choice', this.firstChoice(), this.clock())];
      this.moved();
    }
    const session = this.session, moved = deliver || session === 'suspended' || session === 'ended';
    if (moved) this.elements = {};
    return { session, deliver, left: moved && left ? this.stateOf(left) : undefined };
  }

  allows(request: Navigation): boolean {
    const v = this.validity;
    switch (request.kind) {
      case 'start': return v.start || v.resumeAll;
      case 'choice': return !!v.choice[this.at(request.target)];
      case 'jump': return this.index.has(request.target);   // only a SCO may ask; the engine looks closer
      default: return v[request.kind];
    }
  }

  controls(): Controls {
    const v = this.validity, may = (name: keyof Controls) => v[name] && !(v.hidden & hide[name]);
    return {
      continue: may('continue'), previous: may('previous'), suspendAll: may('suspendAll'), exitAll: may('exitAll'),
      abandonAll: may('abandonAll'),
    };
  }

  contents(): Entry[] {
    const { choice, shown } = this.validity, entries: Entry[] = [];
    this.activities.forEach(({ id, title }, i) => {
      if (i && shown[i]) entries.push({ id, title, depth: this.depth(i), launchable: !!choice[i] });
    });
    return entries;
  }

  current(): Activity | undefined { return this.activities[this.scorm.current]; }

  // A dry run: the engine goes on and is put back. The page of the next activity is fetched before it is wanted.
  next(): Activity | undefined {
    if (this.ahead !== null) return this.ahead;
    const here = this.validity.continue && this.scorm.snapshot();
    this.ahead = here ? this.activities[this.scorm.navigate('continue', -1, this.clock())] : undefined;
    if (here) this.scorm.restore(here);
    return this.ahead;
  }

  over(): boolean { return !this.scorm.running; }

  // ---- the state ----

  state(): ActivityState | undefined {
    const here = this.current();
    return here && this.stateOf({ activity: here.id, cmi: { ...this.elements } });
  }

  states(): ReadonlyMap<string, Tracking> {
    return new Map(this.activities.map(({ id }, i) => [id, tracking(this.scorm.standing(i))] as const));
  }

  rollUp(): Rollup {
    const whole = this.scorm.standing(0), { progress } = whole;
    return { ...tracking(whole), score: tracking(whole).score, progress: isNaN(progress) ? 0 : progress };
  }

  // Everything, to be kept and to go on from on another phone.
  snapshot(): Uint8Array | undefined { return this.scorm.snapshot(); }
  globals(): Uint8Array | undefined { return this.scorm.globals(); }

  // ---- inside ----

  private get old(): boolean { return this.standard.includes('1.2'); }

  private get session(): Session {
    const { session } = this.scorm;
    return session === 'none' ? 'no-content' : session;
  }

  private get validity(): Validity { return this.known || (this.known = this.scorm.validity()); }

  private moved(): void {
    this.known = undefined;
    this.ahead = null;
  }

  private at(id: string): number { return this.index.get(id) ?? -1; }

  // Where nothing flows, Start leads nowhere: the first activity that may be chosen is opened.
  private firstChoice(): number {
    const { choice, shown } = this.validity;
    return this.activities.findIndex(({ kind }, i) => kind !== 'cluster' && !!choice[i] && !!shown[i]);
  }

  private request(request: Navigation): [Request, number] {
    if (request.kind === 'start') return [this.scorm.suspended >= 0 ? 'resumeAll' : 'start', -1];
    return [request.kind, 'target' in request ? this.at(request.target) : -1];
  }

  private stateOf({ activity, cmi }: Pick<ActivityState, 'activity' | 'cmi'>): ActivityState {
    const standing = this.scorm.standing(this.at(activity));
    return {
      activity, cmi, ...tracking(standing), total_time_ms: Math.round(standing.totalTime),
      suspended: standing.suspended || this.current()?.id === activity,
    };
  }

  private depth(i: number): number {
    let depth = 0;
    for (let up = this.activities[i]?.parent ?? -1; up >= 0; up = this.activities[up]?.parent ?? -1) depth++;
    return depth;
  }
}

function tracking({ completion, success, score, location }: Standing): Tracking & { score?: number } {
  return {
    completion: completion as Completion, success: success as Success,
    score: isNaN(score) ? undefined : Math.max(0, score), location: location || undefined,
  };
}

function words(args: readonly unknown[], i: number): string | undefined {
  return i < args.length && args[i] !== undefined && args[i] !== null ? String(args[i]) : undefined;
}
