// SPDX-License-Identifier: Apache-2.0
// Makes a package of a manifest, which stays as it is: the generic SCO stands in for every page that it names.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zip } from '../browser/zip.mjs';

const sco = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'sco.html'), 'utf8');

const attribute = (tag, name) => new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)?.slice(1).find(each => each !== undefined);

// The members of `<resources>`, with xml:base (CP 3.4.2.3).
function files(xml) {
  const names = new Set();
  let resources = '', resource = '';
  for (const [tag, kind] of xml.matchAll(/<(?:\w+:)?(resources|resource|file)\b[^>]*>/g)) {
    const base = attribute(tag, 'xml:base') || '', href = attribute(tag, 'href');
    if (kind === 'resources') resources = base;
    if (kind === 'resource') resource = resources + base;
    if (href && !/^[a-z]+:/i.test(href)) names.add(resource + href.replace(/[?#].*/, ''));
  }
  return names;
}

export function packageOf(xml) {
  const members = { 'imsmanifest.xml': xml };
  for (const name of files(xml)) members[name] = /\.html?$/i.test(name) ? sco : '';
  return zip(members);
}

// Identifiers by title; the root's is also '@root'.
export function idsByTitle(xml) {
  const ids = new Map(), plain = xml.replace(/<!--[^]*?-->/g, '');
  for (const [, tag, title] of plain.matchAll(/(<(?:organization|item)\b[^>]*>)\s*<title>([^<]*)<\/title>/g)) {
    const id = attribute(tag, 'identifier');
    if (tag.startsWith('<organization')) ids.set('@root', id).set('', title.trim());
    else ids.set(title.trim(), id);
  }
  return ids;
}
