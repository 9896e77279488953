// SPDX-License-Identifier: Apache-2.0
// The learner's document of the main origin: joining, courses, results, certificates. '/' leads everybody to where
// they begin.
import { useEffect } from 'preact/hooks';
import { CarryPage } from './pages/learner/CarryPage';
import { CertificatesPage } from './pages/learner/CertificatesPage';
import { CoursesPage } from './pages/learner/CoursesPage';
import { LearnerFrame } from './pages/learner/Frame';
import { JoinPage } from './pages/learner/JoinPage';
import { ResultPage } from './pages/learner/ResultPage';
import { start, type Place } from './shell';
import { go, query } from './state/router';
import { hello, loadHello } from './state/session';
import { t } from './state/words';
import { Loading } from './ui/Notice';
import { usePage } from './ui/Page';

const joined: Place['door'] = () => (hello.value?.me ? undefined : <JoinPage />);

const places: Place[] = [
  { at: '/', page: () => <Home /> },
  { at: '/j', page: () => <JoinPage /> },
  { at: '/j/:code', page: p => <JoinPage code={p.code ?? ''} /> },
  { at: '/carry/:pass', page: p => <CarryPage pass={p.pass ?? ''} /> },
  { at: '/courses', door: joined, page: () => leftCourse() },
  { at: '/result/:id', door: joined, page: p => <ResultPage id={p.id ?? ''} /> },
  { at: '/certificates', door: joined, page: () => <CertificatesPage /> },
];

/** The player leads back to '/courses?left=COURSE': first what was reached there. */
function leftCourse() {
  const left = query('left');
  return left ? <ResultPage id={left} /> : <CoursesPage />;
}

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

/** The laptop itself makes the first start, in the trainer's document. */
function BeforeStart() {
  useEffect(() => { if (hello.value?.local) go('/trainer', true); }, []);
  return hello.value?.local ? <Loading /> : <NotReady />;
}

start({ owns: address => !/^\/trainer(?![^/?])/.test(address), places, notReady: () => <BeforeStart /> });
