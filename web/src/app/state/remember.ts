// SPDX-License-Identifier: Apache-2.0
// Small things this browser remembers, and such as one tab does. A browser that forbids storage simply forgets.

export const remembered = (name: string): string | null => read(() => localStorage, name);
export const rememberedHere = (name: string): string | null => read(() => sessionStorage, name);

export function remember(name: string, value: string | null): void {
  write(() => localStorage, name, value);
}

export function rememberHere(name: string, value: string | null): void {
  write(() => sessionStorage, name, value);
}

function read(storage: () => Storage, name: string): string | null {
  try { return storage().getItem(`kenes.${name}`); } catch { return null; }
}

function write(storage: () => Storage, name: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(`kenes.${name}`);
    else storage().setItem(`kenes.${name}`, value);
  } catch { /* forgotten */ }
}
