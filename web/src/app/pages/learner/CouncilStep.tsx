// SPDX-License-Identifier: Apache-2.0
// Picking one's council from a list that is searched as one types (Kazakh letters may be typed as Russian
// ones), or typing it in when it is not there.
import { useMemo, useState } from 'preact/hooks';
import type { Council } from '../../../api/routes.gen';
import { t } from '../../state/words';
import { TextField, useErrors } from '../../ui/Field';
import { Icon } from '../../ui/Icon';

export interface CouncilChoice { id?: string; name: string }
const SHOWN = 40;

const alike: Record<string, string> = { ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', ё: 'е', й: 'и' };
export const fold = (text: string): string => text.toLowerCase().replace(/[әғқңөұүһіёй]/g, c => alike[c] ?? c);

export function CouncilStep({ councils, chosen, choose }: { councils: Council[]; chosen: CouncilChoice | undefined; choose: (c: CouncilChoice) => void }) {
  const [typed, setTyped] = useState('');
  const [own, setOwn] = useState(councils.length === 0);
  const folded = useMemo(() => councils.map(c => fold(c.name)), [councils]);
  const found = useMemo(() => {
    const words = fold(typed).split(/\s+/).filter(Boolean);
    return councils.filter((_, i) => words.every(w => folded[i]?.includes(w)));
  }, [typed, councils]);
  if (own) return <OwnCouncil first={chosen?.id ? '' : chosen?.name ?? typed} choose={choose} back={councils.length ? () => setOwn(false) : undefined} />;
  return (
    <div class="stack">
      {councils.length > 6 && (
        <TextField id="council-search" label={t('join.council-search')} value={typed} set={setTyped} input={{ type: 'search', enterkeyhint: 'search' }} />
      )}
      <p class="hide" role="status">{typed ? t('join.found', { n: found.length }) : ''}</p>
      <ul class="picks">
        {found.slice(0, SHOWN).map(c => (
          <li key={c.id}><button type="button" aria-pressed={chosen?.id === c.id} onClick={() => choose(c)}><span>{c.name}</span><Icon name="next" at="after" /></button></li>
        ))}
      </ul>
      {found.length > SHOWN && <p class="muted small">{t('join.more', { n: found.length - SHOWN })}</p>}
      {!found.length && <p class="muted">{t('join.none-found')}</p>}
      <button type="button" class="button plain full" onClick={() => setOwn(true)}>{t('join.not-in-list')}</button>
    </div>
  );
}

function OwnCouncil({ first, choose, back }: { first: string; choose: (c: CouncilChoice) => void; back: (() => void) | undefined }) {
  const [name, setName] = useState(first);
  const [errors, check] = useErrors(['council-name']);
  const submit = (e: Event): void => {
    e.preventDefault();
    const clean = name.trim().replace(/\s+/g, ' ');
    if (check({ 'council-name': clean.length > 1 ? undefined : t('join.council-missing') })) choose({ name: clean });
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <TextField id="council-name" label={t('join.council-own')} hint={t('join.council-hint')} error={errors['council-name']} value={name} set={setName} input={{ maxLength: 200, autocapitalize: 'sentences' }} />
      <button class="button big full">{t('common.next')}<Icon name="next" at="after" /></button>
      {back && <button type="button" class="button quiet full" onClick={back}>{t('join.to-list')}</button>}
    </form>
  );
}
