// SPDX-License-Identifier: Apache-2.0
// All that the centre holds about one person, to be read and printed for them; and the same as a file.
import type { ComponentChildren } from 'preact';
import { address } from '../../api/call';
import type { ReportAudit, ReportExport } from '../../api/routes.gen';
import { day, percent } from '../../app/state/format';
import { language, t, type Key } from '../../app/state/words';
import { Icon } from '../../app/ui/Icon';
import { Loading, NotLoaded } from '../../app/ui/Notice';
import { isKey, isLanguage } from '../../words/words';
import { Desk, When } from '../Frame';
import { placePath } from '../regions';
import { useAsk } from '../state';
import { CertificateState, reasonText } from './Certificates';
import { nameOf, resultWord } from './People';

const kindText = (kind: string): string => (isKey(`hub.kind.${kind}`) ? t(`hub.kind.${kind}` as Key) : kind);
const did = (a: ReportAudit): string => (isKey(`hub.did.${a.what}`) ? t(`hub.did.${a.what}` as Key) : a.what);

export function PersonData({ id }: { id: string }) {
  const seen = useAsk('GET /api/hub/people/{id}/export', { params: { id } });
  const crumbs = <nav class="crumbs"><a href="/people">{t('hub.people')}</a><a href={`/people/${id}`}>{t('hub.person')}</a></nav>;
  return (
    <Desk title={t('hub.data')} head={crumbs}>
      {!seen.data ? seen.trouble ? <NotLoaded trouble={seen.trouble} again={seen.again} /> : <Loading /> : (
        <>
          <p class="muted">{t('hub.data-what')}</p>
          <div class="row wide no-print">
            <button type="button" class="button" onClick={() => window.print()}><Icon name="print" />{t('hub.print')}</button>
            <a class="button plain" href={address('GET /api/hub/people/{id}/export', { params: { id }, query: { as: 'file' } })} download><Icon name="download" />{t('hub.export')}</a>
          </div>
          <Sheet data={seen.data} />
        </>
      )}
    </Desk>
  );
}

function Sheet({ data: { known, language: spoken, presence, records, audit } }: { data: ReportExport }) {
  const p = known.person;
  return (
    <article class="panel stack data-sheet" lang={language.value}>
      <h2>{p.erased_at === undefined ? nameOf(p) : t('hub.erased')}</h2>
      <dl class="facts">
        <div><dt>{t('hub.council')}</dt><dd>{p.council_name ?? '—'}</dd></div>
        <div><dt>{t('hub.area')}</dt><dd>{placePath(p.scope)}</dd></div>
        <div><dt>{t('hub.site')}</dt><dd>{p.site_name}</dd></div>
        <div><dt>{t('hub.first')}</dt><dd><When at={p.first_at} /></dd></div>
        <div><dt>{t('hub.data-language')}</dt><dd>{isLanguage(spoken) ? t(`hub.data-language.${spoken}`) : '—'}</dd></div>
        <div><dt>{t('hub.iin')}</dt><dd>{t(known.has_iin ? 'hub.data-iin' : 'hub.data-no-iin')}</dd></div>
      </dl>
      <Rows title="hub.data-days" none="hub.data-none" rows={presence.map(d => [day(d.held_on), `${d.title}${d.place ? `, ${d.place}` : ''}`, t(d.present ? 'hub.data-present' : 'hub.data-absent')])} />
      <Rows title="hub.results" none="hub.data-none" rows={known.results.map(r => [<When at={r.at} />, r.title, <>{t(resultWord(r.completion, r.success))}{r.score !== undefined && `, ${percent(r.score)}`}</>])} />
      <Rows title="hub.certificates" none="hub.data-none" rows={known.certificates.map(c => [day(c.held_on), <><span class="digits">{c.serial}</span>, {c.title}</>, <><CertificateState state={c.state} />{c.why && ` ${reasonText(c.why)}`}</>])} />
      <Rows title="hub.data-records" none="hub.data-none" rows={records.map(r => [<When at={r.received_at} />, kindText(r.kind), r.body === undefined ? t('hub.data-wiped') : <Said body={r.body as Record<string, unknown>} />])} />
      <Rows title="hub.data-audit" none="hub.data-none" rows={audit.map(a => [<When at={a.at} />, did(a), a.who_name ?? (isKey(`hub.who.${a.who}`) ? t(`hub.who.${a.who}` as Key) : '—')])} />
    </article>
  );
}

const names: Record<string, Key> = {
  surname: 'person.surname', given: 'person.given', patronymic: 'person.patronymic', council_name: 'hub.council', language: 'hub.data-language', holder: 'hub.holder',
  title: 'hub.course', serial: 'hub.serial', held_on: 'hub.date', valid_until: 'verify.valid-until', says: 'hub.data-says', why: 'hub.why', region: 'hub.area',
};

/** What a record says about a person, by name; ids and signatures are in the file alone. */
function Said({ body }: { body: Record<string, unknown> }) {
  const told = Object.keys(names).filter(name => typeof body[name] === 'string' && body[name]);
  if (!told.length) return <span class="muted">—</span>;
  return <dl class="said">{told.map(name => <div key={name}><dt>{t(names[name] ?? 'hub.about')}: </dt><dd>{String(body[name])}</dd></div>)}</dl>;
}

function Rows({ title, none, rows }: { title: Key; none: Key; rows: ComponentChildren[][] }) {
  return (
    <section class="stack-s">
      <h3>{t(title)}</h3>
      {rows.length === 0 ? <p class="muted">{t(none)}</p>
        : <div class="scroll-x" tabIndex={0} role="region" aria-label={t(title)}><table class="dense"><tbody>{rows.map((cells, i) => <tr key={i}>{cells.map((cell, j) => <td key={j}>{cell}</td>)}</tr>)}</tbody></table></div>}
    </section>
  );
}
