// SPDX-License-Identifier: Apache-2.0
// Files from the API, which wants the session's word: fetched, then saved as the browser saves a link.
import { headers, reach, troubleOf } from '../../api/call';

export async function fetchFile(url: string, seconds = 60): Promise<Blob> {
  const reply = await reach(url, { headers: headers(), cache: 'no-store' }, seconds);
  if (!reply.ok) throw troubleOf(reply.status, await reply.text());
  return reply.blob();
}

export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name.replace(/[\\/:*?"<>|]+/g, ' ').trim();
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** A blob as an address that our policy lets pictures have. */
export function dataUrl(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(new Error('the file cannot be read'));
    reader.readAsDataURL(file);
  });
}

export function picture(url: string): Promise<HTMLImageElement> {
  return new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => failed(new Error('not a picture'));
    image.src = url;
  });
}

/** A picture drawn on white, `width` pixels wide, as a file of that type. */
export function redraw(image: HTMLImageElement, width: number, type: 'image/png' | 'image/jpeg'): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.max(1, Math.round(width * image.naturalHeight / image.naturalWidth));
  const pen = canvas.getContext('2d');
  if (!pen) return Promise.reject(new Error('no canvas'));
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => canvas.toBlob(blob => (blob ? done(blob) : failed(new Error('no picture'))), type, 0.92));
}
