// SPDX-License-Identifier: Apache-2.0
// Builds what every packed course carries:  node lesson.mjs OUTDIR   (lesson.js and lesson.css)
//
// One classic script (a course runs wherever it is put, also from a folder) and one style sheet with the app's
// colours and without its fonts. Fails when a word is missing in a language or the script is too heavy.
import { build } from 'esbuild';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) {
  console.error('usage: node lesson.mjs OUTDIR');
  process.exit(2);
}
const BUDGET = 40_000; // bytes of lesson.js as it lies

const words = ['kk', 'ru', 'en'].map(code => [code, JSON.parse(readFileSync(join(here, `src/lesson/words/${code}.json`), 'utf8'))]);
for (const [code, here_] of words)
  for (const [other, there] of words)
    for (const key of Object.keys(there))
      if (!here_[key]) throw new Error(`src/lesson/words/${code}.json lacks "${key}" of ${other}.json`);

// A course of texts is small: letters are the phone's own.
const withoutFonts = {
  name: 'without-fonts',
  setup: b => b.onLoad({ filter: /tokens\.css$/ }, ({ path }) => ({ loader: 'css', contents: readFileSync(path, 'utf8').replace(/@font-face \{[^}]*\}/g, '') })),
};

await build({
  absWorkingDir: here,
  entryPoints: [{ in: 'src/lesson/main.ts', out: 'lesson' }, { in: 'src/lesson/lesson.css', out: 'lesson' }],
  outdir: out, bundle: true, minify: true, charset: 'utf8', legalComments: 'none', format: 'iife',
  target: ['es2015', 'chrome61', 'safari11'], supported: { destructuring: true }, plugins: [withoutFonts],
});
const bytes = statSync(join(out, 'lesson.js')).size;
console.log(`lesson.js: ${bytes} of ${BUDGET} B`);
if (bytes > BUDGET) process.exit(1);
