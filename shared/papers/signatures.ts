import { fold } from '../domain/fold.ts';
import type { Role } from '../domain/roles.ts';
import type { PaperSignature } from './compose.ts';
import type { PaperTemplate, Signatory } from './template.ts';

export type SignatureProblem = {
  readonly block: number;
  readonly problem: 'no-such-block' | 'signed-twice' | 'incompatible' | 'wrong-quality';
};

/** Who orders does not keep the books (domain.md 1.3). */
const INCOMPATIBLE: Readonly<Partial<Record<Signatory, Signatory>>> = {
  ordonnateur: 'comptable',
  comptable: 'ordonnateur',
};

/**
 * What stands against these signatures (SPEC W4): one person cannot sign as ordonnateur and as comptable of one paper,
 * nor in one of these places with the other's quality, nor as ordonnateur with the role of a comptable. Names count whatever their case, accents and order.
 */
export function findSignatureProblems(
  template: PaperTemplate,
  signatures: readonly PaperSignature[],
  author?: { readonly name: string; readonly role: Role },
): SignatureProblem[] {
  const signed = signatures.map((signature) => ({ ...signature, as: template.signatures[signature.block]?.as }));
  return signed.flatMap(({ block, name, quality, as }, index): SignatureProblem[] => {
    if (!as) return [{ block, problem: 'no-such-block' }];
    if (signed.findIndex((other) => other.block === block) < index) return [{ block, problem: 'signed-twice' }];
    const other = INCOMPATIBLE[as];
    if (!other) return [];
    const isBoth = signed.slice(0, index).some((earlier) => earlier.as === other && isSamePerson(earlier.name, name));
    if (isBoth) return [{ block, problem: 'incompatible' }];
    const isAuthor = author !== undefined && isSamePerson(author.name, name);
    const qualities = [...fold(quality ?? '').split(' '), ...(isAuthor ? [author.role] : [])];
    return qualities.includes(other) ? [{ block, problem: 'wrong-quality' }] : [];
  });
}

function isSamePerson(left: string, right: string): boolean {
  return words(left) === words(right);
}

function words(name: string): string {
  return fold(name).split(' ').sort().join(' ');
}
