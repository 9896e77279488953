// SPDX-License-Identifier: Apache-2.0
// The seam between the player and the standard.
//
// Everything that a book of SCORM decides is behind `Engine`: what an API call answers, which activity
// comes next, which controls may be used, what an activity's state is. Everything that a phone needs
// (frames, storage, network, screen) is in front of it. The engine touches neither the page nor the
// clock: time comes in through `clock`, and it speaks to the player only through `Host`. Another engine
// that keeps this interface can take this one's place without a change elsewhere; the state it starts
// from and gives back (ActivityState) is what the server stores.
//
// The order of a change of activity: the player empties the frame (the SCO may still call the API while
// it unloads), then `leave`, then `navigate`, which says what to deliver. While nothing is delivered,
// API calls answer as before Initialize.
//
// An activity that is open counts as suspended in every state it gives: should nothing more be heard of
// it (a dead battery), it goes on where it was. Only leaving it by a navigation can end the attempt on it.

import { Navigator, type Entry } from './navigator';
import { Runtime, type Method } from './runtime';
import { rollUp, type Rollup, type Tracking } from './rollup';
import type { Activity, ActivityState, Elements, Launch } from './wire';

export type Navigation =
  | { kind: 'start' }
  | { kind: 'choice' | 'jump'; target: string }
  | { kind: 'continue' | 'previous' | 'exit' | 'exitAll' | 'abandon' | 'abandonAll' | 'suspendAll' };

export type Session = 'active' | 'no-content' | 'suspended' | 'ended';

export interface Outcome {
  session: Session;
  deliver?: Activity;   // open this one now
  left?: ActivityState; // what is to be kept of the activity that was left
}

export interface Controls {
  continue: boolean;
  previous: boolean;
  suspendAll: boolean;
  exitAll: boolean;
  abandonAll: boolean;
}

export interface Host {
  changed(): void;       // the SCO set something that no commit holds yet
  commit(): boolean;     // keep the present state durably; false when that failed
  terminated(): void;    // the SCO ended its communication
}

export interface Engine {
  readonly standard: string;
  call(method: Method, args: readonly unknown[]): string;
  leave(): void;                       // the SCO is gone: end what it did not end itself
  wish(): Navigation | undefined;      // what the SCO asked for (adl.nav.request), once
  allows(request: Navigation): boolean;
  navigate(request: Navigation): Outcome;   // only what is allowed
  controls(): Controls;
  contents(): Entry[];
  current(): Activity | undefined;
  next(): Activity | undefined;        // what Continue would deliver
  over(): boolean;                     // the current SCO has ended its communication
  state(): ActivityState | undefined;  // of the current activity, for a commit
  states(): ReadonlyMap<string, Tracking>;
  rollUp(): Rollup;
}

export function createEngine(launch: Launch, host: Host, clock: () => number): Engine {
  return new FirstEngine(launch, host, clock);
}

// The simple form: any activity may be chosen, Continue and Previous walk the tree, results are rolled up
// by plain rules. No sequencing.
class FirstEngine implements Engine {
  readonly standard: string;
  private readonly navigator: Navigator;
  private readonly stored = new Map<string, ActivityState>();
  private runtime: Runtime | undefined;
  private session: Session = 'no-content';
  private here: Activity | undefined;

  constructor(private readonly launch: Launch, private readonly host: Host, private readonly clock: () => number) {
    this.standard = launch.standard;
    this.navigator = new Navigator(launch.activities);
    for (const state of launch.states) this.stored.set(state.activity, { ...state, cmi: elements(state.cmi) });
  }

  call(method: Method, args: readonly unknown[]): string {
    if (!this.runtime) this.runtime = this.runtimeOf(undefined);
    return this.runtime.call(method, args);
  }

  leave(): void { this.runtime?.end(); }

  wish(): Navigation | undefined {
    const request = this.runtime?.takeRequest() || '';
    const choice = /^\{target=(.+)\}(choice|jump)$/.exec(request);
    if (choice && choice[1]) return { kind: 'choice', target: choice[1] };
    return /^(continue|previous|exit|exitAll|abandon|abandonAll|suspendAll)$/.test(request)
      ? { kind: request } as Navigation : undefined;
  }

  navigate(request: Navigation): Outcome {
    const { navigator, here } = this;
    switch (request.kind) {
      case 'start': return this.deliver(navigator.first());
      case 'choice': case 'jump': return this.deliver(navigator.choose(request.target));
      case 'continue': return navigator.after(here) ? this.deliver(navigator.after(here)) : this.finish('ended');
      case 'previous': return this.deliver(navigator.before(here));
      case 'suspendAll': return this.finish('suspended');
      case 'exit': case 'abandon': return this.finish(navigator.single ? 'ended' : 'no-content');
      default: return this.finish('ended');
    }
  }

  allows(request: Navigation): boolean {
    if (request.kind === 'choice' || request.kind === 'jump') return !!this.navigator.choose(request.target);
    if (request.kind === 'previous') return !!this.navigator.before(this.here);
    return request.kind === 'start' || this.controls().exitAll;
  }

  controls(): Controls {
    const on = this.session === 'active' || this.session === 'no-content';
    return {
      continue: on && !!this.navigator.after(this.here), previous: on && !!this.navigator.before(this.here),
      suspendAll: on, exitAll: on, abandonAll: false,
    };
  }

  contents(): Entry[] { return this.navigator.entries(); }
  current(): Activity | undefined { return this.here; }
  next(): Activity | undefined { return this.navigator.after(this.here); }
  over(): boolean { return !!this.runtime?.over; }

  state(): ActivityState | undefined {
    return this.runtime?.state();
  }

  states(): ReadonlyMap<string, Tracking> {
    const all = new Map<string, Tracking>(this.stored);
    const now = this.state();
    if (now) all.set(now.activity, now);
    return all;
  }

  rollUp(): Rollup { return rollUp(this.navigator.launchable, this.states()); }

  private deliver(activity: Activity | undefined): Outcome {
    if (!activity) return this.finish('no-content');
    const left = this.left(false);
    this.here = activity;
    this.session = 'active';
    this.runtime = this.runtimeOf(activity);
    return { session: this.session, deliver: activity, left };
  }

  private finish(session: Session): Outcome {
    const left = this.left(session === 'suspended');
    this.session = session;
    this.runtime = undefined;
    if (session === 'ended') this.here = undefined;
    return { session, left };
  }

  private left(suspend: boolean): ActivityState | undefined {
    const suspended = suspend || !!this.runtime?.suspends;
    if (!suspended) this.runtime?.conclude();
    const state = this.state();
    if (!state) return undefined;
    state.suspended = suspended;
    this.stored.set(state.activity, state);
    return state;
  }

  private runtimeOf(activity: Activity | undefined): Runtime {
    return new Runtime({
      standard: this.standard, activity, learner: this.launch.learner, host: this.host, clock: this.clock,
      before: activity && this.stored.get(activity.id),
      mayGo: request => this.mayGo(request),
    });
  }

  // adl.nav.request_valid.*
  private mayGo(request: string): boolean {
    const choice = /^choice\.\{target=(.+)\}$/.exec(request);
    if (choice) return this.allows({ kind: 'choice', target: choice[1] as string });
    return request === 'continue' ? this.controls().continue : request === 'previous' && this.controls().previous;
  }
}

function elements(text: string): Elements {
  try {
    return JSON.parse(text) as Elements;
  } catch {
    return {};
  }
}
