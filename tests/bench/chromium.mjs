// SPDX-License-Identifier: Apache-2.0
// A Chromium that nobody but the bench talks to: DevTools commands through a pipe, and nothing of a test tool inside
// its pages. (Playwright puts a second JavaScript world into every document, which a slow phone would pay for twice
// in one opening.)
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--remote-debugging-pipe'];
const PATIENCE_MS = 120000, TAP_MS = 80;

export class Chromium {
  constructor(program) {
    this.folder = mkdtempSync(join(tmpdir(), 'kenes-bench-'));
    this.process = spawn(program, [...flags, `--user-data-dir=${this.folder}`], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.ended = new Promise(done => this.process.once('exit', done));
    this.waiting = new Map();
    this.last = 0;
    this.events = [];
    let text = '';
    this.process.stdio[4].setEncoding('utf8').on('data', piece => {
      const messages = (text + piece).split('\0');
      text = messages.pop();
      messages.forEach(message => this.hear(JSON.parse(message)));
    });
  }

  hear({ id, result, error, method, params }) {
    if (method === 'Tracing.dataCollected') this.events.push(...params.value);
    if (method === 'Tracing.tracingComplete') this.traced();
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    if (asked && error) asked.fail(new Error(error.message));
    else if (asked) asked.done(result);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.last;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((done, fail) => this.waiting.set(id, { done, fail: error => fail(new Error(`${method}: ${error.message}`)) }));
  }

  // What all threads do meanwhile, task by task.
  async trace(act) {
    this.events = [];
    await this.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'] }, transferMode: 'ReportEvents' });
    await act();
    const complete = new Promise(done => { this.traced = done; });
    await this.send('Tracing.end');
    await complete;
    return this.events;
  }

  // A page of a browser that remembers nothing yet, like a phone that was never here.
  async phone(rate) {
    const { browserContextId } = await this.send('Target.createBrowserContext');
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', browserContextId });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, sessionId, browserContextId);
    await page.send('Emulation.setDeviceMetricsOverride', { width: 360, height: 740, deviceScaleFactor: 2, mobile: true });
    await page.send('Emulation.setTouchEmulationEnabled', { enabled: true });
    await page.send('Emulation.setCPUThrottlingRate', { rate });
    return page;
  }

  async end() {
    await this.send('Browser.close').catch(() => this.process.kill());
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Page {
  constructor(chromium, session, context) {
    Object.assign(this, { chromium, session, context });
  }

  send(method, params) { return this.chromium.send(method, params, this.session); }

  go(url) { return this.send('Page.navigate', { url }); }

  // What an expression comes to in the page.
  async value(expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
    return result.value;
  }

  // Its first value that is true. It is asked seldom: the question is work for the page.
  async until(expression, everyMs) {
    for (let waited = 0; waited < PATIENCE_MS; waited += everyMs) {
      const value = await this.value(expression).catch(() => undefined);   // between two documents there is nobody to ask
      if (value) return value;
      await new Promise(done => setTimeout(done, everyMs));
    }
    throw new Error(`never came: ${expression}`);
  }

  // A finger on the middle of an element, for as long as a tap takes.
  async tap(selector) {
    const [x, y] = await this.value(`(() => {
      const element = document.querySelector(${JSON.stringify(selector)});
      element.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = element.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    })()`);
    await this.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await new Promise(done => setTimeout(done, TAP_MS));
    await this.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  close() { return this.chromium.send('Target.disposeBrowserContext', { browserContextId: this.context }); }
}
