import { describe, expect, it } from 'vitest';
import { manifestOf } from '../../src/simulate/manifest.ts';
import { manifest } from './support.ts';

describe('manifest', () => {
  it('is plain JSON', () => {
    expect(manifestOf(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
  });

  it('is absent in hand-written programs and those of another version', () => {
    expect(manifestOf(undefined)).toBeUndefined();
    expect(manifestOf({ ...manifest, schema: 'ohmic.manifest/2' })).toBeUndefined();
    expect(manifestOf('text')).toBeUndefined();
  });
});
