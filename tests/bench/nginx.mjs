// SPDX-License-Identifier: Apache-2.0
// nginx on the same files: gzip_static for what lies deflated in our zip, sendfile for what is stored.
import { mkdirSync, writeFileSync, readFileSync, cpSync } from 'node:fs';
import { cpus, userInfo } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createServer } from 'node:net';
import { start, until } from './table.mjs';

const freePort = () => new Promise((resolve) => {
  const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => resolve(port)); });
});

export async function startNginx(folder, files) {
  const root = join(folder, 'www'), port = await freePort();
  mkdirSync(root, { recursive: true });
  cpSync(files, root, { recursive: true });
  for (const name of ['page.html', 'app.js']) writeFileSync(join(root, name + '.gz'), gzipSync(readFileSync(join(root, name)), { level: 9 }));
  writeFileSync(join(folder, 'nginx.conf'), `
${userInfo().uid ? '' : 'user root;'}
daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log warn;
worker_processes ${cpus().length}; worker_rlimit_nofile 8192;
events { worker_connections 4096; }
http {
  types { text/html html; application/javascript js; image/jpeg jpg; video/mp4 mp4; }
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000; gzip_static on; gzip_vary on;
  open_file_cache max=100 inactive=60s; etag on;
  client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server { listen 127.0.0.1:${port} backlog=2048; root ${root}; add_header Cache-Control "public, max-age=31536000, immutable"; }
}
`);
  const { stop } = start('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
  await until(() => fetch(`http://127.0.0.1:${port}/page.html`));
  return { base: `http://127.0.0.1:${port}/`, stop };
}
