import { chartFontFamily, chartFonts } from './chart-fonts.ts';

/** Pixels a unit of the drawing: sharp on a dense screen and in print. */
const pixelsPerUnit = 2;

// The library takes its code once a process.
let started: Promise<void> | undefined;

/**
 * Draws an SVG text as a PNG, without a browser and with letters of its own, so that equal drawings are equal bytes everywhere. `code`
 * gives the WebAssembly of the drawing library; it is asked for once.
 */
export async function drawPng(svg: string, code: () => Uint8Array): Promise<Uint8Array> {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm');
  started ??= initWasm(Uint8Array.from(code()));
  await started;
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: pixelsPerUnit },
    background: 'white',
    font: { fontBuffers: [...chartFonts()], defaultFontFamily: chartFontFamily, sansSerifFamily: chartFontFamily },
  });
  try {
    const picture = drawing.render();
    const png = picture.asPng();
    picture.free();
    return png;
  } finally {
    drawing.free();
  }
}
