// SPDX-License-Identifier: Apache-2.0
// How far somebody is: a mark, a word and a colour that all say the same.
import { percent } from '../state/format';
import { t, type Key } from '../state/words';
import { Icon, type IconName } from './Icon';

export type Tone = 'calm' | 'teal' | 'good' | 'bad' | 'warn';
const looks: Record<string, { icon: IconName; tone: Tone; word: Key }> = {
  new: { icon: 'empty', tone: 'calm', word: 'state.new' },
  started: { icon: 'part', tone: 'teal', word: 'state.started' },
  completed: { icon: 'done', tone: 'good', word: 'state.completed' },
  passed: { icon: 'star', tone: 'good', word: 'state.passed' },
  failed: { icon: 'again', tone: 'warn', word: 'state.failed' },
};

export function lookOf(state: string): { icon: IconName; tone: Tone; word: Key } {
  return looks[state] ?? { icon: 'empty', tone: 'calm', word: 'state.new' };
}

export function State({ state }: { state: string }) {
  const look = lookOf(state);
  return <span class={`state ${look.tone}`}><Icon name={look.icon} />{t(look.word)}</span>;
}

/** A bar with its number. `part` 0..1; nothing when it is not known. */
export function Progress({ part, good, label }: { part: number | undefined; good?: boolean; label: string }) {
  if (part === undefined) return null;
  return (
    <div class="progress-line">
      <progress class={good ? 'meter good' : 'meter'} max={1} value={part} aria-label={label} />
      <span class="digits" aria-hidden="true">{percent(part)}</span>
    </div>
  );
}
