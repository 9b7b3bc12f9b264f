import {
  constantInput,
  neededConstant,
  type OperatorCall,
  UnsupportedForm,
  type ValueTensor,
  valueInput,
} from './import-context.ts';

/** Ranges of the element types that codes may have. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65535],
  int16: [-32768, 32767],
};

/** Values of `output_dtype` in TensorProto.DataType. */
const typeOf: Readonly<Record<number, string>> = { 0: 'uint8', 2: 'uint8', 3: 'int8', 4: 'uint16', 5: 'int16' };

function scaleAndZero(call: OperatorCall): { readonly scale: number; readonly zero: number; readonly type: string } {
  const scale = neededConstant(call, 1);
  const zero = constantInput(call, 2);
  if (scale.values.length !== 1 || (zero !== undefined && zero.values.length !== 1))
    throw new UnsupportedForm(`${scale.values.length} scales`, 'one scale and one zero point for the whole tensor');
  if (!(scale.values[0]! > 0)) throw new UnsupportedForm(`a scale of ${scale.values[0]}`, 'a scale above 0');
  const type = zero?.type ?? typeOf[call.attributes.integer('output_dtype', 0)] ?? 'unknown';
  return { scale: scale.values[0]!, zero: zero?.values[0] ?? 0, type };
}

/** Codes as numbers: nearest to x / scale, half to even, plus the zero point, held within the range of their type. */
export function quantizeLinear(call: OperatorCall): readonly ValueTensor[] {
  const input = valueInput(call, 0);
  const { scale, zero, type } = scaleAndZero(call);
  const range = ranges[type];
  // Rounding on the chip goes by 16-bit codes: before the zero point is added, they hold half of what uint16 does.
  if (range === undefined || type === 'uint16')
    throw new UnsupportedForm(`codes of type ${type}`, 'uint8, int8 or int16 (the type of the zero point)');
  const [low, high] = range;
  return [call.add({ kind: 'quantise', scale, zero, low, high }, [input], input.dims, input.map)];
}

/** (code - zero point) x scale of computed codes; codes that are constants are dequantised while the model is read. */
export function dequantizeLinear(call: OperatorCall): readonly ValueTensor[] {
  const input = valueInput(call, 0);
  const { scale, zero } = scaleAndZero(call);
  const apply = (name: 'sub' | 'mul', from: ValueTensor, value: number): ValueTensor =>
    call.add(
      { kind: 'constant', function: name, constant: Float32Array.of(value), reversed: false },
      [from],
      input.dims,
      input.map,
    );
  return [apply('mul', zero === 0 ? input : apply('sub', input, zero), scale)];
}
