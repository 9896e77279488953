// SPDX-License-Identifier: Apache-2.0
// The learner's courses: how far each is, and one large button to go on.
import { useEffect, useRef, useState } from 'preact/hooks';
import { call } from '../../../api/call';
import type { Launched, MyCourse } from '../../../api/routes.gen';
import { get } from '../../../keeper/store';
import { percent } from '../../state/format';
import { useLoad } from '../../state/load';
import { hello, loadHello } from '../../state/session';
import { warmPlayer } from '../../state/warm';
import { language, size, t, titled, type Key } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, Notice, TroubleNotice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { Progress, State } from '../../ui/State';
import { LearnerFrame, WhoBar } from './Frame';

/** Reloads when the page comes back into view, as it does after the player. */
export function useMyCourses() {
  const courses = useLoad(() => call('GET /api/my/courses'), []);
  useEffect(() => {
    const seen = (): void => { if (!document.hidden) { courses.again(); void loadHello(); } };
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('pageshow', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('pageshow', seen);
    };
  }, []);
  return courses;
}

export function CoursesPage() {
  const courses = useMyCourses();
  const certificates = useLoad(() => call('GET /api/my/certificates'), []);
  const have = certificates.data?.length ?? 0;
  const event = hello.value?.event;
  usePage(t('courses.title'), !!courses.data);
  useEffect(() => { if (courses.data) warmPlayer(); }, [courses.data]);
  return (
    <LearnerFrame head={<>{event && <p class="kicker">{event.title}</p>}<h1>{t('courses.title')}</h1><WhoBar /></>}>
      {event && !event.open && <Notice tone="calm" icon="wait">{t('courses.closed')}</Notice>}
      {have > 0 && <a class="card lifted my-certificates" href="/certificates"><Icon name="seal" /><span class="grow">{t('mycert.have', { n: have })}</span><Icon name="next" at="after" /></a>}
      {courses.data && courses.trouble && <Notice tone="warn" icon="nolink" role="status">{t('courses.stale')}</Notice>}
      {courses.data ? <List courses={courses.data} open={event ? event.open : true} />
        : courses.trouble ? <NotLoaded trouble={courses.trouble} again={courses.again} /> : <Loading />}
    </LearnerFrame>
  );
}

function List({ courses, open }: { courses: MyCourse[]; open: boolean }) {
  if (!courses.length) return <div class="card stack center empty-card"><Icon name="book" /><h2>{t('courses.none')}</h2><p class="muted">{t('courses.none-what')}</p></div>;
  return <ul class="stack course-list">{courses.map(c => <li key={c.id}><CourseCard course={c} open={open} /></li>)}</ul>;
}

const verbs: Record<string, Key> = { new: 'verb.start', started: 'verb.continue', completed: 'verb.again', passed: 'verb.again', failed: 'verb.retry' };

export function CourseCard({ course, open }: { course: MyCourse; open: boolean }) {
  const done = course.state === 'completed' || course.state === 'passed';
  return (
    <article class={`card course ${course.state}`}>
      <h2>{titled(course)}</h2>
      <p class="row">
        <State state={course.state} />
        {course.score !== undefined && <span class="muted nowrap">{t('course.score', { score: percent(course.score) })}</span>}
      </p>
      {course.state !== 'new' && <Progress part={done ? 1 : course.progress} good={done} label={t('course.progress', { title: titled(course) })} />}
      {open && <LaunchButton course={course} look={done ? 'plain' : 'big'} />}
      {course.attempt && course.state !== 'new' && <a class="button quiet full" href={`/result/${course.attempt}`}>{t('course.result')}</a>}
    </article>
  );
}

/** Drawing "opening" takes a slow phone longer than the laptop's answer, so only a slow answer gets it. */
const SLOW_MS = 250;
/** A finger rests on a button for a tenth of a second before that is a tap: the laptop is asked meanwhile, and the tap takes its answer, unless that is an old one. */
const FRESH_MS = 3000;

export function LaunchButton({ course, look }: { course: MyCourse; look: string }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>();
  const going = useRef(false), asked = useRef<{ at: number; answer: Promise<Launched> } | undefined>(undefined);
  const ask = (): Promise<Launched> => {
    const answer = call('POST /api/my/courses/{id}/launch', { params: { id: course.id } });
    asked.current = { at: performance.now(), answer };
    answer.catch(() => undefined); // told once the tap is one
    return answer;
  };
  const answer = (): Promise<Launched> => asked.current && performance.now() - asked.current.at < FRESH_MS ? asked.current.answer : ask();
  const launch = async (): Promise<void> => {
    if (going.current) return;
    going.current = true;
    setTrouble(undefined);
    const slow = setTimeout(() => setBusy(true), SLOW_MS);
    const done = (): void => {
      clearTimeout(slow);
      going.current = false;
      setBusy(false);
    };
    try {
      const { address, cap } = await answer();
      location.assign(`${address}?lang=${language.value}&size=${size.value}${get(cap).length ? '' : '&kept=0'}`);
      setTimeout(done, 4000); // it comes back from the browser's cache as it was left
    } catch (e) {
      setTrouble(e);
      done();
    }
  };
  return (
    <div class="stack-s launch">
      <button type="button" class={`button full ${look}`} disabled={busy} onPointerDown={() => { if (!going.current) void ask(); }} onClick={() => void launch()} aria-label={`${t(verbs[course.state] ?? 'verb.start')}: ${titled(course)}`}>
        {busy ? <span class="spinner" aria-hidden="true" /> : <Icon name={course.state === 'completed' || course.state === 'passed' ? 'again' : 'play'} />}
        {t(busy ? 'course.opening' : verbs[course.state] ?? 'verb.start')}
      </button>
      <TroubleNotice trouble={trouble} />
    </div>
  );
}
