// SPDX-License-Identifier: Apache-2.0
// What each page says of itself, and the focus that follows navigation.
import { useEffect } from 'preact/hooks';
import { path } from '../state/router';
import { toasts } from '../state/toast';

/** The document's title, and on arriving the focus to the page's h1 (not at the very first page: there the
 * browser's own beginning is right). `ready` turns true when the h1 is drawn. */
let shown: string | undefined;
export function usePage(title: string, ready = true): void {
  useEffect(() => { document.title = title ? `${title} · Kenes` : 'Kenes'; }, [title]);
  useEffect(() => {
    if (!ready || shown === path.value) return;
    const first = shown === undefined;
    shown = path.value;
    if (first) return;
    const h1 = document.querySelector('h1');
    h1?.setAttribute('tabindex', '-1');
    h1?.focus({ preventScroll: true });
  });
}

export function Toasts() {
  return <div class="toasts" role="status" aria-live="polite">{toasts.use().map(one => <p key={one.id} class="toast">{one.text}</p>)}</div>;
}
