import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { ChainCryptography } from '#shared/domain/journal-chain.ts';

/** SHA-256, base64url. */
export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Keys of the devices met in one check: making one costs as much as a signature. */
export function nodeCryptography(): ChainCryptography {
  const keys = new Map<string, KeyObject>();
  const keyOf = (key: string): KeyObject => {
    const known = keys.get(key);
    if (known) return known;
    const made = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
    keys.set(key, made);
    return made;
  };
  return {
    digest: digestText,
    verify: (key, text, signature) => {
      try {
        return verify(null, Buffer.from(text), keyOf(key), Buffer.from(signature, 'base64url'));
      } catch {
        // Not a key at all.
        return false;
      }
    },
  };
}
