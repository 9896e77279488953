// SPDX-License-Identifier: Apache-2.0
// What a training day offers, and its end.
import { useState } from 'preact/hooks';
import { call } from '../../../api/call';
import type { EventDetail } from '../../../api/routes.gen';
import { useLoad } from '../../state/load';
import { toast } from '../../state/toast';
import { t } from '../../state/words';
import { Ask } from '../../ui/Ask';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, TroubleNotice } from '../../ui/Notice';
import { CourseChoice, type Chosen } from './CourseChoice';

export function SettingsTab({ detail, changed }: { detail: EventDetail; changed: () => void }) {
  const { event } = detail, params = { id: event.id };
  const courses = useLoad(() => call('GET /api/courses'), []);
  const [chosen, setChosen] = useState<Chosen>({ all: event.all_courses, courses: event.all_courses ? [] : detail.courses.map(c => c.id) });
  const [wrong, setWrong] = useState<string>();
  const [trouble, setTrouble] = useState<unknown>();
  const run = async (work: () => Promise<unknown>, said: string): Promise<void> => {
    setTrouble(undefined);
    try {
      await work();
      toast(said);
      changed();
    } catch (e) {
      setTrouble(e);
    }
  };
  const save = (e: Event): void => {
    e.preventDefault();
    const none = !chosen.all && !chosen.courses.length;
    setWrong(none ? t('event.courses-missing') : undefined);
    if (!none) void run(() => call('POST /api/events/{id}/courses', { params, body: { all_courses: chosen.all, courses: chosen.all ? [] : chosen.courses } }), t('event.courses-saved'));
  };
  return (
    <div class="stack narrow">
      <TroubleNotice trouble={trouble} />
      <form class="card stack" onSubmit={save}>
        {courses.data ? <CourseChoice courses={courses.data} chosen={chosen} set={setChosen} error={wrong} />
          : courses.trouble ? <NotLoaded trouble={courses.trouble} again={courses.again} /> : <Loading />}
        <button class="button" disabled={!courses.data}>{t('common.save')}</button>
      </form>
      <section class="card stack">
        <h2>{t(event.open ? 'event.close' : 'event.reopen')}</h2>
        <p class="muted">{t(event.open ? 'event.close-what' : 'event.reopen-what')}</p>
        {event.open
          ? <Ask question={t('event.close-ask')} yes={t('event.close')} run={() => void run(() => call('POST /api/events/{id}/close', { params }), t('event.closed'))}><Icon name="wait" />{t('event.close')}</Ask>
          : <button type="button" class="button plain" onClick={() => void run(() => call('POST /api/events/{id}/reopen', { params }), t('event.reopened'))}><Icon name="play" />{t('event.reopen')}</button>}
      </section>
    </div>
  );
}
