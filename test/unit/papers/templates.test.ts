import { Value } from 'typebox/value';
import { ACT_NAMES, PAPER_KINDS, ruleOf } from '#shared/domain/lifecycle.ts';
import { DEFAULT_TEMPLATES } from '#shared/papers/defaults/index.ts';
import { COLUMN_FIELDS, columnRule, findPlaceholder, PLACEHOLDER_NAMES } from '#shared/papers/fields.ts';
import { printFrancs, printInteger } from '#shared/papers/format.ts';
import { PAPER_RULES, paperRule } from '#shared/papers/kinds.ts';
import { findTemplateProblems, PaperTemplate, wordings } from '#shared/papers/template.ts';
import { PAPER_WORDS } from '#shared/papers/words.ts';
import { formatInteger, formatMoney } from '../../../renderer/text/format.ts';
import { domain } from '../../../renderer/text/fr/domain.ts';

describe('the templates that ship', () => {
  it.each(PAPER_KINDS)('%s: has the shape and no fault', (kind) => {
    const template = DEFAULT_TEMPLATES[kind];
    expect([...Value.Errors(PaperTemplate, template)]).toEqual([]);
    expect(findTemplateProblems(template, kind)).toEqual([]);
    expect(template.version).toBe(0);
  });

  it('quote no decree, no form number and no rate: none was confirmed', () => {
    for (const kind of PAPER_KINDS) {
      const texts = wordings(DEFAULT_TEMPLATES[kind]).map(([, text]) => text);
      for (const text of texts) expect(text).not.toMatch(/décret|arrêté n|loi n|modèle n|\d\s*%|20\d\d-\d+/i);
    }
  });

  it('the discharge informs the person whose data it holds', () => {
    const notes = DEFAULT_TEMPLATES.discharge.notes.map(({ text }) => text).join(' ');
    for (const word of ['Code du numérique', 'durée de conservation', 'rectifier', 'APDP', '{ministère}']) {
      expect(notes).toContain(word);
    }
  });

  it('every paper that an act produces can be made of an act', () => {
    for (const act of ACT_NAMES) {
      for (const kind of ruleOf(act).papers) expect(paperRule(kind).sources, `${act} ${kind}`).toContain('act');
    }
    expect(new Set(Object.values(PAPER_RULES).map(({ code }) => code)).size).toBe(PAPER_KINDS.length);
  });
});

describe('a template with a fault is named with the place of it', () => {
  const template: PaperTemplate = DEFAULT_TEMPLATES['assignment-slip'];

  it.each<[string, Partial<PaperTemplate>, object]>([
    [
      'a placeholder that is none',
      { introduction: ['Remis à {detenteurs}.'] },
      { path: 'introduction.0', problem: 'unknown-placeholder', detail: 'detenteurs' },
    ],
    ['an unclosed brace', { notes: [{ text: 'Remis à {détenteur.' }] }, { path: 'notes.0', problem: 'unclosed-brace' }],
    [
      'a column of another paper',
      { tables: [{ lines: 'all', hasTotals: false, columns: [{ field: 'amountIn', width: 10 }] }] },
      { path: 'tables.0.columns.0', problem: 'wrong-column', detail: 'amountIn' },
    ],
    [
      'the same column twice',
      {
        tables: [
          {
            lines: 'all',
            hasTotals: false,
            columns: [
              { field: 'room', width: 10 },
              { field: 'room', width: 10 },
            ],
          },
        ],
      },
      { path: 'tables.0.columns.1', problem: 'same-column', detail: 'room' },
    ],
    ['the template of another paper', { kind: 'discharge' }, { path: 'kind', problem: 'other-kind' }],
    ['a text of spaces', { title: '  ' }, { path: 'title', problem: 'empty' }],
  ])('%s', (_what, change, problem) => {
    expect(findTemplateProblems({ ...template, ...change }, 'assignment-slip')).toContainEqual(problem);
  });

  it('placeholders are found whatever their case and accents, and none hides another', () => {
    expect(findPlaceholder('DETENTEUR')).toBe('détenteur');
    expect(findPlaceholder("structure d'affectation")).toBe('structure d’affectation');
    expect(findPlaceholder('n’importe quoi')).toBeUndefined();
    for (const name of PLACEHOLDER_NAMES) expect(findPlaceholder(name)).toBe(name);
  });
});

describe('papers and screens speak alike', () => {
  it.each([
    'status',
    'physicalState',
    'holderKind',
    'acquisitionMode',
    'serialAbsenceReason',
    'role',
    'act',
    'movementKind',
  ] as const)('%s', (group) => {
    expect(PAPER_WORDS[group]).toEqual(domain[group]);
  });

  it('and write numbers alike', () => {
    for (const value of [0, 12, 1234, 350_000, 999_999_999_999]) {
      expect(printInteger(value)).toBe(formatInteger(value));
      expect(printFrancs(value)).toBe(formatMoney(value));
    }
  });

  it('every column has a heading that fits its schema', () => {
    for (const field of COLUMN_FIELDS) expect(columnRule(field).label.length).toBeLessThanOrEqual(60);
  });
});
