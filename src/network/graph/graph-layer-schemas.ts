import { z } from 'zod';
import { layerSchemas, pad, pair, sizeField } from '../layer-schemas.ts';

const name = z.string().min(1).optional();
const activation = z.enum(['none', 'relu', 'leaky-relu', 'sigmoid', 'tanh', 'gelu']).default('none');
const layers = z.array(z.unknown());

/** How each kind of layer is written where a network is a graph; the kind is the key that gives the layer its size. */
export const graphLayerSchemas = {
  linear: layerSchemas.linear.extend({ activation }),
  convolution: z.strictObject({
    convolution: z.strictObject({
      channels: sizeField,
      kernel: pair,
      stride: pair.prefault(1),
      pad: pad.prefault(0),
      dilation: sizeField.default(1),
      groups: sizeField.default(1),
    }),
    name,
    activation,
    bias: z.boolean().default(true),
  }),
  depthwise: z.strictObject({
    depthwise: z.strictObject({ kernel: pair, stride: pair.prefault(1), pad: pad.prefault(0) }),
    name,
    activation,
    bias: z.boolean().default(true),
  }),
  pool: z.strictObject({
    pool: z.strictObject({
      function: z.enum(['max', 'average']),
      kernel: pair,
      stride: pair.optional(),
      pad: pad.prefault(0),
    }),
    name,
  }),
  'global-pool': z.strictObject({ 'global-pool': z.enum(['max', 'average']), name }),
  flatten: layerSchemas.flatten,
  activation: z.strictObject({ activation: activation.unwrap().exclude(['none']), name }),
  reshape: z.strictObject({ reshape: z.array(sizeField).min(1).max(3), name }),
  'layer-norm': z.strictObject({ 'layer-norm': z.null(), name }),
  lrn: z.strictObject({
    lrn: z.strictObject({
      size: sizeField,
      alpha: z.number().min(0).default(1e-4),
      beta: z.number().min(0).default(0.75),
      bias: z.number().positive().default(1),
    }),
    name,
  }),
  lstm: z.strictObject({
    ...{ lstm: sizeField, name, reverse: z.boolean().default(false), last: z.boolean().default(false) },
    /** Of a map or a sequence, that make one step. */
    rows: sizeField.default(1),
  }),
  attention: z.strictObject({ attention: z.strictObject({ heads: sizeField }), name }),
  mean: z.strictObject({ mean: z.literal('rows'), name }),
  residual: z.strictObject({ residual: layers.min(1), shortcut: layers.optional(), name, activation }),
  branches: z.strictObject({
    branches: z.array(layers).min(1),
    join: z.enum(['concat', 'add']).default('concat'),
    name,
    activation,
  }),
  repeat: z.strictObject({ repeat: layers.min(1), times: z.int().min(1).max(1000) }),
} as const;

export type GraphLayerKind = keyof typeof graphLayerSchemas;

/** A layer that begins with `activation` alone is one; elsewhere the key says what a layer does on its way out. */
export const graphLayerKinds = Object.keys(graphLayerSchemas) as readonly GraphLayerKind[];

/** A checked layer as written: its kind and its members. */
export type WrittenGraphLayer = {
  readonly [K in GraphLayerKind]: { readonly kind: K; readonly written: z.output<(typeof graphLayerSchemas)[K]> };
}[GraphLayerKind];

export const graphNetworkSchema = z.strictObject({
  name: z.string().min(1),
  doc: z.string().optional(),
  input: z.union([z.tuple([sizeField]), z.tuple([sizeField, sizeField]), z.tuple([sizeField, sizeField, sizeField])]),
  loss: z.enum(['cross-entropy', 'mse']).default('cross-entropy'),
  layers: layers.min(1),
});
