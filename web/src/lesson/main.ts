// SPDX-License-Identifier: Apache-2.0
// The script of every page of a packed course.

import type { Data } from './data';
import { lesson } from './lesson';
import { openLms } from './lms';
import { Shell } from './shell';
import { test } from './test';

const data = JSON.parse((document.getElementById('data') as HTMLElement).textContent || '') as Data;

// Templates are no part of the course's record: they may be open in a frame over a lesson, which has the session.
if (data.kind === 'annex' || data.kind === 'annexes') new Shell(data, '').show();
else {
  const lms = openLms(data.scorm, data.course), shell = new Shell(data, lms.language());
  (data.kind === 'lesson' ? lesson : test)(data, lms, shell);
}

// `kenes pack --watch`: a new number means that the pages were made anew.
if (data.preview) {
  let known = '';
  const ask = (): void => {
    fetch('version').then(reply => reply.text()).then(version => {
      if (known && version !== known) location.reload();
      known = version;
    }).catch(() => undefined).then(() => window.setTimeout(ask, 700));
  };
  ask();
}
