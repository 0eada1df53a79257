import type { AttributeDefinition } from '../schema/equipment-type.ts';
import { isPartialDate } from './date.ts';

export type AttributeValue = string | number | boolean;
type Attributes = Readonly<Record<string, AttributeValue>>;

export type AttributeProblem = {
  readonly key: string;
  readonly problem: 'required' | 'bad-number' | 'bad-date' | 'bad-choice' | 'bad-boolean';
};

/**
 * What is wrong with the characteristics of an asset, as its type defines them. Values that stood before are kept whatever
 * they are: files wrote them, or a type was defined later. Values of other names are nobody's business.
 */
export function findAttributeProblems(
  definitions: readonly AttributeDefinition[],
  attributes: Attributes = {},
  before: Attributes = {},
): AttributeProblem[] {
  return definitions.flatMap((definition): AttributeProblem[] => {
    const { key, isRequired } = definition;
    const value = attributes[key];
    if (value === undefined || value === '') return isRequired ? [{ key, problem: 'required' }] : [];
    const problem = value === before[key] ? undefined : kindProblem(definition, value);
    return problem ? [{ key, problem }] : [];
  });
}

function kindProblem(
  { kind, choices }: AttributeDefinition,
  value: AttributeValue,
): AttributeProblem['problem'] | undefined {
  switch (kind) {
    case 'number':
      return typeof value === 'number' ? undefined : 'bad-number';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'bad-boolean';
    case 'date':
      return typeof value === 'string' && isPartialDate(value) ? undefined : 'bad-date';
    case 'choice':
      return choices?.some((choice) => choice === value) ? undefined : 'bad-choice';
    case 'text':
      return undefined;
  }
}
