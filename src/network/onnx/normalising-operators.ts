import {
  asMap,
  constantInput,
  graphShape,
  neededConstant,
  type OperatorCall,
  plain,
  UnsupportedForm,
  type ValueTensor,
  valueInput,
} from './import-context.ts';

/** y = scale (x - mean) / sqrt(variance + epsilon) + shift, a factor and an addend a channel: the fold pass hides both in weights. */
export function batchNormalization(call: OperatorCall): readonly ValueTensor[] {
  const input = valueInput(call, 0);
  if (call.attributes.integer('training_mode', 0) !== 0) throw new UnsupportedForm('training_mode = 1', 'training_mode = 0');
  const [scale, shift, mean, variance] = [1, 2, 3, 4].map((index) => neededConstant(call, index).values);
  const epsilon = call.attributes.float('epsilon', 1e-5);
  const channels = input.dims[1]!;
  const last = input.map || input.dims.length === 2;
  if (!last || [scale, shift, mean, variance].some((values) => values!.length !== channels))
    throw new UnsupportedForm(
      `parameters of ${scale!.length} on ${input.dims.join(' x ')}`,
      'one value a channel of a map or vector',
    );
  const factor = Float32Array.from({ length: channels }, (_, c) => scale![c]! / Math.sqrt(variance![c]! + epsilon));
  const addend = Float32Array.from({ length: channels }, (_, c) => shift![c]! - mean![c]! * factor[c]!);
  const add = (name: 'mul' | 'add', constant: Float32Array, from: ValueTensor): ValueTensor =>
    call.add({ kind: 'constant', function: name, constant, reversed: false }, [from], input.dims, input.map);
  return [add('add', addend, add('mul', factor, input))];
}

/** Across the channels of a map. */
export function localResponse(call: OperatorCall): readonly ValueTensor[] {
  const { attributes } = call;
  const input = asMap(call, valueInput(call, 0));
  const size = attributes.integer('size', 1);
  if (!(size >= 1)) throw new UnsupportedForm(`size ${size}`, 'a size of 1 or more');
  const [alpha, beta, bias] = [attributes.float('alpha', 1e-4), attributes.float('beta', 0.75), attributes.float('bias', 1)];
  return [call.add({ kind: 'lrn', size, alpha, beta, bias }, [input], input.dims, true)];
}

export function layerNormalization(call: OperatorCall): readonly ValueTensor[] {
  const input = plain(call, valueInput(call, 0));
  const rank = input.dims.length;
  const axis = call.attributes.integer('axis', -1);
  const length = input.dims.at(-1)!;
  const scale = Float32Array.from(neededConstant(call, 1).values);
  const shift = Float32Array.from(constantInput(call, 2)?.values ?? new Float32Array(length));
  if ((axis !== -1 && axis !== rank - 1) || scale.length !== length || shift.length !== length)
    throw new UnsupportedForm(
      `axis ${axis} of ${input.dims.join(' x ')}`,
      'the last axis, with a scale for each of its elements',
    );
  const epsilon = call.attributes.float('epsilon', 1e-5);
  return [call.add({ kind: 'layer-norm', scale, shift, epsilon }, [input], input.dims, false)];
}

/** Before opset 13 the axes from `axis` on are one; after it, `axis` alone. */
export const softmax =
  (log: boolean) =>
  (call: OperatorCall): readonly ValueTensor[] => {
    const given = valueInput(call, 0);
    const rank = given.dims.length;
    const old = call.opset < 13;
    const axis = call.attributes.integer('axis', old ? 1 : -1);
    const from = axis < 0 ? axis + rank : axis;
    // A map of one pixel is a vector of channels.
    const pixel =
      given.map &&
      graphShape(given)
        .slice(0, 2)
        .every((size) => size === 1);
    if (pixel && from === 1) return [call.add({ kind: 'softmax', log }, [given], given.dims, true)];
    const input = plain(call, given);
    const alone = input.dims.slice(from + 1).every((size) => size === 1);
    if (from !== rank - 1 && !alone && !old)
      throw new UnsupportedForm(`axis ${axis} of ${given.dims.join(' x ')}`, 'the last axis');
    if (from === rank - 1) return [call.add({ kind: 'softmax', log }, [input], input.dims, false)];
    const joined = input.dims.slice(from).reduce((product, size) => product * size, 1);
    const rows = call.add({ kind: 'reshape' }, [input], [...input.dims.slice(0, from), joined], false);
    const scored = call.add({ kind: 'softmax', log }, [rows], rows.dims, false);
    return [call.add({ kind: 'reshape' }, [scored], input.dims, false)];
  };
