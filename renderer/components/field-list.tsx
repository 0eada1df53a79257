import type { ReactNode } from 'react';
import { useText } from '../text/use-text.ts';
import classes from './field-list.module.css';

export type FieldRow = { readonly label: string; readonly value: ReactNode };

/** Labels and values, one pair a line. A value that is not there shows as a dash. */
export function FieldList({ rows }: { readonly rows: readonly FieldRow[] }) {
  const { t } = useText();
  return (
    <dl className={classes.list}>
      {rows.map(({ label, value }) => (
        <div key={label} className={classes.row}>
          <dt>{label}</dt>
          <dd>{value ?? <span className={classes.none}>{t('common.none')}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
