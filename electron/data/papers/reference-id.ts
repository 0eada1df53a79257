import type { ReferenceKind } from '#shared/schema/reference.ts';
import { hashedId } from '../hashed-id.ts';

/** Two desktops that word the same paper offline meet on one row, and are merged. */
export function referenceId(ministryId: string, kind: ReferenceKind, code: string): string {
  return hashedId(ministryId, kind, code);
}
