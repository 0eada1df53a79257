import { useMemo } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { useFieldLabel } from '../../components/use-value-text.ts';
import { useDirectory } from '../../store/directory.tsx';
import type { Tree } from '../../store/tree.ts';
import { useText } from '../../text/use-text.ts';
import type { NamedText } from './found-by.ts';

/** Fields with a shorter name than on the record: there is little room for it. */
const SHORT = ['serialNumber', 'inventoryNumber', 'holderName', 'room'] as const;

/** What is searched of an asset and stands in no column of the list, the likeliest first. */
export function useHiddenTexts(): (asset: Asset) => readonly NamedText[] {
  const { t } = useText();
  const labelOf = useFieldLabel();
  const { structures, sites } = useDirectory();
  return useMemo(() => {
    const label = remember((field: string) => {
      const short = SHORT.find((name) => name === field);
      return short ? t(`assetList.foundBy.${short}`) : labelOf(field);
    });
    const structureTexts = remember((id: string) => placeTexts(structures, id));
    const siteTexts = remember((id: string) => placeTexts(sites, id));
    return (asset) => {
      const { serialNumber, inventoryNumber, holderName, brand, model, room, supplier, attributes = {}, notes } = asset;
      const texts = [
        ...Object.entries({ serialNumber, inventoryNumber, holderName, brand, model, room }),
        ...(asset.siteId === undefined ? [] : siteTexts(asset.siteId)).map((text) => ['siteId', text] as const),
        ...structureTexts(asset.structureId).map((text) => ['structureId', text] as const),
        ['supplier', supplier] as const,
        ...Object.entries(attributes).map(([name, value]) => [`attributes.${name}`, String(value)] as const),
        ['notes', notes] as const,
      ];
      return texts.flatMap(([field, text]) => (text ? [{ label: label(field), text }] : []));
    };
  }, [t, labelOf, structures, sites]);
}

/** A place is found by all that it lies in, and by acronyms and other spellings of any of these. */
function placeTexts({ byId }: Tree, id: string): readonly string[] {
  const entry = byId.get(id);
  if (!entry) return [];
  const otherNames = [id, ...entry.ancestorIds].flatMap((node) => {
    const { name = '', acronym, aliases = [] } = byId.get(node) ?? {};
    return [...(acronym ? [acronym] : []), ...aliases].map((other) => `${other}, ${name}`);
  });
  return [entry.ancestors.join(' › '), ...otherNames];
}

/** The same for the same key: rows ask for the same names again and again. */
function remember<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
