import type { CommandInput, CommandOutput } from '#shared/protocol/data-port.ts';
import { MAX_PHOTO_BYTES, MAX_THUMBNAIL_BYTES, type MediaType, type RegisterFile } from '#shared/schema/file.ts';
import { requireAsset } from '../commands/assets.ts';
import { requireStorableText } from '../commands/storable-text.ts';
import type { Register } from '../register.ts';
import { requireFileRow } from './file-rows.ts';
import type { FileStore } from './file-store.ts';
import { hasPlaceData, sniffMediaType } from './media-type.ts';
import { invalid, type Stage, type Stages } from './stages.ts';

type Input = CommandInput<'attachFile'>;

/** Bytes on the disk that nothing names yet. */
type Written = {
  readonly stage: Stage;
  readonly hash: string;
  readonly bytes: number;
  readonly mediaType: MediaType;
};

/**
 * A file of an asset: its bytes are on the disk, wholly, before the register knows of it; metadata, the mark that it waits
 * and its place come in one transaction.
 * @throws AppError COMMAND_INVALID (problem `unknown-kind`, `too-large`, `empty`, `place-data`), COMMAND_NOT_FOUND,
 *   COMMAND_FORBIDDEN, STORE_DISK_FULL
 */
export async function attachFile(
  register: Register,
  { store, stages }: { readonly store: FileStore; readonly stages: Stages },
  input: Input,
): Promise<CommandOutput['attachFile']> {
  register.identity.authorise('asset.update');
  requireAsset(register, input.assetId);
  requireStorableText({ name: input.name });
  const taken: Stage[] = [];
  const take = async (stageId: string) => {
    const stage = await stages.take(stageId);
    taken.push(stage);
    return stage;
  };
  try {
    const file = await write(await take(input.stageId), store);
    requireKind(input, file);
    const thumbnail =
      input.thumbnailStageId === undefined ? undefined : await write(await take(input.thumbnailStageId), store);
    if (thumbnail) requireThumbnail(thumbnail);
    return { id: record(register, store, input, file, thumbnail) };
  } finally {
    // What was kept is named by now; a second copy of what is here already is not needed.
    for (const { writer } of taken) if (!store.isNamed(writer.place)) await store.discard(writer);
  }
}

async function write(stage: Stage, store: FileStore): Promise<Written> {
  const mediaType = sniffMediaType(stage.head, stage.tail);
  if (stage.writer.bytes === 0) throw invalid('file', 'empty');
  if (!mediaType) throw invalid('file', 'unknown-kind');
  const { hash, bytes } = await stage.writer.finish();
  store.settle(stage.writer);
  return { stage, hash, bytes, mediaType };
}

/** SPEC F3. A picture that is attached as a document (a scan) is kept as it is, without the places of a photo. */
function requireKind({ kind }: Input, { stage, bytes, mediaType }: Written): void {
  const isPicture = mediaType.startsWith('image/');
  if (kind === 'photo' && !isPicture) throw invalid('file', 'unknown-kind');
  if (kind === 'photo' && bytes > MAX_PHOTO_BYTES) throw invalid('file', 'too-large');
  if (kind === 'photo' && hasPlaceData(stage.head)) throw invalid('file', 'place-data');
}

function requireThumbnail({ stage, bytes, mediaType }: Written): void {
  const isSmall = mediaType.startsWith('image/') && bytes <= MAX_THUMBNAIL_BYTES && !hasPlaceData(stage.head);
  if (!isSmall) throw invalid('thumbnail', 'shape');
}

function record(
  register: Register,
  store: FileStore,
  input: Input,
  file: Written,
  thumbnail: Written | undefined,
): string {
  const { ministry, person, device } = register.identity.require();
  const id = register.environment.newId();
  const row: RegisterFile = {
    id,
    ministryId: ministry.id,
    assetId: input.assetId,
    kind: input.kind,
    name: input.name,
    mediaType: file.mediaType,
    hash: file.hash,
    bytes: file.bytes,
    ...(input.width !== undefined && { width: input.width }),
    ...(input.height !== undefined && { height: input.height }),
    ...(input.original && { original: input.original }),
    ...(thumbnail && { thumbnail: { hash: thumbnail.hash, bytes: thumbnail.bytes } }),
    addedAt: register.instant(),
    author: { personId: person.id, name: person.name, role: person.role },
    deviceId: device.id,
  };
  register.transaction(() => {
    for (const [part, written] of [
      ['file', file],
      ['thumbnail', thumbnail],
    ] as const) {
      if (!written) continue;
      const { hash, bytes, stage } = written;
      store.keep({ hash, bytes, place: stage.writer.place, fileId: id, part });
    }
    register.table('files').put([{ ...row, _deleted: false }], 'command');
  });
  return id;
}

/** Taken off its asset: shown no more, never erased. A second time changes nothing. */
export function retireFile(register: Register, { id }: CommandInput<'retireFile'>): null {
  const { person } = register.identity.authorise('asset.update');
  const row = requireFileRow(register, id);
  if (row.removed) return null;
  const removed = { at: register.instant(), personId: person.id, name: person.name, role: person.role };
  return put(register, { ...row, removed });
}

export function restoreFile(register: Register, { id }: CommandInput<'restoreFile'>): null {
  register.identity.authorise('asset.update');
  const { removed, ...row } = requireFileRow(register, id);
  return removed ? put(register, row) : null;
}

function put(register: Register, row: RegisterFile): null {
  register.transaction(() => register.table('files').put([{ ...row, _deleted: false }], 'command'));
  return null;
}
