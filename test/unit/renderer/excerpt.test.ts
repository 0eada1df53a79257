import { highlight } from '#shared/domain/highlight.ts';
import { excerpt, type Sight } from '../../../renderer/components/excerpt.ts';

/** The parts as one text, marks in brackets. */
function cut(text: string, terms: string, sight: Omit<Sight, 'forward'> & { readonly room?: number } = {}): string {
  const marks = highlight(text, terms.split(' '));
  const [mark] = highlight(text, terms.split(' ').slice(-1));
  const { room, reach } = sight;
  const parts = excerpt(text, marks, { reach, ...(room && mark && { forward: { mark, room } }) });
  return parts.map(({ text: part, isMarked }) => (isMarked ? `[${part}]` : part)).join('');
}

describe('excerpt', () => {
  it('leaves a text whole when the mark fits', () => {
    expect(cut('Direction des services', 'services', { room: 22 })).toBe('Direction des [services]');
    expect(cut('Direction des services', 'services')).toBe('Direction des [services]');
    expect(cut('Direction des services', 'nothing', { room: 5 })).toBe('Direction des services');
  });

  it('brings a far mark forward, with the words before it for which there is room', () => {
    expect(cut('Direction départementale du Littoral', 'littoral', { room: 20 })).toBe('…du [Littoral]');
    expect(cut('Étiquette illisible, à refaire. Vu au dernier inventaire.', 'inventaire', { room: 20 })).toBe(
      '…dernier [inventaire].',
    );
  });

  it('begins with the mark itself when there is no room for the word before it', () => {
    expect(cut("Annexe d'Abomey-Calavi", 'calavi', { room: 14 })).toBe('…[Calavi]');
    expect(cut('Anticonstitutionnellement', 'nellement', { room: 10 })).toBe('…[nellement]');
    expect(cut('Réglementairement vu', 'vu', { room: 10 })).toBe('…[vu]');
  });

  it('brings the one forward that has to be seen, and keeps the others that follow', () => {
    expect(cut('Ordinateur portable HP ProBook 450 G5', 'portable 450', { room: 20 })).toBe('…HP ProBook [450] G5');
    expect(cut('une longue phrase avec le mot, puis encore le mot', 'mot', { room: 12 })).toBe(
      '…avec le [mot], puis encore le [mot]',
    );
  });

  it('draws no mark that the edge would cut', () => {
    expect(cut('Ordinateur portable', 'ordi portable', { reach: 15 })).toBe('[Ordi]nateur portable');
  });
});
