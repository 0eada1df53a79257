import { TextInput, type TextInputProps } from '@mantine/core';
import { parsePartialDate, printPartialDate } from '../text/partial-date.ts';

type DateTextInputProps = Omit<TextInputProps, 'onChange' | 'value'> & {
  readonly value: string;
  readonly onChange: (text: string) => void;
};

/** A date as old papers know it: a year, a month or a day. Written out in full when the field is left. */
export function DateTextInput({ value, onChange, ...props }: DateTextInputProps) {
  return (
    <TextInput
      maxLength={10}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        const date = parsePartialDate(value);
        if (date) onChange(printPartialDate(date));
      }}
      {...props}
    />
  );
}
