// SPDX-License-Identifier: Apache-2.0
// The player's page on the course origin: /p/CAPABILITY/?choose=ACTIVITY&lang=kk&size=1&kept=0. It opens the attempt
// that the capability names and shows the course in a frame.
//
// engine.ts is the seam to the standard, session.ts what happens in which order, log.ts and sender.ts how nothing
// gets lost, view.ts what is seen.

import { expose } from './api';
import { moduleBytes } from './module';
import { Session } from './session';
import { Stage } from './stage';
import { byId, View } from './view';
import { Scorm } from './wasm';
import type { Launch } from './wire';
import { firstLanguage, isLanguage, titleIn } from '../words/words';

const query = new URLSearchParams(location.search);
const cap = location.pathname.split('/')[2] || '';
const asked = query.get('lang'), language = isLanguage(asked) ? asked : undefined;
const choose = query.get('choose') || undefined;
const keeps = query.get('kept') !== '0';   // the app's page looked: nothing of this attempt waits on the phone
if (/^[123]$/.test(query.get('size') || '')) document.documentElement.dataset.size = query.get('size') as string;

function start(): void {
  const view = new View();
  const session = new Session(cap, new Stage(byId('frame')), {
    opening: trouble => view.opening(trouble),
    opened: (launch, engine) => {
      expose(engine);
      const own = launch.learner.language, speaks = language || (isLanguage(own) ? own : 'kk');
      for (const each of launch.activities) each.title = titleIn(speaks, each.title, each.titles);
      view.opened(engine, titleIn(speaks, launch.course_title, launch.course_titles), speaks);
    },
    changed: () => view.update(),
  });

  // Browsers without dvh count the address bar into 100vh, and the foot would be under it.
  function fit(): void {
    if (!CSS.supports('height', '100dvh')) document.body.style.height = `${window.innerHeight}px`;
  }
  fit();
  window.addEventListener('resize', fit);

  document.addEventListener('visibilitychange', () => document.hidden ? session.hidden() : session.visible());
  window.addEventListener('online', () => session.visible());
  window.addEventListener('pageshow', () => session.visible());
  window.addEventListener('beforeunload', () => session.leaving());
  window.addEventListener('pagehide', () => session.farewell());

  // For tests and support: what the player knows, as plain data.
  (window as unknown as Record<string, unknown>).__player = {
    state: () => {
      const { state, seq, acknowledged, kept, saved, engine, id } = session;
      const activities: Record<string, unknown> = {};
      if (engine) for (const { id: name } of session.launch.activities) activities[name] = engine.standing(name);
      return {
        session: state, activity: engine?.current()?.id, seq, acknowledged, kept, saved, launch: id,
        standard: engine?.standard, activities, course: engine?.rollUp(),
      };
    },
  };

  view.start(session, language || firstLanguage(null));
  session.open(choose, keeps, JSON.parse(byId('launch').textContent || 'null') as Launch | null || undefined);
  // Both are of this opening only: a reload goes on where one is, with whatever waits then. The course's page is on its
  // way already.
  window.setTimeout(() => {
    query.delete('choose');
    query.delete('kept');
    if (choose || !keeps) history.replaceState(null, '', `${location.pathname}?${query}`);
  }, 0);
}

// This script waits for nothing else that the page is made of, so it may come before the page's end. As /p/-/ it opens
// nothing: the app's page frames it while the learner reads (../app/state/warm.ts).
if (cap === '-') Scorm.now(moduleBytes());
else if (document.readyState !== 'loading') start();
else document.addEventListener('DOMContentLoaded', start);
