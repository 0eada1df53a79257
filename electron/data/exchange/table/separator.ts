import Papa from 'papaparse';

const SEPARATORS = [';', ',', '\t', '|'] as const;

/** Enough to see the pattern of a table, whatever its size. */
const SAMPLE = { characters: 64_000, rows: 40 } as const;

/** A first line `sep=;` is Excel's own way to name the separator. */
const DECLARED = /^\ufeff?sep=(.)\n/i;

export type TableText = { readonly text: string; readonly separator: string; readonly skippedLines: number };

/** Number of cells of most rows, and the share of rows that have it. */
function measure(sample: string, delimiter: string): { readonly width: number; readonly share: number } {
  const { data } = Papa.parse<string[]>(sample, {
    delimiter,
    newline: '\n',
    preview: SAMPLE.rows,
    skipEmptyLines: 'greedy',
  });
  const counts = new Map<number, number>();
  for (const { length } of data) counts.set(length, (counts.get(length) ?? 0) + 1);
  let [width, rows] = [0, 0];
  for (const [candidate, count] of counts) if (candidate > 1 && count > rows) [width, rows] = [candidate, count];
  return { width, share: data.length === 0 ? 0 : rows / data.length };
}

/** Finds the separator of a table: the one that gives most rows the same number of cells. Undefined: not a table. */
export function findSeparator(source: string): TableText | undefined {
  const declared = DECLARED.exec(source);
  if (declared?.[1]) return { text: source.slice(declared[0].length), separator: declared[1], skippedLines: 1 };
  const sample = source.slice(0, SAMPLE.characters);
  let best: { readonly separator: string; readonly score: number } | undefined;
  for (const separator of SEPARATORS) {
    const { width, share } = measure(sample, separator);
    const score = share * 100 + Math.min(width, 50) / 10;
    if (width > 1 && (!best || score > best.score)) best = { separator, score };
  }
  return best && { text: source, separator: best.separator, skippedLines: 0 };
}
