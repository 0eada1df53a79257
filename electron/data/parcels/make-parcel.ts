import { deflateRawSync } from 'node:zlib';
import type { ParcelBody } from '#shared/parcels/parcel-body.ts';
import { type PartFile, type UnsealedFacts, writeParts } from '#shared/parcels/parcel-file.ts';
import { PROTOCOL_VERSION, type PushRow } from '#shared/protocol/replication.ts';
import { packSealed } from '#shared/sealing/packed.ts';
import type { Register } from '../register.ts';
import { type Pushed, readCheckpoint } from '../replication/exchange.ts';
import { readUnanswered } from '../replication/unanswered-push.ts';
import { toWire } from '../replication/wire-document.ts';
import { deviceCryptography } from './cryptography.ts';
import { requireEndpointKeys } from './device-keys.ts';
import { filesTold } from './files-told.ts';
import type { OpenParcel } from './own-parcels.ts';

/** Rows of one parcel: what one receipt answers. More go into the next one. */
const MAX_PARCEL_ROWS = 50_000;
/** Rows that tell how large a parcel will be. */
const ESTIMATED_ROWS = 100;

/**
 * Seals everything that waits, and is in no parcel yet, for the endpoint: in as many parcels, numbered on, as it takes. The
 * rows go on waiting: the network may be faster. One call at a time: the caller sees to it.
 */
export async function makeParcels(register: Register, maxRows = MAX_PARCEL_ROWS): Promise<void> {
  // What is written meanwhile waits for the next act: only a full parcel has another after it.
  while ((await makeParcel(register, maxRows)) >= maxRows);
}

/** @returns how many rows it holds */
async function makeParcel(register: Register, maxRows: number): Promise<number> {
  const { device } = register.identity.require();
  const { sealing } = requireEndpointKeys(register);
  const number = register.ownParcels.lastNumber() + 1;
  const { rows, repeats } = collectRows(register, maxRows);
  const body: ParcelBody = {
    protocol: PROTOCOL_VERSION,
    deviceId: device.id,
    number,
    checkpoint: readCheckpoint(register),
    received: register.ownParcels.received(),
    filesTold: filesTold(register),
    push: rows.map(({ row, sent }) => ({ collection: row.collection, row: sent })),
    ...(repeats && { repeats }),
  };
  const sealed = new Uint8Array(await packSealed(body, sealing));
  const sha256 = deviceCryptography.digest(sealed);
  register.transaction(() => {
    const follows = register.ownParcels.lastOpen();
    register.ownParcels.keep({ number, sha256, follows, madeAt: register.instant(), sealed }, rows);
  });
  return rows.length;
}

/** The files of all parcels without a receipt, none with more than `partSize` bytes of body; a stick may have been lost. */
export function exportParcels(register: Register, partSize: number): PartFile[] {
  return register.ownParcels.open().flatMap((parcel) => exportParcel(register, parcel, partSize));
}

function exportParcel(
  register: Register,
  { number, follows, madeAt, sealed }: OpenParcel,
  partSize: number,
): PartFile[] {
  return signParts(register, { kind: 'parcel', number, follows, madeAt }, sealed, partSize);
}

/** The files of a sealed body, as this device's. */
export function signParts(
  register: Register,
  what: Pick<UnsealedFacts, 'kind' | 'number' | 'follows' | 'madeAt' | 'files'>,
  sealed: Uint8Array,
  partSize: number,
): PartFile[] {
  const { ministry, device } = register.identity.require();
  return register.transaction(() => {
    const { key } = register.journalSigner.signText('');
    const facts: UnsealedFacts = {
      ...what,
      ministry: { id: ministry.id, acronym: ministry.acronym },
      device: { id: device.id, code: device.code },
      key,
    };
    return writeParts(facts, sealed, partSize, {
      digest: deviceCryptography.digest,
      sign: (text) => register.journalSigner.signText(text).signature,
    });
  });
}

/** How many bytes the rows of a parcel made now take, about: the first rows tell how well the others pack. */
export function estimateRowBytes(register: Register): number {
  const made = register.ownParcels.open().reduce((sum, { sealed }) => sum + sealed.length, 0);
  const rows = register.waiting.notInParcel(ESTIMATED_ROWS).flatMap(({ collection, id, base }) => {
    const current = register.table(collection).get(id);
    return current ? [{ newDocumentState: toWire(current), ...(base && { assumedMasterState: base }) }] : [];
  });
  if (rows.length === 0) return made;
  const packed = deflateRawSync(JSON.stringify(rows)).length;
  return made + Math.round((packed / rows.length) * register.waiting.countNotInParcel());
}

/**
 * First the push whose answer has not come, as it was; then what waits and is in no parcel. Each over the state that the
 * endpoint will have when it comes to it: that of an earlier parcel, where the row was in one.
 */
function collectRows(
  register: Register,
  maxRows: number,
): { readonly rows: Pushed[]; readonly repeats?: ParcelBody['repeats'] } {
  const unanswered = readUnanswered(register.meta);
  const places = [...(unanswered?.rows.entries() ?? [])].flatMap(([place, { row }]) =>
    register.ownParcels.parcelOf(row.collection, row.id, row.localSeq) === undefined ? [place] : [],
  );
  const underWay = unanswered?.rows.filter((_pushed, place) => places.includes(place)) ?? [];
  const sentNow = new Map(underWay.map((pushed) => [`${pushed.row.collection}/${pushed.row.id}`, pushed]));
  const rows = [...underWay];
  for (const row of register.waiting.notInParcel(maxRows)) {
    const before = sentNow.get(`${row.collection}/${row.id}`) ?? register.ownParcels.lastSent(row.collection, row.id);
    const current = register.table(row.collection).get(row.id);
    if (!current || before?.row.localSeq === row.localSeq) continue;
    const assumed = before?.sent.newDocumentState ?? row.base;
    const sent: PushRow = { newDocumentState: toWire(current), ...(assumed && { assumedMasterState: assumed }) };
    rows.push({ row: { ...row, ...(assumed && { base: assumed }) }, sent });
  }
  const isRepeated = unanswered !== undefined && places.length > 0;
  return { rows, ...(isRepeated && { repeats: { exchange: unanswered.exchange, places } }) };
}
