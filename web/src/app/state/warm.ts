// SPDX-License-Identifier: Apache-2.0
// The player, fetched and compiled while the learner joins or reads the list of courses: sixty phones then need not do so
// at the moment when the trainer says "open the course". It comes twice: V8 keeps the code of a script that came a second
// time, and would otherwise write it down in the middle of the first opening. Once a tab is enough: whoever comes back from
// a course has the player, and would meet the fetching with the next tap.
import { rememberHere, rememberedHere } from './remember';
import { hello } from './session';

const QUIET_MS = 400;   // after the page is there
const STAYS_MS = 5000;

let begun = false;

export function warmPlayer(): void {
  const port = hello.value?.content_port;
  if (begun || !port || rememberedHere('player')) return;
  begun = true;
  setTimeout(() => {
    rememberHere('player', 'warm');
    const frame = document.createElement('iframe'), address = `${location.protocol}//${location.hostname}:${port}/p/-/`;
    frame.hidden = true;
    frame.title = '';
    frame.setAttribute('aria-hidden', 'true');
    frame.src = address;
    frame.addEventListener('load', () => { frame.src = address; }, { once: true });
    document.body.appendChild(frame);
    setTimeout(() => frame.remove(), STAYS_MS);
  }, QUIET_MS);
}
