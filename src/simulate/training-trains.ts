/** How the trains of a stochastic update are made (Gokmen and Vlasov 2016, as aihwkit manages them). */
export interface TrainSettings {
  readonly length: number;
  readonly updateManagement: boolean;
  readonly lengthManagement: boolean;
  readonly scheme: 'gate' | 'half-v';
  /** One step in weights. */
  readonly stepSize: number;
  /** Learning rate of one vector; with `scaled` it is divided by the product of the mean maxima of x and d. */
  readonly rate: number;
  readonly scaled: boolean;
}

interface Vector {
  readonly x: Float32Array;
  readonly d: Float32Array;
  readonly largestX: number;
  readonly largestD: number;
}

/** Vectors seen so far. */
export type TrainSums = Vector[];

export const emptyTrains = (): TrainSums => [];

const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

export function addTrain(sums: TrainSums, x: Float32Array, d: Float32Array): void {
  sums.push({ x, d, largestX: largest(x), largestD: largest(d) });
}

/** Expected counts of one train, over the draws. */
export interface TrainMeans {
  readonly slots: number;
  readonly pulses: number;
  readonly halfSelects: number;
  readonly linePulses: number;
  readonly trainBits: number;
}

function expected({ x, d, largestX, largestD }: Vector, rate: number, settings: TrainSettings): TrainMeans {
  const needed = (rate * largestX * largestD) / settings.stepSize;
  if (!(needed > 0)) return { slots: 0, pulses: 0, halfSelects: 0, linePulses: 0, trainBits: 0 };
  const bits = settings.lengthManagement ? Math.min(Math.ceil(needed), settings.length) : settings.length;
  const managed = settings.updateManagement || settings.lengthManagement;
  const root = Math.sqrt(Math.min(needed, managed ? settings.length : needed) / bits);
  const [ofX, ofD] = managed
    ? [root / largestX, (Math.max(1, needed / settings.length) * root) / largestD]
    : [Math.sqrt(rate / (settings.stepSize * bits)), Math.sqrt(rate / (settings.stepSize * bits))];
  const fired = (values: Float32Array, factor: number): number =>
    values.reduce((sum, value) => sum + Math.min(1, Math.abs(value) * factor), 0);
  const rows = fired(x, ofX);
  const columns = fired(d, ofD);
  const phases = x.some((value) => value < 0) ? 4 : 2;
  const pulses = bits * rows * columns;
  return {
    slots: phases * bits,
    pulses,
    halfSelects: settings.scheme === 'gate' ? 0 : bits * (rows * d.length + columns * x.length) - 2 * pulses,
    linePulses: bits * (rows + columns),
    trainBits: bits * (x.length + d.length),
  };
}

/** Means over all vectors. */
export function meanTrains(sums: TrainSums, settings: TrainSettings): TrainMeans {
  const mean = (of: (vector: Vector) => number): number => sums.reduce((sum, vector) => sum + of(vector), 0) / (sums.length || 1);
  const product = mean(({ largestX }) => largestX) * mean(({ largestD }) => largestD);
  const rate = settings.scaled && product > 0 ? settings.rate / product : settings.rate;
  const all = sums.map((vector) => expected(vector, rate, settings));
  const over = (key: keyof TrainMeans): number => all.reduce((sum, train) => sum + train[key], 0) / (all.length || 1);
  return {
    ...{ slots: over('slots'), pulses: over('pulses'), halfSelects: over('halfSelects') },
    ...{ linePulses: over('linePulses'), trainBits: over('trainBits') },
  };
}
