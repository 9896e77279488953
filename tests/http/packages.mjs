// SPDX-License-Identifier: Apache-2.0
// Small packages made on the spot, by name. A zip of stored or deflated members and nothing else.
import { deflateRawSync } from 'node:zlib';

const crcTable = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n >>> 0;
});
const crc32 = (bytes) => (bytes.reduce((c, b) => crcTable[(c ^ b) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

// files: { name: text or Buffer }. `stored` names are not deflated.
export function zip(files, stored = []) {
  const local = [], central = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content), isStored = stored.includes(name);
    const packed = isStored ? plain : deflateRawSync(plain), bytes = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x800, 2); // names in UTF-8
    head.writeUInt16LE(isStored ? 0 : 8, 4);
    head.writeUInt16LE(0x21, 8); // 1 January 1980
    head.writeUInt32LE(crc32(plain), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(plain.length, 18);
    head.writeUInt16LE(bytes.length, 22);
    local.push(Buffer.from('PK\x03\x04'), head, bytes, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, tail, bytes);
    at += 4 + 26 + bytes.length + packed.length;
  }
  const directory = Buffer.concat(central), end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

// A SCORM 1.2 manifest with one item a file.
export function manifest12(identifier, title, hrefs) {
  const items = hrefs.map((h, i) => `<item identifier="item-${i + 1}" identifierref="res-${i + 1}"><title>Part ${i + 1}</title></item>`).join('');
  const resources = hrefs.map((h, i) => `<resource identifier="res-${i + 1}" type="webcontent" adlcp:scormtype="sco" href="${h}"><file href="${h}"/></resource>`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${identifier}" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="org"><organization identifier="org"><title>${title}</title>${items}</organization></organizations>
<resources>${resources}</resources></manifest>`;
}

const page = (text) => `<!doctype html><html><head><meta charset="utf-8"><title>${text}</title></head><body><p>${text}</p></body></html>`;
const film = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 31 + (i >> 5)) & 255));

export const packages = {
  'one.zip': zip({
    'imsmanifest.xml': manifest12('one', 'One part', ['index.html']),
    'index.html': page('Бірінші бет. Первая страница.'.repeat(40)),
    'film.mp4': film,
    'Папка/файл один.txt': 'Кириллица в имени',
  }, ['film.mp4']),
  'two.zip': zip({
    'imsmanifest.xml': manifest12('two', 'Two parts', ['a.html', 'b.html']),
    'a.html': page('A'), 'b.html': page('B'),
  }),
  // The same course as one.zip, revised.
  'one-revised.zip': zip({
    'imsmanifest.xml': manifest12('one', 'One part', ['index.html']),
    'index.html': page('Revised'),
  }),
  'old-letters.zip': zip({
    'imsmanifest.xml': manifest12('old', 'Old letters', ['index.html']),
    'index.html': Buffer.concat([Buffer.from('<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><body>'),
      Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), Buffer.from('</body></html>')]),
  }),
  // No package: a picture of 8 × 8, for the certificates' logo.
  'logo.jpg': Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/' +
    '2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAA' +
    'AAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCYAUgv/9k=', 'base64'),
  'no-manifest.zip': zip({ 'index.html': page('Nothing') }),
  'slip.zip': zip({ 'imsmanifest.xml': manifest12('slip', 'Slip', ['index.html']), 'index.html': page('x'), '../outside.txt': 'x' }),
  'not-a.zip': Buffer.from('This is no zip.'),
};
