import { expect, test } from 'vitest';
import { deviceNamed, devices } from '../../src/device/devices.ts';
import { measure } from '../../src/report/data-table.ts';
import { deviceDocument, deviceListTable, deviceTables } from '../../src/report/device-tables.ts';

test('every cell is listed with its window', () => {
  expect(deviceListTable(devices).rows.map(([name]) => name)).toEqual(devices.map(({ kind }) => kind));
});

test('every parameter is shown with evidence and source', () => {
  const device = deviceNamed('cmo-hfox');
  const [parameters] = deviceTables(device);
  expect(parameters!.rows).toHaveLength(device.parameters.length);
  expect(parameters!.rows[0]!.slice(0, 3)).toEqual(['minS', measure(9e-6, 'S'), 'peer-code']);
  expect(parameters!.rows.find(([name]) => name === 'driftMean')![1]).toBe('-0.08900206 uS');
});

test('the document is plain JSON', () => {
  for (const device of devices) expect(JSON.parse(JSON.stringify(deviceDocument(device)))).toEqual(deviceDocument(device));
});
