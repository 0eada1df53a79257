import type { ReactNode } from 'react';
import type { Act, ActField } from '#shared/domain/lifecycle.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { useText } from '../../text/use-text.ts';
import classes from './act-dialog.module.css';
import type { ActValueName, ActValues, ValueProblem } from './act-values.ts';

export function valueId(name: ActValueName): string {
  return `act-${name}`;
}

export type ActFieldsProps = {
  readonly act: Act;
  readonly assets: readonly Asset[];
  readonly asked: ReadonlyMap<ActField, 'required' | 'optional'>;
  readonly values: ActValues;
  readonly problems: Partial<Record<ActValueName, ValueProblem>>;
  readonly onChange: (part: Partial<ActValues>) => void;
};

export type AskedProps = ActFieldsProps & { readonly isRequired: boolean };

type TextName = Exclude<ActValueName, NumberName>;
type NumberName = 'cost' | 'quantity';

/** What every field of these needs: its place, its error, its value. */
export function useField({ values, problems, onChange }: ActFieldsProps) {
  const { t } = useText();
  const error = (name: ActValueName) => {
    const problem = problems[name];
    return problem && t(`domain.problem.${problem}`);
  };
  return {
    typed: (name: TextName) => ({
      id: valueId(name),
      value: values[name],
      error: error(name),
      onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
        onChange({ [name]: event.currentTarget.value }),
    }),
    written: (name: TextName) => ({
      id: valueId(name),
      value: values[name],
      error: error(name),
      onChange: (value: string) => onChange({ [name]: value }),
    }),
    chosen: (name: TextName) => ({
      id: valueId(name),
      value: values[name] || null,
      error: error(name),
      onChange: (value: string | null) => onChange({ [name]: value ?? '' }),
    }),
  };
}

export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}
