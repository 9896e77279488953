// SPDX-License-Identifier: Apache-2.0
// The trainer's document of the main origin, /trainer and all below it.
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
import { start, type Place } from './shell';
import { go } from './state/router';
import { hello } from './state/session';
import { useEffect } from 'preact/hooks';
import { Loading } from './ui/Notice';

const trainer: Place['door'] = () => (hello.value?.me?.trainer ? undefined : <SignInPage />);

const places: Place[] = [
  { at: '/trainer', page: () => <HomePage /> },
  { at: '/trainer/courses', page: () => <CoursesPage /> },
  { at: '/trainer/sync', page: () => <SyncPage /> },
  { at: '/trainer/certificate-template', page: () => <TemplatePage /> },
  { at: '/trainer/event/new', page: () => <EventNewPage /> },
  { at: '/trainer/event/:id/wall', page: p => <WallPage id={p.id ?? ''} /> },
  { at: '/trainer/event/:id/person/:person', page: p => <PersonPage id={p.id ?? ''} person={p.person ?? ''} /> },
  { at: '/trainer/event/:id/:tab', page: p => <EventPage id={p.id ?? ''} tab={p.tab ?? ''} /> },
  { at: '/trainer/event/:id', page: p => <EventPage id={p.id ?? ''} tab="poster" /> },
];

/** The first start is made on the laptop; a phone is told so by the learner's document. */
function Begin() {
  const local = hello.value?.local;
  useEffect(() => { if (!local) go('/', true); }, [local]);
  return local ? <StartPage /> : <Loading />;
}

start({ owns: address => /^\/trainer(?![^/?])/.test(address), places: places.map(place => ({ ...place, door: trainer })), notReady: () => <Begin /> });
