// SPDX-License-Identifier: Apache-2.0
// How long this centre keeps what it need not keep for ever.
import { useState } from 'preact/hooks';
import type { Retention as Rule } from '../../api/routes.gen';
import { toast } from '../../app/state/toast';
import { t } from '../../app/state/words';
import { Field } from '../../app/ui/Field';
import { Loading, NotLoaded, TroubleNotice } from '../../app/ui/Notice';
import { Desk, number, When } from '../Frame';
import { ask, useAsk } from '../state';
import { Sure } from './Pieces';

const choices = [0, 6, 12, 24, 36, 60, 120];
const lasting = (months: number): string => (months ? t('hub.retention-months', { n: months }) : t('hub.retention-ever'));

export function Retention() {
  const rule = useAsk('GET /api/hub/retention');
  return (
    <Desk title={t('hub.retention')} head={<nav class="crumbs"><a href="/audit">{t('hub.audit')}</a></nav>}>
      <p class="muted">{t('hub.retention-what')}</p>
      {!rule.data ? rule.trouble ? <NotLoaded trouble={rule.trouble} again={rule.again} /> : <Loading />
        : <Settings key={`${rule.data.details_months}/${rule.data.names_months}`} rule={rule.data} done={rule.again} />}
    </Desk>
  );
}

function Months({ id, label, hint, value, set }: { id: string; label: string; hint: string; value: number; set: (months: number) => void }) {
  const all = choices.includes(value) ? choices : [...choices, value].sort((a, b) => a - b);
  return (
    <Field id={id} label={label} hint={hint}>
      <select class="select" id={id} aria-describedby={`${id}-hint`} value={value} onChange={e => set(Number(e.currentTarget.value))}>
        {all.map(n => <option key={n} value={n}>{lasting(n)}</option>)}
      </select>
    </Field>
  );
}

function Settings({ rule, done }: { rule: Rule; done: () => void }) {
  const [details, setDetails] = useState(rule.details_months), [names, setNames] = useState(rule.names_months), [trouble, setTrouble] = useState<unknown>();
  const due = useAsk('GET /api/hub/retention', { query: { names: String(names) } });
  const save = (): void => {
    ask('POST /api/hub/retention', { body: { details_months: details, names_months: names } }).then(() => { setTrouble(undefined); toast(t('hub.done')); done(); }, setTrouble);
  };
  const n = due.data ? number(due.data.due_names) : '…';
  return (
    <>
      <TroubleNotice trouble={trouble} />
      <section class="panel stack">
        <Sure button={t('common.save')} look="danger" yes={t('hub.retention-yes')} check={() => !!due.data} run={save}
          question={t('hub.retention-sure', { details: lasting(details), names: lasting(names), n })}>
          <div class="two-fields">
            <Months id="details" label={t('hub.retention-details')} hint={t('hub.retention-details-what')} value={details} set={setDetails} />
            <Months id="names" label={t('hub.retention-names')} hint={t('hub.retention-names-what')} value={names} set={setNames} />
          </div>
        </Sure>
      </section>
      <section class="panel stack-s">
        {names > 0 && <p>{t('hub.retention-due', { n })}</p>}
        <p>{rule.ran_at === undefined ? t('hub.retention-never') : <>{t('hub.retention-ran', { details: number(rule.ran_details), names: number(rule.ran_names) })} <When at={rule.ran_at} /></>}</p>
      </section>
    </>
  );
}
