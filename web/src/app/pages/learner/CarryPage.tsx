// SPDX-License-Identifier: Apache-2.0
// The courier's page: takes the file for the centre on the hall's Wi-Fi, and brings the receipt back to it.
import { useState } from 'preact/hooks';
import { address, call, upload } from '../../../api/call';
import type { CarryState } from '../../../api/routes.gen';
import { useLoad } from '../../state/load';
import { t } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, Notice, TroubleNotice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { LearnerFrame } from './Frame';

export function CarryPage({ pass }: { pass: string }) {
  const state = useLoad(() => call('GET /api/carry/{pass}', { params: { pass } }), [pass]);
  usePage(t('carry.title'), !!state.data);
  return (
    <LearnerFrame head={<><h1>{t('carry.title')}</h1>{state.data && <p>{t('carry.from', { site: state.data.site })}</p>}</>}>
      {state.data ? <Carry pass={pass} state={state.data} set={state.set} />
        : state.trouble ? <NotLoaded trouble={state.trouble} again={state.again} /> : <Loading />}
    </LearnerFrame>
  );
}

function Carry({ pass, state, set }: { pass: string; state: CarryState; set: (state: CarryState) => void }) {
  const [busy, setBusy] = useState(false), [trouble, setTrouble] = useState<unknown>();
  const params = { pass };
  const bring = (file: File | undefined): void => {
    if (!file) return;
    setBusy(true);
    setTrouble(undefined);
    upload('PUT /api/carry/{pass}/receipt', { params, body: file }, () => undefined).then(set, setTrouble).then(() => setBusy(false), () => undefined);
  };
  if (state.unsent === 0) return <div class="card lifted stack center" role="status"><Icon name="done" /><h2>{t('carry.all')}</h2></div>;
  return (
    <div class="stack">
      <article class="card lifted stack">
        <p class="large">{t('carry.unsent', { n: state.unsent })}</p>
        <a class="button big full" href={address('GET /api/carry/{pass}/bundle', { params })} download><Icon name="download" />{t('carry.take')}</a>
        <Notice icon="saved">{t('carry.sealed')}</Notice>
      </article>
      <article class="card stack">
        <p>{t('carry.there')}</p>
        <a class="button plain full" href={`${state.hub}/courier`} target="_blank" rel="noopener">{t('carry.open-hub')}<Icon name="next" at="after" /></a>
        <p class="muted small break">{state.hub}/courier</p>
      </article>
      <article class="card stack">
        <p>{t('carry.back')}</p>
        <TroubleNotice trouble={trouble} />
        <input id="receipt" class="hide" type="file" disabled={busy} onChange={e => { bring(e.currentTarget.files?.[0]); e.currentTarget.value = ''; }} />
        <label class="button plain full" for="receipt">{busy ? <span class="spinner" aria-hidden="true" /> : <Icon name="upload" />}{t('carry.receipt')}</label>
      </article>
    </div>
  );
}
