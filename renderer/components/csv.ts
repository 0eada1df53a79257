/** What spreadsheets take as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Lets spreadsheets read the accents. */
export const BYTE_ORDER_MARK = '\ufeff';

/** One line of a table for a French spreadsheet: `;` between cells, quotes where needed, no cell that would be a formula. */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(csvCell).join(';')}\r\n`;
}

function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
