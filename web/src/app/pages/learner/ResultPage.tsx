// SPDX-License-Identifier: Apache-2.0
// After the player: what was reached, and what comes next. The address names the attempt (or the course).
import { useEffect } from 'preact/hooks';
import type { MyCourse } from '../../../api/routes.gen';
import { percent, span } from '../../state/format';
import { kept } from '../../state/replay';
import { hello } from '../../state/session';
import { t, titled, type Key } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, Notice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { lookOf, Progress } from '../../ui/State';
import { LaunchButton, useMyCourses } from './CoursesPage';
import { LearnerFrame, WhoBar } from './Frame';

export function ResultPage({ id }: { id: string }) {
  const courses = useMyCourses();
  const waiting = kept.use();
  // What was kept on the phone has just reached the laptop: the result may be another.
  useEffect(() => { if (waiting === 0) courses.again(); }, [waiting]);
  const course = courses.data?.find(c => c.attempt === id || c.id === id);
  usePage(t('result.title'), !!courses.data);
  return (
    <LearnerFrame head={<><h1>{t('result.title')}</h1><WhoBar /></>}>
      {course ? <Result course={course} others={courses.data ?? []} waiting={waiting ?? 0} />
        : courses.data ? <div class="card stack lifted"><p>{t('result.none')}</p><a class="button big full" href="/courses">{t('result.to-courses')}</a></div>
          : courses.trouble ? <NotLoaded trouble={courses.trouble} again={courses.again} /> : <Loading />}
    </LearnerFrame>
  );
}

function Result({ course, others, waiting }: { course: MyCourse; others: MyCourse[]; waiting: number }) {
  const look = lookOf(course.state);
  const done = course.state === 'completed' || course.state === 'passed';
  const open = hello.value?.event ? hello.value.event.open : true;
  const next = others.find(c => c.id !== course.id && (c.state === 'started' || c.state === 'new'));
  return (
    <div class="stack-l">
      <article class={`card lifted result ${look.tone}`}>
        <span class="medal"><Icon name={look.icon} /></span>
        <p class="muted">{titled(course)}</p>
        <h2 class="result-word">{t(`result.${course.state}` as Key)}</h2>
        {waiting > 0 && <Notice tone="warn" icon="phone">{t('result.kept', { n: waiting })}</Notice>}
        <dl class="figures">
          {course.score !== undefined && <div><dt>{t('result.score')}</dt><dd class="digits">{percent(course.score)}</dd></div>}
          {(course.total_time_ms ?? 0) >= 1000 && <div><dt>{t('result.time')}</dt><dd>{span(course.total_time_ms ?? 0)}</dd></div>}
        </dl>
        {!done && <Progress part={course.progress} label={t('course.progress', { title: titled(course) })} />}
        <p>{t(`next.${course.state}` as Key)}</p>
      </article>
      <div class="stack">
        {!done && open && <LaunchButton course={course} look="big" />}
        {done && next && open && (
          <section class="card stack-s next-course"><p class="muted small">{t('result.next')}</p><h3>{titled(next)}</h3><LaunchButton course={next} look="big" /></section>
        )}
        <a class={`button full ${done && !next ? 'big' : 'plain'}`} href="/courses">{t('result.to-courses')}</a>
      </div>
    </div>
  );
}
