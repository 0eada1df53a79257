import { useCallback, useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import { MAX_MESSAGE_BYTES } from '#shared/protocol/files.ts';
import type { DataChannel } from '../../store/data-channel.ts';
import { useSession } from '../../store/session.tsx';
import { prepareFile } from './prepare-file.ts';

export type Refused = { readonly name: string; readonly error: ErrorData };

export type Attaching = {
  /** Attaches one after the other; what is refused does not stand in the way of the rest. */
  attach(files: readonly File[]): Promise<void>;
  /** How many of how many; undefined when nothing is being attached. */
  readonly progress: { readonly done: number; readonly total: number } | undefined;
  readonly refused: readonly Refused[];
  dismiss(): void;
};

export function useAttach(assetId: string): Attaching {
  const { channel } = useSession();
  const [progress, setProgress] = useState<Attaching['progress']>();
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const attach = useCallback(
    async (files: readonly File[]) => {
      const failures: Refused[] = [];
      setRefused([]);
      for (const [done, file] of files.entries()) {
        setProgress({ done, total: files.length });
        try {
          await attachOne(channel, assetId, file);
        } catch (cause) {
          failures.push({ name: file.name, error: toErrorData(cause) });
        }
      }
      setProgress(undefined);
      setRefused(failures);
    },
    [channel, assetId],
  );
  const dismiss = useCallback(() => setRefused([]), []);
  return { attach, progress, refused, dismiss };
}

async function attachOne(channel: DataChannel, assetId: string, file: File): Promise<void> {
  const { content, thumbnail, ...facts } = await prepareFile(file);
  const stageId = await stage(channel, content);
  const thumbnailStageId = thumbnail && (await stage(channel, thumbnail));
  await channel.command('attachFile', { assetId, stageId, ...(thumbnailStageId && { thumbnailStageId }), ...facts });
}

/** Brings bytes to the data process in messages of a size that no other window waits for. */
async function stage(channel: DataChannel, content: Blob): Promise<string> {
  const { stageId } = await channel.command('openStage', {});
  try {
    for (let start = 0; start < content.size; start += MAX_MESSAGE_BYTES) {
      const piece = await content.slice(start, start + MAX_MESSAGE_BYTES).arrayBuffer();
      await channel.command('writeStage', { stageId, bytes: new Uint8Array(piece) });
    }
    return stageId;
  } catch (cause) {
    await channel.command('dropStage', { stageId }).catch(() => undefined);
    throw cause;
  }
}
