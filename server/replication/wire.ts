/** A document as it came: any collection's shape, checked by its own schema. The primary key is the collection's. */
export type Fields = Readonly<Record<string, unknown>>;

/** RxDB's push row before its collection's schema has judged it. */
export type WireRow = { readonly newDocumentState: Fields; readonly assumedMasterState?: Fields };

/** The device that sends, as its token proved. */
export type Sender = {
  readonly ministryId: string;
  readonly deviceId: string;
};

/** A pushed row that is well-formed and allowed; only its master can still stand against it. */
export type Candidate = {
  readonly collection: string;
  readonly id: string;
  readonly isAppendOnly: boolean;
  readonly isDeleted: boolean;
  /** Without `_deleted`. */
  readonly body: Fields;
  readonly assumedMaster?: { readonly isDeleted: boolean; readonly body: Fields };
  /** Of an asset: no other asset of the ministry may have it (SPEC A2). */
  readonly reference?: string;
  /** Judges what only the master can tell: whether this role may make this change. */
  readonly refuseChange?: (master: Fields | undefined) => Refusal | undefined;
};

export type Refusal = { readonly outcome: 'refused'; readonly reason: string; readonly field?: string };

/** The last committed state of a document. */
export type Master = {
  readonly seq: number;
  readonly isDeleted: boolean;
  readonly body: Fields;
};

export function toWireDocument({ body, isDeleted }: Pick<Master, 'body' | 'isDeleted'>): Fields {
  return { ...body, _deleted: isDeleted };
}
