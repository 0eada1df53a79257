import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import type { StoredDocument } from '../../server/store/documents.ts';
import type { LocalWrite } from './desktop.ts';

/** A rule that did not hold. */
export class Violation extends Error {
  readonly rule: string;

  constructor(rule: string, words: string) {
    super(`${rule}: ${words}`);
    this.name = 'Violation';
    this.rule = rule;
  }
}

/** One installation, from its first start to the loss of its disk. */
export type Installation = {
  readonly number: number;
  readonly ministryId: string;
  /** True once its disk is gone: only what had reached the endpoint can be asked for. */
  isLost: boolean;
};

type KnownWrite = LocalWrite & { readonly by: Installation };

export type Document = Readonly<Record<string, unknown>> & { readonly id: string };

const MARK = /v\d+-m\d+/g;

/** The texts of a history that were each written once, wherever they stand in a value. */
export function marksIn(value: unknown): string[] {
  return JSON.stringify(value ?? null).match(MARK) ?? [];
}

function keyOf(collection: string, id: string): string {
  return `${collection}/${id}`;
}

/**
 * Knows every command that was acknowledged to a person and every state that the endpoint committed, and says which rule of
 * the SPEC does not hold.
 */
export class Oracle {
  readonly #writes = new Map<string, KnownWrite[]>();
  /** States that some desktop had on its disk, as text, by document. */
  readonly #local = new Map<string, Set<string>>();
  /** What the endpoint committed, by ministry, document and sequence. */
  readonly #committed = new Map<string, Map<string, Map<number, string>>>();
  /** The same, with what a lost disk of the endpoint took with it. */
  readonly #everCommitted = new Set<string>();
  #hasLostState = false;

  noteWrite(by: Installation, write: LocalWrite): void {
    const key = keyOf(write.collection, write.after.id);
    listOf(this.#writes, key).push({ ...write, by });
    const states = this.#local.get(key) ?? new Set();
    this.#local.set(key, states.add(canonicalJson(write.after)));
  }

  /** S1, S6: what the endpoint committed after a request. Every state was once on a desktop of that ministry. */
  noteCommitted(ministryId: string, rows: readonly StoredDocument[]): void {
    const documents = this.#committed.get(ministryId) ?? new Map<string, Map<number, string>>();
    this.#committed.set(ministryId, documents);
    for (const { collection, id, seq, body, isDeleted } of rows) {
      const state = canonicalJson({ ...body, _deleted: isDeleted });
      const key = keyOf(collection, id);
      if (body.ministryId !== ministryId) throw new Violation('S6', `${key} is of another ministry`);
      // Twins are found by the endpoint itself (V2); everything else comes from a desktop.
      const isOwn = collection === 'reviews' && body.kind === 'twin' && body.state === 'open';
      if (!isOwn && !this.#local.get(key)?.has(state))
        throw new Violation('S5', `no desktop wrote ${key} as it is: ${state}`);
      const states = documents.get(key) ?? new Map<number, string>();
      documents.set(key, states.set(seq, state));
      this.#everCommitted.add(state);
    }
  }

  /** S19: the endpoint came back from a backup and stands at this sequence again. */
  noteRestored(ministryId: string, seq: number): void {
    this.#hasLostState = true;
    for (const states of this.#committed.get(ministryId)?.values() ?? []) {
      for (const later of [...states.keys()].filter((known) => known > seq)) states.delete(later);
    }
  }

  /** S3: what a desktop shows as received is what the endpoint has. */
  requireReceived(ministryId: string, collection: CollectionName, document: Document, seq: number | undefined): void {
    const key = keyOf(collection, document.id);
    const states = this.#committed.get(ministryId)?.get(key);
    const state = canonicalJson(document);
    const isThere = seq === undefined ? [...(states?.values() ?? [])].includes(state) : states?.get(seq) === state;
    if (!isThere) throw new Violation('S3', `${key} is shown as received (${seq}); the endpoint has not this state`);
  }

  /** S3, J1, M3, M4, V6: what was acknowledged in this ministry against what the endpoint holds in the end. */
  requireNothingLost(ministryId: string, final: ReadonlyMap<string, Document>): void {
    const reviews = [...final].filter(([key]) => key.startsWith('reviews/')).map(([, review]) => review);
    for (const [key, writes] of this.#writes) {
      const own = writes.filter(({ by, isRemote }) => by.ministryId === ministryId && !isRemote);
      if (own.length === 0) continue;
      const [collection = ''] = key.split('/');
      const document = final.get(key);
      const promised = own.filter((write) => !write.by.isLost);
      if (!document && promised.length > 0) throw new Violation('S3', `${key} never reached the endpoint`);
      if (!document) continue;
      if (collection === 'movements' || collection === 'papers') this.#requireSame(key, promised, document);
      else this.#requireFates(key, own, document, reviews);
    }
    if (!this.#hasLostState) for (const review of reviews) this.#requireReal(review);
  }

  #requireSame(key: string, promised: readonly KnownWrite[], document: Document): void {
    const there = canonicalJson(document);
    if (promised.every(({ after }) => canonicalJson(after) === there)) return;
    throw new Violation('J1', `${key} is not as it was written`);
  }

  /** Each text is in the record, was replaced by somebody who saw it, or is kept by a review. */
  #requireFates(key: string, own: readonly KnownWrite[], document: Document, reviews: readonly Document[]): void {
    const kept = new Set([
      ...marksIn(document),
      ...reviews.filter(({ documentId }) => documentId === document.id).flatMap(marksIn),
    ]);
    const replaced = new Set(this.#effective(key, own).flatMap(removedBy));
    for (const { by, before, after } of own) {
      if (by.isLost) continue;
      const known = new Set(marksIn(before));
      const gone = marksIn(after).find((mark) => !known.has(mark) && !kept.has(mark) && !replaced.has(mark));
      if (gone) throw new Violation('V6', `${gone} of ${key} is nowhere`);
    }
  }

  /** What was replaced by whom it was seen by. A replacement that died with its disk replaced nothing. */
  #effective(key: string, own: readonly KnownWrite[]): readonly KnownWrite[] {
    return own.filter((write) => {
      if (!write.by.isLost) return true;
      // Several writes arrive as one row: with the last of them, those before it.
      const later = this.#writes.get(key)?.filter(({ by }) => by === write.by) ?? [];
      return later.slice(later.indexOf(write)).some(({ after }) => this.#everCommitted.has(canonicalJson(after)));
    });
  }

  /** M2: nobody is asked about a value that was replaced by somebody who saw it. */
  #requireReal({ id, kind, collectionName, documentId, fields }: Document): void {
    if (kind !== 'same-field' || !Array.isArray(fields)) return;
    const writes = this.#writes.get(keyOf(String(collectionName), String(documentId))) ?? [];
    const replaces = new Map<string, Set<string>>();
    // Who puts an older value back wants it over the newer one: whoever edits the newer one meanwhile did not see that.
    const putBack = new Set<string>();
    for (const write of writes.filter(({ isRemote }) => !isRemote)) {
      // By whom it was written first: an act taken back, or a decision, puts an older one in the place of a newer one.
      for (const mark of addedBy(write)) {
        if (replaces.has(mark)) putBack.add(mark);
        else replaces.set(mark, new Set(removedBy(write)));
      }
    }
    for (const { field, mine, theirs } of fields) {
      for (const [left, right] of [
        [mine, theirs],
        [theirs, mine],
      ]) {
        const known = ancestorsOf(marksIn(left), replaces);
        const [phantom] = marksIn(right).filter((mark) => known.has(mark) && !putBack.has(mark));
        if (phantom) throw new Violation('M2', `review ${id} asks about ${field}: ${phantom} was replaced knowingly`);
      }
    }
  }
}

function removedBy({ before, after }: LocalWrite): string[] {
  const left = new Set(marksIn(after));
  return marksIn(before).filter((mark) => !left.has(mark));
}

function addedBy({ before, after }: LocalWrite): string[] {
  const known = new Set(marksIn(before));
  return marksIn(after).filter((mark) => !known.has(mark));
}

function ancestorsOf(marks: readonly string[], replaces: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const open = [...marks];
  for (let mark = open.pop(); mark !== undefined; mark = open.pop()) {
    for (const older of replaces.get(mark) ?? []) {
      if (found.has(older)) continue;
      found.add(older);
      open.push(older);
    }
  }
  return found;
}

function listOf<Value>(lists: Map<string, Value[]>, key: string): Value[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
