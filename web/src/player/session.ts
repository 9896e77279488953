// SPDX-License-Identifier: Apache-2.0
// One opening of a course: what is kept from before goes to the laptop first, then the launch begins, then the
// learner goes from activity to activity. Everything that the engine says is carried out here, and every state
// that it gives goes into the log.

import type { Host, Navigation, Outcome, Session as State } from './engine';
import { Stage } from './stage';
import { KeeperLink } from './keeperlink';
import { PhoneLog } from './log';
import { moduleBytes } from './module';
import { ask, bytesOf, fromBase64, pause, wait } from './net';
import { Sender } from './sender';
import { SequencedEngine } from './sequenced';
import { Scorm } from './wasm';
import type { Activity, Commit, Launch, Opened } from './wire';

const BURST_MS = 500;          // calls without Commit are kept after this

export type Saved = 'saved' | 'kept' | 'unsaved';
export type Trouble = 'unreachable' | 'unknown';   // while opening: no answer yet; not a course of this laptop

export interface Watcher {
  opening(trouble: Trouble | undefined): void;
  opened(launch: Launch, engine: SequencedEngine): void;
  changed(): void;          // anything that the screen shows may be different
}

export class Session {
  state: State | 'opening' = 'opening';
  busy = false;             // between two activities
  absent = false;           // the present activity's page could not be fetched yet
  empty = true;             // no page of the course is shown
  there = false;            // the present activity's page has loaded
  engine!: SequencedEngine;
  launch!: Launch;
  readonly id = newLaunchId();
  private log!: PhoneLog;
  private sender!: Sender;
  private keeper!: KeeperLink;
  private dirty = false;
  private timer = 0;
  private going = false;    // the page is being left: a request of the SCO comes too late
  private gone = false;     // nothing that waits for an answer will get one
  private began = 0;
  private visits = 0;       // of activities, in this opening
  private opens = 0;        // the number of the commit that tells the laptop of this launch

  constructor(private readonly cap: string, private readonly stage: Stage, private readonly watcher: Watcher) {}

  get seq(): number { return this.log ? this.log.next(this.acknowledged) - 1 : 0; }
  get acknowledged(): number { return this.sender ? this.sender.acknowledged : 0; }
  get kept(): number { return this.log ? this.log.size : 0; }
  get reached(): boolean { return !this.sender || this.sender.reached; }
  get fenced(): boolean { return !!this.sender && this.sender.fenced; }

  get saved(): Saved {
    if (!this.log) return 'saved';
    if (this.sender.lost || this.sender.fenced || !this.log.safe) return 'unsaved';
    return this.log.size || this.dirty ? 'kept' : 'saved';
  }

  // `keeps`: whether the keeper may have something of this attempt; `brought`: the launch, where the page came with it.
  // Where nothing was kept and the page brought everything, the course begins at once, and its first commit tells the
  // laptop of it.
  open(choose: string | undefined, keeps: boolean, brought?: Launch): void {
    const { tree_bytes, opened } = brought || {}, whole = !keeps && brought && tree_bytes && opened;
    if (whole) this.expect(brought, choose || brought.attempt.activity);
    const nothing = !keeps && PhoneLog.none(this.cap), scorm = whole && nothing ? Scorm.now(moduleBytes()) : undefined;
    if (!whole || !scorm) {
      this.stage.forget();
      return void this.openInTurn(choose, keeps, nothing, brought);
    }
    this.began = performance.now();
    this.opens = opened.seq + 1;
    this.prepare(brought);
    this.begin(scorm, brought, fromBase64(tree_bytes), opened, choose);
  }

  // What was kept goes to the laptop first; where nothing was, nothing waits for it. The engine is made ready meanwhile.
  private async openInTurn(choose: string | undefined, keeps: boolean, nothing: boolean, brought?: Launch): Promise<void> {
    const early = nothing ? this.tell() : undefined;
    const launch = brought || await this.reply<Launch>('launch'), { tree, tree_bytes } = launch;
    const bytes = tree_bytes ? fromBase64(tree_bytes) : this.come(() => bytesOf(tree));
    this.prepare(launch);
    const found = this.log.load(keeps), scorm = Scorm.load(moduleBytes());
    await found;
    await this.sender.pump();
    const opened = await (early || this.tell());
    this.begin(await scorm, launch, new Uint8Array(await bytes), opened, choose);
  }

  private async tell(): Promise<Opened> {
    const opened = await this.reply<Opened>('open', JSON.stringify({ launch: this.id }));
    this.began = performance.now();
    return opened;
  }

  private prepare(launch: Launch): void {
    this.keeper = new KeeperLink(launch.main);
    this.log = new PhoneLog(this.cap, this.keeper, () => this.watcher.changed());
    this.sender = new Sender(`/p/${this.cap}/commits`, this.log, () => this.watcher.changed());
  }

  private begin(scorm: Scorm, launch: Launch, tree: Uint8Array, { seq, now, snapshot }: Opened, choose: string | undefined): void {
    const engine = new SequencedEngine(scorm, launch, { tree, snapshot: snapshot === undefined ? undefined : fromBase64(snapshot) },
      this.host, () => Math.round(now + performance.now() - this.began));
    this.sender.fenced = false;
    this.sender.acknowledged = seq;
    this.launch = launch;
    this.engine = engine;
    this.watcher.opened(launch, engine);
    this.arrive(engine.begin(choose));
  }

  // The learner's own request wins over what the SCO asks for while it unloads.
  async go(request: Navigation): Promise<void> {
    if (this.busy || this.state === 'opening' || this.fenced || !this.engine.allows(request)) return;
    this.busy = true;
    this.absent = this.there = false;
    this.visits++;
    this.watcher.changed();
    await this.stage.empty();
    this.empty = true;
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

  // The first activity's page is all that a slow phone works on until it is there, or for as long as a burst of calls
  // lasts: nothing but the opening itself would be lost.
  private arrive({ session, deliver }: Outcome): void {
    if (!deliver) {
      this.stage.forget();
      return this.carryOut({ session });
    }
    this.state = session;
    this.dirty = true;
    this.timer = window.setTimeout(() => this.commit(), BURST_MS);
    void this.present(deliver);
    this.watcher.changed();
  }

  private carryOut({ session, deliver }: Outcome): void {
    const ends = session === 'suspended' || session === 'ended';
    this.state = session;
    if (deliver) void this.present(deliver);   // its page is on its way while the rest is done
    this.keep();
    this.busy = false;
    void this.sender.pump();
    if (ends) void this.log.handOver();
    this.watcher.changed();
  }

  // Without a link a page that is not in the browser's cache cannot come: it is tried again until it does, or the
  // learner goes elsewhere.
  private async present(activity: Activity): Promise<void> {
    const visit = ++this.visits;
    this.empty = false;
    for (let tries = 1; ; tries++) {
      const there = await this.stage.show(activity, this.addressOf(activity));
      if (visit !== this.visits) return;
      this.absent = !there;
      this.there = there;
      void this.keeper.start();   // while there is a link: it is needed when there is none
      this.watcher.changed();
      if (there) break;
      await wait(pause(tries));
      if (visit !== this.visits) return;
    }
    this.commit();
    if (visit === 1) void this.log.rescue();
    const next = this.engine.next();
    if (next) this.stage.warm(this.addressOf(next));
  }

  // Where the learner was, or the first page: mostly the engine says the same.
  private expect({ activities, base }: Launch, id: string | undefined): void {
    const pages = activities.filter(({ href }) => href), first = pages.find(page => page.id === id) || pages[0];
    if (first) this.stage.expect(first, address(base, first));
  }

  private addressOf(activity: Activity): string { return address(this.launch.base, activity); }

  // Keeps what is new; true when that is durable, or when nothing is new and everything is on the laptop.
  private commit(): boolean {
    window.clearTimeout(this.timer);
    this.timer = 0;
    const { dirty } = this, durable = dirty ? this.keep() : this.log.safe;
    if (this.gone) this.sender.farewell();
    else if (dirty) void this.sender.pump();
    return durable && !this.fenced;
  }

  private keep(): boolean {
    this.dirty = false;
    const durable = !this.fenced && this.log.append(this.commitNow());
    this.watcher.changed();
    return durable;
  }

  private commitNow(): Commit {
    const { engine } = this, whole = engine.rollUp(), seq = this.log.next(this.acknowledged);
    return {
      seq, launch: this.id, opens: seq === this.opens || undefined, journal: engine.takeJournal(),
      attempt_completion: whole.completion, attempt_success: whole.success,
      attempt_score: whole.score, attempt_progress: whole.progress, digest: engine.digest(), ...engine.state(),
      kept: 0, made_at: Date.now(), elapsed_ms: Math.round(performance.now() - this.began),
    };
  }

  // Asks for a file until it is there.
  private async come<T>(ask: () => Promise<T | undefined>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const there = await ask();
      if (there) return there;
      await wait(pause(tries));
    }
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

const address = (base: string, { href }: Activity): string => new URL(href as string, new URL(base, location.href)).href;

// "lau_" and a UUIDv7: 48 bits of time, then chance. (crypto.randomUUID wants a secure context.)
function newLaunchId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = Date.now().toString(16).padStart(12, '0').slice(-12);
  for (let i = 0; i < 6; i++) bytes[i] = parseInt(time.slice(2 * i, 2 * i + 2), 16);
  bytes[6] = (bytes[6] as number & 0x0f) | 0x70;
  bytes[8] = (bytes[8] as number & 0x3f) | 0x80;
  return 'lau_' + Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
