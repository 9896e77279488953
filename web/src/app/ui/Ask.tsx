// SPDX-License-Identifier: Apache-2.0
// A button that asks once more in its own place before it does what cannot be undone lightly.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../state/words';

export function Ask({ children, question, yes, run, look = 'danger' }: { children: ComponentChildren; question: string; yes: string; run: () => void; look?: string }) {
  const [asking, setAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null), back = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (asking) first.current?.focus();
    else if (was.current) back.current?.focus();
    was.current = asking;
  }, [asking]);
  if (!asking) return <button ref={back} type="button" class={`button ${look}`} onClick={() => setAsking(true)}>{children}</button>;
  return (
    <div class="ask" role="group" aria-label={question}>
      <p>{question}</p>
      <div class="row">
        <button ref={first} type="button" class="button" onClick={() => { setAsking(false); run(); }}>{yes}</button>
        <button type="button" class="button plain" onClick={() => setAsking(false)}>{t('common.cancel')}</button>
      </div>
    </div>
  );
}
