// SPDX-License-Identifier: Apache-2.0
// What a page knows of itself: the JSON in it, written by src/authoring/data.c.

export type Language = 'kk' | 'ru' | 'en';
export type Kind = 'lesson' | 'pretest' | 'test' | 'annexes' | 'annex';
export type Type = 'single' | 'multiple' | 'true-false' | 'short' | 'matching' | 'numerical' | 'essay' | 'description';

export interface AnswerText { text: string; match?: string; feedback?: string }
// text, tail, feedback and the answers' texts are HTML that was made safe when the course was packed.
export interface QuestionText { text: string; tail?: string; feedback?: string; answers: AnswerText[] }
export interface Key { weight: number; least?: number; most?: number }
export interface Question {
  id: string; type: Type; lesson?: string; gain: boolean; drawn: boolean; keys: Key[];
  kk?: QuestionText; ru?: QuestionText; en?: QuestionText;
}
export interface Data {
  course: string; kind: Kind; name: string; scorm: '1.2' | '2004'; version: number; pass_mark: number;
  attempts: number; draw: number; preview: boolean; languages: Language[];
  title: Partial<Record<Language, string>>; questions: Question[];
}

export function textOf(question: Question, language: Language): QuestionText {
  return question[language] || question.kk || question.ru || question.en || { text: '', answers: [] };
}

export const isScored = (question: Question): boolean => question.type !== 'essay' && question.type !== 'description';

export function plain(html: string): string {
  const box = document.createElement('div');
  box.innerHTML = html.replace(/<br>/g, ' ');
  return (box.textContent || '').trim();
}

// A question as a line of text; what stands after a missing word belongs to it.
export function asking(text: QuestionText): string {
  return plain(text.tail === undefined ? text.text : `${text.text} … ${text.tail}`);
}
