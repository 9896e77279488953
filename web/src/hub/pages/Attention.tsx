// SPDX-License-Identifier: Apache-2.0
// What somebody should look at: what happened, what to do, settled with a reason.
import { useState } from 'preact/hooks';
import type { ReportAttention } from '../../api/routes.gen';
import { toast } from '../../app/state/toast';
import { t, type Key } from '../../app/state/words';
import { Icon } from '../../app/ui/Icon';
import { Loading, NotLoaded, TroubleNotice } from '../../app/ui/Notice';
import { isKey } from '../../words/words';
import { Desk, Download, When } from '../Frame';
import { placePath } from '../regions';
import { ask, mayChange, useAsk } from '../state';
import { Reason } from './Pieces';

const kinds = ['quarantine', 'fork', 'dispute', 'clock'];
const word = (start: string, end: string, otherwise: Key): string => (isKey(`${start}${end}`) ? t(`${start}${end}` as Key) : t(otherwise));

export function Attention() {
  const list = useAsk('GET /api/hub/attention');
  return (
    <Desk title={t('hub.attention')}>
      <div class="tools"><p class="muted grow">{t('hub.attention-what')}</p><Download route="GET /api/hub/attention" /></div>
      {!list.data ? list.trouble ? <NotLoaded trouble={list.trouble} again={list.again} /> : <Loading />
        : list.data.length === 0 ? <p class="empty all-well"><Icon name="done" />{t('hub.attention-none')}</p>
          : <ul class="attention">{list.data.map(it => <li key={it.number}><Item it={it} done={list.again} /></li>)}</ul>}
    </Desk>
  );
}

function Item({ it, done }: { it: ReportAttention; done: () => void }) {
  const [open, setOpen] = useState<'apply' | 'drop'>(), [trouble, setTrouble] = useState<unknown>();
  const kind = kinds.includes(it.kind) ? it.kind : 'other', quarantined = it.kind === 'quarantine';
  const settle = (why: string): void => {
    ask('POST /api/hub/attention/{id}/settle', { params: { id: String(it.number) }, body: { apply: open === 'apply', why } })
      .then(() => { toast(t('hub.done')); done(); }, setTrouble);
  };
  return (
    <article class={`panel attention-item ${kind}`}>
      <h2><Icon name={it.kind === 'dispute' ? 'hand' : 'warn'} />{t(`hub.what.${kind}` as Key)}</h2>
      <p>{it.kind === 'dispute' ? isKey(`hub.dispute.${it.detail}`) ? t(`hub.dispute.${it.detail}` as Key) : `«${it.detail}»` : word('hub.reason.', it.detail, 'hub.reason.other')}</p>
      <p class="do"><strong>{t('hub.to-do')}</strong> {t(`hub.do.${kind}` as Key)}</p>
      <p class="small muted"><a href={`/sites/${it.site}`}>{it.site_name || t('hub.unnamed')}</a> · {placePath(it.scope)}{it.contact && ` · ${it.contact}`} · <When at={it.at} /></p>
      <TroubleNotice trouble={trouble} />
      {mayChange() && (open ? (
        <div class="settle"><Reason id={`why-${it.number}`} look="" button={t(open === 'apply' ? 'hub.apply' : quarantined ? 'hub.leave' : 'hub.settle')} run={settle} /><button type="button" class="button quiet" onClick={() => setOpen(undefined)}>{t('common.cancel')}</button></div>
      ) : (
        <div class="row">
          {quarantined && <button type="button" class="button tight" onClick={() => setOpen('apply')}>{t('hub.apply')}</button>}
          <button type="button" class="button plain tight" onClick={() => setOpen('drop')}>{t(quarantined ? 'hub.leave' : 'hub.settle')}</button>
        </div>
      ))}
    </article>
  );
}
