import { compact } from '#shared/domain/fold.ts';
import type { ImportDefaults, ImportFileProblem } from '#shared/protocol/data-port.ts';
import { completeDraft } from './complete-draft.ts';
import { createDuplicateFinder } from './duplicates.ts';
import { readFile } from './read-file.ts';
import type {
  Candidate,
  FileReading,
  ImportColumn,
  ImportInput,
  ImportLookups,
  ImportReading,
  ReadLine,
} from './types.ts';

export type {
  ImportColumn,
  ImportFile,
  ImportInput,
  ImportLookups,
  ImportReading,
  KnownAsset,
  ReadLine,
} from './types.ts';

/**
 * Reads files and says what an import would create, line by line. Pure: writes nothing, remembers nothing (SPEC I1).
 * Never throws because of what a file contains: a file that cannot be read is a `fileProblem` with its place (SPEC I2).
 * A line with outcome `create` holds a draft that fits the schema and the rules of the form; its problems, if any, are
 * remarks.
 */
export function readImport(input: ImportInput, lookups: ImportLookups): ImportReading {
  const steps = readImportBySteps(input, lookups);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of some milliseconds: a large table must not keep others waiting. */
export function* readImportBySteps(input: ImportInput, lookups: ImportLookups): Generator<void, ImportReading> {
  const { files, mapping = {}, defaults } = input;
  const readings: FileReading[] = [];
  for (const file of files) {
    readings.push(readFile(file, mapping, lookups));
    yield;
  }
  const candidates = yield* collect(readings.flatMap((reading) => [reading.candidates]));
  const columns = joinColumns(readings.flatMap((reading) => reading.columns ?? []));
  const fileProblems: ImportFileProblem[] = readings.flatMap((reading) => reading.problems);
  return { ...(columns.length > 0 && { columns }), lines: yield* toLines(candidates, defaults, lookups), fileProblems };
}

/** Lines between two looks at what else is to do. */
const STEP = 200;

/** Files of one import share the mapping, so a header stands once, with the samples of the first file. */
function joinColumns(columns: readonly ImportColumn[]): ImportColumn[] {
  const byHeader = new Map<string, ImportColumn>();
  for (const column of columns) if (!byHeader.has(column.header)) byHeader.set(column.header, column);
  return [...byHeader.values()];
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.flatMap((text) => compact(text ?? '') || []))];
}

/** Reads what the files hold; tables read their rows now. */
function* collect(parts: readonly Iterable<Candidate>[]): Generator<void, Candidate[]> {
  const candidates: Candidate[] = [];
  for (const part of parts) {
    for (const candidate of part) {
      candidates.push(candidate);
      if (candidates.length % STEP === 0) yield;
    }
  }
  return candidates;
}

function* toLines(
  candidates: readonly Candidate[],
  defaults: ImportDefaults,
  lookups: ImportLookups,
): Generator<void, ReadLine[]> {
  const completed: ({ readonly candidate: Candidate } & ReturnType<typeof completeDraft>)[] = [];
  for (const candidate of candidates) {
    completed.push({ candidate, ...completeDraft(candidate, defaults, lookups.typeCodes) });
    if (completed.length % STEP === 0) yield;
  }
  yield;
  const drafts = completed.map(({ draft }) => draft);
  const findDuplicate = createDuplicateFinder({
    bySerial: lookups.findBySerial(distinct(drafts.map(({ serialNumber }) => serialNumber))),
    byInventoryNumber:
      lookups.findByInventoryNumber?.(distinct(drafts.map(({ inventoryNumber }) => inventoryNumber))) ?? new Map(),
  });
  return completed.map(({ candidate, draft, problems, isValid }) => {
    const { file, line: place, status = defaults.status, refusal } = candidate;
    const line = { file, ...(place !== undefined && { line: place }), draft, status };
    const told = (all: ReadLine['problems'] = problems) => (all.length > 0 ? { problems: all } : {});
    if (refusal) return { ...line, outcome: 'invalid', problems: [refusal, ...problems] };
    const { existing, stop, warning } = findDuplicate(draft, isValid);
    if (existing) return { ...line, outcome: 'existing', existing, ...told() };
    if (stop) return { ...line, outcome: 'invalid', problems: [stop, ...problems] };
    return { ...line, outcome: isValid ? 'create' : 'invalid', ...told(warning ? [...problems, warning] : problems) };
  });
}
