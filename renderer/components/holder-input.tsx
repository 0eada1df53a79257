import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useMemo } from 'react';
import { map } from 'rxjs';
import { fold } from '#shared/domain/fold.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { matchesSearch } from '../store/tree.ts';
import { readyValue, useLiveQuery } from '../store/use-live-query.ts';
import { useQuestion } from '../store/use-question.ts';

type HolderInputProps = Omit<AutocompleteProps, 'data' | 'filter' | 'onOptionSubmit' | 'onChange' | 'value'> & {
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** A holder of the register was chosen: the asset last changed that this holder has. */
  readonly onKnown?: (asset: Asset) => void;
};

/** Assets looked through for holders; the same holder has several. */
const LOOKED_THROUGH = 60;
const SHOWN = 8;

/** Who holds something: those of the register are proposed as one types, so that one person keeps one name. */
export function HolderInput({ value, onChange, onKnown, ...props }: HolderInputProps) {
  const holders = useKnownHolders(value);
  const data = [...holders.keys()].filter((name) => matchesSearch(fold(name), value)).slice(0, SHOWN);
  return (
    <Autocomplete
      maxLength={150}
      autoComplete="off"
      value={value}
      data={data}
      filter={({ options }) => options}
      onChange={onChange}
      onOptionSubmit={(name) => {
        const asset = holders.get(name);
        if (asset) onKnown?.(asset);
      }}
      {...props}
    />
  );
}

/** Holders by name, with the asset of theirs that was found first. */
function useKnownHolders(text: string): ReadonlyMap<string, Asset> {
  const typed = text.trim();
  const filter = typed ? { text: typed } : {};
  const found = readyValue(useQuestion('findAssets', { filter, offset: 0, limit: LOOKED_THROUGH }));
  const ids = found?.ids ?? [];
  const assets = readyValue(
    useLiveQuery(ids.length > 0 ? ids.join() : undefined, (database) =>
      database.assets
        .findByIds([...ids])
        .$.pipe(map((documents) => ids.flatMap((id) => documents.get(id)?.toJSON() ?? []))),
    ),
  );
  return useMemo(() => {
    const holders = new Map<string, Asset>();
    for (const asset of assets ?? []) {
      if (asset.holderKind === 'agent' && asset.holderName && !holders.has(asset.holderName)) {
        holders.set(asset.holderName, asset);
      }
    }
    return holders;
  }, [assets]);
}
