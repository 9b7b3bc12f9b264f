import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 of bytes or of a text's UTF-8, 64 hexadecimal digits. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** SHA-256 of a value's canonical JSON: equal data, equal hash, whatever the order of members. */
export const hashOf = (value: unknown): string => sha256(canonicalJson(value));
