// SPDX-License-Identifier: Apache-2.0
// A human sentence for everything that can go wrong: what happened, what to do.
import { Trouble } from '../../api/call';
import { isKey } from '../../words/words';
import { t } from './words';

export function errorText(trouble: unknown): string {
  const { word, reason, request } = trouble instanceof Trouble ? trouble : new Trouble('broken');
  // The desk of a hub has words of its own for what the app says of the trainer's laptop.
  for (const key of [`hub.err.${word}.${reason}`, `err.${word}.${reason}`, `hub.err.${word}`, `err.${word}`])
    if (isKey(key)) return t(key);
  return t(isKey('hub.err.unknown-word') ? 'hub.err.unknown-word' : 'err.unknown-word', { n: request });
}
