// SPDX-License-Identifier: Apache-2.0
// Builds the browser's side:  node esbuild.mjs [--out DIR] [--wasm FILE]   (default: web/out, build/scorm.wasm)
//
// Worlds, each a page with one script and one style sheet: the app (main origin) for learners and for the trainer, the player
// (content origin), the keeper (a hidden frame of the main origin), the verification page (/v) and the desk of a hub. A page is an HTML template in
// which {{app.js}}, {{app.css}}, {{icon.svg}} … stand for the hash-named files under /assets.
// Fails when a word is missing in a language, an error of the API has no sentence, or the first page
// is heavier than its budget.
import { build } from 'esbuild';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkWords } from './words.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const option = (name, otherwise) => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise;
const out = option('--out', join(here, 'out'));
const wasm = option('--wasm', join(here, '../build/scorm.wasm'));
const BUDGET = 60_000; // gzip bytes of the first page's JavaScript
const ENGINE_BUDGET = 40_000; // of scorm.wasm with what stands in front of it

// Which words a world carries: all languages, but only its own prefixes; or fetches, a language at a time.
const onlyTrainer = /^(centre|dispute|event|expected|finding|first|health|iin|import|live|news|poster|progress|results|sign-in|start|sync|tab|template|trainer|why)\./;
const onlyLearner = /^(carry|claim|courses|mycert|next|not-ready|verb)\./;
const pages = [
  { name: 'app', html: 'index.html', script: 'src/app/main.tsx', style: 'style/app.css', words: key => !/^(player|verify|hub)\./.test(key) && !onlyTrainer.test(key) },
  { name: 'trainer', html: 'index.html', script: 'src/app/trainer.tsx', style: 'style/app.css', words: key => !/^(player|verify|hub)\./.test(key) && !onlyLearner.test(key) },
  { name: 'hub', html: 'src/hub/hub.html', script: 'src/hub/main.tsx', style: 'style/hub.css', words: () => false, fetches: key => /^(hub|common|lang|size|err|wait|password|sign-in\.(go|password)|state|page|time|broken|bytes|template|verify\.(?!what|photo|lists)|person\.(surname|given|patronymic))\b/.test(key) },
  { name: 'player', html: 'src/player/player.html', script: 'src/player/main.ts', style: 'src/player/player.css', words: key => /^(player|light|common|lang|size)\./.test(key) },
  { name: 'keeper', html: 'src/keeper/keeper.html', script: 'src/keeper/main.ts', words: () => false },
  { name: 'verify', html: 'src/verify/verify.html', script: 'src/verify/main.tsx', style: 'src/verify/verify.css', words: key => key.startsWith('verify.') },
  { name: 'old', html: 'old.html', script: 'src/old.js', style: 'style/old.css', words: () => false },
];

const fill = (text, names) => text.replace(/\{\{([\w.-]+)\}\}/g, (_, name) => {
  if (!names[name]) throw new Error(`no asset called ${name}`);
  return names[name];
});

const hashed = file => {
  const ext = extname(file), bytes = readFileSync(file);
  const name = `${basename(file, ext)}-${createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase()}${ext}`;
  copyFileSync(file, join(out, 'assets', name));
  return `/assets/${name}`;
};

const onlyWords = keep => ({
  name: 'words',
  setup: b => b.onLoad({ filter: /words[/\\](kk|ru|en)\.json$/ }, ({ path }) => {
    const all = Object.entries(JSON.parse(readFileSync(path, 'utf8')));
    return { loader: 'json', contents: JSON.stringify(Object.fromEntries(all.filter(([key]) => keep(key)))) };
  }),
});

// Words that a world fetches, a language at a time: { kk: '/assets/hub-kk-….json', … }.
function fetched(page) {
  return Object.fromEntries(['kk', 'ru', 'en'].map(language => {
    const all = Object.entries(JSON.parse(readFileSync(join(here, 'src/words', `${language}.json`), 'utf8')));
    const file = join(out, `${page.name}-${language}.json`);
    writeFileSync(file, JSON.stringify(Object.fromEntries(all.filter(([key]) => page.fetches(key)))));
    const at = hashed(file);
    rmSync(file);
    assets[`${page.name}-${language}.json`] = at;
    return [language, at];
  }));
}

// The engine as text: nearly as small as the file (src/player/module.ts). Some bits of each byte are turned, so that few
// of them need an escape.
const TURNED = 0x43;
const turned = bytes => Buffer.from(bytes.map(byte => byte ^ TURNED)).toString('latin1');
const engineText = {
  name: 'engine',
  setup: b => {
    b.onResolve({ filter: /^scorm\.wasm$/ }, () => ({ path: wasm, namespace: 'engine' }));
    b.onLoad({ filter: /.*/, namespace: 'engine' }, () => ({ loader: 'js', contents: `export const turned = ${TURNED}, text = ${JSON.stringify(turned(readFileSync(wasm)))};` }));
  },
};

async function bundle(page) {
  const entryPoints = [page.script, page.style].filter(file => file && existsSync(join(here, file)));
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: entryPoints.map(file => ({ in: file, out: page.name })),
    outdir: join(out, 'assets'),
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/assets',
    bundle: true, minify: true, metafile: true, charset: 'utf8', legalComments: 'none',
    format: page.name === 'old' ? 'iife' : 'esm',
    target: page.name === 'old' ? ['es5'] : ['es2017', 'chrome61', 'safari11'],
    // Safari 11 has destructuring; esbuild holds an obscure bug of it (with default parameters in loops) against it.
    supported: { destructuring: true },
    logLimit: 10,
    jsx: 'automatic', jsxImportSource: 'preact',
    loader: { '.woff2': 'file', '.svg': 'file' },
    // V8 compiles the whole script on another thread then: what a slow phone waits for has a third less to do.
    banner: { js: /^(app|player)$/.test(page.name) ? '//# allFunctionsCalledOnLoad' : '' },
    plugins: [onlyWords(page.words), engineText],
    define: { 'process.env.NODE_ENV': '"production"', ...page.fetches && { WORDS_OF_HUB: JSON.stringify(fetched(page)) } },
  });
  const made = {};
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs))
    if (entryPoint) made[page.name + extname(file)] = `/assets/${basename(file)}`;
  return made;
}

checkWords(here);
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'assets'), { recursive: true });
const assets = {};
for (const file of readdirSync(join(here, 'public'))) assets[file] = hashed(join(here, 'public', file));

const present = pages.filter(page => {
  const here_ = existsSync(join(here, page.script)) && existsSync(join(here, page.html));
  if (!here_) console.log(`web: no ${page.name} yet (${page.script}, ${page.html})`);
  return here_;
});
for (const page of present) Object.assign(assets, await bundle(page));
for (const page of present) {
  const name = page.name === 'app' ? 'index.html' : `${page.name}.html`;
  writeFileSync(join(out, name), fill(readFileSync(join(here, page.html), 'utf8').replace(/\{\{app\./g, `{{${page.name}.`), assets));
}

// The verification page once more, as one file: it must work from a disk, with no network, for years. What a site
// knows is put in where {{known}} stood (api/api_verify.c).
const known = '<script type="application/json" id="known">null</script>';
function inline(page) {
  const read = name => readFileSync(join(out, assets[name].slice(1)), 'utf8');
  return readFileSync(join(here, page.html), 'utf8')
    .replace(/<link rel="icon".*\n/, '')
    .replace(/<link rel="stylesheet".*\n/, () => `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">\n<style>${read(`${page.name}.css`)}</style>\n`)
    .replace(/<script type="module".*\n/, () => `${known}\n<script type="module">${read(`${page.name}.js`).replace(/<\/script/g, '<\\/script')}</script>\n`);
}
const single = present.find(page => page.name === 'verify');
if (single) {
  const file = inline(single), most = 150_000;
  writeFileSync(join(out, 'verify-file.html'), file);
  writeFileSync(option('--verify', join(out, '../verify.html')), file);
  console.log(`web: verify.html ${Buffer.byteLength(file)} of ${most} B`);
  if (Buffer.byteLength(file) > most) {
    console.error('web: the verification page is heavier than its budget');
    process.exit(1);
  }
}

const gzip = file => gzipSync(readFileSync(join(out, file)), { level: 9 }).length;
for (const file of readdirSync(join(out, 'assets')).sort())
  console.log(`web: ${String(gzip(join('assets', file))).padStart(6)} B gzip  assets/${file}`);
const TRAINER_BUDGET = 80_000; // it comes from the laptop's own disk
const weight = name => assets[name] ? gzip(assets[name].slice(1)) : 0;
const first = Math.max(weight('app.js'), weight('hub.js') + Math.max(...['kk', 'ru', 'en'].map(language => weight(`hub-${language}.json`))));
console.log(`web: first page ${first} of ${BUDGET} B gzip JavaScript → ${relative(process.cwd(), out) || '.'}`);
const { outputFiles: [glue] } = await build({
  absWorkingDir: here, stdin: { contents: "export * from './src/player/wasm'; export * from './src/player/module';", resolveDir: here },
  bundle: true, minify: true, charset: 'utf8', write: false, format: 'esm', target: ['es2017'], plugins: [engineText],
});
const engine = gzipSync(glue.contents, { level: 9 }).length;
console.log(`web: engine ${engine} of ${ENGINE_BUDGET} B gzip WebAssembly and what stands in front of it`);
const trainer = gzip(assets['trainer.js'].slice(1));
if (first > BUDGET || trainer > TRAINER_BUDGET || engine > ENGINE_BUDGET) {
  console.error(`web: ${first > BUDGET ? 'the first page' : trainer > TRAINER_BUDGET ? 'the trainer’s page' : 'the engine'} is heavier than its budget`);
  process.exit(1);
}
