import type { ConstantTensor } from './constant-tensor.ts';
import {
  constantInput,
  neededConstant,
  type OperatorCall,
  plain,
  UnsupportedForm,
  type ValueTensor,
  valueInput,
} from './import-context.ts';

/** ONNX has the gates as input, output, forget, candidate; the graph as input, forget, output, candidate. */
const gateOrder = [0, 2, 1, 3] as const;

/** Weights of one direction: [4 units x inputs] and [4 units x units] to one input-major matrix. */
function joinedWeights(w: ConstantTensor, r: ConstantTensor, direction: number, inputs: number, units: number): Float32Array {
  const columns = 4 * units;
  const out = new Float32Array((inputs + units) * columns);
  const place = ({ values }: ConstantTensor, width: number, firstRow: number): void => {
    const base = direction * columns * width;
    gateOrder.forEach((from, gate) => {
      for (let unit = 0; unit < units; unit++)
        for (let row = 0; row < width; row++)
          out[(firstRow + row) * columns + gate * units + unit] = values[base + (from * units + unit) * width + row]!;
    });
  };
  place(w, inputs, 0);
  place(r, units, inputs);
  return out;
}

/** The biases of both matrices, added. */
function joinedBias(b: ConstantTensor | undefined, direction: number, units: number): Float32Array {
  if (b === undefined) return new Float32Array(4 * units);
  const base = direction * 8 * units;
  return Float32Array.from({ length: 4 * units }, (_, at) => {
    const from = gateOrder[Math.floor(at / units)]! * units + (at % units);
    return b.values[base + from]! + b.values[base + 4 * units + from]!;
  });
}

function refuseVariants({ attributes, inputs }: OperatorCall): void {
  const names = attributes.texts('activations');
  const usual = ['Sigmoid', 'Tanh', 'Tanh'];
  if (names?.some((name, at) => name !== usual[at % 3]))
    throw new UnsupportedForm(`activations ${names.join(', ')}`, usual.join(', '));
  if (attributes.has('clip')) throw new UnsupportedForm('clip', 'no clip');
  if (attributes.integer('input_forget', 0) !== 0) throw new UnsupportedForm('input_forget = 1', 'input_forget = 0');
  if (inputs[7] !== undefined) throw new UnsupportedForm('peephole weights', 'none');
}

/** A state at the start; zeros are none. */
function stateOf(tensor: ConstantTensor | undefined, direction: number, units: number): Float32Array | undefined {
  const own = tensor?.values.slice(direction * units, (direction + 1) * units);
  return own === undefined || own.every((x) => x === 0) ? undefined : Float32Array.from(own);
}

const directions: Readonly<Record<string, readonly boolean[]>> = {
  forward: [false],
  reverse: [true],
  bidirectional: [false, true],
};

/** One sequence at a time: all hidden states, and the last of each direction. */
export function lstm(call: OperatorCall): readonly (ValueTensor | undefined)[] {
  const input = plain(call, valueInput(call, 0));
  const [w, r] = [neededConstant(call, 1), neededConstant(call, 2)];
  const batchFirst = call.attributes.integer('layout', 0) !== 0;
  const reversals = directions[call.attributes.text('direction', 'forward')] ?? [];
  refuseVariants(call);
  const [steps, batch] = batchFirst ? [input.dims[1]!, input.dims[0]!] : [input.dims[0]!, input.dims[1]!];
  const inputs = input.dims[2] ?? 0;
  const units = r.dims[2] ?? 0;
  const wanted = [reversals.length, 4 * units, inputs].join();
  if (
    input.dims.length !== 3 ||
    batch !== 1 ||
    w.dims.join() !== wanted ||
    r.dims.join() !== [reversals.length, 4 * units, units].join()
  )
    throw new UnsupportedForm(
      `a sequence of ${input.dims.join(' x ')} with weights of ${w.dims.join(' x ')} and ${r.dims.join(' x ')}`,
      'steps x 1 x inputs with directions x (4 units) x inputs and directions x (4 units) x units',
    );
  if (call.used(2)) throw new UnsupportedForm('its last cell state read by another node', 'its hidden states alone');
  const length = constantInput(call, 4);
  if (length?.values.some((x) => x !== steps))
    throw new UnsupportedForm(`sequence_lens of ${[...length.values].join(', ')}`, `the whole sequence of ${steps}`);
  const sequence = call.add({ kind: 'reshape' }, [input], [1, steps, inputs], false);
  const states = reversals.map((reverse, direction) =>
    call.add(
      {
        ...{ kind: 'lstm', inputs, units, reverse },
        weights: joinedWeights(w, r, direction, inputs, units),
        bias: joinedBias(constantInput(call, 3), direction, units),
        hidden: stateOf(constantInput(call, 5), direction, units),
        cell: stateOf(constantInput(call, 6), direction, units),
      },
      [sequence],
      [1, steps, units],
      false,
    ),
  );
  return [
    wholeOf(call, states, steps, units, batchFirst),
    call.used(1) ? lastOf(call, states, reversals, batchFirst) : undefined,
  ];
}

/** Y: [steps, directions, 1, units], or [1, steps, directions, units] with the batch in front. */
function wholeOf(
  call: OperatorCall,
  states: readonly ValueTensor[],
  steps: number,
  units: number,
  batchFirst: boolean,
): ValueTensor {
  const count = states.length;
  const joined = count === 1 ? states[0]! : call.add({ kind: 'concat', axis: 1 }, states, [1, steps, count * units], false);
  return call.add({ kind: 'reshape' }, [joined], batchFirst ? [1, steps, count, units] : [steps, count, 1, units], false);
}

/** Y_h: the state after the step that came last, a row a direction. */
function lastOf(
  call: OperatorCall,
  states: readonly ValueTensor[],
  reversals: readonly boolean[],
  batchFirst: boolean,
): ValueTensor {
  const [, steps, units] = states[0]!.dims as readonly [number, number, number];
  const rows = states.map((state, at) =>
    call.add({ kind: 'slice', axis: 0, start: reversals[at] ? 0 : steps - 1 }, [state], [1, 1, units], false),
  );
  const count = rows.length;
  const joined = count === 1 ? rows[0]! : call.add({ kind: 'concat', axis: 0 }, rows, [1, count, units], false);
  const dims = batchFirst ? [1, count, units] : [count, 1, units];
  return call.add({ kind: 'reshape' }, [joined], dims, false);
}
