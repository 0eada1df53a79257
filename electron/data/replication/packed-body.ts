import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { AppError } from '#shared/domain/errors.ts';
import { DICTIONARY } from '#shared/protocol/packed/dictionary.ts';
import { joinFrame, splitFrame } from '#shared/protocol/packed/frame.ts';
import { lift, lower } from '#shared/protocol/packed/lift.ts';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
const dictionary = Buffer.from(DICTIONARY);

/** Largest answer taken, decoded: a wrong server must not fill the memory. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** @param known ids that both sides know, in the same order */
export async function packBody(value: unknown, known: readonly string[]): Promise<Buffer> {
  const { text, tail } = lift(JSON.stringify(value), known);
  return Buffer.from(joinFrame(await deflate(text, { dictionary, level: 9 }), tail));
}

/** @throws AppError `SYNC_BAD_ANSWER` */
export async function unpackBody(body: Buffer, known: readonly string[]): Promise<unknown> {
  try {
    const { deflated, tail } = splitFrame(body);
    const text = await inflate(deflated, { dictionary, maxOutputLength: MAX_ANSWER_BYTES });
    return JSON.parse(lower({ text: text.toString('utf8'), tail }, known));
  } catch (cause) {
    throw new AppError('SYNC_BAD_ANSWER', 'The answer cannot be unpacked', { action: 'retry', cause });
  }
}

/** SHA-256, base64url. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
