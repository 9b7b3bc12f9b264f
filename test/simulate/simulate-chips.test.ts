import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import { simulateChips } from '../../src/simulate/simulate-chips.ts';
import { defaultLinks } from '../../src/simulate/time-chips.ts';
import { chipWith } from '../compiler/support.ts';

const chip = chipWith('ideal', []);
const run = (sources: readonly string[], latencySeconds = 100e-9, settings: Partial<Parameters<typeof simulateChips>[0]> = {}) =>
  simulateChips({
    programs: sources.map((text, at) => ({ program: assemble(text, `p${at}.oasm`), chip })),
    links: { ...defaultLinks, latencySeconds },
    seed: 1,
    chipSeed: 1,
    ...settings,
  });

/** A program that begins with four numbers at address 0. */
const withNumbers = (numbers: readonly number[], words: string): string =>
  `.dram n 16\n.data n f32 ${numbers.join(',')}\n.agu a0 base=dram:n\n.csr global FORMAT=f32\nDLD [0], $a0, len=16\n${words}\nHALT`;
const floats = ({ machine }: ReturnType<typeof run>['values'][number], at: number): number[] => [
  ...new Float32Array(machine!.readSpm(at, 16).buffer),
];

describe('several controllers', () => {
  test('reduce over a ring: everybody ends with the sum, whatever the numbers and however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 2, maxLength: 5 }), (first) => {
        const count = first.length;
        const sources = first.map((number, own) => {
          const [next, before] = [(own + 1) % count, (own + count - 1) % count];
          // The running sum goes once around, then the whole one.
          const collect = own === 0 ? '' : `RECV.ACC [0], #1, len=16, unit=${before}\n`;
          const forward = own === count - 1 ? '' : `SEND [0], #1, len=16, unit=${next}\n`;
          const share =
            own === count - 1
              ? `SEND [0], #2, len=16, unit=${next}`
              : `RECV [0], #2, len=16, unit=${before}\n${own === count - 2 ? '' : `SEND [0], #2, len=16, unit=${next}`}`;
          return withNumbers([number, 1, own, -number], `${collect}${forward}${share}`);
        });
        const sum = first.reduce((total, x) => total + x, 0);
        const { report, values } = run(sources);
        expect(report.ending).toBe('halted');
        for (const each of values) expect(floats(each, 0)).toEqual([sum, count, (count * (count - 1)) / 2, 0 - sum]);
        expect(report.links.reduce((total, { messages }) => total + messages, 0)).toBe(2 * (count - 1));
      }),
      { numRuns: 25, seed: 51 },
    );
  });

  test('a message takes its time on the link; what a chip does meanwhile does not', () => {
    const sender = withNumbers([1, 2, 3, 4], 'SEND [0], #5, len=16, unit=1');
    const receiver = 'RECV [64], #5, len=16, unit=0\nFENCE\nHALT';
    const [near, far] = [1e-9, 5e-6].map((latency) => run([sender, receiver], latency));
    expect(floats(near!.values[1]!, 64)).toEqual([1, 2, 3, 4]);
    expect(far!.report.seconds - near!.report.seconds).toBeCloseTo(5e-6 - 1e-9, 8);
    const [before, after] = [near!, far!].map(({ report }) => report.controllers[0]!.seconds);
    expect(after).toBe(before);
    expect(far!.report.energy.links).toBeCloseTo(16 * defaultLinks.joulesPerByte, 15);
    expect(far!.report.energy.total).toBeGreaterThan(near!.report.energy.total);
  });

  test('a barrier holds the fast one back', () => {
    const slow = 'DLY #20000\nBAR #1, #2\nHALT';
    const { report } = run([slow, 'BAR #1, #2\nHALT']);
    const [a, b] = report.controllers.map(({ seconds }) => seconds);
    expect(b).toBeGreaterThan(20e-6);
    expect(Math.abs(a! - b!)).toBeLessThan(1e-8);
  });

  test('who waits for whom for ever is said', () => {
    const [first, second] = [1, 0].map((other) => `RECV [0], #1, len=4, unit=${other}\nSEND [0], #1, len=4, unit=${other}\nHALT`);
    const { report } = run([first!, second!]);
    expect(report.ending).toBe('deadlocked');
    expect(report.controllers[0]!.why).toBe(
      'controller 0: RECV at word 0 waits for a message of controller 1 with tag 1; ' +
        'controller 1: RECV at word 0 waits for a message of controller 0 with tag 1',
    );
    const barrier = run(['BAR #1, #2\nHALT', 'HALT']).report;
    expect(barrier.controllers.map(({ ending }) => ending)).toEqual(['deadlocked', 'halted']);
    expect(barrier.controllers[0]!.why).toContain('BAR at word 0 waits at barrier 1 for controller 1');
  });

  test('lengths must agree, and controllers must exist', () => {
    const sender = 'SEND [0], #1, len=8, unit=1\nHALT';
    const { report } = run([sender, 'RECV [0], #1, len=4, unit=0\nHALT']);
    expect(report.controllers[1]!.why).toBe('p1.oasm:1:1: RECV expects 4 bytes; the message of controller 0 with tag 1 has 8');
    expect(() => run([sender, 'RECV [0], #1, len=4, unit=7\nHALT'])).toThrow(
      'p1.oasm:1 found RECV with controller 7, expected another one: 0',
    );
    expect(() => run(['BAR #1, #3\nHALT', 'HALT'])).toThrow('found BAR for 3 controllers, expected all 2');
  });

  test('without values they take the same time, and end as they would', () => {
    const [sender, receiver] = [
      withNumbers([1, 2, 3, 4], 'SEND [0], #5, len=16, unit=1'),
      'RECV [64], #5, len=16, unit=0\nFENCE\nHALT',
    ];
    const [full, timed] = [run([sender, receiver]), run([sender, receiver], 100e-9, { fidelity: 'timing' })];
    expect(timed.report.controllers.map(({ seconds }) => seconds)).toEqual(full.report.controllers.map(({ seconds }) => seconds));
    expect(timed.report.links).toEqual(full.report.links);
    expect(timed.values.every(({ machine }) => machine === undefined)).toBe(true);
    const short = receiver.replace('len=16', 'len=4');
    expect(run([sender, short], 100e-9, { fidelity: 'timing' }).report.controllers[1]!.why).toContain('expects 4 bytes');
    expect(run([receiver.replace('unit=0', 'unit=1'), 'HALT'], 1e-9, { fidelity: 'timing' }).report.ending).toBe('deadlocked');
  });
});

describe('controllers on one DRAM', () => {
  const shared = { sharedDram: true };
  const area = '.dram s 16 at=256\n.agu a1 base=dram:s\n';
  const writer = (then: string): string => withNumbers([1, 2, 3, 4], `${area}DST $a1, [0], len=16\n${then}`);
  const reader = (first: string): string => `${area}${first}\nDLD [64], $a1, len=16\nFENCE\nHALT`;
  const receive = 'RECV [128], #1, len=4, unit=0';

  test('see what the others store, in the order of messages and barriers', () => {
    const send = 'FENCE #4\nSEND [32], #1, len=4, unit=1';
    for (const [after, before] of [
      [send, receive],
      ['BAR #1, #2', 'BAR #1, #2'],
    ] as const) {
      const { report, values } = run([writer(after), reader(before)], 100e-9, shared);
      expect([report.ending, report.races]).toEqual(['halted', []]);
      expect(floats(values[1]!, 64)).toEqual([1, 2, 3, 4]);
    }
  });

  test('race where nothing orders them: both places, the bytes and what would help', () => {
    const lost = run([writer(''), reader('')], 100e-9, shared);
    expect(lost.report).toMatchObject({ ending: 'raced', races: [{ from: 256, to: 272, area: 's', times: 1 }] });
    expect(lost.report.races[0]!.sides).toEqual([
      { controller: 0, mnemonic: 'DST', place: 'p0.oasm:8:1', access: 'writes' },
      { controller: 1, mnemonic: 'DLD', place: 'p1.oasm:4:1', access: 'reads' },
    ]);
    expect(lost.report.races[0]!.remedy).toBe(
      'a FENCE and a SEND after the one and its RECV before the other, or a BAR between them',
    );
    const hasty = run([writer('SEND [32], #1, len=4, unit=1'), reader(receive)], 100e-9, shared);
    expect(hasty.report.races[0]!.remedy).toBe(
      'a FENCE #4 in controller 0 between p0.oasm:8:1 and the SEND after it, which does not wait for it',
    );
    // No time, no link and no fidelity changes what races.
    for (const [latency, fidelity] of [
      [1e-3, 'full'],
      [1e-9, 'timing'],
    ] as const)
      expect(run([writer(''), reader('')], latency, { ...shared, fidelity }).report.races).toEqual(lost.report.races);
    expect(run([writer(''), reader('')]).report).toMatchObject({ ending: 'halted', races: [] });
  });

  test('cannot place different bytes in it, nor describe different memories', () => {
    const [one, other] = [withNumbers([1, 1, 1, 1], ''), withNumbers([1, 1, 1, 2], '')];
    expect(run([one, one], 100e-9, shared).report.ending).toBe('halted');
    expect(() => run([one, other], 100e-9, shared)).toThrow(
      'p1.oasm found data at DRAM bytes 0 to 15, where p0.oasm places other bytes, expected bytes of its own',
    );
    const programs = ['dram.latencyS=50 ns', 'dram.latencyS=60 ns'].map((setting, at) => ({
      ...{ program: assemble('HALT', `p${at}.oasm`), chip: chipWith('ideal', [setting]) },
    }));
    expect(() => run([], 1e-9, { ...shared, programs })).toThrow('--shared-dram found another DRAM on the chip of p1.oasm');
  });
});
