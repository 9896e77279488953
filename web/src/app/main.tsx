// SPDX-License-Identifier: Apache-2.0
// The app of the main origin: who is here, which page, and what to show when neither can be known.
import { Component, options, render, type ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { CertificatesPage as MyCertificatesPage } from './pages/learner/CertificatesPage';
import { CoursesPage as MyCoursesPage } from './pages/learner/CoursesPage';
import { LearnerFrame } from './pages/learner/Frame';
import { JoinPage } from './pages/learner/JoinPage';
import { ResultPage } from './pages/learner/ResultPage';
import { CoursesPage } from './pages/trainer/CoursesPage';
import { EventNewPage } from './pages/trainer/EventNewPage';
import { EventPage } from './pages/trainer/EventPage';
import { HomePage } from './pages/trainer/HomePage';
import { PersonPage } from './pages/trainer/PersonPage';
import { WallPage } from './pages/trainer/PosterTab';
import { SignInPage } from './pages/trainer/SignInPage';
import { StartPage } from './pages/trainer/StartPage';
import { SyncPage } from './pages/trainer/SyncPage';
import { TemplatePage } from './pages/trainer/TemplatePage';
import { patience } from './state/load';
import { keepReplaying } from './state/replay';
import { go, match, path, query } from './state/router';
import { hello, helloTrouble, loadHello } from './state/session';
import { language, size, t } from './state/words';
import { Loading, NotLoaded } from './ui/Notice';
import { Toasts, usePage } from './ui/Page';

type Params = Record<string, string>;
type Who = 'anyone' | 'learner' | 'trainer';

/** Every address of the app. A page for somebody else leads to where that somebody can sign in. */
const pages: { at: string; who: Who; page: (p: Params) => ComponentChildren }[] = [
  { at: '/j', who: 'anyone', page: () => <JoinPage /> },
  { at: '/j/:code', who: 'anyone', page: p => <JoinPage code={p.code ?? ''} /> },
  { at: '/courses', who: 'learner', page: () => leftCourse() },
  { at: '/result/:id', who: 'learner', page: p => <ResultPage id={p.id ?? ''} /> },
  { at: '/certificates', who: 'learner', page: () => <MyCertificatesPage /> },
  { at: '/trainer', who: 'trainer', page: () => <HomePage /> },
  { at: '/trainer/courses', who: 'trainer', page: () => <CoursesPage /> },
  { at: '/trainer/sync', who: 'trainer', page: () => <SyncPage /> },
  { at: '/trainer/certificate-template', who: 'trainer', page: () => <TemplatePage /> },
  { at: '/trainer/event/new', who: 'trainer', page: () => <EventNewPage /> },
  { at: '/trainer/event/:id/wall', who: 'trainer', page: p => <WallPage id={p.id ?? ''} /> },
  { at: '/trainer/event/:id/person/:person', who: 'trainer', page: p => <PersonPage id={p.id ?? ''} person={p.person ?? ''} /> },
  { at: '/trainer/event/:id/:tab', who: 'trainer', page: p => <EventPage id={p.id ?? ''} tab={p.tab ?? ''} /> },
  { at: '/trainer/event/:id', who: 'trainer', page: p => <EventPage id={p.id ?? ''} tab="poster" /> },
];

/** The player leads back to '/courses?left=COURSE': first what was reached there. */
function leftCourse() {
  const left = query('left');
  return left ? <ResultPage id={left} /> : <MyCoursesPage />;
}

function App() {
  const site = hello.use(), trouble = helloTrouble.use(), here = path.use();
  language.use();
  size.use();
  useEffect(() => {
    if (site || !trouble) return;
    const later = setTimeout(() => void loadHello(), patience(1, trouble.retryAfter));
    return () => clearTimeout(later);
  }, [trouble, site]);
  if (!site) return <LearnerFrame>{trouble ? <NotLoaded trouble={trouble} again={() => void loadHello()} /> : <Loading />}</LearnerFrame>;

  const me = site.me;
  if (!site.ready) return site.local ? <StartPage /> : <NotReady />;
  if (match('/', here)) return <Home />;
  for (const { at, who, page } of pages) {
    const params = match(at, here);
    if (!params) continue;
    if (who === 'trainer' && !me?.trainer) return <SignInPage />;
    if (who === 'learner' && !me) return <JoinPage />;
    return page(params);
  }
  return <NotFound />;
}

/** '/' is where people begin: it leads each to their own page. */
function Home() {
  const site = hello.value;
  const to = site?.me?.trainer ? '/trainer' : site?.me ? '/courses' : site?.local ? '/trainer' : '/j';
  useEffect(() => go(to, true), [to]);
  return <Loading />;
}

/** A phone came before the trainer finished the first start. */
function NotReady() {
  usePage(t('not-ready.title'));
  useEffect(() => {
    const timer = setInterval(() => void loadHello(), 5000);
    return () => clearInterval(timer);
  }, []);
  return <LearnerFrame head={<h1>{t('not-ready.title')}</h1>}><p class="card lifted large">{t('not-ready.what')}</p></LearnerFrame>;
}

function NotFound() {
  usePage(t('err.not-found'));
  return <LearnerFrame head={<h1>{t('page.not-found')}</h1>}><div class="card lifted stack"><p>{t('page.not-found-what')}</p><a class="button big full" href="/">{t('page.home')}</a></div></LearnerFrame>;
}

/** A mistake of ours must not leave an empty screen. */
class Guard extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };
  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ broken: true });
  }
  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main class="page stack broken">
        <h1>{t('broken.title')}</h1>
        <p>{t('broken.what')}</p>
        <p><button type="button" class="button big" onClick={() => location.reload()}>{t('broken.reload')}</button></p>
      </main>
    );
  }
}

// Preact would use queueMicrotask, which Chrome has since 71 and Safari since 12.1.
options.debounceRendering = run => void Promise.resolve().then(run);

const root = document.getElementById('app');
if (root) {
  render(<Guard><App /><Toasts /></Guard>, root);
  void loadHello();
  keepReplaying();
}
