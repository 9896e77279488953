// SPDX-License-Identifier: Apache-2.0
declare module 'scorm.wasm' {
  const text: string;
  export default text;
}
