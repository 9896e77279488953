// SPDX-License-Identifier: Apache-2.0
// One learner of one training day: why a course is not complete yet, part by part, and what the phone sent.
import { call } from '../../../api/call';
import type { CommitRow, Dispute, PersonActivity, PersonAttempt } from '../../../api/routes.gen';
import { errorText } from '../../state/errors';
import { ago, clock, fullName, percent, span } from '../../state/format';
import { useLoad } from '../../state/load';
import { toast } from '../../state/toast';
import { t, titled, type Key } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, Notice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { lookOf, Progress, State } from '../../ui/State';
import { TrainerFrame } from './Frame';
import { IinCard } from './IinCard';

export function PersonPage({ id, person }: { id: string; person: string }) {
  const detail = useLoad(() => call('GET /api/events/{id}/people/{person}', { params: { id, person } }), [id, person]);
  const p = detail.data?.person;
  usePage(p ? fullName(p) : t('live.person'), !!p);
  if (!detail.data || !p) return <TrainerFrame>{detail.trouble ? <NotLoaded trouble={detail.trouble} again={detail.again} /> : <Loading />}</TrainerFrame>;
  const here = detail.data.present;
  const presence = async (): Promise<void> => {
    try {
      await call('POST /api/events/{id}/people/{person}/presence', { params: { id, person }, body: { present: !here } });
      detail.again();
    } catch (e) {
      toast(errorText(e));
    }
  };
  return (
    <TrainerFrame>
      <p><a class="button quiet tight" href={`/trainer/event/${id}/live`}><Icon name="back" />{t('tab.live')}</a></p>
      <div class="page-head">
        <div>
          <h1>{fullName(p)}</h1>
          <p class="muted">{p.council_name}</p>
          <p class="muted small">{t('person.joined', { time: clock(detail.data.joined_at) })} · {t('person.seen', { when: ago(detail.data.seen_at) })}</p>
        </div>
        <div class="row">
          <button type="button" class="button plain tight" onClick={() => void presence()}><Icon name={here ? 'ok' : 'cross'} />{t(here ? 'person.present' : 'person.absent')}</button>
          <button type="button" class="button plain tight" onClick={detail.again}><Icon name="again" />{t('common.refresh')}</button>
        </div>
      </div>
      {!detail.data.attempts.length && <Notice tone="calm">{t('person.nothing')}</Notice>}
      {detail.data.attempts.map(a => <AttemptCard key={a.attempt.id} one={a} />)}
      <IinCard detail={detail.data} again={detail.again} />
    </TrainerFrame>
  );
}

const finished = (a: PersonActivity): boolean => a.completion === 'completed' || a.success === 'passed';

function titleOf(activities: readonly PersonActivity[], id?: string): string {
  const activity = activities.find(a => a.id === id);
  return activity ? titled(activity) : '';
}

/** Why a course is not complete, from what is known. */
function why({ attempt, activities }: PersonAttempt): string {
  const parts = activities.filter(a => a.kind !== 'cluster' && a.why !== 'not-selected'), done = parts.filter(finished).length;
  const where = titleOf(activities, attempt.activity);
  const when = clock(attempt.changed_at), score = attempt.score === undefined ? '' : percent(attempt.score);
  if (attempt.state === 'passed' || attempt.state === 'completed') return score ? t('why.done-score', { score, when }) : t('why.done', { when });
  if (attempt.state === 'failed') return score ? t('why.failed-score', { score, when }) : t('why.failed', { when });
  if (attempt.state === 'new') return t('why.new');
  if (parts.length > 1) return t('why.parts', { done, all: parts.length, where, when });
  return attempt.progress !== undefined ? t('why.progress', { part: percent(attempt.progress), when }) : t('why.started', { when });
}

/** Why one part is not complete, in the engine's word. Counts are counts, everything else a share. */
function whyPart({ why: word, have, need, kind }: PersonActivity): string {
  if (!word) return '';
  const figure = (x: number | undefined): string => kind === 'cluster' ? String(x ?? 0) : percent(x ?? 0);
  return t(`why.part.${word}` as Key, { have: figure(have), need: figure(need) });
}

/** Where the phone claimed something else than the laptop came to. */
function Disputes({ all }: { all: readonly Dispute[] }) {
  if (!all.length) return null;
  const result = (completion = '', success = '', score?: number): string =>
    t(partWord({ completion, success })) + (score === undefined ? '' : `, ${percent(score)}`);
  return (
    <Notice tone="warn">
      <strong>{t('dispute.title', { n: all.length })}</strong>
      <p>{t('dispute.text')}</p>
      <ul>
        {all.slice(0, 5).map(d => (
          <li key={d.seq}>
            {d.why === 'result' ? t('dispute.result', { seq: d.seq, claimed: result(d.completion, d.success, d.score),
              derived: result(d.server_completion, d.server_success, d.server_score) })
              : t(d.why === 'state' ? 'dispute.state' : 'dispute.unreadable', { seq: d.seq })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

interface TraceRow { what: string; value?: string; outcome?: string }   // runtime.h

/** The file of an attempt goes where downloads go. */
async function saveTrace(id: string): Promise<void> {
  try {
    const file = await call('GET /api/attempts/{id}/trace', { params: { id } });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: 'application/json' }));
    link.download = `${id}.json`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  } catch (e) {
    toast(errorText(e));
  }
}

function Trace({ commit }: { commit: CommitRow }) {
  const rows = (commit.trace || []) as TraceRow[];
  if (!rows.length) return null;
  return <ol class="trace">{rows.map((r, i) => <li key={i} class={r.outcome ? 'refused' : ''}>{r.what}{r.value !== undefined && ` = ${r.value}`}{r.outcome && ` → ${r.outcome}`}</li>)}</ol>;
}

function AttemptCard({ one }: { one: PersonAttempt }) {
  const { attempt, activities, commits, disputes } = one;
  const last = commits[0];
  return (
    <section class="card stack attempt">
      <div class="page-head">
        <h2>{titled({ title: one.course_title, titles: one.course_titles })}</h2>
        <State state={attempt.state} />
      </div>
      <p class="why"><Icon name="info" />{why(one)}</p>
      <Disputes all={disputes} />
      <Progress part={attempt.progress} good={lookOf(attempt.state).tone === 'good'} label={t('progress.label')} />
      <dl class="figures">
        {attempt.score !== undefined && <div><dt>{t('result.score')}</dt><dd class="digits">{percent(attempt.score)}</dd></div>}
        <div><dt>{t('result.time')}</dt><dd>{span(attempt.total_time_ms)}</dd></div>
        <div><dt>{t('person.number')}</dt><dd class="digits">{attempt.number}</dd></div>
        {last && <div><dt>{t('person.last-saved')}</dt><dd>{ago(last.saved_at)}</dd></div>}
      </dl>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('person.parts')}>
        <table class="table">
          <caption class="hide">{t('person.parts')}</caption>
          <thead><tr><th scope="col">{t('person.part')}</th><th scope="col">{t('person.state')}</th><th scope="col" class="number">{t('result.score')}</th><th scope="col" class="number">{t('result.time')}</th><th scope="col">{t('person.why')}</th></tr></thead>
          <tbody>
            {activities.filter((a, i) => a.kind !== 'cluster' || (i > 0 && !!a.why)).map(a => (
              <tr key={a.id}>
                <th scope="row">{titled(a)}</th>
                <td>{t(partWord(a))}</td>
                <td class="number digits">{a.score === undefined ? '' : percent(a.score)}</td>
                <td class="number">{a.total_time_ms ? span(a.total_time_ms) : ''}</td>
                <td>{whyPart(a)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {commits.length > 0 && (
        <details>
          <summary>{t('person.commits', { n: commits.length })}</summary>
          <div class="scroll" tabIndex={0} role="region" aria-label={t('person.commits', { n: commits.length })}>
            <table class="table small">
              <thead><tr><th scope="col">№</th><th scope="col">{t('person.saved-at')}</th><th scope="col">{t('person.part')}</th><th scope="col">{t('person.place')}</th><th scope="col">{t('person.state')}</th><th scope="col">{t('person.happened')}</th></tr></thead>
              <tbody>
                {commits.map(c => (
                  <tr key={`${c.launch}-${c.seq}`}>
                    <td class="digits">{c.seq}</td><td class="digits">{clock(c.saved_at)}</td>
                    <td>{titleOf(activities, c.activity)}</td><td>{c.location}</td>
                    <td>{t(partWord({ completion: c.completion, success: c.success }))}{c.applied ? '' : ` · ${t('person.not-applied')}`}</td>
                    <td><Trace commit={c} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p><button type="button" class="button plain tight" onClick={() => void saveTrace(attempt.id)}><Icon name="download" />{t('person.trace')}</button></p>
        </details>
      )}
    </section>
  );
}

function partWord({ completion, success }: { completion: string; success: string }): Key {
  if (success === 'passed') return 'state.passed';
  if (success === 'failed') return 'state.failed';
  if (completion === 'completed') return 'state.completed';
  return completion === 'incomplete' ? 'state.started' : 'state.new';
}
