import { expect, test } from 'vitest';
import { deviceNamed, devices, isInlineDevice } from '../../src/device/devices.ts';

test('names are unique and found', () => {
  for (const device of devices) expect(deviceNamed(device.kind)).toBe(device);
  expect(new Set(devices.map(({ kind }) => kind)).size).toBe(devices.length);
});

test('an unknown name is bad input with the nearest one', () => {
  expect(() => deviceNamed('cmo-hfx', 'chip.yaml')).toThrow(
    /^chip\.yaml found device "cmo-hfx", expected a device file or one of cmo-hfox, ideal, .* \(did you mean cmo-hfox\?\)$/,
  );
});

test('a text of several lines is a device of its own', () => {
  const text = 'name: mine\nwindow: { min: 1 uS, max: 2 uS }\nprogramming: { error: { polynomial: [0.01] } }\n';
  expect(isInlineDevice(text)).toBe(true);
  expect(deviceNamed(text).kind).toBe('mine');
  expect(deviceNamed(text)).toBe(deviceNamed(text));
  expect(() => deviceNamed('name: mine\n', 'chip.yaml')).toThrow(/chip\.yaml:1:1 found no window/);
});

test('every assumption says so, everything has a source', () => {
  for (const device of devices)
    for (const { name, tag, source, doc } of device.parameters) {
      expect(source.length * doc.length, `${device.kind} ${name}`).toBeGreaterThan(0);
      if (tag === 'assumed' && device.pulsed === undefined) expect(source, `${device.kind} ${name}`).toContain('assum');
    }
});
