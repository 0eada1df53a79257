import { useEffect, useState } from 'react';
import { type FilePart, type FileState, type FilesState, MAX_MESSAGE_BYTES } from '#shared/protocol/files.ts';
import type { DataChannel } from './data-channel.ts';
import { useSession } from './session.tsx';

/** What is kept, what waits and what travels: asked once, then as the data process tells it. */
export function useFilesState(): FilesState | undefined {
  const { channel, generation } = useSession();
  const [state, setState] = useState<FilesState>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after a restart of the data process.
  useEffect(() => {
    let hasNews = false;
    const events = channel.events$.subscribe((event) => {
      if (event.event !== 'files') return;
      hasNews = true;
      setState(event.state);
    });
    channel.question('getFilesState', {}).then(
      (answer) => hasNews || setState(answer),
      () => undefined,
    );
    return () => events.unsubscribe();
  }, [channel, generation]);
  return state;
}

/** Where each of these files is, asked again whenever one of this desktop's files moved. */
export function useFileStates(
  ids: readonly string[],
  revision: number | undefined,
): Readonly<Record<string, FileState>> {
  const { channel, generation } = useSession();
  const [states, setStates] = useState<Readonly<Record<string, FileState>>>({});
  const key = ids.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` and `generation` say when to ask again.
  useEffect(() => {
    if (key === '') return;
    let isCurrent = true;
    channel.question('getFileStates', { ids: key.split(' ') }).then(
      (answer) => isCurrent && setStates(answer),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [channel, generation, key, revision]);
  return states;
}

/** The bytes of a file on this desktop. @throws AppError COMMAND_NOT_FOUND where it is not here, or damaged */
export async function readFile(channel: DataChannel, id: string, part: FilePart, type: string): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; ; ) {
    const piece = await channel.question('readFileBytes', { id, part, offset, length: MAX_MESSAGE_BYTES });
    if (piece.length === 0) return new Blob(pieces, { type });
    pieces.push(new Uint8Array(piece));
    offset += piece.length;
  }
}

/** An address under which a picture shows; undefined until it is here. */
export function usePicture(id: string, part: FilePart, type: string, isHere: boolean): string | undefined {
  const { channel } = useSession();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!isHere) return;
    let made: string | undefined;
    let isCurrent = true;
    readFile(channel, id, part, type).then(
      (blob) => {
        if (!isCurrent) return;
        made = URL.createObjectURL(blob);
        setAddress(made);
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
      if (made) URL.revokeObjectURL(made);
      setAddress(undefined);
    };
  }, [channel, id, part, type, isHere]);
  return address;
}
