// SPDX-License-Identifier: Apache-2.0
// Whether a certificate that somebody shows is true: its link, its code's text or its number.
import { useState } from 'preact/hooks';
import type { HubVerified } from '../../api/routes.gen';
import { day } from '../../app/state/format';
import { t } from '../../app/state/words';
import { Field, tied } from '../../app/ui/Field';
import { Notice, TroubleNotice } from '../../app/ui/Notice';
import { Desk } from '../Frame';
import { ask } from '../state';
import { Fact, VerdictState, Vouched } from './Certificate';
import { CertificateState } from './Certificates';

export function Verify() {
  const [text, setText] = useState(''), [found, setFound] = useState<HubVerified>(), [trouble, setTrouble] = useState<unknown>();
  const [wrong, setWrong] = useState<string>(), [busy, setBusy] = useState(false);
  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    setWrong(text.trim() ? undefined : t('verify.empty'));
    if (!text.trim()) return document.getElementById('text')?.focus();
    setBusy(true);
    setTrouble(undefined);
    setFound(undefined);
    try {
      setFound(await ask('POST /api/hub/certificates/verify', { body: { text: text.trim() } }));
    } catch (e) { setTrouble(e); }
    setBusy(false);
  };
  return (
    <Desk title={t('hub.verify')} head={<nav class="crumbs"><a href="/certificates">{t('hub.certificates')}</a></nav>}>
      <form class="panel stack" noValidate onSubmit={e => void submit(e)}>
        <Field id="text" label={t('hub.verify-text')} hint={t('hub.verify-hint')} error={wrong}>
          <textarea class="input" id="text" rows={3} value={text} onInput={e => setText(e.currentTarget.value)} spellcheck={false} autocapitalize="off" {...tied({ id: 'text', label: '', hint: ' ', error: wrong })} />
        </Field>
        <p><button class="button" disabled={busy}>{t('verify.check')}</button></p>
      </form>
      <div aria-live="polite">
        <TroubleNotice trouble={trouble} />
        {found && <Found found={found} />}
      </div>
    </Desk>
  );
}

function Found({ found: { verdict: v, certificate: c, registered, site_name, site_cut_at } }: { found: HubVerified }) {
  const f = v?.facts;
  return (
    <section class="panel stack answer">
      {v ? <VerdictState verdict={v} /> : c && <div class="row"><CertificateState state={c.state} /><span>{t('hub.certificate-erased')}</span></div>}
      {v?.status === 'altered' && f && <Notice tone="warn">{t('verify.unproven')}</Notice>}
      {v?.overdue && f?.valid_until && <Notice tone="warn">{t('verify.overdue', { date: day(f.valid_until) })}</Notice>}
      {v?.status === 'revoked' && v.ended_on && <p>{t('verify.revoked-on', { date: day(v.ended_on) })}</p>}
      {v?.superseded_by && <p>{t('verify.superseded-by', { serial: v.superseded_by, date: day(v.ended_on ?? '') })}</p>}
      {f && (
        <dl class="facts">
          <Fact name="verify.person">{[f.surname, f.given, f.patronymic].filter(Boolean).join(' ')}</Fact>
          <Fact name="hub.council">{f.council}</Fact>
          <Fact name="hub.course">{f.course}</Fact>
          <Fact name="verify.score">{f.score_percent !== undefined && `${f.score_percent} %`}</Fact>
          <Fact name="verify.hours">{f.hours}</Fact>
          <Fact name="hub.event">{f.event}</Fact>
          <Fact name="verify.place">{f.place}</Fact>
          <Fact name="hub.date">{day(f.held_on)}</Fact>
          <Fact name="verify.valid-until">{f.valid_until && day(f.valid_until)}</Fact>
          <Fact name="hub.serial"><span class="digits">{f.serial}</span></Fact>
          <Fact name="verify.issuer">{site_name || f.issuer}</Fact>
        </dl>
      )}
      {v && <Vouched verdict={v} />}
      {site_cut_at !== undefined && <Notice tone="warn">{t('hub.issuer-cut')}</Notice>}
      {f && v?.status !== 'altered' && <p>{t(registered ? 'hub.is-registered' : 'hub.not-registered')}</p>}
      {c && <p><a class="button plain" href={`/certificates/${c.serial}`}>{t('hub.open-registry')}</a></p>}
    </section>
  );
}
