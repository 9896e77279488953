// SPDX-License-Identifier: Apache-2.0
// How right an answer is, and how it is told to the LMS. An answer is kept as a short text: indices of what was
// chosen joined by dots (in the order of the bank, not of the screen), or what was typed.

import { asking, isScored, textOf, type Language, type Question } from './data';
import type { Interaction } from './lms';

const numbers = (answer: string): number[] => answer === '' ? [] : answer.split('.').map(Number);

export function toNumber(typed: string): number {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.').replace('−', '-');
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
}

const folded = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

// `*` stands for anything, as in Moodle.
function fits(typed: string, pattern: string): boolean {
  const parts = folded(pattern).split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(folded(typed));
}

// Which keyed answer was given by typing; -1: none.
export function typedKey(question: Question, answer: string): number {
  const given = toNumber(answer);
  return question.keys.findIndex((key, i) => {
    if (question.type === 'numerical') return key.least !== undefined && key.most !== undefined && given >= key.least - 1e-9 && given <= key.most + 1e-9;
    return [question.kk, question.ru, question.en].some(text => text !== undefined && text.answers[i] !== undefined && fits(answer, (text.answers[i] as { text: string }).text));
  });
}

// Right sides that are the same text are the same answer.
export function rightSides(question: Question, language: Language): number[] {
  const all = textOf(question, language).answers.map(answer => answer.match || '');
  return all.map(match => all.indexOf(match));
}

// From 0 to 1.
export function judge(question: Question, answer: string, language: Language): number {
  const { keys, type } = question;
  if (!isScored(question)) return 1;
  if (type === 'matching') {
    const right = rightSides(question, language), given = numbers(answer);
    return right.filter((side, i) => given[i] === side).length / right.length;
  }
  if (type === 'short' || type === 'numerical') {
    const key = keys[typedKey(question, answer)];
    return key ? Math.max(0, Math.min(1, key.weight)) : 0;
  }
  const sum = numbers(answer).reduce((all, i) => all + (keys[i] ? (keys[i] as { weight: number }).weight : 0), 0);
  return Math.max(0, Math.min(1, Math.round(sum * 1000) / 1000));
}

export const isRight = (fraction: number): boolean => fraction > .999;

export const rightOnes = (question: Question): number[] => question.keys.map((key, i) => key.weight > 0 ? i : -1).filter(i => i >= 0);

/* ---- the LMS's words ---- */

const letter = (i: number): string => String.fromCharCode(97 + i % 26) + (i >= 26 ? '2' : '');

function responses(question: Question, answer: string, language: Language): Pick<Interaction, 'type' | 'response' | 'patterns'> {
  const text = textOf(question, language);
  switch (question.type) {
    case 'true-false': return { type: 'true-false', response: answer === '0' ? 'true' : 'false', patterns: [(question.keys[0] as { weight: number }).weight > 0 ? 'true' : 'false'] };
    case 'single': return { type: 'choice', response: numbers(answer).map(letter).join('[,]'), patterns: rightOnes(question).filter(i => (question.keys[i] as { weight: number }).weight === 1).map(letter) };
    case 'multiple': return { type: 'choice', response: numbers(answer).map(letter).join('[,]'), patterns: [rightOnes(question).map(letter).join('[,]')] };
    case 'matching': {
      const pairs = (sides: number[]): string => sides.map((side, i) => `${i + 1}[.]${letter(side)}`).join('[,]');
      return { type: 'matching', response: pairs(numbers(answer)), patterns: [pairs(rightSides(question, language))] };
    }
    case 'numerical': return { type: 'numeric', response: String(isNaN(toNumber(answer)) ? 0 : toNumber(answer)), patterns: question.keys.filter(key => key.weight === 1 && key.least !== undefined).slice(0, 1).map(key => `${key.least}[:]${key.most}`) };
    case 'short': return { type: 'fill-in', response: answer.slice(0, 250), patterns: text.answers.map(each => `{case_matters=false}${each.text.slice(0, 200)}`) };
    default: return { type: 'long-fill-in', response: answer.slice(0, 3900), patterns: [] };
  }
}

export function interactionOf(question: Question, answer: string, language: Language, seconds: number): Interaction {
  const fraction = judge(question, answer, language);
  return {
    id: question.id, ...responses(question, answer, language), seconds, description: asking(textOf(question, language)),
    result: !isScored(question) ? 'neutral' : isRight(fraction) ? 'right' : fraction > 0 ? Math.round(fraction * 100) / 100 : 'wrong',
  };
}
