// SPDX-License-Identifier: Apache-2.0
// A data model by tables: a `Dialect` lists the elements of a standard (an index is written n), who may
// read and set them, their types, and which error code says what. `Model` holds the values that were set.

import type { Check } from './types';
import type { Elements } from '../wire';

export interface Element {
  access: 'r' | 'w' | 'rw';
  check: Check;
  initial?: string;   // what it says before anybody set it
}

export type Problem =
  | 'undefined' | 'keyword' | 'read-only' | 'write-only' | 'type' | 'range'
  | 'not-set'         // known, but without a value
  | 'no-children' | 'no-count'
  | 'no-such-index'   // read past the end
  | 'gap'             // set past the end
  | 'dependency'      // something else must be set first
  | 'refused';        // the rules of the element forbid this value

export interface Dialect {
  version: string;
  elements: Record<string, Element>;
  children: Record<string, string>;          // of containers and arrays, in the book's order
  arrays: readonly string[];                 // "cmi.interactions", "cmi.interactions.n.objectives"
  code: Record<Problem, number>;
  emptyIsFine: boolean;                      // an element without a value reads as "" without an error (1.2)
  rule?(model: Model, pattern: string, at: number[], value: string): Problem | undefined;
}

export interface Got { value: string; error: number }

interface Name { pattern: string; at: number[] }

export class Model {
  private readonly values = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly dialect: Dialect, private readonly given: Elements, stored: Elements) {
    for (const [name, value] of Object.entries(stored)) this.put(name, String(value));
  }

  get(name: string): Got {
    const { dialect } = this;
    const at = name.lastIndexOf('.'), last = name.slice(at + 1), container = name.slice(0, Math.max(at, 0));
    if (last === '_version') return container === 'cmi' ? fine(dialect.version) : this.no('undefined');
    if (last === '_children' || last === '_count') return this.keyword(container, last);
    const { pattern, at: index } = parse(name), element = dialect.elements[pattern];
    if (!element) return this.no('undefined');
    if (element.access === 'w') return this.no('write-only');
    if (this.past(name, index)) return this.no('no-such-index');
    const value = this.value(name);
    return value === undefined ? dialect.emptyIsFine ? fine('') : this.no('not-set') : fine(value);
  }

  set(name: string, value: string): number {
    const problem = this.refusal(name, value);
    if (problem) return this.dialect.code[problem];
    this.put(name, value);
    return 0;
  }

  // For the program itself: no rules.
  put(name: string, value: string): void {
    this.values.set(name, value);
    const parts = name.split('.');
    parts.forEach((part, i) => {
      if (!/^\d+$/.test(part)) return;
      const array = parts.slice(0, i).join('.');
      this.counts.set(array, Math.max(this.count(array), +part + 1));
    });
  }

  value(name: string): string | undefined {
    const value = this.values.get(name);
    if (value !== undefined) return value;
    return this.given[name] !== undefined ? this.given[name] : this.dialect.elements[parse(name).pattern]?.initial;
  }

  wasSet(name: string): boolean { return this.values.has(name); }
  forget(name: string): void { this.values.delete(name); }
  count(array: string): number { return this.counts.get(array) || 0; }

  all(): Elements {
    const all: Elements = {};
    this.values.forEach((value, name) => { all[name] = value; });
    return all;
  }

  private refusal(name: string, value: string): Problem | undefined {
    const { dialect } = this;
    if (/\._(children|count|version)$/.test(name)) return this.isKeyword(name) ? 'keyword' : 'undefined';
    const { pattern, at } = parse(name), element = dialect.elements[pattern];
    if (!element) return 'undefined';
    if (element.access === 'r') return 'read-only';
    if (this.pastByMore(name, at)) return 'gap';
    return dialect.rule?.(this, pattern, at, value) || element.check(value) || undefined;
  }

  private isKeyword(name: string): boolean {
    const error = this.get(name).error;
    return !error || error === this.dialect.code['no-such-index'];
  }

  private keyword(container: string, last: string): Got {
    const { dialect } = this, { pattern, at } = parse(container);
    const known = dialect.children[pattern] !== undefined || dialect.elements[pattern] !== undefined || dialect.arrays.includes(pattern);
    if (!known) return this.no('undefined');
    if (this.past(container, at)) return this.no('no-such-index');
    if (last === '_count') return dialect.arrays.includes(pattern) ? fine(String(this.count(container))) : this.no('no-count');
    const children = dialect.children[pattern];
    return children === undefined ? this.no('no-children') : fine(children);
  }

  // Whether an index in the name is not there; for setting, one past the end makes a new row.
  private past(name: string, at: number[]): boolean { return this.reach(name, at) > 0; }
  private pastByMore(name: string, at: number[]): boolean { return this.reach(name, at) > 1; }

  private reach(name: string, at: number[]): number {
    const parts = name.split('.');
    let most = 0, k = 0;
    parts.forEach((part, i) => {
      if (/^\d+$/.test(part)) most = Math.max(most, (at[k++] as number) + 1 - this.count(parts.slice(0, i).join('.')));
    });
    return most;
  }

  private no(problem: Problem): Got { return { value: '', error: this.dialect.code[problem] }; }
}

const fine = (value: string): Got => ({ value, error: 0 });

// cmi.interactions.3.id → cmi.interactions.n.id and [3]. "03" is no index.
function parse(name: string): Name {
  const at: number[] = [];
  const pattern = name.split('.').map(part => {
    if (!/^(0|[1-9]\d{0,4})$/.test(part)) return part === 'n' ? 'n?' : part;
    at.push(+part);
    return 'n';
  }).join('.');
  return { pattern, at };
}
