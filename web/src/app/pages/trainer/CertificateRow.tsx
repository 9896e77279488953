// SPDX-License-Identifier: Apache-2.0
// One certificate of the day: on paper, with another name, or taken back.
import { useState } from 'preact/hooks';
import { address, call } from '../../../api/call';
import type { CertificateCard } from '../../../api/routes.gen';
import { fetchFile, save } from '../../state/download';
import { day, fullName } from '../../state/format';
import { t } from '../../state/words';
import { TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';

type Run = (work: () => Promise<string>) => Promise<void>;
const reasons = ['mistake', 'not-earned', 'request', 'other'] as const;

export function CertificateRow({ one, busy, run }: { one: CertificateCard; busy: boolean; run: Run }) {
  const [open, setOpen] = useState<'correct' | 'revoke'>();
  const params = { serial: one.serial };
  const print = (): void => void run(async () => {
    save(await fetchFile(address('GET /api/certificates/{serial}/page.pdf', { params })), `${fullName(one)} ${one.serial}.pdf`);
    return '';
  });
  const toggle = (what: 'correct' | 'revoke'): void => setOpen(open === what ? undefined : what);
  return (
    <li class="certificate-row">
      <div class="person-row">
        <div class="grow">
          <strong>{fullName(one)}</strong>
          <span class="muted small">{[one.council_name, one.course_title].filter(Boolean).join(' · ')}</span>
          <span class="small"><b class="digits">{one.serial}</b>{one.supersedes && ` · ${t('cert.superseding', { serial: one.supersedes })}`} · {one.registered_at === undefined ? t('cert.not-registered') : t('cert.registered', { date: day(new Date(one.registered_at).toISOString().slice(0, 10)) })}</span>
        </div>
        <div class="row">
          <button type="button" class="button plain tight" disabled={busy} onClick={print} aria-label={`${t('cert.pdf')}: ${fullName(one)}`}><Icon name="print" />{t('cert.pdf')}</button>
          <button type="button" class="button quiet tight" aria-expanded={open === 'correct'} onClick={() => toggle('correct')}>{t('cert.correct')}</button>
          <button type="button" class="button quiet tight" aria-expanded={open === 'revoke'} onClick={() => toggle('revoke')}>{t('cert.revoke')}</button>
        </div>
      </div>
      {open === 'correct' && <Correct one={one} busy={busy} run={run} />}
      {open === 'revoke' && <Revoke one={one} busy={busy} run={run} />}
    </li>
  );
}

function Correct({ one, busy, run }: { one: CertificateCard; busy: boolean; run: Run }) {
  const [surname, setSurname] = useState(one.surname), [given, setGiven] = useState(one.given), [patronymic, setPatronymic] = useState(one.patronymic ?? '');
  const submit = (e: Event): void => {
    e.preventDefault();
    void run(async () => {
      const made = await call('POST /api/certificates/{serial}/correct', { params: { serial: one.serial }, body: { surname, given, patronymic } });
      return t('cert.corrected', { serial: made.serial });
    });
  };
  return (
    <form class="ask stack-s" onSubmit={submit}>
      <p>{t('cert.correct-what')}</p>
      <div class="pair">
        <TextField id={`s-${one.serial}`} label={t('person.surname')} value={surname} set={setSurname} input={{ required: true }} />
        <TextField id={`g-${one.serial}`} label={t('person.given')} value={given} set={setGiven} input={{ required: true }} />
        <TextField id={`p-${one.serial}`} label={t('person.patronymic')} optional value={patronymic} set={setPatronymic} />
      </div>
      <button class="button" disabled={busy}>{t('cert.correct')}</button>
    </form>
  );
}

function Revoke({ one, busy, run }: { one: CertificateCard; busy: boolean; run: Run }) {
  const [reason, setReason] = useState<string>();
  const submit = (e: Event): void => {
    e.preventDefault();
    void run(async () => {
      await call('POST /api/certificates/{serial}/revoke', { params: { serial: one.serial }, body: { reason: reason ?? '' } });
      return t('cert.revoked');
    });
  };
  return (
    <form class="ask stack-s" onSubmit={submit}>
      <p>{t('cert.revoke-what')}</p>
      <fieldset class="stack-s">
        <legend>{t('cert.reason')}</legend>
        {reasons.map(word => (
          <label key={word} class="check"><input type="radio" name={`r-${one.serial}`} checked={reason === word} onChange={() => setReason(word)} /><span>{t(`cert.reason.${word}`)}</span></label>
        ))}
      </fieldset>
      <button class="button danger" disabled={busy || !reason}>{t('cert.revoke')}</button>
    </form>
  );
}
