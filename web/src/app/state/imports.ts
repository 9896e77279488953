// SPDX-License-Identifier: Apache-2.0
// Courses on their way in: one upload at a time, each with its progress and, at the end, its report. They go on
// while the trainer looks at other pages.
import { Trouble, upload } from '../../api/call';
import type { ImportReport } from '../../api/routes.gen';
import { cell } from './cell';

export interface Import {
  id: number;
  name: string;
  size: number;
  state: 'waiting' | 'sending' | 'checking' | 'done' | 'refused' | 'failed';
  part: number;
  report?: ImportReport;
  trouble?: Trouble;
}

export const imports = cell<Import[]>([]);
const queue: { id: number; file: File }[] = [];
let last = 0;
let running = false;

function change(id: number, news: Partial<Import>): void {
  imports.set(imports.value.map(one => (one.id === id ? { ...one, ...news } : one)));
}

export function importFiles(files: readonly File[]): void {
  for (const file of files) {
    const id = ++last;
    queue.push({ id, file });
    imports.set([{ id, name: file.name, size: file.size, state: 'waiting', part: 0 }, ...imports.value]);
  }
  void work();
}

export function forget(id: number): void {
  imports.set(imports.value.filter(one => one.id !== id));
}

async function work(): Promise<void> {
  if (running) return;
  running = true;
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { id, file } = next;
    change(id, { state: 'sending' });
    try {
      const report = await upload('PUT /api/packages', { query: { name: file.name }, body: file }, part =>
        change(id, { part, state: part < 1 ? 'sending' : 'checking' }));
      change(id, { state: 'done', part: 1, report });
    } catch (e) {
      const trouble = e instanceof Trouble ? e : new Trouble('broken');
      const report = trouble.reply as ImportReport | undefined;
      if (trouble.word === 'refused' && report?.findings) change(id, { state: 'refused', report, trouble });
      else change(id, { state: 'failed', trouble });
    }
  }
  running = false;
}
