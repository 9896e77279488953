// SPDX-License-Identifier: Apache-2.0
// A site for one test: a fresh data folder, set up by the program's own commands, served on free ports.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PASSWORD = 'бір екі үш төрт';

export class Site {
  constructor(program) {
    this.program = program;
    this.dir = mkdtempSync(join(tmpdir(), 'kenes-browser-'));
    this.data = join(this.dir, 'data');
    this.ports = ['0', '0'];
  }

  command(...args) {
    return this.commandWith(undefined, ...args);
  }

  // Only `setup` reads its input; a command that ends before it was written would break the pipe.
  commandWith(input, ...args) {
    return execFileSync(this.program, args, { encoding: 'utf8', input, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  }

  // `packages`: paths, or [name, bytes].
  make(packages) {
    this.commandWith(PASSWORD, 'setup', '--data', this.data, '--site', 'Зал', '--trainer', 'Айгүл', '--password-file', '-');
    const files = packages.map(each => {
      if (typeof each === 'string') return each;
      const file = join(this.dir, `${each[0]}.zip`);
      writeFileSync(file, each[1]);
      return file;
    });
    if (files.length) this.command('import', '--data', this.data, ...files);
    this.event = JSON.parse(this.command('event', 'new', '--data', this.data, '--title', 'Оқу күні', '--courses', 'all', '--json'));
    return this;
  }

  // Resolves when it listens. The second time on the same ports, as after a crash.
  async start() {
    rmSync(join(this.data, 'run.json'), { force: true });
    this.process = spawn(this.program, ['serve', '--data', this.data, '--port', this.ports[0], '--content-port', this.ports[1], '--listen', '127.0.0.1'],
      { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    await new Promise((done, fail) => {
      const hear = chunk => {
        said += chunk;
        if ((said.match(/^listening http/gm) || []).length >= 2) done();
      };
      this.process.stdout.on('data', hear);
      this.process.stderr.on('data', chunk => { said += chunk; });
      this.process.once('exit', code => fail(new Error(`kenes serve ended with ${code}:\n${said}`)));
    });
    const run = JSON.parse(readFileSync(join(this.data, 'run.json'), 'utf8'));
    this.ports = [String(run.port), String(run.content_port)];
    this.main = `http://127.0.0.1:${run.port}`;
    this.content = `http://127.0.0.1:${run.content_port}`;
    return this;
  }

  // Gone without a word.
  async kill() {
    const gone = new Promise(done => this.process.once('exit', done));
    this.process.kill('SIGKILL');
    await gone;
  }

  async end() {
    if (this.process && this.process.exitCode === null && this.process.signalCode === null) await this.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }

  // ---- a learner's phone ----

  // Joins the event by the API, as the app does, from an address of the main origin where no app runs that could go
  // elsewhere meanwhile.
  async join(page, person = {}) {
    await page.goto(`${this.main}/healthz`);
    const joined = await page.evaluate(async ([code, body]) => {
      const reply = await fetch(`/api/join/${code}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
      const json = await reply.json();
      if (json.word) localStorage.setItem('kenes.word', json.word);
      return { status: reply.status, json };
    }, [this.event.code, { surname: 'Ахметова', given: 'Әлия', council_name: 'Аудан кеңесі', language: 'ru', ...person }]);
    if (joined.status !== 201) throw new Error(`join: ${joined.status} ${JSON.stringify(joined.json)}`);
    page.kenes = { word: joined.json.word, me: joined.json.me };
  }

  async ask(page, method, path, body) {
    return page.evaluate(async ([word, method, path, body]) => {
      const headers = { 'X-Kenes-Session': word };
      if (body !== undefined) headers['Content-Type'] = 'application/json';
      const reply = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
      const text = await reply.text();
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
      return text ? JSON.parse(text) : undefined;
    }, [page.kenes.word, method, path, body]);
  }

  // The course whose title fits. The starter courses are still coming in when the server answers already.
  async course(page, title) {
    let courses;
    for (const end = Date.now() + 30000; Date.now() < end;) {
      courses = await this.ask(page, 'GET', '/api/my/courses');
      const course = courses.find(each => title.test(each.title));
      if (course) return course;
    }
    throw new Error(`no course like ${title} among ${courses.map(each => each.title).join(', ')}`);
  }

  // Launches it from a page on the main origin: {address, cap, attempt, course}.
  async launch(page, title) {
    const course = await this.course(page, title);
    return { ...await this.ask(page, 'POST', `/api/my/courses/${course.id}/launch`), course: course.id };
  }

  // As the app does: where nothing of the attempt waits on the phone, the address says so.
  async open(page, title, query = '?') {
    const launched = await this.launch(page, title);
    const waits = await page.evaluate(cap => Object.keys(localStorage).some(key => key.includes(cap)), launched.cap);
    await page.goto(launched.address + query + (waits ? '' : '&kept=0'));
    await page.waitForSelector('body[data-session=active]');
    return launched;
  }

  // ---- what the trainer sees ----

  async trainer() {
    if (!this.signedIn) {
      const reply = await fetch(`${this.main}/api/sign-in`, {
        method: 'POST', headers: { 'Content-Type': 'application/json', Origin: this.main }, body: JSON.stringify({ login: 'Айгүл', password: PASSWORD }),
      });
      const { word } = await reply.json();
      this.signedIn = { Cookie: reply.headers.get('set-cookie').split(';')[0], 'X-Kenes-Session': word };
    }
    return async path => (await fetch(this.main + path, { headers: this.signedIn })).json();
  }

  // One attempt as the trainer's page shows it.
  async attempt(person, attempt) {
    const get = await this.trainer();
    const detail = await get(`/api/events/${this.event.id}/people/${person}`);
    return detail.attempts.find(each => each.attempt.id === attempt);
  }
}

export function findProgram(root) {
  const program = process.env.KENES || join(root, 'build/kenes');
  if (!existsSync(program)) throw new Error(`${program} is not there: run ./dev build first`);
  return program;
}
