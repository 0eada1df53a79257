import type { ErrorData } from '#shared/domain/errors.ts';
import { REFERENCE_PROBLEMS } from '#shared/domain/reference-data.ts';
import { LINE_PROBLEMS } from '#shared/protocol/reference-data.ts';
import { useText } from '../../text/use-text.ts';

export const PROBLEMS = [...REFERENCE_PROBLEMS, ...LINE_PROBLEMS, 'unstorable-character'] as const;
type Problem = (typeof PROBLEMS)[number];

export type ProblemText = {
  /** What is wrong with one of these fields, next to it. */
  of(...fields: readonly string[]): string | undefined;
  /** The same with the name of its field, wherever it stands. */
  readonly summary: string | undefined;
};

/** Why a row is refused, in words; nothing where only the code of the error is known. */
export function useProblem(error: ErrorData | undefined): ProblemText {
  const { t } = useText();
  const inWords = useProblemWords();
  const field = String(error?.details?.field ?? '').replace(/^\/(content\/)?/, '');
  const problem = PROBLEMS.find((known) => known === error?.details?.problem);
  const text = problem && inWords(problem, String(error?.details?.detail ?? ''));
  return {
    of: (...fields) => (fields.includes(field) ? text : undefined),
    summary: text && `${t(`references.field.${field}`, { defaultValue: field })} : ${text}`,
  };
}

export function useProblemWords(): (problem: Problem, detail?: string) => string {
  const { t } = useText();
  return (problem, detail = '') => t(`references.problem.${problem}`, { detail });
}
