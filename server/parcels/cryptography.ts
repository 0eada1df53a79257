import { createHash } from 'node:crypto';
import type { ParcelCryptography } from '#shared/parcels/parcel-file.ts';
import { isSignedBy } from '../auth/endpoint-keys.ts';

export const endpointCryptography: ParcelCryptography = {
  digest: (bytes) => createHash('sha256').update(bytes).digest('base64url'),
  verify: isSignedBy,
};
