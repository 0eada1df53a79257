import { Compile } from 'typebox/compile';
import { AssetDraft, findAssetProblems } from '#shared/domain/asset.ts';
import type { ImportDefaults } from '#shared/protocol/data-port.ts';
import { cutText, MAX_LENGTH, tidyLine, tidyLines } from './cells.ts';
import type { Candidate, LineProblem } from './types.ts';
import { labelOfType } from './words/equipment-words.ts';

const FALLBACK_TYPE = 'AUT';
const draftShape = Compile(AssetDraft);

export type CompleteDraft = {
  readonly draft: Partial<AssetDraft>;
  readonly problems: readonly LineProblem[];
  readonly isValid: boolean;
};

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

type TextField = Exclude<keyof typeof MAX_LENGTH, 'attribute'>;
const TEXT_FIELDS = [
  'designation',
  'brand',
  'model',
  'serialNumber',
  'inventoryNumber',
  'room',
  'holderName',
  'supplier',
  'notes',
] as const satisfies readonly TextField[];

function fitTexts(fields: Partial<AssetDraft>): {
  readonly fields: Partial<AssetDraft>;
  readonly warnings: LineProblem[];
} {
  const fitted: Writable<Partial<AssetDraft>> = { ...fields };
  const warnings: LineProblem[] = [];
  for (const field of TEXT_FIELDS) {
    const text = fields[field];
    if (text === undefined) continue;
    const tidy = field === 'notes' ? tidyLines(text) : tidyLine(text);
    fitted[field] = cutText(tidy, MAX_LENGTH[field]);
    if (tidy.length > MAX_LENGTH[field]) warnings.push({ field, problem: 'too-long' });
    if (tidy === '') delete fitted[field];
  }
  return { fields: fitted, warnings };
}

function chooseType(
  candidate: Candidate,
  defaults: ImportDefaults,
  typeCodes: ReadonlySet<string>,
): { readonly typeCode: string; readonly warnings: LineProblem[] } {
  const { typeCode } = candidate.fields;
  // A register without its reference data takes every code that the program knows.
  if (typeCode !== undefined && (typeCodes.size === 0 || typeCodes.has(typeCode))) return { typeCode, warnings: [] };
  const isTold = candidate.warnings.some(({ field, problem }) => field === 'typeCode' && problem === 'unknown-type');
  const isSilent = isTold || (typeCode === undefined && defaults.typeCode !== undefined);
  return {
    typeCode: defaults.typeCode ?? FALLBACK_TYPE,
    warnings: isSilent ? [] : [{ field: 'typeCode', problem: 'unknown-type' }],
  };
}

/** A person who is not named cannot hold anything: the service does, and the line says so. */
function chooseHolder(
  fields: Partial<AssetDraft>,
  defaults: ImportDefaults,
): { readonly holder: Pick<AssetDraft, 'holderKind'>; readonly warnings: LineProblem[] } {
  const holderKind = fields.holderKind ?? defaults.holderKind;
  if (holderKind !== 'agent' || fields.holderName) return { holder: { holderKind }, warnings: [] };
  return { holder: { holderKind: 'service' }, warnings: [{ field: 'holderName', problem: 'holder-unknown' }] };
}

function designate(typeCode: string, { brand, model }: Partial<AssetDraft>): string {
  const name =
    brand && model && !model.toLowerCase().startsWith(brand.toLowerCase())
      ? `${brand} ${model}`
      : (model ?? brand ?? '');
  return cutText(`${labelOfType(typeCode)} ${name}`.trim(), MAX_LENGTH.designation);
}

/** The field that the schema refuses, as the form names it. */
function findShapeProblem(draft: Partial<AssetDraft>): LineProblem | undefined {
  if (draftShape.Check(draft)) return undefined;
  const [error] = draftShape.Errors(draft);
  const field = error?.instancePath.split('/')[1];
  return { ...(field && { field }), problem: 'bad-value' };
}

/**
 * Fills in what the file does not say from the person's defaults, then holds the draft against the rules of the form
 * (SPEC A5, A6) and the schema. A valid draft may be written as it is.
 */
export function completeDraft(
  candidate: Candidate,
  defaults: ImportDefaults,
  typeCodes: ReadonlySet<string>,
): CompleteDraft {
  const { fields, warnings } = fitTexts(candidate.fields);
  const type = chooseType(candidate, defaults, typeCodes);
  const { holder, warnings: holderWarnings } = chooseHolder(fields, defaults);
  const draft: Partial<AssetDraft> = {
    nature: 'hardware',
    designation: designate(type.typeCode, fields),
    physicalState: defaults.physicalState,
    structureId: defaults.structureId,
    siteId: defaults.siteId,
    acquisitionMode: defaults.acquisitionMode,
    ...fields,
    typeCode: type.typeCode,
    ...holder,
  };
  const told = [...candidate.warnings, ...warnings, ...type.warnings, ...holderWarnings];
  const broken: LineProblem[] = findAssetProblems(draft);
  const shape = broken.length === 0 ? findShapeProblem(draft) : undefined;
  const stops = shape ? [shape] : broken;
  return { draft, problems: [...stops, ...told], isValid: stops.length === 0 };
}
