// SPDX-License-Identifier: Apache-2.0
// A new training day: title, place, date (today unless said), courses. Then straight to its poster.
import { useState } from 'preact/hooks';
import { call } from '../../../api/call';
import { today } from '../../state/format';
import { useLoad } from '../../state/load';
import { go } from '../../state/router';
import { t } from '../../state/words';
import { TextField, useErrors } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, TroubleNotice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { CourseChoice, type Chosen } from './CourseChoice';
import { TrainerFrame } from './Frame';

export function EventNewPage() {
  usePage(t('event.new'));
  const courses = useLoad(() => call('GET /api/courses'), []);
  const [title, setTitle] = useState(''), [place, setPlace] = useState(''), [date, setDate] = useState(today());
  const [chosen, setChosen] = useState<Chosen>({ all: true, courses: [] });
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>();
  const [errors, check] = useErrors(['title', 'courses']);
  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    const ok = check({ title: title.trim() ? undefined : t('event.title-missing'), courses: chosen.all || chosen.courses.length ? undefined : t('event.courses-missing') });
    if (!ok) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      const event = await call('POST /api/events', {
        body: { title: title.trim(), place: place.trim(), held_on: date, all_courses: chosen.all, courses: chosen.all ? [] : chosen.courses },
      });
      go(`/trainer/event/${event.id}/poster`, true);
    } catch (e) {
      setTrouble(e);
      setBusy(false);
    }
  };
  return (
    <TrainerFrame>
      <p><a href="/trainer">{t('trainer.events')}</a></p>
      <h1>{t('event.new')}</h1>
      <form class="card stack narrow" onSubmit={e => void submit(e)} noValidate>
        <TroubleNotice trouble={trouble} />
        <TextField id="title" label={t('event.title')} hint={t('event.title-hint')} error={errors.title} value={title} set={setTitle} input={{ maxLength: 200 }} />
        <div class="two">
          <TextField id="place" label={t('event.place')} optional value={place} set={setPlace} input={{ maxLength: 200 }} />
          <TextField id="date" label={t('event.date')} value={date} set={setDate} input={{ type: 'date' }} />
        </div>
        {courses.data ? <CourseChoice courses={courses.data} chosen={chosen} set={setChosen} error={errors.courses} />
          : courses.trouble ? <NotLoaded trouble={courses.trouble} again={courses.again} /> : <Loading />}
        <button class="button big" disabled={busy || !courses.data}>{busy && <span class="spinner" aria-hidden="true" />}{t('event.make')}<Icon name="next" at="after" /></button>
      </form>
    </TrainerFrame>
  );
}
