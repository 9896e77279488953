// SPDX-License-Identifier: Apache-2.0
// The frame that a course's pages are shown in. Each activity gets a frame of its own, so that going back in
// the browser's history never wanders through what was there before.
//
// The course shares the player's origin (it must, to find the API); the sandbox only keeps it from leading
// the whole page elsewhere by mistake. What keeps a hostile course harmless is the origin itself.

import type { Activity } from './wire';

const UNLOAD_MS = 3000;   // for what a page does while it is left
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads';

export class Stage {
  private frame: HTMLIFrameElement | undefined;

  constructor(private readonly place: HTMLElement) {}

  // Leaves the page in the frame as a browser leaves one (beforeunload, pagehide, unload), then takes it away.
  async empty(): Promise<void> {
    const frame = this.frame;
    if (!frame) return;
    await loaded(frame, UNLOAD_MS, () => {
      try {
        frame.contentWindow?.location.replace('about:blank');
      } catch {
        frame.src = 'about:blank';   // a page of another origin
      }
    });
    frame.remove();
    this.frame = undefined;
  }

  show(activity: Activity, address: string): void {
    const frame = document.createElement('iframe');
    frame.id = 'sco';
    frame.title = activity.title;
    // Browsers show no PDF in a sandbox.
    if (!/\.pdf([?#]|$)/i.test(address)) frame.setAttribute('sandbox', SANDBOX);
    frame.setAttribute('allow', 'autoplay; fullscreen; unload');
    frame.src = address;
    this.frame = frame;
    this.place.appendChild(frame);
  }

  // Fetches the next activity's first page into the browser's cache once the present one is there.
  warm(address: string): void {
    const frame = this.frame;
    if (!frame || new URL(address).origin !== location.origin) return;
    frame.addEventListener('load', () => {
      const fetchIt = (): void => { fetch(address, { priority: 'low' } as RequestInit).then(reply => reply.text()).catch(() => undefined); };
      window.setTimeout(fetchIt, 2000);
    }, { once: true });
  }
}

function loaded(frame: HTMLIFrameElement, patience: number, act: () => void): Promise<void> {
  return new Promise(done => {
    const timer = window.setTimeout(end, patience);
    frame.addEventListener('load', end);
    act();
    function end(): void {
      window.clearTimeout(timer);
      frame.removeEventListener('load', end);
      done();
    }
  });
}
