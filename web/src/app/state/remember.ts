// SPDX-License-Identifier: Apache-2.0
// Small things this browser remembers. A browser that forbids storage simply forgets.

export function remembered(name: string): string | null {
  try { return localStorage.getItem(`kenes.${name}`); } catch { return null; }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`kenes.${name}`);
    else localStorage.setItem(`kenes.${name}`, value);
  } catch { /* forgotten */ }
}
