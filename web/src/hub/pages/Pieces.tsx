// SPDX-License-Identifier: Apache-2.0
// Small pieces that several pages of the desk use.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../app/state/words';
import { TextField } from '../../app/ui/Field';
import { Icon } from '../../app/ui/Icon';

export function Search({ label, value, run }: { label: string; value: string; run: (text: string) => void }) {
  const [text, setText] = useState(value);
  return (
    <form class="search" role="search" onSubmit={e => { e.preventDefault(); run(text.trim()); }}>
      <label for="find" class="hide">{label}</label>
      <input class="input" id="find" type="search" placeholder={label} value={text} onInput={e => setText(e.currentTarget.value)} autocomplete="off" />
      <button class="button" aria-label={t('hub.find')}><Icon name="search" at="alone" /></button>
    </form>
  );
}

/** What cannot be done without saying why: the reason goes into the list of what was done. */
export function Reason({ button, run, look = 'danger', id = 'why' }: { button: string; run: (why: string) => void; look?: string; id?: string }) {
  const [why, setWhy] = useState(''), [wrong, setWrong] = useState(false);
  const submit = (e: Event): void => {
    e.preventDefault();
    setWrong(why.trim().length < 3);
    if (why.trim().length >= 3) run(why.trim());
    else document.getElementById(id)?.focus();
  };
  return (
    <form class="reason" onSubmit={submit} noValidate>
      <TextField id={id} label={t('hub.why')} error={wrong ? t('hub.why-missing') : undefined} value={why} set={setWhy} input={{ maxLength: 300 }} />
      <button class={`button ${look}`}>{button}</button>
    </form>
  );
}

/** A form that asks once more, and says what happens next, before it does what others will see. `check` tells
 * whether the fields are right, and puts the focus on what is not. */
export function Sure({ button, look = '', question, yes, check, run, children }: {
  button: string; look?: string; question: ComponentChildren; yes: string; check: () => boolean; run: () => void; children: ComponentChildren;
}) {
  const [asking, setAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => { if (asking) first.current?.focus(); }, [asking]);
  return (
    <form class="stack sure" noValidate onSubmit={e => { e.preventDefault(); if (!asking && check()) setAsking(true); }}>
      <fieldset class="plain-set stack" disabled={asking}>{children}</fieldset>
      {asking ? (
        <div class="ask" role="group" aria-label={button}>
          <p>{question}</p>
          <div class="row">
            <button ref={first} type="button" class={`button ${look}`} onClick={() => { setAsking(false); run(); }}>{yes}</button>
            <button type="button" class="button plain" onClick={() => setAsking(false)}>{t('common.cancel')}</button>
          </div>
        </div>
      ) : <p><button class={`button ${look || 'plain'}`}>{button}</button></p>}
    </form>
  );
}
