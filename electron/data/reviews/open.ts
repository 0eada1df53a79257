import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { FieldConflict } from '#shared/merge/three-way.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import type { Review } from '#shared/schema/review.ts';
import { hashedId } from '../hashed-id.ts';
import type { Register } from '../register.ts';
import { findAuthor } from './authors.ts';
import { readReview, writeReview } from './rows.ts';

type NewReview = Pick<Review, 'kind' | 'collectionName' | 'documentId' | 'reason' | 'owner'> & {
  readonly fields: readonly FieldConflict[];
};

/**
 * SPEC V1, M4: opens the review of a conflict. Its id depends only on the conflict, so a second desktop opens the same. The
 * same conflict of the same values that was decided before stays decided.
 */
export function openConflictReview(
  register: Register,
  collectionName: CollectionName,
  documentId: string,
  {
    kind,
    conflicts,
  }: { readonly kind: 'same-field' | 'edit-after-exit'; readonly conflicts: readonly FieldConflict[] },
): void {
  const fields = [...conflicts].sort((a, b) => (a.field < b.field ? -1 : 1));
  const id = reviewId([kind, collectionName, documentId, fields]);
  if (readReview(register, id)) return;
  open(register, id, { kind, collectionName, documentId, fields, ...ownerOf(register, documentId, fields) });
}

/** SPEC S8: a refused row waits for a person; one that is refused again, after it was sent again, waits again. */
export function openRefusalReview(
  register: Register,
  collectionName: CollectionName,
  documentId: string,
  answer: { readonly reason: string; readonly field?: string },
): void {
  const fields = answer.field ? [{ field: answer.field }] : [];
  const id = reviewId(['refused', collectionName, documentId, answer]);
  const { person } = register.identity.require();
  const known = readReview(register, id);
  if (known?.state === 'open') return;
  if (known) {
    const { decision: _, ...review } = known;
    writeReview(register, { ...review, state: 'open', openedAt: register.instant() });
    return;
  }
  open(register, id, {
    kind: 'refused',
    collectionName,
    documentId,
    fields,
    reason: answer.reason.slice(0, 1000),
    owner: { personId: person.id, name: person.name },
  });
}

/** SPEC V3: the author of the edit that lost, by the journal; where that does not tell, whoever works here and lost it. */
function ownerOf(register: Register, documentId: string, fields: readonly FieldConflict[]): Pick<NewReview, 'owner'> {
  const [first] = fields;
  const author = first && findAuthor(register, documentId, first.field, first.mine);
  return author ? { owner: { personId: author.personId, name: author.name } } : {};
}

function open(register: Register, id: string, review: NewReview): void {
  const { ministry, device } = register.identity.require();
  const { fields, ...rest } = review;
  writeReview(register, {
    ...rest,
    fields: [...fields],
    id,
    ministryId: ministry.id,
    state: 'open',
    deviceId: device.id,
    openedAt: register.instant(),
  });
}

function reviewId(essence: unknown): string {
  return hashedId(canonicalJson(essence));
}
