// SPDX-License-Identifier: Apache-2.0
// Zips byte by byte, so that they can lie, and the hostile and odd packages that are made of them.
import { deflateRawSync, constants } from 'node:zlib';
import { manifest12 } from '../http/packages.mjs';

const crcTable = Int32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
function crc32(bytes) {
  let c = -1;
  for (let i = 0; i < bytes.length; i++) c = crcTable[(c ^ bytes[i]) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}

const wide = (...numbers) => {
  const b = Buffer.alloc(numbers.length * 8);
  numbers.forEach((n, i) => b.writeBigUInt64LE(BigInt(n), i * 8));
  return b;
};

// An entry: { name, content } and, instead of the truth: stored, raw (packed bytes as they are), flags, method, mode, local
// (another name in its own header), size, packed, crc, offset, extra, zip64.
function headers(e, at) {
  const name = Buffer.from(e.name), local = e.local === undefined ? name : Buffer.from(e.local);
  const plain = Buffer.from(e.content ?? ''), bytes = e.raw ?? (e.stored ? plain : deflateRawSync(plain));
  const method = e.method ?? (e.stored ? 0 : 8), flags = (e.utf8 === false ? 0 : 0x800) | (e.flags ?? 0);
  const crc = e.crc ?? crc32(plain), size = e.size ?? plain.length, packed = e.packed ?? bytes.length, offset = e.offset ?? at;
  const narrow = (n) => (e.zip64 ? 0xffffffff : n);
  const extra = e.extra ?? (e.zip64 ? Buffer.concat([Buffer.from([1, 0, 24, 0]), wide(size, packed, offset)]) : Buffer.alloc(0));
  const l = Buffer.alloc(30), c = Buffer.alloc(46);
  l.writeUInt32LE(0x04034b50, 0);
  l.writeUInt16LE(20, 4);
  l.writeUInt16LE(flags, 6);
  l.writeUInt16LE(method, 8);
  l.writeUInt16LE(0x21, 12);
  l.writeUInt32LE(crc, 14);
  l.writeUInt32LE(narrow(packed), 18);
  l.writeUInt32LE(narrow(size), 22);
  l.writeUInt16LE(local.length, 26);
  c.writeUInt32LE(0x02014b50, 0);
  c.writeUInt16LE(0x0314, 4); // made on Unix
  l.copy(c, 6, 4, 28);
  c.writeUInt16LE(name.length, 28);
  c.writeUInt16LE(extra.length, 30);
  c.writeUInt32LE(((e.mode ?? 0o100644) << 16) >>> 0, 38);
  c.writeUInt32LE(narrow(offset), 42);
  return { local: [l, local, bytes], central: [c, name, extra], n: 30 + local.length + bytes.length };
}

// end: { entries, offset, size (of the directory), zip64, wideOffset, wideEntries, wideSize, locator, comment }.
export function makeZip(entries, end = {}) {
  const local = [], central = [];
  let at = end.before ? end.before.length : 0;
  if (end.before) local.push(end.before);
  for (const e of entries) {
    const h = headers(e, at);
    local.push(...h.local);
    central.push(...h.central);
    at += h.n;
  }
  const directory = Buffer.concat(central), tail = [];
  const count = end.entries ?? entries.length, size = end.size ?? directory.length, offset = end.offset ?? at;
  if (end.zip64) {
    const w = Buffer.alloc(56), l = Buffer.alloc(20);
    w.writeUInt32LE(0x06064b50, 0);
    wide(44).copy(w, 4);
    w.writeUInt16LE(45, 12);
    w.writeUInt16LE(45, 14);
    wide(end.wideEntries ?? count, end.wideEntries ?? count, end.wideSize ?? size, end.wideOffset ?? offset).copy(w, 24);
    l.writeUInt32LE(0x07064b50, 0);
    wide(end.locator ?? at + directory.length).copy(l, 8);
    l.writeUInt32LE(1, 16);
    tail.push(w, l);
  }
  const comment = Buffer.from(end.comment ?? ''), e = Buffer.alloc(22);
  e.writeUInt32LE(0x06054b50, 0);
  e.writeUInt16LE(end.zip64 ? 0xffff : count & 0xffff, 8);
  e.writeUInt16LE(end.zip64 ? 0xffff : count & 0xffff, 10);
  e.writeUInt32LE(end.zip64 ? 0xffffffff : size, 12);
  e.writeUInt32LE(end.zip64 ? 0xffffffff : offset, 16);
  e.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...local, directory, ...tail, e, comment]);
}

// A million empty members, whole and true: 90 MB.
function million() {
  const n = 1_000_000, local = Buffer.alloc(n * 37), central = Buffer.alloc(n * 53);
  for (let i = 0; i < n; i++) {
    const name = i.toString(16).padStart(7, '0'), l = i * 37, c = i * 53;
    local.writeUInt32LE(0x04034b50, l);
    local.writeUInt16LE(7, l + 26);
    local.write(name, l + 30, 'latin1');
    central.writeUInt32LE(0x02014b50, c);
    central.writeUInt16LE(7, c + 28);
    central.writeUInt32LE(l, c + 42);
    central.write(name, c + 46, 'latin1');
  }
  const end = makeZip([], { zip64: true, wideEntries: n, wideSize: central.length, wideOffset: local.length, locator: local.length + central.length });
  return Buffer.concat([local, central, end]);
}

// Ten gigabytes of zeros in ten megabytes: a piece that ends on a byte, again and again.
function tenGigabytes() {
  const piece = deflateRawSync(Buffer.alloc(16 << 20), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: 640 }, () => piece), Buffer.from([3, 0])]);
}

// ---- courses -----------------------------------------------------------------------------
const page = { name: 'index.html', content: '<!doctype html><title>1</title><p>1' };
const manifest = (title, extra = '') => ({ name: 'imsmanifest.xml', content: manifest12(`m-${Math.random()}`, title, ['index.html']) + extra });
const course = (title, ...more) => [manifest(title), page, ...more];
const xml = (text) => [{ name: 'imsmanifest.xml', content: text }, page];
const body = (title, prologue = '') => manifest12('entity', title, ['index.html']).replace('?>\n', `?>\n${prologue}\n`);
const cp866 = (text) => Buffer.from(Array.from(text, (c) => {
  const n = c.codePointAt(0);
  if (n < 0x80) return n;
  return n < 0x440 ? n - 0x410 + 0x80 : n - 0x440 + 0xe0;
}));
const cp1251 = (text) => Buffer.from(Array.from(text, (c) => (c.codePointAt(0) < 0x80 ? c.codePointAt(0) : c.codePointAt(0) - 0x410 + 0xc0)));
const good = () => makeZip(course('Good'));

const cut = (share) => [`cut at ${share} %`, () => { const z = good(); return z.subarray(0, Math.floor((z.length * share) / 100)); }, 'zip-damaged'];
const out = (name) => [`a member called ${JSON.stringify(name)}`, () => makeZip(course('Slip', { name, content: 'out' })), 'zip-slip'];

// What is refused: title, bytes, the finding that says why.
export const refused = [
  ...['../out.txt', 'a/../../out.txt', '..\\out.txt', 'a\\..\\..\\out.txt', '/etc/out.txt', '\\out.txt', '//server/share/out.txt', 'C:\\out.txt', 'c:out.txt', '..', 'a/..', 'a\0.html'].map(out),
  ['a link to a folder of the laptop', () => makeZip(course('Link', { name: 'etc', content: '/etc', mode: 0o120777, stored: true })), 'zip-link'],
  ['a link as the manifest', () => makeZip([{ ...manifest('Link'), mode: 0o120777 }, page]), 'zip-link'],
  ['ten gigabytes that say so', () => makeZip(course('Bomb', { name: 'a.bin', raw: tenGigabytes(), size: 10737418240, zip64: true })), 'zip-too-large'],
  ['ten gigabytes that say they are a hundred bytes', () => makeZip(course('Bomb', { name: 'a.bin', raw: tenGigabytes(), size: 100, crc: 0 })), 'zip-bomb'],
  ['a gigabyte in a thousandth of that', () => makeZip(course('Bomb', { name: 'a.bin', raw: tenGigabytes().subarray(0, 1 << 20), size: 1 << 30 })), 'zip-bomb'],
  ['sixty thousand small bombs', () => makeZip(course('Bombs', ...Array.from({ length: 60000 }, (_, i) => ({ name: `${i}`, raw: Buffer.alloc(600, 1), size: 1 << 20, crc: 0 })))), 'zip-too-large'],
  ['a thousand small bombs', () => {
    const raw = deflateRawSync(Buffer.alloc(1 << 20));
    return makeZip(course('Bombs', ...Array.from({ length: 1000 }, (_, i) => ({ name: `${i}`, raw, size: 1 << 20, crc: 0xa738ea1c }))));
  }, 'zip-bomb'],
  ['a bomb inside a zip inside the zip', () => makeZip([{ name: 'in.zip', content: makeZip([{ name: 'again.zip', content: good() }]) }]), 'zip-in-zip'],
  ['a million members', million, 'zip-too-many'],
  ['70,000 members that say they are 4,464', () => makeZip(Array.from({ length: 70000 }, (_, i) => ({ name: `${i}`, stored: true }))), 'zip-damaged'],
  ['an encrypted member', () => makeZip(course('Locked', { name: 'тест.html', content: 'x'.repeat(20), flags: 1 })), 'zip-encrypted'],
  ['an encrypted member whose name is in CP866', () => makeZip(course('Locked', { name: cp866('проверка.html'), utf8: false, content: 'x'.repeat(20), flags: 1 })), 'zip-encrypted', 'проверка.html'],
  ['an encrypted member whose name is in windows-1251', () => makeZip(course('Locked', { name: cp1251('проверка.html'), utf8: false, content: 'x'.repeat(20), flags: 1 })), 'zip-encrypted', 'проверка.html'],
  ['strong encryption', () => makeZip(course('Locked', { name: 'a', content: 'x', flags: 0x41 })), 'zip-encrypted'],
  ['two members of one name', () => makeZip(course('Twice', { name: 'index.html', content: 'other' })), 'zip-duplicate'],
  ['two members of one name by a slash more', () => makeZip(course('Twice', { name: 'a/b.html', content: '1' }, { name: 'a//b.html', content: '2' })), 'zip-duplicate'],
  ['two members of one name by a backslash', () => makeZip(course('Twice', { name: 'a/b.html', content: '1' }, { name: 'a\\b.html', content: '2' })), 'zip-duplicate'],
  ['two members that share their bytes', () => {
    const shared = { name: 'a', content: 'shared'.repeat(100) };
    return makeZip([{ ...shared }, { ...shared, name: 'a', offset: 0 }, ...course('Shared')]);
  }, 'zip-bomb'],
  ['a size that is too large', () => makeZip(course('Lies', { name: 'a', content: 'abc', size: 4000 })), 'zip-damaged'],
  ['a size that is too small', () => makeZip(course('Lies', { name: 'a', content: 'abc'.repeat(900), size: 4 })), 'zip-bomb'],
  ['a packed size beyond the file', () => makeZip(course('Lies', { name: 'a', content: 'abc', packed: 0x7fffffff })), 'zip-damaged'],
  ['a stored member of two sizes', () => makeZip(course('Lies', { name: 'a', content: 'abc', stored: true, size: 2 })), 'zip-damaged'],
  ['a wrong checksum', () => makeZip(course('Lies', { name: 'a', content: 'abc', crc: 5 })), 'zip-damaged'],
  ['an offset beyond the file', () => makeZip(course('Lies', { name: 'a', content: 'abc', offset: 0x7ffffff0 })), 'zip-damaged'],
  ['another name in the member itself', () => makeZip(course('Lies', { name: 'a.html', local: 'b.html', content: 'abc' })), 'zip-damaged'],
  ['Zip64 sizes near the end of numbers', () => makeZip(course('Lies', { name: 'a', content: 'abc', size: '0xfffffffffffffff0', zip64: true })), 'zip-too-large'],
  ['packed Zip64 sizes near the end of numbers', () => makeZip(course('Lies', { name: 'a', content: 'abc', packed: '0xfffffffffffffff0', zip64: true })), 'zip-damaged'],
  ['a Zip64 offset near the end of numbers', () => makeZip(course('Lies', { name: 'a', content: 'abc', offset: '0xfffffffffffffff0', zip64: true })), 'zip-damaged'],
  ['Zip64 sizes that are not there', () => makeZip(course('Lies', { name: 'a', content: 'abc', zip64: true, extra: Buffer.from([1, 0, 4, 0, 1, 2, 3, 4]) })), 'zip-damaged'],
  ['a Zip64 end that lies outside', () => makeZip(course('Lies'), { zip64: true, locator: '0xfffffffffffffff0' }), 'zip-damaged'],
  ['a Zip64 directory that lies outside', () => makeZip(course('Lies'), { zip64: true, wideOffset: '0xffffffffffffff00' }), 'zip-damaged'],
  ['a Zip64 directory with more members than bytes', () => makeZip(course('Lies'), { zip64: true, wideEntries: 60000 }), 'zip-damaged'],
  ['an end that counts one too many', () => makeZip(course('Lies'), { entries: 3 }), 'zip-damaged'],
  ['an end that counts one too few', () => makeZip(course('Lies'), { entries: 1 }), 'zip-damaged'],
  ['compressed by another method', () => makeZip(course('Method', { name: 'a', content: 'abc', method: 12 })), 'zip-method'],
  ['a name of 5,000 letters', () => makeZip(course('Long', { name: 'a'.repeat(5000), content: 'x' })), 'zip-damaged'],
  ...[3, 20, 50, 80, 97].map(cut),
  ['nothing at all', () => Buffer.alloc(0), 'not-a-zip'],
  ['four bytes', () => Buffer.from('PK\x05\x06', 'latin1'), 'not-a-zip'],
  ['a page of HTML', () => Buffer.from('<!doctype html><title>404</title>'.repeat(100)), 'not-a-zip'],
  ['a RAR', () => Buffer.concat([Buffer.from('Rar!\x1a\x07\x00', 'latin1'), Buffer.alloc(3000, 7)]), 'not-a-zip'],
  ['a program', () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100_000, 0x90)]), 'not-a-zip'],
  ['an empty zip', () => makeZip([]), 'manifest-absent'],
  ['no manifest', () => makeZip([page]), 'manifest-absent'],
  ['a folder in the manifest’s place', () => makeZip([{ name: 'imsmanifest.xml/', stored: true }, page]), 'manifest-absent'],
  ['cmi5', () => makeZip([{ name: 'cmi5.xml', content: '<courseStructure/>' }, page]), 'manifest-other-standard'],
  ['a manifest that is cut', () => makeZip(xml(body('Cut').slice(0, 400))), 'manifest-unreadable'],
  ['a manifest of other words', () => makeZip(xml('<html><body>hello</body></html>')), 'manifest-unreadable'],
  ['an empty manifest', () => makeZip(xml('')), 'manifest-unreadable'],
  ['a manifest of random bytes', () => makeZip(xml(Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919 + (i >> 3)) & 255)))), 'manifest-unreadable'],
  ['a manifest of 17 MB', () => makeZip([{ name: 'imsmanifest.xml', content: body('Large').replace('</manifest>', `<!--${'x'.repeat(17 << 20)}--></manifest>`), stored: true }, page]), 'manifest-too-large'],
  ['a manifest of 10,000 levels', () => makeZip(xml(`<manifest>${'<item>'.repeat(10000)}${'</item>'.repeat(10000)}</manifest>`)), 'manifest-too-large'],
  ['a course of 5,000 parts', () => makeZip(xml(manifest12('parts', 'Parts', Array.from({ length: 5000 }, () => 'index.html')))), 'manifest-too-large'],
  ['a manifest without pages', () => makeZip(xml('<manifest><resources/></manifest>')), 'manifest-nothing-to-launch'],
];

// What is taken, for it does no harm or was put right: title, bytes, a finding (or null), and for entities what the course's
// title must not hold. `port` is one where somebody listens who must not be asked.
export const taken = (port) => [
  ['a course', good, 'read-as'],
  ['a course with something in front', () => makeZip(course('Front'), { before: Buffer.from('#!/bin/sh\nexit\n') }), 'read-as'],
  ['two manifests', () => makeZip([...course('Outer'), { name: 'old/imsmanifest.xml', content: body('Inner') }]), 'manifest-several'],
  ['names in CP866', () => makeZip([{ name: 'imsmanifest.xml', content: manifest12('n866', 'Names', ['урок.html']) }, { ...page, name: cp866('урок.html'), utf8: false }]), 'names-encoding'],
  ['names in windows-1251', () => makeZip([{ name: 'imsmanifest.xml', content: manifest12('n1251', 'Names', ['урок.html']) }, { ...page, name: cp1251('урок.html'), utf8: false }]), 'names-encoding'],
  ['names that Windows keeps for itself', () => makeZip(course('Reserved', ...['CON', 'nul.html', 'aux', 'COM1.txt', 'a.html.', 'b ', 'ab:c', 'x?.html', '-rf', '$(id)', 'a;b&c|d'].map((name) => ({ name, content: name })))), 'read-as'],
  ['names with control letters and marks of direction', () => makeZip(course('Marks', { name: 'a\r\nSet-Cookie: kenes=1\x1b[31m.html', content: 'x' }, { name: 'a\u202ehtml.exe', content: 'x' })), 'read-as'],
  ['a title full of code', () => makeZip(course('&lt;script&gt;alert(1)&lt;/script&gt; {} %s &quot;\u0007\u202e'.replace('\u0007', ''))), 'read-as'],
  ['laughs, a billion', () => makeZip(xml(body('&i;', `<!DOCTYPE m [<!ENTITY a "ha">${'bcdefghi'.split('').map((c, i) => `<!ENTITY ${c} "${`&${'abcdefgh'[i]};`.repeat(10)}">`).join('')}]>`))), null, 'haha'],
  ['a long entity, many times', () => makeZip(xml(body('&a;'.repeat(50_000), `<!DOCTYPE m [<!ENTITY a "${'A'.repeat(50_000)}">]>`))), null, 'AAA'],
  ['an entity that is a file of the laptop', () => makeZip(xml(body('&e;', '<!DOCTYPE m [<!ENTITY e SYSTEM "file:///etc/passwd">]>'))), null, 'root:'],
  ['an entity that is an address', () => makeZip(xml(body('&e;', `<!DOCTYPE m [<!ENTITY e SYSTEM "http://127.0.0.1:${port}/e">]>`))), null, 'fetched'],
  ['a document type at an address', () => makeZip(xml(body('Type', `<!DOCTYPE manifest SYSTEM "http://127.0.0.1:${port}/m.dtd">`))), null, 'fetched'],
  ['a parameter entity at an address', () => makeZip(xml(body('Parameter', `<!DOCTYPE m [<!ENTITY % p SYSTEM "http://127.0.0.1:${port}/p"> %p;]>`))), null, 'fetched'],
  ['pages at that address', () => makeZip(xml(manifest12('far', 'Far', [`http://127.0.0.1:${port}/page.html`, 'index.html']))), 'launch-external'],
  ['pages that are scripts, files and far folders', () => makeZip(xml(manifest12('odd', 'Odd', ['javascript:alert(1)', 'file:///etc/passwd', '../../etc/passwd', '//evil.example/x', 'data:text/html,x', 'index.html']))), 'launch-scheme'],
];
