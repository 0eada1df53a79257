import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOneLetterOff, oneLetterVariants } from '../../../electron/data/search/edit-distance.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 });

describe('one letter of difference', () => {
  test.each([
    ['ordinatuer', 'ordinateur', true],
    ['ordinatuer', 'ordinateurs', true],
    ['ordnateur', 'ordinateur', true],
    ['oordinateur', 'ordinateur', true],
    ['prdinateur', 'ordinateur', true],
    ['ordinateur', 'ordinateur', false],
    ['ordi', 'ordinateur', false],
    ['ordinetuer', 'ordinateur', false],
  ])('%s and %s: %s', (typed, word, expected) => {
    expect(isOneLetterOff(typed, word)).toBe(expected);
  });

  test('agrees with the list of all variants: one of them begins the word, and the typed text does not', () => {
    fc.assert(
      fc.property(letters, letters, (typed, word) => {
        const expected =
          !word.startsWith(typed) && oneLetterVariants(typed).some((variant) => word.startsWith(variant));
        expect(isOneLetterOff(typed, word)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('variants are one edit away, in both directions', () => {
    fc.assert(
      fc.property(letters, (text) => {
        for (const variant of oneLetterVariants(text).filter((one) => one !== ''))
          expect(oneLetterVariants(variant)).toContain(text);
      }),
      { numRuns: 20 },
    );
  });
});
