// SPDX-License-Identifier: Apache-2.0
// The table of contents: a button for what can be opened, a heading for what cannot; how far each is, by mark
// and word.

import type { Engine, Entry, Tracking } from './engine';
import { say, type Key, type Language } from '../words/words';

const MARKS: Record<string, string> = {
  new: 'M12 4a8 8 0 1 0 .01 0',
  begun: 'M12 4a8 8 0 1 0 .01 0M12 12h.01M9.5 12a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0',
  completed: 'M12 4a8 8 0 1 0 .01 0M8.5 12.5l2.5 2.5 4.5-5.5',
  passed: 'M12 4a8 8 0 1 0 .01 0M8.5 12.5l2.5 2.5 4.5-5.5',
  failed: 'M12 4a8 8 0 1 0 .01 0M9 9l6 6M15 9l-6 6',
};

const CLOSED = 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3';   // a lock

interface Row { button: HTMLButtonElement; mark: SVGPathElement; word: HTMLElement; heading: boolean }

export class Toc {
  private rows = new Map<string, Row>();
  private entries: readonly Entry[] = [];

  // `parts`: ids of what is a page; everything else is a heading, which may be chosen where the course allows it.
  constructor(private readonly list: HTMLElement, private readonly engine: Engine, private readonly parts: ReadonlySet<string>,
              private readonly choose: (id: string) => void, private readonly language: Language) {}

  // Whether another part than the present one can be chosen. (The course as a whole can be in any course: it begins
  // anew.)
  get open(): boolean {
    const here = this.engine.current()?.id;
    return this.entries.some(({ id, depth, launchable }) => launchable && depth > 0 && id !== here);
  }

  update(): void {
    const entries = this.engine.contents(), here = this.engine.current()?.id;
    if (entries !== this.entries) this.write(entries);
    this.list.classList.toggle('in-order', !this.open);
    this.rows.forEach(({ button, mark, word, heading }, id) => {
      const state = heading ? 'heading' : howFar(this.engine.standing(id));
      if (button.dataset.state !== state) {
        button.dataset.state = state;
        button.className = `entry ${state}`;
        if (!heading) {
          mark.setAttribute('d', MARKS[state] as string);
          word.textContent = ` (${say(this.language, `player.state.${state}` as Key)})`;
        }
      }
      if (id !== here) button.removeAttribute('aria-current');
      else if (!button.hasAttribute('aria-current')) button.setAttribute('aria-current', 'step');
    });
  }

  // The same lines stay where they are, and the focus with them; only what may be chosen changes then.
  private write(entries: readonly Entry[]): void {
    const same = entries.length === this.entries.length && entries.every(({ id }, i) => id === this.entries[i]?.id);
    this.entries = entries;
    if (!same) {
      this.rows = new Map();
      this.list.textContent = '';
      for (const entry of entries) this.list.append(this.line(entry));
    }
    for (const { id, launchable } of entries) {
      const { button, heading } = this.rows.get(id) as Row;
      button.disabled = !launchable;
      if (launchable || heading || button.querySelector('.closed')) continue;
      const { svg, path } = picture();
      svg.classList.add('closed');
      path.setAttribute('d', CLOSED);
      button.append(svg);
    }
  }

  private line({ id, title, depth }: Entry): HTMLLIElement {
    const line = document.createElement('li'), button = document.createElement('button'), heading = !this.parts.has(id);
    line.className = `d${Math.min(depth, 3)}`;
    button.type = 'button';
    button.dataset.activity = id;
    const text = document.createElement('span'), word = document.createElement('span'), { svg, path } = picture();
    text.textContent = title;
    word.className = 'hide';
    if (!heading) button.append(svg);
    button.append(text, word);
    button.addEventListener('click', () => this.choose(id));
    line.append(button);
    this.rows.set(id, { button, mark: path, word, heading });
    return line;
  }

  // Brings the present entry into view. (scrollIntoView would move the whole page below a drawer that slides in.)
  reveal(): void {
    const here = this.rows.get(this.engine.current()?.id || '');
    if (here) this.list.scrollTop = here.button.offsetTop - this.list.offsetTop - this.list.clientHeight / 2;
  }
}

function howFar(state: Tracking): string {
  if (state.completion === 'not attempted') return 'new';
  if (state.success !== 'unknown') return state.success;
  return state.completion === 'completed' ? 'completed' : 'begun';
}

function picture(): { svg: SVGSVGElement; path: SVGPathElement } {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  return { svg, path };
}
