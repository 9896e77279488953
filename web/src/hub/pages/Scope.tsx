// SPDX-License-Identifier: Apache-2.0
// The part of the country that something is for.
import { t } from '../../app/state/words';
import { Field, TextField } from '../../app/ui/Field';
import { placeName, placePath, regions } from '../regions';
import { myScope } from '../state';

/** A region to choose, and a code within it. */
export function ScopeField({ id, value, set, country }: { id: string; value: string; set: (scope: string) => void; country?: boolean }) {
  const mine = myScope();
  if (mine !== 'KZ') {
    const rest = value.slice(mine.length + 1);
    return mine.includes('/') ? <p><strong>{placePath(mine)}</strong></p>
      : <TextField id={id} label={`${placeName(mine)}: ${t('hub.district-code')}`} hint={t('hub.district-hint')} optional value={rest} set={text => set(text.trim() ? `${mine}/${text.trim()}` : mine)} />;
  }
  const [region = '', rest = ''] = value === 'KZ' ? ['KZ'] : value.split(/\/(.*)/);
  return (
    <div class="two-fields">
      <Field id={id} label={t('hub.region')}>
        <select class="select" id={id} value={region} onChange={e => set(e.currentTarget.value)}>
          {country && <option value="KZ">{placeName('KZ')}</option>}
          {regions.map(code => <option key={code} value={code}>{placeName(code)}</option>)}
        </select>
      </Field>
      {region !== 'KZ' && <TextField id={`${id}-district`} label={t('hub.district-code')} hint={t('hub.district-hint')} optional value={rest} set={text => set(text.trim() ? `${region}/${text.trim()}` : region)} />}
    </div>
  );
}
