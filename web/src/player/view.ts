// SPDX-License-Identifier: Apache-2.0
// What the learner sees around the course. Draws from the session, never keeps a state of its own beyond the
// drawer and the page shown; whatever changed, `update` brings the screen up to date.

import type { Control, Controls, Engine, Navigation } from './engine';
import { Light } from './light';
import { wait } from './net';
import type { Session, Trouble } from './session';
import { Toc } from './toc';
import { say, type Key, type Language } from '../words/words';

const FAREWELL_MS = 1200;   // long enough to read that everything is saved
const PATIENCE_MS = 700;    // as long the screen may stay empty for the course's own page to come first

type Page = 'opening' | 'waiting' | 'absent' | 'unknown' | 'no-content' | 'suspended' | 'ended' | 'elsewhere';

type Way = 'continue' | 'contents' | 'exitAll';
const WAYS: Record<Way, [Key, Key]> = {
  continue: ['player.no-content.go', 'player.next'],
  contents: ['player.no-content.text', 'player.no-content.button'],
  exitAll: ['player.no-content.end', 'player.finish'],
};

export const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

const nav = (request: string): HTMLButtonElement => document.querySelector(`[data-nav=${request}]`) as HTMLButtonElement;

export class View {
  language: Language = 'kk';
  private session!: Session;
  private engine: Engine | undefined;
  private readonly light = new Light();
  private toc: Toc | undefined;
  private page: Page | undefined;
  private drawn = 0;
  private revealed = false;
  private single = true;
  private parts: ReadonlySet<string> = new Set();   // what is a page of its own
  private goes = false;   // the learner asked to leave
  private ends = false;   // Continue ends the course
  private way: Way = 'contents';
  private opener: Element | null = null;

  start(session: Session, language: Language): void {
    this.session = session;
    this.tell(language);
    this.show('opening');
    window.setTimeout(() => this.reveal(), PATIENCE_MS);
  }

  private listen(): void {
    for (const button of this.buttons())
      button.addEventListener('click', () => this.ask({ kind: button.dataset.nav } as Navigation));
    byId('contents').addEventListener('click', () => this.drawer(!this.open));
    byId('close').addEventListener('click', () => this.drawer(false));
    byId('veil').addEventListener('click', () => this.drawer(false));
    byId('panel').addEventListener('keydown', event => this.keys(event));
    byId('page-button').addEventListener('click', () => this.act());
  }

  // What is around the course costs a slow phone as much as the course, so it comes second: until then only the frame
  // is laid out, at the size that it will have (player.css).
  private reveal(): void {
    if (this.revealed) return;
    this.revealed = true;
    for (const folded of Array.from(document.querySelectorAll('template'))) folded.replaceWith(folded.content);
    document.body.dataset.revealed = '';
    this.listen();
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (icon) icon.href = document.documentElement.dataset.icon || '';
    this.furnish();
    const { page } = this;
    this.page = undefined;
    this.show(page);
    this.update();
  }

  opening(trouble: Trouble | undefined): void {
    if (trouble) this.reveal();
    this.show(trouble === 'unknown' ? 'unknown' : trouble ? 'waiting' : 'opening');
  }

  opened(engine: Engine, title: string, language: Language): void {
    this.engine = engine;
    document.title = title;
    this.tell(language);
    this.parts = new Set(this.session.launch.activities.filter(({ kind }) => kind !== 'cluster').map(({ id }) => id));
    byId('panel').hidden = byId('foot').hidden = this.single = this.parts.size < 2;
    if (this.revealed) this.furnish();
  }

  // Words, and what is known of the course.
  private furnish(): void {
    this.speak();
    if (!this.engine) return;
    byId('title').textContent = document.title;
    this.toc = new Toc(byId('toc'), this.engine, this.parts, id => this.ask({ kind: 'choice', target: id }), this.language);
  }

  // The attributes tell the truth at once; the rest follows as soon as the caller is done.
  update(): void {
    const { session } = this;
    document.body.dataset.saved = session.saved;
    if (this.engine) document.body.dataset.activity = this.engine.current()?.id || '';
    if (session.state !== 'opening') document.body.dataset.session = session.state;
    if (!this.revealed) {
      if (session.state !== 'opening' && (session.there || session.absent || session.empty)) this.reveal();
      return;
    }
    if (!this.drawn) this.drawn = window.setTimeout(() => this.draw(), 0);
  }

  private draw(): void {
    this.drawn = 0;
    const { session, engine } = this;
    this.light.show(session.saved, session.reached, this.language);
    if (!engine) return;
    this.controls(engine.controls(), engine.hidden());
    this.toc?.update();
    byId('toc-note').hidden = !this.toc || this.toc.open || session.state !== 'active';
    this.show(this.pageFor(session));
    if (this.page === 'no-content') this.wayOn();
    if (session.state === 'ended' || session.state === 'suspended') this.farewell();
  }

  // ---- the way through ----

  private ask(request: Navigation): void {
    this.goes = request.kind === 'suspendAll' || request.kind === 'exitAll' || (request.kind === 'continue' && this.ends);
    this.drawer(false);
    void this.session.go(request);
  }

  private buttons(): HTMLButtonElement[] {
    return Array.from(document.querySelectorAll<HTMLButtonElement>('button[data-nav]'));
  }

  // Where nothing follows, the way on is the way out: Continue where it ends the course, else Exit All in its place.
  // A course of one activity has no foot while it is said to be unfinished; one that does not say it can be ended at
  // any time, or it never would be. What the course does not want to be seen is not there.
  private controls(may: Controls, hidden: Controls): void {
    const engine = this.engine as Engine, { single, session } = this;
    for (const button of this.buttons())
      button.disabled = session.busy || !may[button.dataset.nav as Control];
    const last = /^(active|no-content)$/.test(session.state) && !engine.next();
    this.ends = last && may.continue && !single;
    const done = last && !this.ends && !hidden.exitAll &&
      (!single || (session.there && /^(completed|unknown)$/.test(engine.rollUp().completion)));
    this.put(nav('continue').querySelector('[data-word]') as HTMLElement, this.ends ? 'player.finish' : 'player.next');
    const finish = nav('exitAll'), shelf = done ? byId('foot') : byId('panel-foot');
    if (finish.parentNode !== shelf) shelf.appendChild(finish);
    finish.classList.toggle('full', !done);
    finish.classList.toggle('plain', !done || engine.rollUp().completion !== 'completed');
    finish.hidden = hidden.exitAll;
    nav('suspendAll').hidden = hidden.suspendAll;
    nav('continue').hidden = done || single || hidden.continue;
    nav('previous').hidden = single || hidden.previous;
    byId('contents').hidden = single;
    byId('foot').hidden = single && !done;
    byId('foot').classList.toggle('bare', nav('continue').hidden && nav('previous').hidden && !done);
  }

  // ---- the drawer ----

  private get open(): boolean { return document.body.classList.contains('drawer'); }

  private drawer(open: boolean): void {
    if (open === this.open) return;
    document.body.classList.toggle('drawer', open);
    byId('veil').hidden = !open;
    byId('contents').setAttribute('aria-expanded', String(open));
    if (open) {
      this.opener = document.activeElement;
      this.toc?.reveal();
      (byId('toc').querySelector<HTMLElement>('[aria-current]:enabled') || byId('close')).focus({ preventScroll: true });
    } else if (this.opener instanceof HTMLElement) this.opener.focus();
  }

  private keys(event: KeyboardEvent): void {
    if (!this.open) return;
    if (event.key === 'Escape') this.drawer(false);
    if (event.key !== 'Tab') return;
    const all = Array.from(byId('panel').querySelectorAll<HTMLElement>('button:not([disabled]):not([hidden])'));
    const edge = event.shiftKey ? all[0] : all[all.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? all[all.length - 1] : all[0])?.focus();
  }

  // ---- pages instead of the course ----

  private show(page: Page | undefined): void {
    if (page === this.page) return;
    this.page = page;
    if (!this.revealed) return;
    byId('page').hidden = !page;
    if (!page) return void document.body.removeAttribute('data-page');
    document.body.dataset.page = page;
    this.put('page-title', `player.${page}.title` as Key);
    this.put('page-text', `player.${page}.text` as Key);
    byId('page-more').textContent = '';
    const button = byId('page-button');
    button.hidden = page === 'opening' || page === 'waiting' || page === 'absent';
    if (!button.hidden) this.put('page-button', `player.${page}.button` as Key);
    byId('page').focus();
  }

  private pageFor({ fenced, absent, state, empty, busy }: Session): Page | undefined {
    if (fenced) return 'elsewhere';
    if (state === 'active') return absent ? 'absent' : empty && !busy ? 'no-content' : undefined;
    return state;
  }

  private act(): void {
    if (this.page === 'elsewhere') location.reload();
    else if (this.page === 'unknown') history.back();
    else if (this.page !== 'no-content') this.leave();
    else if (this.way === 'contents') this.drawer(true);
    else this.ask({ kind: this.way });
  }

  // A part was left and nothing follows by itself: the page's one button is the way on that is open.
  private wayOn(): void {
    const works = (name: Control): boolean => !nav(name).disabled && !nav(name).hidden;
    this.way = works('continue') && !this.ends ? 'continue' : this.toc?.open || !works('exitAll') ? 'contents' : 'exitAll';
    document.body.dataset.way = this.way;
    const [text, button] = WAYS[this.way];
    this.put('page-text', text);
    this.put('page-button', button);
  }

  // Says what became of the answers; goes back to the courses once nothing can be lost on the way.
  private farewell(): void {
    const { saved, reached } = this.session;
    const more: Key = saved === 'saved' ? 'player.end.saved' : saved === 'unsaved' ? 'player.end.unsaved' : 'player.end.kept';
    this.put('page-more', more);
    byId<HTMLButtonElement>('page-button').disabled = saved === 'unsaved' || (saved === 'kept' && !reached);
    if (!this.goes) return;
    this.goes = false;
    void Promise.all([this.session.settled(), wait(FAREWELL_MS)]).then(() => this.leave());
  }

  private leave(): void {
    const { main, attempt } = this.session.launch;
    location.replace(`${main}/courses?left=${encodeURIComponent(attempt.course)}`);
  }

  // ---- words ----

  private put(place: string | HTMLElement, key: Key): void {
    const element = typeof place === 'string' ? byId(place) : place;
    if (element.dataset.word) element.dataset.word = key;   // said again in another language
    const words = say(this.language, key);
    if (element.textContent !== words) element.textContent = words;
  }

  // Courses look at the language of the page around them, before a word of it is written.
  private tell(language: Language): void {
    this.language = language;
    document.documentElement.lang = language;
  }

  private speak(): void {
    for (const place of Array.from(document.querySelectorAll<HTMLElement>('[data-word]')))
      place.textContent = say(this.language, place.dataset.word as Key);
    byId('panel').setAttribute('aria-label', say(this.language, 'player.contents'));
  }
}
