import type { TLocalizedValidationError } from 'typebox/error';
import { escapePointer } from './replication/storable.ts';

/** What `Compile` of TypeBox gives, as far as the endpoint uses it. */
export type ErrorSource = {
  Check(value: unknown): boolean;
  Errors(value: unknown): TLocalizedValidationError[];
};

/** The first thing wrong with a value. `field` is a JSON pointer; the text never quotes the value. */
export type Problem = { readonly field: string; readonly reason: string };

export function findProblem(schema: ErrorSource, value: unknown): Problem | undefined {
  if (schema.Check(value)) return undefined;
  const errors = schema.Errors(value);
  // `boolean` says "schema is false" of each unknown field, in front of the error that explains it.
  const error = errors.find(({ keyword }) => keyword !== 'boolean') ?? errors[0];
  return error ? toProblem(error) : { field: '', reason: 'must have the agreed shape' };
}

function toProblem(error: TLocalizedValidationError): Problem {
  if (error.keyword === 'required') {
    return { field: pointer(error.instancePath, error.params.requiredProperties[0]), reason: 'is missing' };
  }
  if (error.keyword === 'additionalProperties') {
    return { field: pointer(error.instancePath, error.params.additionalProperties[0]), reason: 'is not a known field' };
  }
  return { field: error.instancePath, reason: error.message };
}

function pointer(path: string, name: string | undefined): string {
  return name === undefined ? path : `${path}/${escapePointer(name)}`;
}
