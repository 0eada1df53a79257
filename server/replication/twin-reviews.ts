import { isJunkSerial } from '#shared/domain/serial-number.ts';
import type { Review } from '#shared/schema/review.ts';
import { deterministicId } from '../reference/deterministic-id.ts';
import type { FoundTwin, NumberedAsset } from '../store/twins.ts';

type Opening = { readonly ministryId: string; readonly openedAt: Date };

/** SPEC V1, V2: the reviews of pairs inside a ministry, one for each pair whatever its numbers. Placeholders are no numbers. */
export function reviewsInside(
  { ministryId, openedAt }: Opening,
  assets: readonly NumberedAsset[],
  found: readonly FoundTwin[],
): Review[] {
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  const reviews = new Map<string, Review>();
  for (const { id, otherId, field, number, otherNumber } of found) {
    const asset = byId.get(id);
    if (!asset || isJunkSerial(number)) continue;
    const pair = [id, otherId].sort().join(' ');
    const reviewId = deterministicId(ministryId, 'twin', pair);
    const known = reviews.get(reviewId);
    const values = { field, mine: number, theirs: otherNumber };
    // Both of a pair may have been written: the first one met tells the sides.
    if (known && (known.documentId !== id || known.fields.some((one) => one.field === field))) continue;
    reviews.set(reviewId, {
      ...newReview({ ministryId, openedAt }, reviewId, asset),
      otherId,
      fields: [...(known?.fields ?? []), values],
    });
  }
  return [...reviews.values()];
}

/** SPEC V2: tells a ministry that another one has this serial too; of the other it says the acronym and nothing else. */
export function reviewElsewhere(
  { ministryId, openedAt }: Opening,
  asset: NumberedAsset,
  otherMinistry: string,
): Review | undefined {
  const { serialNumber } = asset;
  if (serialNumber === undefined || isJunkSerial(serialNumber)) return undefined;
  const reviewId = deterministicId(ministryId, 'twin-elsewhere', `${asset.id} ${asset.serial} ${otherMinistry}`);
  return {
    ...newReview({ ministryId, openedAt }, reviewId, asset),
    otherMinistry,
    fields: [{ field: 'serialNumber', mine: serialNumber }],
  };
}

function newReview(
  { ministryId, openedAt }: Opening,
  id: string,
  { id: documentId, deviceId, owner }: NumberedAsset,
): Omit<Review, 'fields'> {
  return {
    id,
    ministryId,
    kind: 'twin',
    state: 'open',
    collectionName: 'assets',
    documentId,
    deviceId,
    openedAt: openedAt.toISOString(),
    ...(owner && { owner }),
  };
}
