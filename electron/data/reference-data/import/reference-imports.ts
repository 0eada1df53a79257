import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { AppError } from '#shared/domain/errors.ts';
import type { CommandInput, CommandOutput } from '#shared/protocol/data-port.ts';
import type { ReferenceCounts, ReferenceLine, ReferenceTarget } from '#shared/protocol/reference-data.ts';
import type { Register } from '../../register.ts';
import { type ReferenceCollection, readRows, writeRow } from '../rows.ts';
import { type PlannedLine, type PlannedWrite, Workspace } from './plan.ts';
import { planAccounts, planAgents, planBrands, planInstitutions, planSuppliers, planTypes } from './plan-lists.ts';
import { planSites } from './plan-sites.ts';
import { planStructures } from './plan-structures.ts';
import { type FileRows, readReferenceFile } from './read.ts';

const MAX_SHOWN_LINES = 300;
const RANK: Readonly<Record<ReferenceLine['outcome'], number>> = { refused: 0, changed: 1, created: 2, unchanged: 3 };

type Prepared = {
  readonly previewId: string;
  readonly target: ReferenceTarget;
  readonly writes: readonly PlannedWrite[];
};

/**
 * Fills lists of reference data from a table: a preview that writes nothing, then all that it showed in one transaction
 * (SPEC R6). A preview is kept until it is committed or a later one replaces it.
 */
export class ReferenceImports {
  readonly #register: Register;
  #prepared: Prepared | undefined;

  constructor(register: Register) {
    this.#register = register;
  }

  preview({ target, name, bytes }: CommandInput<'previewReferences'>): CommandOutput['previewReferences'] {
    this.#authorise(target);
    // The one part of the message that no JSON schema can describe (SPEC P1).
    if (!(bytes instanceof Uint8Array)) {
      throw new AppError('COMMAND_INVALID', 'The file comes without its bytes', {
        details: { field: '/bytes', problem: 'bytes' },
      });
    }
    const file = readReferenceFile(target, name, bytes);
    const lines = planOf(this.#register, target, file);
    const previewId = this.#register.environment.newId();
    this.#prepared = { previewId, target, writes: lines.flatMap(({ writes }) => writes) };
    return {
      previewId,
      columns: file.columns,
      counts: count(lines),
      lines: [...lines]
        .sort((a, b) => RANK[a.outcome] - RANK[b.outcome])
        .slice(0, MAX_SHOWN_LINES)
        .map(({ writes, ...line }) => line),
    };
  }

  commit({ previewId }: CommandInput<'commitReferences'>): CommandOutput['commitReferences'] {
    const prepared = this.#prepared;
    if (prepared?.previewId !== previewId) throw expired();
    this.#authorise(prepared.target);
    this.#prepared = undefined;
    return this.#register.transaction(() => write(this.#register, prepared.writes));
  }

  #authorise(target: ReferenceTarget): void {
    this.#register.identity.authorise(target === 'agents' ? 'agent.update' : 'reference.update');
  }
}

function planOf(register: Register, target: ReferenceTarget, file: FileRows): PlannedLine[] {
  switch (target) {
    case 'structures':
      return planStructures(new Workspace(register, 'structures', file));
    case 'sites':
      return planSites(new Workspace(register, 'sites', file));
    case 'types':
      return planTypes(new Workspace(register, 'references', file));
    case 'brands':
      return planBrands(new Workspace(register, 'references', file));
    case 'accounts':
      return planAccounts(new Workspace(register, 'references', file));
    case 'suppliers':
      return planSuppliers(new Workspace(register, 'references', file));
    case 'institutions':
      return planInstitutions(new Workspace(register, 'references', file));
    case 'agents':
      return planAgents(new Workspace(register, 'agents', file));
  }
}

/** Only what the preview showed: a row that became another one since makes the preview worthless (SPEC I1). */
function write(register: Register, writes: readonly PlannedWrite[]): CommandOutput['commitReferences'] {
  const first = new Map<string, PlannedWrite>();
  const last = new Map<string, PlannedWrite>();
  for (const planned of writes) {
    if (!first.has(planned.row.id)) first.set(planned.row.id, planned);
    last.set(planned.row.id, planned);
  }
  const stored = new Map<ReferenceCollection, ReadonlyMap<string, object>>();
  let [created, changed] = [0, 0];
  for (const { collection, row } of last.values()) {
    const rows = stored.get(collection) ?? readRows(register, collection);
    stored.set(collection, rows);
    const before = first.get(row.id)?.before;
    if (canonicalJson(rows.get(row.id) ?? null) !== canonicalJson(before ?? null)) throw expired();
    writeRow(register, collection, row, before as typeof row | undefined);
    if (before) changed += 1;
    else created += 1;
  }
  return { created, changed };
}

function count(lines: readonly PlannedLine[]): ReferenceCounts {
  const counts = { created: 0, changed: 0, unchanged: 0, refused: 0 };
  for (const { outcome } of lines) counts[outcome] += 1;
  return counts;
}

function expired(): AppError {
  return new AppError('IMPORT_EXPIRED', 'This preview is gone: look at the file again', { action: 'retry' });
}
