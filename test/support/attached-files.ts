import { randomBytes } from 'node:crypto';
import type { CommandInput } from '#shared/protocol/data-port.ts';
import { MAX_MESSAGE_BYTES } from '#shared/protocol/files.ts';
import type { RegisterFile } from '#shared/schema/file.ts';
import { toWire } from '../../electron/data/replication/wire-document.ts';
import type { RegisterService } from '../../electron/data/service.ts';

type Service = Pick<RegisterService, 'commands' | 'questions' | 'register'>;

/** What begins like a photo; the rest is noise. */
export function photoBytes(bytes: number): Buffer {
  return Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100', 'hex'), randomBytes(bytes)]).subarray(0, bytes);
}

export function pdfBytes(bytes: number): Buffer {
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes)]).subarray(0, bytes);
}

/** Brings bytes as a window does. */
export async function stage(
  { commands }: Pick<Service, 'commands'>,
  data: Buffer,
  step = MAX_MESSAGE_BYTES,
): Promise<string> {
  const { stageId } = await commands.openStage({});
  for (let start = 0; start < data.length; start += step) {
    await commands.writeStage({ stageId, bytes: new Uint8Array(data.subarray(start, start + step)) });
  }
  return stageId;
}

export async function attach(
  service: Pick<Service, 'commands'>,
  assetId: string,
  {
    data,
    thumbnail,
    ...fields
  }: { readonly data: Buffer; readonly thumbnail?: Buffer } & Partial<CommandInput<'attachFile'>>,
): Promise<string> {
  const { id } = await service.commands.attachFile({
    assetId,
    kind: thumbnail ? 'photo' : 'document',
    name: 'pièce',
    stageId: await stage(service, data),
    ...(thumbnail && { thumbnailStageId: await stage(service, thumbnail) }),
    ...fields,
  });
  return id;
}

/** A file of this desktop as a window reads it. */
export function readWhole(
  { questions }: Pick<Service, 'questions'>,
  id: string,
  part: 'file' | 'thumbnail' = 'file',
): Buffer {
  const pieces: Uint8Array[] = [];
  for (let offset = 0; ; ) {
    // Answered at once: the question reads the disk.
    const piece = questions.readFileBytes({ id, part, offset, length: MAX_MESSAGE_BYTES });
    if (piece.length === 0) return Buffer.concat(pieces);
    pieces.push(piece);
    offset += piece.length;
  }
}

export function fileRow({ register }: Pick<Service, 'register'>, id: string): RegisterFile | undefined {
  const stored = register.table('files').get(id);
  if (!stored) return undefined;
  const { _deleted, ...row } = toWire(stored);
  // Written by the command that a test has just called.
  return row as unknown as RegisterFile;
}
