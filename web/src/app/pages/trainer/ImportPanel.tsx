// SPDX-License-Identifier: Apache-2.0
// The drop zone, what is on its way in, and the report of each import in plain sentences.
import { useRef } from 'preact/hooks';
import type { Finding, ImportReport } from '../../../api/routes.gen';
import { errorText } from '../../state/errors';
import { bytes, percent } from '../../state/format';
import { forget, importFiles, imports, type Import } from '../../state/imports';
import { language, t, type Key } from '../../state/words';
import { Icon, type IconName } from '../../ui/Icon';
import { Notice } from '../../ui/Notice';

/** A hall to reckon with, and what its Wi-Fi carries (20 Mbit/s shared by all). */
const PHONES = 60, BYTES_PER_MINUTE = (20e6 / 8) * 60;

export function DropZone() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="drop-zone">
      <Icon name="upload" />
      <p class="large"><strong>{t('import.drop')}</strong></p>
      <p class="muted">{t('import.what')}</p>
      <input ref={input} id="packages" class="hide" type="file" accept=".zip,application/zip" multiple
        onChange={() => {
          const files = input.current?.files;
          if (files?.length) importFiles(Array.from(files));
          if (input.current) input.current.value = '';
        }} />
      <label class="button plain" for="packages">{t('import.choose')}</label>
    </div>
  );
}

export function Imports() {
  const all = imports.use();
  if (!all.length) return null;
  return (
    <section class="stack" aria-label={t('import.reports')}>
      {all.map(one => <ImportCard key={one.id} one={one} />)}
    </section>
  );
}

const words: Record<Import['state'], Key> = {
  waiting: 'import.waiting', sending: 'import.sending', checking: 'import.checking', done: 'import.done', refused: 'import.refused', failed: 'import.failed',
};

function ImportCard({ one }: { one: Import }) {
  const over = one.state === 'done' || one.state === 'refused' || one.state === 'failed';
  const tone = one.state === 'done' ? 'good' : over ? 'bad' : 'teal';
  return (
    <article class={`card import ${one.state}`} aria-live="polite">
      <div class="import-head">
        <span class={`state ${tone}`}>{over ? <Icon name={one.state === 'done' ? 'done' : 'cross'} /> : <span class="spinner" aria-hidden="true" />}{t(words[one.state])}</span>
        <h2>{one.report?.title || one.name}</h2>
        {over && <button type="button" class="button quiet tight push" aria-label={t('import.dismiss', { name: one.name })} onClick={() => forget(one.id)}><Icon name="close" at="alone" /></button>}
      </div>
      {!over && (
        <div class="progress-line">
          <progress class="meter" max={1} {...(one.state === 'checking' ? {} : { value: one.part })} aria-label={t(words[one.state])} />
          <span class="digits" aria-hidden="true">{one.state === 'checking' ? '' : percent(one.part)}</span>
        </div>
      )}
      {one.trouble && one.state === 'failed' && <Notice tone="bad">{errorText(one.trouble)}</Notice>}
      {one.report && <Report report={one.report} refused={one.state === 'refused'} />}
    </article>
  );
}

const levels: Record<string, { icon: IconName; order: number; word: Key }> = {
  refused: { icon: 'cross', order: 0, word: 'finding.refused' },
  warning: { icon: 'warn', order: 1, word: 'finding.warning' },
  repaired: { icon: 'done', order: 2, word: 'finding.repaired' },
  fact: { icon: 'info', order: 3, word: 'finding.fact' },
};
const levelOf = (f: Finding) => levels[f.level] ?? { icon: 'info' as const, order: 4, word: 'finding.fact' as const };

function Report({ report, refused }: { report: ImportReport; refused: boolean }) {
  const findings = report.findings.slice().sort((a, b) => levelOf(a).order - levelOf(b).order);
  return (
    <div class="stack-s">
      {!refused && (
        <p class="muted">
          {report.standard} · {t('import.parts', { n: report.activities })} · {bytes(report.bytes)}
          {report.already ? ` · ${t('import.already')}` : report.new_revision ? ` · ${t('import.revision')}` : ''}
        </p>
      )}
      {!refused && <Weight size={report.bytes} />}
      <ul class="findings">
        {findings.map((f, i) => {
          const look = levelOf(f);
          return <li key={i} class={f.level}><Icon name={look.icon} label={t(look.word)} /><span lang={language.value}>{f[language.value]}</span></li>;
        })}
      </ul>
    </div>
  );
}

/** What the course weighs for a room. */
export function Weight({ size }: { size: number }) {
  const all = size * PHONES, minutes = Math.max(1, Math.round(all / BYTES_PER_MINUTE));
  return <p class={minutes > 15 ? 'weight heavy' : 'weight'}><Icon name="link" />{t('import.weight', { size: bytes(size), phones: PHONES, all: bytes(all), n: minutes })}</p>;
}
