import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate and its key, in PEM. */
export type Certificate = { readonly cert: string; readonly key: string };

export type Authority = Certificate & {
  /** For this machine under the name `localhost`, valid today, unless told otherwise. */
  issue(options?: { readonly host?: string; readonly from?: Date; readonly until?: Date }): Certificate;
};

const DAY = 24 * 60 * 60 * 1000;

/** Object identifiers, encoded. */
const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  basicConstraints: '551d13',
  subjectAltName: '551d11',
} as const;

/**
 * An authority that nobody knows, for servers of tests. Made with Node alone: a machine that runs the tests need not have
 * OpenSSL's program, and older ones of it make no certificate that has expired.
 */
export function createAuthority(name = 'Autorité des essais'): Authority {
  const { privateKey, publicKey } = newKeys();
  const isAuthority = sequence(oid(OID.basicConstraints), octets(sequence(tagged(0x01, Buffer.from([0xff])))));
  const own = certificate({ subject: name, publicKey, extensions: [isAuthority] }, { issuer: name, key: privateKey });
  return {
    cert: own,
    key: pem(privateKey),
    issue({ host = 'localhost', from, until } = {}) {
      const keys = newKeys();
      const names = sequence(oid(OID.subjectAltName), octets(sequence(tagged(0x82, Buffer.from(host)))));
      const about = { subject: host, publicKey: keys.publicKey, extensions: [names], from, until };
      return { cert: certificate(about, { issuer: name, key: privateKey }), key: pem(keys.privateKey) };
    },
  };
}

type About = {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
};

/** X.509 version 3, signed with ECDSA. */
function certificate(
  { subject, publicKey, extensions, from, until }: About,
  { issuer, key }: { readonly issuer: string; readonly key: KeyObject },
): string {
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(Date.now()),
    algorithm,
    nameOf(issuer),
    sequence(time(from ?? new Date(Date.now() - DAY)), time(until ?? new Date(Date.now() + DAY))),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, key)]));
  const text = sequence(body, algorithm, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text.replace(/.{64}(?!$)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

function newKeys() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** DER: a tag, a length, a content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function oid(encoded: string): Buffer {
  return tagged(0x06, Buffer.from(encoded, 'hex'));
}

function octets(content: Buffer): Buffer {
  return tagged(0x04, content);
}

/** Positive: a byte of zeroes keeps the sign away. */
function integer(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return tagged(0x02, Number(bytes[0]) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
}

function nameOf(text: string): Buffer {
  return sequence(tagged(0x31, sequence(oid(OID.commonName), tagged(0x0c, Buffer.from(text)))));
}

/** GeneralizedTime, or UTCTime where X.509 asks for it: before 2050. */
function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(text.slice(2))) : tagged(0x18, Buffer.from(text));
}
