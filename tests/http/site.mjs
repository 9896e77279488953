// SPDX-License-Identifier: Apache-2.0
// A site in a temporary folder: the program under test, started on ports that it picks itself.
import { spawn, execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const kenes = process.env.KENES ?? 'build/kenes';

// Runs a command of the program. Gives { code, out, err }; never throws for an exit code.
export function cli(args, input) {
  return new Promise((resolve) => {
    const child = execFile(kenes, args, { maxBuffer: 64 << 20 }, (error, out, err) => {
      resolve({ code: error ? (error.code ?? -1) : 0, out, err });
    });
    child.stdin.on('error', () => {}); // it may not want to read
    child.stdin.end(input ?? '');
  });
}

export function makeFolder() {
  return mkdtempSync(join(tmpdir(), 'kenes-test-'));
}

export function dropFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
}

// Starts a server on `folder` and waits until it says that it listens. `command` is the program, or what starts it.
export async function startServer(folder, extra = [], command = [kenes]) {
  const args = ['serve', '--data', folder, '--port', '0', '--content-port', '0', '--listen', '127.0.0.1', ...extra];
  const child = spawn(command[0], [...command.slice(1), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '', log = '';
  child.stderr.on('data', (d) => { log = (log + d).slice(-200_000); });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (d) => {
      out += d;
      if ((out.match(/^listening .*\n/gm) ?? []).length >= 2) resolve();
    });
    child.once('error', reject);
    ended.then(({ code, signal }) => reject(new Error(`the server ended (${signal ?? code}): ${log}`)));
  });
  const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  return {
    child, folder, run, ended,
    main: `http://127.0.0.1:${run.port}`,
    content: `http://127.0.0.1:${run.content_port}`,
    log: () => log,
    out: () => out,
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
