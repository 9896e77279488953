// SPDX-License-Identifier: Apache-2.0
// The trainer's home: training days, newest first; at the very beginning, the two steps to the first one.
import { call } from '../../../api/call';
import type { Event } from '../../../api/routes.gen';
import { day, spaced } from '../../state/format';
import { useLoad } from '../../state/load';
import { hello } from '../../state/session';
import { t } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { TrainerFrame } from './Frame';
import { DropZone, Imports } from './ImportPanel';
import { News } from './News';

export function HomePage() {
  const events = useLoad(() => call('GET /api/events'), []);
  usePage(t('trainer.events'), !!events.data);
  if (!events.data) return <TrainerFrame>{events.trouble ? <NotLoaded trouble={events.trouble} again={events.again} /> : <Loading />}</TrainerFrame>;
  if (!events.data.length) return <FirstSteps />;
  const open = events.data.filter(e => e.open), closed = events.data.filter(e => !e.open);
  return (
    <TrainerFrame>
      <div class="page-head">
        <h1>{t('trainer.events')}</h1>
        <a class="button" href="/trainer/event/new"><Icon name="add" />{t('event.new')}</a>
      </div>
      <News />
      {open.length > 0 && <ul class="event-list">{open.map(e => <li key={e.id}><EventCard event={e} /></li>)}</ul>}
      {closed.length > 0 && (
        <section class="stack-s" aria-label={t('event.closed-ones')}>
          <p class="section-head"><strong>{t('event.closed-ones')}</strong></p>
          <ul class="event-list">{closed.map(e => <li key={e.id}><EventCard event={e} /></li>)}</ul>
        </section>
      )}
    </TrainerFrame>
  );
}

function EventCard({ event }: { event: Event }) {
  return (
    <a class={`card event-card ${event.open ? 'open' : 'closed'}`} href={`/trainer/event/${event.id}/${event.open ? 'live' : 'results'}`}>
      <h2>{event.title}</h2>
      <p class="event-facts">
        {event.held_on && <span><Icon name="calendar" />{day(event.held_on)}</span>}
        {event.place && <span><Icon name="pin" />{event.place}</span>}
        <span><Icon name="people" />{t('event.joined', { n: event.joined })}</span>
      </p>
      {event.open ? <p class="event-code"><span>{t('join.code')}</span><b class="digits">{spaced(event.code)}</b></p> : <p><span class="state calm"><Icon name="wait" />{t('event.closed')}</span></p>}
    </a>
  );
}

function FirstSteps() {
  const courses = useLoad(() => call('GET /api/courses'), []);
  const n = courses.data?.length ?? 0;
  return (
    <TrainerFrame>
      <News />
      <h1>{t('first.title', { name: hello.value?.me?.given || hello.value?.me?.surname || '' })}</h1>
      <p class="large muted">{t('first.what')}</p>
      <ol class="first-steps">
        <li class="card stack">
          <h2><b aria-hidden="true">1</b>{t('first.courses')}</h2>
          <DropZone />
          <Imports />
          {n > 0 && <p><span class="state good"><Icon name="done" />{t('first.have', { n })}</span> <a href="/trainer/courses">{t('first.look')}</a></p>}
        </li>
        <li class="card stack">
          <h2><b aria-hidden="true">2</b>{t('first.event')}</h2>
          <p class="muted">{t('first.event-what')}</p>
          <a class="button big" href="/trainer/event/new"><Icon name="add" />{t('event.new')}</a>
        </li>
      </ol>
    </TrainerFrame>
  );
}
