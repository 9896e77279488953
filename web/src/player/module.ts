// SPDX-License-Identifier: Apache-2.0
// The engine's WebAssembly. The build puts it into this script as text (esbuild.mjs), so that it is there as soon as
// the script is: a file of its own cost a slow phone a request and a frame. A character is a byte, with some bits
// turned so that few of them need an escape.

import text from 'scorm.wasm';

const TURNED = 0x48;

export function moduleBytes(): Uint8Array<ArrayBuffer> {
  const { length } = text, bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = text.charCodeAt(i) ^ TURNED;
  return bytes;
}
