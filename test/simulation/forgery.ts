import { PATHS } from '#shared/protocol/replication.ts';
import type { StoredDocument } from '../../server/store/documents.ts';
import type { Desktop } from './desktop.ts';
import type { WireAnswer, WireRequest } from './line.ts';
import { Violation } from './oracle.ts';

type Attempt = {
  readonly desktop: Desktop;
  /** What the endpoint has of the forger's ministry, and of all. */
  readonly own: readonly StoredDocument[];
  readonly all: readonly StoredDocument[];
  /** An endpoint that came back from a backup takes entries of other devices: their chain and key prove them (J5). */
  readonly isRestored: boolean;
  readonly a: number;
  readonly b: number;
  readonly send: (request: WireRequest) => Promise<WireAnswer>;
};

type ForgedRow = { readonly collection: string; readonly row: unknown };

/** The first protocol, which every endpoint goes on taking for pushing (SPEC S18). */
const PROTOCOL = 1;

/** A program that lies: the endpoint takes none of it (SPEC S6, J1, A2, A3). Says what it tried. */
export async function forge(attempt: Attempt): Promise<string> {
  const token = attempt.desktop.register.identity.credentials()?.token;
  if (!token) return 'not enrolled';
  const [name, make] = FORGERIES[attempt.a % FORGERIES.length] ?? FORGERIES[0];
  const forged = make(attempt);
  if (!forged) return `${name}: nothing to forge`;
  const text = JSON.stringify({ protocol: PROTOCOL, checkpoint: { seq: 0 }, limit: 1, push: [forged] });
  const { status, text: answered } = await attempt.send({ path: PATHS.exchange, token, text });
  if (status >= 500) return `${name}: broken`;
  const answer = JSON.parse(answered);
  const outcome = answer.answers?.[0]?.outcome;
  // In another epoch the endpoint first says so, and takes nothing.
  if (status !== 200 || outcome === 'refused' || answer.epoch) return `${name}: refused`;
  throw new Violation('S6', `a forgery was ${outcome}: ${name}`);
}

const FORGERIES: readonly [Forgery, ...Forgery[]] = [
  ['a row of another ministry', ofAnotherMinistry],
  ['an entry in the name of another device', ofAnotherDevice],
  ['another version of an entry', rewrittenEntry],
  ['an asset deleted', deletedAsset],
  ['a second asset of one reference', takenReference],
];
type Forgery = readonly [name: string, make: (attempt: Attempt) => ForgedRow | undefined];

function pick(rows: readonly StoredDocument[], number: number): StoredDocument | undefined {
  return rows[number % Math.max(1, rows.length)];
}

function rowOf({ collection, body }: StoredDocument, changes: object, isKnown = true): ForgedRow {
  const state = { ...body, _deleted: false };
  return {
    collection,
    row: { newDocumentState: { ...state, ...changes }, ...(isKnown && { assumedMasterState: state }) },
  };
}

function ofAnotherMinistry({ all, desktop, b }: Attempt): ForgedRow | undefined {
  const foreign = pick(
    all.filter(({ body, collection }) => body.ministryId !== desktop.ministryId && collection === 'assets'),
    b,
  );
  return foreign && rowOf(foreign, { notes: 'forged' });
}

function ofAnotherDevice({ own, desktop, isRestored, b }: Attempt): ForgedRow | undefined {
  if (isRestored) return undefined;
  const entry = pick(
    own.filter(({ body, collection }) => collection === 'movements' && body.deviceId !== desktop.deviceId),
    b,
  );
  const id = '00000000-0000-4000-8000-00000000f0f0';
  return entry && rowOf(entry, { id, deviceSequence: 1_000_000 }, false);
}

function rewrittenEntry({ own, desktop, b }: Attempt): ForgedRow | undefined {
  const entry = pick(
    own.filter(({ body, collection }) => collection === 'movements' && body.deviceId === desktop.deviceId),
    b,
  );
  return entry && rowOf(entry, { reason: 'forged' });
}

function deletedAsset({ own, b }: Attempt): ForgedRow | undefined {
  const asset = pick(
    own.filter(({ collection }) => collection === 'assets'),
    b,
  );
  return asset && rowOf(asset, { _deleted: true });
}

function takenReference({ own, b }: Attempt): ForgedRow | undefined {
  const asset = pick(
    own.filter(({ collection }) => collection === 'assets'),
    b,
  );
  return asset && rowOf(asset, { id: '00000000-0000-4000-8000-00000000f0f1' }, false);
}
