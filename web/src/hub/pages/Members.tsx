// SPDX-License-Identifier: Apache-2.0
// How many members councils have: a table, looked into first, counted when somebody says so.
import { useState } from 'preact/hooks';
import { address, upload } from '../../api/call';
import type { MembersReport } from '../../api/routes.gen';
import { toast } from '../../app/state/toast';
import { language, t, type Key } from '../../app/state/words';
import { Icon } from '../../app/ui/Icon';
import { TroubleNotice } from '../../app/ui/Notice';
import { isKey } from '../../words/words';
import { Desk, number } from '../Frame';
import { placePath } from '../regions';
import { mayChange, myScope } from '../state';

export function Members() {
  const [file, setFile] = useState<File>(), [found, setFound] = useState<MembersReport>(), [trouble, setTrouble] = useState<unknown>(), [busy, setBusy] = useState(false);
  const look = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    setBusy(true);
    setTrouble(undefined);
    setFound(undefined);
    setFile(chosen);
    try {
      setFound(await upload('PUT /api/hub/members', { body: chosen }, () => undefined));
    } catch (e) { setTrouble(e); }
    setBusy(false);
  };
  const apply = async (): Promise<void> => {
    if (!file) return;
    setBusy(true);
    try {
      const done = await upload('PUT /api/hub/members/apply', { body: file }, () => undefined);
      toast(t('hub.members-applied', { n: number(done.changed) }));
      setFound(undefined);
      setFile(undefined);
    } catch (e) { setTrouble(e); }
    setBusy(false);
  };
  return (
    <Desk title={t('hub.members')} head={<nav class="crumbs"><a href="/">{t('hub.overview')}</a></nav>}>
      <TroubleNotice trouble={trouble} />
      {found ? <Found found={found} busy={busy} apply={() => void apply()} drop={() => setFound(undefined)} /> : (
        <div class="drop-zone stack">
          <p>{t('hub.members-what')}</p>
          <p class="muted">{t('hub.members-how')}</p>
          <div class="row wide center">
            {mayChange() && <>
              <input class="hide" id="file" type="file" accept=".csv,text/csv" disabled={busy} onChange={e => { void look(e.currentTarget.files?.[0]); e.currentTarget.value = ''; }} />
              <label class="button" for="file">{busy ? <span class="spinner" aria-hidden="true" /> : <Icon name="upload" />}{t('hub.members-choose')}</label>
            </>}
            <a class="button plain" href={address('GET /api/hub/councils', { query: { scope: myScope(), as: 'csv', language: language.value } })} download><Icon name="download" />{t('hub.members-councils')}</a>
          </div>
        </div>
      )}
    </Desk>
  );
}

function Found({ found: f, busy, apply, drop }: { found: MembersReport; busy: boolean; apply: () => void; drop: () => void }) {
  const why = (reason: string | undefined): string => (isKey(`hub.refused.${reason}`) ? t(`hub.refused.${reason}` as Key) : reason ?? '');
  return (
    <>
      <section class="panel stack" role="status">
        <p><strong>{t('hub.members-found', { n: number(f.lines), changed: number(f.changed), fresh: number(f.fresh), same: number(f.same), refused: number(f.refused) })}</strong></p>
        {f.refused > 0 && <p class="muted">{t('hub.members-apply-what')}</p>}
        <div class="row">
          {f.changed > 0 && <button type="button" class="button" disabled={busy} onClick={apply}>{t('hub.members-apply')}</button>}
          <button type="button" class="button plain" onClick={drop}>{t('common.cancel')}</button>
        </div>
      </section>
      {f.refusals.length > 0 && (
        <section class="panel stack-s">
          <h2>{t('hub.members-refused')}</h2>
          <div class="scroll-x" tabIndex={0} role="region" aria-label={t('hub.members-refused')}><table class="dense">
            <thead><tr><th scope="col" class="line">{t('hub.line')}</th><th scope="col">{t('hub.why')}</th><th scope="col" /></tr></thead>
            <tbody>{f.refusals.map(l => <tr key={l.line}><td class="line digits">{l.line}</td><td><span class="state bad wrap"><Icon name="cross" />{why(l.reason)}</span></td><td class="sum">{l.text}</td></tr>)}</tbody>
          </table></div>
        </section>
      )}
      {f.changes.length > 0 && (
        <section class="panel stack-s">
          <h2>{t('hub.members-changes')}</h2>
          <div class="scroll-x" tabIndex={0} role="region" aria-label={t('hub.members-changes')}><table class="dense">
            <thead><tr><th scope="col" class="line">{t('hub.line')}</th><th scope="col">{t('hub.council')}</th><th scope="col">{t('hub.area')}</th><th scope="col" class="number">{t('hub.members-was')}</th><th scope="col" class="number">{t('hub.members-n')}</th></tr></thead>
            <tbody>{f.changes.map(l => (
              <tr key={l.line}><td class="line digits">{l.line}</td><th scope="row">{l.council}{l.fresh && <span class="sub">{t('hub.members-new')}</span>}</th><td>{placePath(l.scope ?? 'KZ')}</td>
                <td class="number digits">{l.before === undefined ? '—' : number(l.before)}</td><td class="number digits">{number(l.members)}</td></tr>
            ))}</tbody>
          </table></div>
        </section>
      )}
    </>
  );
}
