// SPDX-License-Identifier: Apache-2.0
// The calls of a case (docs/scorm.md), and a suite as a folder.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const call = (m, el, exp, err, val) => ({ m, el, ...(val !== undefined && { val }), ...(exp !== undefined && { exp }), err: String(err) });
export const get = (el, value, error = 0) => call('GetValue', el, value, error);
export const set = (el, value, error = 0) => call('SetValue', el, error ? 'false' : 'true', error, value);
export const begin = call('Initialize', '', 'true', 0), finish = call('Terminate', '', 'true', 0), commit = call('Commit', '', 'true', 0);
export const refused = (m, error, parameter = '') => call(m, parameter, 'false', error);

// `manifests` and `cases`: [name, text or object].
export function writeSuite(folder, manifests, cases) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'cases'), { recursive: true });
  mkdirSync(join(folder, 'manifests'));
  for (const [name, xml] of manifests) writeFileSync(join(folder, 'manifests', `${name}.xml`), xml);
  for (const [name, value] of cases) writeFileSync(join(folder, 'cases', `${name}.json`), JSON.stringify(value));
}
