// SPDX-License-Identifier: Apache-2.0
// Writes a zip of stored members, enough for fixture packages: zip({ 'imsmanifest.xml': '<…>' }) → Buffer.

const table = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc32 = bytes => (bytes.reduce((crc, byte) => table[(crc ^ byte) & 0xff] ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

export function zip(members) {
  const local = [], central = [];
  let at = 0;
  for (const [name, text] of Object.entries(members)) {
    const bytes = Buffer.from(text), path = Buffer.from(name), same = Buffer.alloc(26);
    same.writeUInt16LE(20, 0);            // version
    same.writeUInt16LE(0x0800, 2);        // names in UTF-8
    same.writeUInt32LE(0x58210000, 6);    // 1 January 2024
    same.writeUInt32LE(crc32(bytes), 10);
    same.writeUInt32LE(bytes.length, 14);
    same.writeUInt32LE(bytes.length, 18);
    same.writeUInt16LE(path.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    local.push(Buffer.from('PK\x03\x04'), same, path, bytes);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), same, tail, path);
    at += 4 + 26 + path.length + bytes.length;
  }
  const directory = Buffer.concat(central), end = Buffer.alloc(22), n = Object.keys(members).length;
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(n, 8);
  end.writeUInt16LE(n, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}
