// SPDX-License-Identifier: Apache-2.0
// The activity tree as a list to walk: what may be chosen, what comes next, what the table of contents shows.

import type { Activity } from './wire';

// A line of the table of contents. What cannot be launched is a heading.
export interface Entry { id: string; title: string; depth: number; launchable: boolean }

export class Navigator {
  readonly launchable: readonly Activity[];

  constructor(private readonly activities: readonly Activity[]) {
    this.launchable = activities.filter(activity => activity.kind !== 'cluster' && activity.href);
  }

  get single(): boolean { return this.launchable.length < 2; }

  first(): Activity | undefined { return this.launchable[0]; }

  after(here: Activity | undefined): Activity | undefined {
    return here ? this.launchable[this.launchable.indexOf(here) + 1] : undefined;
  }

  before(here: Activity | undefined): Activity | undefined {
    return here ? this.launchable[this.launchable.indexOf(here) - 1] : undefined;
  }

  // The activity itself, or the first below a cluster.
  choose(id: string): Activity | undefined {
    const at = this.activities.findIndex(activity => activity.id === id);
    return at < 0 ? undefined : this.launchable.find(activity => this.within(activity, at));
  }

  entries(): Entry[] {
    const shown = this.activities.map((activity, at) => ({ activity, depth: this.depth(at) }));
    return shown.filter(({ activity, depth }) => depth > 0 && activity.visible).map(({ activity, depth }) => ({
      id: activity.id, title: activity.title, depth, launchable: this.launchable.includes(activity),
    }));
  }

  private within(activity: Activity, top: number): boolean {
    for (let at = this.activities.indexOf(activity); at >= 0; at = this.parent(at)) if (at === top) return true;
    return false;
  }

  private depth(at: number): number {
    let depth = 0;
    for (let up = this.parent(at); up >= 0; up = this.parent(up)) depth++;
    return depth;
  }

  // A parent stands before its children, so walking up ends whatever the data says.
  private parent(at: number): number {
    const parent = this.activities[at]?.parent ?? -1;
    return parent < at ? parent : -1;
  }
}
