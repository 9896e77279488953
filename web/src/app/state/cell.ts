// SPDX-License-Identifier: Apache-2.0
// A value that pages watch. `use()` in a component draws it again whenever the value changes.
import { useEffect, useState } from 'preact/hooks';

export interface Cell<T> {
  readonly value: T;
  set(value: T): void;
  use(): T;
}

export function cell<T>(first: T): Cell<T> {
  let value = first;
  const watchers = new Set<() => void>();
  return {
    get value() { return value; },
    set(next: T) {
      if (next === value) return;
      value = next;
      watchers.forEach(watch => watch());
    },
    use() {
      const [, draw] = useState(0);
      useEffect(() => {
        const watch = () => draw(n => n + 1);
        watchers.add(watch);
        watch(); // it may have changed between drawing and watching
        return () => { watchers.delete(watch); };
      }, []);
      return value;
    },
  };
}
