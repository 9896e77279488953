// SPDX-License-Identifier: Apache-2.0
// The courses that we ship, as text and as packages:  node tests/courses/run.mjs [COURSE…]
//
// Each is without problems, packs to the same bytes twice, stays small, is read by an import without a complaint,
// and its words are known to the spell checkers of Debian or stand in courses/words.LANGUAGE.txt.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const kenes = process.env.KENES || join(root, 'build/kenes');
const LARGEST = 300_000; // bytes of a course of texts
const dictionaries = { kk: 'kk_KZ', ru: 'ru_RU', en: 'en_US' };
const all = readdirSync(join(root, 'courses')).map(id => join(root, 'courses', id)).filter(folder => existsSync(join(folder, 'course.json')));
const folders = process.argv.length > 2 ? process.argv.slice(2) : [...all, join(root, 'tests/fixtures/course-sample')];
const own = folder => all.includes(folder); // the sample's spelling is nobody's lesson
const work = mkdtempSync(join(tmpdir(), 'kenes-courses-'));
let passed = 0, failed = 0;

function test(name, run) {
  const wrong = run();
  if (!wrong.length) passed++;
  else failed++;
  console.log(wrong.length ? `not ok ${name}\n${wrong.slice(0, 40).map(line => `    ${line}`).join('\n')}` : `ok ${name}`);
}

function check(folder) {
  const { stdout } = spawnSync(kenes, ['pack', '--check', folder, '--json'], { encoding: 'utf8', maxBuffer: 64 << 20 });
  const report = JSON.parse(stdout);
  return report.problems.map(each => `${each.file}:${each.line}: ${each.what} ${each.todo}`);
}

function packTwice(folder, scorm) {
  const wrong = [], made = ['a', 'b'].map(name => {
    const file = join(work, `${name}.zip`);
    execFileSync(kenes, ['pack', folder, '-o', file, '--scorm', scorm], { stdio: ['ignore', 'ignore', 'pipe'] });
    return readFileSync(file);
  });
  if (!made[0].equals(made[1])) wrong.push('two packages of the same folder differ');
  if (made[0].length > LARGEST) wrong.push(`${made[0].length} bytes, more than ${LARGEST}`);
  const report = JSON.parse(execFileSync(kenes, ['check', join(work, 'a.zip'), '--json'], { encoding: 'utf8' }));
  for (const each of report.findings) if (each.level !== 'fact') wrong.push(`${each.code}: ${each.en}`);
  return wrong;
}

/* ---- spelling ---- */

// What a reader reads: without marks of Markdown and GIFT, codes, names of blocks, and what stands in braces of ours.
function readable(text, gift) {
  let plain = text.replace(/\[\[[^\]]*\]\]/g, ' ').replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/^:::\s*(goals|case|checklist|note)?/gm, ' ');
  if (gift) plain = plain.replace(/^\/\/.*$/gm, ' ').replace(/^\$CATEGORY.*$/gm, ' ').replace(/%-?[\d.]+%/g, ' ').replace(/\{\s*(T|F|TRUE|FALSE)\b/g, ' ').replace(/\\n/g, ' ').replace(/[\\{}=~#]|->/g, ' ');
  return plain.replace(/[*_`|>]/g, ' ');
}

function spell(folder, language) {
  const files = readdirSync(folder).filter(file => file.endsWith(`.${language}.md`) || file === `questions.${language}.gift`).sort();
  const settings = JSON.parse(readFileSync(join(folder, 'course.json'), 'utf8'));
  const texts = [...files.map(file => [file, readable(readFileSync(join(folder, file), 'utf8'), file.endsWith('.gift'))]),
    ['course.json', [settings.title, settings.description, settings.audience].map(each => each[language]).join('\n')]];
  const list = join(root, 'courses', `words.${language}.txt`);
  const known = new Set(existsSync(list) ? readFileSync(list, 'utf8').split('\n').map(word => word.trim()) : []);
  const wrong = [];
  // Numbers of laws (VIII) and endings behind a hyphen (2-ші, 1-й) are no words.
  for (const [file, text] of texts) {
    const found = spawnSync('hunspell', ['-i', 'utf-8', '-d', dictionaries[language], '-l'], { input: text, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    if (found.status !== 0) return [`hunspell: ${found.stderr || found.error}`];
    for (const word of new Set(found.stdout.split('\n').filter(word => word.length > 2 && !/^[IVX]+$/.test(word)))) if (!known.has(word) && !known.has(word.toLowerCase())) wrong.push(`${file}: ${word}`);
  }
  return wrong;
}

for (const folder of folders) {
  const id = basename(folder), { languages } = JSON.parse(readFileSync(join(folder, 'course.json'), 'utf8'));
  test(`${id}: no problems`, () => check(folder));
  for (const scorm of ['1.2', '2004']) test(`${id}: SCORM ${scorm}, twice the same bytes, small, read without a complaint`, () => packTwice(folder, scorm));
  if (own(folder)) for (const language of languages) test(`${id}: spelling in ${language}`, () => spell(folder, language));
}

/* ---- the commands ---- */

const run = (...args) => spawnSync(kenes, args, { encoding: 'utf8' });
const said = (what, { status, stderr }, code, words) => (status === code && words.test(stderr) && stderr.split('\n').length <= 2 ? [] : [`${what}: exit ${status}, ${stderr}`]);
const sample = join(root, 'tests/fixtures/course-sample');

test('wrong use is exit 2, what fails is exit 1, each with one line that says why', () => [
  ...said('no folder', run('pack'), 2, /needs the folder/),
  ...said('no file', run('pack', sample), 2, /needs -o/),
  ...said('a standard that is none', run('pack', sample, '-o', join(work, 'x.zip'), '--scorm', '3'), 2, /1\.2 or 2004/),
  ...said('two things at once', run('pack', '--check', '--watch', sample), 2, /one of/),
  ...said('no course', run('pack', '--check', work), 1, /course\.json/),
  ...said('one language', run('pack', sample, '-o', join(work, 'x.zip'), '--lang', 'kk'), 0, /^$/),
  ...said('a folder that cannot be written', run('pack', sample, '-o', join(work, 'none/x.zip')), 1, /x\.zip/),
  ...said('nothing to check', run('check'), 2, /FILE/),
  ...said('no zip', run('check', join(sample, 'course.json')), 1, /zip/),
]);

// A copy with something wrong in it: nothing is packed, file and line are named in the asked language.
test('a course with a problem is not packed; the problem is told with file, line and what to do', () => {
  const folder = join(work, 'course-sample'), out = join(work, 'bad.zip');
  cpSync(sample, folder, { recursive: true });
  writeFileSync(join(folder, '01-meeting.ru.md'), readFileSync(join(folder, '01-meeting.ru.md'), 'utf8').replace('[[PC-36]]', '[[PC-98]]'));
  const checked = run('pack', '--check', folder, '--lang', 'ru'), packed = run('pack', folder, '-o', out);
  const wrong = [];
  if (checked.status !== 1 || !/^01-meeting\.ru\.md:\d+: В facts\.tsv нет такого факта: PC-98 Исправьте/m.test(checked.stdout)) wrong.push(checked.stdout);
  if (packed.status !== 1 || existsSync(out)) wrong.push(`packed: ${packed.status}`);
  return wrong;
});

// Lines of what the preview prints.
async function* lines(stream) {
  let rest = '';
  for await (const chunk of stream) {
    const all = (rest + chunk).split('\n');
    rest = all.pop();
    yield* all;
  }
}

async function preview() {
  const folder = join(work, 'preview', 'course-sample'), wrong = [];
  cpSync(sample, folder, { recursive: true });
  const child = spawn(kenes, ['pack', '--watch', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise(done => child.once('exit', done));
  let address = '';
  for await (const line of lines(child.stdout)) {
    if (!line.startsWith('http://')) continue;
    address = line;
    break;
  }
  const get = async path => (await fetch(address + path)).text();
  if (!/^http:\/\/127\.0\.0\.1:\d+\/$/.test(address)) wrong.push(`the address: ${address}`);
  if (!(await get('')).includes('lesson-01.html')) wrong.push('the list of pages lacks a lesson');
  if (!(await get('media/hall.svg')).startsWith('<svg')) wrong.push('no picture');
  const before = await get('version');
  writeFileSync(join(folder, '01-meeting.ru.md'), readFileSync(join(folder, '01-meeting.ru.md'), 'utf8').replace('# Правомочное заседание', '# Совсем другое'));
  if (await get('version') === before) wrong.push('a changed file is no new version');
  if (!(await get('lesson-01.html')).includes('Совсем другое')) wrong.push('the page is the old one');
  child.kill('SIGINT');
  const code = await ended;
  if (code !== 0) wrong.push(`Ctrl-C: exit ${code}`);
  return wrong;
}

const seen = await preview();
test('the preview shows the pages, makes them anew when a file changes, and ends with Ctrl-C', () => seen);
rmSync(work, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
