// SPDX-License-Identifier: Apache-2.0
// What every page has around its text: the language, the size of letters, printing, annexes that open over it.

import type { Data, Language } from './data';
import { clear, make } from './dom';
import { word } from './words';

const names: Record<Language, string> = { kk: 'Қаз', ru: 'Рус', en: 'Eng' };
const full: Record<Language, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };

// Some systems forbid storage to courses.
function kept(key: string): string {
  try {
    return window.localStorage.getItem(`kenes.lesson.${key}`) || '';
  } catch (_) {
    return '';
  }
}
function keep(key: string, value: string): void {
  try {
    window.localStorage.setItem(`kenes.lesson.${key}`, value);
  } catch (_) {
    // the next page begins with the system's choice
  }
}

function around(attribute: string): string {
  try {
    return window.parent !== window && window.parent.document.documentElement.getAttribute(attribute) || '';
  } catch (_) {
    return '';
  }
}

export class Shell {
  language: Language;
  private changed: () => void = () => undefined;

  constructor(private readonly data: Data, preferred: string) {
    this.language = this.begin(preferred);
    const size = around('data-size') || kept('size');
    document.documentElement.setAttribute('data-size', /^[123]$/.test(size) ? size : '1');
    document.addEventListener('click', event => this.click(event));
  }

  // The reader's own choice holds until the system around us changes its language.
  private begin(preferred: string): Language {
    const outside = around('lang'), chosen = kept('language').split('/');
    const asked = [location.hash.slice(1), chosen[1] === outside ? chosen[0] : '', outside, preferred.slice(0, 2)].concat(Array.from(navigator.languages || []).map(each => each.slice(0, 2)));
    return asked.find(each => this.data.languages.indexOf(each as Language) >= 0) as Language | undefined || this.data.languages[0] as Language;
  }

  onChange(changed: () => void): void { this.changed = changed; }

  // The article of the language that is shown.
  get article(): HTMLElement { return document.querySelector(`article[lang="${this.language}"]`) as HTMLElement; }

  show(language: Language = this.language): void {
    this.language = language;
    document.documentElement.lang = language;
    document.title = this.data.title[language] || '';
    for (const article of Array.from(document.querySelectorAll('article'))) article.hidden = article.lang !== language;
    this.bar();
    this.changed();
  }

  private bar(): void {
    const bar = document.getElementById('bar') as HTMLElement, { language } = this;
    const focused = document.activeElement && (document.activeElement as HTMLElement).dataset.key;
    clear(bar);
    const left = make('div', { class: 'tools' });
    left.appendChild(make('button', { type: 'button', class: 'tool size', 'data-key': 'size', click: () => this.larger() }, make('span', { 'aria-hidden': 'true' }, 'Аа'), make('span', { class: 'hide' }, word(language, 'size'))));
    if (this.data.kind === 'annex') left.appendChild(make('button', { type: 'button', class: 'tool print', 'data-key': 'print', click: () => window.print() }, word(language, 'print')));
    bar.appendChild(left);
    if (this.data.languages.length > 1) {
      const group = make('div', { class: 'languages', role: 'group', 'aria-label': word(language, 'language') });
      for (const each of this.data.languages)
        group.appendChild(make('button', { type: 'button', lang: each, 'data-key': each, title: full[each], 'aria-pressed': String(each === language), click: () => this.choose(each) }, names[each]));
      bar.appendChild(group);
    }
    const again = focused && bar.querySelector<HTMLElement>(`[data-key="${focused}"]`);
    if (again) again.focus();
  }

  private choose(language: Language): void {
    keep('language', `${language}/${around('lang')}`);
    this.show(language);
  }

  private larger(): void {
    const size = String(Number(document.documentElement.getAttribute('data-size')) % 3 + 1);
    document.documentElement.setAttribute('data-size', size);
    keep('size', size);
  }

  // A template opens over the page: leaving the page would end the session of the course.
  private click(event: Event): void {
    const link = (event.target as Element).closest && (event.target as Element).closest('a.annex') as HTMLAnchorElement | null;
    if (!link) return;
    event.preventDefault();
    const place = window.pageYOffset, main = document.getElementById('main') as HTMLElement, bar = document.getElementById('bar') as HTMLElement;
    const frame = make('iframe', { src: `${link.getAttribute('href')}#${this.language}`, title: link.textContent || '' });
    const close = make('button', { type: 'button', class: 'main' }, word(this.language, 'close'));
    const over = make('div', { class: 'over', role: 'dialog', 'aria-modal': 'true', 'aria-label': link.textContent || '' }, frame, make('footer', {}, close));
    const end = (): void => {
      document.body.removeChild(over);
      main.hidden = bar.hidden = false;
      window.scrollTo(0, place);
      link.focus();
    };
    close.addEventListener('click', end);
    over.addEventListener('keydown', key => { if ((key as KeyboardEvent).key === 'Escape') end(); });
    main.hidden = bar.hidden = true;
    document.body.appendChild(over);
    close.focus();
  }
}
