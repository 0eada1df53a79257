import {
  type AssetChanges,
  type AssetDraft,
  AssetDraft as AssetDraftSchema,
  findAssetProblems,
  type InitialStatus,
} from '#shared/domain/asset.ts';
import { AppError } from '#shared/domain/errors.ts';
import { compact } from '#shared/domain/fold.ts';
import { diffFields } from '#shared/domain/journal.ts';
import type { CommandInput, CommandOutput, Identity } from '#shared/protocol/data-port.ts';
import { Asset } from '#shared/schema/asset.ts';
import { appendMovement } from '../journal/append.ts';
import { requireShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { requireConsistent } from './asset-checks.ts';
import { requireAsset } from './assets.ts';
import { nextReference } from './numbering.ts';
import { requireStorableText } from './storable-text.ts';

export function createAsset(register: Register, input: CommandInput<'createAsset'>): CommandOutput['createAsset'] {
  const identity = register.identity.authorise('asset.create');
  return register.transaction(() => insertAsset(register, identity, input));
}

/** Enters equal assets that differ by their serials, as one act (SPEC A8). A serial known already names its place. */
export function createSeries(register: Register, input: CommandInput<'createSeries'>): CommandOutput['createSeries'] {
  const identity = register.identity.authorise('asset.create');
  const { draft, serialNumbers, serialAbsenceReason, documentNumber, status } = input;
  requireStorableText({ documentNumber });
  requireNewSerials(register, serialNumbers);
  return register.transaction(() => {
    const actId = register.environment.newId();
    const assets = serialNumbers.map((serialNumber) =>
      insertAsset(register, identity, {
        draft: {
          ...draft,
          ...(serialNumber === null ? serialAbsenceReason && { serialAbsenceReason } : { serialNumber }),
        },
        status,
        actId,
        documentNumber,
      }),
    );
    return { actId, assets };
  });
}

function requireNewSerials(register: Register, serialNumbers: readonly (string | null)[]): void {
  const numbers = serialNumbers.map((serial) => (serial === null ? '' : compact(serial)));
  const known = register.assetIndex.findByNumber('serial', numbers);
  for (const [place, number] of numbers.entries()) {
    if (number === '') continue;
    const existing = known.get(number);
    const isRepeated = numbers.indexOf(number) !== place;
    if (!existing && !isRepeated) continue;
    throw new AppError('COMMAND_INVALID', 'A serial of the series is taken', {
      details: {
        field: `serialNumbers/${place}`,
        problem: 'duplicate',
        ...(existing && { reference: existing.reference }),
      },
    });
  }
}

/** Writes asset and entry. Call inside a transaction, with the right checked. */
export function insertAsset(
  register: Register,
  identity: Identity,
  input: {
    /** Made of something that other desktops know too; otherwise a new one. */
    readonly id?: string;
    readonly draft: AssetDraft;
    readonly status: InitialStatus;
    readonly origin?: Asset['origin'];
    readonly actId?: string;
    readonly documentNumber?: string | undefined;
    readonly importId?: string;
  },
): CommandOutput['createAsset'] {
  requireValid(input.draft);
  requireStorableText(input.draft);
  const now = register.instant();
  const asset: Asset = {
    id: input.id ?? register.environment.newId(),
    ministryId: identity.ministry.id,
    ...input.draft,
    ...(input.origin && { origin: input.origin }),
    reference: nextReference(register, identity, input.draft.typeCode),
    status: input.status,
    createdAt: now,
    updatedAt: now,
  };
  // A file, and what another institution hands over, are taken in as they are: what the type asks for may come later.
  if (!input.importId && !input.origin) requireConsistent(register, { after: asset });
  register.table('assets').put([{ ...asset, _deleted: false }], 'command');
  appendMovement(register, {
    assetId: asset.id,
    kind: 'creation',
    changes: diffFields({}, asset),
    actId: input.actId,
    documentNumber: input.documentNumber,
    ...(input.actId && { act: 'entry' }),
    importId: input.importId,
  });
  return { id: asset.id, reference: asset.reference };
}

export function updateAsset(register: Register, input: CommandInput<'updateAsset'>): CommandOutput['updateAsset'] {
  register.identity.authorise('asset.update');
  requireStorableText({ ...input.changes, reason: input.reason });
  return register.transaction(() => {
    const before = requireAsset(register, input.id);
    return changeRecord(register, before, input.changes, { reason: input.reason });
  });
}

/** Makes the same changes to all the assets, or to none; the first one that cannot have them is named (SPEC A8). */
export function updateAssets(register: Register, input: CommandInput<'updateAssets'>): CommandOutput['updateAssets'] {
  register.identity.authorise('asset.update');
  const { ids, changes, reason } = input;
  requireStorableText({ ...changes, reason });
  return register.transaction(() => {
    const actId = register.environment.newId();
    const changed = ids.filter((id) => {
      const before = requireAsset(register, id);
      return namingAsset(before, () => changeRecord(register, before, changes, { reason, actId })).changed > 0;
    });
    return { actId, changed: changed.length };
  });
}

/** The asset with the changes of an edit made to it. @throws AppError COMMAND_INVALID */
export function changeOf(before: Asset, changes: AssetChanges): Asset {
  if (before.status === 'merged') {
    throw new AppError('COMMAND_INVALID', 'A merged record is no longer edited', {
      details: { field: 'status', problem: 'already-merged', reference: before.reference },
    });
  }
  const after = requireShape(Asset, applyChanges(before, changes), 'COMMAND_INVALID');
  requireValid(draftOf(after));
  return after;
}

/** Writes the changes of one record and their entry, if they change anything. Call inside a transaction, with the right checked. */
export function changeRecord(
  register: Register,
  before: Asset,
  changes: AssetChanges,
  entry: { readonly reason?: string | undefined; readonly actId?: string },
): { readonly changed: number } {
  const after = changeOf(before, changes);
  requireConsistent(register, { before, after });
  return writeChange(register, before, after, { kind: 'update', ...entry });
}

/** A refusal says which asset of many it is about. */
export function namingAsset<T>({ reference }: Asset, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, details, cause } = error;
    throw new AppError(code, message, { details: { ...details, reference }, cause });
  }
}

function writeChange(
  register: Register,
  before: Asset,
  after: Asset,
  act: {
    readonly kind: 'update';
    readonly reason?: string | undefined;
    readonly actId?: string;
  },
): { readonly changed: number } {
  const changes = diffFields(before, after);
  if (changes.length === 0) return { changed: 0 };
  register.table('assets').put([{ ...after, updatedAt: register.instant(), _deleted: false }], 'command');
  appendMovement(register, { assetId: before.id, changes, actId: register.environment.newId(), ...act });
  return { changed: changes.length };
}

function requireValid(draft: Partial<AssetDraft>): void {
  const [first] = findAssetProblems(draft);
  if (first) throw new AppError('COMMAND_INVALID', 'The asset breaks a rule', { details: { ...first } });
}

/** @throws AppError COMMAND_INVALID where the record breaks a rule of its nature (SPEC A5) */
export function requireValidAsset(record: Readonly<Record<string, unknown>>): void {
  requireValid(draftOf(requireShape(Asset, record, 'COMMAND_INVALID')));
}

function draftOf(asset: Asset): AssetDraft {
  const entries = Object.entries(asset).filter(([name]) => Object.hasOwn(AssetDraftSchema.properties, name));
  // Exactly the properties of the draft, out of a checked asset.
  return Object.fromEntries(entries) as AssetDraft;
}

/** `null` empties a field, `undefined` leaves it. */
function applyChanges(asset: Asset, changes: AssetChanges): Record<string, unknown> {
  const after = new Map<string, unknown>(Object.entries(asset));
  for (const [field, value] of Object.entries(changes)) {
    if (value === null) after.delete(field);
    else if (value !== undefined) after.set(field, value);
  }
  return Object.fromEntries(after);
}
