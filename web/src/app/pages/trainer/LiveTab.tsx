// SPDX-License-Identifier: Apache-2.0
// The live picture of the room: who is where in which course, who is stuck, whose answers are still on a phone,
// and who waits for a word of the trainer. EventPage asks for it every three seconds while it is in view.
import { useState } from 'preact/hooks';
import { call } from '../../../api/call';
import type { Claim, Event, Grid, GridCell, GridRow } from '../../../api/routes.gen';
import { errorText } from '../../state/errors';
import { ago, clock, percent, spaced } from '../../state/format';
import type { Polled } from '../../state/load';
import { toast } from '../../state/toast';
import { t, titled } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, Notice } from '../../ui/Notice';
import { lookOf } from '../../ui/State';

const STUCK_MS = 5 * 60000;

export function isStuck(cell: GridCell, now = Date.now()): boolean {
  return cell.state === 'started' && cell.changed_at !== undefined && now - cell.changed_at > STUCK_MS;
}

/** Of a row: does it need the trainer? */
const needs = (row: GridRow, now: number): boolean => row.present && row.cells.some(c => c.unsaved > 0 || isStuck(c, now) || c.state === 'failed');

export function LiveTab({ event, grid }: { event: Event; grid: Polled<Grid> }) {
  const [anonymous, setAnonymous] = useState(false), [help, setHelp] = useState(false);
  if (!grid.data) return grid.trouble ? <NotLoaded trouble={grid.trouble} again={grid.again} /> : <Loading />;
  const now = Date.now(), rows = grid.data.rows, needing = rows.filter(r => needs(r, now));
  return (
    <div class="stack">
      {grid.trouble && <Notice tone="bad" icon="nolink" role="status">{t('live.stale', { time: clock(grid.at) })}</Notice>}
      {!anonymous && <Claims claims={grid.data.claims} again={grid.again} />}
      <div class="live-bar">
        <dl class="counters">
          <div><dt>{t('live.joined')}</dt><dd class="digits">{grid.data.joined}</dd></div>
          <div><dt>{t('live.started')}</dt><dd class="digits">{grid.data.started}</dd></div>
          <div class="good"><dt>{t('live.completed')}</dt><dd class="digits">{grid.data.completed}</dd></div>
          <div class={needing.length ? 'warn' : ''}><dt>{t('live.needing')}</dt><dd class="digits">{needing.length}</dd></div>
        </dl>
        <div class="row push">
          <label class="check"><input type="checkbox" checked={help} onChange={() => setHelp(!help)} /><span>{t('live.only-needing')}</span></label>
          <label class="check"><input type="checkbox" checked={anonymous} onChange={() => setAnonymous(!anonymous)} /><span>{t('live.anonymous')}</span></label>
        </div>
      </div>
      {!rows.length ? (
        <div class="card stack center empty-card">
          <Icon name="people" /><h2>{t('live.nobody')}</h2><p class="muted">{t('live.nobody-what')}</p>
          <p><a class="button" href={`/trainer/event/${event.id}/poster`}><Icon name="screen" />{t('tab.poster')}</a></p>
        </div>
      ) : help && !needing.length ? <Notice tone="good">{t('live.none-needing')}</Notice>
        : <Table grid={grid.data} rows={help ? needing : rows} event={event.id} anonymous={anonymous} />}
    </div>
  );
}

function Claims({ claims, again }: { claims: Claim[]; again: () => void }) {
  const [busy, setBusy] = useState('');
  const decide = async (claim: Claim, yes: boolean): Promise<void> => {
    setBusy(claim.id);
    try {
      await call(yes ? 'POST /api/claims/{id}/confirm' : 'POST /api/claims/{id}/refuse', { params: { id: claim.id } });
      toast(t(yes ? 'live.confirmed' : 'live.refused', { name: claim.person_name }));
    } catch (e) {
      toast(errorText(e));
    }
    setBusy('');
    again();
  };
  return (
    <section aria-label={t('live.claims')} aria-live="polite">
      {claims.map(c => (
        <article key={c.id} class="claim">
          <p class="claim-number digits">{spaced(c.code)}</p>
          <div class="grow"><h2>{c.person_name}</h2><p class="small">{c.council_name}</p><p class="small">{t('live.claim-what')}</p></div>
          <div class="row">
            <button type="button" class="button" disabled={busy === c.id} onClick={() => void decide(c, true)}><Icon name="ok" />{t('live.confirm')}</button>
            <button type="button" class="button danger" disabled={busy === c.id} onClick={() => void decide(c, false)}>{t('live.refuse')}</button>
          </div>
        </article>
      ))}
    </section>
  );
}

function Table({ grid, rows, event, anonymous }: { grid: Grid; rows: GridRow[]; event: string; anonymous: boolean }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('tab.live')}>
      <table class="table grid">
        <thead><tr><th scope="col">{t('live.person')}</th>{grid.courses.map(c => <th key={c.id} scope="col">{titled(c)}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.person} class={row.present ? '' : 'absent'}>
              <th scope="row">
                {anonymous ? <span>{t('live.number', { n: i + 1 })}</span> : (
                  <>
                    <a href={`/trainer/event/${event}/person/${row.person}`}>{row.surname} {row.given}</a>
                    {row.council_name && <span class="council">{row.council_name}</span>}
                  </>
                )}
                {!row.present && <span class="council">{t('live.absent')}</span>}
              </th>
              {grid.courses.map(c => <td key={c.id}><Cell cell={row.cells.find(one => one.course === c.id)} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell }: { cell: GridCell | undefined }) {
  const look = lookOf(cell?.state ?? 'new');
  if (!cell || cell.state === 'new') return <span class="cell new"><Icon name="empty" />{t('state.new')}</span>;
  const done = cell.state === 'completed' || cell.state === 'passed';
  return (
    <div class="cell">
      <p class={`cell-state ${look.tone}`}>
        <Icon name={look.icon} /><span>{t(look.word)}</span>
        {cell.score !== undefined && <b class="digits push">{percent(cell.score)}</b>}
        {cell.score === undefined && !done && cell.progress !== undefined && <b class="digits push">{percent(cell.progress)}</b>}
      </p>
      {!done && cell.progress !== undefined && <progress class="meter thin" max={1} value={cell.progress} aria-label={t('progress.label')} />}
      {!done && cell.activity_title && <p class="cell-where">{cell.activity_title}</p>}
      {cell.unsaved > 0 && <p class="cell-mark bad"><Icon name="phone" />{t('live.unsaved', { n: cell.unsaved })}</p>}
      {isStuck(cell) && cell.changed_at !== undefined && <p class="cell-mark warn"><Icon name="wait" />{t('live.stuck', { when: ago(cell.changed_at) })}</p>}
    </div>
  );
}
