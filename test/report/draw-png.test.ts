import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { drawPng } from '../../src/report/draw-png.ts';

const code = () => readFileSync(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm')));

/** Size and red, green, blue, alpha of a PNG of eight bits a channel. */
function decode(png: Uint8Array): { width: number; height: number; at: (x: number, y: number) => readonly number[] } {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  expect([...bytes.subarray(24, 26)]).toEqual([8, 6]);
  const parts: Buffer[] = [];
  for (let place = 8; place < bytes.length; ) {
    const length = bytes.readUInt32BE(place);
    if (bytes.subarray(place + 4, place + 8).toString() === 'IDAT') parts.push(bytes.subarray(place + 8, place + 8 + length));
    place += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = 4 * width;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    for (let x = 0; x < stride; x++) {
      const left = x < 4 ? 0 : pixels[y * stride + x - 4]!;
      const up = y === 0 ? 0 : pixels[(y - 1) * stride + x]!;
      const corner = x < 4 || y === 0 ? 0 : pixels[(y - 1) * stride + x - 4]!;
      const [pa, pb, pc] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
      const paeth = pa <= pb && pa <= pc ? left : pb <= pc ? up : corner;
      const guess = [0, left, up, (left + up) >> 1, paeth][filter]!;
      pixels[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + guess;
    }
  }
  return { width, height, at: (x, y) => [...pixels.subarray(y * stride + 4 * x, y * stride + 4 * x + 4)] };
}

const dark = ({ width, height, at }: ReturnType<typeof decode>): number => {
  let count = 0;
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (at(x, y)[0]! < 128) count++;
  return count;
};

const drawing = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">${inside}</svg>`;

test('a picture has the colours and the size of its drawing, twice as many pixels each way', async () => {
  const picture = decode(await drawPng(drawing('<rect x="0" y="0" width="30" height="20" fill="#ff0000"/>'), code));
  expect([picture.width, picture.height]).toEqual([120, 40]);
  expect(picture.at(10, 10)).toEqual([255, 0, 0, 255]);
  expect(picture.at(100, 10)).toEqual([255, 255, 255, 255]);
});

test('letters are drawn with no font of the machine, bold ones darker, to equal bytes', async () => {
  const text = (weight: string) =>
    drawing(`<text x="2" y="15" font-family="sans-serif" font-weight="${weight}" font-size="11px">ADC ± 5 µ²</text>`);
  const plain = await drawPng(text('normal'), code);
  expect(await drawPng(text('normal'), code)).toEqual(plain);
  expect(dark(decode(plain))).toBeGreaterThan(200);
  expect(dark(decode(await drawPng(text('bold'), code)))).toBeGreaterThan(1.1 * dark(decode(plain)));
});
