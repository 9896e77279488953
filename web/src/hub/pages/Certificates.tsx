// SPDX-License-Identifier: Apache-2.0
// The registry of certificates: searched by number or by the holder's name.
import { day } from '../../app/state/format';
import { go, path, query } from '../../app/state/router';
import { t, type Key } from '../../app/state/words';
import { Icon, type IconName } from '../../app/ui/Icon';
import { Loading, NotLoaded } from '../../app/ui/Notice';
import { isKey } from '../../words/words';
import { Desk, Download } from '../Frame';
import { placeName, placePath, regions } from '../regions';
import { myScope, useAsk } from '../state';
import { Search } from './Pieces';

const looks: Record<string, [tone: string, icon: IconName]> = { valid: ['good', 'done'], superseded: ['calm', 'again'], revoked: ['bad', 'cross'] };

export function CertificateState({ state }: { state: string }) {
  const [tone, icon] = looks[state] ?? ['calm', 'info'];
  return <span class={`state ${tone}`}><Icon name={icon} />{looks[state] ? t(`hub.certificate.${state}` as Key) : state}</span>;
}

/** Why one was revoked: a word of ours, or what a site wrote. */
export const reasonText = (why: string): string => (isKey(`hub.revoke.${why}`) ? t(`hub.revoke.${why}` as Key) : why);

export function Certificates() {
  path.use();
  const asked = { find: query('find') ?? '', state: query('state') ?? '', scope: query('scope') ?? myScope() }, { find, state, scope } = asked;
  const list = useAsk('GET /api/hub/certificates', { query: asked });
  const to = (next: Partial<typeof asked>): void => {
    const all = { ...asked, ...next };
    go(`/certificates?find=${encodeURIComponent(all.find)}&state=${all.state}&scope=${all.scope}`);
  };
  return (
    <Desk title={t('hub.certificates')}>
      <div class="tools">
        <Search key={find} label={t('hub.certificates-find')} value={find} run={text => to({ find: text })} />
        <select class="select short" aria-label={t('hub.state')} value={state} onChange={e => to({ state: e.currentTarget.value })}>
          <option value="">{t('hub.certificate.any')}</option>
          {Object.keys(looks).map(word => <option key={word} value={word}>{t(`hub.certificate.${word}` as Key)}</option>)}
        </select>
        {myScope() === 'KZ' && (
          <select class="select short" aria-label={t('hub.region')} value={scope} onChange={e => to({ scope: e.currentTarget.value })}>
            {['KZ', ...regions].map(code => <option key={code} value={code}>{placeName(code)}</option>)}
          </select>
        )}
        <span class="push row">
          <Download route="GET /api/hub/certificates" query={asked} />
          <a class="button tight" href="/certificates/verify"><Icon name="seal" />{t('hub.verify')}</a>
        </span>
      </div>
      {!list.data ? list.trouble ? <NotLoaded trouble={list.trouble} again={list.again} /> : <Loading />
        : list.data.length === 0 ? <p class="empty">{t(find || state || scope !== myScope() ? 'hub.none-found' : 'hub.certificates-none')}</p> : (
          <div class="panel scroll-x" tabIndex={0} role="region" aria-label={t('hub.certificates')}>
            <table class="dense">
              <thead><tr><th scope="col">{t('hub.serial')}</th><th scope="col">{t('hub.holder')}</th><th scope="col">{t('hub.course')}</th><th scope="col">{t('hub.area')}</th><th scope="col">{t('hub.date')}</th><th scope="col">{t('hub.state')}</th></tr></thead>
              <tbody>{list.data.map(c => (
                <tr key={c.serial}><th scope="row" class="digits nowrap"><a href={`/certificates/${c.serial}`}>{c.serial}</a></th><td>{c.holder || t('hub.nameless')}<span class="sub">{c.council_name}</span></td><td>{c.title}</td><td>{placePath(c.scope)}</td><td class="nowrap">{day(c.held_on)}</td><td><CertificateState state={c.state} />{c.why && <span class="sub">{reasonText(c.why)}</span>}</td></tr>
              ))}</tbody>
            </table>
          </div>
        )}
      {list.data && list.data.length >= 200 && <p class="muted">{t('hub.more')}</p>}
    </Desk>
  );
}
