import type { ErrorCode } from '#shared/domain/errors.ts';
import type { ErrorAnswer } from '#shared/protocol/replication.ts';

/** A refusal with its HTTP status. Thrown by hooks and routes, answered by the one error handler of the application. */
export class HttpError extends Error {
  readonly statusCode: number;
  readonly code: ErrorCode;
  readonly field: string | undefined;

  constructor(statusCode: number, code: ErrorCode, message: string, field?: string) {
    super(message);
    this.name = 'HttpError';
    this.statusCode = statusCode;
    this.code = code;
    this.field = field;
  }

  toAnswer(): ErrorAnswer {
    return { code: this.code, message: this.message, ...(this.field !== undefined && { field: this.field }) };
  }
}

export function badRequest(message: string, field?: string): HttpError {
  return new HttpError(400, 'SYNC_BAD_REQUEST', message, field);
}

/** One text for every reason: who guesses tokens learns nothing. */
export function unauthorised(): HttpError {
  return new HttpError(401, 'SYNC_UNAUTHORISED', 'The token is missing or unknown');
}

/**
 * Any failure as an answer. Messages of the framework's own errors (status below 500) describe the request's form;
 * everything else is unexpected and says nothing of itself: a database error quotes rows.
 */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const status = readStatus(error);
  if (status === 413) return new HttpError(413, 'SYNC_TOO_LARGE', 'The body is larger than the endpoint takes');
  if (status === 429) return new HttpError(429, 'SYNC_TOO_MANY_REQUESTS', 'Too many requests: wait and try again');
  if (status !== undefined && status >= 400 && status < 500) {
    return new HttpError(status, 'SYNC_BAD_REQUEST', badForm(error));
  }
  return new HttpError(500, 'INTERNAL', 'The endpoint failed');
}

function readStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** The parser's message may quote the body: only its code is passed on. */
function badForm(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'The body must be application/json';
  if (code.startsWith('FST_CP_ERR_')) return 'The content encoding is unknown or does not fit the body';
  return 'The body is not valid JSON';
}

/** What may be logged of a failure: where it happened, never its message (a database error quotes rows). */
export function describeFailure(error: unknown): { name: string; code?: string; at?: string[] } {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { name: error.name, ...(code && { code }), at: frames.slice(0, 8).map((line) => line.trim()) };
}
