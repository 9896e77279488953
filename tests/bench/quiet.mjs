// SPDX-License-Identifier: Apache-2.0
// A measurement while somebody else uses the processors says nothing: a server of many threads gets a larger share of
// what is left than one of two. So what others used is counted, and what they disturbed is measured again.
import { readFileSync, readdirSync } from 'node:fs';

const stat = (path) => { try { return readFileSync(path, 'utf8'); } catch { return ''; } };

// Ticks of all processors: [worked for processes, in all]. Interrupts belong to nobody.
function allTicks() {
  const [user, nice, system, idle, wait, irq, softirq, steal] = /^cpu +(.*)$/m.exec(stat('/proc/stat'))[1].split(' ').map(Number);
  return [user + nice + system + steal, user + nice + system + steal + idle + wait + irq + softirq];
}

// Ticks of this process and its descendants, the ended ones too.
function ownTicks() {
  const about = new Map();
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const fields = stat(`/proc/${pid}/stat`).replace(/.*\) /s, '').split(' '); // from the third on
    if (fields.length > 20) about.set(Number(pid), { parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, x) => sum + Number(x), 0) });
  }
  const isOurs = (pid) => pid === process.pid || (about.has(pid) && isOurs(about.get(pid).parent));
  return [...about].reduce((sum, [pid, { ticks }]) => sum + (isOurs(pid) ? ticks : 0), 0);
}

const LITTLE = 0.06;
let patience = Number(process.env.BENCH_PATIENCE ?? 60) * 1000, measured = 0, disturbed = 0;

// What `measure` gives, measured again while others disturb it: a minute in all (BENCH_PATIENCE seconds), then as it is.
export async function quietly(measure) {
  for (;;) {
    const own = ownTicks(), [work, all] = allTicks(), began = performance.now();
    const result = await measure();
    const [workAfter, allAfter] = allTicks(), others = workAfter - work - (ownTicks() - own);
    if (others / (allAfter - all) <= LITTLE) { measured++; return result; }
    patience -= performance.now() - began + 1000;
    if (patience <= 0) { measured++; disturbed++; return result; }
    await new Promise((r) => setTimeout(r, 1000));
  }
}

export const disturbance = () => (disturbed ? `others used this machine during ${disturbed} of ${measured} measurements: those are noise` : '');
