// SPDX-License-Identifier: Apache-2.0
// The frame that a course's pages are shown in. Each activity gets a frame of its own, so that going back in
// the browser's history never wanders through what was there before.
//
// The course shares the player's origin (it must, to find the API); the sandbox only keeps it from leading
// the whole page elsewhere by mistake. What keeps a hostile course harmless is the origin itself.

import type { Activity } from './wire';

const UNLOAD_MS = 3000;    // for what a page does while it is left
const LOAD_MS = 60000;     // after this it counts as there: a slow page is not an absent one
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads';

export class Stage {
  private frame: HTMLIFrameElement | undefined;
  private early: { address: string; there: Promise<boolean> } | undefined;

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
    this.forget();
  }

  // Asks for the page that is most likely shown next: it is on its way while the engine is made ready. Its scripts run
  // when the caller's task is over, not before.
  expect(activity: Activity, address: string): void {
    this.early = { address, there: this.begin(activity, address) };
  }

  // What was asked for does not run after all.
  forget(): void {
    this.frame?.remove();
    this.frame = this.early = undefined;
  }

  // Resolves when the page is there; false when it could not be fetched (the browser shows its own page then).
  show(activity: Activity, address: string): Promise<boolean> {
    const { early, frame } = this;
    this.early = undefined;
    if (early?.address !== address || !frame) return this.begin(activity, address);
    frame.title = activity.title;
    return early.there;
  }

  private async begin(activity: Activity, address: string): Promise<boolean> {
    this.frame?.remove();
    const frame = document.createElement('iframe');
    frame.id = 'sco';
    frame.title = activity.title;
    // Browsers show no PDF in a sandbox.
    if (!/\.pdf([?#]|$)/i.test(address)) frame.setAttribute('sandbox', SANDBOX);
    frame.setAttribute('allow', 'autoplay; fullscreen; unload');
    frame.src = address;
    this.frame = frame;
    await loaded(frame, LOAD_MS, () => this.place.appendChild(frame));
    return new URL(address).origin !== location.origin || !!frame.contentDocument || this.frame !== frame;
  }

  // Fetches another activity's first page into the browser's cache, when the phone has nothing better to do.
  warm(address: string): void {
    if (new URL(address).origin !== location.origin) return;
    window.setTimeout(() => {
      fetch(address, { priority: 'low' } as RequestInit).then(reply => reply.text()).catch(() => undefined);
    }, 2000);
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
