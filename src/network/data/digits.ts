import { createStream, type Stream } from '../../numeric/philox.ts';
import { purposes } from '../../numeric/purposes.ts';
import { type DataSplit, type LabelledImages, makeDataSet } from './data-set.ts';
import { digitGlyphs, type Stroke } from './digit-strokes.ts';
import { drawPolyline, smooth } from './rasterise.ts';

const side = 28;
const pixels = side * side;
const classes = 10;

/**
 * How far a written digit strays from its glyph. Chosen so that a float MLP 784-256-128-10 makes about as many mistakes as on MNIST.
 * Standard deviations unless said otherwise.
 */
const hand = {
  /** Height of the glyph box in pixels, as MNIST fits digits into 20 x 20. */
  box: 20,
  /** Each control point, in box units. */
  jitter: 0.03,
  /** Quadratic bending of the whole digit. */
  bend: 0.2,
  /** Tangent of half the rotation angle. */
  halfTurn: 0.09,
  slant: 0.18,
  /** Relative width and height. */
  stretch: 0.1,
  /** Pixels. */
  shift: 1.1,
  /** Pen radius in pixels, from - to. */
  pen: [0.6, 1.7],
  /** Darkness of the ink, from - to. */
  darkness: [0.65, 1],
  /** Amplitude of the grain on inked pixels. */
  grain: 0.25,
  /** Share of background pixels with a speck, and its largest darkness. */
  specks: 0.004,
  speckDarkness: 0.5,
} as const;

/**
 * The embedded data set: seeded 28 x 28 digits that look hand-written, so that everything runs with no download. The same seed gives the
 * same bytes on every machine. Training and test digits are drawn from the same writers with separate random numbers.
 */
export function generateDigits(seed: number, trainCount = 12_000, testCount = 2_000): DataSplit {
  const train = writeDigits(createStream(seed, purposes.data, 0), 'digits-train', trainCount);
  const test = writeDigits(createStream(seed, purposes.data, 1), 'digits-test', testCount);
  return { train: makeDataSet(train, classes), test: makeDataSet(test, classes) };
}

function writeDigits(stream: Stream, name: string, count: number): LabelledImages {
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  const ink = new Float32Array(pixels);
  for (let index = 0; index < count; index++) {
    const label = stream.integer(classes);
    labels[index] = label;
    ink.fill(0);
    writeDigit(ink, label, stream);
    develop(images.subarray(index * pixels, (index + 1) * pixels), ink, stream);
  }
  return { name, shape: [side, side, 1], images, labels };
}

function writeDigit(ink: Float32Array, label: number, stream: Stream): void {
  const glyphs = digitGlyphs[label]!;
  const glyph = glyphs[stream.integer(glyphs.length)]!;
  const place = chooseHand(stream);
  const pen = within(hand.pen, stream);
  for (const stroke of glyph)
    drawPolyline(ink, side, smooth(scribble(stroke, place, stream)), pen * (0.9 + 0.2 * stream.uniform()));
}

type Place = (x: number, y: number) => readonly [number, number];

/** One writer's hand: bend, slant, rotation, size and place of the box (coordinates around its centre) on the page. */
function chooseHand(stream: Stream): Place {
  const bend = Array.from({ length: 6 }, () => hand.bend * bell(stream));
  const half = hand.halfTurn * bell(stream);
  // Rational rotation: cos and sin of twice the angle whose tangent is `half`, with no library function that may differ by platform.
  const cosine = (1 - half * half) / (1 + half * half);
  const sine = (2 * half) / (1 + half * half);
  const slant = hand.slant * bell(stream);
  const width = hand.box * (0.85 + hand.stretch * bell(stream));
  const height = hand.box * (1 + hand.stretch * bell(stream));
  const [shiftX, shiftY] = [hand.shift * bell(stream), hand.shift * bell(stream)];
  const centre = (side - 1) / 2;
  return (x, y) => {
    const bentX = x + bend[0]! * x * y + bend[1]! * (y * y - 1 / 12) + bend[2]! * x * x;
    const bentY = y + bend[3]! * x * y + bend[4]! * (x * x - 1 / 12) + bend[5]! * y * y;
    const [wide, high] = [width * (bentX - slant * bentY), height * bentY];
    return [centre + shiftX + cosine * wide - sine * high, centre + shiftY + sine * wide + cosine * high];
  };
}

const scribble = (stroke: Stroke, place: Place, stream: Stream): number[] =>
  stroke.flatMap(([x, y]) => place(x - 0.5 + hand.jitter * bell(stream), y - 0.5 + hand.jitter * bell(stream)));

/** Ink to 8-bit codes, with grain on the ink and a few specks on the paper. */
function develop(image: Uint8Array, ink: Float32Array, stream: Stream): void {
  const darkness = within(hand.darkness, stream);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const covered = ink[pixel]!;
    if (covered > 0)
      image[pixel] = Math.round(255 * Math.min(1, covered * darkness * (1 + hand.grain * (stream.uniform() - 0.5))));
  }
  const specks = stream.integer(Math.round(2 * hand.specks * pixels));
  for (let speck = 0; speck < specks; speck++) {
    const pixel = stream.integer(pixels);
    image[pixel] = Math.max(image[pixel]!, Math.round(255 * hand.speckDarkness * stream.uniform()));
  }
}

const within = ([from, to]: readonly [number, number], stream: Stream): number => from + (to - from) * stream.uniform();

/** Near-normal with unit deviation and bounded tails: the sum of four uniforms (Irwin-Hall), exact on every platform. */
const bell = (stream: Stream): number =>
  Math.sqrt(3) * (stream.uniform() + stream.uniform() + stream.uniform() + stream.uniform() - 2);
