import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useText } from '../text/use-text.ts';

/** A passphrase that can be looked at: a long one is easily mistyped. */
export function PassphraseField(props: PasswordInputProps) {
  const { t } = useText();
  return (
    <PasswordInput
      autoComplete="off"
      spellCheck={false}
      visibilityToggleButtonProps={{ 'aria-label': t('gate.showPassphrase') }}
      {...props}
    />
  );
}
