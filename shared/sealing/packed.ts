import { deflateSync, Inflate } from 'fflate';
import { AppError } from '../domain/errors.ts';
import { seal } from './seal.ts';

/** Largest body taken, unpacked: a small file must not fill the memory. */
const MAX_UNPACKED = 256 * 1024 * 1024;

/** A value as JSON, deflated, sealed. */
export function packSealed(value: unknown, recipient: string): Promise<Uint8Array> {
  return seal(deflateSync(new TextEncoder().encode(JSON.stringify(value)), { level: 6 }), recipient);
}

/** The value of what was opened, not checked yet. @throws AppError `COMMAND_INVALID` with the problem `altered` */
export function unpack(deflated: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(inflate(deflated)));
  } catch (cause) {
    throw new AppError('COMMAND_INVALID', 'The content cannot be unpacked', {
      details: { field: 'file', problem: 'altered' },
      cause,
    });
  }
}

function inflate(deflated: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const inflater = new Inflate((piece) => {
    size += piece.length;
    if (size > MAX_UNPACKED) throw new RangeError('too large');
    pieces.push(piece);
  });
  inflater.push(deflated, true);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
