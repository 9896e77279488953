// SPDX-License-Identifier: Apache-2.0
// Sites: the list, one of them, invitations.
import { useState } from 'preact/hooks';
import { address } from '../../api/call';
import type { HubCode, HubSite } from '../../api/routes.gen';
import { go, path, query } from '../../app/state/router';
import { toast } from '../../app/state/toast';
import { t } from '../../app/state/words';
import { TextField } from '../../app/ui/Field';
import { Icon } from '../../app/ui/Icon';
import { Loading, Notice, NotLoaded, TroubleNotice } from '../../app/ui/Notice';
import { CodeShown, daysSince, Desk, Download, number, When } from '../Frame';
import { placePath, regions } from '../regions';
import { ask, mayChange, myScope, useAsk } from '../state';
import { Reason, Search } from './Pieces';
import { ScopeField } from './Scope';

const SILENT_MS = 21 * 86400000;

export function SiteState({ site }: { site: HubSite }) {
  if (site.revoked_at !== undefined) return <span class="state bad"><Icon name="cross" />{t('hub.site-cut')}</span>;
  if (site.forked_at !== undefined) return <span class="state warn"><Icon name="warn" />{t('hub.site-forked')}</span>;
  const heard = site.heard_at ?? site.enrolled_at;
  if (Date.now() - heard > SILENT_MS) return <span class="state warn"><Icon name="nolink" />{t('hub.silent-for', { days: daysSince(heard) })}</span>;
  return <span class="state good"><Icon name="done" />{t('hub.site-well')}</span>;
}

export function Sites() {
  path.use();
  const find = query('find') ?? '', silent = query('silent') ? { silent: '1' } : undefined, scope = query('scope') ?? myScope();
  const asked = { scope, find, ...silent };
  const sites = useAsk('GET /api/hub/sites', { query: asked });
  return (
    <Desk title={t(silent ? 'hub.silent' : 'hub.sites')} head={scope !== myScope() && <nav class="crumbs"><a href="/sites">{t('hub.sites')}</a><span>{placePath(scope)}</span></nav>}>
      <div class="tools">
        <Search label={t('hub.sites-find')} value={find} run={text => go(`/sites?find=${encodeURIComponent(text)}`)} />
        <span class="push row">
          <Download route="GET /api/hub/sites" query={asked} />
          <a class="button tight" href="/sites/invite"><Icon name="add" />{t('hub.invite')}</a>
        </span>
      </div>
      {!sites.data ? sites.trouble ? <NotLoaded trouble={sites.trouble} again={sites.again} /> : <Loading />
        : sites.data.length === 0 ? <p class="empty">{t(find || silent ? 'hub.none-found' : 'hub.sites-none')}</p> : (
          <div class="panel scroll-x" tabIndex={0} role="region" aria-label={t('hub.sites')}>
            <table class="dense">
              <thead><tr><th scope="col">{t('hub.site')}</th><th scope="col">{t('hub.area')}</th><th scope="col">{t('hub.contact')}</th><th scope="col">{t('hub.heard')}</th><th scope="col" class="number">{t('hub.records')}</th><th scope="col">{t('hub.state')}</th></tr></thead>
              <tbody>{sites.data.map(s => (
                <tr key={s.id}>
                  <th scope="row"><a href={`/sites/${s.id}`}>{s.name || t('hub.unnamed')}</a></th>
                  <td>{placePath(s.scope)}</td><td>{s.contact ?? '—'}</td><td><When at={s.heard_at} /></td>
                  <td class="number digits">{number(s.records)}</td><td><SiteState site={s} /></td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        )}
      {sites.data && sites.data.length >= 200 && <p class="muted">{t('hub.more')}</p>}
    </Desk>
  );
}

export function Site({ id }: { id: string }) {
  const seen = useAsk('GET /api/hub/sites/{id}', { params: { id } });
  const [trouble, setTrouble] = useState<unknown>();
  const cut = async (why: string): Promise<void> => {
    try {
      await ask('POST /api/hub/sites/{id}/revoke', { params: { id }, body: { why } });
      toast(t('hub.done'));
      seen.again();
    } catch (e) { setTrouble(e); }
  };
  if (!seen.data) return <Desk title={t('hub.site')}>{seen.trouble ? <NotLoaded trouble={seen.trouble} again={seen.again} /> : <Loading />}</Desk>;
  const { site, epochs } = seen.data;
  const off = Math.round(Math.abs(site.clock_off_ms ?? 0) / 3600000);   // hours
  return (
    <Desk title={site.name || t('hub.unnamed')} head={<nav class="crumbs"><a href="/sites">{t('hub.sites')}</a></nav>}>
      <TroubleNotice trouble={trouble} />
      <div class="panel stack">
        <p><SiteState site={site} /></p>
        <dl class="facts">
          <div><dt>{t('hub.area')}</dt><dd>{placePath(site.scope)}</dd></div>
          <div><dt>{t('hub.contact')}</dt><dd>{site.contact ?? '—'}</dd></div>
          <div><dt>{t('hub.heard')}</dt><dd><When at={site.heard_at} /></dd></div>
          <div><dt>{t('hub.enrolled')}</dt><dd><When at={site.enrolled_at} /></dd></div>
          <div><dt>{t('hub.expires')}</dt><dd><When at={site.expires_at} /></dd></div>
          <div><dt>{t('hub.records')}</dt><dd>{number(site.records)}</dd></div>
        </dl>
        {off > 0 && <Notice tone="warn">{off < 48 ? t('hub.clock-off', { n: off }) : t('hub.clock-off-days', { n: Math.round(off / 24) })}</Notice>}
      </div>
      <section class="panel stack">
        <h2>{t('hub.really')}</h2>
        <p class="muted">{t('hub.really-what')}</p>
        {epochs.length === 0 ? <p>{t('hub.really-none')}</p> : (
          <div class="scroll-x" tabIndex={0} role="region" aria-label={t('hub.really')}>
            <table class="dense">
              <thead><tr><th scope="col">{t('hub.epoch')}</th><th scope="col" class="number">{t('hub.records')}</th><th scope="col">{t('hub.gaps')}</th><th scope="col">{t('hub.sum')}</th></tr></thead>
              <tbody>{epochs.map(e => (
                <tr key={e.epoch}>
                  <td class="digits">{e.epoch}</td><td class="number digits">{number(e.records)}</td>
                  <td>{e.through === e.last ? <span class="state good"><Icon name="done" />{t('hub.gaps-none')}</span> : <span class="state warn"><Icon name="warn" />{t('hub.gaps-some', { n: number(e.last - e.through) })}</span>}</td>
                  <td class="sum digits">{e.total}</td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        )}
      </section>
      {mayChange() && site.revoked_at === undefined && (
        <section class="panel stack">
          <h2>{t('hub.items')}</h2>
          <p class="muted">{t('hub.items-what')}</p>
          <p class="row">
            <a class="button plain" href={address('GET /api/hub/sites/{id}/items.kenes', { params: { id } })} download><Icon name="download" />{t('hub.items-take')}</a>
            <a class="button quiet" href={address('GET /api/hub/sites/{id}/items.kenes', { params: { id }, query: { courses_mb: '0' } })} download>{t('hub.items-without')}</a>
          </p>
        </section>
      )}
      {mayChange() && site.revoked_at === undefined && (
        <section class="panel stack"><h2>{t('hub.cut')}</h2><p class="muted">{t('hub.cut-what')}</p><Reason button={t('hub.cut-do')} run={why => void cut(why)} /></section>
      )}
    </Desk>
  );
}

export function Invite() {
  const invites = useAsk('GET /api/hub/invites');
  const [scope, setScope] = useState(myScope() === 'KZ' ? regions[0] ?? 'KZ' : myScope()), [label, setLabel] = useState(''), [made, setMade] = useState<HubCode>();
  const [trouble, setTrouble] = useState<unknown>();
  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    try {
      setTrouble(undefined);
      setMade(await ask('POST /api/hub/invites', { body: { scope, label: label.trim(), days: 14 } }));
      setLabel('');
      invites.again();
    } catch (e) { setTrouble(e); }
  };
  const end = (id: string): void => { ask('DELETE /api/hub/invites/{id}', { params: { id } }).then(invites.again, setTrouble); };
  return (
    <Desk title={t('hub.invite')} head={<nav class="crumbs"><a href="/sites">{t('hub.sites')}</a></nav>}>
      <TroubleNotice trouble={trouble} />
      {mayChange() && (made ? (
        <section class="panel stack"><CodeShown code={made.code} qr={made.qr} what={t('hub.invite-shown')} /><p><button type="button" class="button plain" onClick={() => setMade(undefined)}>{t('hub.invite-another')}</button></p></section>
      ) : (
        <form class="panel stack" onSubmit={e => void submit(e)}>
          <p class="muted">{t('hub.invite-what')}</p>
          <ScopeField id="scope" value={scope} set={setScope} />
          <TextField id="label" label={t('hub.invite-label')} hint={t('hub.invite-hint')} value={label} set={setLabel} />
          <p><button class="button">{t('hub.invite-make')}</button></p>
        </form>
      ))}
      <section class="stack-s">
        <h2>{t('hub.invites')}</h2>
        {!invites.data ? <Loading /> : invites.data.length === 0 ? <p class="empty">{t('hub.invites-none')}</p> : (
          <div class="panel scroll-x" tabIndex={0} role="region" aria-label={t('hub.invites')}>
            <table class="dense">
              <thead><tr><th scope="col">{t('hub.invite-label')}</th><th scope="col">{t('hub.area')}</th><th scope="col">{t('hub.expires')}</th><th scope="col">{t('hub.state')}</th></tr></thead>
              <tbody>{invites.data.map(i => (
                <tr key={i.id}>
                  <th scope="row">{i.label || '—'}</th><td>{placePath(i.scope)}</td><td><When at={i.expires_at} /></td>
                  <td>{i.used_by ? <a href={`/sites/${i.used_by}`}>{t('hub.invite-used')}</a>
                    : i.revoked_at !== undefined ? t('hub.invite-revoked')
                      : i.expires_at < Date.now() ? t('hub.invite-late')
                        : mayChange() ? <button type="button" class="button danger tight" onClick={() => end(i.id)}>{t('hub.invite-end')}</button> : t('hub.invite-open')}</td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        )}
      </section>
    </Desk>
  );
}
