import { formatReference, parseReference } from '#shared/domain/reference-number.ts';
import type { Identity } from '#shared/protocol/data-port.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import type { Movement } from '#shared/schema/movement.ts';
import type { Register } from '../register.ts';

/** The next reference of this type, this year, on this device (SPEC A2). Call inside the transaction that uses it. */
export function nextReference(register: Register, identity: Identity, typeCode: string): string {
  const year = new Date(register.environment.now()).getUTCFullYear();
  const prefix = [identity.ministry.acronym, typeCode, String(year % 100).padStart(2, '0'), identity.device.code];
  const sequence = register.meta.next(referenceCounter(prefix.join('-')));
  return formatReference({
    acronym: identity.ministry.acronym,
    typeCode,
    year,
    deviceCode: identity.device.code,
    sequence,
  });
}

/** The next place in this device's journal (SPEC J4). Call inside the transaction that uses it. */
export function nextJournalPlace(register: Register, deviceId: string): number {
  return register.meta.next(journalCounter(deviceId));
}

/**
 * A row of this very device came back from the endpoint: numbers it used are not given again. Matters after a backup was
 * put in the place of a broken file.
 */
export function noteUsedNumbers(register: Register, collection: CollectionName, document: WireDocument): void {
  const device = register.identity.get()?.device;
  if (!device) return;
  const { deviceId, deviceSequence, reference, number } = document;
  if (collection === 'papers' && typeof number === 'string') notePaperNumber(register, device.code, number);
  if (collection === 'movements' && deviceId === device.id && typeof deviceSequence === 'number') {
    register.meta.raise(journalCounter(device.id), deviceSequence);
    // The endpoint checked its shape when it was pushed.
    register.journalSigner.noteEntry(document as unknown as Movement);
  }
  const parts = collection === 'assets' && typeof reference === 'string' ? parseReference(reference) : undefined;
  if (parts?.deviceCode === device.code) register.meta.raise(referenceCounter(parts.prefix), parts.sequence);
}

/** The next number of a paper of this kind, this year, on this device (SPEC W1). Call inside the transaction that uses it. */
export function nextPaperNumber(
  register: Register,
  { ministry, device }: Identity,
  { code, year }: { readonly code: string; readonly year: number },
): string {
  const prefix = [ministry.acronym, code, String(year % 100).padStart(2, '0'), device.code].join('-');
  const sequence = register.meta.next(paperCounter(prefix));
  return formatReference({ acronym: ministry.acronym, typeCode: code, year, deviceCode: device.code, sequence });
}

function notePaperNumber(register: Register, deviceCode: string, number: string): void {
  const parts = parseReference(number);
  if (parts?.deviceCode === deviceCode) register.meta.raise(paperCounter(parts.prefix), parts.sequence);
}

function paperCounter(prefix: string): string {
  return `paper.${prefix.toUpperCase()}`;
}

function referenceCounter(prefix: string): string {
  return `reference.${prefix.toUpperCase()}`;
}

function journalCounter(deviceId: string): string {
  return `journal.${deviceId}`;
}
