import { useMemo } from 'react';
import { endOf } from '#shared/domain/asset-end.ts';
import type { ListColumn } from '#shared/protocol/views.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { useDirectory } from '../../store/directory.tsx';
import { formatDay, formatInteger } from '../../text/format.ts';
import { printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import type { NamedText } from './found-by.ts';
import { useHiddenTexts } from './use-hidden-texts.ts';

/** How a row reads an asset: made once for all rows, and the same until names or language change. */
export type RowReading = {
  /** What stands in a column; '' where there is nothing. */
  textOf(column: ListColumn, asset: Asset): string;
  hiddenTexts(asset: Asset): readonly NamedText[];
};

export function useRowReading(): RowReading {
  const hiddenTexts = useHiddenTexts();
  const textOf = useColumnText();
  return useMemo(() => ({ textOf, hiddenTexts }), [textOf, hiddenTexts]);
}

/** The words of a column, on screen and in a file. Always the same function until names or language change. */
export function useColumnText(): RowReading['textOf'] {
  const { t, language } = useText();
  const { nameType, nameStructure, nameSite } = useDirectory();
  return useMemo(() => {
    const date = (value: string | undefined) => (value === undefined ? '' : printPartialDate(value));
    return (column, asset) => {
      switch (column) {
        case 'nature':
          return t(`domain.nature.${asset.nature}`);
        case 'typeCode':
          return nameType(asset.typeCode);
        case 'status':
          return t(`domain.status.${asset.status}`);
        case 'physicalState':
          return asset.physicalState ? t(`domain.physicalState.${asset.physicalState}`) : '';
        case 'structureId':
          return nameStructure(asset.structureId);
        case 'siteId':
          return nameSite(asset.siteId);
        case 'acquisitionDate':
        case 'returnDate':
          return date(asset[column]);
        case 'end':
          return date(endOf(asset));
        case 'acquisitionValue':
          return asset.acquisitionValue === undefined ? '' : formatInteger(asset.acquisitionValue);
        case 'updatedAt':
          return formatDay(asset.updatedAt, language);
        default:
          return asset[column] ?? '';
      }
    };
  }, [t, language, nameType, nameStructure, nameSite]);
}
