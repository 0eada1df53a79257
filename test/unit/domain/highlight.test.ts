import fc from 'fast-check';
import { compact, fold } from '#shared/domain/fold.ts';
import { highlight } from '#shared/domain/highlight.ts';

/** The text with its marks in brackets. */
function marked(text: string, ...terms: string[]): string {
  const ranges = highlight(text, terms);
  return ranges.reduceRight(
    (done, { start, end }) => `${done.slice(0, start)}[${done.slice(start, end)}]${done.slice(end)}`,
    text,
  );
}

describe('highlight', () => {
  it.each([
    ['the beginning of a word', 'Ordinateur portable', ['ord'], '[Ord]inateur portable'],
    ['the middle of a word', 'Ordinateur portable', ['nate'], 'Ordi[nate]ur portable'],
    ['a whole word', 'Écran HP V194', ['ecran'], '[Écran] HP V194'],
    ['every occurrence', 'Salle 12, armoire 12', ['12'], 'Salle [12], armoire [12]'],
    ['words on both sides of a hyphen', 'Sèmè-Kpodji', ['seme', 'kpodji'], '[Sèmè]-[Kpodji]'],
    ['another spelling inside the word', 'Sèmè-Kpodji', ['podji'], 'Sèmè-K[podji]'],
    ['an accent written apart', 'Se\u0300me\u0300 Podji', ['seme'], '[Se\u0300me\u0300] Podji'],
    ['a ligature that folds to two letters', 'Oﬃce', ['offi'], '[Oﬃ]ce'],
    ['only whole ligatures', 'Oﬃce', ['off'], '[Oﬃ]ce'],
    ['a letter that folding leaves alone', 'Œuvre', ['œuv'], '[Œuv]re'],
    ['a number across its separators', '5CG-0482 KX', ['5cg0482'], '[5CG-0482] KX'],
    ['a number from within', 'INV/2024/0077', ['20240077'], 'INV/[2024/0077]'],
    ['overlapping terms as one', 'Latitude', ['lati', 'titu'], '[Latitu]de'],
    ['characters outside the first plane', '😀 Poste', ['poste'], '😀 [Poste]'],
  ] as const)('marks %s', (_what, text, terms, expected) => {
    expect(marked(text, ...terms)).toBe(expected);
  });

  it('marks one or two letters at the beginning of words only', () => {
    expect(marked('Dell de Daddy', 'd')).toBe('[D]ell [d]e [D]addy');
    expect(marked('Bureau 012 bis', '12')).toBe('Bureau 012 bis');
  });

  it('does not run words into each other, except for numbers', () => {
    expect(marked('Poste urgent', 'teur')).toBe('Poste urgent');
    expect(marked('Poste 5 G4', 'e5')).toBe('Poste 5 G4');
    expect(marked('HP 5 G4', '5g')).toBe('HP [5 G]4');
  });

  it('marks nothing for nothing', () => {
    expect(highlight('Écran', [])).toEqual([]);
    expect(highlight('Écran', [''])).toEqual([]);
    expect(highlight('', ['ecran'])).toEqual([]);
  });
});

const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'aeocstdr019') },
  { weight: 3, arbitrary: fc.constantFrom(...'ÉèçÔœŒßﬁﬃÅΣσς½²Ⅳİʼ', '\u0301', '\u0323', '\u0d9f', '😀', '𝐀') },
  { weight: 2, arbitrary: fc.constantFrom(...' -/_.,’\'"()·') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
);
const text = fc.array(character, { maxLength: 30 }).map((characters) => characters.join(''));
/** Folded words, often pieces of the text itself. */
const sample = text.chain((value) =>
  fc.record({
    text: fc.constant(value),
    terms: fc
      .array(
        fc.oneof(
          text,
          fc.tuple(fc.nat(30), fc.nat(30)).map(([from, length]) => value.slice(from, from + length)),
          fc.tuple(fc.nat(30), fc.nat(30)).map(([from, length]) => compact(value).slice(from, from + length)),
        ),
        { maxLength: 4 },
      )
      .map((parts) => parts.flatMap((part) => fold(part).split(' '))),
  }),
);

/** As `highlight` compares: the sigma at the end of a word like any other. */
const plain = (value: string) => compact(value).replaceAll('ς', 'σ');
const RUNS = { numRuns: 3000 };

describe('highlight, for any text', () => {
  it('gives parts of the text in order, none empty and none touching another', () => {
    fc.assert(
      fc.property(sample, ({ text: value, terms }) => {
        let end = -1;
        for (const range of highlight(value, terms)) {
          expect(range.start).toBeGreaterThan(end);
          expect(range.end).toBeGreaterThan(range.start);
          end = range.end;
        }
        expect(end).toBeLessThanOrEqual(value.length);
      }),
      RUNS,
    );
  });

  it('marks nothing that does not fold to a term', () => {
    fc.assert(
      fc.property(sample, ({ text: value, terms }) => {
        for (const { start, end } of highlight(value, terms)) {
          const part = plain(value.slice(start, end));
          expect(terms.some((term) => term !== '' && part.includes(plain(term)))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('marks every term that begins a word', () => {
    fc.assert(
      fc.property(sample, ({ text: value, terms }) => {
        for (const term of terms) {
          const isThere = term !== '' && ` ${fold(value)}`.includes(` ${term}`);
          if (isThere) expect(highlight(value, [term])).not.toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('tears no character from its accents or its other half', () => {
    fc.assert(
      fc.property(sample, ({ text: value, terms }) => {
        for (const { start, end } of highlight(value, terms)) {
          expect(value.slice(start)).not.toMatch(/^[\u0301\u0323\uDC00-\uDFFF]/);
          expect(value.slice(end)).not.toMatch(/^[\u0301\u0323\uDC00-\uDFFF]/);
        }
      }),
      RUNS,
    );
  });

  it('marks more with more terms', () => {
    fc.assert(
      fc.property(sample, ({ text: value, terms }) => {
        const all = highlight(value, terms);
        for (const { start, end } of highlight(value, terms.slice(1)))
          expect(all.some((range) => range.start <= start && end <= range.end)).toBe(true);
      }),
      RUNS,
    );
  });
});
