import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Static, Type } from 'typebox';
import { AppError } from '#shared/domain/errors.ts';
import type { Paper, PaperContent } from '#shared/schema/paper.ts';
import { requireShape } from '../port/shape.ts';

/** Bytes of a document as JSON: the endpoint takes 256 kB. */
const MAX_BYTES = 240 * 1024;
/** Characters of rows that stay readable in the document. */
const MAX_PLAIN = 64 * 1024;
/** Bytes that rows may have once unpacked: what is read from a file is not trusted to be small. */
const MAX_UNPACKED = 32 * 1024 * 1024;

const Rows = Type.Array(Type.Array(Type.Array(Type.String())));
type Rows = Static<typeof Rows>;

/**
 * The paper as it is kept: the rows of a large one are packed (deflate, base64), everything else stays readable.
 * @throws AppError COMMAND_INVALID when it is too large even so
 */
export function packRows(paper: Paper): Paper {
  const rows = paper.content.tables.map((table) => table.rows);
  const text = JSON.stringify(rows);
  const kept =
    text.length <= MAX_PLAIN && sizeOf(paper) <= MAX_BYTES
      ? paper
      : {
          ...withRows(
            paper,
            rows.map(() => []),
          ),
          packedRows: pack(text),
        };
  if (sizeOf(kept) <= MAX_BYTES) return kept;
  throw new AppError('COMMAND_INVALID', 'The paper is too large', {
    details: { field: 'source', problem: 'too-many' },
  });
}

/** What stands on the paper, whole. */
export function wholeContent({ content, packedRows }: Paper): PaperContent {
  if (packedRows === undefined) return content;
  const rows = requireShape(Rows, unpack(packedRows), 'STORE_CORRUPT');
  return { ...content, tables: content.tables.map((table, index) => ({ ...table, rows: rows[index] ?? [] })) };
}

function withRows(paper: Paper, rows: Rows): Paper {
  const tables = paper.content.tables.map((table, index) => ({ ...table, rows: rows[index] ?? [] }));
  return { ...paper, content: { ...paper.content, tables } };
}

function pack(text: string): string {
  return deflateRawSync(text).toString('base64');
}

function unpack(packed: string): unknown {
  try {
    return JSON.parse(
      inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: MAX_UNPACKED }).toString('utf8'),
    );
  } catch (cause) {
    throw new AppError('STORE_CORRUPT', 'The rows of a paper cannot be read', { cause });
  }
}

function sizeOf(paper: Paper): number {
  return Buffer.byteLength(JSON.stringify(paper));
}
