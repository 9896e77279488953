// SPDX-License-Identifier: Apache-2.0
// One opening of a course: what is kept from before goes to the laptop first, then the launch begins, then the
// learner goes from activity to activity. Everything that the engine says is carried out here, and every state
// that it gives goes into the log.

import { createEngine, type Engine, type Host, type Navigation, type Outcome, type Session as State } from './engine';
import { Stage } from './stage';
import { KeeperLink } from './keeperlink';
import { PhoneLog } from './log';
import { ask, pause, wait } from './net';
import { Sender } from './sender';
import type { Activity, ActivityState, Commit, Launch } from './wire';

const BURST_MS = 500;          // calls without Commit are kept after this
const CMI_MOST = 512 * 1024;   // bytes of one activity's data model that the laptop takes

export type Saved = 'saved' | 'kept' | 'unsaved';
export type Trouble = 'unreachable' | 'unknown';   // while opening: no answer yet; not a course of this laptop

export interface Watcher {
  opening(trouble: Trouble | undefined): void;
  opened(launch: Launch, engine: Engine): void;
  changed(): void;          // anything that the screen shows may be different
}

export class Session {
  state: State | 'opening' = 'opening';
  busy = false;             // between two activities
  absent = false;           // the present activity's page could not be fetched yet
  engine!: Engine;
  launch!: Launch;
  readonly id = newLaunchId();
  private log!: PhoneLog;
  private sender!: Sender;
  private dirty = false;
  private tooLarge = false;
  private timer = 0;
  private going = false;    // the page is being left: a request of the SCO comes too late
  private gone = false;     // nothing that waits for an answer will get one
  private began = 0;
  private visits = 0;       // of activities, in this opening

  constructor(private readonly cap: string, private readonly stage: Stage, private readonly watcher: Watcher) {}

  get seq(): number { return this.log ? this.log.next(this.acknowledged) - 1 : 0; }
  get acknowledged(): number { return this.sender ? this.sender.acknowledged : 0; }
  get kept(): number { return this.log ? this.log.size : 0; }
  get reached(): boolean { return !this.sender || this.sender.reached; }
  get fenced(): boolean { return !!this.sender && this.sender.fenced; }

  get saved(): Saved {
    if (!this.log) return 'saved';
    if (this.tooLarge || this.sender.lost || this.sender.fenced || !this.log.safe) return 'unsaved';
    return this.log.size || this.dirty ? 'kept' : 'saved';
  }

  async open(choose: string | undefined): Promise<void> {
    let launch = await this.reply<Launch>('launch');
    const keeper = new KeeperLink(launch.main);
    this.log = new PhoneLog(this.cap, keeper, () => this.watcher.changed());
    this.sender = new Sender(`/p/${this.cap}/commits`, this.log, () => this.watcher.changed());
    await this.log.load();
    await this.sender.pump();
    const { seq } = await this.reply<{ seq: number }>('open', JSON.stringify({ launch: this.id }));
    if (seq !== launch.seq) launch = await this.reply<Launch>('launch');
    this.sender.fenced = false;
    this.sender.acknowledged = seq;
    this.began = performance.now();
    this.launch = launch;
    this.engine = createEngine(launch, this.host, () => performance.now());
    this.watcher.opened(launch, this.engine);
    this.carryOut(this.begin(choose));
  }

  // The learner's own request wins over what the SCO asks for while it unloads.
  async go(request: Navigation): Promise<void> {
    if (this.busy || this.state === 'opening' || this.fenced || !this.engine.allows(request)) return;
    this.busy = true;
    this.absent = false;
    this.visits++;
    this.watcher.changed();
    await this.stage.empty();
    this.engine.leave();
    this.carryOut(this.engine.navigate(request));
  }

  // Resolves when the laptop has everything.
  settled(): Promise<void> { return this.sender.pump(); }

  // ---- the page's own coming and going ----

  hidden(): void {
    if (!this.engine) return;
    this.commit();
    this.sender.hurry(true);
    void this.log.handOver();
  }

  visible(): void {
    this.going = this.gone = false;
    if (this.sender) this.sender.hurry(false);
  }

  leaving(): void {
    this.going = true;
    window.setTimeout(() => { this.going = false; }, 3000);
  }

  farewell(): void {
    if (!this.engine) return;
    this.gone = true;
    this.commit();
  }

  // ---- inside ----

  private readonly host: Host = {
    changed: () => {
      this.dirty = true;
      if (!this.timer) this.timer = window.setTimeout(() => this.commit(), BURST_MS);
      this.watcher.changed();
    },
    commit: () => this.commit(),
    terminated: () => window.setTimeout(() => this.granted(), 0),
  };

  // What the SCO asked for before it ended its communication.
  private granted(): void {
    if (this.busy || this.going) return;
    const wish = this.engine.wish();
    if (wish) void this.go(wish);
    else this.watcher.changed();
  }

  private begin(choose: string | undefined): Outcome {
    const target = choose || this.launch.attempt.activity || '', there = { kind: 'choice' as const, target };
    return this.engine.navigate(this.engine.allows(there) ? there : { kind: 'start' });
  }

  private carryOut({ session, deliver, left }: Outcome): void {
    const ends = session === 'suspended' || session === 'ended';
    if (left) this.keep(left, { leaving: ends, suspend: session === 'suspended' });
    this.state = session;
    if (deliver) this.show(deliver);
    this.busy = false;
    void this.sender.pump();
    if (ends) void this.log.handOver();
    this.watcher.changed();
  }

  private show(activity: Activity): void {
    const opened = this.engine.state();
    if (opened) this.keep(opened);
    void this.present(activity);
  }

  // Without a link a page that is not in the browser's cache cannot come: it is tried again until it does, or the
  // learner goes elsewhere.
  private async present(activity: Activity): Promise<void> {
    const visit = ++this.visits;
    for (let tries = 1; ; tries++) {
      const there = await this.stage.show(activity, this.addressOf(activity));
      if (visit !== this.visits) return;
      this.absent = !there;
      this.watcher.changed();
      if (there) break;
      await wait(pause(tries));
      if (visit !== this.visits) return;
    }
    const next = this.engine.next();
    if (next) this.stage.warm(this.addressOf(next));
  }

  private addressOf(activity: Activity): string {
    return new URL(activity.href as string, new URL(this.launch.base, location.href)).href;
  }

  // Keeps the present state; true when that is durable, or when nothing is new and everything is on the laptop.
  private commit(): boolean {
    window.clearTimeout(this.timer);
    this.timer = 0;
    const state = this.dirty && this.engine && this.engine.state();
    const durable = state ? this.keep(state) : this.log.safe;
    if (this.gone) this.sender.farewell();
    else if (state) void this.sender.pump();
    return durable && !this.fenced && !this.tooLarge;
  }

  private keep(state: ActivityState, end?: { leaving: boolean; suspend: boolean }): boolean {
    this.dirty = false;
    const cmi = JSON.stringify(state.cmi);
    this.tooLarge = new Blob([cmi]).size > CMI_MOST;
    const durable = !this.tooLarge && !this.fenced && this.log.append(this.commitOf(state, cmi, end));
    this.watcher.changed();
    return durable;
  }

  private commitOf(state: ActivityState, cmi: string, end = { leaving: false, suspend: false }): Commit {
    const whole = this.engine.rollUp();
    return {
      seq: this.log.next(this.acknowledged), launch: this.id,
      activity: state.activity, cmi, completion: state.completion, success: state.success,
      score: state.score ?? undefined, location: state.location ?? undefined,
      total_time_ms: state.total_time_ms, suspended: state.suspended, ...end,
      attempt_completion: whole.completion, attempt_success: whole.success,
      attempt_score: whole.score, attempt_progress: whole.progress,
      at_activity: this.place(end.leaving && !end.suspend),
      kept: 0, made_at: Date.now(), elapsed_ms: Math.round(performance.now() - this.began),
    };
  }

  // Where the next opening goes on. A course that was left for good begins at its root, that is, at its first activity.
  private place(over: boolean): string | undefined {
    return over ? this.launch.activities[0]?.id : this.engine.current()?.id;
  }

  // Asks until the laptop answers.
  private async reply<T>(what: string, body?: string): Promise<T> {
    for (let tries = 1; ; tries++) {
      const { status, json } = await ask(`/p/${this.cap}/${what}`, body);
      if (status === 200 && json) {
        this.watcher.opening(undefined);
        return json as T;
      }
      this.watcher.opening(json && (status === 401 || status === 403 || status === 404) ? 'unknown' : 'unreachable');
      await wait(pause(tries));
    }
  }
}

// "lau_" and a UUIDv7: 48 bits of time, then chance. (crypto.randomUUID wants a secure context.)
function newLaunchId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = Date.now().toString(16).padStart(12, '0').slice(-12);
  for (let i = 0; i < 6; i++) bytes[i] = parseInt(time.slice(2 * i, 2 * i + 2), 16);
  bytes[6] = (bytes[6] as number & 0x0f) | 0x70;
  bytes[8] = (bytes[8] as number & 0x3f) | 0x80;
  return 'lau_' + Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
