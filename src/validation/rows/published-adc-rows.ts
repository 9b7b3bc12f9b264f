import { costTableOf } from '../../chip/cost-table-of.ts';
import { chipPreset } from '../../chip/presets.ts';
import { varyChip } from '../../chip/vary.ts';
import { judge, type Measured } from '../row.ts';
import type { RowFamily } from '../row-family.ts';

const source = 'Accelergy ADC plug-in, evaluated by the tool';

/** One converter of the survey regression as a chip has it, layout factors off. */
function converter(bits: number, conversion: string, node: number) {
  const settings = [
    `technology.nodeNm=${node} nm`,
    'tile.adc.kind=survey',
    `tile.adc.bits=${bits}`,
    `tile.adc.conversionS=${conversion}`,
    'overhead.postLayoutEnergy=1',
    'overhead.wiringArea=1',
  ];
  const adc = costTableOf(varyChip(chipPreset('cmo-130nm'), settings).chip.description).components.find(
    ({ component }) => component === 'adc',
  )!;
  return { joules: adc.actions.convert!, area: adc.area / adc.count };
}

export const publishedAdcRows: RowFamily = {
  name: 'converter regression',
  ids: ['ADC'],
  measure: () => {
    const fast = converter(8, '10 ns', 32);
    const slow = converter(6, '100 ns', 130);
    const same = { tolerance: 1e-4, class: 'bookkeeping', source } as const;
    const rows: readonly Measured[] = [
      {
        id: 'ADC-energy@32nm',
        name: 'survey regression: 8 bits, 100 MS/s, 32 nm',
        published: 1.7137e-12,
        value: fast.joules,
        unit: 'J',
        ...same,
      },
      {
        id: 'ADC-area@32nm',
        name: 'survey regression: the same, area',
        published: 3938.9e-12,
        value: fast.area,
        unit: 'm2',
        ...same,
      },
      {
        id: 'ADC-energy@130nm',
        name: 'survey regression: 6 bits, 10 MS/s, 130 nm',
        published: 14.857e-12,
        value: slow.joules,
        unit: 'J',
        ...same,
      },
      {
        id: 'ADC-area@130nm',
        name: 'survey regression: the same, area',
        published: 19950e-12,
        value: slow.area,
        unit: 'm2',
        ...same,
      },
    ];
    return rows.map(judge);
  },
};
