// SPDX-License-Identifier: Apache-2.0
// The day's results as a table on the screen and as a file for Excel: the same query behind both.
import { useState } from 'preact/hooks';
import { address } from '../../../api/call';
import type { Event, Grid, GridCell } from '../../../api/routes.gen';
import { fetchFile, save } from '../../state/download';
import { percent } from '../../state/format';
import type { Polled } from '../../state/load';
import { language, t, titled } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, TroubleNotice } from '../../ui/Notice';
import { lookOf } from '../../ui/State';

export function ResultsTab({ event, grid }: { event: Event; grid: Polled<Grid> }) {
  const [busy, setBusy] = useState(false), [trouble, setTrouble] = useState<unknown>();
  const download = async (): Promise<void> => {
    setBusy(true);
    setTrouble(undefined);
    try {
      const file = await fetchFile(address('GET /api/events/{id}/results.csv', { params: { id: event.id }, query: { language: language.value } }));
      save(file, `${event.title} ${event.held_on}.csv`);
    } catch (e) {
      setTrouble(e);
    }
    setBusy(false);
  };
  if (!grid.data) return grid.trouble ? <NotLoaded trouble={grid.trouble} again={grid.again} /> : <Loading />;
  const { courses, rows } = grid.data;
  return (
    <div class="stack">
      <div class="live-bar">
        <p class="grow large">{t('results.summary', { n: rows.length, done: grid.data.completed })}</p>
        <button type="button" class="button" disabled={busy} onClick={() => void download()}>{busy ? <span class="spinner" aria-hidden="true" /> : <Icon name="download" />}{t('results.download')}</button>
      </div>
      <p class="muted small">{t('results.excel')}</p>
      <TroubleNotice trouble={trouble} />
      {!rows.length ? <p class="card center muted">{t('results.nobody')}</p> : (
        <div class="scroll" tabIndex={0} role="region" aria-label={t('tab.results')}>
          <table class="table grid results">
            <thead><tr><th scope="col">{t('live.person')}</th><th scope="col">{t('person.council')}</th>{courses.map(c => <th key={c.id} scope="col">{titled(c)}</th>)}</tr></thead>
            <tbody>
              {rows.map(r => (
                <tr key={r.person}>
                  <th scope="row"><a href={`/trainer/event/${event.id}/person/${r.person}`}>{r.surname} {r.given} {r.patronymic}</a></th>
                  <td class="small">{r.council_name}</td>
                  {courses.map(c => <td key={c.id}><Outcome cell={r.cells.find(one => one.course === c.id)} /></td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Outcome({ cell }: { cell: GridCell | undefined }) {
  const look = lookOf(cell?.state ?? 'new');
  return <span class={`cell-state ${look.tone}`}><Icon name={look.icon} /><span>{t(look.word)}{cell?.score !== undefined && <b class="digits"> · {percent(cell.score)}</b>}</span></span>;
}
