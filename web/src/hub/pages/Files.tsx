// SPDX-License-Identifier: Apache-2.0
// Files that couriers and trainers bring on a stick: looked into first, counted when somebody says so.
import { useState } from 'preact/hooks';
import { upload } from '../../api/call';
import type { HubImport } from '../../api/routes.gen';
import { toast } from '../../app/state/toast';
import { t } from '../../app/state/words';
import { Icon } from '../../app/ui/Icon';
import { Loading, NotLoaded, TroubleNotice } from '../../app/ui/Notice';
import { Desk, number, When } from '../Frame';
import { ask, mayChange, useAsk } from '../state';

export function Files() {
  const files = useAsk('GET /api/hub/files');
  const [trouble, setTrouble] = useState<unknown>(), [part, setPart] = useState<number>();
  const bring = (file: File | undefined): void => {
    if (!file) return;
    setTrouble(undefined);
    setPart(0);
    upload('PUT /api/hub/files', { body: file }, setPart).then(files.again, setTrouble).then(() => setPart(undefined), () => undefined);
  };
  const settle = (done: Promise<unknown>): void => { done.then(() => { toast(t('hub.done')); files.again(); }, setTrouble); };
  return (
    <Desk title={t('hub.files')}>
      <TroubleNotice trouble={trouble} />
      {mayChange() && (
        <div class="drop-zone">
          <p>{t('hub.files-what')}</p>
          <input class="hide" id="file" type="file" disabled={part !== undefined} onChange={e => { bring(e.currentTarget.files?.[0]); e.currentTarget.value = ''; }} />
          <label class="button" for="file"><Icon name="upload" />{t('hub.files-choose')}</label>
          {part !== undefined && <p role="status"><progress class="meter" max={1} value={part} aria-label={t('hub.files')} /></p>}
        </div>
      )}
      {!files.data ? files.trouble ? <NotLoaded trouble={files.trouble} again={files.again} /> : <Loading />
        : files.data.length === 0 ? <p class="empty">{t('hub.files-none')}</p> : (
          <div class="panel scroll-x" tabIndex={0} role="region" aria-label={t('hub.files')}>
            <table class="dense">
              <thead><tr><th scope="col">{t('hub.site')}</th><th scope="col">{t('hub.time')}</th><th scope="col" class="number">{t('hub.records')}</th><th scope="col" class="number">{t('hub.fresh')}</th><th scope="col">{t('hub.state')}</th></tr></thead>
              <tbody>{files.data.map(f => (
                <tr key={f.id}>
                  <th scope="row"><a href={`/sites/${f.site}`}>{f.site_name || t('hub.unnamed')}</a></th>
                  <td><When at={f.staged_at} /></td><td class="number digits">{number(f.records)}</td><td class="number digits">{number(f.fresh)}</td>
                  <td><FileState file={f} settle={settle} /></td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        )}
    </Desk>
  );
}

function FileState({ file, settle }: { file: HubImport; settle: (done: Promise<unknown>) => void }) {
  if (file.settled === 'confirmed')
    return <div class="row"><span class="state good"><Icon name="done" />{t('hub.file-counted')}</span><a class="button plain tight" href={`/sync/v1/receipt/${file.id}`} download><Icon name="download" />{t('hub.receipt')}</a></div>;
  if (file.settled) return <span class="state calm"><Icon name="cross" />{t('hub.file-dropped')}</span>;
  if (!mayChange()) return <span class="state warn"><Icon name="wait" />{t('hub.file-waits')}</span>;
  return (
    <div class="row">
      <button type="button" class="button tight" onClick={() => settle(ask('POST /api/hub/files/{id}/confirm', { params: { id: file.id } }))}>{t('hub.apply')}</button>
      <button type="button" class="button plain tight" onClick={() => settle(ask('POST /api/hub/files/{id}/undo', { params: { id: file.id } }))}>{t('hub.file-drop')}</button>
    </div>
  );
}
