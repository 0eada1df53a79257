import type { CollectionName } from '../schema/collections.ts';
import type { ReviewKind, ReviewOutcome } from '../schema/review.ts';
import { isAllowed, type Permission, type Role } from './roles.ts';

/** What somebody needs to be allowed, to decide about a row: what changing it takes (SPEC V3). */
const DECIDES: Readonly<Partial<Record<CollectionName, Permission>>> = {
  structures: 'reference.update',
  sites: 'reference.update',
  references: 'reference.update',
  agents: 'agent.update',
  papers: 'paper.issue',
};

/** SPEC V3: whether this role may decide a review of a row of this collection. */
export function mayDecide(role: Role, collectionName: string): boolean {
  const permission = Object.hasOwn(DECIDES, collectionName) ? DECIDES[collectionName as CollectionName] : undefined;
  return isAllowed(role, permission ?? 'asset.update');
}

/** How a person may decide each kind. `merged` comes with the merge of the two records, never by itself. */
const ANSWERS = {
  'same-field': ['kept', 'taken', 'mixed'],
  'edit-after-exit': ['kept', 'taken', 'mixed'],
  twin: ['separate'],
  refused: ['resent', 'given-up'],
} as const satisfies Readonly<Record<ReviewKind, readonly ReviewOutcome[]>>;

export function isAnswerTo(outcome: ReviewOutcome, kind: ReviewKind): boolean {
  const answers: readonly ReviewOutcome[] = ANSWERS[kind];
  return answers.includes(outcome);
}
