import { useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../components/csv.ts';
import { download } from '../../components/download.ts';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { useSession } from '../../store/session.tsx';
import { useText } from '../../text/use-text.ts';
import { readRegister } from './use-register-stream.ts';

/** Columns of the file, in the order of the books. */
const COLUMNS = [
  'reference',
  'inventoryNumber',
  'typeCode',
  'designation',
  'brand',
  'model',
  'serialNumber',
  'status',
  'physicalState',
  'structureId',
  'siteId',
  'room',
  'holderKind',
  'holderName',
  'acquisitionMode',
  'acquisitionDate',
  'acquisitionValue',
  'supplier',
] as const satisfies readonly (keyof Asset)[];

type Progress = { readonly done: number; readonly total: number };
export type Export = {
  readonly progress: Progress | undefined;
  readonly error: ErrorData | undefined;
  /** Resolves to the name of the file, or to nothing when it failed. */
  save(): Promise<string | undefined>;
};

/** The register as at a day as a table for a spreadsheet, with words and dates as on screen. */
export function useExport(at: string, day: string): Export {
  const { t } = useText();
  const { channel } = useSession();
  const label = useFieldLabel();
  const text = useValueText();
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<ErrorData>();

  const cell = (asset: Asset, field: (typeof COLUMNS)[number]) =>
    field === 'acquisitionValue' ? asset.acquisitionValue : text(field, asset[field]);
  const write = async () => {
    const parts = [BYTE_ORDER_MARK, csvLine(COLUMNS.map(label))];
    let done = 0;
    for await (const { assets, total } of readRegister((input) => channel.question('registerAt', input), at)) {
      parts.push(assets.map((asset) => csvLine(COLUMNS.map((field) => cell(asset, field)))).join(''));
      done += assets.length;
      setProgress({ done, total });
    }
    const name = `${t('asAt.fileName')}-${day}.csv`;
    download(new Blob(parts, { type: 'text/csv;charset=utf-8' }), name);
    return name;
  };
  const save = async () => {
    setError(undefined);
    setProgress({ done: 0, total: 0 });
    try {
      return await write();
    } catch (cause) {
      setError(toErrorData(cause));
      return undefined;
    } finally {
      setProgress(undefined);
    }
  };
  return { progress, error, save };
}
