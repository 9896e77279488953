// SPDX-License-Identifier: Apache-2.0
// The IIN: nothing needs it here. Whoever wants it on record at the centre gives it to the trainer, and it is sealed.
import { useState } from 'preact/hooks';
import { call } from '../../../api/call';
import type { PersonDetail } from '../../../api/routes.gen';
import { clock } from '../../state/format';
import { iinDigits, isIin } from '../../state/iin';
import { toast } from '../../state/toast';
import { t } from '../../state/words';
import { TextField, useErrors } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Notice, TroubleNotice } from '../../ui/Notice';

export function IinCard({ detail, again }: { detail: PersonDetail; again: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <section class="card stack-s" aria-label={t('iin.title')}>
      <h2>{t('iin.title')}</h2>
      {detail.iin_at !== undefined && <Notice tone="good" icon="done">{t('iin.sealed', { time: clock(detail.iin_at) })}</Notice>}
      {!detail.enrolled ? <p class="muted">{t('iin.not-enrolled')} <a href="/trainer/sync">{t('sync.title')}</a></p>
        : open ? <IinForm person={detail.person.id} done={() => { setOpen(false); again(); }} />
          : <><p class="muted">{t('iin.what')}</p><p><button type="button" class="button plain" onClick={() => setOpen(true)}><Icon name="seal" />{t(detail.iin_at === undefined ? 'iin.enter' : 'iin.enter-again')}</button></p></>}
    </section>
  );
}

function IinForm({ person, done }: { person: string; done: () => void }) {
  const [iin, setIin] = useState(''), [agreed, setAgreed] = useState(false), [busy, setBusy] = useState(false), [trouble, setTrouble] = useState<unknown>();
  const [errors, check] = useErrors(['iin', 'agreed']);
  const wrong = (): string | undefined => {
    const digits = iinDigits(iin);
    return /\D/.test(digits) ? t('iin.only-digits') : digits.length !== 12 ? t('iin.twelve', { n: digits.length }) : isIin(iin) ? undefined : t('iin.control');
  };
  const submit = (e: Event): void => {
    e.preventDefault();
    if (!check({ iin: wrong(), agreed: agreed ? undefined : t('err.invalid.not-agreed') })) return;
    setBusy(true);
    setTrouble(undefined);
    call('POST /api/people/{id}/iin', { params: { id: person }, body: { iin: iinDigits(iin), agreed } })
      .then(() => { setIin(''); toast(t('iin.done')); done(); }, setTrouble)
      .then(() => setBusy(false), () => undefined);
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <p>{t('iin.how')}</p>
      <TroubleNotice trouble={trouble} />
      <TextField id="iin" label={t('iin.title')} hint={t('iin.hint')} error={errors.iin} value={iin} set={setIin} input={{ inputMode: 'numeric', maxLength: 20, spellcheck: false }} />
      <label class="check"><input id="agreed" type="checkbox" checked={agreed} onChange={e => setAgreed(e.currentTarget.checked)} /><span>{t('iin.agreed')}</span></label>
      {errors.agreed && !agreed && <Notice tone="bad" role="alert">{errors.agreed}</Notice>}
      <p><button class="button" disabled={busy}>{busy && <span class="spinner" aria-hidden="true" />}{t('iin.seal')}</button></p>
    </form>
  );
}
