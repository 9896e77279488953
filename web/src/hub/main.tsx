// SPDX-License-Identifier: Apache-2.0
// The desk of a centre: who is at it, which page.
import { options, render, type ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { patience } from '../app/state/load';
import { match, path } from '../app/state/router';
import { language, size, t } from '../app/state/words';
import { Loading, NotLoaded } from '../app/ui/Notice';
import { Toasts } from '../app/ui/Page';
import { Desk } from './Frame';
import { Attention } from './pages/Attention';
import { Certificate } from './pages/Certificate';
import { Certificates } from './pages/Certificates';
import { Courier } from './pages/Courier';
import { SignIn, Start } from './pages/Doors';
import { DownCourses, DownNews, DownRosters } from './pages/DownForms';
import { DownLook } from './pages/DownLook';
import { Overview } from './pages/Overview';
import { Files } from './pages/Files';
import { Members } from './pages/Members';
import { Duplicates, People, Person } from './pages/People';
import { PersonData } from './pages/PersonData';
import { Retention } from './pages/Retention';
import { Invite, Site, Sites } from './pages/Sites';
import { Audit, Team } from './pages/Team';
import { Verify } from './pages/Verify';
import { useWords } from './speak';
import { hello, helloTrouble, loadHello, rememberLanguage } from './state';

const pages: { at: string; page: (p: Record<string, string>) => ComponentChildren }[] = [
  { at: '/', page: () => <Overview /> },
  { at: '/attention', page: () => <Attention /> },
  { at: '/sites', page: () => <Sites /> },
  { at: '/sites/invite', page: () => <Invite /> },
  { at: '/sites/:id', page: p => <Site key={p.id} id={p.id ?? ''} /> },
  { at: '/people', page: () => <People /> },
  { at: '/people/:id', page: p => <Person key={p.id} id={p.id ?? ''} /> },
  { at: '/people/:id/data', page: p => <PersonData key={p.id} id={p.id ?? ''} /> },
  { at: '/duplicates', page: () => <Duplicates /> },
  { at: '/certificates', page: () => <Certificates /> },
  { at: '/certificates/verify', page: () => <Verify /> },
  { at: '/certificates/:serial', page: p => <Certificate key={p.serial} serial={p.serial ?? ''} /> },
  { at: '/down', page: () => <DownCourses /> },
  { at: '/down/news', page: () => <DownNews /> },
  { at: '/down/look', page: () => <DownLook /> },
  { at: '/down/people', page: () => <DownRosters /> },
  { at: '/files', page: () => <Files /> },
  { at: '/members', page: () => <Members /> },
  { at: '/retention', page: () => <Retention /> },
  { at: '/team', page: () => <Team /> },
  { at: '/audit', page: () => <Audit /> },
];

function App() {
  const hub = hello.use(), trouble = helloTrouble.use(), here = path.use(), spoken = language.use();
  const worded = useWords();
  size.use();
  useEffect(rememberLanguage, [spoken]);
  useEffect(() => {
    if (hub || !trouble) return;
    const later = setTimeout(() => void loadHello(), patience(1, trouble.retryAfter));
    return () => clearTimeout(later);
  }, [trouble, hub]);
  if (!worded) return <main class="page"><p class="loading"><span class="spinner" aria-hidden="true" /></p></main>;
  if (match('/courier', here)) return <Courier />;
  if (!hub) return <main class="page">{trouble ? <NotLoaded trouble={trouble} again={() => void loadHello()} /> : <Loading />}</main>;
  if (match('/start', here)) return <Start />;
  if (!hub.me) return <SignIn />;
  for (const { at, page } of pages) {
    const params = match(at, here);
    if (params) return page(params);
  }
  return <Desk title={t('page.not-found')}><p class="empty">{t('page.not-found-what')} <a href="/">{t('hub.overview')}</a></p></Desk>;
}

// Preact would use queueMicrotask, which Chrome has since 71 and Safari since 12.1.
options.debounceRendering = run => void Promise.resolve().then(run);

const root = document.getElementById('app');
if (root) {
  render(<><App /><Toasts /></>, root);
  void loadHello();
}
