import { z } from 'zod';

/** A size or a count. */
export const sizeField = z.int().min(1).max(65_536);

const length = sizeField;

/** `5` or `[5, 3]` (height, width). */
export const pair = z.union([length, z.tuple([length, length])]).transform((size): readonly [number, number] => {
  return typeof size === 'number' ? [size, size] : size;
});

const margin = z.int().min(0).max(65_536);

/** `2`, `[2, 1]` (vertical, horizontal) or `[top, left, bottom, right]`. */
export const pad = z
  .union([margin, z.tuple([margin, margin]), z.tuple([margin, margin, margin, margin])])
  .transform((size): readonly [number, number, number, number] => {
    if (typeof size === 'number') return [size, size, size, size];
    return size.length === 2 ? [size[0], size[1], size[0], size[1]] : size;
  });

const name = z.string().min(1).optional();

/** What every layer with a matrix may say. */
const matrix = {
  name,
  activation: z.enum(['none', 'relu', 'leaky-relu', 'sigmoid', 'tanh']).default('none'),
  bias: z.boolean().default(true),
};

/** How each kind of layer is written in a network file. The kind is the key that gives the layer its size. */
export const layerSchemas = {
  linear: z.strictObject({ linear: length, ...matrix }),
  convolution: z.strictObject({
    convolution: z.strictObject({
      channels: length,
      kernel: pair,
      stride: pair.prefault(1),
      pad: pad.prefault(0),
      dilation: length.default(1),
    }),
    ...matrix,
  }),
  pool: z.strictObject({
    pool: z.strictObject({ function: z.enum(['max', 'average']), kernel: pair, stride: pair.optional() }),
    name,
  }),
  /** `rows` of the map make one step. */
  lstm: z.strictObject({ lstm: length, name, last: z.literal(true).default(true), rows: length.default(1) }),
  flatten: z.strictObject({ flatten: z.null(), name }),
} as const;

export type LayerKind = keyof typeof layerSchemas;

export const layerKinds = Object.keys(layerSchemas) as readonly LayerKind[];

/** A checked layer as written: its kind and its members. */
export type WrittenLayer = {
  readonly [K in LayerKind]: { readonly kind: K; readonly written: z.output<(typeof layerSchemas)[K]> };
}[LayerKind];

/** The file around the layers; each layer is checked on its own, so that a mistake is explained by the schema of its kind. */
export const networkSchema = z.strictObject({
  name: z.string().min(1),
  doc: z.string().optional(),
  input: z.union([z.tuple([length]), z.tuple([length, length, length])]),
  loss: z.enum(['cross-entropy', 'mse']).default('cross-entropy'),
  layers: z.array(z.unknown()).min(1),
});
