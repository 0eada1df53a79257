import { highlight } from '#shared/domain/highlight.ts';
import { excerpt } from '../../../renderer/components/excerpt.ts';

/** The parts as one text, marks in brackets. */
function cut(text: string, term: string, room?: number): string {
  const parts = excerpt(text, highlight(text, [term]), room);
  return parts.map(({ text: part, isMarked }) => (isMarked ? `[${part}]` : part)).join('');
}

describe('excerpt', () => {
  it('leaves a text whole when the first mark fits', () => {
    expect(cut('Direction des services', 'services', 22)).toBe('Direction des [services]');
    expect(cut('Direction des services', 'services')).toBe('Direction des [services]');
    expect(cut('Direction des services', 'nothing', 5)).toBe('Direction des services');
  });

  it('brings a far mark forward, with the words before it', () => {
    expect(cut('Direction départementale du Littoral', 'littoral', 20)).toBe('…du [Littoral]');
    expect(cut('Étiquette illisible, à refaire. Vu au dernier inventaire.', 'inventaire', 20)).toBe(
      '…dernier [inventaire].',
    );
  });

  it('begins with the mark itself when there is no room for the word before it', () => {
    expect(cut("Annexe d'Abomey-Calavi", 'calavi', 14)).toBe('…[Calavi]');
    expect(cut('Anticonstitutionnellement', 'nellement', 10)).toBe('…[nellement]');
    expect(cut('Réglementairement vu', 'vu', 10)).toBe('…[vu]');
  });

  it('keeps every later mark', () => {
    expect(cut('une très longue phrase avec le mot, puis encore le mot', 'mot', 12)).toBe(
      '…avec le [mot], puis encore le [mot]',
    );
  });
});
