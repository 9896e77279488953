// SPDX-License-Identifier: Apache-2.0
// The API object that a course looks for in its parent windows: `API` of SCORM 1.2 or `API_1484_11` of 2004,
// whichever the package was made for. It only forwards.

import type { Engine, Method } from './engine';

const METHODS: Method[] = ['Initialize', 'Terminate', 'GetValue', 'SetValue', 'Commit', 'GetLastError', 'GetErrorString', 'GetDiagnostic'];
const NAMES_12: { [method in Method]?: string } = { Terminate: 'LMSFinish' };

type Api = Record<string, (...args: unknown[]) => string>;

export function expose(engine: Engine): void {
  const old = engine.standard.includes('1.2'), api: Api = {};
  for (const method of METHODS) {
    const name = old ? NAMES_12[method] || `LMS${method}` : method;
    api[name] = (...args) => engine.call(method, args);
  }
  const put = (target: Window): void => { (target as unknown as Record<string, Api>)[old ? 'API' : 'API_1484_11'] = api; };
  put(window);
  try {
    if (window.top && window.top !== window) put(window.top);
  } catch {
    // framed by a page of another origin
  }
}
