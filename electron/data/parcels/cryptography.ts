import { createHash } from 'node:crypto';
import type { ParcelCryptography } from '#shared/parcels/parcel-file.ts';
import { nodeCryptography } from '../journal/cryptography.ts';

export const deviceCryptography: ParcelCryptography = {
  digest: (bytes) => createHash('sha256').update(bytes).digest('base64url'),
  verify: (key, text, signature) => nodeCryptography().verify(key, text, signature),
};
