import { MISSING_FIELDS, type MissingField, missingFields } from '#shared/domain/missing-fields.ts';
import { NATURES, type Nature, PHYSICAL_STATES, type PhysicalState } from '#shared/schema/asset.ts';
import type { StoredDocument } from '../storage/table-schema.ts';

/**
 * What many assets share and a few words say, as one small number: four bits for the nature, three for the physical state,
 * then one per field that may be missing. 0 in the first two is a word that is absent or unknown here.
 */
const STATE = 4;
const MISSING = 7;
const NATURE_MASK = 15;
const STATE_MASK = 7;

/** One more than the highest number. */
export const TRAITS = 2 ** (MISSING + MISSING_FIELDS.length);

export function traitsOf(document: StoredDocument): number {
  const nature = codeIn(NATURES, document.nature);
  const state = codeIn(PHYSICAL_STATES, document.physicalState);
  const missing = missingFields(document).reduce((bits, field) => bits | bitOf(field), 0);
  return nature | (state << STATE) | missing;
}

function codeIn(words: readonly unknown[], word: unknown): number {
  return words.indexOf(word) + 1;
}

export function natureOf(traits: number): Nature | undefined {
  return NATURES[(traits & NATURE_MASK) - 1];
}

export function physicalStateOf(traits: number): PhysicalState | undefined {
  return PHYSICAL_STATES[((traits >> STATE) & STATE_MASK) - 1];
}

export function isMissing(traits: number, field: MissingField): boolean {
  return (traits & bitOf(field)) !== 0;
}

function bitOf(field: MissingField): number {
  return 1 << (MISSING + MISSING_FIELDS.indexOf(field));
}
