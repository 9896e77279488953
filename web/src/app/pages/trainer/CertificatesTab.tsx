// SPDX-License-Identifier: Apache-2.0
// The day's certificates: the date that the trainer confirms, one button, then printing; for each person a correction
// or a revocation; and for everybody without one, why.
import { useState } from 'preact/hooks';
import { address, call } from '../../../api/call';
import type { CertificateCandidate, CertificateCard, CertificateRoom, Event as Day } from '../../../api/routes.gen';
import { fetchFile, save } from '../../state/download';
import { day, fullName } from '../../state/format';
import { useLoad } from '../../state/load';
import { toast } from '../../state/toast';
import { language, t } from '../../state/words';
import { TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, Notice, TroubleNotice } from '../../ui/Notice';
import { CertificateRow } from './CertificateRow';

type Run = (work: () => Promise<string>) => Promise<void>;

export function CertificatesTab({ event }: { event: Day }) {
  const room = useLoad(() => call('GET /api/events/{id}/certificates', { params: { id: event.id } }), [event.id]);
  const [busy, setBusy] = useState(false), [trouble, setTrouble] = useState<unknown>();
  /** Does it, says how it went, and looks again. */
  const run: Run = async work => {
    setBusy(true);
    setTrouble(undefined);
    try {
      const said = await work();
      if (said) toast(said);
      room.again();
    } catch (e) {
      setTrouble(e);
    }
    setBusy(false);
  };
  if (!room.data) return room.trouble ? <NotLoaded trouble={room.trouble} again={room.again} /> : <Loading />;
  const { candidates, certificates } = room.data;
  const rows = (state: string): CertificateCandidate[] => candidates.rows.filter(c => c.state === state);
  return (
    <div class="stack certificates">
      <div class="live-bar">
        <p class="grow large">{t('cert.summary', { ready: candidates.ready, issued: candidates.issued, refused: candidates.refused })}</p>
        <a class="button plain tight" href="/trainer/certificate-template"><Icon name="seal" />{t('cert.template')}</a>
      </div>
      <TroubleNotice trouble={trouble} />
      <IssueCard key={candidates.held_on} event={event} room={room.data} busy={busy} run={run} />
      {certificates.length > 0 && <Issued event={event} list={certificates} busy={busy} run={run} />}
      <People title="cert.ready-title" rows={rows('ready')} />
      <People title="cert.refused-title" rows={rows('refused')} again={c => void run(() => issueAgain(event, c, candidates.held_on))} />
    </div>
  );
}

async function issueAgain(event: Day, c: CertificateCandidate, held_on: string): Promise<string> {
  const made = await call('POST /api/events/{id}/certificates', { params: { id: event.id }, body: { held_on, person: c.person, course: c.course } });
  return t('cert.made', { n: made.made.length });
}

function IssueCard({ event, room, busy, run }: { event: Day; room: CertificateRoom; busy: boolean; run: Run }) {
  const { candidates } = room;
  const behind = candidates.clock === 'behind';
  const [date, setDate] = useState(behind && !event.held_on ? '' : candidates.held_on), [hours, setHours] = useState(String(candidates.hours));
  const issue = (e: Event): void => {
    e.preventDefault();
    void run(async () => {
      const made = await call('POST /api/events/{id}/certificates', { params: { id: event.id }, body: { held_on: date, hours: Number(hours) || 0 } });
      return t('cert.made', { n: made.made.length });
    });
  };
  if (!candidates.ready) return room.certificates.length ? null : <Notice tone="calm">{t('cert.issue-none')}</Notice>;
  return (
    <form class="card stack narrow" onSubmit={issue}>
      <h2>{t('cert.issue-title')}</h2>
      {behind && <Notice tone="warn">{t('cert.clock', { today: day(candidates.today) })}</Notice>}
      <div class="pair">
        <TextField id="held-on" label={t('cert.date')} hint={t('cert.date-hint')} value={date} set={setDate} input={{ type: 'date', required: true }} />
        <TextField id="hours" label={t('cert.hours')} hint={t('cert.hours-hint')} value={hours} set={setHours} input={{ type: 'number', min: 0, max: 1000, inputMode: 'numeric' }} />
      </div>
      <button class="button big" disabled={busy || !date}>{busy ? <span class="spinner" aria-hidden="true" /> : <Icon name="seal" />}{t('cert.issue', { n: candidates.ready })}</button>
    </form>
  );
}

function Issued({ event, list, busy, run }: { event: Day; list: CertificateCard[]; busy: boolean; run: Run }) {
  const print = (): void => void run(async () => {
    save(await fetchFile(address('GET /api/events/{id}/certificates.pdf', { params: { id: event.id } }), 120), `${event.title} ${list[0]?.held_on ?? ''}.pdf`);
    return '';
  });
  return (
    <section class="stack-s">
      <div class="live-bar">
        <h2 class="grow">{t('cert.issued-title')}</h2>
        <button type="button" class="button" disabled={busy} onClick={print}>{busy ? <span class="spinner" aria-hidden="true" /> : <Icon name="print" />}{t(busy ? 'cert.printing' : 'cert.print-all')}</button>
      </div>
      <ul class="card rows">{list.map(one => <CertificateRow key={one.serial} one={one} busy={busy} run={run} />)}</ul>
    </section>
  );
}

/** People without a certificate, and why where there is a reason. */
function People({ title, rows, again }: { title: 'cert.ready-title' | 'cert.refused-title'; rows: CertificateCandidate[]; again?: (c: CertificateCandidate) => void }) {
  if (!rows.length) return null;
  return (
    <section class="stack-s">
      <h2>{t(title)}</h2>
      <ul class="card rows">
        {rows.map(c => (
          <li key={`${c.person} ${c.course ?? ''}`} class="person-row">
            <div class="grow">
              <strong>{fullName(c)}</strong>
              <span class="muted small">{[c.council_name, c.course_title].filter(Boolean).join(' · ')}</span>
              {c.reason && <span class="reason">{c[language.value]}</span>}
            </div>
            {c.reason === 'revoked' && again && <button type="button" class="button plain tight" onClick={() => again(c)}><Icon name="again" />{t('cert.again')}</button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
