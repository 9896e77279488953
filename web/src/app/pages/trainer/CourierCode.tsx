// SPDX-License-Identifier: Apache-2.0
// The code that a courier's phone scans: where on this laptop it finds the file for the centre.
import { useState } from 'preact/hooks';
import { call } from '../../../api/call';
import type { CarryPass, RoomAddress } from '../../../api/routes.gen';
import { t } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Notice, TroubleNotice } from '../../ui/Notice';

export function CourierCode() {
  const [pass, setPass] = useState<CarryPass>(), [chosen, choose] = useState<string>(), [trouble, setTrouble] = useState<unknown>();
  const show = (): void => { setTrouble(undefined); call('GET /api/sync/courier').then(setPass, setTrouble); };
  const here = pass?.addresses.find(a => a.address === chosen) ?? pass?.addresses.find(a => a.likely) ?? pass?.addresses[0];
  return (
    <div class="stack-s">
      <h3>{t('sync.courier')}</h3>
      <p class="muted">{t('sync.courier-what')}</p>
      <TroubleNotice trouble={trouble} />
      {!pass ? <p><button type="button" class="button plain" onClick={show}><Icon name="phone" />{t('sync.courier-show')}</button></p>
        : here ? <Code here={here} all={pass.addresses} choose={choose} /> : <Notice tone="warn" icon="nolink">{t('sync.courier-alone')}</Notice>}
    </div>
  );
}

function Code({ here, all, choose }: { here: RoomAddress; all: RoomAddress[]; choose: (address: string) => void }) {
  const host = (a: RoomAddress): string => a.address.replace(/\/carry\/.*/, '');
  return (
    <figure class="stack-s courier-code">
      {here.kind === 'loopback' && <Notice tone="warn" icon="nolink">{t('sync.courier-alone')}</Notice>}
      <img src={`data:image/svg+xml,${encodeURIComponent(here.qr)}`} alt={t('sync.courier-qr', { address: here.address })} width="240" height="240" />
      <figcaption class="muted small break">{here.address}</figcaption>
      {all.length > 1 && (
        <fieldset class="field">
          <legend>{t('poster.address')}</legend>
          {all.map(a => (
            <label key={a.address} class="check"><input type="radio" name="carry" checked={a === here} onChange={() => choose(a.address)} /><span class="digits">{host(a)}</span></label>
          ))}
        </fieldset>
      )}
    </figure>
  );
}
