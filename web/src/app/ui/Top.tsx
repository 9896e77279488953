// SPDX-License-Identifier: Apache-2.0
// The choices that every page has: language and size of text.
import { chooseLanguage } from '../state/session';
import { language, languages, setSize, size, t } from '../state/words';
import { say } from '../../words/words';

/** Language names stay in their own language. */
export function LanguageChoice({ long }: { long?: boolean }) {
  return (
    <div class="choice" role="group" aria-label={t('lang.choose')}>
      {languages.map(one => (
        <button key={one} type="button" lang={one} aria-pressed={language.value === one} onClick={() => chooseLanguage(one)}>
          {long ? say(one, `lang.${one}`) : <ShortName name={say(one, `lang.${one}`)} />}
        </button>
      ))}
    </div>
  );
}

/** The first three letters are seen; a screen reader says the whole name. */
function ShortName({ name }: { name: string }) {
  return <span>{name.slice(0, 3)}<span class="hide">{name.slice(3)}</span></span>;
}

export function SizeChoice() {
  return (
    <div class="choice sizes" role="group" aria-label={t('size.choose')}>
      {[1, 2, 3].map(n => (
        <button key={n} type="button" class={`size-${n}`} aria-pressed={size.value === n} onClick={() => setSize(n)}>
          A{'+'.repeat(n - 1)}<span class="hide"> {t(`size.${n}` as 'size.1')}</span>
        </button>
      ))}
    </div>
  );
}
