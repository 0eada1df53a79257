import type { AnswerBody, ParcelNews } from '#shared/parcels/parcel-body.ts';
import { type PartFile, writeParts } from '#shared/parcels/parcel-file.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { packSealed } from '#shared/sealing/packed.ts';
import type { Context } from '../context.ts';
import { onWire } from '../replication/row-answer.ts';
import { asMinistry } from '../store/scope.ts';
import { endpointCryptography } from './cryptography.ts';
import { readFilesReceived } from './file-part-store.ts';
import { type ParcelDevice, readKnown, readReceipts } from './parcel-store.ts';

type AnswerContext = Pick<Context, 'store' | 'clock' | 'keys'>;

/** Bytes of news in one answer: a carrier on a bad line waits for it. The next parcel gets the next. */
const NEWS_BYTES = 4 * 1024 * 1024;
const NEWS_ROWS = 20_000;
/** Largest part of an answer; every stick and every mail takes it. */
const PART_SIZE = 25 * 1024 * 1024;

export type AnswerWish = {
  /** The parcel this answers, for the name of the file. */
  readonly parcel?: number;
  /** News begin after this sequence, and not after what the device last said it has. */
  readonly after?: number;
  /** Bytes of news. */
  readonly newsBytes?: number;
};

/**
 * Receipts and news for a device: signed by the endpoint, sealed to the device (SPEC X4, X6). Receipts that the device is
 * not known to have are told again, so that the stick with an earlier answer may be lost.
 */
export async function makeAnswer(
  { store, clock, keys }: AnswerContext,
  device: ParcelDevice,
  { parcel, after, newsBytes = NEWS_BYTES }: AnswerWish,
): Promise<PartFile[]> {
  if (!device.keys) throw new Error('A device without keys gets no answer');
  const { known, receipts, files } = await asMinistry(store.database, device.ministryId, async (connection) => {
    const told = await readKnown(connection, device);
    return {
      known: told,
      receipts: await readReceipts(connection, device, told.received),
      files: await readFilesReceived(connection, device, told.filesTold),
    };
  });
  const time = clock().toISOString();
  const answer: AnswerBody = {
    protocol: PROTOCOL_VERSION,
    deviceId: device.id,
    epoch: device.standing.epoch,
    receipts,
    ...(files && { files }),
    news: await readNews(store, device.ministryId, after ?? known.checkpoint, newsBytes),
    time,
  };
  const facts = {
    kind: 'answer',
    ministry: { id: device.ministryId, acronym: device.acronym },
    device: { id: device.id, code: device.code },
    number: parcel ?? receipts.at(-1)?.number ?? 0,
    follows: 0,
    madeAt: time,
    key: keys.publicKeys.signing,
  } as const;
  const sealed = await packSealed(answer, device.keys.sealing);
  return writeParts(facts, sealed, PART_SIZE, { digest: endpointCryptography.digest, sign: keys.sign });
}

async function readNews(
  store: Context['store'],
  ministryId: string,
  after: number,
  maxBytes: number,
): Promise<ParcelNews> {
  const rows = await store.pull(ministryId, { seq: after, limit: NEWS_ROWS, maxBytes });
  const last = rows.at(-1)?.seq ?? after;
  return {
    after,
    documents: rows.map((row) => ({ collection: row.collection, seq: row.seq, document: onWire(row) })),
    checkpoint: { seq: last },
    more: (await store.currentSeq(ministryId)) > last,
  };
}
