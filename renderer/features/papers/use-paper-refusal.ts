import type { ErrorData } from '#shared/domain/errors.ts';
import type { SignatureProblem } from '#shared/papers/signatures.ts';
import type { PaperContent } from '#shared/schema/paper.ts';
import { useText } from '../../text/use-text.ts';

const SIGNATURE_PROBLEMS = [
  'incompatible',
  'wrong-quality',
  'signed-twice',
  'no-such-block',
] as const satisfies readonly SignatureProblem['problem'][];

const PROBLEMS = [
  'nothing-found',
  'too-many',
  'one-only',
  'impossible',
  'bad-date',
  'not-a-picture',
  'unstorable-character',
] as const;

export type PaperRefusal = {
  ofSignature(problem: SignatureProblem['problem'], label: string | undefined): string;
  /** Nothing where only the code of the error is known. */
  ofError(error: ErrorData, blocks: PaperContent['signatures']): string | undefined;
};

/** Why a paper is not made, in words. */
export function usePaperRefusal(): PaperRefusal {
  const { t } = useText();
  const ofSignature: PaperRefusal['ofSignature'] = (problem, label = '') => t(`papers.problem.${problem}`, { label });
  return {
    ofSignature,
    ofError: ({ details }, blocks) => {
      const signature = SIGNATURE_PROBLEMS.find((known) => known === details?.problem);
      if (signature) return ofSignature(signature, blocks[Number(details?.block)]?.label);
      const problem = PROBLEMS.find((known) => known === details?.problem);
      return problem && t(`papers.problem.${problem}`);
    },
  };
}
