// SPDX-License-Identifier: Apache-2.0
// A lesson: its questions stand in the text. It is done when each has been answered; an answer that was not right
// may be given again. Answers and the place are kept after every answer.

import { isScored, type Data, type Language, type Question } from './data';
import { clear, make } from './dom';
import { interactionOf } from './judge';
import type { Lms } from './lms';
import { askIn } from './question';
import type { Shell } from './shell';
import { word } from './words';

type Answers = Record<string, string>;

function remembered(lms: Lms): { answers: Answers; seen: Answers } {
  try {
    const { a, s } = JSON.parse(lms.remembered()) as { a?: Answers; s?: Answers };
    return { answers: a || {}, seen: s || a || {} };
  } catch (_) {
    return { answers: {}, seen: {} };
  }
}

export function lesson(data: Data, lms: Lms, shell: Shell): void {
  // `seen`: what was answered once, though it may be asked anew now.
  const { answers, seen } = remembered(lms);
  const asked = data.questions.filter(question => question.type !== 'description');
  const answered = (): number => asked.filter(question => seen[question.id] !== undefined).length;
  const done = (): boolean => answered() === asked.length;

  // Blocks are the same in every language, so the number of one is a place in all.
  const blocks = (): Element[] => Array.from(shell.article.children);
  const place = (): number => Math.max(0, blocks().findIndex(block => block.getBoundingClientRect().bottom > 60));

  function save(): void {
    lms.remember(JSON.stringify({ a: answers, s: seen }));
    lms.setPlace(String(place()));
    // A lesson that is done has also reached its objective: the final test waits for that.
    if (done() && data.scorm === '2004') lms.status(true, true);
    else lms.status(done());
    lms.save();
  }

  function give(question: Question, answer: string, seconds: number, language: Language): void {
    answers[question.id] = seen[question.id] = answer;
    lms.interaction(interactionOf(question, answer, language, seconds));
    save();
    draw();
    const card = shell.article.querySelector<HTMLElement>(`[data-id="${question.id}"] .said`);
    if (card) {
      card.setAttribute('tabindex', '-1');
      card.focus({ preventScroll: true });
      card.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    }
  }

  function one(place: Element, question: Question): void {
    const language = shell.language;
    askIn(place, {
      question, language, seed: 0, answer: answers[question.id], feedback: true, again: isScored(question),
      given: (answer, seconds) => give(question, answer, seconds, language),
      retry: () => {
        delete answers[question.id];
        one(place, question);
        const first = place.querySelector<HTMLElement>('input, select, textarea');
        if (first) first.focus();
      },
    });
  }

  function footer(): void {
    const article = shell.article, { language } = shell;
    let foot = article.querySelector('.progress');
    if (!foot) foot = article.insertBefore(make('div', { class: 'progress', role: 'status' }), article.querySelector('.sources'));
    clear(foot);
    foot.classList.toggle('done', done());
    foot.appendChild(make('p', { class: 'word' }, word(language, done() ? 'lesson-done' : 'lesson-left')));
    if (asked.length) foot.appendChild(make('p', {}, word(language, 'answered', { n: answered(), all: asked.length })));
    if (!lms.live) foot.appendChild(make('p', { class: 'no-lms' }, word(language, 'no-lms')));
  }

  function printing(): void {
    const list = shell.article.querySelector('.checklist');
    if (!list || list.querySelector('button')) return;
    list.appendChild(make('button', { type: 'button', class: 'plain print', click: () => {
      document.documentElement.classList.add('print-checklist');
      window.print();
      document.documentElement.classList.remove('print-checklist');
    } }, word(shell.language, 'print-checklist')));
  }

  function draw(): void {
    for (const box of Array.from(shell.article.querySelectorAll<HTMLElement>('[data-question]'))) {
      const question = data.questions.find(each => each.id === box.dataset.question);
      if (question) one(box, question);
    }
    printing();
    footer();
  }

  let at = parseInt(lms.place(), 10) || 0;
  shell.onChange(() => {
    draw();
    const block = blocks()[at];
    if (block && at > 2) block.scrollIntoView();
  });
  shell.show();
  window.addEventListener('scroll', () => { at = place(); }, { passive: true });
  window.addEventListener('pagehide', () => lms.setPlace(String(at)));
  save();
}
