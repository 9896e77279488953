// SPDX-License-Identifier: Apache-2.0
// The site's courses, and new ones coming in.
import { useEffect } from 'preact/hooks';
import { call } from '../../../api/call';
import type { CentreCourse, Course } from '../../../api/routes.gen';
import { errorText } from '../../state/errors';
import { bytes, day } from '../../state/format';
import { imports } from '../../state/imports';
import { useLoad } from '../../state/load';
import { toast } from '../../state/toast';
import { t, titled, type Key } from '../../state/words';
import { Ask } from '../../ui/Ask';
import { Icon, type IconName } from '../../ui/Icon';
import { Loading, NotLoaded, Notice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { TrainerFrame } from './Frame';
import { DropZone, Imports } from './ImportPanel';

export function CoursesPage() {
  const courses = useLoad(() => call('GET /api/courses'), []), centre = useLoad(() => call('GET /api/courses/centre'), []);
  const refused = (centre.data ?? []).filter(c => !c.here && c.state !== 'withdrawn').length;
  const done = imports.use().filter(one => one.state === 'done').length;
  useEffect(() => { if (done) courses.again(); }, [done]);
  usePage(t('trainer.courses'));
  const drop = async (course: Course): Promise<void> => {
    try {
      await call('DELETE /api/courses/{id}', { params: { id: course.id } });
      toast(t('course.dropped', { title: titled(course) }));
      courses.again();
    } catch (e) {
      toast(errorText(e));
    }
  };
  return (
    <TrainerFrame>
      <h1>{t('trainer.courses')}</h1>
      <DropZone />
      <Imports />
      {refused > 0 && <Notice tone="warn">{t('centre.refused', { n: refused })}</Notice>}
      {!courses.data ? (courses.trouble ? <NotLoaded trouble={courses.trouble} again={courses.again} /> : <Loading />)
        : !courses.data.length ? <p class="muted center">{t('course.no-courses')}</p> : (
          <ul class="shelf">
            {courses.data.map(c => (
              <li key={c.id} class="card">
                <div class="grow">
                  <h2>{titled(c)}</h2>
                  <CentreMark course={centre.data?.find(one => one.package === c.package)} />
                  <p class="muted">{c.standard} · {t('import.parts', { n: c.activities })} · {bytes(c.bytes)}{c.revision > 1 ? ` · ${t('course.revision', { n: c.revision })}` : ''}</p>
                </div>
                <Ask look="quiet tight" question={t('course.drop-ask', { title: titled(c) })} yes={t('course.drop')} run={() => void drop(c)}><Icon name="close" />{t('course.drop')}</Ask>
              </li>
            ))}
          </ul>
        )}
    </TrainerFrame>
  );
}

const marks: Record<string, [tone: string, icon: IconName]> = { current: ['teal', 'download'], 'not-yet': ['calm', 'wait'], over: ['warn', 'wait'], withdrawn: ['bad', 'warn'] };

/** Where a course comes from, and whether it should still be used. */
function CentreMark({ course }: { course: CentreCourse | undefined }) {
  const [tone, icon] = marks[course?.state ?? ''] ?? [];
  if (!course || !tone || !icon) return null;
  const date = day((course.state === 'over' ? course.until : course.from) ?? '');
  return <p><span class={`state ${tone}`}><Icon name={icon} />{t(`centre.${course.state}` as Key, { date })}</span></p>;
}
