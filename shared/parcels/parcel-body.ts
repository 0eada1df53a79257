import { type Static, Type } from 'typebox';
import { Epoch, RowAnswer, WireDocument } from '../protocol/replication.ts';
import { Id, Line } from '../schema/collection.ts';
import { ContentHash } from '../schema/file.ts';

/** What a parcel says, once opened: the rows of a push. They are judged one by one, as an exchange's are (SPEC S4, X3). */
export const ParcelBody = Type.Object({
  protocol: Type.Integer({ minimum: 1 }),
  /** Again what the head says: a body that somebody else signed as their own is refused. */
  deviceId: Id,
  number: Type.Integer({ minimum: 1 }),
  /** What this device has of its ministry: news begin after it. */
  checkpoint: Type.Object({ seq: Type.Integer({ minimum: 0 }) }),
  /** The highest parcel whose receipt it has: later receipts are told again. */
  received: Type.Integer({ minimum: 0 }),
  /** The last place told of files that the endpoint has: those after it are told (SPEC X4). */
  filesTold: Type.Optional(Type.Integer({ minimum: 0 })),
  push: Type.Array(Type.Object({ collection: Line(40), row: Type.Unknown() })),
  /**
   * The push by network whose answer has not come, and the place in it of each of the first rows: what the endpoint
   * accepted then is accepted, whatever became of it since (SPEC S5, X3).
   */
  repeats: Type.Optional(
    Type.Object({ exchange: Id, places: Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1 }) }),
  ),
});
export type ParcelBody = Static<typeof ParcelBody>;

/** What became of one parcel. */
export const ParcelReceipt = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  /** Of the sealed body that was applied: another one of the same number was not. */
  sha256: Type.String({ minLength: 43, maxLength: 43 }),
  /** For each row, in their order (SPEC S4). */
  answers: Type.Array(RowAnswer),
  /** Instant of the endpoint. */
  receivedAt: Type.String({ maxLength: 40 }),
});
export type ParcelReceipt = {
  readonly number: number;
  readonly sha256: string;
  readonly answers: readonly RowAnswer[];
  readonly receivedAt: string;
};

/** Rows of the ministry after a sequence, in order: the pull half of an exchange's answer (SPEC X6). */
export const ParcelNews = Type.Object({
  after: Type.Integer({ minimum: 0 }),
  documents: Type.Array(
    Type.Object({ collection: Type.String(), seq: Type.Integer({ minimum: 1 }), document: WireDocument }),
  ),
  checkpoint: Type.Object({ seq: Type.Integer({ minimum: 0 }) }),
  /** True where more came after it than a file takes. */
  more: Type.Boolean(),
});
export type ParcelNews = {
  readonly after: number;
  readonly documents: readonly { readonly collection: string; readonly seq: number; readonly document: WireDocument }[];
  readonly checkpoint: { readonly seq: number };
  readonly more: boolean;
};

/** Files of the device that the endpoint has by hand, those after a place that the device knows of. */
export const FilesReceived = Type.Object({
  upTo: Type.Integer({ minimum: 0 }),
  hashes: Type.Array(ContentHash),
});
export type FilesReceived = { readonly upTo: number; readonly hashes: readonly string[] };

export const AnswerBody = Type.Object({
  protocol: Type.Integer({ minimum: 1 }),
  deviceId: Id,
  /** Of the sequences in here (SPEC S19). */
  epoch: Epoch,
  receipts: Type.Array(ParcelReceipt),
  files: Type.Optional(FilesReceived),
  news: Type.Optional(ParcelNews),
  time: Type.String({ maxLength: 40 }),
});
export type AnswerBody = {
  readonly protocol: number;
  readonly deviceId: string;
  readonly epoch: Epoch;
  readonly receipts: readonly ParcelReceipt[];
  readonly files?: FilesReceived;
  readonly news?: ParcelNews;
  readonly time: string;
};
