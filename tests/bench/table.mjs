// SPDX-License-Identifier: Apache-2.0
// What the parts share: medians, tables whose columns line up, and programs that end when the bench does.
import { spawn } from 'node:child_process';

export const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

// The median of what two interleaved series gave in the same round: drift of the machine cancels out.
export const ratio = (ours, theirs) => median(ours.map((x, i) => x / theirs[i]));

// A ratio, marked when it misses what is aimed for.
export const against = (value, aim) => value.toFixed(2) + (aim === undefined ? '' : value >= aim ? ' ✓' : ` ✗ <${aim}`);

export const count = (x) => Math.round(x).toLocaleString('en-US');

// Prints rows as they come. `columns`: [heading, width]; the first is ranged left.
export function table(title, columns) {
  const line = (cells) => console.log(cells.map((c, i) => (i ? String(c).padStart(columns[i][1]) : String(c).padEnd(columns[0][1]))).join(' ').trimEnd());
  console.log(`\n${title}`);
  line(columns.map(([heading]) => heading));
  return line;
}

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

// Starts a server: { child, ended, stop(signal) }. One that is forgotten ends with us.
export function start(command, args, options) {
  const child = spawn(command, args, options);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  running.add(child);
  ended.then(() => running.delete(child));
  return { child, ended, stop: (signal = 'SIGTERM') => { child.kill(signal); return ended; } };
}

// Runs a program to its end and gives what it printed; its failure is ours.
export const output = (command, args, options = {}) => new Promise((resolve, reject) => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let text = '', said = '';
  child.stdout.on('data', (d) => { text += d; });
  child.stderr.on('data', (d) => { said += d; });
  child.on('error', reject);
  child.on('close', (code) => (code ? reject(new Error(`${command} ended with ${code}: ${said}${text}`)) : resolve(text)));
});

// "a=1 b=2.5" → { a: 1, b: 2.5 }
export const figures = (text) => Object.fromEntries([...text.matchAll(/(\w+)=([\d.]+)/g)].map(([, name, value]) => [name, Number(value)]));

// Asks again until it works, for as long as programs take to start.
export async function until(check, seconds = 20) {
  for (const end = performance.now() + seconds * 1000; ;) {
    try { return await check(); } catch (e) {
      if (performance.now() > end) throw e;
      await new Promise((r) => setTimeout(r, 20));
    }
  }
}
