// SPDX-License-Identifier: Apache-2.0
// What the player's tests share.

// The frame of the present activity, once its page is there.
export async function sco(page) {
  const frame = await (await page.waitForSelector('iframe#sco')).contentFrame();
  // A new frame is an empty page that has loaded, until the activity's own comes.
  await frame.waitForFunction(() => location.href !== 'about:blank' && document.readyState === 'complete');
  return frame;
}

export const state = page => page.evaluate(() => window.__player.state());

// The session's state, once it is this one or has not become it in half a minute. It is told from within the page: one that
// ended is left a second later, and whoever asks from outside may come too late.
export const becomes = (page, wanted) => page.evaluate(wanted => new Promise(done => {
  const told = () => done(document.body.dataset.session), look = () => { if (document.body.dataset.session === wanted) told(); };
  new MutationObserver(look).observe(document.body, { attributeFilter: ['data-session'] });
  window.setTimeout(told, 30000);
  look();
}), wanted);

// Resolves when the light says so.
export const light = (page, word) => page.waitForSelector(`body[data-saved=${word}]`);

// Everything is on the laptop.
export async function saved(page) {
  await page.waitForFunction(() => {
    const { saved, kept, seq, acknowledged } = window.__player.state();
    return saved === 'saved' && !kept && seq === acknowledged;
  });
}

// One call of the fixture's SCO.
export const lms = (frame, ...call) => frame.evaluate(args => window.lms(...args), call);
