// SPDX-License-Identifier: Apache-2.0
// All courses, those added later too; or the ones ticked.
import type { Course } from '../../../api/routes.gen';
import { bytes } from '../../state/format';
import { t, titled } from '../../state/words';

export interface Chosen { all: boolean; courses: string[] }

export function CourseChoice({ courses, chosen, set, error }: { courses: Course[]; chosen: Chosen; set: (chosen: Chosen) => void; error?: string | undefined }) {
  const toggle = (id: string): void =>
    set({ ...chosen, courses: chosen.courses.indexOf(id) >= 0 ? chosen.courses.filter(c => c !== id) : [...chosen.courses, id] });
  return (
    <fieldset class="field" aria-describedby={error ? 'courses-error' : undefined}>
      <legend>{t('event.courses')}</legend>
      <label class="check"><input type="radio" name="which" checked={chosen.all} onChange={() => set({ ...chosen, all: true })} /><span>{t('event.all-courses')}<span class="hint">{t('event.all-hint', { n: courses.length })}</span></span></label>
      <label class="check"><input id="courses" type="radio" name="which" checked={!chosen.all} onChange={() => set({ ...chosen, all: false })} /><span>{t('event.some-courses')}</span></label>
      {!chosen.all && (
        <div class="ticks">
          {courses.map(c => (
            <label key={c.id} class="check">
              <input type="checkbox" checked={chosen.courses.indexOf(c.id) >= 0} onChange={() => toggle(c.id)} />
              <span>{titled(c)}<span class="hint">{c.standard} · {bytes(c.bytes)}</span></span>
            </label>
          ))}
          {!courses.length && <p class="muted">{t('course.no-courses')}</p>}
        </div>
      )}
      {error && <span class="wrong" id="courses-error">{error}</span>}
    </fieldset>
  );
}
