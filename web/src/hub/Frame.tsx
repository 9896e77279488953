// SPDX-License-Identifier: Apache-2.0
// Around every page of the desk: where one can go, who one is.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { address, type Asking } from '../api/call';
import type { HubRoutes } from '../api/routes.gen';
import { path } from '../app/state/router';
import { language, t, type Key } from '../app/state/words';
import { Icon, Mark, type IconName } from '../app/ui/Icon';
import { Notice } from '../app/ui/Notice';
import { usePage } from '../app/ui/Page';
import { LanguageChoice } from '../app/ui/Top';
import { placeName } from './regions';
import { hello, isNational, mayChange, myScope, signOut } from './state';

const places: { at: string; word: Key; icon: IconName; who?: () => boolean }[] = [
  { at: '/', word: 'hub.overview', icon: 'pin' },
  { at: '/attention', word: 'hub.attention', icon: 'warn' },
  { at: '/sites', word: 'hub.sites', icon: 'screen' },
  { at: '/people', word: 'hub.people', icon: 'people' },
  { at: '/certificates', word: 'hub.certificates', icon: 'star' },
  { at: '/down', word: 'hub.down', icon: 'download' },
  { at: '/files', word: 'hub.files', icon: 'disk' },
  { at: '/team', word: 'hub.team', icon: 'person', who: isNational },
  { at: '/audit', word: 'hub.audit', icon: 'book', who: () => myScope() === 'KZ' },
];

export function Desk({ title, head, children }: { title: string; head?: ComponentChildren; children: ComponentChildren }) {
  usePage(title);
  const here = path.use().replace(/\?.*/, ''), me = hello.value?.me;
  const [open, setOpen] = useState(false);
  const isHere = (at: string): boolean => (at === '/' ? here === '/' : here === at || here.startsWith(`${at}/`));
  return (
    <div class="desk">
      <a class="skip" href="#main">{t('common.skip')}</a>
      <header class="side dark">
        <div class="side-head">
          <a class="brand" href="/"><Mark /><span class="brand-name">Kenes</span></a>
          <button type="button" class="button quiet side-open" aria-expanded={open} onClick={() => setOpen(!open)}>{t('hub.menu')}</button>
        </div>
        <div class={open ? 'side-body open' : 'side-body'}>
          <nav aria-label={t('hub.nav')} onClick={() => setOpen(false)}>
            {places.filter(p => !p.who || p.who()).map(p => (
              <a key={p.at} href={p.at} aria-current={isHere(p.at) ? 'page' : undefined}><Icon name={p.icon} />{t(p.word)}</a>
            ))}
          </nav>
          <div class="side-foot">
            <p class="side-me"><strong>{me?.name}</strong><span>{t(`hub.role.${me?.role ?? 'auditor'}` as 'hub.role.auditor')}, {placeName(myScope())}</span></p>
            <LanguageChoice />
            <button type="button" class="button quiet tight" onClick={() => void signOut()}><Icon name="out" />{t('hub.sign-out')}</button>
          </div>
        </div>
      </header>
      <main id="main" class="desk-main">
        <div class="desk-head"><div class="grow">{head}<h1>{title}</h1></div></div>
        {!mayChange() && <p class="desk-note"><Notice>{t('hub.read-only')}</Notice></p>}
        {children}
      </main>
    </div>
  );
}

/** The same rows as on the screen, as a table for a spreadsheet. */
export function Download<R extends keyof HubRoutes>({ route, query }: { route: R; query?: Record<string, string> }) {
  const file = (as: string): string => {
    const asking: Pick<Asking<R>, 'query'> = { query: { ...query, as, language: language.value } };
    return address(route, asking);
  };
  return (
    <span class="downloads">
      <a class="button plain tight" href={file('xlsx')} download><Icon name="download" />{t('hub.download')}</a>
      <a class="button quiet tight" href={file('csv')} download aria-label={t('hub.download-csv')}>CSV</a>
    </span>
  );
}

/** A short code is shown once: said, typed or scanned. */
export function CodeShown({ code, qr, what }: { code: string; qr: string; what: string }) {
  return (
    <div class="code-shown" role="status">
      <img src={`data:image/svg+xml,${encodeURIComponent(qr)}`} alt="" width="176" height="176" />
      <div class="stack-s"><p>{what}</p><p class="code digits">{code}</p><p class="muted small">{t('hub.code-once')}</p></div>
    </div>
  );
}

/** A time, as the country's clock shows it. */
export function When({ at }: { at: number | undefined }) {
  if (at === undefined) return <span class="muted">—</span>;
  const text = new Date(at + 5 * 3600000).toISOString();
  return <time class="nowrap digits" dateTime={new Date(at).toISOString()}>{text.slice(8, 10)}.{text.slice(5, 7)}.{text.slice(0, 4)} {text.slice(11, 16)}</time>;
}

/** Days since, in words. */
export function daysSince(at: number): string {
  return t('hub.days', { n: Math.floor((Date.now() - at) / 86400000) });
}

export const number = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
