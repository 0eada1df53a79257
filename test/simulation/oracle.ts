import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { hasLeftForGood } from '#shared/domain/departure.ts';
import { ASSET_STATUSES } from '#shared/schema/asset.ts';
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
  /** What desktops held when the endpoint came back from a backup, by document. */
  readonly #held = new Map<string, { readonly by: Installation; readonly document: Document }[]>();
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
    }
  }

  /** S19: the endpoint came back from a backup and stands at this sequence again. */
  noteRestored(ministryId: string, seq: number): void {
    this.#hasLostState = true;
    for (const states of this.#committed.get(ministryId)?.values() ?? []) {
      for (const later of [...states.keys()].filter((known) => known > seq)) states.delete(later);
    }
  }

  /** S19: what a desktop held at that moment is to be at the endpoint again. */
  noteHeld(by: Installation, collection: CollectionName, document: Document): void {
    listOf(this.#held, keyOf(collection, document.id)).push({ by, document });
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
    this.#requireHeld(ministryId, final, reviews);
    if (!this.#hasLostState) for (const review of reviews) this.#requireReal(review);
    for (const [key, document] of final) {
      if (key.startsWith('assets/')) this.#requireExit(key, document, reviews);
    }
  }

  /** S19: nothing that any desktop held is lost with the endpoint's disk, whoever wrote it, but with the last who held it. */
  #requireHeld(ministryId: string, final: ReadonlyMap<string, Document>, reviews: readonly Document[]): void {
    for (const [key, holders] of this.#held) {
      const own = holders.filter(({ by }) => by.ministryId === ministryId && !by.isLost);
      if (own.length === 0) continue;
      const document = final.get(key);
      if (!document) throw new Violation('S19', `${key} was on a desktop and did not come back to the endpoint`);
      // What the endpoint itself finds, it finds again, with the values of that day (V2).
      if (key.startsWith('movements/') || key.startsWith('papers/') || document.kind === 'twin') continue;
      const kept = new Set([...marksIn(document), ...reviewed(reviews, document)]);
      const writes = (this.#writes.get(key) ?? []).filter(({ isRemote }) => !isRemote);
      const replaced = new Set(this.#effective(key, writes).flatMap(removedBy));
      const gone = own.flatMap((held) => marksIn(held.document)).find((mark) => !kept.has(mark) && !replaced.has(mark));
      if (gone) throw new Violation('S19', `${gone} of ${key} was on a desktop and is nowhere`);
    }
  }

  /**
   * V1: a record that somebody let leave for good stays away unless somebody who saw it takes that back, or is asked (after an
   * endpoint came back from a backup nobody knows which state came first); an edit by somebody who did not know of it is
   * asked about.
   */
  #requireExit(key: string, document: Document, reviews: readonly Document[]): void {
    const writes = (this.#writes.get(key) ?? []).filter(({ isRemote, by }) => !isRemote && !by.isLost);
    const exits = writes.filter(({ before, after }) => before !== undefined && !hasLeft(before) && hasLeft(after));
    const isTakenBack = (this.#writes.get(key) ?? []).some(
      ({ before, after, isRemote }) => !isRemote && before !== undefined && hasLeft(before) && !hasLeft(after),
    );
    const [exit] = exits;
    if (!exit || isTakenBack) return;
    const own = reviews.filter(({ documentId }) => documentId === document.id);
    const isAsked =
      this.#hasLostState &&
      own.some(({ fields }) => Array.isArray(fields) && fields.some(({ field }) => field === 'status'));
    if (!hasLeft(document) && !isAsked)
      throw new Violation('V1', `${key} left for good and is back, and nobody was asked`);
    // Two who let it leave, or a state that an endpoint's disk took with it: what each knew of the other is not followed.
    if (!hasLeft(document) || exits.length > 1 || this.#hasLostState) return;
    const asked = new Set(own.filter(({ kind }) => kind === 'edit-after-exit').flatMap(marksIn));
    const [known, stands] = [new Set(marksIn(exit.before)), new Set(marksIn(document))];
    for (const edit of writes.filter(({ by, before }) => by !== exit.by && before !== undefined && !hasLeft(before))) {
      const silent = addedBy(edit).find((mark) => stands.has(mark) && !known.has(mark) && !asked.has(mark));
      if (silent) throw new Violation('V1', `${silent} of ${key} is in a record that had left, and nobody was asked`);
    }
  }

  #requireSame(key: string, promised: readonly KnownWrite[], document: Document): void {
    const there = canonicalJson(document);
    if (promised.every(({ after }) => canonicalJson(after) === there)) return;
    throw new Violation('J1', `${key} is not as it was written`);
  }

  /** Each text is in the record, was replaced by somebody who saw it, or is kept by a review. */
  #requireFates(key: string, own: readonly KnownWrite[], document: Document, reviews: readonly Document[]): void {
    const kept = new Set([...marksIn(document), ...reviewed(reviews, document)]);
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
    return own.filter((write) => !write.by.isLost || this.#outlives(key, write, new Set()));
  }

  /**
   * Whether what an installation wrote is there without its disk: at the endpoint, on the disk of another that took it from
   * there before the endpoint lost it (S19), or in what such a one made of it.
   */
  #outlives(key: string, write: KnownWrite, seen: ReadonlySet<Installation>): boolean {
    const writes = this.#writes.get(key) ?? [];
    const committed = new Set(this.#committed.get(write.by.ministryId)?.get(key)?.values());
    const disks = new Set([...seen, write.by]);
    // Several writes arrive as one row: with the last of them, those before it.
    const own = writes.filter(({ by }) => by === write.by);
    return own.slice(own.indexOf(write)).some(({ after }) => {
      const state = canonicalJson(after);
      if (committed.has(state)) return true;
      return writes.some(
        (other) =>
          !disks.has(other.by) &&
          canonicalJson(other.after) === state &&
          (!other.by.isLost || this.#outlives(key, other, disks)),
      );
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

function reviewed(reviews: readonly Document[], { id }: Document): string[] {
  return reviews.filter(({ documentId }) => documentId === id).flatMap(marksIn);
}

function hasLeft({ status }: Readonly<Record<string, unknown>>): boolean {
  const known = ASSET_STATUSES.find((each) => each === status);
  return known !== undefined && hasLeftForGood(known);
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
