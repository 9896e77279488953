// SPDX-License-Identifier: Apache-2.0
// People: searching, one of them, those who may be one.
import { useState } from 'preact/hooks';
import type { ReportPair, ReportPerson } from '../../api/routes.gen';
import { day, fullName, percent } from '../../app/state/format';
import { go, path, query } from '../../app/state/router';
import { toast } from '../../app/state/toast';
import { t, type Key } from '../../app/state/words';
import { Ask } from '../../app/ui/Ask';
import { Icon } from '../../app/ui/Icon';
import { Loading, Notice, NotLoaded, TroubleNotice } from '../../app/ui/Notice';
import { Desk, Download, number, When } from '../Frame';
import { placePath } from '../regions';
import { ask, hello, mayChange, useAsk } from '../state';
import { CertificateState } from './Certificates';
import { Reason, Search } from './Pieces';

export const nameOf = (p: ReportPerson): string => fullName(p) || t('hub.nameless');

export function People() {
  path.use();
  const find = query('find') ?? '';
  const people = useAsk('GET /api/hub/people', { query: { find } });
  return (
    <Desk title={t('hub.people')}>
      <div class="tools">
        <Search label={t('hub.people-find')} value={find} run={text => go(`/people?find=${encodeURIComponent(text)}`)} />
        <span class="push row"><Download route="GET /api/hub/people" query={{ find }} /><a class="button plain tight" href="/duplicates"><Icon name="people" />{t('hub.duplicates')}</a></span>
      </div>
      {!people.data ? people.trouble ? <NotLoaded trouble={people.trouble} again={people.again} /> : <Loading />
        : people.data.length === 0 ? <p class="empty">{t(find ? 'hub.none-found' : 'hub.people-none')}</p> : (
          <div class="panel scroll-x" tabIndex={0} role="region" aria-label={t('hub.people')}>
            <table class="dense">
              <thead><tr><th scope="col">{t('hub.name')}</th><th scope="col">{t('hub.council')}</th><th scope="col">{t('hub.area')}</th><th scope="col" class="number">{t('hub.completions')}</th><th scope="col" class="number">{t('hub.certificates')}</th></tr></thead>
              <tbody>{people.data.map(p => (
                <tr key={p.id}><th scope="row"><a href={`/people/${p.id}`}>{nameOf(p)}</a></th><td>{p.council_name ?? '—'}</td><td>{placePath(p.scope)}</td><td class="number digits">{number(p.completions)}</td><td class="number digits">{number(p.certificates)}</td></tr>
              ))}</tbody>
            </table>
          </div>
        )}
      {people.data && people.data.length >= 100 && <p class="muted">{t('hub.more')}</p>}
    </Desk>
  );
}

export const resultWord = (completion: string, success: string): Key => (success === 'passed' ? 'state.passed' : success === 'failed' ? 'state.failed' : completion === 'completed' ? 'state.completed' : 'state.started');

export function Person({ id }: { id: string }) {
  const seen = useAsk('GET /api/hub/people/{id}', { params: { id } });
  const [trouble, setTrouble] = useState<unknown>();
  const run = (asked: Promise<unknown>): void => { asked.then(() => { setTrouble(undefined); toast(t('hub.done')); seen.again(); }, setTrouble); };
  if (!seen.data) return <Desk title={t('hub.person')}>{seen.trouble ? <NotLoaded trouble={seen.trouble} again={seen.again} /> : <Loading />}</Desk>;
  const { person: p, results, certificates, merged, has_iin } = seen.data;
  const erased = p.erased_at !== undefined;
  return (
    <Desk title={erased ? t('hub.erased') : nameOf(p)} head={<nav class="crumbs"><a href="/people">{t('hub.people')}</a></nav>}>
      <TroubleNotice trouble={trouble} />
      {p.merged_into && <Notice tone="teal">{t('hub.merged-into')} <a href={`/people/${p.merged_into}`}>{t('hub.merged-see')}</a>{mayChange() && <> <button type="button" class="button plain tight" onClick={() => run(ask('POST /api/hub/people/{id}/unmerge', { params: { id } }))}>{t('hub.unmerge')}</button></>}</Notice>}
      <div class="panel"><dl class="facts">
        <div><dt>{t('hub.council')}</dt><dd>{p.council_name ?? '—'}</dd></div>
        <div><dt>{t('hub.area')}</dt><dd>{placePath(p.scope)}</dd></div>
        <div><dt>{t('hub.site')}</dt><dd><a href={`/sites/${p.site}`}>{p.site_name || t('hub.unnamed')}</a></dd></div>
        <div><dt>{t('hub.first')}</dt><dd><When at={p.first_at} /></dd></div>
      </dl></div>
      <section class="panel stack-s">
        <h2>{t('hub.results')}</h2>
        {results.length === 0 ? <p class="muted">{t('hub.results-none')}</p> : (
          <div class="scroll-x" tabIndex={0} role="region" aria-label={t('hub.results')}><table class="dense"><thead><tr><th scope="col">{t('hub.course')}</th><th scope="col">{t('hub.state')}</th><th scope="col" class="number">{t('hub.score')}</th><th scope="col">{t('hub.event')}</th></tr></thead>
            <tbody>{results.map((r, i) => <tr key={i}><th scope="row">{r.title}</th><td>{t(resultWord(r.completion, r.success))}</td><td class="number digits">{r.score === undefined ? '—' : percent(r.score)}</td><td>{r.event}{r.held_on && `, ${day(r.held_on)}`}</td></tr>)}</tbody></table></div>
        )}
      </section>
      <section class="panel stack-s">
        <h2>{t('hub.certificates')}</h2>
        {certificates.length === 0 ? <p class="muted">{t('hub.certificates-none')}</p> : (
          <div class="scroll-x" tabIndex={0} role="region" aria-label={t('hub.certificates')}><table class="dense"><thead><tr><th scope="col">{t('hub.serial')}</th><th scope="col">{t('hub.course')}</th><th scope="col">{t('hub.date')}</th><th scope="col">{t('hub.state')}</th></tr></thead>
            <tbody>{certificates.map(c => <tr key={c.serial}><th scope="row" class="digits"><a href={`/certificates/${c.serial}`}>{c.serial}</a></th><td>{c.title}</td><td>{day(c.held_on)}</td><td><CertificateState state={c.state} /></td></tr>)}</tbody></table></div>
        )}
      </section>
      {merged.length > 0 && <section class="panel stack-s"><h2>{t('hub.merged')}</h2><ul>{merged.map(m => <li key={m.id}><a href={`/people/${m.id}`}>{nameOf(m)}</a>, {m.council_name ?? '—'}, {placePath(m.scope)}</li>)}</ul></section>}
      {has_iin && mayChange() && <Iin id={id} />}
      {mayChange() && !erased && (
        <section class="panel stack">
          <h2>{t('hub.own-data')}</h2><p class="muted">{t('hub.own-data-what')}</p>
          <div class="row wide">
            <a class="button plain" href={`/people/${id}/data`}><Icon name="book" />{t('hub.data')}</a>
            <Ask question={t('hub.erase-sure')} yes={t('hub.erase-yes')} run={() => run(ask('POST /api/hub/people/{id}/erase', { params: { id } }))}>{t('hub.erase')}</Ask>
          </div>
        </section>
      )}
    </Desk>
  );
}

/** Shown once: when the page is left it is gone, and opening it again is another line in the log. */
function Iin({ id }: { id: string }) {
  const [iin, setIin] = useState<string>(), [trouble, setTrouble] = useState<unknown>();
  const may = hello.value?.me?.opens_iin;
  return (
    <section class="panel stack">
      <h2>{t('hub.iin')}</h2>
      <TroubleNotice trouble={trouble} />
      {iin ? (
        <div class="row wide" role="status"><span class="code digits">{iin}</span><button type="button" class="button plain" onClick={() => setIin(undefined)}>{t('hub.iin-hide')}</button></div>
      ) : (
        <>
          <p class="muted">{t(may ? 'hub.iin-what' : 'hub.iin-not-yours')}</p>
          {may && <Reason id="iin-why" look="" button={t('hub.iin-open')} run={why => { setTrouble(undefined); ask('POST /api/hub/people/{id}/iin', { params: { id }, body: { why } }).then(told => setIin(told.iin), setTrouble); }} />}
        </>
      )}
    </section>
  );
}

export function Duplicates() {
  const pairs = useAsk('GET /api/hub/duplicates');
  const [trouble, setTrouble] = useState<unknown>();
  const merge = (one: string, into: string): void => {
    ask('POST /api/hub/people/{id}/merge', { params: { id: one }, body: { into } }).then(() => { toast(t('hub.done')); pairs.again(); }, setTrouble);
  };
  return (
    <Desk title={t('hub.duplicates')} head={<nav class="crumbs"><a href="/people">{t('hub.people')}</a></nav>}>
      <p class="muted">{t('hub.duplicates-what')}</p>
      <TroubleNotice trouble={trouble} />
      {!pairs.data ? pairs.trouble ? <NotLoaded trouble={pairs.trouble} again={pairs.again} /> : <Loading />
        : pairs.data.length === 0 ? <p class="empty all-well"><Icon name="done" />{t('hub.duplicates-none')}</p>
          : <ul class="attention">{pairs.data.map(pair => <li key={pair.one.id + pair.other.id} class="panel"><Pair pair={pair} merge={merge} /></li>)}</ul>}
    </Desk>
  );
}

function Pair({ pair: { one, other, same_council }, merge }: { pair: ReportPair; merge: (one: string, into: string) => void }) {
  return (
    <>
      <div class="pair">{[one, other].map(p => (
        <div key={p.id}><h2><a href={`/people/${p.id}`}>{nameOf(p)}</a></h2><p>{p.council_name ?? '—'}</p><p class="small muted">{p.site_name} · {t('hub.has', { n: number(p.completions), m: number(p.certificates) })}</p></div>
      ))}</div>
      <div class="row"><span class={`state ${same_council ? 'teal' : 'warn'}`}><Icon name="people" />{t(same_council ? 'hub.same-council' : 'hub.other-council')}</span>
        {mayChange() && <span class="push"><Ask look="plain tight" question={t('hub.merge-sure')} yes={t('hub.merge-yes')} run={() => merge(other.id, one.id)}>{t('hub.merge')}</Ask></span>}</div>
    </>
  );
}
