// SPDX-License-Identifier: Apache-2.0
// Reads a zip as a strict reader does: by its directory at the end. unzip(bytes) → { name: Buffer }.
import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';

export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  assert.ok(end >= 0, 'a zip ends with its directory');
  const files = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const method = bytes.readUInt16LE(at + 10), packed = bytes.readUInt32LE(at + 20), size = bytes.readUInt32LE(at + 24);
    const long = bytes.readUInt16LE(at + 28), extra = bytes.readUInt16LE(at + 30), comment = bytes.readUInt16LE(at + 32);
    const name = bytes.toString('utf8', at + 46, at + 46 + long), local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28), piece = bytes.subarray(from, from + packed);
    files[name] = method === 8 ? inflateRawSync(piece) : Buffer.from(piece);
    assert.equal(files[name].length, size, name);
    at += 46 + long + extra + comment;
  }
  return files;
}

const plain = (xml) => xml.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');

// A spreadsheet's first sheet: rows of { type, style, text } by column letter; and how it is set up.
export function sheet(bytes) {
  const files = unzip(bytes), xml = files['xl/worksheets/sheet1.xml'].toString('utf8');
  const rows = [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => Object.fromEntries(
    [...row.matchAll(/<c r="([A-Z]+)\d+"((?: [a-z]+="[^"]*")*)>(.*?)<\/c>/gs)].map(([, column, attributes, body]) => [column, {
      type: /t="(\w+)"/.exec(attributes)?.[1] ?? 'n',
      style: Number(/s="(\d+)"/.exec(attributes)?.[1] ?? 0),
      formula: /<f>/.test(body),
      text: plain(body.replace(/<[^>]*>/g, '')),
    }])));
  return { rows, xml, styles: files['xl/styles.xml'].toString('utf8'), files };
}
