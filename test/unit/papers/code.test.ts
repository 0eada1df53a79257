import fc from 'fast-check';
import { formatReference } from '#shared/domain/reference-number.ts';
import { paperCode, parsePaperCode, shortDigest } from '#shared/papers/code.ts';

const digest = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEF'), minLength: 64, maxLength: 64 });
const number = fc
  .record({ sequence: fc.integer({ min: 1, max: 99_999 }), code: fc.constantFrom('BA', 'OE', 'MQ', 'AZ') })
  .map(({ sequence, code }) =>
    formatReference({ acronym: 'MWQZ', typeCode: code, year: 2026, deviceCode: 'K7', sequence }),
  );

/** What a French keyboard makes of the keys of an American one. */
function onFrenchKeyboard(text: string): string {
  const keys: Record<string, string> = { '-': ')', ':': 'M', A: 'Q', Q: 'A', Z: 'W', W: 'Z', M: '?' };
  [...'1234567890'].forEach((figure, index) => {
    keys[figure] = [...'&é"\'(-è_çà'][index] ?? figure;
  });
  return [...text].map((key) => keys[key] ?? key).join('');
}

describe('W3: the code of a paper', () => {
  it('is read back, scanned well or by a scanner that takes the keyboard for an American one', () => {
    fc.assert(
      fc.property(number, digest, (given, hash) => {
        const code = paperCode({ number: given, digest: hash });
        expect(code).toMatch(/^[0-9A-Z$%*+./: -]+$/);
        expect(parsePaperCode(code)).toEqual({ number: given, digest: hash });
        expect(parsePaperCode(` ${code.toLowerCase()}\n`)).toEqual({ number: given, digest: hash });
        expect(parsePaperCode(onFrenchKeyboard(code))).toEqual({ number: given, digest: hash });
      }),
    );
  });

  it('is typed from the paper: the number, with or without the groups of the digest', () => {
    fc.assert(
      fc.property(number, digest, (given, hash) => {
        expect(parsePaperCode(given)).toEqual({ number: given });
        expect(parsePaperCode(`${given} ${shortDigest(hash)}`)).toEqual({ number: given, digest: hash.slice(0, 20) });
      }),
    );
  });

  it('with one wrong character is no code', () => {
    fc.assert(
      fc.property(number, fc.nat(30), (given, place) => {
        const at = place % given.length;
        if (given[at] === '-') return;
        const wrong = `${given.slice(0, at)}${given[at] === '5' ? '6' : '5'}${given.slice(at + 1)}`;
        expect(parsePaperCode(wrong)).toBeUndefined();
      }),
    );
    for (const text of ['', 'https://exemple.bj', 'REGISTRE:1::', 'MND-BA-26-K7-0001-X 12'])
      expect(parsePaperCode(text)).toBeUndefined();
  });
});
