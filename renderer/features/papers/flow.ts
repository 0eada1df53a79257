import type { PaperContent, PaperTable } from '#shared/schema/paper.ts';

type Signature = PaperContent['signatures'][number];
type Fact = PaperContent['facts'][number];

/** What a sheet shows, one item after the other, in the order of the paper. */
export type SheetItem =
  | { readonly kind: 'heading' }
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly title?: string | undefined; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[]; readonly isFirst: boolean; readonly isLast: boolean }
  | { readonly kind: 'table-title'; readonly title?: string | undefined; readonly text?: string | undefined }
  | { readonly kind: 'row'; readonly table: number; readonly cells: readonly string[]; readonly isTotal: boolean }
  | { readonly kind: 'gap' }
  | { readonly kind: 'signatures'; readonly signatures: readonly Signature[]; readonly columns: number };

/** Facts side by side. */
const FACT_COLUMNS = 2;
const SIGNATURE_COLUMNS = 4;

export function itemsOf(content: PaperContent): SheetItem[] {
  return [
    { kind: 'heading' },
    { kind: 'title', text: content.title },
    ...content.introduction.map((text): SheetItem => ({ kind: 'paragraph', text })),
    ...factItems(content.facts),
    ...content.tables.flatMap(tableItems),
    ...content.notes.map(({ title, text }): SheetItem => ({ kind: 'paragraph', title, text })),
    ...signatureItems(content),
  ];
}

/** Short ones share a line; a long one has it for itself. */
function factItems(facts: readonly Fact[]): SheetItem[] {
  const lines: Fact[][] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    const isAlone = isLong(fact) || last === undefined || last.length === FACT_COLUMNS || last.some(isLong);
    if (isAlone) lines.push([fact]);
    else last.push(fact);
  }
  return lines.map(
    (line, index): SheetItem => ({
      kind: 'facts',
      facts: line,
      isFirst: index === 0,
      isLast: index === lines.length - 1,
    }),
  );
}

function isLong({ value }: Fact): boolean {
  return value.length > 60;
}

function tableItems({ title, introduction, rows, totals }: PaperTable, table: number): SheetItem[] {
  return [
    ...(title || introduction
      ? [{ kind: 'table-title', title, text: introduction } as const]
      : [{ kind: 'gap' } as const]),
    ...rows.map((cells): SheetItem => ({ kind: 'row', table, cells, isTotal: false })),
    ...(totals ? [{ kind: 'row', table, cells: totals, isTotal: true } as const] : []),
    { kind: 'gap' },
  ];
}

/** Side by side, as on the forms in use: four at the most, and rows as even as they get. */
function signatureItems({ signatures }: PaperContent): SheetItem[] {
  const rows = Math.ceil(signatures.length / SIGNATURE_COLUMNS);
  const columns = Math.ceil(signatures.length / Math.max(rows, 1));
  return Array.from({ length: rows }, (_, row) => ({
    kind: 'signatures',
    signatures: signatures.slice(row * columns, (row + 1) * columns),
    columns,
  }));
}

/** A title stays with what it announces, a total with its last row, and signatures with what is signed. */
export function isKeptWithNext(items: readonly SheetItem[], index: number): boolean {
  const [item, next] = [items[index], items[index + 1]];
  if (!item || !next) return false;
  if (item.kind === 'heading' || item.kind === 'title' || item.kind === 'table-title') return true;
  if (next.kind === 'signatures') return true;
  // The paragraph, total or row before signatures may be followed by room only.
  if (next.kind === 'gap' && items[index + 2]?.kind === 'signatures') return true;
  return next.kind === 'row' && next.isTotal;
}
