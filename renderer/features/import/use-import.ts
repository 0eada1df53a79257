import { useCallback, useEffect, useState } from 'react';
import type {
  CommandOutput,
  ImportDefaults,
  ImportMapping,
  ImportPreview,
  ImportProgress,
} from '#shared/protocol/data-port.ts';
import { useSession } from '../../store/session.tsx';
import { type Command, useCommand } from '../../store/use-command.ts';

export type ImportResult = CommandOutput['commitImport'];

export type ImportState = {
  readonly files: readonly File[];
  readonly preview: ImportPreview | undefined;
  /** Header → field, once a table was read. */
  readonly mapping: ImportMapping | undefined;
  readonly result: ImportResult | undefined;
  readonly progress: ImportProgress | undefined;
  readonly isChecking: boolean;
  readonly isCommitting: boolean;
  readonly isStopping: boolean;
  readonly error: Command<'previewImport'>['error'];
  addFiles(files: readonly File[]): void;
  removeFile(file: File): void;
  removeAll(): void;
  /** Reads the files and shows what would be created; writes nothing (SPEC I1). */
  check(defaults: ImportDefaults, mapping?: ImportMapping): Promise<void>;
  commit(): Promise<void>;
  stop(): void;
  backToFiles(): void;
  startOver(): void;
};

/** The course of one import: files, preview, creation, result. */
export function useImport(): ImportState {
  const { channel } = useSession();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [preview, setPreview] = useState<ImportPreview>();
  const [mapping, setMapping] = useState<ImportMapping>();
  const [result, setResult] = useState<ImportResult>();
  const [isStopping, setStopping] = useState(false);
  const previewing = useCommand('previewImport');
  const committing = useCommand('commitImport');
  const previewId = preview?.previewId;
  const [progress, clearProgress] = useProgress(previewId);

  const check = async (defaults: ImportDefaults, chosen?: ImportMapping) => {
    if (chosen) setMapping(chosen);
    const contents = await Promise.all(
      files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    );
    const answer = await previewing.run({ files: contents, defaults, ...(chosen && { mapping: chosen }) });
    if (!answer) return;
    setPreview(answer);
    if (!chosen) setMapping(answer.columns && proposedMapping(answer.columns));
  };
  const commit = async () => {
    if (!previewId) return;
    clearProgress();
    const answer = await committing.run({ previewId });
    setStopping(false);
    if (answer) setResult(answer);
  };
  const backToFiles = useCallback(() => {
    setPreview(undefined);
    setMapping(undefined);
  }, []);
  return {
    files,
    preview,
    mapping,
    result,
    progress,
    isChecking: previewing.isRunning,
    isCommitting: committing.isRunning,
    isStopping,
    error: previewing.error ?? committing.error,
    addFiles: (added) => setFiles((known) => [...known, ...added.filter((file) => !known.some(isSameFile(file)))]),
    removeFile: (file) => setFiles((known) => known.filter((other) => other !== file)),
    removeAll: () => setFiles([]),
    check,
    commit,
    stop: () => {
      if (!previewId) return;
      setStopping(true);
      // The commit itself answers that it was stopped, or why it went on.
      channel.command('cancelImport', { previewId }).catch(() => setStopping(false));
    },
    backToFiles,
    startOver: () => {
      backToFiles();
      setFiles([]);
      setResult(undefined);
      previewing.clearError();
      committing.clearError();
    },
  };
}

function useProgress(previewId: string | undefined): readonly [ImportProgress | undefined, () => void] {
  const { channel } = useSession();
  const [progress, setProgress] = useState<ImportProgress>();
  useEffect(() => {
    const events = channel.events$.subscribe((event) => {
      if (event.event === 'import' && event.progress.previewId === previewId) setProgress(event.progress);
    });
    return () => events.unsubscribe();
  }, [channel, previewId]);
  return [progress, useCallback(() => setProgress(undefined), [])];
}

function proposedMapping(columns: NonNullable<ImportPreview['columns']>): ImportMapping {
  return Object.fromEntries(columns.flatMap(({ header, field }) => (field ? [[header, field]] : [])));
}

function isSameFile(file: File): (other: File) => boolean {
  return (other) => other.name === file.name && other.size === file.size && other.lastModified === file.lastModified;
}
