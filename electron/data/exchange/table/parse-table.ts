import Papa from 'papaparse';
import type { ImportFileProblem } from '#shared/protocol/data-port.ts';
import { tidyLine } from '../cells.ts';
import { findHeaderField } from './headers.ts';
import { findSeparator } from './separator.ts';

export type TableRow = { readonly line: number; readonly cells: readonly string[] };
export type Table = { readonly headers: readonly string[]; readonly rows: readonly TableRow[] };

/** Ministries put a letterhead above the table: the header is looked for this far down. */
const MAX_TITLE_ROWS = 15;

/** More columns than any list of equipment has. */
const MAX_COLUMNS = 500;

function countBreaks(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) if (cell.includes('\n')) breaks += cell.split('\n').length - 1;
  return breaks;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function numberLines(data: readonly (readonly string[])[], firstLine: number): TableRow[] {
  let line = firstLine;
  return data.map((cells) => {
    const row = { line, cells };
    line += 1 + countBreaks(cells);
    return row;
  });
}

/** What a list says of itself: which headings it knows, and whether one column alone may be all of it. */
export type TableExpectation = { readonly isHeader: (cell: string) => boolean; readonly mayBeOneColumn?: boolean };

const ASSETS: TableExpectation = { isHeader: (cell) => findHeaderField(cell) !== undefined };

/** The row with most known headers; without any, the first row that is not blank. */
function findHeaderRow(rows: readonly TableRow[], isHeader: TableExpectation['isHeader']): number {
  let [best, mostKnown] = [rows.findIndex(({ cells }) => !isBlank(cells)), 0];
  for (const [index, { cells }] of rows.slice(0, MAX_TITLE_ROWS).entries()) {
    const known = cells.filter(isHeader).length;
    if (known > mostKnown) [best, mostKnown] = [index, known];
  }
  return best;
}

/** Names every column, so that each can be mapped: the second `Nom` is `Nom (2)`, a nameless one goes by its place. */
function nameColumns(cells: readonly string[]): string[] {
  const used = new Set<string>();
  return cells.map((cell, index) => {
    const name = tidyLine(cell).slice(0, 150) || `(colonne ${index + 1})`;
    let unique = name;
    for (let count = 2; used.has(unique); count++) unique = `${name} (${count})`;
    used.add(unique);
    return unique;
  });
}

function dropEmptyTail(cells: readonly string[]): readonly string[] {
  let end = cells.length;
  while (end > 0 && cells[end - 1]?.trim() === '') end -= 1;
  return cells.slice(0, end);
}

/** Splits a text into a header and numbered rows. Nothing is taken of a file whose quotes do not close (SPEC I2). */
export function parseTable(file: string, source: string, expected = ASSETS): Table | ImportFileProblem {
  const lines = source.replace(/\r\n?/g, '\n');
  const oneColumn = expected.mayBeOneColumn ? { text: lines, separator: ';', skippedLines: 0 } : undefined;
  const found = findSeparator(lines) ?? oneColumn;
  if (!found) return { file, problem: 'unknown-format', detail: 'text' };
  const { text, separator, skippedLines } = found;
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: separator, newline: '\n' });
  if (data.some(({ length }) => length > MAX_COLUMNS)) return { file, problem: 'bad-csv', detail: 'too many columns' };
  const rows = numberLines(data, skippedLines + 1);
  const [error] = errors;
  if (error) {
    const line = rows[error.row ?? 0]?.line;
    return { file, problem: 'bad-csv', ...(line !== undefined && { line }), detail: error.code };
  }
  const headerAt = findHeaderRow(rows, expected.isHeader);
  const header = rows[headerAt];
  if (!header) return { file, problem: 'empty' };
  const headers = nameColumns(dropEmptyTail(header.cells));
  const filled = rows.slice(headerAt + 1).filter(({ cells }) => !isBlank(cells));
  if (filled.length === 0) return { file, problem: 'empty', line: header.line, detail: 'header only' };
  return { headers, rows: filled.map(({ line, cells }) => ({ line, cells: dropEmptyTail(cells) })) };
}
