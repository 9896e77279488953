// SPDX-License-Identifier: Apache-2.0
// Trees for the engine, written as docs/scorm.md says:  treeOf({ id: 'course', children: [{ id: 'a' }, …] })
// (kind 2: an asset) gives the bytes and the activities as the player's launch has them.
import { Bytes } from '../support/bytes.mjs';

const flags = ['visible', 'completedByMeasure', 'hasThreshold', 'choice', 'choiceExit', 'flow', 'forwardOnly', 'currentObjectives',
  'currentProgress', 'constrainChoice', 'preventActivation', 'hasAttemptLimit', 'hasDurationLimit', 'rollupSatisfied', 'rollupCompleted',
  'measureIfActive', 'hasSelectCount', 'reorder', 'tracked', 'completionByContent', 'objectiveByContent'];
const defaults = { visible: true, choice: true, choiceExit: true, currentObjectives: true, currentProgress: true, rollupSatisfied: true,
  rollupCompleted: true, measureIfActive: true, tracked: true };

function activity(w, a, parent) {
  w.signed(parent);
  w.text(a.id);
  w.text(a.title || a.id);
  w.whole(a.kind ?? (a.children ? 0 : 1));
  w.whole(a.hide || 0);
  for (const name of ['launchData', 'prerequisites', 'maxTime', 'timeAction', 'masteryScore']) w.text(a[name]);
  w.whole(flags.reduce((bits, name, i) => bits + ((a[name] ?? defaults[name]) ? 2 ** i : 0), 0));
  for (const real of [1, 1, 1]) w.real(real);
  w.whole(a.attemptLimit || 0);
  w.signed(0);
  for (let i = 0; i < 5; i++) w.whole(0);   // four considerations, the timing of selection
  w.whole(a.reorder ? 1 : 0);   // randomized once
  w.whole(0);
  w.whole(0);   // rules
  w.whole(0);   // roll-up rules
  w.whole(1);   // objectives: the primary one
  w.text(undefined);
  w.whole(1);
  w.real(1);
  w.whole(0);
  w.whole(0);   // stores
}

export function treeOf(root, version = 3) {
  const w = new Bytes(), activities = [];
  const add = (a, parent) => {
    const i = activities.push({ id: a.id, title: a.title || a.id, parent, kind: a.children ? 'cluster' : 'sco', visible: true,
      href: a.children ? undefined : `${a.id}.html` }) - 1;
    activities[i].spec = a;
    for (const child of a.children || []) add(child, i);
  };
  add(root, -1);
  w.whole(0x3154534b);
  w.whole(version);
  w.bool(true);
  w.bool(true);
  w.text(root.id);
  w.signed(activities.length);
  for (const a of activities) activity(w, a.spec, a.parent);
  return { tree: Uint8Array.from(w.list), activities };
}
