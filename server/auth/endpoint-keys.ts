import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { PublicKeys } from '#shared/protocol/keys.ts';
import { makeSealingIdentity, openSealed } from '#shared/sealing/seal.ts';
import type { Database } from '../store/database.ts';
import { asAdministrator } from '../store/scope.ts';

/** What the endpoint signs with and what opens what was sealed to it (SPEC X1, X4, S20). */
export type EndpointKeys = {
  readonly publicKeys: PublicKeys;
  /** Ed25519, base64url. */
  sign(text: string): string;
  /** @throws AppError `COMMAND_INVALID`: sealed to somebody else, or altered */
  open(sealed: Uint8Array): Promise<Uint8Array>;
};

/**
 * The keys lie in the database, and not in a file beside an instance: all instances have the same ones, a backup holds
 * them, and a restored endpoint is believed by its desktops. Made at the first start; of several that start at once, the
 * first to write gives the keys of all.
 */
export async function loadEndpointKeys(database: Database): Promise<EndpointKeys> {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const identity = await makeSealingIdentity();
  const [row] = await asAdministrator(database, async (connection) => {
    await connection.query(
      `insert into endpoint_keys (signing_public, signing_secret, sealing_public, sealing_secret)
       values ($1, $2, $3, $4) on conflict do nothing`,
      [x, d, identity.recipient, identity.secret],
    );
    return connection.query('select signing_public, signing_secret, sealing_public, sealing_secret from endpoint_keys');
  });
  if (!row) throw new Error('The keys of the endpoint were not written');
  const signing = String(row.signing_public);
  const secret = createPrivateKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: signing, d: String(row.signing_secret) },
    format: 'jwk',
  });
  return {
    publicKeys: { signing, sealing: String(row.sealing_public) },
    sign: (text) => sign(null, Buffer.from(text), secret).toString('base64url'),
    open: (sealed) => openSealed(sealed, String(row.sealing_secret)),
  };
}

/** Whether the holder of an Ed25519 key (base64url) signed this text. */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
    return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'));
  } catch {
    // Not a key at all.
    return false;
  }
}
