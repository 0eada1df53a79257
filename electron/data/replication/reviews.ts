import { createHash } from 'node:crypto';
import type { FieldConflict } from '#shared/merge/three-way.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import type { Review } from '#shared/schema/review.ts';
import type { Register } from '../register.ts';

/** SPEC M4: opens the review of a conflict. Its id depends only on the conflict, so a second desktop opens the same. */
export function openConflictReview(
  register: Register,
  collectionName: CollectionName,
  documentId: string,
  conflicts: readonly FieldConflict[],
): void {
  const fields = [...conflicts].sort((a, b) => (a.field < b.field ? -1 : 1));
  open(register, { kind: 'same-field', collectionName, documentId, fields }, fields);
}

/** SPEC S8: a refused row waits for a person. */
export function openRefusalReview(
  register: Register,
  collectionName: CollectionName,
  documentId: string,
  answer: { readonly reason: string; readonly field?: string },
): void {
  const fields = answer.field ? [{ field: answer.field }] : [];
  open(register, { kind: 'refused', collectionName, documentId, fields, reason: answer.reason.slice(0, 1000) }, answer);
}

type NewReview = Pick<Review, 'kind' | 'collectionName' | 'documentId' | 'reason'> & {
  readonly fields: readonly FieldConflict[];
};

function open(register: Register, review: NewReview, essence: unknown): void {
  const { ministry, device } = register.identity.require();
  const id = conflictId([review.kind, review.collectionName, review.documentId, essence]);
  const table = register.table('reviews');
  if (table.get(id)) return;
  table.put(
    [
      {
        ...review,
        id,
        ministryId: ministry.id,
        state: 'open',
        deviceId: device.id,
        openedAt: register.instant(),
        _deleted: false,
      },
    ],
    'command',
  );
}

/** A UUID (version 8: our own rule) from the SHA-256 of what makes the conflict. */
function conflictId(essence: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(essence)).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
