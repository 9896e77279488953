// SPDX-License-Identifier: Apache-2.0
// The pre-test and the final test: one question a screen. The final test draws its questions at random, anew in
// every attempt, from a seed that is kept, so that a test that goes on later asks the same. The pair of the gain,
// asked before, is among them.

import { asking, textOf, type Data, type Question } from './data';
import { clear, focusOn, html, make } from './dom';
import { interactionOf, isRight, judge } from './judge';
import type { Lms } from './lms';
import { askIn } from './question';
import { newSeed, shuffled } from './random';
import type { Shell } from './shell';
import { word } from './words';

interface State {
  seed: number;        // 0: not begun
  drawn: number[];     // which questions, by their number in the bank
  answers: string[];
  at: number;          // the question on the screen
  tries: number;       // attempts that were begun
  best: number;        // of all attempts; -1: none was finished
  last: number;
  after: number;       // the gain's questions, best
  over: boolean;       // the result is on the screen
  skipped: boolean;
}

const fresh: State = { seed: 0, drawn: [], answers: [], at: 0, tries: 0, best: -1, last: -1, after: -1, over: false, skipped: false };
const percent = (fraction: number): number => Math.round(fraction * 100);

function read(lms: Lms): State {
  try {
    return { ...fresh, ...JSON.parse(lms.remembered()) as Partial<State> };
  } catch (_) {
    return { ...fresh };
  }
}

// The gain's questions, and others in turn from every lesson, in an order of chance.
function draw(data: Data, seed: number): number[] {
  const all = data.questions.map((_, i) => i), gain = all.filter(i => (data.questions[i] as Question).gain);
  if (data.kind === 'pretest') return gain;
  const chosen = gain.slice(0, data.draw), rest = shuffled(all.filter(i => gain.indexOf(i) < 0), seed);
  const lessonOf = (i: number): string => (data.questions[i] as Question).lesson || '';
  const had = (lesson: string): number => chosen.filter(i => lessonOf(i) === lesson).length;
  while (chosen.length < data.draw && rest.length) {
    const least = Math.min(...rest.map(i => had(lessonOf(i))));
    chosen.push(...rest.splice(rest.findIndex(i => had(lessonOf(i)) === least), 1));
  }
  return shuffled(chosen, seed ^ 0x2545f491);
}

export function test(data: Data, lms: Lms, shell: Shell): void {
  const state = read(lms), pretest = data.kind === 'pretest', pass = data.pass_mark / 100;
  const asked = (i: number): Question => data.questions[state.drawn[i] as number] as Question;
  const fraction = (i: number): number => judge(asked(i), state.answers[i] || '', shell.language);
  const mean = (which: number[]): number => which.length ? which.reduce((sum, i) => sum + fraction(i), 0) / which.length : 0;
  const everyone = (): number[] => state.drawn.map((_, i) => i);
  const pair = (): number[] => everyone().filter(i => asked(i).gain);
  const attemptsLeft = (): number => Math.max(0, data.attempts - state.tries);
  const done = (): boolean => pretest ? state.over : state.best >= pass || (state.over && attemptsLeft() === 0);

  function save(): void {
    lms.remember(JSON.stringify(state));
    lms.setPlace(String(state.at));
    lms.status(done(), pretest || state.best < 0 ? undefined : state.best >= pass);
    lms.save();
  }

  function begin(): void {
    state.seed = newSeed();
    state.drawn = draw(data, state.seed);
    state.answers = [];
    state.at = 0;
    state.tries++;
    state.over = state.skipped = false;
    save();
    render(true);
  }

  function finish(): void {
    state.over = true;
    state.last = mean(everyone());
    if (pretest) lms.objective('gain-before', mean(pair()), true);
    else {
      state.best = Math.max(state.best, state.last);
      if (pair().length) {
        state.after = Math.max(state.after, mean(pair()));
        lms.objective('gain-after', state.after, true);
      }
      lms.score(state.best);
    }
    save();
    render(true);
  }

  /* ---- screens ---- */

  function main(text: string, act: () => void): HTMLElement { return make('button', { type: 'button', class: 'main', click: act }, text); }
  function heading(text: string): HTMLElement { return make('h2', { class: 'screen' }, text); }

  function intro(box: Element): void {
    const { language } = shell;
    if (pretest) {
      box.appendChild(make('p', {}, word(language, 'pretest-about')));
      box.appendChild(main(word(language, 'start'), begin));
      box.appendChild(make('button', { type: 'button', class: 'plain', click: () => {
        state.over = state.skipped = true;
        save();
        render(true);
      } }, word(language, 'skip')));
      return;
    }
    box.appendChild(make('p', {}, word(language, 'test-about', { n: Math.min(data.draw, data.questions.length), pass: data.pass_mark })));
    box.appendChild(make('p', {}, word(language, 'attempts', { n: attemptsLeft() })));
    box.appendChild(main(word(language, 'start'), begin));
  }

  function question(box: Element): void {
    const { language } = shell, n = state.at, last = n === state.drawn.length - 1, place = make('div');
    const share = make('progress', { max: String(state.drawn.length), value: String(n), 'aria-hidden': 'true' });
    box.appendChild(share);
    box.appendChild(place);
    askIn(place, {
      question: asked(n), language, seed: state.seed, answer: state.answers[n], feedback: !pretest, again: false,
      kicker: word(language, 'question', { n: n + 1, all: state.drawn.length }),
      given: (answer, seconds) => {
        state.answers[n] = answer;
        lms.interaction(interactionOf(asked(n), answer, language, seconds));
        save();
        render(false);
        const next = shell.article.querySelector<HTMLElement>('.next');
        if (next) next.focus({ preventScroll: true });
        const said = shell.article.querySelector('.said');
        if (said) said.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
      },
      retry: () => undefined,
    });
    if (state.answers[n] === undefined) return;
    const next = main(word(language, last ? 'finish' : 'next'), () => {
      if (last) return finish();
      state.at++;
      save();
      render(true);
    });
    next.classList.add('next');
    box.appendChild(next);
  }

  function repeat(box: Element): void {
    const { language } = shell, wrong = everyone().filter(i => !isRight(fraction(i)));
    if (!wrong.length) return;
    const list = make('ul', { class: 'repeat' });
    for (const i of wrong) {
      const text = textOf(asked(i), language), lesson = /(\d+)$/.exec(asked(i).lesson || '');
      const row = make('li', {}, make('p', { class: 'ask' }, asking(text)));
      if (text.feedback) row.appendChild(html('p', text.feedback));
      if (lesson) row.insertBefore(make('p', { class: 'kicker' }, word(language, 'lesson', { n: Number(lesson[1]) })), row.firstChild);
      list.appendChild(row);
    }
    box.appendChild(make('h2', {}, word(language, 'repeat')));
    box.appendChild(list);
  }

  function result(box: Element): void {
    const { language } = shell;
    if (pretest) {
      box.appendChild(heading(word(language, state.skipped ? 'skipped' : 'pretest-done')));
      return;
    }
    const passed = state.best >= pass, before = lms.readObjective('gain-before');
    box.appendChild(make('div', { class: `result ${passed ? 'passed' : 'failed'}` },
      make('p', { class: 'mark', 'aria-hidden': 'true' }, passed ? '✓' : '↻'),
      heading(word(language, passed ? 'passed' : 'failed')),
      make('p', {}, word(language, 'score', { n: percent(state.last), pass: data.pass_mark }))));
    if (before !== undefined && state.after >= 0)
      box.appendChild(make('p', { class: 'gain' }, word(language, 'gain', { before: percent(before), after: percent(state.after) })));
    if (!passed && attemptsLeft()) {
      box.appendChild(make('p', {}, word(language, 'attempts', { n: attemptsLeft() })));
      box.appendChild(main(word(language, 'retry'), begin));
    }
    if (!passed && !attemptsLeft()) box.appendChild(make('p', { class: 'word' }, word(language, 'no-attempts')));
    repeat(box);
  }

  function render(moved: boolean): void {
    const box = shell.article.querySelector('.test') as HTMLElement;
    clear(box);
    document.documentElement.classList.toggle('asking', !!state.seed && !state.over);
    (state.over ? result : state.seed ? question : intro)(box);
    if (!lms.live) box.appendChild(make('p', { class: 'no-lms' }, word(shell.language, 'no-lms')));
    if (!moved) return;
    window.scrollTo(0, 0);
    focusOn(box.querySelector<HTMLElement>('.screen') || box.querySelector<HTMLElement>('legend') || box);
  }

  shell.onChange(() => render(false));
  shell.show();
  save();
}
