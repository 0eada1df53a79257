import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Nature } from '#shared/schema/asset.ts';
import { AssetSearch } from '../../components/asset-search.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './natures.module.css';

type AttachBoxProps = {
  readonly label: string;
  readonly nature: Nature;
  readonly without: readonly string[];
  readonly hasSeats?: boolean;
  readonly autoFocus?: boolean;
  readonly onChoose: (id: string, seats: number) => void;
};

/** Chooses a record to attach, with the seats it takes where it is a licence. */
export function AttachBox({ label, nature, without, hasSeats = false, autoFocus = false, onChoose }: AttachBoxProps) {
  const { t } = useText();
  const [seats, setSeats] = useState<number | string>(1);
  return (
    <div className={classes.attach}>
      <AssetSearch
        label={label}
        nature={nature}
        without={without}
        autoFocus={autoFocus}
        onChoose={({ id }) => onChoose(id, Math.max(1, Number(seats) || 1))}
      />
      {hasSeats && (
        <NumberInput
          w={130}
          label={t('natures.seats.count')}
          value={seats}
          onChange={setSeats}
          min={1}
          max={100_000}
          allowDecimal={false}
          allowNegative={false}
        />
      )}
    </div>
  );
}
