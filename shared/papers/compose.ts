import type { PaperKind } from '../domain/lifecycle.ts';
import type { PaperContent, PaperTable } from '../schema/paper.ts';
import {
  type ColumnField,
  columnRule,
  findPlaceholder,
  type Placeholder,
  placeholderRule,
  type ValueType,
} from './fields.ts';
import { DOTS, printDate, printFrancs, printInteger, UNKNOWN, withFrenchSpaces } from './format.ts';
import { francsInWords, numberInWords } from './number-words.ts';
import { type PaperTemplate, PLACEHOLDER, type TemplateSignature, type TemplateTable } from './template.ts';

const REPUBLIC = 'RÉPUBLIQUE DU BÉNIN';
const MOTTO = 'Fraternité – Justice – Travail';

/** A value as it is known: texts are final, dates ISO, amounts in F CFA. Absent is unknown. */
export type FactValue = string | number;

/** One line of a table: an asset or a movement. */
export type PaperLine = {
  /** True for equipment that keeps data of its own. */
  readonly storesData: boolean;
  readonly cells: Readonly<Partial<Record<ColumnField, FactValue>>>;
};

/** A signature given on screen. `block` is its place among the template's blocks. */
export type PaperSignature = {
  readonly block: number;
  readonly name: string;
  readonly quality?: string | undefined;
  /** PNG, base64. */
  readonly image?: string | undefined;
};

/** Everything a paper is made of besides its wording. */
export type PaperFacts = {
  readonly kind: PaperKind;
  readonly number: string;
  /** Instant. */
  readonly issuedAt: string;
  readonly ministry: { readonly name: string; readonly acronym: string };
  /** Who issues it, below the ministry. */
  readonly structure?: string | undefined;
  readonly logo?: string | undefined;
  readonly author: { readonly name: string; readonly role: string };
  readonly values: Readonly<Partial<Record<Placeholder, FactValue>>>;
  readonly lines: readonly PaperLine[];
  readonly signatures: readonly PaperSignature[];
};

/**
 * A paper from its template and its facts. Pure and total: whatever the facts, every placeholder becomes a text, every
 * line is printed, every amount that is known is in the total.
 */
export function composePaper(template: PaperTemplate, facts: PaperFacts): PaperContent {
  const values = { ...totalsOf(facts), ...paperValues(facts), ...facts.values };
  const say = (text: string) => fill(text, values).text;
  const kept = (texts: readonly string[]) =>
    texts.map((text) => fill(text, values)).flatMap(({ text, isEmpty }) => (isEmpty ? [] : [text]));
  const date = printDate(facts.issuedAt);
  return {
    heading: {
      republic: REPUBLIC,
      motto: MOTTO,
      ministry: facts.ministry.name,
      ...(facts.structure && { structure: facts.structure }),
      ...(facts.logo && { logo: facts.logo }),
    },
    number: facts.number,
    date,
    title: say(template.title),
    orientation: template.orientation,
    introduction: kept(template.introduction),
    facts: template.facts.flatMap(({ label, value }) =>
      kept([value]).map((text) => ({ label: withFrenchSpaces(label), value: text })),
    ),
    tables: template.tables.flatMap((table) => composeTable(table, facts.lines, say)),
    notes: template.notes.flatMap(({ title, text }) =>
      kept([text]).map((kept) => ({ ...(title && { title: withFrenchSpaces(title) }), text: kept })),
    ),
    signatures: template.signatures.map((block, index) =>
      composeSignature(
        block,
        facts.signatures.find((signature) => signature.block === index),
        date,
        (text) => fill(text, values),
      ),
    ),
  };
}

function paperValues({ number, issuedAt, ministry, structure, author }: PaperFacts): PaperFacts['values'] {
  return {
    numéro: number,
    date: issuedAt,
    ministère: ministry.name,
    sigle: ministry.acronym,
    ...(structure && { structure }),
    'établi par': author.name,
    'fonction de l’auteur': author.role,
  };
}

/** Over all lines: only what is known is summed, and what is not is counted. */
function totalsOf({ lines }: PaperFacts): PaperFacts['values'] {
  const known = lines.flatMap(({ cells }) => (typeof cells.value === 'number' ? [cells.value] : []));
  const sum = known.reduce((total, value) => total + value, 0);
  const unknown = lines.length - known.length;
  return {
    nombre: lines.length,
    'nombre en lettres': numberInWords(lines.length),
    montant: sum,
    'montant en lettres': francsInWords(sum),
    ...(unknown > 0 && { 'sans valeur connue': unknown }),
  };
}

function composeTable(table: TemplateTable, lines: readonly PaperLine[], say: (text: string) => string): PaperTable[] {
  const shown = table.lines === 'all' ? lines : lines.filter(({ storesData }) => storesData);
  if (shown.length === 0 && table.lines !== 'all') return [];
  const columns = table.columns.filter(
    ({ field }) => !columnRule(field).isOptional || shown.some(({ cells }) => cells[field] !== undefined),
  );
  return [
    {
      ...(table.title && { title: withFrenchSpaces(table.title) }),
      ...(table.introduction && { introduction: say(table.introduction) }),
      columns: columns.map(({ field, label, width }) => ({
        field,
        label: withFrenchSpaces(label ?? columnRule(field).label),
        width,
        align: ALIGN[columnRule(field).type],
      })),
      rows: shown.map(({ cells }, index) => columns.map(({ field }) => printCell(field, cells[field], index))),
      ...(table.hasTotals && { totals: printTotals(columns, shown) }),
    },
  ];
}

const ALIGN = {
  text: 'left',
  date: 'left',
  money: 'right',
  count: 'right',
  rank: 'right',
  blank: 'left',
} as const satisfies Record<ValueType, string>;

function printCell(field: ColumnField, value: FactValue | undefined, index: number): string {
  const { type, missing } = columnRule(field);
  if (type === 'rank') return String(index + 1);
  if (type === 'blank') return '';
  if (value === undefined || value === '') return missing === 'unknown' ? UNKNOWN : '';
  if (type === 'date') return printDate(String(value));
  return typeof value === 'number' ? printInteger(value) : value;
}

/** A price of one thing is not summed; amounts and quantities are. The word `Total` stands in the first free column. */
function printTotals(columns: TemplateTable['columns'], lines: readonly PaperLine[]): string[] {
  const totals = columns.map(({ field }) => {
    const { type } = columnRule(field);
    if ((type !== 'money' && type !== 'count') || field === 'unitPrice') return '';
    const known = lines.flatMap(({ cells }) => (typeof cells[field] === 'number' ? [cells[field]] : []));
    return printInteger(known.reduce((sum, value) => sum + value, 0));
  });
  const free = columns.findIndex(({ width }, index) => totals[index] === '' && width >= 8);
  return totals.map((total, index) => (index === free ? 'Total' : total));
}

function composeSignature(
  { label, as, wording, name }: TemplateSignature,
  given: PaperSignature | undefined,
  date: string,
  say: (text: string) => Filled,
): PaperContent['signatures'][number] {
  const expected = name === undefined ? undefined : say(name);
  const isKnown = expected && !expected.isEmpty && !expected.isMissing;
  const signer = given?.name ?? (isKnown ? expected.text : undefined);
  return {
    label: withFrenchSpaces(label),
    as,
    ...(wording && { wording: say(wording).text }),
    ...(signer && { name: signer }),
    ...(given?.quality && { quality: given.quality }),
    ...(given?.image && { image: given.image, signedOn: date }),
  };
}

type Filled = {
  readonly text: string;
  /** Made of placeholders only, none of which says anything. */
  readonly isEmpty: boolean;
  /** Some placeholder is not known. */
  readonly isMissing: boolean;
};

/** Puts values in the place of placeholders; a name that is none stays as it was written. */
function fill(wording: string, values: PaperFacts['values']): Filled {
  let [said, asked, missing] = [0, 0, 0];
  const text = withFrenchSpaces(wording).replace(PLACEHOLDER, (whole, name: string) => {
    const placeholder = findPlaceholder(name);
    if (!placeholder) return whole;
    asked += 1;
    const printed = printValue(placeholder, values[placeholder]);
    if (printed !== '') said += 1;
    if (values[placeholder] === undefined || values[placeholder] === '') missing += 1;
    return printed;
  });
  return { text: text.trim(), isEmpty: asked > 0 && said === 0, isMissing: missing > 0 };
}

function printValue(placeholder: Placeholder, value: FactValue | undefined): string {
  const { type, missing } = placeholderRule(placeholder);
  if (value === undefined || value === '') return missing === 'empty' ? '' : { unknown: UNKNOWN, dots: DOTS }[missing];
  switch (type) {
    case 'date':
      return printDate(String(value));
    case 'money':
      return typeof value === 'number' ? printFrancs(value) : value;
    case 'count':
      return typeof value === 'number' ? printInteger(value) : value;
    case 'text':
      return typeof value === 'number' ? printInteger(value) : value;
  }
}
