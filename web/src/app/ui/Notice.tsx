// SPDX-License-Identifier: Apache-2.0
// Sentences that matter: what happened, what to do.
import type { ComponentChildren } from 'preact';
import type { Trouble } from '../../api/call';
import { errorText } from '../state/errors';
import { t } from '../state/words';
import { Icon, type IconName } from './Icon';

export type Tone = 'calm' | 'teal' | 'good' | 'warn' | 'bad';
const marks: Record<Tone, IconName> = { calm: 'info', teal: 'info', good: 'done', warn: 'warn', bad: 'cross' };

export function Notice({ tone = 'calm', icon, role, children }: { tone?: Tone; icon?: IconName; role?: 'alert' | 'status'; children: ComponentChildren }) {
  return <div class={`notice ${tone}`} role={role}><Icon name={icon ?? marks[tone]} /><div>{children}</div></div>;
}

/** Something that was asked for did not work. */
export function TroubleNotice({ trouble }: { trouble: unknown }) {
  return trouble ? <Notice tone="bad" role="alert">{errorText(trouble)}</Notice> : null;
}

export function Loading() {
  return <p class="loading" role="status"><span class="spinner" aria-hidden="true" />{t('common.loading')}</p>;
}

/** Instead of a page whose data could not be loaded. While the laptop cannot be reached, or is busy, it
 * tries again by itself: nobody has to do anything. */
export function NotLoaded({ trouble, again }: { trouble: Trouble; again: () => void }) {
  return (
    <section class="not-loaded stack" role="status">
      {trouble.passing ? <span class="pulse"><Icon name={trouble.word === 'offline' || trouble.word === 'foreign' ? 'nolink' : 'wait'} /></span> : <span class="pulse still"><Icon name="info" /></span>}
      <h1 tabIndex={-1}>{t(trouble.word === 'offline' || trouble.word === 'foreign' ? 'wait.offline' : trouble.passing ? 'wait.busy' : 'wait.wrong')}</h1>
      <p class="large">{errorText(trouble)}</p>
      {trouble.passing && <p class="muted"><span class="spinner" aria-hidden="true" /> {t('wait.self')}</p>}
      <p><button type="button" class="button plain" onClick={again}><Icon name="again" />{t('common.again')}</button></p>
    </section>
  );
}
