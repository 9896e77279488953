// SPDX-License-Identifier: Apache-2.0
// The first start: language, the site's name, the trainer's name, a password. No other question.
import { useState } from 'preact/hooks';
import { call, Trouble } from '../../../api/call';
import { remember } from '../../state/remember';
import { go } from '../../state/router';
import { signedIn } from '../../state/session';
import { language, t } from '../../state/words';
import { PasswordField, TextField, useErrors } from '../../ui/Field';
import { Icon, Mark } from '../../ui/Icon';
import { TroubleNotice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { LanguageChoice } from '../../ui/Top';

const LEAST = 8;

export function StartPage() {
  usePage(t('start.title'));
  const [site, setSite] = useState(''), [name, setName] = useState('');
  const [password, setPassword] = useState(''), [repeat, setRepeat] = useState('');
  const [seen, setSeen] = useState(false), [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>();
  const [errors, check] = useErrors(['site', 'name', 'password', 'repeat']);
  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    const ok = check({
      site: site.trim() ? undefined : t('start.site-missing'),
      name: name.trim() ? undefined : t('start.name-missing'),
      password: Array.from(password).length >= LEAST ? undefined : t('start.password-short', { n: LEAST }),
      repeat: seen || repeat === password ? undefined : t('start.password-differs'),
    });
    if (!ok) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      const welcome = await call('POST /api/setup', { body: { site: site.trim(), name: name.trim(), password, language: language.value } });
      remember('login', name.trim());
      await signedIn(welcome.word, welcome.me);
      go('/trainer', true);
    } catch (e) {
      if (e instanceof Trouble && e.status === 409) return location.reload();
      setTrouble(e);
      setBusy(false);
    }
  };
  return (
    <div class="doorway">
      <header class="doorway-side dark"><div class="brand"><Mark /><span class="brand-name">Kenes</span></div><p class="doorway-words">{t('start.promise')}</p></header>
      <main id="main" class="doorway-main">
        <form class="stack" onSubmit={e => void submit(e)} noValidate>
          <LanguageChoice long />
          <div><h1>{t('start.title')}</h1><p class="muted">{t('start.what')}</p></div>
          <TroubleNotice trouble={trouble} />
          <TextField id="site" label={t('start.site')} hint={t('start.site-hint')} error={errors.site} value={site} set={setSite} input={{ maxLength: 200 }} />
          <TextField id="name" label={t('start.name')} hint={t('start.name-hint')} error={errors.name} value={name} set={setName} input={{ maxLength: 200, autocomplete: 'username', autocapitalize: 'words', spellcheck: false }} />
          <PasswordField id="password" label={t('password.label')} hint={t('start.password-hint', { n: LEAST })} error={errors.password} value={password} set={setPassword} seen={seen} setSeen={setSeen} newOne />
          {!seen && <PasswordField id="repeat" label={t('start.repeat')} error={errors.repeat} value={repeat} set={setRepeat} seen={false} newOne />}
          <button class="button big full" disabled={busy}>{busy && <span class="spinner" aria-hidden="true" />}{t('start.go')}<Icon name="next" at="after" /></button>
        </form>
      </main>
    </div>
  );
}
