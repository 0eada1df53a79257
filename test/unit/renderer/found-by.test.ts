import { reasonsFor } from '../../../renderer/features/asset-list/found-by.ts';

const SHOWN = ['MND-PCP-26-K7-0001-X', 'Ordinateur portable Dell', 'Siège'];
const HIDDEN = [
  { label: 'N° de série', text: '5CG-0482 KX' },
  { label: 'Détenteur', text: 'Afiavi Dossou' },
  { label: 'Bureau', text: 'Bureau 012' },
  { label: 'Observations', text: 'Prêté à M. Dossou, bureau 12, clé perdue' },
];
const reasons = (...terms: string[]) => reasonsFor(terms, SHOWN, () => HIDDEN).map(({ label }) => label);

describe('why a row was found', () => {
  it('needs no words when its columns show it', () => {
    const hidden = vi.fn(() => HIDDEN);
    expect(reasonsFor(['dell', 'siege'], SHOWN, hidden)).toEqual([]);
    expect(reasonsFor([], SHOWN, hidden)).toEqual([]);
    expect(hidden).not.toHaveBeenCalled();
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
