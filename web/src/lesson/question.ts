// SPDX-License-Identifier: Apache-2.0
// One question on the screen: a form until it is answered, then what was right and why.

import { isScored, textOf, type Language, type Question } from './data';
import { clear, html, make } from './dom';
import { isRight, judge, rightOnes, rightSides, toNumber, typedKey } from './judge';
import { hash, shuffled } from './random';
import { word } from './words';

export interface Asking {
  question: Question;
  language: Language;
  seed: number;
  answer: string | undefined;      // given already
  feedback: boolean;               // tell what was right
  again: boolean;                  // it may be answered anew
  kicker?: string;
  given: (answer: string, seconds: number) => void;
  retry: () => void;
}

interface Field { element: HTMLElement; read: () => string | undefined }

// Shuffled, each question in a way of its own; lines that are put in order show their places 1, 2, 3 in order.
function order(ask: Asking, n: number): number[] {
  const all = Array.from({ length: n }, (_, i) => i);
  return ask.question.type === 'true-false' ? all : shuffled(all, hash(ask.question.id) ^ ask.seed);
}

function mark(kind: 'right' | 'wrong'): HTMLElement {
  return make('span', { class: `mark ${kind}`, 'aria-hidden': 'true' }, kind === 'right' ? '✓' : '✕');
}

const hidden = (text: string): HTMLElement => make('span', { class: 'hide' }, text);

function choices(ask: Asking, changed: () => void): Field {
  const { question, language, answer } = ask, text = textOf(question, language);
  const many = question.type === 'multiple', chosen = answer === undefined ? [] : answer.split('.').map(Number);
  const right = rightOnes(question), list = make('div', { class: 'options' }), boxes: HTMLInputElement[] = [];
  for (const i of order(ask, question.keys.length)) {
    const box = make('input', { type: many ? 'checkbox' : 'radio', name: `q-${question.id}-${language}`, value: String(i), change: changed });
    box.checked = chosen.indexOf(i) >= 0;
    box.disabled = answer !== undefined;
    boxes.push(box);
    const label = make('label', { class: 'option' }, box);
    if (question.type === 'true-false') label.appendChild(make('span', { class: 'words' }, word(language, i === 0 ? 'true' : 'false')));
    else label.appendChild(html('span', (text.answers[i] || { text: '' }).text, { class: 'words' }));
    if (answer !== undefined && ask.feedback) {
      const isKey = right.indexOf(i) >= 0;
      if (isKey || box.checked) {
        label.classList.add(isKey ? 'right' : 'wrong');
        label.appendChild(mark(isKey ? 'right' : 'wrong'));
        label.appendChild(hidden(` (${[isKey ? word(language, 'right-answer') : '', box.checked ? word(language, 'your-answer') : ''].filter(Boolean).join(', ')})`));
      }
      const feedback = (text.answers[i] || { feedback: '' }).feedback;
      if (box.checked && feedback) label.appendChild(html('span', feedback, { class: 'why' }));
    }
    list.appendChild(label);
  }
  return { element: list, read: () => boxes.filter(box => box.checked).map(box => Number(box.value)).sort((a, b) => a - b).join('.') || undefined };
}

function pairs(ask: Asking, changed: () => void): Field {
  const { question, language, answer } = ask, text = textOf(question, language), sides = rightSides(question, language);
  const given = answer === undefined ? [] : answer.split('.').map(Number), list = make('div', { class: 'pairs' });
  const unique = sides.filter((side, i) => side === i), side = (i: number): string => (text.answers[i] || { match: '' }).match || '';
  const numbered = unique.every(i => /^\d/.test(side(i)));
  const options = numbered ? unique.slice().sort((a, b) => parseInt(side(a), 10) - parseInt(side(b), 10)) : shuffled(unique, hash(question.id) ^ ask.seed ^ 0x5bd1);
  const selects: HTMLSelectElement[] = [];
  for (const i of order(ask, sides.length)) {
    const id = `q-${question.id}-${language}-${i}`;
    const select = make('select', { id, change: changed }, make('option', { value: '' }, word(language, 'choose')));
    for (const option of options) {
      const element = html('option', side(option), { value: String(option) });
      element.selected = given[i] === option;
      select.appendChild(element);
    }
    select.disabled = answer !== undefined;
    selects[i] = select;
    const row = make('div', { class: 'pair' }, html('label', (text.answers[i] || { text: '' }).text, { for: id }), select);
    if (answer !== undefined && ask.feedback) {
      const good = given[i] === sides[i];
      row.classList.add(good ? 'right' : 'wrong');
      row.appendChild(make('p', { class: 'pair-said' }, mark(good ? 'right' : 'wrong'), hidden(word(language, good ? 'right' : 'wrong'))));
      if (!good) (row.lastChild as HTMLElement).appendChild(html('span', word(language, 'right-is', { x: side(sides[i] as number) })));
    }
    list.appendChild(row);
  }
  return { element: list, read: () => selects.every(select => select.value) ? selects.map(select => select.value).join('.') : undefined };
}

function typed(ask: Asking, changed: () => void): Field {
  const { question, language, answer, feedback } = ask, number = question.type === 'numerical', essay = question.type === 'essay';
  const id = `q-${question.id}-${language}`, said = word(language, number ? 'number' : 'type');
  const field: HTMLInputElement | HTMLTextAreaElement = essay
    ? make('textarea', { id, rows: '6', maxlength: '1500', input: changed })
    : make('input', { id, type: 'text', autocomplete: 'off', inputmode: number ? 'decimal' : 'text', maxlength: '200', input: changed });
  field.value = answer || '';
  field.readOnly = answer !== undefined;
  const box = make('div', { class: `typed ${number ? 'short' : ''}` }, make('label', { for: id }, said), field);
  if (answer !== undefined && feedback && isScored(question)) {
    const text = textOf(question, language), key = typedKey(question, answer), best = question.keys.findIndex(each => each.weight === 1);
    box.classList.add(isRight(judge(question, answer, language)) ? 'right' : 'wrong');
    if (!isRight(judge(question, answer, language)) && best >= 0) {
      const { least, most } = question.keys[best] as { least?: number; most?: number };
      const x = number ? (least === most ? String(least) : `${least}–${most}`) : (text.answers[best] || { text: '' }).text;
      box.appendChild(make('p', { class: 'right-is' }, word(language, 'right-is', { x })));
    }
    const why = key >= 0 ? (text.answers[key] || { feedback: '' }).feedback : '';
    if (why) box.appendChild(html('p', why, { class: 'why' }));
  }
  return { element: box, read: () => {
    const value = field.value.trim();
    return value && (!number || !isNaN(toNumber(value))) ? value : undefined;
  } };
}

function verdict(ask: Asking): HTMLElement {
  const { question, language, answer } = ask, said = make('div', { class: 'said', role: 'status' });
  if (answer === undefined) return said;
  if (!ask.feedback || !isScored(question)) {
    said.classList.add('kept');
    said.appendChild(make('p', { class: 'word' }, word(language, 'kept')));
    if (!ask.feedback) return said;
  } else {
    const fraction = judge(question, answer, language), how = isRight(fraction) ? 'right' : fraction > 0 ? 'partly' : 'wrong';
    said.classList.add(how);
    said.appendChild(make('p', { class: 'word' }, word(language, how)));
  }
  const text = textOf(question, language).feedback;
  if (text) said.appendChild(html('p', text));
  return said;
}

// Draws into `place`, in place of what was there.
export function askIn(place: Element, ask: Asking): void {
  const { question, language, answer } = ask, text = textOf(question, language);
  clear(place);
  if (question.type === 'description') {
    place.appendChild(html('p', text.text, { class: 'described' }));
    return;
  }
  const began = Date.now(), form = make('form', { class: `card ${question.type}`, 'data-id': question.id, novalidate: true });
  const button = make('button', { type: 'submit', class: 'main' }, word(language, question.type === 'essay' ? 'keep' : 'check'));
  const changed = (): void => { button.disabled = field.read() === undefined; };
  const field: Field = question.type === 'matching' ? pairs(ask, changed)
    : question.type === 'short' || question.type === 'numerical' || question.type === 'essay' ? typed(ask, changed) : choices(ask, changed);
  if (ask.kicker) form.appendChild(make('p', { class: 'kicker' }, ask.kicker));
  const gap = text.tail !== undefined ? ` <span class="gap" aria-label="…">_____</span> ${text.tail}` : '';
  const hint = question.type === 'single' ? 'one' : question.type === 'multiple' ? 'many' : question.type === 'matching' ? 'match' : undefined;
  const set = make('fieldset', {}, html('legend', text.text + gap));
  if (hint && answer === undefined) set.appendChild(make('p', { class: 'hint' }, word(language, hint)));
  set.appendChild(field.element);
  form.appendChild(set);
  if (answer === undefined) form.appendChild(button);
  form.appendChild(verdict(ask));
  if (answer !== undefined && ask.again && !isRight(judge(question, answer, language)))
    form.appendChild(make('button', { type: 'button', class: 'plain again', click: ask.retry }, word(language, 'again')));
  button.disabled = true;
  form.addEventListener('submit', event => {
    event.preventDefault();
    const value = field.read();
    if (value !== undefined && answer === undefined) ask.given(value, (Date.now() - began) / 1000);
  });
  place.appendChild(form);
}
