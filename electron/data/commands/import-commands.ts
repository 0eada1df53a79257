import type { AssetDraft } from '#shared/domain/asset.ts';
import { AppError } from '#shared/domain/errors.ts';
import { compact, fold } from '#shared/domain/fold.ts';
import { hasEnded } from '#shared/domain/validity.ts';
import type {
  CommandInput,
  CommandOutput,
  Identity,
  ImportLine,
  ImportPreview,
  ImportProgress,
} from '#shared/protocol/data-port.ts';
import { breathe } from '../breathe.ts';
import {
  type ImportInput,
  type ImportLookups,
  type ImportReading,
  type ReadLine,
  readImportBySteps,
} from '../exchange/preview.ts';
import type { Register } from '../register.ts';
import { toWire } from '../replication/wire-document.ts';
import { insertAsset } from './asset-commands.ts';
import { findUnstorableText } from './storable-text.ts';

/** Lines that a preview shows; its counts are over all. */
const MAX_SHOWN_LINES = 200;

/** Assets per transaction of a commit: short enough that windows and searches never wait. */
const BATCH = 50;

type Prepared = { readonly previewId: string; readonly lines: readonly ReadLine[] };

/**
 * Imports in two steps: a preview that writes nothing, then a commit of exactly what it showed (SPEC I1).
 * A preview is kept until it is committed or a later one replaces it.
 */
export class ImportCommands {
  readonly #register: Register;
  readonly #publish: (progress: ImportProgress) => void;
  #prepared: Prepared | undefined;
  readonly #cancelled = new Set<string>();

  constructor(register: Register, publish: (progress: ImportProgress) => void) {
    this.#register = register;
    this.#publish = publish;
  }

  async preview(input: CommandInput<'previewImport'>): Promise<ImportPreview> {
    this.#register.identity.authorise('asset.import');
    requireBytes(input.files);
    const { lines: read, columns, fileProblems } = await readPatiently(input, lookupsOf(this.#register));
    const lines = read.map(refuseUnstorable);
    const previewId = this.#register.environment.newId();
    this.#prepared = { previewId, lines };
    return {
      previewId,
      ...(columns && { columns }),
      counts: {
        create: countOf(lines, 'create'),
        existing: countOf(lines, 'existing'),
        invalid: countOf(lines, 'invalid'),
      },
      lines: [...lines].sort((a, b) => rank(a) - rank(b)).slice(0, MAX_SHOWN_LINES),
      fileProblems,
    };
  }

  /** Every batch is one transaction: a kill in between loses no asset that was counted. */
  async commit({ previewId }: CommandInput<'commitImport'>): Promise<CommandOutput['commitImport']> {
    const identity = this.#register.identity.authorise('asset.import');
    const { lines } = this.#take(previewId);
    const rows = lines.filter(({ outcome }) => outcome === 'create');
    const importId = this.#register.environment.newId();
    let [done, created] = [0, 0];
    while (done < rows.length && !this.#cancelled.has(previewId)) {
      const batch = rows.slice(done, done + BATCH);
      created += this.#register.transaction(() => this.#insert(identity, batch, importId));
      done += batch.length;
      this.#publish({ previewId, done, total: rows.length });
      await breathe();
    }
    this.#cancelled.delete(previewId);
    return { importId, created, existing: done - created, cancelled: done < rows.length };
  }

  /** Creates what the register still has not: a serial may have arrived since the preview (SPEC I3). */
  #insert(identity: Identity, batch: readonly ReadLine[], importId: string): number {
    const serials = batch.flatMap(({ draft }) => (draft.serialNumber ? [compact(draft.serialNumber)] : []));
    const known = this.#register.assetIndex.findByNumber('serial', serials);
    const fresh = batch.filter(({ draft }) => !draft.serialNumber || !known.has(compact(draft.serialNumber)));
    for (const { draft, status } of fresh) {
      // `create` lines hold complete drafts; insertAsset checks the rules again.
      insertAsset(this.#register, identity, { draft: draft as AssetDraft, status, importId });
    }
    return fresh.length;
  }

  cancel({ previewId }: CommandInput<'cancelImport'>): null {
    this.#cancelled.add(previewId);
    return null;
  }

  #take(previewId: string): Prepared {
    const prepared = this.#prepared;
    if (prepared?.previewId !== previewId) {
      throw new AppError('IMPORT_EXPIRED', 'This preview is gone: look at the files again', { action: 'retry' });
    }
    this.#prepared = undefined;
    this.#cancelled.delete(previewId);
    return prepared;
  }
}

/** Windows and searches are answered between two steps. */
async function readPatiently(input: ImportInput, lookups: ImportLookups): Promise<ImportReading> {
  const steps = readImportBySteps(input, lookups);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await breathe();
  }
}

function lookupsOf(register: Register): ImportLookups {
  return {
    findBySerial: (serials) => register.assetIndex.findByNumber('serial', serials),
    findByInventoryNumber: (numbers) => register.assetIndex.findByNumber('inventory', numbers),
    typeCodes: new Set(
      namesOf(register, 'references', ({ kind, code }) => (kind === 'equipment-type' ? [String(code)] : [])).keys(),
    ),
    structures: namesOf(register, 'structures', ({ name, acronym }) => [name, acronym].filter(isText).map(fold)),
    sites: namesOf(register, 'sites', ({ name, aliases }) =>
      [name, ...(Array.isArray(aliases) ? aliases : [])].filter(isText).map(fold),
    ),
  };
}

function namesOf(
  register: Register,
  collection: 'references' | 'structures' | 'sites',
  names: (document: Readonly<Record<string, unknown>>) => readonly string[],
): Map<string, string> {
  const table = register.table(collection);
  const ids = register.connection.values<string>(`SELECT id FROM ${table.tableName} WHERE deleted = 0`);
  const today = register.instant().slice(0, 10);
  // Of two that have a name, the one in use is meant: the last to be written wins.
  const documents = table
    .findByIds(ids, false)
    .map(toWire)
    .sort((a, b) => Number(isInUse(a, today)) - Number(isInUse(b, today)));
  return new Map(documents.flatMap((document) => names(document).map((name) => [name, document.id] as const)));
}

function isInUse({ active, validTo }: Readonly<Record<string, unknown>>, today: string): boolean {
  return active !== false && !hasEnded(isText(validTo) ? { validTo } : {}, today);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function countOf(lines: readonly ImportLine[], outcome: ImportLine['outcome']): number {
  return lines.filter((line) => line.outcome === outcome).length;
}

/** The one part of a message that no JSON schema can describe (SPEC P1). */
function requireBytes(files: readonly { readonly bytes: unknown }[]): void {
  if (files.every(({ bytes }) => bytes instanceof Uint8Array)) return;
  throw new AppError('COMMAND_INVALID', 'A file comes without its bytes', {
    details: { field: '/files', problem: 'bytes' },
  });
}

/** The commit would stop at such a line. */
function refuseUnstorable(line: ReadLine): ReadLine {
  const field = line.outcome === 'create' ? findUnstorableText(line.draft) : undefined;
  if (!field) return line;
  return {
    ...line,
    outcome: 'invalid',
    problems: [...(line.problems ?? []), { field, problem: 'unstorable-character' }],
  };
}

/** Lines with something to look at come first. */
function rank({ outcome, problems }: ImportLine): number {
  if (outcome === 'invalid') return 0;
  return problems && problems.length > 0 ? 1 : 2;
}
