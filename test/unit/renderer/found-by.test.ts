import { explain } from '../../../renderer/features/asset-list/found-by.ts';

const CELLS = [
  { text: 'MND-PCP-26-K7-0001-X', room: 40 },
  { text: 'Ordinateur portable Dell', room: 26 },
  { text: 'Ordinateur portable', room: 10 },
  { text: "Direction départementale d'Abomey-Calavi", room: 14 },
  { text: "Annexe d'Abomey-Calavi", room: 14 },
];
const HIDDEN = [
  { label: 'N° de série', text: '5CG-0482 KX' },
  { label: 'Détenteur', text: 'Afiavi Dossou' },
  { label: 'Bureau', text: 'Bureau 012' },
  { label: 'Observations', text: 'Prêté à M. Dossou, bureau 12, clé perdue' },
];
const reasons = (...terms: string[]) => explain(terms, CELLS, () => HIDDEN).reasons.map(({ label }) => label);
const forward = (...terms: string[]) => [...explain(terms, CELLS, () => HIDDEN).forward];

describe('why a row was found', () => {
  it('needs no words when its columns show it', () => {
    const hidden = vi.fn(() => HIDDEN);
    expect(explain(['dell', 'k7'], CELLS, hidden)).toEqual({ forward: new Map(), reasons: [] });
    expect(explain([], CELLS, hidden)).toEqual({ forward: new Map(), reasons: [] });
    expect(hidden).not.toHaveBeenCalled();
  });

  it('is brought forward in the first column that has it, where no column shows it', () => {
    expect(forward('calavi')).toEqual([[3, { start: 34, end: 40 }]]);
    expect(forward('portable')).toEqual([]);
    expect(reasons('calavi')).toEqual([]);
  });

  it('is the field in which the word stands', () => {
    expect(reasons('dell', '5cg0482')).toEqual(['N° de série']);
    expect(reasons('dossou')).toEqual(['Détenteur']);
  });

  it('is the field with most of the words', () => {
    expect(reasons('dossou', 'perdue')).toEqual(['Observations']);
  });

  it('may be two fields, no more', () => {
    expect(reasons('5cg', 'afiavi', '012')).toEqual(['N° de série', 'Détenteur']);
  });

  it('is nothing for a word that stands nowhere, such as one of two spellings', () => {
    expect(reasons('dell', 'del')).toEqual([]);
    expect(reasons('nowhere')).toEqual([]);
  });
});
