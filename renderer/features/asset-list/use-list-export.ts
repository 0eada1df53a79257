import { useRef, useState } from 'react';
import { dayInBenin } from '#shared/domain/day-number.ts';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import { type AssetFilter, type GroupField, MAX_FOUND } from '#shared/protocol/asset-list.ts';
import type { ListColumn } from '#shared/protocol/views.ts';
import { download } from '../../components/download.ts';
import { useGroupName } from '../../components/use-group-name.ts';
import type { DataChannel } from '../../store/data-channel.ts';
import { useSession } from '../../store/session.tsx';
import { useText } from '../../text/use-text.ts';
import type { AssetQuestion } from './asset-source.ts';
import { inReadingOrder } from './group-order.ts';
import { type FileFormat, makeListFile, makeTable } from './list-file.ts';
import { useColumnText } from './use-row-reading.ts';

/** Rows read and written at a time: between two of them the window draws, and may cancel. */
const BATCH = 500;
/** While others write the list is read anew so many times; then as it comes. */
const MAX_TRIES = 5;

export type ExportProgress = { readonly done: number; readonly total: number };
export type ListExport = {
  readonly progress: ExportProgress | undefined;
  readonly error: ErrorData | undefined;
  /** Resolves to the name of the file; to nothing when it failed or was cancelled. */
  save(format: FileFormat): Promise<string | undefined>;
  cancel(): void;
};

/** The groups on screen with their totals. Resolves to the name of the file. */
export function useGroupExport(filter: AssetFilter): (format: FileFormat, field: GroupField) => Promise<string> {
  const { t } = useText();
  const { channel } = useSession();
  const nameOf = useGroupName();
  return async (format, field) => {
    const { groups, count, value, withoutValue, today } = await channel.question('summariseAssets', {
      filter,
      groupBy: [field],
    });
    const headers = [
      t(`list.groupField.${field}`),
      t('list.group.count'),
      `${t('list.group.value')} (${t('common.francs')})`,
      t('list.group.withoutValue'),
    ];
    const rows = inReadingOrder(field, groups[field] ?? []).map((group) => [
      nameOf(field, group.key),
      group.count,
      group.value,
      group.withoutValue,
    ]);
    const name = `${t('list.export.fileName')}-${t(`list.groupField.${field}`).toLocaleLowerCase().replaceAll(' ', '-')}-${today}.${format}`;
    const all = [t('list.export.total'), count, value, withoutValue];
    download(makeTable(format, t('list.group.title'), headers, [...rows, all]), name);
    return name;
  };
}

/** All rows of the list as it is filtered and ordered, with the columns on screen, as a table for a spreadsheet. */
export function useListExport(question: AssetQuestion, columns: readonly ListColumn[]): ListExport {
  const { t } = useText();
  const { channel } = useSession();
  const text = useColumnText();
  const [progress, setProgress] = useState<ExportProgress>();
  const [error, setError] = useState<ErrorData>();
  /** The running export; another one, or none, ends it. */
  const running = useRef(0);

  const write = async (format: FileFormat, isCancelled: () => boolean) => {
    const ids = await readIds(channel, question, isCancelled);
    const file = makeListFile(format, {
      columns,
      sheetName: t('assetList.title'),
      header: (column) => t(`list.column.${column}`),
      text,
    });
    for (let done = 0; done < ids.length; done += BATCH) {
      const assets = await channel.question('getAssets', { ids: ids.slice(done, done + BATCH) });
      if (isCancelled()) return undefined;
      file.add(assets);
      setProgress({ done: Math.min(done + BATCH, ids.length), total: ids.length });
    }
    if (isCancelled()) return undefined;
    const name = `${t('list.export.fileName')}-${dayInBenin(Date.now())}.${format}`;
    download(file.finish(), name);
    return name;
  };
  const save = async (format: FileFormat) => {
    running.current += 1;
    const mine = running.current;
    setError(undefined);
    setProgress({ done: 0, total: 0 });
    try {
      return await write(format, () => mine !== running.current);
    } catch (cause) {
      setError(toErrorData(cause));
      return undefined;
    } finally {
      if (mine === running.current) setProgress(undefined);
    }
  };
  const cancel = () => {
    running.current += 1;
    setProgress(undefined);
  };
  return { progress, error, save, cancel };
}

/** The ids of the whole list, all of one revision: none twice, none left out. */
async function readIds(
  channel: DataChannel,
  { filter, sort }: AssetQuestion,
  isCancelled: () => boolean,
): Promise<readonly string[]> {
  for (let tries = 1; ; tries += 1) {
    const ids = new Set<string>();
    let revision: number | undefined;
    let isWhole = true;
    for (let offset = 0; isWhole && !isCancelled(); offset += MAX_FOUND) {
      const stretch = { filter, ...(sort && { sort }), offset, limit: MAX_FOUND };
      const found = await channel.question('findAssets', stretch);
      revision ??= found.revision;
      isWhole = found.revision === revision || tries >= MAX_TRIES;
      for (const id of found.ids) ids.add(id);
      if (offset + MAX_FOUND >= found.total) break;
    }
    if (isWhole || isCancelled()) return [...ids];
  }
}
