import { choice, fraction, plainNumber } from '../parameter.ts';
import { component } from './component.ts';

const calibration = 'NeuroSim V1.4 Param.cpp, calibrated on 40 nm silicon';

export const overhead = component({
  path: 'overhead',
  doc: 'What layout adds to schematic numbers: factors on energy and area of on-die circuits, and static bias of analog blocks.',
  inaccuracies: ['One factor for all blocks, calibrated on one chip.'],
  constants: {},
  parameters: {
    'overhead.postLayoutEnergy': plainNumber({
      doc: 'multiplies the energy of on-die actions',
      from: 1,
      to: 10,
      standard: 1.22,
      source: calibration,
    }),
    'overhead.appliesTo': choice(['cmos', 'everything'], {
      doc: "cmos leaves the cells' own Joule heat alone; everything multiplies it too",
      standard: 'cmos',
      source: 'the heat of a resistor is not a layout parasitic',
    }),
    'overhead.wiringArea': plainNumber({
      doc: 'multiplies the area of on-die blocks',
      from: 1,
      to: 10,
      standard: 1.44,
      source: calibration,
    }),
    'overhead.analogLeakage': fraction({
      doc: 'static bias of analog blocks as a share of their power when busy',
      standard: 0.1,
      source: 'PUMA constants: ADC 0.2 of 2 mW, DAC 0.39 of 3.9 uW',
    }),
  },
});
