import type { CollectionName } from '../schema/collections.ts';
import { mergeAsset } from './asset.ts';
import { mergeReference, mergeSite } from './reference-data.ts';
import { mergeReview } from './review.ts';
import { type Fields, type MergeResult, mergeThreeWay } from './three-way.ts';

export type Merge = (base: Fields | undefined, mine: Fields, theirs: Fields) => MergeResult;

/**
 * How two states of a row become one (SPEC M), where that is more than field by field. Journals (entries, papers) are
 * written once and never merged: the endpoint's stands.
 */
const MERGES: Readonly<Partial<Record<CollectionName, Merge>>> = {
  assets: mergeAsset,
  sites: mergeSite,
  references: mergeReference,
  reviews: mergeReview,
};

export function mergeOf(collection: CollectionName): Merge {
  return MERGES[collection] ?? mergeThreeWay;
}
