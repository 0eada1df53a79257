import { type ActInput, type ActProblem, applyAct, findActProblems, findAssetActProblems } from '#shared/domain/act.ts';
import { AppError } from '#shared/domain/errors.ts';
import { diffFields, replayChanges } from '#shared/domain/journal.ts';
import { type Act, actsFor, ruleOf } from '#shared/domain/lifecycle.ts';
import type { CommandInput, CommandOutput, Identity } from '#shared/protocol/data-port.ts';
import { Asset } from '#shared/schema/asset.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { appendMovement } from '../journal/append.ts';
import { requireShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { reopenTwinReviews } from '../reviews/twins.ts';
import { undoDecision } from '../reviews/undo-decision.ts';
import { requireAsset } from './assets.ts';
import { requireStorableText } from './storable-text.ts';
import { dataKeepers } from './types.ts';

/** Does one act on all the assets, or on none (SPEC A4, A8). */
export function performAct(register: Register, input: ActInput): CommandOutput['performAct'] {
  const identity = register.identity.require();
  requirePossible(input, identity);
  requireStorableText({ ...input, ...input.repair, ...input.wiping });
  requirePlaces(register, input);
  return register.transaction(() => {
    const actId = register.environment.newId();
    for (const id of input.assetIds) actOnAsset(register, identity, requireAsset(register, id), input, actId);
    return { actId, changed: input.assetIds.length };
  });
}

/**
 * Takes an act back: every asset gets the values from before it, by an entry of its own (SPEC A9). An asset that was changed
 * since, in a field of the act, stands against it.
 */
export function undoAct(register: Register, { actId }: CommandInput<'undoAct'>): CommandOutput['undoAct'] {
  const identity = register.identity.require();
  const entries = register.journalIndex.ofAct(actId);
  if (entries.length === 0) throw new AppError('COMMAND_NOT_FOUND', 'There is no such act on this desktop');
  // A decision is an act too, but its review opens again with it.
  if (entries.some(({ reviewId }) => reviewId !== undefined)) return undoDecision(register, { actId });
  requireUndoable(entries, identity);
  return register.transaction(() => {
    const undoId = register.environment.newId();
    for (const entry of entries) takeBack(register, entry, undoId);
    reopenTwinReviews(register, actId);
    return { actId: undoId, changed: entries.length };
  });
}

/** Does an act whose inputs were checked on one asset. Call inside a transaction. */
export function actOnAsset(
  register: Register,
  identity: Identity,
  before: Asset,
  input: ActInput,
  actId: string,
): void {
  const [problem] = findAssetActProblems(before, input, dataKeepers(register));
  if (problem) throw refusal(problem, { reference: before.reference, ...possibilities(before, identity) });
  changeAsset(register, before, applyAct(before, input), {
    kind: 'act',
    act: input.act,
    actId,
    reason: input.reason,
    documentNumber: input.documentNumber,
    repair: input.repair,
    ...movedQuantity(register, before, input),
  });
}

/** What an act moves of a consumable's stock; there is no more to take out than this desktop knows of (SPEC A10). */
function movedQuantity(
  register: Register,
  { id, reference }: Asset,
  { act, quantity }: ActInput,
): { readonly quantity?: number } {
  if (quantity === undefined) return {};
  if (act === 'supply') return { quantity };
  const stock = register.stockIndex.of(id);
  const refuse = (problem: string) =>
    new AppError('COMMAND_INVALID', 'The stock does not allow this', {
      details: { field: 'quantity', problem, reference, available: stock },
    });
  if (act === 'issue' && quantity > stock) throw refuse('not-in-stock');
  const moved = act === 'issue' ? -quantity : quantity - stock;
  if (Math.abs(moved) > MAX_MOVED) throw refuse('too-much');
  return { quantity: moved };
}

/** Most that one entry moves. */
const MAX_MOVED = 1_000_000;

/** What a counter-entry moves; not where what came in was given out since. */
function returnedQuantity(
  register: Register,
  { id, reference }: Asset,
  entry: Movement,
): { readonly quantity?: number } {
  if (entry.quantity === undefined) return {};
  const quantity = 0 - entry.quantity;
  if (quantity >= 0 || register.stockIndex.of(id) + quantity >= 0) return { quantity };
  throw new AppError('COMMAND_CONFLICT', 'The stock was used after this act', {
    details: { reference, field: 'quantity' },
  });
}

function takeBack(register: Register, entry: Movement, actId: string): void {
  const before = requireAsset(register, entry.assetId);
  if (register.interventionIndex.isUndone(entry.id)) {
    throw new AppError('COMMAND_CONFLICT', 'This act was taken back before', {
      details: { reference: before.reference, field: 'act' },
    });
  }
  const returned = returnedQuantity(register, before, entry);
  const now = new Map(diffFields({}, before).map(({ field, to }) => [field, to]));
  const changed = entry.changes.find(({ field, to }) => (now.get(field) ?? null) !== to);
  if (changed) {
    throw new AppError('COMMAND_CONFLICT', 'The asset was changed after this act', {
      details: { reference: before.reference, field: changed.field },
    });
  }
  const after = requireShape(Asset, replayChanges(before, entry.changes, 'backward'), 'COMMAND_CONFLICT');
  changeAsset(register, before, after, { kind: 'undo', act: entry.act, actId, undoes: entry.id, ...returned });
}

/**
 * Writes an asset and its entry, inside a transaction. An act that changes no field (a mutation to the same office) is an act
 * all the same, and has its entry.
 */
export function changeAsset(
  register: Register,
  before: Asset,
  after: Asset,
  entry: Omit<Parameters<typeof appendMovement>[1], 'assetId' | 'changes'>,
): void {
  register.table('assets').put([{ ...after, updatedAt: register.instant(), _deleted: false }], 'command');
  appendMovement(register, { assetId: before.id, changes: diffFields(before, after), ...entry });
}

/** @throws AppError COMMAND_FORBIDDEN */
export function requireMayAct(act: Act, { person }: Identity): void {
  if (ruleOf(act).roles.includes(person.role)) return;
  throw new AppError('COMMAND_FORBIDDEN', 'The role does not allow this act', { details: { act, role: person.role } });
}

function requirePossible(input: ActInput, identity: Identity): void {
  requireMayAct(input.act, identity);
  const [problem] = findActProblems(input, identity.person.role);
  if (problem) throw refusal(problem, {});
}

function requireUndoable(entries: readonly Movement[], identity: Identity): void {
  const [first] = entries;
  const isCreation = entries.some(({ kind }) => kind === 'creation');
  if (isCreation)
    throw new AppError('COMMAND_INVALID', 'A registration is not taken back', { details: { field: 'act' } });
  if (first?.act) requireMayAct(first.act, identity);
}

/** Places that this desktop does not know cannot be where an asset is. */
function requirePlaces(register: Register, { structureId, destinationStructureId, siteId }: ActInput): void {
  const places = [
    ['structures', 'structureId', structureId],
    ['structures', 'destinationStructureId', destinationStructureId],
    ['sites', 'siteId', siteId],
  ] as const;
  for (const [collection, field, id] of places) {
    if (id === undefined || register.table(collection).findByIds([id]).length > 0) continue;
    throw new AppError('COMMAND_INVALID', 'This place is not in the register', {
      details: { field, problem: 'unknown' },
    });
  }
}

function possibilities(
  { status, nature }: Asset,
  { person }: Identity,
): { readonly from: string; readonly possible: string } {
  return { from: status, possible: actsFor(status, person.role, nature).join(' ') };
}

function refusal(problem: ActProblem, details: Readonly<Record<string, string>>): AppError {
  return new AppError('COMMAND_INVALID', 'The act cannot be done', { details: { ...problem, ...details } });
}
