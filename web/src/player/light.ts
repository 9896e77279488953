// SPDX-License-Identifier: Apache-2.0
// The three-state light: saved on the laptop; kept on this phone, will be sent; not saved, call the trainer.
// body[data-saved] is the truth of this very moment (view.ts). What is drawn and read aloud waits a moment
// before it gets worse, so that it does not flicker with every answer that is on its way; it gets better at once.

import type { Saved } from './session';
import { say, type Key, type Language } from '../words/words';

const CALM_MS = 700;

export class Light {
  private shown = '';
  private timer = 0;
  private due = '';

  show(saved: Saved, reached: boolean, language: Language): void {
    const key: Key = saved === 'kept' && !reached ? 'player.no-link' : `light.${saved}`;
    if (key === this.due) return;
    this.due = key;
    window.clearTimeout(this.timer);
    const draw = (): void => this.draw(saved, key, language);
    if (saved === 'saved' || !this.shown) draw();
    else this.timer = window.setTimeout(draw, CALM_MS);
  }

  private draw(saved: Saved, key: Key, language: Language): void {
    if (key === this.shown) return;
    this.shown = key;
    document.body.dataset.light = saved;
    (document.getElementById('light-words') as HTMLElement).textContent = say(language, key);
  }
}
