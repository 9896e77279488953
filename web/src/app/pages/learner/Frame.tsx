// SPDX-License-Identifier: Apache-2.0
// Around every learner's page: the head with language and text size, who is here, and the honest light.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { fullName } from '../../state/format';
import { kept } from '../../state/replay';
import { go } from '../../state/router';
import { hello, signOut } from '../../state/session';
import { t } from '../../state/words';
import { Icon, Mark } from '../../ui/Icon';
import { LanguageChoice, SizeChoice } from '../../ui/Top';

export function LearnerFrame({ head, children }: { head?: ComponentChildren; children: ComponentChildren }) {
  const [sizes, setSizes] = useState(false);
  return (
    <div class="learner">
      <a class="skip" href="#main">{t('common.skip')}</a>
      <header class="top dark">
        <div class="bar">
          <a class="brand" href="/" aria-label="Kenes"><Mark /><span class="brand-name">Kenes</span></a>
          <span class="grow" />
          <LanguageChoice />
          <button type="button" class="button quiet size-button" aria-expanded={sizes} aria-controls="sizes" aria-label={t('size.choose')} onClick={() => setSizes(!sizes)}>
            <Icon name="size" at="alone" />
          </button>
        </div>
        <div id="sizes" hidden={!sizes} class="bar sizes-bar"><SizeChoice /></div>
        {head && <div class="head">{head}</div>}
      </header>
      <main id="main" class="page">{children}</main>
      <Light />
    </div>
  );
}

/** Who uses this phone, and the way out for somebody else. */
export function WhoBar() {
  const [asking, setAsking] = useState(false);
  const me = hello.value?.me;
  if (!me) return null;
  const leave = async (): Promise<void> => { await signOut(); go('/j', true); };
  return (
    <div class="who">
      <div class="who-line">
        <Icon name="person" />
        <div class="grow"><strong>{fullName(me)}</strong>{me.council_name && <span>{me.council_name}</span>}</div>
        <button type="button" class="button quiet tight" aria-expanded={asking} onClick={() => setAsking(!asking)}>{t('who.not-me')}</button>
      </div>
      {asking && (
        <div class="who-ask stack-s">
          <p>{t('who.leave', { name: me.given })}</p>
          <div class="row">
            <button type="button" class="button sun" onClick={() => void leave()}>{t('who.leave-yes')}</button>
            <button type="button" class="button quiet" onClick={() => setAsking(false)}>{t('who.leave-no')}</button>
          </div>
        </div>
      )}
    </div>
  );
}

/** Saved on the laptop, or kept on this phone: always one of the two, always said. */
function Light() {
  const n = kept.use();
  if (!hello.value?.me || n === undefined) return null;
  return (
    <footer class={n ? 'light kept' : 'light saved'}>
      <Icon name={n ? 'phone' : 'saved'} />
      <span role="status">{n ? t('light.kept-n', { n }) : t('light.all-saved')}</span>
    </footer>
  );
}
