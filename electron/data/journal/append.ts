import type { FieldChange } from '#shared/domain/journal.ts';
import type { Act } from '#shared/domain/lifecycle.ts';
import type { Movement, MovementKind, Repair } from '#shared/schema/movement.ts';
import { nextJournalPlace } from '../commands/numbering.ts';
import type { Register } from '../register.ts';

export type NewMovement = {
  readonly assetId: string;
  readonly kind: MovementKind;
  readonly changes: readonly FieldChange[];
  readonly reason?: string | undefined;
  readonly documentNumber?: string | undefined;
  readonly act?: Act | undefined;
  readonly actId?: string | undefined;
  readonly undoes?: string | undefined;
  readonly reviewId?: string | undefined;
  /** Of a consumable, and 0 where a count found what was known. */
  readonly quantity?: number | undefined;
  readonly repair?: Repair | undefined;
  readonly importId?: string | undefined;
};

/** Longest journaled text of one value: the record itself keeps the whole. */
const MAX_VALUE_LENGTH = 4000;

/** Writes one entry of the journal, signed (SPEC J2, J4, J5). Call inside the transaction of the act it tells. */
export function appendMovement(register: Register, movement: NewMovement): void {
  const { ministry, person, device } = register.identity.require();
  const { reason, documentNumber, act, actId, undoes, reviewId, quantity, repair, importId } = movement;
  const entry: Movement = {
    id: register.environment.newId(),
    ministryId: ministry.id,
    assetId: movement.assetId,
    kind: movement.kind,
    declaredAt: register.instant(),
    author: { personId: person.id, name: person.name, role: person.role },
    deviceId: device.id,
    deviceSequence: nextJournalPlace(register, device.id),
    changes: movement.changes.map((change) => ({ ...change, from: shorten(change.from), to: shorten(change.to) })),
    ...(reason && { reason }),
    ...(documentNumber && { documentNumber }),
    ...(act && { act }),
    ...(actId && { actId }),
    ...(undoes && { undoes }),
    ...(reviewId && { reviewId }),
    ...(quantity !== undefined && { quantity }),
    ...(repair && { repair }),
    ...(importId && { importId }),
  };
  register.table('movements').put([{ ...register.journalSigner.sign(entry), _deleted: false }], 'command');
}

/** As an entry holds it. */
export function shorten(value: FieldChange['from']): FieldChange['from'] {
  return typeof value === 'string' && value.length > MAX_VALUE_LENGTH ? `${value.slice(0, MAX_VALUE_LENGTH)}…` : value;
}
