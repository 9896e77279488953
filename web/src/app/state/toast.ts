// SPDX-License-Identifier: Apache-2.0
// A short word at the foot of the page, read aloud by screen readers, gone after a while.
import { cell } from './cell';

export interface Toast { id: number; text: string }
export const toasts = cell<Toast[]>([]);
let last = 0;

export function toast(text: string): void {
  const one = { id: ++last, text };
  toasts.set([...toasts.value.slice(-2), one]);
  setTimeout(() => toasts.set(toasts.value.filter(other => other.id !== one.id)), 6000);
}
