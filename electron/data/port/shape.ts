import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { AppError, type ErrorCode } from '#shared/domain/errors.ts';

const validators = new WeakMap<TSchema, Validator>();

function validatorOf(schema: TSchema): Validator {
  const known = validators.get(schema);
  if (known) return known;
  const validator = Compile(schema);
  validators.set(schema, validator);
  return validator;
}

/** True when the value has the shape. */
export function hasShape<Schema extends TSchema>(schema: Schema, value: unknown): value is Static<Schema> {
  return validatorOf(schema).Check(value);
}

/** The value, when it has the shape; otherwise an error that names the place (JSON pointer) and the rule, not the value. */
export function requireShape<Schema extends TSchema>(schema: Schema, value: unknown, code: ErrorCode): Static<Schema> {
  const validator = validatorOf(schema);
  if (validator.Check(value)) return value as Static<Schema>; // just checked against this schema
  const [first] = validator.Errors(value);
  throw new AppError(code, 'The message has not the expected shape', {
    details: { field: first?.instancePath ?? '', problem: first?.keyword ?? 'shape' },
  });
}
