// SPDX-License-Identifier: Apache-2.0
// The table of contents: a button for what can be opened, a heading for what cannot; how far each is, by mark
// and word.

import type { Engine } from './engine';
import type { Tracking } from './rollup';
import { say, type Key, type Language } from '../words/words';

const MARKS: Record<string, string> = {
  new: 'M12 4a8 8 0 1 0 .01 0',
  begun: 'M12 4a8 8 0 1 0 .01 0M12 12h.01M9.5 12a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0',
  completed: 'M12 4a8 8 0 1 0 .01 0M8.5 12.5l2.5 2.5 4.5-5.5',
  passed: 'M12 4a8 8 0 1 0 .01 0M8.5 12.5l2.5 2.5 4.5-5.5',
  failed: 'M12 4a8 8 0 1 0 .01 0M9 9l6 6M15 9l-6 6',
};

export class Toc {
  private readonly rows = new Map<string, { button: HTMLButtonElement; mark: SVGPathElement; word: HTMLElement }>();

  constructor(private readonly list: HTMLElement, private readonly engine: Engine, choose: (id: string) => void, private readonly language: Language) {
    for (const { id, title, depth, launchable } of engine.contents()) {
      const row = document.createElement('li'), button = document.createElement('button');
      row.className = `d${Math.min(depth, 3)}`;
      button.type = 'button';
      button.className = launchable ? 'entry' : 'entry heading';
      button.disabled = !launchable;
      button.dataset.activity = id;
      const text = document.createElement('span'), word = document.createElement('span'), { svg, path } = picture();
      text.textContent = title;
      word.className = 'hide';
      if (launchable) button.append(svg);
      button.append(text, word);
      button.addEventListener('click', () => choose(id));
      row.append(button);
      list.append(row);
      if (launchable) this.rows.set(id, { button, mark: path, word });
    }
  }

  update(): void {
    const states = this.engine.states(), here = this.engine.current()?.id;
    this.rows.forEach(({ button, mark, word }, id) => {
      const state = howFar(states.get(id));
      if (button.dataset.state !== state) {
        button.dataset.state = state;
        button.className = `entry ${state}`;
        mark.setAttribute('d', MARKS[state] as string);
        word.textContent = ` (${say(this.language, `player.state.${state}` as Key)})`;
      }
      if (id !== here) button.removeAttribute('aria-current');
      else if (!button.hasAttribute('aria-current')) button.setAttribute('aria-current', 'step');
    });
  }

  // Brings the present entry into view. (scrollIntoView would move the whole page below a drawer that slides in.)
  reveal(): void {
    const here = this.rows.get(this.engine.current()?.id || '');
    if (here) this.list.scrollTop = here.button.offsetTop - this.list.offsetTop - this.list.clientHeight / 2;
  }
}

function howFar(state: Tracking | undefined): string {
  if (!state || state.completion === 'not attempted') return 'new';
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
