// SPDX-License-Identifier: Apache-2.0
// A QR code in a photograph. Phones give pictures of many megapixels, blurred and askew: the picture is tried at
// several sizes, softened a little where sharp noise hides the modules, and by its quarters when the code is small.
import decodeQR from 'qr/decode.js';

export interface Pixels { width: number; height: number; data: Uint8ClampedArray | Uint8Array }

/** Grey and softened: each pixel the mean of itself and its neighbours. */
export function soften({ width, height, data }: Pixels): Pixels {
  const grey = new Float32Array(width * height), out = new Uint8ClampedArray(data.length);
  for (let i = 0; i < grey.length; i++) grey[i] = 0.3 * (data[4 * i] ?? 0) + 0.59 * (data[4 * i + 1] ?? 0) + 0.11 * (data[4 * i + 2] ?? 0);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    let sum = 0, n = 0;
    for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) {
      const at = (y + dy) * width + x + dx;
      if (y + dy < 0 || y + dy >= height || x + dx < 0 || x + dx >= width) continue;
      const weight = dx && dy ? 1 : dx || dy ? 2 : 4;
      sum += weight * (grey[at] ?? 0);
      n += weight;
    }
    out.fill(sum / n, 4 * (y * width + x), 4 * (y * width + x) + 3);
    out[4 * (y * width + x) + 3] = 255;
  }
  return { width, height, data: out };
}

function attempt(pixels: Pixels): string | undefined {
  try { return decodeQR(pixels); } catch { return undefined; }
}

/** What the code says; undefined when none was found at this size. */
export function readPixels(pixels: Pixels): string | undefined {
  return attempt(pixels) ?? attempt(soften(pixels));
}

/** Where in the picture to look: all of it, then its parts, which overlap. */
const windows: readonly (readonly [number, number, number])[] = [
  [0, 0, 1], [0.4, 0.4, 0.6], [0, 0, 0.6], [0.4, 0, 0.6], [0, 0.4, 0.6], [0.25, 0.25, 0.5],
];
const sides = [1000, 1600, 640, 2400];

function draw(image: HTMLImageElement, [left, top, part]: readonly [number, number, number], side: number): Pixels | undefined {
  const w = image.naturalWidth * part, h = image.naturalHeight * part, scale = Math.min(1.5, side / Math.max(w, h));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(w * scale);
  canvas.height = Math.round(h * scale);
  const pen = canvas.getContext('2d');
  if (!pen || !canvas.width || !canvas.height) return undefined;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, image.naturalWidth * left, image.naturalHeight * top, w, h, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function open(file: Blob): Promise<HTMLImageElement> {
  return new Promise((done, failed) => {
    const reader = new FileReader(), image = new Image();
    reader.onerror = image.onerror = () => failed(new Error('not a picture'));
    image.onload = () => done(image);
    reader.onload = () => { image.src = String(reader.result); };
    reader.readAsDataURL(file);
  });
}

const breath = (): Promise<void> => new Promise(done => setTimeout(done));

/** The text of the QR code in a picture file; undefined when there is none that can be read. */
export async function readPhoto(file: Blob): Promise<string | undefined> {
  const image = await open(file);
  for (const where of windows) for (const side of sides) {
    const pixels = draw(image, where, side), text = pixels && readPixels(pixels);
    if (text) return text;
    await breath(); // so that the page stays alive
  }
  return undefined;
}
