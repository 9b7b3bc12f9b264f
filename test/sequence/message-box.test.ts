import { expect, test } from 'vitest';
import { createMessageBox } from '../../src/sequence/message-box.ts';

test('messages meet by sender, receiver and tag, in the order sent', () => {
  const box = createMessageBox();
  const [a, b, c] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];
  box.send(0, 1, 5, a);
  box.send(0, 1, 5, b);
  box.send(2, 1, 5, c);
  expect([box.waiting(0, 1, 5), box.waiting(1, 0, 5), box.waiting(0, 1, 6), box.left()]).toEqual([true, false, false, 3]);
  expect(box.take(0, 1, 5)).toBe(a);
  expect(box.take(2, 1, 5)).toBe(c);
  expect(box.take(0, 1, 5)).toBe(b);
  expect([box.take(0, 1, 5), box.left()]).toEqual([undefined, 0]);
});
