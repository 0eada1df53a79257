import { type AssetChanges, AssetDraft } from '#shared/domain/asset.ts';
import { diffFields, type FieldChange, replayChanges } from '#shared/domain/journal.ts';
import { type Asset, KEYED_FIELDS } from '#shared/schema/asset.ts';

/** A field in which two records differ: `from` is what the kept one says, `to` what the other says; `null` for nothing. */
export type Difference = FieldChange;

/** What a person filled in and the two say otherwise; the nature and what the program keeps for itself are left out. */
export function findDifferences(kept: Asset, other: Asset): Difference[] {
  return diffFields(kept, other).filter(({ field }) => {
    const [name = ''] = field.split('.');
    return name !== 'nature' && Object.hasOwn(AssetDraft.properties, name);
  });
}

/** The fields to take from the other record when nothing was chosen: those the kept one leaves empty. */
export function proposeTaken(differences: readonly Difference[]): ReadonlySet<string> {
  return new Set(differences.filter(({ from, to }) => from === null && to !== null).map(({ field }) => field));
}

/** What the kept record becomes, as changes for the command. A serial that is taken takes the place of the reason for having none. */
export function toMergeChanges(
  kept: Asset,
  differences: readonly Difference[],
  taken: ReadonlySet<string>,
): AssetChanges {
  const after = replayChanges(
    kept,
    differences.filter(({ field }) => taken.has(field)),
    'forward',
  );
  const keyed: readonly string[] = KEYED_FIELDS;
  const names = new Set(
    diffFields(kept, after).map(({ field }) => {
      const [name = ''] = field.split('.');
      return keyed.includes(name) ? name : field;
    }),
  );
  const changes = Object.fromEntries([...names].map((name) => [name, after[name] ?? null]));
  // Values of fields of the draft, out of two checked assets; the command checks them once more.
  const result = changes as AssetChanges;
  return result.serialNumber && kept.serialAbsenceReason ? { ...result, serialAbsenceReason: null } : result;
}
