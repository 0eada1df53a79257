import { endOf } from '#shared/domain/asset-end.ts';
import type { ListColumn } from '#shared/protocol/views.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../components/csv.ts';
import { type XlsxCell, XlsxWriter } from '../../components/xlsx.ts';

export type FileFormat = 'csv' | 'xlsx';

/** A file of the list, made row by row. */
export type ListFile = { add(assets: readonly Asset[]): void; finish(): Blob };

type Words = {
  readonly columns: readonly ListColumn[];
  readonly sheetName: string;
  header(column: ListColumn): string;
  text(column: ListColumn, asset: Asset): string;
};

export function makeListFile(format: FileFormat, words: Words): ListFile {
  return format === 'csv' ? makeCsv(words) : makeXlsx(words);
}

function makeCsv({ columns, header, text }: Words): ListFile {
  const parts = [BYTE_ORDER_MARK, csvLine(columns.map(header))];
  return {
    add: (assets) => {
      const lines = assets.map((asset) =>
        csvLine(columns.map((column) => amountOf(column, asset) ?? text(column, asset))),
      );
      parts.push(lines.join(''));
    },
    finish: () => new Blob(parts, { type: 'text/csv;charset=utf-8' }),
  };
}

function makeXlsx({ columns, sheetName, header, text }: Words): ListFile {
  const writer = new XlsxWriter(
    sheetName,
    columns.map((column) => ({ header: header(column), width: WIDTHS[column] ?? 18 })),
  );
  const cell = (column: ListColumn, asset: Asset): XlsxCell =>
    amountOf(column, asset) ?? dayOf(column, asset) ?? text(column, asset);
  return {
    add: (assets) => writer.add(assets.map((asset) => columns.map((column) => cell(column, asset)))),
    finish: () => writer.finish(),
  };
}

/** A small table, such as that of the groups. */
export function makeTable(
  format: FileFormat,
  sheetName: string,
  headers: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Blob {
  if (format === 'csv')
    return new Blob([BYTE_ORDER_MARK, ...[headers, ...rows].map(csvLine)], { type: 'text/csv;charset=utf-8' });
  const writer = new XlsxWriter(
    sheetName,
    headers.map((header, place) => ({ header, width: place === 0 ? 42 : 20 })),
  );
  writer.add(rows);
  return writer.finish();
}

const WIDTHS: Readonly<Partial<Record<ListColumn, number>>> = {
  reference: 24,
  designation: 42,
  structureId: 36,
  siteId: 28,
  holderName: 26,
  supplier: 26,
  acquisitionDate: 14,
  end: 14,
  returnDate: 14,
  updatedAt: 14,
};

/** A number that a spreadsheet adds up. */
function amountOf(column: ListColumn, asset: Asset): number | undefined {
  return column === 'acquisitionValue' ? asset.acquisitionValue : undefined;
}

/** A whole day is a date; a month or a year stays the text that it is. */
function dayOf(column: ListColumn, asset: Asset): XlsxCell {
  const dates: Readonly<Partial<Record<ListColumn, string | undefined>>> = {
    acquisitionDate: asset.acquisitionDate,
    returnDate: asset.returnDate,
    end: endOf(asset),
  };
  const date = dates[column];
  return date?.length === 10 ? { date } : undefined;
}
