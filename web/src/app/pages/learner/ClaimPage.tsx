// SPDX-License-Identifier: Apache-2.0
// Somebody of this name and council is in already, from another phone: the trainer decides whether it is the
// same person. This page shows the code to say aloud and waits.
import { useEffect, useState } from 'preact/hooks';
import { call, Trouble } from '../../../api/call';
import { spaced } from '../../state/format';
import { go } from '../../state/router';
import { signedIn } from '../../state/session';
import { t } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Notice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { LearnerFrame } from './Frame';

export interface Claimed { id: string; code: string; join: string }

export function ClaimPage({ claim, done }: { claim: Claimed; done: () => void }) {
  const [state, setState] = useState<'waiting' | 'refused' | 'gone'>('waiting');
  const [link, setLink] = useState(true);
  usePage(t('claim.title'));
  useEffect(() => {
    if (state !== 'waiting') return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        const said = await call('GET /api/join-claims/{id}', { params: { id: claim.id } });
        if (stopped) return;
        setLink(true);
        if (said.state === 'confirmed') {
          await signedIn(said.word, said.me);
          done();
          return go('/courses', true);
        }
        if (said.state === 'refused') return setState('refused');
      } catch (e) {
        if (stopped) return;
        if (e instanceof Trouble && (e.status === 404 || e.status === 401 || e.status === 403)) return setState('gone');
        setLink(false);
      }
      timer = setTimeout(() => void ask(), 2500);
    };
    void ask();
    return () => { stopped = true; if (timer !== undefined) clearTimeout(timer); };
  }, [state, claim.id]);

  const again = (): void => { done(); go(`/j/${claim.join}`, true); };
  return (
    <LearnerFrame head={<h1>{t('claim.title')}</h1>}>
      <div class="card stack lifted center">
        {state === 'waiting' ? (
          <>
            <p class="large">{t('claim.show')}</p>
            <p class="claim-code digits">{spaced(claim.code)}</p>
            <p role="status" class="muted"><span class="spinner" aria-hidden="true" /> {link ? t('claim.waiting') : t('wait.offline-short')}</p>
            <Notice tone="calm"><p class="left">{t('claim.why')}</p></Notice>
          </>
        ) : (
          <>
            <Notice tone="warn" role="alert"><p class="left">{t(state === 'refused' ? 'claim.refused' : 'claim.gone')}</p></Notice>
            <button type="button" class="button big full" onClick={again}>{t('claim.join-again')}</button>
          </>
        )}
      </div>
      {state === 'waiting' && <p class="center"><button type="button" class="button quiet" onClick={again}><Icon name="back" />{t('claim.not-me')}</button></p>}
    </LearnerFrame>
  );
}
