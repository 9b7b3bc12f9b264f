import { formatBytes } from '../../isa/limits.ts';
import type { TimingParameters } from '../chip/cost-table.ts';
import type { GroupShape } from '../sequence/issued-operation.ts';
import { groupBlocks, operandLengths } from './group-blocks.ts';
import { type Route, routeHomeward, routeOutward, type Traffic, trafficOf } from './routes.ts';

/** The tiles that share one slice of the input vectors and fire together: a block of one replica. */
export interface Lane {
  readonly replica: number;
  /** Bytes of its input slice and where the slice begins in a vector. */
  readonly inputBytes: number;
  readonly inputOffset: number;
  readonly inputBufferCycles: number;
  readonly outputBufferCycles: number;
  /** One multicast to the tiles of the lane. */
  readonly outward: Route;
  /** Partial sums of each tile. */
  readonly homeward: readonly Route[];
  /** Over its tiles: lines driven and lines converted in one pass, port accesses of the tile buffers per vector. */
  readonly linesDriven: number;
  readonly linesConverted: number;
  readonly bufferAccesses: number;
  /** Per vector: of the multicast, of one flit along its way, and of the packets home. */
  readonly outwardTraffic: Traffic;
  readonly commandTraffic: Traffic;
  readonly homewardTraffic: Traffic;
}

/** Everything about reads of one group in one direction that no operand changes. */
export interface MvmPlan {
  readonly transposed: boolean;
  readonly replicas: number;
  readonly lanes: readonly Lane[];
  readonly lanesPerReplica: number;
  readonly inputs: number;
  readonly outputs: number;
  /** One conversion of all lines the converters of a tile share, ps. */
  readonly conversionPs: number;
  /** Adding one more row block (or the old output) to an output vector. */
  readonly addCycles: number;
}

/** Conversions of one pass end this long after its read: serial over the lines of one converter unless it integrates. */
function conversionTime(parameters: TimingParameters, columnsPerTile: number, slices: number, transposed: boolean): number {
  if (parameters.adcIntegrates) return parameters.conversionPs;
  const converters = Math.max(1, Math.floor((columnsPerTile * slices) / parameters.adcMux));
  const steps = transposed ? Math.ceil(parameters.tileRows / converters) : parameters.adcMux;
  return steps * parameters.conversionPs;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Fields of a lane that follow from its input slice, its tiles and the lengths of their outputs. */
function makeLane(
  parameters: TimingParameters,
  input: { readonly replica: number; readonly inputBytes: number; readonly inputOffset: number; readonly lines: number },
  outputs: { readonly tiles: readonly number[]; readonly lengths: readonly number[]; readonly lines: number },
): Lane {
  const { tiles, lengths } = outputs;
  const { bufferWidthBytes, partialBytes } = parameters;
  const outward = routeOutward(tiles, input.inputBytes, parameters);
  const homeward = tiles.map((tile, at) => routeHomeward(tile, lengths[at]! * partialBytes, parameters));
  const inputAccesses = Math.ceil(input.inputBytes / bufferWidthBytes);
  const outputAccesses = lengths.map((length) => Math.ceil((length * partialBytes) / bufferWidthBytes));
  return {
    replica: input.replica,
    inputBytes: input.inputBytes,
    inputOffset: input.inputOffset,
    inputBufferCycles: inputAccesses,
    outputBufferCycles: Math.max(...outputAccesses),
    outward,
    homeward,
    linesDriven: input.lines * tiles.length,
    linesConverted: outputs.lines,
    bufferAccesses: inputAccesses * tiles.length + sum(outputAccesses),
    outwardTraffic: trafficOf([outward]),
    commandTraffic: trafficOf([{ ...outward, flits: 1 }]),
    homewardTraffic: trafficOf(homeward),
  };
}

/** Forward reads drive rows and convert columns of every slice; transposed reads drive those columns and convert rows. */
function makePlan(shape: GroupShape, parameters: TimingParameters, transposed: boolean): MvmPlan {
  const { rowLengths, columnLengths, columnsPerTile } = groupBlocks(shape, parameters);
  const { slices, inFormat } = shape.csrs;
  const operandRows = operandLengths(shape, rowLengths);
  const inputLengths = transposed ? columnLengths : operandRows;
  const driven = transposed ? columnLengths : rowLengths;
  const lengths = transposed ? operandRows : columnLengths;
  const outputs = sum(lengths);
  const tileOf = (replica: number, input: number, output: number): number => {
    const [row, column] = transposed ? [output, input] : [input, output];
    return shape.firstTile + (replica * shape.rowBlocks + row) * shape.columnBlocks + column;
  };
  const lanes: Lane[] = [];
  for (let replica = 0; replica < shape.replicas; replica++) {
    let inputOffset = 0;
    inputLengths.forEach((length, input) => {
      const inputBytes = length * formatBytes[inFormat];
      const tiles = lengths.map((_, output) => tileOf(replica, input, output));
      const lines = driven[input]! * (transposed ? slices : 1);
      const converted = outputs * (transposed ? 1 : slices);
      lanes.push(makeLane(parameters, { replica, inputBytes, inputOffset, lines }, { tiles, lengths, lines: converted }));
      inputOffset += inputBytes;
    });
  }
  return {
    transposed,
    replicas: shape.replicas,
    lanes,
    lanesPerReplica: inputLengths.length,
    inputs: sum(inputLengths),
    outputs,
    conversionPs: conversionTime(parameters, columnsPerTile, slices, transposed),
    addCycles: Math.ceil(outputs / parameters.accumulatorLanes),
  };
}

/** Plans of the groups of one run, kept per group object: the sequencer makes a new one whenever its configuration changes. */
export interface GroupPlans {
  forward(shape: GroupShape): MvmPlan;
  transposed(shape: GroupShape): MvmPlan;
  /** Resource ids of all its tiles. */
  units(shape: GroupShape): readonly number[];
}

function remember<T>(make: (shape: GroupShape) => T): (shape: GroupShape) => T {
  const known = new WeakMap<GroupShape, T>();
  return (shape) => {
    const found = known.get(shape);
    if (found !== undefined) return found;
    const made = make(shape);
    known.set(shape, made);
    return made;
  };
}

export function createGroupPlans(parameters: TimingParameters, firstTileUnit: number): GroupPlans {
  return {
    forward: remember((shape) => makePlan(shape, parameters, false)),
    transposed: remember((shape) => makePlan(shape, parameters, true)),
    units: remember((shape) => groupBlocks(shape, parameters).tiles.map((tile) => firstTileUnit + tile)),
  };
}
