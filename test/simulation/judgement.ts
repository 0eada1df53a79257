import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { mayWriteRow } from '#shared/domain/roles.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { readCheckpoint } from '../../electron/data/replication/checkpoint.ts';
import { readEpoch } from '../../electron/data/replication/epoch.ts';
import type { StoredDocument } from '../../server/store/documents.ts';
import { type Document, type Oracle, Violation } from './oracle.ts';
import type { Seat } from './seat.ts';

/** What the endpoint holds, by collection and id. */
export type Final = ReadonlyMap<string, Document>;

export function finalOf(rows: readonly StoredDocument[]): Final {
  return new Map(
    rows.map(({ collection, id, body, isDeleted }) => [`${collection}/${id}`, { ...body, id, _deleted: isDeleted }]),
  );
}

/** S3: what this desktop shows as received, the endpoint has. */
export function requireTruth(oracle: Oracle, seat: Seat): void {
  const { desktop, ministryId, believed } = seat;
  // Nobody has told it yet that the endpoint lost what it had received.
  if (believed && readEpoch(desktop.register)?.number === believed.epoch) return;
  seat.believed = undefined;
  const { questions } = desktop.service;
  for (const asset of desktop.all('assets')) {
    const { state, receipt } = questions.getAssetSync({ id: asset.id });
    if (state === 'received') oracle.requireReceived(ministryId, 'assets', asset, receipt);
  }
  const entries = desktop.all('movements');
  const states = questions.getEntriesSync({ ids: entries.map(({ id }) => id) });
  for (const entry of entries) {
    if (states[entry.id] === 'received') oracle.requireReceived(ministryId, 'movements', entry, undefined);
  }
}

/** Every document of the desktop is the endpoint's, and the other way round. */
export function requireEqual({ desktop, number }: Seat, final: Final): void {
  let count = 0;
  for (const { name } of COLLECTIONS) {
    for (const document of desktop.all(name)) {
      const key = `${name}/${document.id}`;
      const there = final.get(key);
      // The endpoint's disk took it, and whose role writes it lost theirs (S19): it stays here.
      if (!there && readEpoch(desktop.register) && !mayWriteRow(desktop.person.role, name, document)) continue;
      count += 1;
      if (!there) throw new Violation('S3', `desktop ${number} has ${key}, the endpoint has not`);
      if (canonicalJson(there) === canonicalJson(document)) continue;
      throw new Violation(
        'S2',
        `${key} differs on desktop ${number}: ${canonicalJson(document)} / ${canonicalJson(there)}`,
      );
    }
  }
  if (count !== final.size) throw new Violation('S2', `desktop ${number} has ${count} rows of ${final.size}`);
}

/** S20: what the endpoint has is on the desktop, and nothing else but rows that wait there. */
export function requireLoaded({ desktop, number }: Seat, final: Final): void {
  const here = new Set<string>();
  for (const { name } of COLLECTIONS) {
    for (const document of desktop.all(name)) {
      const key = `${name}/${document.id}`;
      here.add(key);
      if (desktop.register.waiting.get(name, document.id)) continue;
      const there = final.get(key);
      if (there && canonicalJson(there) === canonicalJson(document)) continue;
      throw new Violation('S20', `desktop ${number} has ${key} otherwise than the endpoint after its first load`);
    }
  }
  const missing = [...final.keys()].find((key) => !here.has(key));
  if (missing) throw new Violation('S20', `desktop ${number} lacks ${missing} after its first load`);
}

/** Honest programs are never refused: what a person may do on a desktop, the endpoint takes (A7). */
export function requireNoRefusal(final: Final): void {
  for (const { kind, collectionName, reason } of final.values()) {
    if (kind === 'refused' && typeof collectionName === 'string') {
      throw new Violation('A7', `an honest row of ${collectionName} was refused: ${reason}`);
    }
  }
}

/** What met in a history, as its first desktop knows it in the end. */
export function meetingsOf(
  first: Seat | undefined,
  violation: Violation | undefined,
): { readonly merges: number; readonly reviews: number } {
  if (!first || violation) return { merges: 0, reviews: 0 };
  const merges = first.desktop.all('movements').filter(({ kind }) => kind === 'merge').length;
  return { merges, reviews: first.desktop.all('reviews').length };
}

/** Where everybody stands, in a few signs: phase, rows that wait, sequence of so many. */
export function standingOf(seats: readonly Seat[], seen: ReadonlyMap<string, number>): string {
  return seats
    .map(({ desktop, ministryId }) => {
      const { phase, waiting } = desktop.service.replicator.state;
      return `[${phase} ${waiting} ${readCheckpoint(desktop.register).seq}/${seen.get(ministryId) ?? 0}]`;
    })
    .join('');
}
