// SPDX-License-Identifier: Apache-2.0
// The engine's WebAssembly. The build puts it into this script as text (esbuild.mjs), so that it is there as soon as
// the script is: a file of its own cost a slow phone a request and a frame.

import { text, turned } from 'scorm.wasm';
import { characters } from './net';

export const moduleBytes = (): Uint8Array<ArrayBuffer> => characters(text, turned);
