import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Id } from '../../schema/collection.ts';
import {
  ClientReport,
  Epoch,
  type ExchangeAnswer,
  type ExchangeRequest,
  MAX_ROWS,
  type RowAnswer,
  WireDocument,
} from '../replication.ts';
import { digestRows, type NumberedRow, type PackedRow, packRows, type SenderFacts } from './rows.ts';

/**
 * The exchange of `protocol/replication.ts` in few letters (SPEC S12, S13): what is usual is absent, rows follow from what
 * both sides know, and the rest is deflated and lifted by `PACKED_PATH`'s two ends.
 */
export const PACKED_PROTOCOL = 2;
/** The dictionary's name stands in the address: one that the endpoint does not know is not found there. */
export const PACKED_PATH = '/v1/x/:dictionary';

/** A row on the wire, of any shape: it is judged when it is unpacked. */
const AnyRow = Type.Array(Type.Unknown(), { minItems: 1, maxItems: 5 });

export const PackedRequest = Type.Object(
  {
    /** Checkpoint. */
    c: Type.Integer({ minimum: 0 }),
    /** Epoch. */
    e: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Most rows wanted back, where it is not the most possible. */
    l: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_ROWS })),
    /** Most bytes wanted back. */
    b: Type.Optional(Type.Integer({ minimum: 1 })),
    v: Type.Optional(ClientReport),
    /** Id of a push, its rows, and a digest of what they are to be. */
    x: Type.Optional(Id),
    p: Type.Optional(Type.Array(AnyRow)),
    d: Type.Optional(Type.String({ maxLength: 43 })),
    /** Id of a push whose answers are asked for. */
    s: Type.Optional(Id),
  },
  { additionalProperties: false },
);
export type PackedRequest = Static<typeof PackedRequest>;

const PackedAnswer = Type.Object({
  c: Type.Integer({ minimum: 0 }),
  /** Accepted rows as `[first sequence, how many]`, anything else as it is. */
  A: Type.Optional(
    Type.Array(
      Type.Union([
        Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 1, maximum: MAX_ROWS })]),
        Type.Object({ master: WireDocument, seq: Type.Integer({ minimum: 0 }) }),
        Type.Object({ reason: Type.String(), field: Type.Optional(Type.String()) }),
      ]),
    ),
  ),
  D: Type.Optional(Type.Array(Type.Tuple([Type.String(), Type.Integer({ minimum: 1 }), WireDocument]))),
  m: Type.Optional(Type.Literal(1)),
  E: Type.Optional(Epoch),
  u: Type.Optional(Type.Literal(1)),
  /** Untaken. */
  n: Type.Optional(Type.Literal(1)),
});
type PackedAnswer = Static<typeof PackedAnswer>;

export function packRequest(
  request: ExchangeRequest,
  rows: readonly NumberedRow[],
  facts: SenderFacts,
  digest: (text: string) => string,
  isWhole = false,
): PackedRequest {
  const { checkpoint, epoch, limit, maxBytes, client, exchange, settle } = request;
  // A packed row is an array of one to five values, which is what the shape says.
  const packed = (): unknown[][] => packRows(rows, facts, digest, isWhole).map((row) => [...row]);
  return {
    c: checkpoint.seq,
    ...(epoch !== undefined && { e: epoch }),
    ...(limit !== MAX_ROWS && { l: limit }),
    ...(maxBytes !== undefined && { b: maxBytes }),
    ...(client && { v: client }),
    ...(exchange !== undefined && { x: exchange }),
    ...(settle !== undefined && { s: settle }),
    ...(rows.length > 0 && { p: packed(), d: digestRows(rows, digest) }),
  };
}

/** Everything but the rows, which need the endpoint's own. */
export function unpackRequest(packed: PackedRequest): Omit<ExchangeRequest, 'push'> & { readonly rows: PackedRow[] } {
  const { c, e, l, b, v, x, s, p = [] } = packed;
  return {
    protocol: PACKED_PROTOCOL,
    checkpoint: { seq: c },
    limit: l ?? MAX_ROWS,
    ...(e !== undefined && { epoch: e }),
    ...(b !== undefined && { maxBytes: b }),
    ...(v && { client: v }),
    ...(x !== undefined && { exchange: x }),
    ...(s !== undefined && { settle: s }),
    // Whatever they are: unpacking looks at each value before it uses it.
    rows: p as unknown as PackedRow[],
  };
}

/** Nothing where there is nothing to say: the answer then has no body at all. */
export function packAnswer(answer: ExchangeAnswer, asked: number): PackedAnswer | undefined {
  const { answers, documents, checkpoint, more, epoch, mustUpdate, untaken } = answer;
  const isNothing = answers.length === 0 && documents.length === 0 && !more && !epoch && !mustUpdate && !untaken;
  if (isNothing && checkpoint.seq === asked) return undefined;
  return {
    c: checkpoint.seq,
    ...(answers.length > 0 && { A: packAnswers(answers) }),
    ...(documents.length > 0 && {
      D: documents.map(({ collection, seq, document }): [string, number, WireDocument] => [collection, seq, document]),
    }),
    ...(more && { m: 1 as const }),
    ...(epoch && { E: epoch }),
    ...(mustUpdate && { u: 1 as const }),
    ...(untaken && { n: 1 as const }),
  } as PackedAnswer; // TypeBox knows a document as an object of anything, which a `WireDocument` is
}

/** @param time the endpoint's instant, from the answer's `date`. Nothing where the shape is wrong. */
export function unpackAnswer(packed: unknown, time: string): ExchangeAnswer | undefined {
  if (!Value.Check(PackedAnswer, packed)) return undefined;
  return {
    protocol: PACKED_PROTOCOL,
    answers: unpackAnswers(packed.A ?? []),
    // Checked above; the type of a wire document says no more.
    documents: (packed.D ?? []).map(([collection, seq, document]) => ({
      collection,
      seq,
      document: document as WireDocument,
    })),
    checkpoint: { seq: packed.c },
    more: packed.m === 1,
    time,
    ...(packed.E && { epoch: packed.E }),
    ...(packed.u && { mustUpdate: true }),
    ...(packed.n && { untaken: true }),
  };
}

function packAnswers(answers: readonly RowAnswer[]): unknown[] {
  const packed: unknown[] = [];
  let run: [number, number] | undefined;
  for (const answer of answers) {
    if (answer.outcome === 'accepted' && run && run[0] + run[1] === answer.seq) {
      run[1] += 1;
      continue;
    }
    run = answer.outcome === 'accepted' ? [answer.seq, 1] : undefined;
    if (run) packed.push(run);
    else {
      const { outcome: _, ...rest } = answer;
      packed.push(rest);
    }
  }
  return packed;
}

function unpackAnswers(packed: NonNullable<PackedAnswer['A']>): RowAnswer[] {
  return packed.flatMap((item): RowAnswer[] => {
    if (Array.isArray(item)) {
      const [first, count] = item;
      return Array.from({ length: count }, (_, at) => ({ outcome: 'accepted', seq: first + at }));
    }
    if ('master' in item) return [{ outcome: 'conflict', master: item.master as WireDocument, seq: item.seq }];
    if ('reason' in item)
      return [{ outcome: 'refused', reason: item.reason, ...(item.field !== undefined && { field: item.field }) }];
    return [];
  });
}
