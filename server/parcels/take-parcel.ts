import { Compile } from 'typebox/compile';
import { ParcelBody } from '#shared/parcels/parcel-body.ts';
import { joinParts, type ParcelHead, type PartFile, type ReadPart, readPart } from '#shared/parcels/parcel-file.ts';
import type { ParcelProblem } from '#shared/protocol/parcels.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { unpack } from '#shared/sealing/packed.ts';
import type { Context } from '../context.ts';
import { asMinistry } from '../store/scope.ts';
import { makeAnswer } from './answer.ts';
import { applyWaiting } from './apply-parcel.ts';
import { endpointCryptography } from './cryptography.ts';
import {
  keepParcel,
  keepPart,
  listParts,
  type ParcelDevice,
  readParcel,
  readParcelDevice,
  readParts,
} from './parcel-store.ts';
import { problemOfOpening, takeFilePart, takeKeptParts } from './take-file-part.ts';

const Body = Compile(ParcelBody);

/** What became of a file, before it is put on the wire. */
export type Taken =
  | { readonly state: 'refused'; readonly problem: ParcelProblem; readonly answer?: readonly PartFile[] }
  | { readonly state: 'incomplete' | 'waiting'; readonly missing: readonly number[] }
  | { readonly state: 'applied'; readonly answer: readonly PartFile[]; readonly problem?: ParcelProblem };

export type ParcelContext = Pick<Context, 'store' | 'collections' | 'clock' | 'keys'>;

/**
 * Takes one file in, whoever brought it: who made it is proved by its signature, and by nothing else. Applied as an
 * exchange of that device, once (SPEC X3); a repeat is answered again.
 */
export async function takeParcelFile(context: ParcelContext, file: Uint8Array): Promise<Taken> {
  const read = readPart(file, endpointCryptography);
  if ('problem' in read) return { state: 'refused', problem: read.problem };
  const { facts } = read.head;
  if (facts.kind === 'answer' || facts.number < 1) return { state: 'refused', problem: 'not-a-parcel' };
  const device = await findSender(context, read.head);
  if (typeof device === 'string') return { state: 'refused', problem: device };
  if (facts.kind === 'files') return takeFilePart(context, device, read);
  const kept = await inMinistry(context, device, (connection) => readParcel(connection, device, facts.number));
  if (kept && kept.sha256 !== facts.sha256) {
    return { state: 'refused', problem: 'number-taken', answer: await makeAnswer(context, device, {}) };
  }
  return kept ? settle(context, device, read.head) : takePart(context, device, read, file);
}

/** The device that the head names, when it signed this. */
async function findSender(
  context: ParcelContext,
  { facts }: ParcelHead,
): Promise<ParcelDevice | 'unknown-device' | 'other-key'> {
  const key = { ministryId: facts.ministry.id, id: facts.device.id };
  const device = await asMinistry(context.store.database, key.ministryId, (connection) =>
    readParcelDevice(connection, key),
  );
  if (!device?.keys) return 'unknown-device';
  return device.keys.signing === facts.key ? device : 'other-key';
}

async function takePart(
  context: ParcelContext,
  device: ParcelDevice,
  { head }: ReadPart,
  file: Uint8Array,
): Promise<Taken> {
  const now = context.clock();
  const here = await inMinistry(context, device, async (connection) => {
    await keepPart(connection, device, head, file, now);
    return listParts(connection, device, head);
  });
  const missing = head.facts.parts.flatMap((_part, index) => (here.includes(index + 1) ? [] : [index + 1]));
  if (missing.length > 0) return { state: 'incomplete', missing };
  const files = await inMinistry(context, device, (connection) => readParts(connection, device, head));
  const parts = files.flatMap((bytes) => {
    const read = readPart(bytes, endpointCryptography);
    return 'problem' in read ? [] : [read];
  });
  const sealed = joinParts(parts, endpointCryptography);
  if (!sealed) return { state: 'refused', problem: 'altered' };
  const body = await openBody(context, sealed);
  if (typeof body === 'string') return { state: 'refused', problem: body };
  if (body.deviceId !== device.id || body.number !== head.facts.number) return { state: 'refused', problem: 'altered' };
  if (body.protocol > PROTOCOL_VERSION) return { state: 'refused', problem: 'newer-program' };
  await inMinistry(context, device, (connection) => keepParcel(connection, device, head, { sealed, body, now }));
  return settle(context, device, head);
}

/** The parcel is here: what has its turn is applied, and what is known of this one is answered. */
async function settle(context: ParcelContext, device: ParcelDevice, { facts }: ParcelHead): Promise<Taken> {
  await applyWaiting(context, device, (sealed) => openBody(context, sealed));
  await takeKeptParts(context, device);
  const kept = await inMinistry(context, device, (connection) => readParcel(connection, device, facts.number));
  if (!kept?.isApplied) return { state: 'waiting', missing: [facts.follows] };
  return {
    state: 'applied',
    answer: await makeAnswer(context, device, { parcel: facts.number }),
  };
}

async function openBody({ keys }: ParcelContext, sealed: Uint8Array): Promise<ParcelBody | ParcelProblem> {
  try {
    const value = unpack(await keys.open(sealed));
    return Body.Check(value) ? value : 'newer-program';
  } catch (error) {
    return problemOfOpening(error);
  }
}

function inMinistry<T>(
  { store }: ParcelContext,
  { ministryId }: ParcelDevice,
  work: Parameters<typeof asMinistry<T>>[2],
): Promise<T> {
  return asMinistry(store.database, ministryId, work);
}
