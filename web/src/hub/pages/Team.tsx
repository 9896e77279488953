// SPDX-License-Identifier: Apache-2.0
// Who may sign in here; and the list of what was done.
import { useState } from 'preact/hooks';
import type { HubCode } from '../../api/routes.gen';
import { language, t, type Key } from '../../app/state/words';
import { Ask } from '../../app/ui/Ask';
import { Field, TextField } from '../../app/ui/Field';
import { Icon } from '../../app/ui/Icon';
import { Loading, NotLoaded, TroubleNotice } from '../../app/ui/Notice';
import { isKey } from '../../words/words';
import { CodeShown, Desk, Download, When } from '../Frame';
import { placePath, regions } from '../regions';
import { ask, hello, isNational, loadHello, useAsk } from '../state';
import { ScopeField } from './Scope';

const roles = ['region', 'auditor', 'national'] as const;

export function Team() {
  const team = useAsk('GET /api/hub/coordinators');
  const [code, setCode] = useState<{ name: string; code: HubCode }>(), [trouble, setTrouble] = useState<unknown>();
  const fresh = (id: string, name: string): void => {
    ask('POST /api/hub/coordinators/{id}/code', { params: { id } }).then(made => { setCode({ name, code: made }); window.scrollTo(0, 0); }, setTrouble);
  };
  const grant = (id: string, may: boolean): void => { ask('POST /api/hub/coordinators/{id}/iin', { params: { id }, body: { may } }).then(() => { team.again(); void loadHello(); }, setTrouble); };
  const end = (id: string): void => { ask('DELETE /api/hub/coordinators/{id}', { params: { id } }).then(team.again, setTrouble); };
  return (
    <Desk title={t('hub.team')}>
      <TroubleNotice trouble={trouble} />
      {code ? <section class="panel stack"><CodeShown code={code.code.code} qr={code.code.qr} what={t('hub.team-code', { name: code.name })} /><p><button type="button" class="button plain" onClick={() => setCode(undefined)}>{t('common.close')}</button></p></section>
        : <NewOne made={(name, made) => { setCode({ name, code: made }); team.again(); }} />}
      {!team.data ? team.trouble ? <NotLoaded trouble={team.trouble} again={team.again} /> : <Loading /> : (
        <div class="panel scroll-x" tabIndex={0} role="region" aria-label={t('hub.team')}>
          <table class="dense">
            <thead><tr><th scope="col">{t('hub.name')}</th><th scope="col">{t('hub.login')}</th><th scope="col">{t('hub.role')}</th><th scope="col">{t('hub.seen')}</th><th scope="col"><span class="hide">{t('hub.actions')}</span></th></tr></thead>
            <tbody>{team.data.map(c => (
              <tr key={c.id}>
                <th scope="row">{c.name}</th><td>{c.login}</td><td>{t(`hub.role.${c.role}` as Key)}, {placePath(c.scope)}{c.opens_iin && <span class="sub">{t('hub.iin-may')}</span>}</td>
                <td>{c.started ? <When at={c.seen_at} /> : <span class="state calm"><Icon name="wait" />{t('hub.not-begun')}</span>}</td>
                <td><div class="row">
                  <button type="button" class="button plain tight" onClick={() => fresh(c.id, c.name)}>{t('hub.new-code')}</button>
                  {c.role !== 'auditor' && (c.opens_iin ? <button type="button" class="button plain tight" onClick={() => grant(c.id, false)}>{t('hub.iin-take')}</button>
                    : <Ask look="plain tight" question={t('hub.iin-give-sure', { name: c.name })} yes={t('hub.iin-give-yes')} run={() => grant(c.id, true)}>{t('hub.iin-give')}</Ask>)}
                  {c.id !== hello.value?.me?.id && <Ask look="danger tight" question={t('hub.end-sure', { name: c.name })} yes={t('hub.end-yes')} run={() => end(c.id)}>{t('hub.end')}</Ask>}
                </div></td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </Desk>
  );
}

function NewOne({ made }: { made: (name: string, code: HubCode) => void }) {
  const [open, setOpen] = useState(false), [name, setName] = useState(''), [login, setLogin] = useState('');
  const [role, setRole] = useState<string>('region'), [scope, setScope] = useState(regions[0] ?? 'KZ'), [trouble, setTrouble] = useState<unknown>();
  if (!open) return <p><button type="button" class="button" onClick={() => setOpen(true)}><Icon name="add" />{t('hub.team-new')}</button></p>;
  const choose = (next: string): void => { setRole(next); setScope(next === 'region' ? regions[0] ?? 'KZ' : 'KZ'); };
  const submit = (e: Event): void => {
    e.preventDefault();
    ask('POST /api/hub/coordinators', { body: { name: name.trim(), login: login.trim(), role, scope, language: language.value } })
      .then(code => made(name.trim(), code), setTrouble);
  };
  return (
    <form class="panel stack" onSubmit={submit}>
      <h2>{t('hub.team-new')}</h2>
      <TroubleNotice trouble={trouble} />
      <div class="two-fields">
        <TextField id="name" label={t('hub.name')} value={name} set={setName} input={{ required: true }} />
        <TextField id="login" label={t('hub.login')} value={login} set={setLogin} input={{ required: true, autocapitalize: 'off', spellcheck: false }} />
      </div>
      <Field id="role" label={t('hub.role')} hint={t(`hub.role-what.${role}` as Key)}>
        <select class="select" id="role" value={role} onChange={e => choose(e.currentTarget.value)} aria-describedby="role-hint">{roles.map(r => <option key={r} value={r}>{t(`hub.role.${r}`)}</option>)}</select>
      </Field>
      {role !== 'national' && <ScopeField id="scope" value={scope} set={setScope} country={role === 'auditor'} />}
      <div class="row"><button class="button">{t('hub.team-make')}</button><button type="button" class="button plain" onClick={() => setOpen(false)}>{t('common.cancel')}</button></div>
    </form>
  );
}

export function Audit() {
  const [before, setBefore] = useState(0);
  const list = useAsk('GET /api/hub/audit', before ? { query: { before: String(before) } } : {});
  const who = (id: string, name: string | undefined): string => name ?? (isKey(`hub.who.${id}`) ? t(`hub.who.${id}` as Key) : id);
  const last = list.data?.[list.data.length - 1];
  return (
    <Desk title={t('hub.audit')}>
      <div class="tools"><p class="muted grow">{t('hub.audit-what')}</p><span class="push row"><Download route="GET /api/hub/audit" />{isNational() && <a class="button plain tight" href="/retention"><Icon name="wait" />{t('hub.retention')}</a>}</span></div>
      {!list.data ? list.trouble ? <NotLoaded trouble={list.trouble} again={list.again} /> : <Loading /> : (
        <>
          <div class="panel scroll-x" tabIndex={0} role="region" aria-label={t('hub.audit')}>
            <table class="dense">
              <thead><tr><th scope="col">{t('hub.time')}</th><th scope="col">{t('hub.who')}</th><th scope="col">{t('hub.action')}</th><th scope="col">{t('hub.about')}</th></tr></thead>
              <tbody>{list.data.map(a => (
                <tr key={a.number}><td><When at={a.at} /></td><td>{who(a.who, a.who_name)}</td><td>{isKey(`hub.did.${a.what}`) ? t(`hub.did.${a.what}` as Key) : a.what}</td><td class="sum">{a.about}{a.detail && ` · ${a.detail}`}</td></tr>
              ))}</tbody>
            </table>
          </div>
          {list.data.length >= 200 && last && <p><button type="button" class="button plain" onClick={() => setBefore(last.number)}>{t('hub.older')}</button></p>}
        </>
      )}
    </Desk>
  );
}
