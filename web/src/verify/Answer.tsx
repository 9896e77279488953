// SPDX-License-Identifier: Apache-2.0
// The answer: what it is worth, in a sentence; then every fact, who vouches, and how old the knowledge is.
import { isKey, say, type Key, type Language, type Values } from '../words/words';
import type { Verdict } from './verdict';

const marks: Record<Verdict['status'], { tone: 'good' | 'warn' | 'bad'; path: string }> = {
  valid: { tone: 'good', path: 'M5 12.5l4.5 4.5L19 7.5' },
  'self-issued': { tone: 'warn', path: 'M12 6.500v7M12 17v.2' },
  altered: { tone: 'bad', path: 'M7 7l10 10M17 7L7 17' },
  superseded: { tone: 'bad', path: 'M6 12h11M13 8l4 4-4 4' },
  revoked: { tone: 'bad', path: 'M7 7l10 10M17 7L7 17' },
  'unknown-issuer': { tone: 'bad', path: 'M9.500 9.700a2.600 2.600 0 115 .7c0 1.700-2.500 2-2.500 3.600M12 17v.1' },
};

function day(language: Language, date: string): string {
  const [y, m, d] = date.split('-');
  return language === 'en' ? date : `${d}.${m}.${y}`;
}

export function Answer({ verdict: v, language }: { verdict: Verdict; language: Language }) {
  const t = (key: Key, values?: Values): string => say(language, key, values);
  const date = (text: string | undefined): string => text ? day(language, text.slice(0, 10)) : '';
  const mark = marks[v.status], f = v.facts, why = `verify.why.${v.reason}`;
  const rows: [Key, string | undefined][] = f ? [
    ['verify.person', [f.surname, f.given, f.patronymic].filter(Boolean).join(' ')],
    ['verify.council', f.council],
    ['verify.course', f.course],
    ['verify.revision', String(f.revision)],
    ['verify.score', f.score_percent === undefined ? undefined : `${f.score_percent} %`],
    ['verify.hours', f.hours === undefined ? undefined : String(f.hours)],
    ['verify.event', f.event],
    ['verify.place', f.place],
    ['verify.date', date(f.held_on)],
    ['verify.valid-until', date(f.valid_until)],
    ['verify.serial', f.serial],
    ['verify.supersedes', f.supersedes],
    ['verify.issuer', f.issuer],
    ['verify.key', f.issuer_key],
  ] : [];
  const proven = v.status !== 'altered' && v.status !== 'unknown-issuer';
  return (
    <article class={`card verdict ${mark.tone}`} data-status={v.status}>
      <div class="verdict-head">
        <svg viewBox="0 0 24 24" width="56" height="56" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="12" r="10.500" /><path d={mark.path} /></svg>
        <div>
          <h2>{t(`verify.is.${v.status}`)}</h2>
          <p>{t(`verify.what.${v.status}`)}</p>
        </div>
      </div>
      {isKey(why) && <p class="why">{t(why)}</p>}
      {v.superseded_by && <p class="why">{t('verify.superseded-by', { serial: v.superseded_by, date: date(v.ended_on) })}</p>}
      {v.status === 'revoked' && <p class="why">{t('verify.revoked-on', { date: date(v.ended_on) })}</p>}
      {v.overdue && <p class="why">{t('verify.overdue', { date: date(f?.valid_until) })}</p>}
      {f && !proven && <p class="why">{t('verify.unproven')}</p>}
      {f && <dl>{rows.map(([key, value]) => value && <div key={key}><dt>{t(key)}</dt><dd>{value}</dd></div>)}</dl>}
      {v.hub && <p class="authority">{t('verify.authority', { hub: v.hub, scope: v.scope ?? '', from: date(v.site_from), until: date(v.site_until) })}</p>}
      {f && <p class="dated">{v.revocations_dated ? t('verify.dated', { date: date(v.revocations_dated) }) : t('verify.no-dated')}</p>}
    </article>
  );
}
