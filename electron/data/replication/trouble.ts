import type { IncomingMessage } from 'node:http';
import { AppError, ERROR_CODES, type ErrorCode, type ErrorData } from '#shared/domain/errors.ts';

/** What is looked at of an answer: status and headers. */
type Answered = Pick<IncomingMessage, 'statusCode' | 'headers'>;

/** What a line says of itself, in the words of Node and OpenSSL, and what it means (SPEC S15). */
const MEANINGS: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'SYNC_NO_ADDRESS',
  EAI_AGAIN: 'SYNC_NO_ADDRESS',
  EAI_NODATA: 'SYNC_NO_ADDRESS',
  ECONNREFUSED: 'SYNC_CONNECTION_REFUSED',
  ETIMEDOUT: 'SYNC_TIMEOUT',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'SYNC_CERTIFICATE_UNKNOWN',
  SELF_SIGNED_CERT_IN_CHAIN: 'SYNC_CERTIFICATE_UNKNOWN',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'SYNC_CERTIFICATE_UNKNOWN',
  UNABLE_TO_GET_ISSUER_CERT: 'SYNC_CERTIFICATE_UNKNOWN',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'SYNC_CERTIFICATE_UNKNOWN',
  CERT_UNTRUSTED: 'SYNC_CERTIFICATE_UNKNOWN',
  CERT_HAS_EXPIRED: 'SYNC_CERTIFICATE_EXPIRED',
  CERT_NOT_YET_VALID: 'SYNC_CERTIFICATE_EXPIRED',
  ERR_TLS_CERT_ALTNAME_INVALID: 'SYNC_CERTIFICATE_OTHER_HOST',
  // What answers at the endpoint's address does not speak TLS: an equipment of the network.
  EPROTO: 'SYNC_PROXY',
  ERR_SSL_WRONG_VERSION_NUMBER: 'SYNC_PROXY',
};

/** Of the whole line, whatever was to travel on it. */
export const LINE_TROUBLES: ReadonlySet<string> = new Set([
  'SYNC_UNREACHABLE',
  'SYNC_CAPTIVE_PORTAL',
  ...Object.values(MEANINGS),
]);

/** A request that ended without an answer, by its cause. */
export function unreachable(cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'CUT';
  return new AppError(MEANINGS[code] ?? 'SYNC_UNREACHABLE', 'The endpoint was not reached', {
    details: { cause: code },
    action: 'retry',
    cause,
  });
}

/** Nothing left this desktop: no network, no way to the endpoint. */
const NEVER_LEFT: ReadonlySet<unknown> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
]);

/** The line broke, or fell silent, under way: less at once may go through (SPEC S14). */
export function isCut({ code, details }: ErrorData): boolean {
  return code === 'SYNC_TIMEOUT' || (code === 'SYNC_UNREACHABLE' && !NEVER_LEFT.has(details?.cause));
}

/** No byte came for too long. */
export class SilentLine extends Error {
  readonly code = 'ETIMEDOUT';
}

/** An answer that is not the endpoint's: who gave it? */
export function stranger({ statusCode: status = 0, headers }: Answered): AppError {
  const isHtml = headers['content-type']?.includes('html') === true;
  const options = { details: { status, isHtml, ...retryAfter(status, headers) }, action: 'retry' } as const;
  // A proxy in front of the endpoint that takes less than the endpoint does: smaller parts go through.
  if (status === 413) return tooLargeForProxy();
  const isPortal = status === 511 || (status >= 300 && status < 400) || (isHtml && status === 200);
  if (isPortal) return new AppError('SYNC_CAPTIVE_PORTAL', 'A page of this network answered', options);
  if (status === 407 || (isHtml && status >= 400)) return new AppError('SYNC_PROXY', 'A proxy answered', options);
  return new AppError('SYNC_BAD_ANSWER', 'Something else than the endpoint answered', options);
}

/** The endpoint's own refusal, with its code. */
export function refusal(status: number, body: unknown, headers: Answered['headers'] = {}): AppError {
  const answer = typeof body === 'object' && body !== null ? { ...body } : {};
  const code = 'code' in answer ? String(answer.code) : '';
  // The endpoint names what it refuses: JSON without a code is of something in front of it.
  if (status === 413 && !isErrorCode(code)) return tooLargeForProxy();
  const message = 'message' in answer ? String(answer.message).slice(0, 300) : `The endpoint answered ${status}`;
  const details = { status, ...retryAfter(status, headers) };
  return new AppError(isErrorCode(code) ? code : 'SYNC_BAD_ANSWER', message, { details });
}

function tooLargeForProxy(): AppError {
  const details = { status: 413, isStranger: true };
  return new AppError('SYNC_TOO_LARGE', 'A proxy takes no request as large as this', { details, action: 'retry' });
}

/** Whether something in front of the endpoint found a request too large: that says nothing of what it held (SPEC S15). */
export function isTooLargeForProxy({ code, details }: ErrorData): boolean {
  return code === 'SYNC_TOO_LARGE' && details?.isStranger === true;
}

/** What no division helps: the smallest request there is was refused on its way. */
export function proxyRefusesAll(cause: unknown): AppError {
  return new AppError('SYNC_PROXY', 'A proxy takes not even the smallest request', {
    details: { status: 413 },
    action: 'retry',
    cause,
  });
}

/** Milliseconds after which whoever answered wants to be asked again, where they said so in seconds or by a date. */
function retryAfter(status: number, headers: Answered['headers']): { readonly retryAfter?: number } {
  const told = headers['retry-after'];
  if ((status !== 429 && status !== 503) || told === undefined) return {};
  const milliseconds = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - Date.now();
  return Number.isFinite(milliseconds) && milliseconds > 0 ? { retryAfter: milliseconds } : {};
}

function isErrorCode(code: string): code is ErrorCode {
  return ERROR_CODES.some((known) => known === code);
}
