// SPDX-License-Identifier: Apache-2.0
type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

// An element with attributes (a function is a listener) and children; texts are texts.
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  for (const child of children) element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  return element;
}

// HTML that the packer made safe.
export function html<K extends keyof HTMLElementTagNameMap>(tag: K, markup: string, attributes: Attributes = {}): HTMLElementTagNameMap[K] {
  const element = make(tag, attributes);
  element.innerHTML = markup;
  return element;
}

export function clear(element: Element): void { element.textContent = ''; }

export function focusOn(element: HTMLElement): void {
  element.setAttribute('tabindex', '-1');
  element.focus();
}
