import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Bytes of chance in a device token. */
const SECRET_BYTES = 32;
const TOKEN = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;
const UUID = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/**
 * A device token: the ministry in clear, then 256 bits of chance. The ministry only says where to look (which rows
 * row-level security shows, which node of a distributed database holds them); a wrong one finds nothing.
 */
export function createToken(ministryId: string, chance = randomBytes(SECRET_BYTES)): string {
  const ministry = Buffer.from(ministryId.replaceAll('-', ''), 'hex').toString('base64url');
  return `${ministry}.${chance.toString('base64url')}`;
}

/** The token of a device that brought a secret of its own: the same again for whoever knows the secret, for nobody else. */
export function deriveToken(ministryId: string, deviceId: string, secret: string): string {
  return createToken(ministryId, createHmac('sha256', secret).update(`registre device token\n${deviceId}`).digest());
}

/** The ministry a token names, or nothing when it has not a token's shape. */
export function readMinistry(token: string): string | undefined {
  const [, ministry] = TOKEN.exec(token) ?? [];
  if (!ministry) return undefined;
  const parts = UUID.exec(Buffer.from(ministry, 'base64url').toString('hex'));
  return parts?.slice(1).join('-');
}

/** What is stored of a token or of an enrolment code. Chance enough in a token to need no salt. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Takes the same time wherever the two differ, and whatever their lengths. */
export function isSameSecret(left: string, right: string): boolean {
  return timingSafeEqual(hashSecret(left), hashSecret(right));
}

/** The credentials of `authorization: Bearer …`. */
export function readBearer(header: string | undefined): string | undefined {
  return /^Bearer +([^ ]+)$/i.exec(header ?? '')?.[1];
}
