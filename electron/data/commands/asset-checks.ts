import { findAttributeProblems } from '#shared/domain/attributes.ts';
import { AppError } from '#shared/domain/errors.ts';
import { ruleOfNature } from '#shared/domain/natures.ts';
import type { LinkKind } from '#shared/protocol/links.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { Register } from '../register.ts';
import { readType } from './types.ts';

/** Longest way up from a part to its whole. */
const MAX_DEPTH = 20;

/** What an asset is before it is written, and what it was; `undefined` for a new one. */
type Change = { readonly before?: Asset | undefined; readonly after: Asset };

/**
 * What a record says must hold together with the rest of the register (SPEC L1): its type is one of its nature, with the
 * characteristics of that type; what it is attached to is there, and of the right nature. Only what changes is looked at:
 * what came over the network, or from before, never stands against the rest of an edit.
 *
 * @throws AppError COMMAND_INVALID with the field
 */
export function requireConsistent(register: Register, { before, after }: Change): void {
  requireStatus(before, after);
  requireType(register, before, after);
  requireLinks(register, before, after);
}

function requireStatus(before: Asset | undefined, { nature, status }: Asset): void {
  if (before || ruleOfNature(nature).initialStatuses.includes(status)) return;
  throw invalid('status', 'not-of-nature');
}

function requireType(register: Register, before: Asset | undefined, after: Asset): void {
  const isRetyped = before?.typeCode !== after.typeCode;
  const isDescribed = JSON.stringify(before?.attributes) !== JSON.stringify(after.attributes);
  if (before && before.nature !== after.nature) throw invalid('nature', 'not-of-nature');
  if (!isRetyped && !isDescribed) return;
  const type = readType(register, after.typeCode);
  // A type that this desktop does not have yet says nothing.
  if (!type) return;
  if (isRetyped && type.nature !== after.nature) throw invalid('typeCode', 'not-of-nature');
  const [problem] = findAttributeProblems(type.attributes, after.attributes, before?.attributes);
  if (!problem) return;
  const label = type.attributes.find(({ key }) => key === problem.key)?.label ?? problem.key;
  throw new AppError('COMMAND_INVALID', 'A characteristic of the type is not as it must be', {
    details: { field: `attributes.${problem.key}`, problem: problem.problem, label },
  });
}

function requireLinks(register: Register, before: Asset | undefined, after: Asset): void {
  if (after.parentId !== undefined && after.parentId !== before?.parentId) {
    requireTarget(register, 'part', after.parentId);
    requireNoLoop(register, after);
  }
  for (const id of newKeys(before?.licences, after.licences)) requireTarget(register, 'licence', id);
  for (const id of newKeys(before?.contracts, after.contracts)) requireTarget(register, 'contract', id);
}

/** What links point at, by the field that holds them. */
const TARGETS = {
  part: { field: 'parentId', nature: 'hardware' },
  licence: { field: 'licences', nature: 'licence' },
  contract: { field: 'contracts', nature: 'contract' },
} as const satisfies Readonly<Record<LinkKind, { readonly field: keyof Asset; readonly nature: Asset['nature'] }>>;

function requireTarget(register: Register, kind: LinkKind, id: string): void {
  const { field, nature } = TARGETS[kind];
  const target = register.table('assets').get(id);
  if (!target || target._deleted) throw invalid(field, 'unknown-asset');
  if (target.nature !== nature) throw invalid(field, `not-a-${nature}`);
}

/** Two desktops may still close a loop between them; then it only ends the way up. */
function requireNoLoop(register: Register, after: Asset): void {
  const assets = register.table('assets');
  let above: unknown = after.parentId;
  for (let depth = 0; typeof above === 'string'; depth += 1) {
    if (above === after.id) throw invalid('parentId', 'loop');
    if (depth >= MAX_DEPTH) throw invalid('parentId', 'too-deep');
    above = assets.get(above)?.parentId;
  }
}

function newKeys(before: object | undefined, after: object | undefined): string[] {
  return Object.keys(after ?? {}).filter((id) => !Object.hasOwn(before ?? {}, id));
}

function invalid(field: string, problem: string): AppError {
  return new AppError('COMMAND_INVALID', 'The asset does not fit the rest of the register', {
    details: { field, problem },
  });
}
