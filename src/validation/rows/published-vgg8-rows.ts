import { chipPreset } from '../../chip/presets.ts';
import { judge, type Measured } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { runPublished } from '../run-published.ts';

const images = 50_000;
const source = 'DNN+NeuroSim V2.1 compiled and run on VGG-8; vgg8-forward.oasm and vgg8-backward.oasm on preset neurosim-32nm';

/**
 * Forward and error products are executed. The weight gradient is digital in that tool and has the multiply-accumulates of the
 * forward pass: these are counted twice.
 */
export const publishedVgg8Rows: RowFamily = {
  name: 'VGG-8 of NeuroSim',
  ids: ['VGG8'],
  measure: (ports) => {
    const chip = chipPreset('neurosim-32nm').description;
    const forward = runPublished(ports, 'vgg8-forward', chip);
    const backward = runPublished(ports, 'vgg8-backward', chip);
    const operations = images * 2 * (2 * forward.macs + backward.macs);
    const rows: readonly Measured[] = [
      {
        id: 'VGG8-operations',
        name: 'VGG-8: operations of one training epoch',
        published: 184.42e12,
        value: operations,
        unit: 'count',
        tolerance: 1e-4,
        class: 'bookkeeping',
        source,
      },
      {
        id: 'VGG8-conversions',
        name: 'VGG-8: conversions of one image, eight planes on 128 x 128 arrays',
        published: 39.32224e6,
        value: forward.actions['adc.convert']!,
        unit: 'count',
        tolerance: 0,
        class: 'bookkeeping',
        source,
      },
      {
        id: 'VGG8-adc-energy',
        name: 'VGG-8: energy of forward and backward conversions of one epoch',
        published: 0.782,
        value: 2 * images * forward.energy('forward').adc!,
        unit: 'J',
        tolerance: 0.05,
        class: 'bookkeeping',
        source,
      },
    ];
    return rows.map(judge);
  },
};
