import { agents } from './agent.ts';
import { assets } from './asset.ts';
import type { CollectionDefinition } from './collection.ts';
import { files } from './file.ts';
import { movements } from './movement.ts';
import { papers } from './paper.ts';
import { references } from './reference.ts';
import { reviews } from './review.ts';
import { sites } from './site.ts';
import { structures } from './structure.ts';

/**
 * The one list of collections: desktop store, RxDB, exchange and endpoint all read it.
 * Twelve at the most: RxDB's open edition stops at thirteen per process. Parents come before what points at them.
 */
export const COLLECTIONS = [
  structures,
  sites,
  references,
  agents,
  assets,
  movements,
  papers,
  files,
  reviews,
] as const satisfies readonly CollectionDefinition[];

export type CollectionName = (typeof COLLECTIONS)[number]['name'];

export function isCollectionName(name: string): name is CollectionName {
  return COLLECTIONS.some((collection) => collection.name === name);
}
