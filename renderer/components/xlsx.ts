import { strToU8, Zip, ZipDeflate } from 'fflate';

/** A date is `YYYY-MM-DD`; an absent cell is empty. */
export type XlsxCell = string | number | { readonly date: string } | undefined;
export type XlsxColumn = {
  readonly header: string;
  /** Characters. */
  readonly width: number;
};

/** Rows that a sheet can hold below its header. */
export const MAX_XLSX_ROWS = 1_048_575;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
export const XLSX_TYPE = `${SHEET_TYPE}.sheet`;

/** Numbers of the formats in `STYLES`. */
const HEADER_STYLE = 1;
const DATE_STYLE = 2;
const INTEGER_STYLE = 3;

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="3" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const PARTS = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': STYLES,
} as const;

/**
 * Writes a workbook of one sheet, rows as they come: the text of the sheet is packed at once and never held as a whole.
 * Texts are texts: none of them is ever a formula.
 */
export class XlsxWriter {
  readonly #zip: Zip;
  readonly #sheet: ZipDeflate;
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  readonly #columns: number;
  #rows = 0;
  #failure: Error | undefined;

  constructor(sheetName: string, columns: readonly XlsxColumn[]) {
    this.#columns = columns.length;
    this.#zip = new Zip((failure, bytes) => {
      if (failure) this.#failure = failure;
      else this.#parts.push(new Uint8Array(bytes));
    });
    for (const [path, text] of Object.entries(PARTS)) this.#write(path, text);
    this.#write(
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${toText(sheetName.slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    );
    this.#sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 6 });
    this.#zip.add(this.#sheet);
    const widths = columns.map(({ width }, place) => {
      const number = place + 1;
      return `<col min="${number}" max="${number}" width="${width}" customWidth="1"/>`;
    });
    // The header stays in sight.
    this.#push(
      `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`,
    );
    this.#pushRow(columns.map(({ header }) => textCell(header, HEADER_STYLE)));
  }

  add(rows: readonly (readonly XlsxCell[])[]): void {
    for (const cells of rows) this.#pushRow(cells.map(toXml));
  }

  finish(): Blob {
    const last = `${columnName(this.#columns - 1)}${this.#rows}`;
    this.#sheet.push(strToU8(`</sheetData><autoFilter ref="A1:${last}"/></worksheet>`), true);
    this.#zip.end();
    if (this.#failure) throw this.#failure;
    return new Blob(this.#parts, { type: XLSX_TYPE });
  }

  #pushRow(cells: readonly string[]): void {
    this.#rows += 1;
    this.#push(`<row>${cells.join('')}</row>`);
  }

  #push(text: string): void {
    this.#sheet.push(strToU8(text));
  }

  #write(path: string, text: string): void {
    const file = new ZipDeflate(path);
    this.#zip.add(file);
    file.push(strToU8(text), true);
  }
}

function toXml(cell: XlsxCell): string {
  if (cell === undefined || cell === '') return '<c/>';
  if (typeof cell === 'number') return `<c s="${INTEGER_STYLE}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') return textCell(cell, 0);
  return `<c s="${DATE_STYLE}"><v>${dayOf(cell.date)}</v></c>`;
}

function textCell(text: string, style: number): string {
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${toText(text)}</t></is></c>`;
}

/** Days as spreadsheets count them. */
function dayOf(date: string): number {
  return Date.parse(date) / 86_400_000 + 25_569;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for these.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

function toText(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** `A` … `Z`, `AA` … */
function columnName(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : `${columnName(Math.floor(place / 26) - 1)}${letter}`;
}
