// SPDX-License-Identifier: Apache-2.0
// A trainer signs in, on the laptop only.
import { useState } from 'preact/hooks';
import { call } from '../../../api/call';
import { remember, remembered } from '../../state/remember';
import { hello, signedIn } from '../../state/session';
import { t } from '../../state/words';
import { PasswordField, TextField, useErrors } from '../../ui/Field';
import { Icon, Mark } from '../../ui/Icon';
import { Notice, TroubleNotice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { LanguageChoice } from '../../ui/Top';

export function SignInPage() {
  usePage(t('sign-in.title'));
  const [login, setLogin] = useState(remembered('login') ?? ''), [password, setPassword] = useState('');
  const [seen, setSeen] = useState(false), [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>();
  const [errors, check] = useErrors(['login', 'password']);
  const local = hello.value?.local;
  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    if (!check({ login: login.trim() ? undefined : t('sign-in.login-missing'), password: password ? undefined : t('sign-in.password-missing') })) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      const welcome = await call('POST /api/sign-in', { body: { login: login.trim(), password } });
      remember('login', login.trim());
      await signedIn(welcome.word, welcome.me);
    } catch (e) {
      setTrouble(e);
      setBusy(false);
    }
  };
  return (
    <div class="doorway">
      <header class="doorway-side dark"><div class="brand"><Mark /><span class="brand-name">Kenes</span></div><p class="doorway-words">{hello.value?.site}</p></header>
      <main id="main" class="doorway-main">
        <form class="stack" onSubmit={e => void submit(e)} noValidate>
          <LanguageChoice long />
          <h1>{t('sign-in.title')}</h1>
          {!local && <Notice tone="warn">{t('err.denied.only-on-laptop')}</Notice>}
          <TroubleNotice trouble={trouble} />
          {local && (
            <>
              <TextField id="login" label={t('sign-in.login')} error={errors.login} value={login} set={setLogin} input={{ autocomplete: 'username', autocapitalize: 'words', spellcheck: false }} />
              <PasswordField id="password" label={t('password.label')} error={errors.password} value={password} set={setPassword} seen={seen} setSeen={setSeen} />
              <button class="button big full" disabled={busy}>{busy && <span class="spinner" aria-hidden="true" />}{t('sign-in.go')}</button>
            </>
          )}
          <p class="center"><a class="button quiet" href="/j">{t('sign-in.learner')}<Icon name="next" at="after" /></a></p>
        </form>
      </main>
    </div>
  );
}
