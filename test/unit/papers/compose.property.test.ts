import fc from 'fast-check';
import { Value } from 'typebox/value';
import { PAPER_KINDS } from '#shared/domain/lifecycle.ts';
import { composePaper, type FactValue, type PaperFacts, type PaperLine } from '#shared/papers/compose.ts';
import { DEFAULT_TEMPLATES } from '#shared/papers/defaults/index.ts';
import { COLUMN_FIELDS, columnRule, PLACEHOLDER_NAMES, placeholderRule } from '#shared/papers/fields.ts';
import { printInteger } from '#shared/papers/format.ts';
import { PaperContent } from '#shared/schema/paper.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const amount = fc.nat(5_000_000);
const date = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .chain((day) => fc.constantFrom(4, 7, 10, 24).map((length) => day.toISOString().slice(0, length)));

function factOf(type: string): fc.Arbitrary<FactValue | undefined> {
  const known: Readonly<Record<string, fc.Arbitrary<FactValue>>> = { money: amount, count: amount, date };
  return fc.option(known[type] ?? text, { nil: undefined });
}

function recordOf<Key extends string>(names: readonly Key[], typeOf: (name: Key) => string) {
  const entries = names.map((name) => [name, factOf(typeOf(name))] as const);
  return fc.record(Object.fromEntries(entries)).map((record) => {
    const given = Object.entries(record).filter(([, value]) => value !== undefined);
    // Only the names asked for.
    return Object.fromEntries(given) as Partial<Record<Key, FactValue>>;
  });
}

const line: fc.Arbitrary<PaperLine> = fc.record({
  storesData: fc.boolean(),
  cells: recordOf(COLUMN_FIELDS, (field) => columnRule(field).type),
});

const facts: fc.Arbitrary<PaperFacts> = fc.record({
  kind: fc.constantFrom(...PAPER_KINDS),
  number: fc.constant('MND-BA-26-K7-0001-X'),
  issuedAt: fc.constant('2026-11-23T10:26:00.000Z'),
  ministry: fc.constant({ name: 'Ministère du Numérique', acronym: 'MND' }),
  structure: fc.option(text, { nil: undefined }),
  author: fc.constant({ name: 'Afiavi Dossou', role: 'DSI' }),
  values: recordOf(PLACEHOLDER_NAMES, (name) => placeholderRule(name).type),
  lines: fc.array(line, { maxLength: 12 }),
  signatures: fc.constant([]),
});

describe('W1: a paper composed of any facts', () => {
  it('has the shape that is kept, every line, and no brace of a placeholder', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const template = DEFAULT_TEMPLATES[given.kind];
        const content = composePaper(template, given);
        expect([...Value.Errors(PaperContent, content)]).toEqual([]);
        for (const [index, { lines, columns }] of template.tables.entries()) {
          const shown = lines === 'all' ? given.lines : given.lines.filter(({ storesData }) => storesData);
          const table = content.tables[index];
          // A table of some lines is left out when it has none.
          const isShown = shown.length > 0 || lines === 'all';
          expect(table?.rows.length).toBe(isShown ? shown.length : undefined);
          for (const row of table?.rows ?? []) expect(row).toHaveLength(table?.columns.length ?? 0);
          const left = columns.filter(({ field }) => !table?.columns.some((column) => column.field === field));
          if (table) expect(left.every(({ field }) => columnRule(field).isOptional)).toBe(true);
        }
        expect(content.signatures).toHaveLength(template.signatures.length);
      }),
      { numRuns: 60 },
    );
  });

  it('totals what is known and says how many are not', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const content = composePaper(DEFAULT_TEMPLATES['asset-statement'], {
          ...given,
          values: {},
          kind: 'asset-statement',
        });
        const known = given.lines.flatMap(({ cells }) => (typeof cells.value === 'number' ? [cells.value] : []));
        const sum = known.reduce((total, value) => total + value, 0);
        const table = content.tables[0];
        const column = table?.columns.findIndex(({ field }) => field === 'value') ?? -1;
        expect(table?.totals?.[column]).toBe(printInteger(sum));
        const without = given.lines.length - known.length;
        const note = content.notes.find(({ text: said }) => said.startsWith('Matériels sans valeur connue'));
        if (without === 0) expect(note).toBeUndefined();
        else expect(note?.text).toContain(printInteger(without));
        expect(content.facts.some(({ label }) => label === 'Matériels sans valeur connue')).toBe(without > 0);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for the same facts, whatever stood in a text', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const values = { ...given.values, motif: '{détenteur} $& $1 {{x}}' };
        const template = DEFAULT_TEMPLATES['transfer-slip'];
        const content = composePaper(template, { ...given, values });
        expect(content).toEqual(composePaper(template, { ...given, values }));
        // What a person wrote is not wording: it is printed as it is.
        expect(content.facts.find(({ label }) => label === 'Motif')?.value).toBe('{détenteur} $& $1 {{x}}');
      }),
      { numRuns: 20 },
    );
  });
});

describe('the wording', () => {
  const base: PaperFacts = {
    kind: 'assignment-slip',
    number: 'MND-BA-26-K7-0001-X',
    issuedAt: '2026-12-31T23:30:00.000Z',
    ministry: { name: 'Ministère du Numérique', acronym: 'MND' },
    author: { name: 'Afiavi Dossou', role: 'DSI' },
    values: { détenteur: 'Koffi Ahouansou', 'structure d’affectation': 'Cabinet', site: 'Cotonou' },
    lines: [
      { storesData: true, cells: { reference: 'MND-PCP-26-K7-0001-T', designation: 'Portable', value: 450_000 } },
      { storesData: true, cells: { reference: 'MND-PCP-26-K7-0002-R', designation: 'Portable' } },
    ],
    signatures: [{ block: 0, name: 'Koffi Ahouansou', quality: 'Chef de service', image: 'iVBORw0KGgo=' }],
  };

  it('writes dates of Benin, amounts in figures and words, and « inconnu » for what nobody knows', () => {
    const content = composePaper(DEFAULT_TEMPLATES['assignment-slip'], base);
    expect(content.date).toBe('01/01/2027');
    expect(content.heading).toMatchObject({ republic: 'RÉPUBLIQUE DU BÉNIN', motto: 'Fraternité – Justice – Travail' });
    expect(content.notes[0]?.text).toBe(
      'Arrêté le présent bordereau à deux (2) unité(s), pour une valeur de quatre cent cinquante mille francs CFA (450\u202f000\u00a0F\u00a0CFA).',
    );
    expect(content.notes[1]?.text).toBe('Matériels sans valeur connue, non compris dans ce montant\u00a0: 1');
    expect(content.tables[0]?.rows[1]).toEqual([
      '2',
      'MND-PCP-26-K7-0002-R',
      '',
      'Portable',
      'inconnu',
      'inconnu',
      'inconnu',
    ]);
    expect(content.tables[0]?.totals).toEqual(['', 'Total', '', '', '', '', '450\u202f000']);
  });

  it('leaves room for the pen where a person has to say it, and leaves out a line that says nothing', () => {
    const content = composePaper(DEFAULT_TEMPLATES['assignment-slip'], base);
    expect(content.facts.find(({ label }) => label === 'Motif')?.value).toMatch(/^…+$/);
    expect(content.facts.some(({ label }) => label === 'Bureau')).toBe(false);
  });

  it('names who signed, who is expected to, and nobody where that is not known', () => {
    const { signatures } = composePaper(DEFAULT_TEMPLATES['assignment-slip'], base);
    expect(signatures[0]).toMatchObject({
      name: 'Koffi Ahouansou',
      quality: 'Chef de service',
      signedOn: '01/01/2027',
    });
    expect(signatures[1]).toMatchObject({ name: 'Afiavi Dossou' });
    expect(signatures[1]).not.toHaveProperty('image');
    expect(signatures[2]).not.toHaveProperty('name');
  });
});
