/** Loads and stores of the first `count` lanes, so that row ends need no scalar twin of the vector arithmetic. */

/** The first min(count, 4) floats at `pointer`; the other lanes are 0. */
export function loadPartial(pointer: usize, count: i32): v128 {
  if (count >= 4) return v128.load(pointer);
  let value = f32x4.splat(0);
  if (count > 0) value = v128.load32_lane(pointer, value, 0);
  if (count > 1) value = v128.load32_lane(pointer, value, 1, 4);
  if (count > 2) value = v128.load32_lane(pointer, value, 2, 8);
  return value;
}

/** Stores the first min(count, 4) lanes. */
export function storePartial(pointer: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(pointer, value);
    return;
  }
  if (count > 0) v128.store32_lane(pointer, value, 0);
  if (count > 1) v128.store32_lane(pointer, value, 1, 4);
  if (count > 2) v128.store32_lane(pointer, value, 2, 8);
}

/** (l0 + l1) + (l2 + l3) */
// @ts-ignore: decorator
@inline
export function sumLanes(value: v128): f32 {
  return (
    f32x4.extract_lane(value, 0) + f32x4.extract_lane(value, 1) + (f32x4.extract_lane(value, 2) + f32x4.extract_lane(value, 3))
  );
}
