// SPDX-License-Identifier: Apache-2.0
// Builds a course of ours into a folder that is then zipped:  node courses/build.mjs NAME OUTDIR
//
// courses/NAME/ holds kk.json, ru.json, en.json (the texts, all of one form), the pages, styles and scripts,
// and imsmanifest.xml in which {{files}} stands for the list of files. Colours and letters are the app's.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const style = join(here, '../web/style');
const languages = ['kk', 'ru', 'en'];
const [name, out] = process.argv.slice(2);
if (!name || !out) {
  console.error('usage: node courses/build.mjs NAME OUTDIR');
  process.exit(2);
}
const course = join(here, name);

// Every language says the same things: the same keys, lists of the same length.
function form(value) {
  if (Array.isArray(value)) return `[${value.map(form).join()}]`;
  return typeof value === 'object' ? `{${Object.keys(value).map(key => `${key}:${form(value[key])}`).join()}}` : typeof value;
}

const texts = Object.fromEntries(languages.map(l => [l, JSON.parse(readFileSync(join(course, `${l}.json`), 'utf8'))]));
for (const language of languages)
  if (form(texts[language]) !== form(texts.kk)) {
    console.error(`${name}: ${language}.json does not have the form of kk.json`);
    process.exit(1);
  }

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'fonts'), { recursive: true });
writeFileSync(join(out, 'texts.js'), `var TEXTS = ${JSON.stringify(texts)};\n`);
copyFileSync(join(style, 'tokens.css'), join(out, 'tokens.css'));
for (const font of readdirSync(join(style, 'fonts')).filter(file => /\.woff2$|^OFL/.test(file)))
  copyFileSync(join(style, 'fonts', font), join(out, 'fonts', font));
for (const file of readdirSync(course).filter(file => /\.(html|css|js|svg)$/.test(file))) copyFileSync(join(course, file), join(out, file));

const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  .map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(out.length).replace(/^[\\/]/, '').replace(/\\/g, '/')).sort();
const manifest = readFileSync(join(course, 'imsmanifest.xml'), 'utf8');
writeFileSync(join(out, 'imsmanifest.xml'), manifest.replace('{{files}}', files.map(file => `<file href="${file}"/>`).join('\n      ')));
