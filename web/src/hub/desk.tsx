// SPDX-License-Identifier: Apache-2.0
// What the documents of a centre's desk have in common: who is at it, which page. A link from one to the other loads
// the other document.
import { options, render, type ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { patience } from '../app/state/load';
import { match, path } from '../app/state/router';
import { language, size, t } from '../app/state/words';
import { Loading, NotLoaded } from '../app/ui/Notice';
import { Toasts } from '../app/ui/Page';
import { Desk } from './Frame';
import { hello, helloTrouble, loadHello, rememberLanguage } from './state';
import { SignIn } from './pages/Doors';

export interface World {
  /** Whether an address is of this document; the others are loaded. */
  owns: (address: string) => boolean;
  pages: Page[];
  /** Pages for whoever has not signed in; `early` ones do not even ask who that is. */
  doors?: (Page & { early?: boolean })[];
}
export interface Page { at: string; page: (p: Record<string, string>) => ComponentChildren }

function find(pages: Page[], here: string): ComponentChildren | undefined {
  for (const { at, page } of pages) {
    const params = match(at, here);
    if (params) return page(params);
  }
  return undefined;
}

function App({ pages, owns, doors = [] }: World) {
  const hub = hello.use(), trouble = helloTrouble.use(), here = path.use(), spoken = language.use();
  size.use();
  useEffect(rememberLanguage, [spoken]);
  useEffect(() => {
    if (hub || !trouble) return;
    const later = setTimeout(() => void loadHello(), patience(1, trouble.retryAfter));
    return () => clearTimeout(later);
  }, [trouble, hub]);
  const mine = owns(here);
  useEffect(() => { if (!mine) location.replace(here); }, [mine, here]);
  if (!mine) return <main class="page"><Loading /></main>;
  const early = find(doors.filter(d => d.early), here);
  if (early) return early;
  if (!hub) return <main class="page">{trouble ? <NotLoaded trouble={trouble} again={() => void loadHello()} /> : <Loading />}</main>;
  const door = find(doors, here);
  if (door) return door;
  if (!hub.me) return <SignIn />;
  return find(pages, here) ?? <Desk title={t('page.not-found')}><p class="empty">{t('page.not-found-what')} <a href="/">{t('hub.overview')}</a></p></Desk>;
}

// Preact would use queueMicrotask, which Chrome has since 71 and Safari since 12.1.
options.debounceRendering = run => void Promise.resolve().then(run);

export function startDesk(world: World): void {
  const root = document.getElementById('app');
  if (!root) return;
  render(<><App {...world} /><Toasts /></>, root);
  void loadHello();
}
