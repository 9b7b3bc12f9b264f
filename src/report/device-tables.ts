import type { CellModel, DeviceParameter } from '../device/cell-model.ts';
import { type Cell, type DataTable, isUnit, measure } from './data-table.ts';

/** Numbers in a unit we print with prefixes; fit coefficients keep the unit of their paper. */
const valueCell = ({ value, unit }: DeviceParameter): Cell =>
  isUnit(unit) ? measure(value, unit) : `${value}${unit === '1' ? '' : ` ${unit}`}`;

export const deviceListTable = (devices: readonly CellModel[]): DataTable => ({
  name: 'devices',
  title: 'Memory cells',
  columns: ['device', 'smallest', 'largest', 'read at', 'what'],
  rows: devices.map(({ kind, minS, maxS, readV, doc }) => [
    kind,
    measure(minS, 'S'),
    measure(maxS, 'S'),
    measure(readV, 'V'),
    doc,
  ]),
});

/** Every number of a cell with its kind of evidence and source, then what the model leaves out. */
export const deviceTables = (device: CellModel): readonly DataTable[] => [
  {
    name: 'parameters',
    title: `${device.kind}: ${device.doc}`,
    columns: ['parameter', 'value', 'evidence', 'what', 'source'],
    rows: device.parameters.map((parameter) => [
      parameter.name,
      valueCell(parameter),
      parameter.tag,
      parameter.doc,
      parameter.source,
    ]),
  },
  {
    name: 'behaviour',
    title: 'Programming at an acceptance of 0.2 % and 2 %',
    columns: ['', '0.2 %', '2 %'],
    rows: [['mean pulses of a cell', measure(device.meanPulses(0.002), 'number'), measure(device.meanPulses(0.02), 'number')]],
  },
  {
    name: 'inaccuracies',
    title: 'Left out',
    columns: [''],
    rows: device.inaccuracies.map((text) => [text]),
  },
];

/** `ohmic.device/1`: the declaration of a cell as data. */
export const deviceDocument = ({
  kind,
  doc,
  inaccuracies,
  minS,
  maxS,
  readV,
  parameters,
  pulseSeconds,
  verifySeconds,
}: CellModel) => ({
  schema: 'ohmic.device/1',
  name: kind,
  doc,
  inaccuracies,
  window: { minS, maxS },
  readV,
  pulseSeconds,
  verifySeconds,
  parameters,
});
