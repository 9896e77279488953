// SPDX-License-Identifier: Apache-2.0
// The system's Chromium, without anything that asks the internet.
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';

export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // the next name
    }
  }
  throw new Error('no Chromium on this machine');
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launchChromium = () => chromium.launch({ executablePath: findChromium(), args: ['--headless=new', ...flags] });
