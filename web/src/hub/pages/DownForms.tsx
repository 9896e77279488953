// SPDX-License-Identifier: Apache-2.0
// Publishing a course, an announcement, a list of people.
import { useState } from 'preact/hooks';
import { Trouble, upload } from '../../api/call';
import type { Finding, HubCourse, HubRoster } from '../../api/routes.gen';
import { toast } from '../../app/state/toast';
import { language, t, type Key } from '../../app/state/words';
import { Field, tied, useErrors } from '../../app/ui/Field';
import { Icon, type IconName } from '../../app/ui/Icon';
import { Notice, TroubleNotice } from '../../app/ui/Notice';
import { isKey } from '../../words/words';
import { ask } from '../state';
import { DownPage, TermsFields, useTerms, type Published, type Terms } from './Down';

const queryOf = (terms: Terms): Record<string, string> => ({ scope: terms.scope, not_before: terms.from, not_after: terms.until });

// ---- courses ----

export function DownCourses() {
  return <DownPage kind="course" form={published => <CourseForm published={published} />} />;
}

function CourseForm({ published }: { published: Published }) {
  const [terms, set] = useTerms(), [part, setPart] = useState<number>(), [trouble, setTrouble] = useState<unknown>(), [made, setMade] = useState<HubCourse>();
  const send = (file: File | undefined): void => {
    if (!file) return;
    setTrouble(undefined);
    setMade(undefined);
    setPart(0);
    upload('PUT /api/hub/courses', { query: { ...queryOf(terms), name: file.name.replace(/\.zip$/i, '') }, body: file }, setPart).then(course => { setMade(course); published.again(); }, (e: unknown) => {
      const report = e instanceof Trouble && e.status === 422 ? (e.reply as HubCourse) : undefined;
      if (report) setMade(report);
      else setTrouble(e);
    }).then(() => setPart(undefined), () => undefined);
  };
  return (
    <div class="panel stack">
      <p class="muted">{t('hub.course.what')}</p>
      <TroubleNotice trouble={trouble} />
      <TermsFields terms={terms} set={set} />
      <div>
        <input class="hide" id="course" type="file" accept=".zip,application/zip" disabled={part !== undefined} onChange={e => { send(e.currentTarget.files?.[0]); e.currentTarget.value = ''; }} />
        <label class="button" for="course"><Icon name="upload" />{t('hub.course.choose')}</label>
      </div>
      {part !== undefined && <p role="status"><progress class="meter" max={1} value={part} aria-label={t('hub.down.course')} /></p>}
      {made && <Report course={made} />}
    </div>
  );
}

const levels: Record<string, [order: number, icon: IconName]> = { refused: [0, 'cross'], warning: [1, 'warn'], repaired: [2, 'done'], fact: [3, 'info'] };
const orderOf = (f: Finding): number => levels[f.level]?.[0] ?? 4;

function Report({ course }: { course: HubCourse }) {
  const findings = course.report.findings.slice().sort((a, b) => orderOf(a) - orderOf(b));
  const sentence = (f: Finding): string => (language.value === 'kk' ? f.kk : language.value === 'en' ? f.en : f.ru);
  return (
    <div class="stack-s" role="status">
      <Notice tone={course.publication ? 'good' : 'bad'}>{course.publication ? t('hub.course.published', { title: course.publication.title }) : t('hub.course.refused')}</Notice>
      <ul class="found">{findings.map((f, i) => <li key={i} class={f.level}><Icon name={levels[f.level]?.[1] ?? 'info'} /><span>{sentence(f)}</span></li>)}</ul>
    </div>
  );
}

// ---- announcements ----

type Text = 'kk' | 'ru' | 'en';

export function DownNews() {
  return <DownPage kind="news" form={published => <NewsForm published={published} />} />;
}

function NewsForm({ published }: { published: Published }) {
  const [terms, set] = useTerms(), [text, setText] = useState<Record<Text, string>>({ kk: '', ru: '', en: '' });
  const [errors, check] = useErrors(['kk', 'ru']), [trouble, setTrouble] = useState<unknown>();
  const submit = (e: Event): void => {
    e.preventDefault();
    if (!check({ kk: text.kk.trim() ? undefined : t('hub.news.missing'), ru: text.ru.trim() ? undefined : t('hub.news.missing') })) return;
    setTrouble(undefined);
    const body = { scope: terms.scope, ...text, ...(terms.from && { not_before: terms.from }), ...(terms.until && { not_after: terms.until }) };
    ask('POST /api/hub/news', { body }).then(() => {
      toast(t('hub.down.published'));
      setText({ kk: '', ru: '', en: '' });
      published.again();
    }, setTrouble);
  };
  const area = (name: Text) => {
    const field = { id: name, label: t(`hub.news.${name}` as Key), error: name === 'en' ? undefined : errors[name], optional: name === 'en' };
    return (
      <Field {...field}>
        <textarea class="input" id={name} lang={name} rows={3} maxLength={800} value={text[name]} onInput={e => setText({ ...text, [name]: e.currentTarget.value })} {...tied(field)} />
      </Field>
    );
  };
  return (
    <form class="panel stack" onSubmit={submit} noValidate>
      <h2>{t('hub.news.new')}</h2>
      <p class="muted">{t('hub.news.what')}</p>
      <TroubleNotice trouble={trouble} />
      <div class="two-fields three">{area('kk')}{area('ru')}{area('en')}</div>
      <TermsFields terms={terms} set={set} />
      <p><button class="button">{t('hub.news.publish')}</button></p>
    </form>
  );
}

// ---- lists of people ----

export function DownRosters() {
  return <DownPage kind="roster" form={published => <RosterForm published={published} />} />;
}

/** Read first, with what cannot be used; published when somebody says so. */
function RosterForm({ published }: { published: Published }) {
  const [terms, set] = useTerms(), [file, setFile] = useState<File>(), [read, setRead] = useState<HubRoster>();
  const [errors, check] = useErrors(['until']), [trouble, setTrouble] = useState<unknown>();
  const send = (body: File, more: Record<string, string>): Promise<HubRoster> =>
    upload('PUT /api/hub/rosters', { query: { ...queryOf(terms), name: body.name.replace(/\.\w+$/, ''), ...more }, body }, () => undefined);
  const look = (chosen: File | undefined): void => {
    setTrouble(undefined);
    setRead(undefined);
    setFile(chosen);
    if (chosen) send(chosen, { check: '1' }).then(setRead, setTrouble);
  };
  const publish = (e: Event): void => {
    e.preventDefault();
    if (!file || !check({ until: terms.until ? undefined : t('hub.roster.until-missing') })) return;
    send(file, {}).then(() => {
      toast(t('hub.down.published'));
      look(undefined);
      published.again();
    }, setTrouble);
  };
  return (
    <form class="panel stack" onSubmit={publish} noValidate>
      <p class="muted">{t('hub.roster.what')}</p>
      <TroubleNotice trouble={trouble} />
      <TermsFields terms={terms} set={set} days="last" error={errors.until} />
      <div>
        <p class="muted small">{t('hub.roster.columns')}</p>
        <input class="hide" id="roster" type="file" accept=".csv,text/csv,text/plain" onChange={e => { look(e.currentTarget.files?.[0]); e.currentTarget.value = ''; }} />
        <label class="button plain" for="roster"><Icon name="upload" />{t('hub.roster.choose')}</label>
      </div>
      {read && file && (
        <div class="stack-s" role="status">
          <p><strong>{file.name}</strong>: {t('hub.roster.read', { people: read.read.people, councils: read.read.councils })}</p>
          {read.read.refused_all === 0 ? <p class="all-well"><Icon name="done" />{t('hub.roster.all-good')}</p> : (
            <>
              <p>{t('hub.roster.refused', { n: read.read.refused_all })}</p>
              <ul class="found">{read.read.refused.map(r => <li key={r.line} class="warning"><Icon name="warn" /><span>{t('hub.roster.line', { n: r.line })}: {whyOf(r.why)}</span></li>)}</ul>
            </>
          )}
          <p><button class="button">{t('hub.roster.publish')}</button></p>
        </div>
      )}
    </form>
  );
}

const whyOf = (why: string): string => (isKey(`hub.roster.why.${why}`) ? t(`hub.roster.why.${why}` as Key) : why);
