// SPDX-License-Identifier: Apache-2.0
declare module 'scorm.wasm' {
  export const text: string;
  export const turned: number;   // the bits to turn back
}
