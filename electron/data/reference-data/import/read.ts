import { AppError } from '#shared/domain/errors.ts';
import type { ReferenceTarget } from '#shared/protocol/reference-data.ts';
import { tidyLine } from '../../exchange/cells.ts';
import { decodeText } from '../../exchange/decode.ts';
import { findSignature } from '../../exchange/file-signature.ts';
import { MAX_FILE_BYTES } from '../../exchange/read-file.ts';
import { parseTable } from '../../exchange/table/parse-table.ts';
import { type DateOrder, findDateOrder } from '../../exchange/values/dates.ts';
import { isHeaderOf, placeColumns, TELLING } from './columns.ts';

/** A row by field: tidy text, empty where the cell is or where there is no such column. */
export type FileRow = {
  readonly line: number;
  readonly isTooWide: boolean;
  get(field: string): string;
};

export type FileRows = {
  readonly columns: readonly { readonly header: string; readonly field?: string }[];
  readonly rows: readonly FileRow[];
  readonly dateOrder: (field: string) => DateOrder;
};

/** More rows than any list of a ministry has; so many are changed in one transaction. */
const MAX_ROWS = 20_000;

/** Reads a table of reference data. Throws `IMPORT_UNREADABLE` with what is wrong, and where (SPEC I2). */
export function readReferenceFile(target: ReferenceTarget, name: string, bytes: Uint8Array): FileRows {
  const table = parseTable(name, decode(bytes), { isHeader: isHeaderOf(target), mayBeOneColumn: true });
  if ('problem' in table) throw unreadable(table.problem, table.line);
  const places = placeColumns(target, table.headers);
  if (!TELLING[target].some((field) => places.has(field))) throw unreadable('no-column');
  if (table.rows.length > MAX_ROWS) throw unreadable('too-large');
  const fieldAt = new Map([...places].map(([field, place]) => [place, field]));
  const cell = (cells: readonly string[], field: string) => tidyLine(cells[places.get(field) ?? -1] ?? '');
  return {
    columns: table.headers.map((header, place) => {
      const field = fieldAt.get(place);
      return { header, ...(field !== undefined && { field }) };
    }),
    rows: table.rows.map(({ line, cells }) => ({
      line,
      isTooWide: cells.length > table.headers.length,
      get: (field) => cell(cells, field),
    })),
    dateOrder: (field) => findDateOrder(table.rows.map(({ cells }) => cell(cells, field))),
  };
}

function decode(bytes: Uint8Array): string {
  if (bytes.length === 0) throw unreadable('empty');
  if (bytes.length > MAX_FILE_BYTES) throw unreadable('too-large');
  if (findSignature(bytes)) throw unreadable('unknown-format');
  const text = decodeText(bytes)?.text;
  if (text === undefined) throw unreadable('not-text');
  if (text.trim() === '') throw unreadable('empty');
  return text;
}

function unreadable(problem: string, line?: number): AppError {
  return new AppError('IMPORT_UNREADABLE', 'The file is no table of this list', {
    details: { problem, ...(line !== undefined && { line }) },
  });
}
