// SPDX-License-Identifier: Apache-2.0
// One certificate: every fact, who issued it by what right, what became of it; the right name, taking it back.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { CertificateVerdict, HubCertificate, ReportAudit } from '../../api/routes.gen';
import { day } from '../../app/state/format';
import { toast } from '../../app/state/toast';
import { t, type Key } from '../../app/state/words';
import { Field, TextField, tied, useErrors } from '../../app/ui/Field';
import { Icon } from '../../app/ui/Icon';
import { Loading, Notice, NotLoaded, TroubleNotice } from '../../app/ui/Notice';
import { isKey } from '../../words/words';
import { Desk, When } from '../Frame';
import { placePath } from '../regions';
import { ask, mayChange, useAsk } from '../state';
import { CertificateState, reasonText } from './Certificates';
import { Sure } from './Pieces';

export function Certificate({ serial }: { serial: string }) {
  const seen = useAsk('GET /api/hub/certificates/{serial}', { params: { serial } });
  const [trouble, setTrouble] = useState<unknown>();
  const crumbs = <nav class="crumbs"><a href="/certificates">{t('hub.certificates')}</a></nav>;
  if (!seen.data) return <Desk title={serial} head={crumbs}>{seen.trouble ? <NotLoaded trouble={seen.trouble} again={seen.again} /> : <Loading />}</Desk>;
  const { certificate: c, verdict } = seen.data;
  const run = (asked: Promise<unknown>): void => {
    asked.then(() => { setTrouble(undefined); toast(t('hub.done')); seen.again(); window.scrollTo(0, 0); }, e => { setTrouble(e); window.scrollTo(0, 0); });
  };
  return (
    <Desk title={serial} head={crumbs}>
      <TroubleNotice trouble={trouble} />
      <section class="panel stack">
        <div class="row"><CertificateState state={c.state} />{c.why && <span>{reasonText(c.why)}</span>}{c.superseded_by && <span>{t('hub.replaced-by')} <a class="digits" href={`/certificates/${c.superseded_by}`}>{c.superseded_by}</a></span>}</div>
        {!c.holder && <Notice>{t('hub.certificate-erased')}</Notice>}
        <Facts of={seen.data} />
      </section>
      {verdict && <Authority of={seen.data} verdict={verdict} />}
      <History of={seen.data} />
      {mayChange() && c.state === 'valid' && c.holder && <Changes key={c.holder} of={seen.data} run={run} />}
    </Desk>
  );
}

export function Fact({ name, children }: { name: Key; children: ComponentChildren }) {
  return children ? <div><dt>{t(name)}</dt><dd>{children}</dd></div> : null;
}

function Facts({ of: { certificate: c, verdict } }: { of: HubCertificate }) {
  const f = verdict?.facts;
  return (
    <dl class="facts">
      <Fact name="hub.holder"><a href={`/people/${c.person}`}>{c.holder || t('hub.nameless')}</a></Fact>
      <Fact name="hub.council">{c.council_name || '—'}</Fact>
      <Fact name="hub.course">{c.title}</Fact>
      <Fact name="verify.score">{f?.score_percent !== undefined && `${f.score_percent} %`}</Fact>
      <Fact name="verify.hours">{f?.hours}</Fact>
      <Fact name="hub.event">{f?.event}</Fact>
      <Fact name="verify.place">{f?.place}</Fact>
      <Fact name="hub.date">{day(c.held_on)}</Fact>
      <Fact name="verify.valid-until">{c.valid_until && day(c.valid_until)}</Fact>
    </dl>
  );
}

/** Whether the signature holds, and by whose word. */
export function VerdictState({ verdict: v }: { verdict: CertificateVerdict }) {
  const good = v.status === 'valid', calm = v.status === 'self-issued' || v.status === 'superseded', why = `verify.why.${v.reason}`;
  return (
    <div class="row">
      <span class={`state ${good ? 'good' : calm ? 'warn' : 'bad'}`}><Icon name={good ? 'done' : calm ? 'warn' : 'cross'} />{t(`verify.is.${v.status}` as Key)}</span>
      <span>{t(`hub.verdict.${v.status}` as Key)} {isKey(why) && v.status !== 'revoked' && t(why)}</span>
    </div>
  );
}

export function Vouched({ verdict: v }: { verdict: CertificateVerdict }) {
  if (!v.hub || !v.site_from || !v.site_until) return null;
  return <p>{t('hub.vouched', { hub: v.hub, scope: placePath(v.scope ?? 'KZ'), from: day(v.site_from), until: day(v.site_until) })}</p>;
}

function Authority({ of: { site }, verdict }: { of: HubCertificate; verdict: CertificateVerdict }) {
  return (
    <section class="panel stack-s">
      <h2>{t('hub.issued-by')}</h2>
      <p><strong><a href={`/sites/${site.id}`}>{site.name || t('hub.unnamed')}</a></strong>, {placePath(site.scope)}{site.contact && ` · ${site.contact}`}</p>
      <Vouched verdict={verdict} />
      <VerdictState verdict={verdict} />
      {site.revoked_at !== undefined && <Notice tone="warn">{t('hub.issuer-cut')}</Notice>}
    </section>
  );
}

const did = (what: string): string => (isKey(`hub.did.${what}`) ? t(`hub.did.${what}` as Key) : what);

/** 'mistake: words' → our word for it, and the words. */
function detailText(a: ReportAudit): string {
  const [reason = '', ...rest] = a.detail.split(': ');
  return a.what === 'certificate.revoked' ? [reasonText(reason), ...rest].join(': ') : a.detail;
}

function History({ of: { certificate: c, supersedes, changed_at, site, orders, audit } }: { of: HubCertificate }) {
  const told = c.state === 'superseded' || (c.state === 'revoked' && !audit.some(a => a.what === 'certificate.revoked'));
  return (
    <section class="panel stack-s">
      <h2>{t('hub.history')}</h2>
      <ol class="steps">
        <li><span>{day(c.held_on)}</span><span>{t('hub.step.issued')}{supersedes && <>; {t('verify.supersedes').toLowerCase()} <a class="digits" href={`/certificates/${supersedes}`}>{supersedes}</a></>}</span></li>
        <li><When at={c.first_at} /><span>{t('hub.step.registered')}</span></li>
        {audit.map(a => <li key={a.number}><When at={a.at} /><span>{did(a.what)}{a.who_name && `, ${a.who_name}`}{a.detail && <span class="sub">{detailText(a)}</span>}</span></li>)}
        {told && <li><When at={changed_at} /><span>{t(c.state === 'superseded' ? 'hub.step.replaced' : 'hub.step.revoked')}</span></li>}
      </ol>
      {orders.map(o => (
        <Notice key={o.what} tone={o.called ? 'good' : 'teal'} icon={o.called ? 'done' : 'wait'}>
          {t(o.called ? 'hub.order-taken' : o.what === 'revoke' ? 'hub.order-revoke' : 'hub.order-correct')} {!o.called && site.heard_at !== undefined && <>{t('hub.heard')}: <When at={site.heard_at} /></>}
        </Notice>
      ))}
    </section>
  );
}

/* ---- changes ---- */

const reasons = ['mistake', 'not-earned', 'request', 'other'] as const;

/** The name in its parts: as signed, where the signed one was not shortened to fit. */
function partsOf(of: HubCertificate): { surname: string; given: string; patronymic: string } {
  const f = of.verdict?.facts, whole = f && `${f.surname}${f.given}${f.patronymic ?? ''}`.indexOf('…') < 0;
  if (f && whole) return { surname: f.surname, given: f.given, patronymic: f.patronymic ?? '' };
  const [surname = '', given = '', ...rest] = of.certificate.holder.split(' ');
  return { surname, given, patronymic: rest.join(' ') };
}

function Changes({ of, run }: { of: HubCertificate; run: (asked: Promise<unknown>) => void }) {
  const params = { serial: of.certificate.serial }, was = partsOf(of);
  const [surname, setSurname] = useState(was.surname), [given, setGiven] = useState(was.given), [patronymic, setPatronymic] = useState(was.patronymic);
  const [reason, setReason] = useState<string>(''), [why, setWhy] = useState('');
  const [wrongName, checkName] = useErrors(['surname', 'given'] as const), [wrongWhy, checkWhy] = useErrors(['reason', 'words'] as const);
  const missing = (text: string): string | undefined => (text.trim() ? undefined : t('hub.fill-in'));
  const name = [surname, given, patronymic].map(part => part.trim()).filter(Boolean).join(' ');
  return (
    <>
      <section class="panel stack">
        <h2>{t('hub.correct')}</h2>
        <p class="muted">{t('hub.correct-what')}</p>
        <Sure button={t('hub.correct-do')} yes={t('hub.correct-yes')} question={t('hub.correct-sure', { name })}
          check={() => checkName({ surname: missing(surname) ?? (name === of.certificate.holder ? t('err.invalid.same-name') : undefined), given: missing(given) })}
          run={() => run(ask('POST /api/hub/certificates/{serial}/correct', { params, body: { surname: surname.trim(), given: given.trim(), patronymic: patronymic.trim() } }))}>
          <div class="two-fields three">
            <TextField id="surname" label={t('person.surname')} value={surname} set={setSurname} error={wrongName.surname} input={{ maxLength: 100 }} />
            <TextField id="given" label={t('person.given')} value={given} set={setGiven} error={wrongName.given} input={{ maxLength: 100 }} />
            <TextField id="patronymic" label={t('person.patronymic')} optional value={patronymic} set={setPatronymic} input={{ maxLength: 100 }} />
          </div>
        </Sure>
      </section>
      <section class="panel stack">
        <h2>{t('hub.revoke')}</h2>
        <p class="muted">{t('hub.revoke-what')}</p>
        <Sure button={t('hub.revoke-do')} look="danger" yes={t('hub.revoke-yes')} question={t('hub.revoke-sure', { serial: params.serial })}
          check={() => checkWhy({ reason: reason ? undefined : t('hub.revoke-choose'), words: reason === 'other' && why.trim().length < 3 ? t('hub.why-missing') : undefined })}
          run={() => run(ask('POST /api/hub/certificates/{serial}/revoke', { params, body: { reason, why: why.trim() } }))}>
          <div class="two-fields">
            <Field id="reason" label={t('hub.why')} error={wrongWhy.reason}>
              <select class="select" id="reason" value={reason} onChange={e => setReason(e.currentTarget.value)} {...tied({ id: 'reason', label: '', error: wrongWhy.reason })}>
                <option value="">{t('hub.choose')}</option>
                {reasons.map(word => <option key={word} value={word}>{t(`hub.revoke.${word}`)}</option>)}
              </select>
            </Field>
            <TextField id="words" label={t('hub.why-words')} optional={reason !== 'other'} value={why} set={setWhy} error={wrongWhy.words} input={{ maxLength: 300 }} />
          </div>
        </Sure>
      </section>
    </>
  );
}
