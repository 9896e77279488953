// SPDX-License-Identifier: Apache-2.0
// The sheets of a whole hall: every name on paper, every code readable after a bad copier.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { hall, kenes, must, run } from './hall.mjs';

// Lines break at blanks and hyphens: what counts is the letters and their order.
const plain = text => text.normalize('NFC').replace(/\s+/g, '');

// Pixels of a picture as a browser gives them.
function pixels(file) {
  const [width, height] = must('identify', '-format', '%w %h', file).out.split(' ').map(Number);
  return { width, height, data: new Uint8ClampedArray(must('convert', file, '-depth', '8', 'rgba:-').bytes) };
}

// What a bad copier, a phone held askew and a weak lamp do. All at 150 dpi. The keys, and so the codes, are others in
// each run, and a photograph of the worst kind is seldom one that zbar cannot read (none of 300). A phone takes thirty a second: here
// one of three, each with a grain of its own, must be read; and none may be read as something else.
const GRAIN = 'grain', GRAINS = ['7', '8', '9'];
const harms = {
  'as it is': [],
  blurred: ['-blur', '0x0.8'],
  'turned by 6°': ['-background', 'white', '-rotate', '6'],
  sheared: ['-background', 'white', '-shear', '6x3'],
  noisy: ['-seed', GRAIN, '-attenuate', '0.5', '+noise', 'Gaussian'],
  'pale and grey': ['-level', '-20%,140%', '-colorspace', 'Gray'],
  'all at once': ['-background', 'white', '-rotate', '3', '-shear', '3x2', '-blur', '0x0.6', '-seed', GRAIN, '-attenuate', '0.25', '+noise', 'Gaussian'],
};

// The corner of a page in which the code is.
function codeOf(pdf, page, scratch) {
  const file = join(scratch, `page-${page}`), crop = join(scratch, `code-${page}.png`);
  must('pdftoppm', '-r', '150', '-f', String(page), '-l', String(page), '-png', '-singlefile', pdf, file);
  must('convert', `${file}.png`, '-gravity', 'SouthEast', '-crop', '330x420+50+30', '+repage', crop);
  return crop;
}

export const tests = {
  'issuing says who got none and why, and again makes nothing new'({ scratch }) {
    const { data, code, report } = hall(scratch);
    assert.equal(report.issued, 200);
    assert.deepEqual(report.rows.filter(r => r.reason).map(r => r.reason).sort(), ['absent', 'failed', 'not-begun', 'not-finished']);
    for (const row of report.rows.filter(r => r.reason)) for (const language of ['kk', 'ru', 'en']) assert.ok(row[language].length > 10);
    const again = JSON.parse(kenes('certificate', 'issue', '--data', data, '--event', code, '--all', '--json').out);
    assert.deepEqual([again.issued, again.already, again.refused], [0, 200, 4]);
    assert.equal(new Set(report.made.map(one => one.serial)).size, 200);
  },

  'every name is on its page, letter for letter'({ scratch }) {
    const { pdf, report } = hall(scratch);
    const pages = must('pdftotext', '-raw', pdf, '-').out.split('\f').slice(0, 200).map(plain);
    assert.equal(pages.length, 200);
    const bySerial = new Map(pages.map(text => [text.match(/[0-9A-Z]{6}-\d{5}-[0-9A-Z]/)?.[0], text]));
    for (const one of report.made) assert.ok(bySerial.get(one.serial)?.includes(plain(one.name)), `${one.serial}: ${one.name}`);
    const letters = new Set(pages.join(''));
    for (const letter of 'ӘҒҚҢӨҰҮҺІәғқңөұүһі') assert.ok(letters.has(letter), `no ${letter} was printed`);
    assert.ok(!pages.some(text => text.includes('??')), 'question marks in place of letters');
  },

  'a PDF says which certificates are in it'({ scratch }) {
    const { pdf, report } = hall(scratch);
    const done = kenes('verify', pdf, '--json');
    assert.equal(done.code, 0);
    const verdicts = done.out.trim().split('\n').map(line => JSON.parse(line));
    assert.deepEqual(verdicts.map(v => v.facts.serial).sort(), report.made.map(one => one.serial).sort());
    assert.ok(verdicts.every(v => v.status === 'self-issued'));
    // One character of one token is another.
    const bytes = readFileSync(pdf), at = bytes.indexOf('(KENES') + 100, altered = join(scratch, 'altered.pdf');
    assert.ok(at > 100);
    bytes[at] = bytes[at] === 65 ? 66 : 65;
    writeFileSync(altered, bytes);
    assert.equal(kenes('verify', altered, '--json').code, 1);
  },

  'a code is at most 35 mm wide on paper'({ scratch }) {
    const { pdf, report } = hall(scratch), longest = report.made.reduce((most, one, i) => (one.name.length > report.made[most].name.length ? i : most), 0);
    for (const page of [1, longest + 1, 200]) {
      const file = join(scratch, `wide-${page}`);
      must('pdftoppm', '-r', '300', '-f', String(page), '-l', String(page), '-gray', '-singlefile', '-png', pdf, file);
      // Its modules grown together are one patch, the only wide one in its corner that has no hole.
      const patches = must('convert', `${file}.png`, '-gravity', 'SouthEast', '-crop', '700x800+100+80', '+repage', '-threshold', '60%', '-negate',
        '-morphology', 'Close', 'Square:5', '-define', 'connected-components:verbose=true', '-define', 'connected-components:area-threshold=20000',
        '-connected-components', '8', 'null:').out;
      const [width, height] = patches.match(/(\d+)x(\d+)\+\d+\+\d+ \S+ \d+ \S*\(255/)?.slice(1).map(n => n / 300 * 25.4) ?? [];
      assert.ok(width > 28 && width <= 35 && Math.abs(width - height) < 0.5, `${width} × ${height} mm\n${patches}`);
    }
  },

  async 'printed codes are read by zbar and by the page, whatever the copier did'({ load, scratch }) {
    const { pdf } = hall(scratch), { readPixels } = await load('verify/photo');
    const { findToken } = await load('verify/token');
    for (const page of [1, 42, 117, 200]) {
      const clean = codeOf(pdf, page, scratch);
      const wanted = must('zbarimg', '-q', '--raw', clean).out.trim();
      assert.ok(findToken(wanted), `page ${page}: not a token: ${wanted}`);
      for (const [name, harm] of Object.entries(harms)) {
        const file = join(scratch, 'harmed.png'), zbar = [], ours = [], all = harm.includes(GRAIN) ? GRAINS : [''];
        for (const grain of all) {
          must('convert', clean, ...harm.map(word => word === GRAIN ? grain : word), file);
          zbar.push(run('zbarimg', '-q', '--raw', file).out.trim());
          ours.push(readPixels(pixels(file)) || '');
          if (zbar.includes(wanted) && ours.includes(wanted)) break;
        }
        for (const [who, read] of [['zbar', zbar], ['the page\'s decoder', ours]])
          assert.ok(read.includes(wanted) && read.every(text => text === '' || text === wanted), `${who}, page ${page}, ${name}: ${read}`);
      }
    }
  },
};
