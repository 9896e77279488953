// SPDX-License-Identifier: Apache-2.0
// The registry of certificates.
import { day } from '../../app/state/format';
import { go, path, query } from '../../app/state/router';
import { t, type Key } from '../../app/state/words';
import { Icon, type IconName } from '../../app/ui/Icon';
import { Loading, NotLoaded } from '../../app/ui/Notice';
import { Desk, Download } from '../Frame';
import { placePath } from '../regions';
import { useAsk } from '../state';
import { Search } from './Pieces';

const looks: Record<string, [tone: string, icon: IconName]> = { valid: ['good', 'done'], superseded: ['calm', 'again'], revoked: ['bad', 'cross'] };

export function CertificateState({ state }: { state: string }) {
  const [tone, icon] = looks[state] ?? ['calm', 'info'];
  return <span class={`state ${tone}`}><Icon name={icon} />{looks[state] ? t(`hub.certificate.${state}` as Key) : state}</span>;
}

export function Certificates() {
  path.use();
  const find = query('find') ?? '';
  const list = useAsk('GET /api/hub/certificates', { query: { find } });
  return (
    <Desk title={t('hub.certificates')}>
      <div class="tools">
        <Search label={t('hub.certificates-find')} value={find} run={text => go(`/certificates?find=${encodeURIComponent(text)}`)} />
        <span class="push"><Download route="GET /api/hub/certificates" query={{ find }} /></span>
      </div>
      {!list.data ? list.trouble ? <NotLoaded trouble={list.trouble} again={list.again} /> : <Loading />
        : list.data.length === 0 ? <p class="empty">{t(find ? 'hub.none-found' : 'hub.certificates-none')}</p> : (
          <div class="panel scroll-x" tabIndex={0} role="region" aria-label={t('hub.certificates')}>
            <table class="dense">
              <thead><tr><th scope="col">{t('hub.serial')}</th><th scope="col">{t('hub.holder')}</th><th scope="col">{t('hub.course')}</th><th scope="col">{t('hub.area')}</th><th scope="col">{t('hub.date')}</th><th scope="col">{t('hub.state')}</th></tr></thead>
              <tbody>{list.data.map(c => (
                <tr key={c.serial}><th scope="row" class="digits nowrap">{c.serial}</th><td><a href={`/people/${c.person}`}>{c.holder || t('hub.nameless')}</a><span class="sub">{c.council_name}</span></td><td>{c.title}</td><td>{placePath(c.scope)}</td><td class="nowrap">{day(c.held_on)}</td><td><CertificateState state={c.state} />{c.why && <span class="sub">{c.why}</span>}</td></tr>
              ))}</tbody>
            </table>
          </div>
        )}
      {list.data && list.data.length >= 200 && <p class="muted">{t('hub.more')}</p>}
    </Desk>
  );
}
