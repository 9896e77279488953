// SPDX-License-Identifier: Apache-2.0
// Signing in, and beginning with a code: password, authenticator app, recovery codes.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../../api/call';
import type { HubBegun, HubStarted } from '../../api/routes.gen';
import { remember, remembered } from '../../app/state/remember';
import { go, path } from '../../app/state/router';
import { t } from '../../app/state/words';
import { PasswordField, TextField, useErrors } from '../../app/ui/Field';
import { Icon, Mark } from '../../app/ui/Icon';
import { Notice, TroubleNotice } from '../../app/ui/Notice';
import { usePage } from '../../app/ui/Page';
import { LanguageChoice } from '../../app/ui/Top';
import { hello, signedIn } from '../state';

export function Door({ title, children }: { title: string; children: ComponentChildren }) {
  usePage(title);
  return (
    <div class="doorway">
      <header class="doorway-side dark"><div class="brand"><Mark /><span class="brand-name">Kenes</span></div><p class="doorway-words">{t('hub.door')}</p></header>
      <main id="main" class="doorway-main"><div class="door stack"><LanguageChoice long /><h1>{title}</h1>{children}</div></main>
    </div>
  );
}

const digitsInput = { inputMode: 'numeric', autocomplete: 'one-time-code', spellcheck: false, autocapitalize: 'characters' };

/** Runs what a form sends, and keeps what went wrong. */
function useSending(): { busy: boolean; trouble: unknown; send: (run: () => Promise<void>) => void } {
  const [busy, setBusy] = useState(false), [trouble, setTrouble] = useState<unknown>();
  return {
    busy, trouble,
    send: run => {
      setBusy(true);
      setTrouble(undefined);
      run().catch(setTrouble).then(() => setBusy(false), () => undefined);
    },
  };
}

export function SignIn() {
  const [login, setLogin] = useState(remembered('login') ?? ''), [password, setPassword] = useState(''), [digits, setDigits] = useState('');
  const [seen, setSeen] = useState(false), { busy, trouble, send } = useSending();
  const [errors, check] = useErrors(['login', 'password', 'digits']);
  const submit = (e: Event): void => {
    e.preventDefault();
    if (!check({
      login: login.trim() ? undefined : t('hub.login-missing'),
      password: password ? undefined : t('sign-in.password-missing'),
      digits: digits.trim() ? undefined : t('hub.digits-missing'),
    })) return;
    send(async () => {
      const me = await call('POST /api/hub/sign-in', { body: { login: login.trim(), password, digits: digits.trim() } });
      remember('login', login.trim());
      if (path.value.startsWith('/start') || path.value.startsWith('/sign-in')) go('/', true);
      signedIn(me);
    });
  };
  return (
    <Door title={t('hub.sign-in')}>
      {!hello.value?.ready && <Notice tone="warn">{t('hub.not-ready')}</Notice>}
      <form class="stack" onSubmit={submit} noValidate>
        <TroubleNotice trouble={trouble} />
        <TextField id="login" label={t('hub.login')} error={errors.login} value={login} set={setLogin} input={{ autocomplete: 'username', autocapitalize: 'off', spellcheck: false }} />
        <PasswordField id="password" label={t('password.label')} error={errors.password} value={password} set={setPassword} seen={seen} setSeen={setSeen} />
        <TextField id="digits" label={t('hub.digits')} hint={t('hub.digits-hint')} error={errors.digits} value={digits} set={setDigits} input={digitsInput} />
        <button class="button big full" disabled={busy}>{busy && <span class="spinner" aria-hidden="true" />}{t('sign-in.go')}</button>
      </form>
      <p class="center"><a class="button quiet" href="/start">{t('hub.have-code')}<Icon name="next" at="after" /></a></p>
    </Door>
  );
}

export function Start() {
  const [login, setLogin] = useState(''), [code, setCode] = useState('');
  const [started, setStarted] = useState<HubStarted>(), [begun, setBegun] = useState<HubBegun>();
  const { busy, trouble, send } = useSending();
  const [errors, check] = useErrors(['login', 'code']);
  if (begun) return <Recovery begun={begun} />;
  if (started) return <SetUp login={login} code={code} started={started} done={setBegun} />;
  const submit = (e: Event): void => {
    e.preventDefault();
    if (!check({ login: login.trim() ? undefined : t('hub.login-missing'), code: code.trim() ? undefined : t('hub.code-missing') })) return;
    send(async () => setStarted(await call('POST /api/hub/start', { body: { login: login.trim(), code: code.trim() } })));
  };
  return (
    <Door title={t('hub.start')}>
      <p class="muted">{t('hub.start-what')}</p>
      <form class="stack" onSubmit={submit} noValidate>
        <TroubleNotice trouble={trouble} />
        <TextField id="login" label={t('hub.login')} error={errors.login} value={login} set={setLogin} input={{ autocapitalize: 'off', spellcheck: false }} />
        <TextField id="code" label={t('hub.code')} hint={t('hub.code-hint')} error={errors.code} value={code} set={setCode} input={{ autocapitalize: 'characters', spellcheck: false }} />
        <button class="button big full" disabled={busy}>{busy && <span class="spinner" aria-hidden="true" />}{t('common.next')}</button>
      </form>
      <p class="center"><a class="button quiet" href="/">{t('hub.to-sign-in')}</a></p>
    </Door>
  );
}

function SetUp({ login, code, started, done }: { login: string; code: string; started: HubStarted; done: (begun: HubBegun) => void }) {
  const [password, setPassword] = useState(''), [digits, setDigits] = useState(''), [seen, setSeen] = useState(false);
  const { busy, trouble, send } = useSending();
  const [errors, check] = useErrors(['password', 'digits']);
  const submit = (e: Event): void => {
    e.preventDefault();
    if (!check({
      password: password.length >= 12 ? undefined : t('hub.password-short'),
      digits: /^\s*(\d\s*){6}$/.test(digits) ? undefined : t('hub.digits-six'),
    })) return;
    send(async () => done(await call('POST /api/hub/start/confirm', {
      body: { login: login.trim(), code: code.trim(), password, key: started.key, digits: digits.trim() },
    })));
  };
  return (
    <Door title={t('hub.hello', { name: started.name })}>
      <form class="stack" onSubmit={submit} noValidate>
        <TroubleNotice trouble={trouble} />
        <PasswordField id="password" label={t('hub.password-new')} hint={t('hub.password-hint')} error={errors.password} value={password} set={setPassword} seen={seen} setSeen={setSeen} newOne />
        <div class="app-step">
          <img src={`data:image/svg+xml,${encodeURIComponent(started.qr)}`} alt={t('hub.app-qr')} width="176" height="176" />
          <div class="stack-s"><p>{t('hub.app-what')}</p><p class="small muted">{t('hub.app-key')}</p><p class="key">{started.key.replace(/(.{4})(?=.)/g, '$1 ')}</p></div>
        </div>
        <TextField id="digits" label={t('hub.digits-app')} error={errors.digits} value={digits} set={setDigits} input={digitsInput} />
        <button class="button big full" disabled={busy}>{busy && <span class="spinner" aria-hidden="true" />}{t('hub.begin')}</button>
      </form>
    </Door>
  );
}

function Recovery({ begun }: { begun: HubBegun }) {
  const [kept, setKept] = useState(false);
  return (
    <Door title={t('hub.recovery')}>
      <p>{t('hub.recovery-what')}</p>
      <ol class="recovery digits">{begun.recovery.map(code => <li key={code}>{code}</li>)}</ol>
      <p class="row"><button type="button" class="button plain" onClick={() => window.print()}><Icon name="print" />{t('hub.print')}</button></p>
      <label class="check"><input type="checkbox" checked={kept} onChange={e => setKept(e.currentTarget.checked)} /><span>{t('hub.recovery-kept')}</span></label>
      <button type="button" class="button big full" disabled={!kept} onClick={() => { go('/', true); signedIn(begun.me); }}>{t('hub.recovery-go')}</button>
    </Door>
  );
}
