import { parcels } from '../../text/fr/parcels.ts';
import { useText } from '../../text/use-text.ts';

type Problem = keyof typeof parcels.problem;

/** Why a file was not taken, here or at the endpoint. */
export function useProblemText(): (problem: string) => string {
  const { t } = useText();
  return (problem) => t(`parcels.problem.${isProblem(problem) ? problem : 'other'}`);
}

function isProblem(problem: string): problem is Problem {
  return Object.hasOwn(parcels.problem, problem);
}
