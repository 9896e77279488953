// SPDX-License-Identifier: Apache-2.0
// LMSs that are not ours, for one package: scorm-again's (npm) run-time API, and one of 20 lines that a test can
// set up and look into. Pages of the package lie under /course/.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';

const again = new URL('../node_modules/scorm-again/dist/scorm-again.min.js', import.meta.url);
const types = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };

const frame = script => `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>LMS</title><style>html,body,iframe{margin:0;width:100%;height:100%;border:0}</style>
<iframe id="sco" title="SCO"></iframe>${script}`;

const pages = {
  // scorm-again: an object for each version; its data is looked at through the standard API.
  '/again': frame(`<script src="/again.js"></script><script>
    window.API = new Scorm12API({ autocommit: false }); window.API_1484_11 = new Scorm2004API({ autocommit: false });</script>`),
  // Ours: a map of elements, counts of lists, nothing more. window.start: what is there before the page begins.
  '/plain': frame(`<script>
    window.data = {};
    const count = name => { const seen = new Set(Object.keys(data).filter(key => key.startsWith(name + '.')).map(key => key.slice(name.length + 1).split('.')[0])); return String(seen.size); };
    window.API_1484_11 = { Initialize: () => 'true', Terminate: () => 'true', Commit: () => 'true', GetLastError: () => '0', GetErrorString: () => '', GetDiagnostic: () => '',
      GetValue: key => key.endsWith('._count') ? count(key.slice(0, -7)) : data[key] || '', SetValue: (key, value) => { data[key] = value; return 'true'; } };</script>`),
};

export async function serve(packageFile) {
  const server = createServer((request, reply) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const send = (type, body) => { reply.writeHead(200, { 'Content-Type': type }); reply.end(body); };
    if (pages[path]) return send(types.html, pages[path]);
    if (path === '/again.js') return send(types.js, readFileSync(again));
    try {
      send(types[path.split('.').pop()] || 'application/octet-stream', execFileSync('unzip', ['-p', packageFile, path.replace(/^\/course\//, '')], { stdio: ['ignore', 'pipe', 'ignore'] }));
    } catch {
      reply.writeHead(404);
      reply.end();
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { address: `http://127.0.0.1:${server.address().port}`, end: () => new Promise(done => { server.closeAllConnections(); server.close(done); }) };
}

// Shows a page of the course in the LMS's frame.
export async function show(page, name, language) {
  await page.evaluate(address => { document.getElementById('sco').src = address; }, `/course/${name}.html#${language}`);
  const frame = await (await page.waitForSelector('iframe#sco')).contentFrame();
  await frame.waitForFunction(file => location.pathname.endsWith(file) && document.readyState === 'complete' && document.querySelector('#bar button'), `/${name}.html`);
  return frame;
}

export const packOf = (program, folder, out, ...options) => {
  execFileSync(program, ['pack', folder, '-o', out, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  return out;
};
