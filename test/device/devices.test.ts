import { expect, test } from 'vitest';
import { deviceNamed, devices } from '../../src/device/devices.ts';

test('names are unique and found', () => {
  expect(new Set(devices.map(({ kind }) => kind)).size).toBe(devices.length);
  for (const device of devices) expect(deviceNamed(device.kind)).toBe(device);
});

test('an unknown name is bad input with the nearest one', () => {
  expect(() => deviceNamed('cmo-hfx', 'chip.yaml')).toThrow(
    'chip.yaml found device "cmo-hfx", expected one of cmo-hfox, ideal (did you mean cmo-hfox?)',
  );
});
