import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type AssetDraft, findAssetProblems } from '#shared/domain/asset.ts';
import { isAllowed, isWriter, mayWrite, mayWriteRow, type Role } from '#shared/domain/roles.ts';
import { type RefusalCode, refusalReason } from '#shared/protocol/refusal.ts';
import { isCollectionName } from '#shared/schema/collections.ts';
import type { RegisterFile } from '#shared/schema/file.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { findProblem } from '../validation.ts';
import type { Collection, Collections } from './collections.ts';
import { isEqualJson } from './equality.ts';
import { findUnstorable } from './storable.ts';
import type { Candidate, Fields, Refusal, Sender, WireRow } from './wire.ts';

/** `PushRow` of the protocol, with the primary key left to the collection. */
const Row = Compile(
  Type.Object(
    {
      newDocumentState: Type.Object({ _deleted: Type.Boolean() }),
      assumedMasterState: Type.Optional(Type.Object({ _deleted: Type.Boolean() })),
    },
    { additionalProperties: false },
  ),
);

/** Bytes of a row as JSON: far above any document of the register, far below what makes a page heavy. */
const MAX_ROW_BYTES = 256 * 1024;

export type PushContext = Sender & {
  readonly personId: string;
  readonly role: Role;
  /**
   * The endpoint came back from a backup (SPEC S19): entries and files of other devices are taken from whoever still has
   * them. An entry that was invented does not fit the chain and the key of its device (SPEC J5).
   */
  readonly isRestored?: boolean;
};

/**
 * Everything that can be said of a pushed row without the database: its shape, whose it is, whether it may be sent at
 * all. Fields of a refusal are pointers into the row (SPEC S4, S6, A3, A7).
 */
export function checkRow(
  collections: Collections,
  context: PushContext,
  collectionName: string,
  row: unknown,
): Candidate | Refusal {
  const collection = collections.get(collectionName);
  if (!collection) return refuse('unknown-collection');
  if (!isRow(row)) {
    const problem = findProblem(Row, row);
    return problem ? refuseOfShape(problem.reason, problem.field) : refuse('not-a-row');
  }
  const { _deleted: isDeleted, ...body } = row.newDocumentState;
  return (
    refuseShape(collection, body) ??
    refuseOwner(collection, context, body) ??
    refuseAct(collection, context, isDeleted === true, body) ??
    refuseAuthor(collection, context, body) ??
    toCandidate(collection, context, row, body)
  );
}

function isRow(row: unknown): row is WireRow {
  return Row.Check(row);
}

function refuseShape(collection: Collection, body: Fields): Refusal | undefined {
  const unstorable = findUnstorable(body);
  if (unstorable) return refuse(unstorable.code, inDocument(unstorable.field));
  if (Buffer.byteLength(JSON.stringify(body)) > MAX_ROW_BYTES) {
    return refuse('row-too-large', inDocument(''), { bytes: String(MAX_ROW_BYTES) });
  }
  const problem = findProblem(collection.schema, body);
  if (problem) return refuseOfShape(problem.reason, inDocument(problem.field));
  const id = body[collection.primaryKey];
  if (typeof id === 'string' && id.length > 0 && id.length <= 100) return undefined;
  return refuse('bad-key', inDocument(`/${collection.primaryKey}`));
}

function refuseOwner(
  collection: Collection,
  { ministryId, deviceId, isRestored }: PushContext,
  body: Fields,
): Refusal | undefined {
  if (collection.hasMinistry && body.ministryId !== ministryId) {
    return refuse('other-ministry', inDocument('/ministryId'));
  }
  if (collection.hasAuthorDevice && body.deviceId !== deviceId && !isRestored) {
    return refuse('other-device', inDocument('/deviceId'));
  }
  return undefined;
}

function refuseAct(
  collection: Collection,
  { role }: PushContext,
  isDeleted: boolean,
  body: Fields,
): Refusal | undefined {
  if (!isWriter(role)) return refuse('role-writes', undefined, { role });
  const { name } = collection;
  if (isCollectionName(name) && !mayWriteRow(role, name, body)) {
    return refuse('role-collection', mayWrite(role, name) ? inDocument('/kind') : undefined, {
      role,
      collection: name,
    });
  }
  if (isDeleted && !collection.isDeletable) return refuse('never-deleted', inDocument('/_deleted'));
  return undefined;
}

/** Who wrote it stands in the row itself. */
const SIGNED: ReadonlySet<string> = new Set(['movements', 'papers']);

/** SPEC J2, W1: an entry and a paper name the person and the role of the device that sends it. */
function refuseAuthor(
  collection: Collection,
  { personId, role, ...sender }: PushContext,
  body: Fields,
): Refusal | undefined {
  if (!SIGNED.has(collection.name) || (sender.isRestored && body.deviceId !== sender.deviceId)) return undefined;
  // The shape was checked: both have an author.
  const author = body.author as Movement['author'];
  if (author.personId !== personId) return refuse('other-person', inDocument('/author/personId'));
  if (author.role !== role) return refuse('other-role', inDocument('/author/role'));
  return undefined;
}

function toCandidate(collection: Collection, context: PushContext, row: WireRow, body: Fields): Candidate {
  const { role } = context;
  return {
    collection: collection.name,
    id: String(body[collection.primaryKey]),
    isAppendOnly: collection.isAppendOnly,
    isDeleted: row.newDocumentState._deleted === true,
    body,
    ...(row.assumedMasterState && { assumedMaster: splitAssumed(row.assumedMasterState) }),
    ...(collection.name === 'assets' && {
      reference: String(body.reference),
      refuseChange: (master) => refuseAssetChange(role, body, master),
    }),
    ...(collection.name === 'files' && { refuseChange: (master) => refuseFileChange(context, body, master) }),
  };
}

function splitAssumed({ _deleted, ...body }: Fields): NonNullable<Candidate['assumedMaster']> {
  return { isDeleted: _deleted === true, body };
}

/**
 * SPEC A5, A6, A7. Which status may follow which is not judged here: several changes made offline arrive as one row, so
 * the step between two states seen by the endpoint need not be one step of the lifecycle, nor is the first state seen
 * one in which an asset enters the register.
 */
function refuseAssetChange(role: Role, body: Fields, master: Fields | undefined): Refusal | undefined {
  if (!master) {
    if (!isAllowed(role, 'asset.create')) return refuse('role-creates', undefined, { role });
    // The shape was checked: an asset holds all that a draft holds.
    const [problem] = findAssetProblems(body as AssetDraft);
    return problem && refuse('asset-rule', inDocument(`/${problem.field}`), { problem: problem.problem });
  }
  if (master.status !== body.status && !isAllowed(role, 'asset.act')) {
    return refuse('role-status', inDocument('/status'), { role });
  }
  return isAllowed(role, 'asset.update') ? undefined : refuse('role-changes', undefined, { role });
}

/** SPEC F1: a file is what it was when it was added; only that it was taken off, or put back, is added to it. */
function refuseFileChange(context: PushContext, body: Fields, master: Fields | undefined): Refusal | undefined {
  // The shape was checked.
  const { author, deviceId, removed, ...facts } = body as RegisterFile;
  const before = master as RegisterFile | undefined;
  const isNews = removed && removed.at !== before?.removed?.at;
  // What the endpoint's disk took with it comes back from whoever still has it (SPEC S19).
  if (isNews && removed.personId !== context.personId && !context.isRestored) {
    return refuse('file-removed-person', inDocument('/removed/personId'));
  }
  if (before) {
    const { removed: _, ...known } = before;
    return isEqualJson({ ...facts, author, deviceId }, known) ? undefined : refuse('file-changed', inDocument('/hash'));
  }
  if (context.isRestored && deviceId !== context.deviceId) return undefined;
  if (author.personId !== context.personId) return refuse('file-added-person', inDocument('/author/personId'));
  if (author.role !== context.role) return refuse('file-added-role', inDocument('/author/role'));
  if (deviceId !== context.deviceId) return refuse('file-added-device', inDocument('/deviceId'));
  return undefined;
}

function inDocument(pointer: string): string {
  return `/newDocumentState${pointer}`;
}

function refuse(code: RefusalCode, field?: string, details?: Readonly<Record<string, string>>): Refusal {
  return { outcome: 'refused', reason: refusalReason(code, details), ...(field && { field }) };
}

/** In the schema's own words. */
function refuseOfShape(reason: string, field: string): Refusal {
  return refuse('shape', field, { rest: reason });
}
