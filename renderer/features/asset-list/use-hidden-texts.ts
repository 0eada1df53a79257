import { useCallback } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { useFieldLabel } from '../../components/use-value-text.ts';
import { useDirectory } from '../../store/directory.tsx';
import type { Tree } from '../../store/tree.ts';
import { useText } from '../../text/use-text.ts';
import type { NamedText } from './found-by.ts';

/** What is searched of an asset and stands in no column of the list, the likeliest first. */
export function useHiddenTexts(): (asset: Asset) => readonly NamedText[] {
  const { t } = useText();
  const labelOf = useFieldLabel();
  const { structures, sites } = useDirectory();
  return useCallback(
    (asset) => {
      const short = (field: 'serialNumber' | 'inventoryNumber' | 'holderName' | 'room') =>
        t(`assetList.foundBy.${field}`);
      const texts: readonly (readonly [label: string, text: string | undefined])[] = [
        [short('serialNumber'), asset.serialNumber],
        [short('inventoryNumber'), asset.inventoryNumber],
        [short('holderName'), asset.holderName],
        [labelOf('brand'), asset.brand],
        [labelOf('model'), asset.model],
        [short('room'), asset.room],
        ...placeTexts(labelOf('siteId'), sites, asset.siteId),
        ...placeTexts(labelOf('structureId'), structures, asset.structureId),
        [labelOf('supplier'), asset.supplier],
        ...Object.entries(asset.attributes ?? {}).map(
          ([name, value]) => [labelOf(`attributes.${name}`), String(value)] as const,
        ),
        [labelOf('notes'), asset.notes],
      ];
      return texts.flatMap(([label, text]) => (text ? [{ label, text }] : []));
    },
    [t, labelOf, structures, sites],
  );
}

/** A place is found by all that it lies in, and by acronyms and other spellings of any of these. */
function placeTexts(label: string, { byId }: Tree, id: string): (readonly [string, string])[] {
  const entry = byId.get(id);
  if (!entry) return [];
  const otherNames = [id, ...entry.ancestorIds].flatMap((node) => {
    const { name = '', acronym, aliases = [] } = byId.get(node) ?? {};
    return [...(acronym ? [acronym] : []), ...aliases].map((other) => `${other}, ${name}`);
  });
  return [entry.ancestors.join(' › '), ...otherNames].map((text) => [label, text] as const);
}
