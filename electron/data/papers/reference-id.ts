import { createHash } from 'node:crypto';
import type { ReferenceKind } from '#shared/schema/reference.ts';

/** Two desktops that word the same paper offline meet on one row, and are merged. A UUID of version 8, made of a hash. */
export function referenceId(ministryId: string, kind: ReferenceKind, code: string): string {
  const hash = createHash('sha256').update(`${ministryId}\0${kind}\0${code}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
