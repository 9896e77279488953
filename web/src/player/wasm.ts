// SPDX-License-Identifier: Apache-2.0
// The SCORM engine (src/scorm, as WebAssembly) with JavaScript's types in front of it: texts, bytes, numbers.
// Nothing is decided here. docs/scorm.md tells what the calls mean; src/scorm/wasm.c is the other side.
//
// The module imports nothing; its memory grows with the course. One module is one learner in one course.

export const requests = ['none', 'start', 'resumeAll', 'continue', 'previous', 'choice', 'jump', 'exit', 'exitAll',
  'abandon', 'abandonAll', 'suspendAll'] as const;
export type Request = typeof requests[number];

export const sessions = ['none', 'active', 'no-content', 'suspended', 'ended'] as const;
export type SessionState = typeof sessions[number];

// Bits of `hidden`, of enum scorm_hide.
export const hide = { previous: 1, continue: 2, exit: 4, exitAll: 8, abandon: 16, abandonAll: 32, suspendAll: 64 };

export interface Validity {
  continue: boolean; previous: boolean; exit: boolean; exitAll: boolean; abandon: boolean; abandonAll: boolean;
  suspendAll: boolean; resumeAll: boolean; start: boolean;
  hidden: number;
  after: number;        // what Continue would deliver; −1
  choice: Uint8Array;   // by activity: 1 = may be chosen now
  shown: Uint8Array;    // by activity: 1 = in the table of contents
}

export interface Standing {
  completion: string;
  success: string;
  score: number;        // −1..1; NaN: none
  progress: number;     // 0..1; NaN: unknown
  totalTime: number;
  attempts: number;
  suspended: boolean;
  location: string;
}

export interface Learner { id: string; name: string; credit?: string; mode?: string; seed: number }

type Call = (...numbers: number[]) => number;
type Exports = { memory: WebAssembly.Memory } & Record<
  'exchange_at' | 'prepare' | 'reach' | 'open' | 'navigate' | 'session' | 'refused' | 'pending' | 'pending_target' |
  'current' | 'suspended' | 'validity' | 'hidden' | 'after' | 'order' | 'choice_at' | 'shown_at' | 'call' | 'answer_length' | 'last_error' |
  'running' | 'standing_at' | 'snapshot' | 'restore' | 'globals_write' | 'globals_read' | 'digest', Call>;

const LONGEST = 300_000;   // bytes of a parameter: more than any element takes, so the engine refuses it either way

export class Scorm {
  private seen: ArrayBuffer | undefined;   // the memory that these two look at
  private view!: Uint8Array<ArrayBuffer>;
  private figures!: DataView;
  private from = 0;
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly words = new Map<number, string>();
  private activities = 0;

  static async load(module: BufferSource): Promise<Scorm> {
    return new Scorm((await WebAssembly.instantiate(module, {})).instance.exports as unknown as Exports);
  }

  // At once; undefined where a browser compiles no more than 4 KB on the page's own thread (Chromium before 2023).
  static now(module: BufferSource): Scorm | undefined {
    try {
      return new Scorm(new WebAssembly.Instance(new WebAssembly.Module(module), {}).exports as unknown as Exports);
    } catch {
      return undefined;
    }
  }

  private constructor(private readonly engine: Exports) {}

  // `tree` is what scorm_tree_write wrote. False: it is none, or there is no room for it.
  open(tree: Uint8Array, activities: number, learner: Learner): boolean {
    if (!this.engine.prepare(tree.length, activities)) return false;
    this.from = this.engine.exchange_at();
    this.memory.set(tree, this.from);
    const { id, name, credit, mode, seed } = learner;
    const [nId, nName, nCredit, nMode] = this.write([id, name, credit, mode], tree.length) as [number, number, number, number];
    this.activities = activities;
    return !!this.engine.open(tree.length, nId, nName, nCredit, nMode, seed >>> 0, Math.floor(seed / 2 ** 32));
  }

  // ---- navigation ----

  // The activity to launch now; −1: none.
  navigate(what: Request, target: number, now: number): number {
    return this.engine.navigate(requests.indexOf(what), target, now);
  }

  // The book's exception when the last request was not valid.
  get refused(): string | undefined { return this.text(this.engine.refused()); }
  get session(): SessionState { return sessions[this.engine.session()] || 'none'; }
  get current(): number { return this.engine.current(); }
  get suspended(): number { return this.engine.suspended(); }

  // What the SCO asked for, once.
  pending(): { what: Request; target: number } {
    return { what: requests[this.engine.pending()] || 'none', target: this.engine.pending_target() };
  }

  validity(): Validity {
    const bits = this.engine.validity(), is = (bit: number) => !!(bits >> bit & 1);
    return {
      continue: is(0), previous: is(1), exit: is(2), exitAll: is(3), abandon: is(4), abandonAll: is(5), suspendAll: is(6),
      resumeAll: is(7), start: is(8), hidden: this.engine.hidden(), after: this.engine.after(),
      choice: this.bytes(this.engine.choice_at(), this.activities), shown: this.bytes(this.engine.shown_at(), this.activities),
    };
  }

  // The activities as they are gone through: in the order that was drawn, without those that were not.
  order(): Int32Array {
    const n = this.engine.order();
    return new Int32Array(this.bytes(this.from, 4 * n).buffer);
  }

  // ---- the API object ----

  call(method: string, a: string | undefined, b: string | undefined, now: number): string {
    const [nMethod, nA, nB] = this.write([method, a, b], 0) as [number, number, number];
    const at = this.engine.call(nMethod, nA, nB, now);
    return this.decoder.decode(this.memory.subarray(at, at + this.engine.answer_length()));
  }

  get lastError(): number { return this.engine.last_error(); }
  get running(): boolean { return !!this.engine.running(); }

  standing(activity: number): Standing {
    const at = this.engine.standing_at(activity), { numbers } = this;
    const real = (offset: number) => numbers.getFloat64(at + offset, true);
    const whole = (offset: number) => numbers.getUint32(at + offset, true);
    return {
      score: real(0), progress: real(8), totalTime: real(16), attempts: whole(24), suspended: !!whole(28),
      completion: this.word(whole(32)), success: this.word(whole(36)),
      location: whole(44) ? this.decoder.decode(this.memory.subarray(whole(40), whole(40) + whole(44))) : '',
    };
  }

  // ---- bytes; undefined: no room ----

  snapshot(): Uint8Array | undefined { return this.taken(this.engine.snapshot()); }
  restore(bytes: Uint8Array): boolean { return this.given(bytes, this.engine.restore); }
  // 16 hex digits that another engine has too when it came to the same.
  digest(): string | undefined {
    const at = this.engine.digest(), half = (offset: number) => this.numbers.getUint32(at + offset, true).toString(16).padStart(8, '0');
    return at ? half(4) + half(0) : undefined;
  }
  globals(): Uint8Array | undefined { return this.taken(this.engine.globals_write()); }
  setGlobals(bytes: Uint8Array): boolean { return this.given(bytes, this.engine.globals_read); }

  // ---- memory ----

  private get memory(): Uint8Array<ArrayBuffer> {
    this.look();
    return this.view;
  }

  private get numbers(): DataView {
    this.look();
    return this.figures;
  }

  // A memory that has grown is another buffer.
  private look(): void {
    const { buffer } = this.engine.memory;
    if (buffer === this.seen) return;
    this.seen = buffer as ArrayBuffer;
    this.view = new Uint8Array(this.seen);
    this.figures = new DataView(this.seen);
  }

  private bytes(at: number, n: number): Uint8Array { return this.memory.slice(at, at + n); }

  private taken(n: number): Uint8Array | undefined { return n < 0 ? undefined : this.bytes(this.from, n); }

  private given(bytes: Uint8Array, take: Call): boolean {
    if (!this.engine.reach(bytes.length)) return false;
    this.memory.set(bytes, this.from);
    return !!take(bytes.length);
  }

  // Texts one behind the other; the length of each, −1 for what is absent.
  private write(texts: (string | undefined)[], offset: number): number[] {
    const pieces = texts.map(text => text === undefined ? undefined : this.encoder.encode(text).subarray(0, LONGEST));
    this.engine.reach(pieces.reduce((sum, piece) => sum + (piece ? piece.length : 0), offset));
    let at = this.from + offset;
    return pieces.map(piece => {
      if (!piece) return -1;
      this.memory.set(piece, at);
      at += piece.length;
      return piece.length;
    });
  }

  // A word of the engine's own, which stays where it is: decoding costs more than the rest of a standing, and a table
  // of contents asks for a thousand of them.
  private word(at: number): string {
    const known = this.words.get(at) || this.text(at) || 'unknown';
    this.words.set(at, known);
    return known;
  }

  // Up to the NUL; undefined for no text at all.
  private text(at: number): string | undefined {
    return at ? this.decoder.decode(this.memory.subarray(at, this.memory.indexOf(0, at))) : undefined;
  }
}
