// SPDX-License-Identifier: Apache-2.0
// Which page is shown. Links are plain <a href="/…">: clicks on them stay in this document.
import { cell } from './cell';

const here = (): string => location.pathname + location.search;

/** The address in this site: '/courses', '/courses?left=crs_…'. */
export const path = cell(here());

export function query(name: string): string | null {
  return new URLSearchParams(location.search).get(name);
}

/** Goes to another page of the app; `replace` when Back should not return here. */
export function go(to: string, replace = false): void {
  if (to === path.value) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  path.set(to);
  window.scrollTo(0, 0);
}

/** The parts of an address that fits a pattern such as '/trainer/event/:id/:tab'; undefined when it does not. */
export function match(pattern: string, address: string): Record<string, string> | undefined {
  const want = pattern.split('/'), have = address.replace(/\?.*/, '').replace(/(.)\/$/, '$1').split('/');
  if (want.length !== have.length) return undefined;
  const found: Record<string, string> = {};
  for (let i = 0; i < want.length; i++) {
    const w = want[i] ?? '', h = have[i] ?? '';
    if (w[0] === ':') {
      try { found[w.slice(1)] = decodeURIComponent(h); } catch { return undefined; }
    } else if (w !== h) return undefined;
  }
  return found;
}

window.addEventListener('popstate', () => path.set(here()));
document.addEventListener('click', e => {
  if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  const link = (e.target as Element).closest('a');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin || link.hash) return;
  e.preventDefault();
  go(link.pathname + link.search);
});
