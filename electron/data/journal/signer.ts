import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { canonicalEntry } from '#shared/domain/journal-chain.ts';
import type { Movement } from '#shared/schema/movement.ts';
import type { Meta } from '../meta.ts';

const KEY = 'journal.key';
const KeyPair = Type.Object({ x: Type.String(), d: Type.String() });
const Head = Type.Object({ sequence: Type.Integer(), hash: Type.String(), isSigned: Type.Boolean() });
type Head = Static<typeof Head>;
type EntryAt = (deviceId: string, deviceSequence: number) => Movement | undefined;

/**
 * Signs the journal of this device (SPEC J5). The Ed25519 key is made at the first entry and stays in the encrypted file;
 * its public half stands in the first entry it signs.
 */
export class JournalSigner {
  readonly #meta: Meta;
  readonly #entryAt: EntryAt;
  #key: { readonly secret: KeyObject; readonly publicKey: string } | undefined;

  /** `entryAt` reads an entry that was written before entries were signed: the first signed one follows it. */
  constructor(meta: Meta, entryAt: EntryAt) {
    this.#meta = meta;
    this.#entryAt = entryAt;
  }

  /** The entry with its link to the one before. Call inside the transaction that writes it. */
  sign(entry: Movement): Movement {
    const head = this.#head(entry.deviceId) ?? this.#unsignedHead(entry);
    const { secret, publicKey } = this.#keyPair();
    const isFirst = head?.isSigned !== true;
    const unsigned: Movement = {
      ...entry,
      chain: { ...(head && { previous: head.hash }), ...(isFirst && { key: publicKey }), signature: '' },
    };
    const text = canonicalEntry(unsigned);
    const signature = sign(null, Buffer.from(text), secret).toString('base64url');
    this.#keepHead(entry, text, true);
    return { ...unsigned, chain: { ...unsigned.chain, signature } };
  }

  /** This device's seal on something other than the journal. Call inside a transaction: the key may be made now. */
  signText(text: string): { readonly key: string; readonly signature: string } {
    const { secret, publicKey } = this.#keyPair();
    return { key: publicKey, signature: sign(null, Buffer.from(text), secret).toString('base64url') };
  }

  /** An entry of this device came back from the endpoint: the next one follows it if it is the latest. */
  noteEntry(entry: Movement): void {
    const head = this.#head(entry.deviceId);
    if (head && head.sequence >= entry.deviceSequence) return;
    const { _deleted, ...fields } = entry as Movement & { readonly _deleted?: boolean };
    this.#keepHead(fields, canonicalEntry(fields), entry.chain !== undefined);
  }

  #head(deviceId: string): Head | undefined {
    const stored = this.#meta.get(headKey(deviceId));
    return Value.Check(Head, stored) ? stored : undefined;
  }

  #unsignedHead({ deviceId, deviceSequence }: Movement): Head | undefined {
    const last = deviceSequence > 1 ? this.#entryAt(deviceId, deviceSequence - 1) : undefined;
    return last && { sequence: last.deviceSequence, hash: hashOf(canonicalEntry(last)), isSigned: false };
  }

  #keepHead({ deviceId, deviceSequence }: Movement, text: string, isSigned: boolean): void {
    this.#meta.set(headKey(deviceId), { sequence: deviceSequence, hash: hashOf(text), isSigned });
  }

  #keyPair(): { readonly secret: KeyObject; readonly publicKey: string } {
    if (this.#key) return this.#key;
    const stored = this.#meta.get(KEY);
    const pair = Value.Check(KeyPair, stored) ? stored : this.#makeKey();
    const secret = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', ...pair }, format: 'jwk' });
    const key = { secret, publicKey: pair.x };
    // A key whose transaction is undone is not in the file.
    this.#meta.onCommit(() => {
      this.#key = key;
    });
    return key;
  }

  #makeKey(): Static<typeof KeyPair> {
    const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const pair = { x: x ?? '', d: d ?? '' };
    this.#meta.set(KEY, pair);
    return pair;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function headKey(deviceId: string): string {
  return `journal.head.${deviceId}`;
}
