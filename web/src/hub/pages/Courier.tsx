// SPDX-License-Identifier: Apache-2.0
// The courier at the centre: hands a laptop's file over and takes the receipt. Nobody has to sign in: what is in the
// file is signed by the laptop, and only the centre can read it.
import { useState } from 'preact/hooks';
import { upload } from '../../api/call';
import type { HubImport } from '../../api/routes.gen';
import { t } from '../../app/state/words';
import { Icon } from '../../app/ui/Icon';
import { Notice, TroubleNotice } from '../../app/ui/Notice';
import { number } from '../Frame';
import { Door } from './Doors';

const sum = (list: HubImport[], of: 'records' | 'fresh'): string => number(list.reduce((n, one) => n + one[of], 0));

export function Courier() {
  const [taken, setTaken] = useState<HubImport[]>(), [part, setPart] = useState<number>(), [trouble, setTrouble] = useState<unknown>();
  const bring = (file: File | undefined): void => {
    if (!file) return;
    setTrouble(undefined);
    setPart(0);
    upload('PUT /sync/v1/bundle', { body: file }, setPart).then(setTaken, setTrouble).then(() => setPart(undefined), () => undefined);
  };
  return (
    <Door title={t(taken ? 'hub.courier-done' : 'hub.courier')}>
      <TroubleNotice trouble={trouble} />
      {taken ? (
        <div class="stack" role="status">
          <Notice tone="good" icon="done">{t('hub.courier-taken', { n: sum(taken, 'records'), fresh: sum(taken, 'fresh') })}</Notice>
          <p>{t('hub.courier-back')}</p>
          {taken.map(one => (
            <a key={one.id} class="button big full" href={`/sync/v1/receipt/${one.id}`} download={taken.length > 1 ? `receipt-${one.site_name}.kenes` : 'receipt.kenes'}>
              <Icon name="download" />{t('hub.courier-receipt')}{taken.length > 1 ? `: ${one.site_name || t('hub.unnamed')}` : ''}
            </a>
          ))}
          <button type="button" class="button plain full" onClick={() => setTaken(undefined)}>{t('hub.courier-more')}</button>
        </div>
      ) : (
        <div class="stack">
          <p class="muted">{t('hub.courier-what')}</p>
          <input class="hide" id="file" type="file" disabled={part !== undefined} onChange={e => { bring(e.currentTarget.files?.[0]); e.currentTarget.value = ''; }} />
          <label class="button big full" for="file"><Icon name="upload" />{t('hub.files-choose')}</label>
          {part !== undefined && <p role="status">{t('hub.courier-sending')}<progress class="meter" max={1} value={part} aria-label={t('hub.courier-sending')} /></p>}
        </div>
      )}
    </Door>
  );
}
