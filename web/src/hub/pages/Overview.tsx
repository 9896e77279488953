// SPDX-License-Identifier: Apache-2.0
// The country, a region or a district in one screen: how many are trained, how it goes, who is silent.
import type { HubSite, ReportArea, ReportMonth } from '../../api/routes.gen';
import { percent } from '../../app/state/format';
import { path, query } from '../../app/state/router';
import { t } from '../../app/state/words';
import { Icon } from '../../app/ui/Icon';
import { Loading, NotLoaded } from '../../app/ui/Notice';
import { daysSince, Desk, Download, number } from '../Frame';
import { placeName, placesTo } from '../regions';
import { myScope, useAsk } from '../state';

export function Overview() {
  path.use();
  const scope = query('scope') ?? myScope();
  const seen = useAsk('GET /api/hub/overview', { query: { scope } });
  const data = seen.data && seen.data.area.scope === scope ? seen.data : undefined;
  return (
    <Desk title={placeName(scope)} head={<Crumbs scope={scope} />}>
      {!data ? seen.trouble ? <NotLoaded trouble={seen.trouble} again={seen.again} /> : <Loading /> : (
        <div class="overview">
          <Figures area={data.area} attention={data.attention} />
          <div class="overview-two">
            <section class="panel areas-panel">
              {data.areas.length > 0 ? <Areas areas={data.areas} scope={scope} /> : <Councils scope={scope} />}
            </section>
            <div class="overview-side">
              <section class="panel"><h2>{t('hub.trend')}</h2><Trend months={data.months} /></section>
              <section class="panel"><h2>{t('hub.silent')}</h2><Silent sites={data.silent} n={data.area.silent} scope={scope} /></section>
            </div>
          </div>
        </div>
      )}
    </Desk>
  );
}

function Crumbs({ scope }: { scope: string }) {
  const to = placesTo(scope).slice(0, -1).filter(s => s.length >= myScope().length);
  if (!to.length) return null;
  return <nav class="crumbs" aria-label={t('hub.where')}>{to.map(s => <a key={s} href={s === myScope() ? '/' : `/?scope=${s}`}>{placeName(s)}</a>)}</nav>;
}

/** Whether the register knows the members of all councils there: only then is their sum the whole. */
const isListed = (a: { members?: number; councils?: number; listed?: number }): boolean => !!a.members && (a.listed ?? 0) >= (a.councils ?? 0);

/** The share of those who should be trained: the register's members where it knows them, else whoever came. */
const share = (a: { members?: number; councils?: number; listed?: number; learners: number; trained: number }): number | undefined => {
  const all = isListed(a) ? a.members ?? 0 : a.learners;
  return all ? Math.min(1, a.trained / all) : undefined;
};

function Figures({ area, attention }: { area: ReportArea; attention: number }) {
  const part = share(area);
  return (
    <dl class="figures-row">
      <div><dt>{t('hub.trained')}</dt><dd>{number(area.trained)}{part !== undefined && <span class="part">{percent(part)}</span>}</dd><dd class="sub">{isListed(area) ? t('hub.of-members', { n: number(area.members) }) : t('hub.of-learners', { n: number(area.learners) })}</dd></div>
      <div><dt>{t('hub.certificates')}</dt><dd>{number(area.certificates)}</dd><dd class="sub">{t('hub.in-force')}</dd></div>
      <div><dt>{t('hub.councils')}</dt><dd>{number(area.councils)}</dd><dd class="sub">{isListed(area) ? t('hub.events-n', { n: number(area.events) }) : <a href="/members">{t('hub.listed', { n: number(area.listed), m: number(area.councils) })}</a>}</dd></div>
      <div><dt>{t('hub.sites')}</dt><dd>{number(area.sites)}</dd><dd class="sub">{t('hub.silent-n', { n: number(area.silent) })}</dd></div>
      <div class={attention ? 'warn' : 'good'}><dt>{t('hub.attention')}</dt><dd>{number(attention)}</dd><dd class="sub">{attention ? <a href="/attention">{t('hub.look')}</a> : t('hub.nothing')}</dd></div>
    </dl>
  );
}

function Areas({ areas, scope }: { areas: ReportArea[]; scope: string }) {
  return (
    <>
      <div class="panel-head"><h2>{t(scope === 'KZ' ? 'hub.regions' : 'hub.districts')}</h2><Download route="GET /api/hub/areas" query={{ scope }} /></div>
      <div class="scroll-x" tabIndex={0} role="region" aria-label={t('hub.regions')}>
        <table class="dense">
          <thead><tr><th scope="col">{t('hub.area')}</th><th scope="col" class="bar-head">{t('hub.coverage')}</th><th scope="col" class="number">{t('hub.trained')}</th><th scope="col" class="number">{t('hub.certificates')}</th><th scope="col" class="number">{t('hub.sites')}</th><th scope="col" class="number">{t('hub.silent-short')}</th></tr></thead>
          <tbody>{areas.map(a => (
            <tr key={a.scope}>
              <th scope="row"><a href={`/?scope=${a.scope}`}>{placeName(a.scope)}</a></th>
              <td><Bar part={share(a)} /></td>
              <td class="number digits">{number(a.trained)}</td>
              <td class="number digits">{number(a.certificates)}</td>
              <td class="number digits">{number(a.sites)}</td>
              <td class="number digits">{a.silent ? <a class="silent-n" href={`/sites?silent=1&scope=${a.scope}`}><Icon name="nolink" />{number(a.silent)}</a> : <span class="muted">0</span>}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
}

function Bar({ part }: { part: number | undefined }) {
  if (part === undefined) return <span class="muted small">{t('hub.no-data')}</span>;
  return <span class="bar-cell"><span class="bar-track" aria-hidden="true"><span style={{ width: `${part * 100}%` }} /></span><span class="digits">{percent(part)}</span></span>;
}

function Councils({ scope }: { scope: string }) {
  const councils = useAsk('GET /api/hub/councils', { query: { scope } });
  if (!councils.data) return councils.trouble ? <NotLoaded trouble={councils.trouble} again={councils.again} /> : <Loading />;
  return (
    <>
      <div class="panel-head"><h2>{t('hub.councils')}</h2><span class="row"><a class="small" href="/members">{t('hub.members')}</a><Download route="GET /api/hub/councils" query={{ scope }} /></span></div>
      {councils.data.length === 0 ? <p class="muted">{t('hub.no-councils')}</p> : (
        <div class="scroll-x" tabIndex={0} role="region" aria-label={t('hub.councils')}>
          <table class="dense">
            <thead><tr><th scope="col">{t('hub.council')}</th><th scope="col" class="bar-head">{t('hub.coverage')}</th><th scope="col" class="number">{t('hub.learners')}</th><th scope="col" class="number">{t('hub.trained')}</th><th scope="col" class="number">{t('hub.certificates')}</th></tr></thead>
            <tbody>{councils.data.map(c => (
              <tr key={c.scope + c.name}>
                <th scope="row">{c.name}</th><td><Bar part={share(c)} /></td>
                <td class="number digits">{number(c.learners)}</td><td class="number digits">{number(c.trained)}</td><td class="number digits">{number(c.certificates)}</td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** Twelve months up to now; months without a record are nought. */
function Trend({ months }: { months: ReportMonth[] }) {
  const now = new Date(), known = new Map(months.map(m => [m.month, m]));
  const shown = Array.from({ length: 12 }, (_, i) => {
    const at = new Date(Date.UTC(now.getFullYear(), now.getMonth() - 11 + i, 1)).toISOString().slice(0, 7);
    return { month: at, n: known.get(at)?.completions ?? 0 };
  });
  const most = Math.max(1, ...shown.map(m => m.n)), total = shown.reduce((sum, m) => sum + m.n, 0);
  return (
    <figure>
      <svg class="trend" viewBox="0 0 336 96" role="img" aria-label={t('hub.trend-label', { n: number(total) })}>
        {shown.map((m, i) => {
          const height = m.n ? Math.max(3, (m.n / most) * 66) : 1.5;
          return (
            <g key={m.month}>
              <rect x={i * 28 + 4} y={78 - height} width="20" height={height} rx="3" class={i === 11 ? 'now' : ''}><title>{m.month}: {number(m.n)}</title></rect>
              <text x={i * 28 + 14} y="92">{m.month.slice(5)}</text>
            </g>
          );
        })}
      </svg>
      <figcaption class="small muted">{t('hub.trend-label', { n: number(total) })}</figcaption>
    </figure>
  );
}

function Silent({ sites, n, scope }: { sites: HubSite[]; n: number; scope: string }) {
  if (!sites.length) return <p class="all-well"><Icon name="done" />{t('hub.silent-none')}</p>;
  return (
    <>
      <ul class="silent-list">{sites.slice(0, 4).map(s => (
        <li key={s.id}><a href={`/sites/${s.id}`}>{s.name || s.scope}</a><span class="days">{daysSince(s.heard_at ?? s.enrolled_at)}</span>{s.contact && <span class="contact">{s.contact}</span>}</li>
      ))}</ul>
      {n > 4 && <p class="small"><a href={`/sites?silent=1&scope=${scope}`}>{t('hub.silent-all', { n: number(n) })}</a></p>}
    </>
  );
}
