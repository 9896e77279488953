// SPDX-License-Identifier: Apache-2.0
// The three-state light: saved on the laptop; kept on this phone, will be sent; not saved, call the trainer.
// body[data-saved] is the truth of this very moment (view.ts). What is drawn and read aloud leaves an answer
// that is just on its way a moment to arrive, so that it does not flicker; everything else is drawn at once.

import type { Saved } from './session';
import { say, type Key, type Language } from '../words/words';

const CALM_MS = 700;

export class Light {
  private timer = 0;
  private due = '';

  show(saved: Saved, reached: boolean, language: Language): void {
    const key: Key = saved === 'kept' && !reached ? 'player.no-link' : `light.${saved}`;
    const words = say(language, key);
    if (words === this.due) return;
    this.due = words;
    window.clearTimeout(this.timer);
    const draw = (): void => this.draw(saved, words);
    if (saved === 'saved' || !reached || !document.body.dataset.light) draw();
    else this.timer = window.setTimeout(draw, CALM_MS);
  }

  private draw(saved: Saved, words: string): void {
    document.body.dataset.light = saved;
    (document.getElementById('light-words') as HTMLElement).textContent = words;
  }
}
