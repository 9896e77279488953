// SPDX-License-Identifier: Apache-2.0
// One training day: its head, and six views of it.
import { call } from '../../../api/call';
import { day, spaced } from '../../state/format';
import { useLoad, usePoll } from '../../state/load';
import { t } from '../../state/words';
import { Icon, type IconName } from '../../ui/Icon';
import { Loading, NotLoaded } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { TrainerFrame } from './Frame';
import { CertificatesTab } from './CertificatesTab';
import { ExpectedTab } from './ExpectedTab';
import { LiveTab } from './LiveTab';
import { PosterTab } from './PosterTab';
import { ResultsTab } from './ResultsTab';
import { SettingsTab } from './SettingsTab';

const tabs = ['poster', 'live', 'expected', 'results', 'certificates', 'settings'] as const;
export type Tab = (typeof tabs)[number];
const marks: Record<Tab, IconName> = { poster: 'screen', live: 'people', expected: 'person', results: 'star', certificates: 'seal', settings: 'book' };

export function EventPage({ id, tab }: { id: string; tab: string }) {
  const detail = useLoad(() => call('GET /api/events/{id}', { params: { id } }), [id]);
  const event = detail.data?.event;
  const at = tabs.find(one => one === tab) ?? 'poster';
  // Asked on every tab: somebody who waits for a word of the trainer is told of on all of them.
  const grid = usePoll('GET /api/events/{id}/grid', { params: { id } }, at === 'live' ? 3000 : 6000);
  const waiting = grid.data?.claims.length ?? 0;
  usePage(event ? `${waiting ? `(${waiting}) ` : ''}${t(`tab.${at}`)} · ${event.title}` : t('trainer.events'), !!event);
  if (!detail.data || !event)
    return <TrainerFrame>{detail.trouble ? <NotLoaded trouble={detail.trouble} again={detail.again} /> : <Loading />}</TrainerFrame>;
  return (
    <TrainerFrame wide>
      <div class="event-head">
        <div class="grow">
          <h1>{event.title}</h1>
          <p class="event-facts">
            {event.held_on && <span><Icon name="calendar" />{day(event.held_on)}</span>}
            {event.place && <span><Icon name="pin" />{event.place}</span>}
            {!event.open && <span class="state calm"><Icon name="wait" />{t('event.closed')}</span>}
          </p>
        </div>
        {event.open && <p class="event-code"><span>{t('join.code')}</span><b class="digits">{spaced(event.code)}</b></p>}
      </div>
      <nav class="tabs" aria-label={event.title}>
        {tabs.map(one => <a key={one} href={`/trainer/event/${id}/${one}`} aria-current={one === at ? 'page' : undefined}><Icon name={marks[one]} />{t(`tab.${one}`)}{one === 'live' && waiting > 0 && <b class="badge"><span aria-hidden="true">{waiting}</span><span class="hide"> {t('live.claims')}: {waiting}</span></b>}</a>)}
      </nav>
      {at === 'poster' && <PosterTab event={event} />}
      {at === 'live' && <LiveTab event={event} grid={grid} />}
      {at === 'expected' && <ExpectedTab event={event} />}
      {at === 'results' && <ResultsTab event={event} grid={grid} />}
      {at === 'certificates' && <CertificatesTab event={event} />}
      {at === 'settings' && <SettingsTab detail={detail.data} changed={detail.again} />}
    </TrainerFrame>
  );
}
