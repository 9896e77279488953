// SPDX-License-Identifier: Apache-2.0
// Who is expected by the centre's list and who has come; and who typed a name that is nearly one of the list.
import { useState } from 'preact/hooks';
import { call } from '../../../api/call';
import type { Event, ExpectedNear, ExpectedRow } from '../../../api/routes.gen';
import { errorText } from '../../state/errors';
import { usePoll } from '../../state/load';
import { toast } from '../../state/toast';
import { t } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded } from '../../ui/Notice';

const nameOf = (p: { surname: string; given: string; patronymic?: string }): string => [p.surname, p.given, p.patronymic].filter(Boolean).join(' ');

export function ExpectedTab({ event }: { event: Event }) {
  const expected = usePoll('GET /api/events/{id}/expected', { params: { id: event.id } }, 6000);
  const [missing, setMissing] = useState(false), [others, setOthers] = useState<string[]>([]);
  if (!expected.data) return expected.trouble ? <NotLoaded trouble={expected.trouble} again={expected.again} /> : <Loading />;
  const { all, came, rows, near } = expected.data;
  if (!all) return <div class="card stack center empty-card"><Icon name="people" /><h2>{t('expected.none')}</h2><p class="muted">{t('expected.none-what')}</p></div>;
  const shown = missing ? rows.filter(r => !r.person) : rows;
  const correct = (n: ExpectedNear): void => {
    const body = { surname: n.surname, given: n.given, ...(n.patronymic && { patronymic: n.patronymic }) };
    call('POST /api/events/{id}/people/{person}/name', { params: { id: event.id, person: n.person }, body }).then(() => {
      toast(t('expected.corrected', { name: nameOf(n) }));
      expected.again();
    }, (e: unknown) => toast(errorText(e)));
  };
  return (
    <div class="stack">
      {near.filter(n => others.indexOf(n.person) < 0).map(n => (
        <article key={n.person} class="claim" aria-live="polite">
          <div class="grow"><h2>{t('expected.near')}</h2><p>{t('expected.near-what', { typed: n.typed, name: nameOf(n), council: n.council })}</p></div>
          <div class="row">
            <button type="button" class="button" onClick={() => correct(n)}><Icon name="ok" />{t('expected.yes')}</button>
            <button type="button" class="button plain" onClick={() => setOthers([...others, n.person])}>{t('expected.no')}</button>
          </div>
        </article>
      ))}
      <div class="live-bar">
        <dl class="counters">
          <div><dt>{t('expected.of')}</dt><dd class="digits">{all}</dd></div>
          <div class="good"><dt>{t('expected.came')}</dt><dd class="digits">{came}</dd></div>
          <div class={all > came ? 'warn' : ''}><dt>{t('expected.missing')}</dt><dd class="digits">{all - came}</dd></div>
        </dl>
        <div class="row push"><label class="check"><input type="checkbox" checked={missing} onChange={() => setMissing(!missing)} /><span>{t('expected.only-missing')}</span></label></div>
      </div>
      <p class="muted small">{t('expected.private')}</p>
      {councils(shown).map(([council, people]) => (
        <section key={council} class="card stack-s">
          <h2>{council}</h2>
          <ul class="expected">
            {people.map((r, i) => (
              <li key={i}>
                {r.person ? <a class="grow" href={`/trainer/event/${event.id}/person/${r.person}`}>{nameOf(r)}</a> : <span class="grow">{nameOf(r)}</span>}
                <span class={`state ${r.present ? 'good' : 'calm'}`}><Icon name={r.present ? 'done' : 'empty'} />{t(r.present ? 'expected.here' : r.person ? 'expected.absent' : 'expected.missing')}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Rows come by council. */
function councils(rows: ExpectedRow[]): [string, ExpectedRow[]][] {
  const all: [string, ExpectedRow[]][] = [];
  for (const row of rows) {
    const last = all[all.length - 1];
    if (last && last[0] === row.council) last[1].push(row);
    else all.push([row.council, [row]]);
  }
  return all;
}
