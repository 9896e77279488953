// SPDX-License-Identifier: Apache-2.0
// What goes down to sites: courses, announcements, the look of certificates, lists of people. One page each, with
// what is in force and who has it.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { HubPublication } from '../../api/routes.gen';
import type { Loaded } from '../../app/state/load';
import { bytes, day } from '../../app/state/format';
import { toast } from '../../app/state/toast';
import { t, type Key } from '../../app/state/words';
import { Ask } from '../../app/ui/Ask';
import { TextField } from '../../app/ui/Field';
import { Icon, type IconName } from '../../app/ui/Icon';
import { Loading, NotLoaded, TroubleNotice } from '../../app/ui/Notice';
import { Desk, Download, number, When } from '../Frame';
import { placePath } from '../regions';
import { ask, mayChange, myScope, useAsk } from '../state';
import { ScopeField } from './Scope';

export type Kind = 'course' | 'news' | 'template' | 'roster';
const kinds: [Kind, string, IconName][] = [['course', '/down', 'book'], ['news', '/down/news', 'info'], ['template', '/down/look', 'seal'], ['roster', '/down/people', 'people']];

export type Published = Loaded<HubPublication[]>;

/** The page of one kind: its form, and what was published. */
export function DownPage({ kind, form, row }: { kind: Kind; form: (published: Published) => ComponentChildren; row?: (p: HubPublication, again: () => void) => ComponentChildren }) {
  const published = useAsk('GET /api/hub/publications', { query: { kind } });
  return (
    <Desk title={t(`hub.down.${kind}` as Key)} head={<p class="muted small">{t('hub.down-what')}</p>}>
      <nav class="tabs" aria-label={t('hub.down')}>
        {kinds.map(([one, at, icon]) => <a key={one} href={at} aria-current={one === kind ? 'page' : undefined}><Icon name={icon} />{t(`hub.down.${one}` as Key)}</a>)}
      </nav>
      {mayChange() && form(published)}
      {!published.data ? published.trouble ? <NotLoaded trouble={published.trouble} again={published.again} /> : <Loading />
        : published.data.length === 0 ? <p class="empty">{t('hub.down.none')}</p>
          : <List kind={kind} rows={published.data} again={published.again} row={row} />}
    </Desk>
  );
}

/** 'KZ-11' holds 'KZ-11/1132'; the country holds everything. */
const covers = (wide: string, narrow: string): boolean => wide === 'KZ' || narrow === wide || narrow.startsWith(`${wide}/`);

function List({ kind, rows, again, row }: { kind: Kind; rows: HubPublication[]; again: () => void; row: ((p: HubPublication, again: () => void) => ComponentChildren) | undefined }) {
  const [trouble, setTrouble] = useState<unknown>();
  const withdraw = (p: HubPublication): void => {
    ask('DELETE /api/hub/publications/{id}', { params: { id: p.id } }).then(() => { toast(t('hub.done')); again(); }, setTrouble);
  };
  return (
    <section class="stack-s">
      <TroubleNotice trouble={trouble} />
      <div class="tools"><h2 class="grow">{t('hub.down.published')}</h2><Download route="GET /api/hub/publications" query={{ kind }} /></div>
      <div class="panel scroll-x" tabIndex={0} role="region" aria-label={t('hub.down.published')}>
        <table class="dense">
          <thead><tr><th scope="col">{t(`hub.down.${kind}` as Key)}</th><th scope="col">{t('hub.area')}</th><th scope="col">{t('hub.down.period')}</th><th scope="col" class="number">{t('hub.down.have')}</th><th scope="col">{t('hub.time')}</th><th scope="col">{t('hub.state')}</th></tr></thead>
          <tbody>{rows.map(p => (
            <tr key={p.id} class={p.ended_at === undefined ? '' : 'over'}>
              <th scope="row">{p.title || '—'}<span class="sub">{amount(p)}</span></th>
              <td>{placePath(p.scope)}</td>
              <td>{period(p)}</td>
              <td class="number digits nowrap">{p.ended_at === undefined ? t('hub.down.of', { have: number(p.have), all: number(p.sites) }) : '—'}</td>
              <td><When at={p.made_at} /><span class="sub">{p.made_by_name ?? t('hub.down.command')}</span></td>
              <td>{p.ended_at !== undefined ? <span class="state calm">{t('hub.down.ended')}</span>
                : (
                  <div class="row">
                    {row?.(p, again)}
                    {mayChange() && covers(myScope(), p.scope) ? <Ask look="plain tight" question={t('hub.down.withdraw-ask')} yes={t('hub.down.withdraw')} run={() => withdraw(p)}>{t('hub.down.withdraw')}</Ask>
                      : !covers(myScope(), p.scope) && <span class="muted small">{t('hub.down.wider')}</span>}
                  </div>
                )}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </section>
  );
}

function amount(p: HubPublication): string {
  if (p.kind === 'course') return `${t('hub.down.parts', { n: p.amount ?? 0 })} · ${bytes(p.bytes)}`;
  return p.kind === 'roster' ? t('hub.down.people', { n: p.amount ?? 0 }) : '';
}

function period(p: HubPublication): string {
  const parts = [p.not_before && t('hub.down.from', { date: day(p.not_before) }), p.not_after && t('hub.down.until', { date: day(p.not_after) })].filter(Boolean);
  return parts.join(' ') || t('hub.down.always');
}

// ---- what every form has ----

export interface Terms { scope: string; from: string; until: string }
export const useTerms = (): [Terms, (part: Partial<Terms>) => void] => {
  const [terms, set] = useState<Terms>({ scope: myScope(), from: '', until: '' });
  return [terms, part => set({ ...terms, ...part })];
};

export function TermsFields({ terms, set, error, days = 'both' }: { terms: Terms; set: (part: Partial<Terms>) => void; error?: string | undefined; days?: 'both' | 'last' | 'none' }) {
  return (
    <>
      <ScopeField id="scope" value={terms.scope} set={scope => set({ scope })} country />
      {days !== 'none' && (
        <div class="two-fields">
          {days === 'both' && <TextField id="from" label={t('hub.down.first-day')} optional value={terms.from} set={from => set({ from })} input={{ type: 'date' }} />}
          <TextField id="until" label={t('hub.down.last-day')} optional={days === 'both'} error={error} value={terms.until} set={until => set({ until })} input={{ type: 'date' }} />
        </div>
      )}
    </>
  );
}
