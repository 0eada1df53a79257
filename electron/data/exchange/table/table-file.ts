import { type ImportField, isImportField } from '#shared/domain/import-fields.ts';
import type { ImportMapping } from '#shared/protocol/data-port.ts';
import { tidyLine, tidyLines } from '../cells.ts';
import type { Candidate, FileReading, ImportColumn, ImportLookups } from '../types.ts';
import { type DateOrder, findDateOrder } from '../values/dates.ts';
import { proposeFields } from './headers.ts';
import { parseTable, type Table, type TableRow } from './parse-table.ts';
import * as parts from './parts.ts';

const SAMPLES = { count: 3, characters: 80, rows: 1000 } as const;

/** A table in which none of these has a column is a list of something else: places, people, suppliers. */
const TELLING_FIELDS: readonly ImportField[] = ['brand', 'model', 'serialNumber', 'inventoryNumber', 'typeCode'];

/** The person's choice first, then proposals for the columns that the person has not decided on. */
export function mapColumns(headers: readonly string[], mapping: ImportMapping): ReadonlyMap<string, ImportField> {
  const chosen = new Map<string, ImportField>();
  const undecided: string[] = [];
  for (const header of headers) {
    const field = Object.hasOwn(mapping, header) ? mapping[header] : undefined;
    if (field === undefined) undecided.push(header);
    else if (isImportField(field)) chosen.set(header, field);
  }
  return new Map([...proposeFields(undecided, new Set(chosen.values())), ...chosen]);
}

type ColumnsOf = (field: ImportField) => readonly number[];

function indexColumns(headers: readonly string[], fields: ReadonlyMap<string, ImportField>): ColumnsOf {
  const columns = new Map<ImportField, number[]>();
  for (const [index, header] of headers.entries()) {
    const field = fields.get(header);
    if (field) columns.set(field, [...(columns.get(field) ?? []), index]);
  }
  return (field) => columns.get(field) ?? [];
}

/** Of several columns for one field the first that says something counts; notes are put together. */
function openRow({ cells }: TableRow, columnsOf: ColumnsOf): parts.Row {
  return (field) => {
    if (field === 'notes')
      return columnsOf(field)
        .map((index) => tidyLines(cells[index] ?? ''))
        .filter(Boolean)
        .join('\n');
    for (const index of columnsOf(field)) {
      const text = parts.readCell(tidyLine(cells[index] ?? ''));
      if (text) return text;
    }
    return '';
  };
}

function describeColumns(table: Table, fields: ReadonlyMap<string, ImportField>): ImportColumn[] {
  return table.headers.map((header, index) => {
    const samples = new Set<string>();
    for (const { cells } of table.rows.slice(0, SAMPLES.rows)) {
      const text = tidyLine(cells[index] ?? '').slice(0, SAMPLES.characters);
      if (text) samples.add(text);
      if (samples.size === SAMPLES.count) break;
    }
    const field = fields.get(header);
    return { header, samples: [...samples], ...(field && { field }) };
  });
}

/** Days and months are told apart once per column, not row by row. */
function findDateOrders(table: Table, columnsOf: ColumnsOf): (field: ImportField) => DateOrder {
  const orders = new Map<ImportField, DateOrder>();
  for (const field of ['acquisitionDate', 'commissioningDate', 'warrantyEnd'] as const) {
    const cells = columnsOf(field).flatMap((index) => table.rows.map((row) => row.cells[index] ?? ''));
    orders.set(field, findDateOrder(cells));
  }
  return (field) => orders.get(field) ?? 'day-month';
}

/** Row by row as they are asked for: tables are long. */
function* readRows(file: string, { rows, headers }: Table, read: (row: TableRow) => parts.Part): Generator<Candidate> {
  for (const row of rows) yield readRow(file, row, headers.length, read);
}

function readRow(file: string, row: TableRow, width: number, read: (row: TableRow) => parts.Part): Candidate {
  const { fields = {}, attributes = {}, warnings = [], status } = read(row);
  const isShort = row.cells.length < width && row.cells.length < 2;
  return {
    file,
    line: row.line,
    fields: { ...fields, ...(Object.keys(attributes).length > 0 && { attributes }) },
    ...(status && { status }),
    warnings: isShort ? [...warnings, { problem: 'missing-cells' }] : warnings,
    ...(row.cells.length > width && { refusal: { problem: 'too-many-cells' } }),
  };
}

/** Reads a table of any usual separator. Every column is answered for, also those that feed nothing. */
export function readTableFile(file: string, text: string, mapping: ImportMapping, lookups: ImportLookups): FileReading {
  const table = parseTable(file, text);
  if ('problem' in table) return { candidates: [], problems: [table] };
  const fields = mapColumns(table.headers, mapping);
  const columns = describeColumns(table, fields);
  const columnsOf = indexColumns(table.headers, fields);
  if (!TELLING_FIELDS.some((field) => columnsOf(field).length > 0)) {
    return { candidates: [], columns, problems: [{ file, problem: 'bad-csv', detail: 'no column of an asset' }] };
  }
  const orders = findDateOrders(table, columnsOf);
  const read = (source: TableRow): parts.Part => {
    const row = openRow(source, columnsOf);
    return parts.mergeParts([
      parts.readNames(row),
      parts.readMaker(row),
      parts.readSerial(row),
      parts.readType(row, lookups.typeCodes),
      parts.readCondition(row),
      parts.readPlaces(row, lookups),
      parts.readHolder(row),
      parts.readAcquisition(row, orders),
      parts.readTechnical(row),
    ]);
  };
  return { candidates: readRows(file, table, read), columns, problems: [] };
}
