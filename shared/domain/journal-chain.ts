import type { Movement } from '../schema/movement.ts';
import { canonicalJson } from './canonical-json.ts';

/** What the chain needs of cryptography; this folder has none of its own. */
export type ChainCryptography = {
  /** SHA-256 of the UTF-8 text, base64url. */
  digest(text: string): string;
  /** Ed25519; key (32 bytes) and signature (64 bytes) in base64url. False for anything malformed. */
  verify(key: string, text: string, signature: string): boolean;
};

/**
 * What is wrong with an entry of a journal (SPEC J5).
 *
 * - `missing`: the entry before it is not there
 * - `unsigned`: entries before it are signed, this one is not
 * - `altered`: its signature is not of this text
 * - `detached`: it does not follow the entry before it: one of the two was replaced
 * - `foreign-key`: it is signed with another key than the journal began with
 */
export const CHAIN_PROBLEMS = ['missing', 'unsigned', 'altered', 'detached', 'foreign-key'] as const;
export type ChainProblem = (typeof CHAIN_PROBLEMS)[number];

/** The text that is signed and hashed: the entry with its keys in one order, without its signature. */
export function canonicalEntry(entry: Movement): string {
  const { chain, ...fields } = entry;
  const { signature: _, ...link } = chain ?? {};
  return canonicalJson({ ...fields, ...(chain && { chain: link }) });
}

/** Follows the journal of one device, entry by entry in its order, and tells the first problem of each. */
export class ChainWalk {
  readonly #cryptography: ChainCryptography;
  #last: { readonly sequence: number; readonly hash: string } | undefined;
  #key: string | undefined;

  constructor(cryptography: ChainCryptography) {
    this.#cryptography = cryptography;
  }

  /** The key that the journal is signed with, once a signed entry was met. */
  get key(): string | undefined {
    return this.#key;
  }

  next(entry: Movement): ChainProblem | undefined {
    const text = canonicalEntry(entry);
    const problem = this.#examine(entry, text);
    this.#last = { sequence: entry.deviceSequence, hash: this.#cryptography.digest(text) };
    this.#key ??= entry.chain?.key;
    return problem;
  }

  #examine({ deviceSequence, chain }: Movement, text: string): ChainProblem | undefined {
    if (deviceSequence !== (this.#last?.sequence ?? 0) + 1) return 'missing';
    if (!chain) return this.#key === undefined ? undefined : 'unsigned';
    const key = this.#key ?? chain.key;
    if (key === undefined || (chain.key !== undefined && chain.key !== key)) return 'foreign-key';
    if (!this.#cryptography.verify(key, text, chain.signature)) return 'altered';
    return chain.previous === this.#last?.hash ? undefined : 'detached';
  }
}
