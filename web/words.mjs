// SPDX-License-Identifier: Apache-2.0
// Checks the words of the browser's side, src/words/{kk,ru,en}.json: the same keys in each language, in
// the same order, the same {places} in each sentence, none empty; and a sentence for every error word and
// reason that the server's sources can send.   node words.mjs
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const languages = ['kk', 'ru', 'en'];
const places = text => [...text.matchAll(/\{(\w+)/g)].map(m => m[1]).sort().filter((n, i, all) => n !== all[i - 1]).join();

export function checkWords(here) {
  const words = Object.fromEntries(languages.map(l => [l, JSON.parse(readFileSync(join(here, 'src/words', `${l}.json`), 'utf8'))]));
  const wrong = [];
  const keys = new Set(languages.flatMap(l => Object.keys(words[l])));
  for (const key of keys) {
    const lacking = languages.filter(l => !words[l][key]);
    if (lacking.length) wrong.push(`${key}: nothing in ${lacking.join(', ')}`);
    else if (new Set(languages.map(l => places(words[l][key]))).size > 1) wrong.push(`${key}: the {places} differ`);
  }
  for (const key of serverErrors(join(here, '../src')))
    if (!keys.has(key) && !keys.has(`hub.${key}`)) wrong.push(`${key}: the server can say this and there is no sentence for it`);
  if (wrong.length) {
    console.error(wrong.map(line => `words: ${line}`).join('\n'));
    process.exit(1);
  }
}

// err.WORD for each word of base/err.h, err.WORD.REASON for each FAIL_WHY outside src/package
// (a refused package brings its own sentences, a course's source too).
function serverErrors(src) {
  const list = join(src, 'base/err.h');
  if (!existsSync(list)) return [];
  const word = Object.fromEntries([...readFileSync(list, 'utf8').matchAll(/X\((\w+), \d+, "([\w-]+)"\)/g)].map(m => [m[1], m[2]]));
  delete word.OK;
  const found = new Set(Object.values(word).map(w => `err.${w}`));
  for (const folder of readdirSync(src, { withFileTypes: true })) {
    if (!folder.isDirectory() || ['package', 'authoring', 'archive', 'cli', 'base'].includes(folder.name)) continue;
    for (const file of readdirSync(join(src, folder.name)).filter(f => f.endsWith('.c')))
      for (const m of readFileSync(join(src, folder.name, file), 'utf8').matchAll(/FAIL_WHY\(\s*ERR_(\w+),\s*"([\w-]+)"/g))
        found.add(`err.${word[m[1]]}.${m[2]}`);
  }
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) checkWords(dirname(fileURLToPath(import.meta.url)));
