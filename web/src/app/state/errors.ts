// SPDX-License-Identifier: Apache-2.0
// A human sentence for everything that can go wrong: what happened, what to do.
import { Trouble } from '../../api/call';
import { isKey } from '../../words/words';
import { t } from './words';

export function errorText(trouble: unknown): string {
  const { word, reason, request } = trouble instanceof Trouble ? trouble : new Trouble('broken');
  for (const key of [`err.${word}.${reason}`, `err.${word}`])
    if (isKey(key)) return t(key);
  return t('err.unknown-word', { n: request });
}
