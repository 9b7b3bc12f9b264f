/** Vega numbers clip paths and gradients of a process; here they are numbered by drawing, so that equal charts are equal bytes. */
function ownNames(svg: string, name: string): string {
  const known = new Map<string, string>();
  return svg.replaceAll(/\b(clip|gradient_)\d+\b/g, (found, kind: string) => {
    const own = known.get(found) ?? `${name}-${kind.replace('_', '')}-${known.size}`;
    known.set(found, own);
    return own;
  });
}

/**
 * Draws a Vega-Lite specification as SVG, without a browser. Vega is loaded only when something is drawn. `name` sets the drawing
 * apart from others on one page. Equal specifications give equal bytes.
 */
export async function drawChart(spec: Readonly<Record<string, unknown>>, name: string): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const compiled = vegaLite.compile(spec as unknown as Parameters<typeof vegaLite.compile>[0]).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none' });
  try {
    return ownNames(await view.toSVG(), name);
  } finally {
    view.finalize();
  }
}
