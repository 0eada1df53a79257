import { NumberInput, type NumberInputProps } from '@mantine/core';
import { MAX_FRANCS } from '#shared/schema/collection.ts';
import { useText } from '../text/use-text.ts';

/** An amount in whole F CFA; empty is unknown. */
export function MoneyInput(props: NumberInputProps) {
  const { t } = useText();
  return (
    <NumberInput
      suffix={`\u00a0${t('common.francs')}`}
      thousandSeparator={'\u202f'}
      allowDecimal={false}
      allowNegative={false}
      min={0}
      max={MAX_FRANCS}
      hideControls
      {...props}
    />
  );
}
