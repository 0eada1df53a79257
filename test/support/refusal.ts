import { AppError } from '#shared/domain/errors.ts';

/** Why an act was refused: code and details; undefined when it was not. */
export function refusalOf(act: () => unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, ...error.details };
    throw error;
  }
  return undefined;
}
