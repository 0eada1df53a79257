import { DEFAULT_TEMPLATES } from '#shared/papers/defaults/index.ts';
import { findSignatureProblems } from '#shared/papers/signatures.ts';

/** Blocks: ordonnateur, comptable, magasinier, réceptionnaire. */
const template = DEFAULT_TEMPLATES['entry-order'];

describe('W4: who orders does not keep the books', () => {
  it('one person signs as ordonnateur and as comptable of one paper: refused, however the name is written', () => {
    const signatures = [
      { block: 0, name: 'DOSSOU Afiavi' },
      { block: 1, name: 'Áfiavi  Dossou' },
    ];
    expect(findSignatureProblems(template, signatures)).toEqual([{ block: 1, problem: 'incompatible' }]);
    expect(findSignatureProblems(template, [...signatures].reverse())).toEqual([{ block: 0, problem: 'incompatible' }]);
  });

  it('two persons do, and one person signs what is not incompatible', () => {
    expect(
      findSignatureProblems(template, [
        { block: 0, name: 'Afiavi Dossou' },
        { block: 1, name: 'Koffi Ahouansou' },
      ]),
    ).toEqual([]);
    expect(
      findSignatureProblems(template, [
        { block: 2, name: 'Afiavi Dossou' },
        { block: 3, name: 'Afiavi Dossou' },
      ]),
    ).toEqual([]);
  });

  it('a comptable in the place of the ordonnateur, by quality or by role, is refused, and the other way round', () => {
    expect(findSignatureProblems(template, [{ block: 0, name: 'A', quality: 'Comptable des matières' }])).toEqual([
      { block: 0, problem: 'wrong-quality' },
    ]);
    expect(findSignatureProblems(template, [{ block: 1, name: 'A', quality: 'Ordonnateur délégué' }])).toEqual([
      { block: 1, problem: 'wrong-quality' },
    ]);
    const author = { name: 'Afiavi Dossou', role: 'comptable' } as const;
    expect(findSignatureProblems(template, [{ block: 0, name: 'Dossou Afiavi' }], author)).toEqual([
      { block: 0, problem: 'wrong-quality' },
    ]);
    expect(findSignatureProblems(template, [{ block: 1, name: 'Dossou Afiavi' }], author)).toEqual([]);
  });

  it('a block that is not there, or signed twice, is refused', () => {
    expect(findSignatureProblems(template, [{ block: 7, name: 'A' }])).toEqual([
      { block: 7, problem: 'no-such-block' },
    ]);
    expect(
      findSignatureProblems(template, [
        { block: 2, name: 'A' },
        { block: 2, name: 'B' },
      ]),
    ).toEqual([{ block: 2, problem: 'signed-twice' }]);
  });
});
