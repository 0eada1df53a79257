import { useMemo } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { useDirectory } from '../../store/directory.tsx';
import type { Language } from '../../text/i18n.ts';
import { useText } from '../../text/use-text.ts';
import type { NamedText } from './found-by.ts';
import { useHiddenTexts } from './use-hidden-texts.ts';

/** How a row reads an asset: made once for all rows, and the same until names or language change. */
export type RowReading = {
  readonly language: Language;
  nameType(code: string): string;
  nameStructure(id: string): string;
  nameSite(id: string | undefined): string;
  hiddenTexts(asset: Asset): readonly NamedText[];
};

export function useRowReading(): RowReading {
  const { language } = useText();
  const { nameType, nameStructure, nameSite } = useDirectory();
  const hiddenTexts = useHiddenTexts();
  return useMemo(
    () => ({ language, nameType, nameStructure, nameSite, hiddenTexts }),
    [language, nameType, nameStructure, nameSite, hiddenTexts],
  );
}
