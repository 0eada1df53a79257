import fc from 'fast-check';
import { francsInWords, numberInWords } from '#shared/papers/number-words.ts';

const SMALL: Readonly<Record<string, number>> = Object.fromEntries(
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante'
    .split(' ')
    .map((word, index) => [word, index <= 16 ? index : (index - 15) * 10]),
);

/** Reads what was written, knowing nothing of how it was made: quatre-vingt multiplies, everything else adds up. */
function read(words: string): number {
  let [total, group] = [0, 0];
  for (const word of words.split(/[\s-]+/).filter((part) => part !== 'et')) {
    if (/^milliards?$/.test(word)) [total, group] = [total + group * 1e9, 0];
    else if (/^millions?$/.test(word)) [total, group] = [total + group * 1e6, 0];
    else if (word === 'mille') [total, group] = [total + (group || 1) * 1000, 0];
    else if (/^cents?$/.test(word)) group = (group || 1) * 100;
    else if (/^vingts?$/.test(word) && group % 100 === 4) group += 76;
    else group += SMALL[word] ?? Number.NaN;
  }
  return total + group;
}

describe('a number written out', () => {
  it.each([
    [0, 'zéro'],
    [21, 'vingt et un'],
    [70, 'soixante-dix'],
    [71, 'soixante et onze'],
    [80, 'quatre-vingts'],
    [81, 'quatre-vingt-un'],
    [91, 'quatre-vingt-onze'],
    [100, 'cent'],
    [200, 'deux cents'],
    [201, 'deux cent un'],
    [1000, 'mille'],
    [80_000, 'quatre-vingt mille'],
    [200_000, 'deux cent mille'],
    [1_280_500, 'un million deux cent quatre-vingt mille cinq cents'],
    [200_000_000, 'deux cents millions'],
  ])('%d is %s', (value, words) => expect(numberInWords(value)).toBe(words));

  it('can be read back, whatever it is', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), fc.nat(999), (low, high) => {
        const value = low + high * 1e9;
        expect(read(numberInWords(value))).toBe(value);
      }),
    );
  });

  it('of francs takes its « de » after a round million', () => {
    expect(francsInWords(350_000)).toBe('trois cent cinquante mille francs CFA');
    expect(francsInWords(2_000_000)).toBe('deux millions de francs CFA');
    expect(francsInWords(1)).toBe('un franc CFA');
  });
});
