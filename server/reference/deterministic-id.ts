import { createHash } from 'node:crypto';

/**
 * An id that depends only on its parts: two endpoints seed the same ministry with the same rows, and seeding again
 * changes nothing. Written as a UUID of version 8 (RFC 9562: "vendor-specific", here SHA-256 cut to 128 bits).
 */
export function deterministicId(ministryId: string, kind: string, name: string): string {
  const hash = createHash('sha256').update(`${ministryId}\0${kind}\0${name}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
