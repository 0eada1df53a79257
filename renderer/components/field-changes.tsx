import { useText } from '../text/use-text.ts';
import classes from './journal-entry.module.css';
import { useFieldLabel, useValueText } from './use-value-text.ts';

type FieldChangesProps = {
  readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
  readonly label?: string;
};

/** Fields with their values before and after, the way people say them. */
export function FieldChanges({ changes, label: name }: FieldChangesProps) {
  const { t } = useText();
  const label = useFieldLabel();
  const text = useValueText();
  if (changes.length === 0) return null;
  return (
    <table className={classes.changes} aria-label={name ?? t('asset.history.changes')}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('asset.history.field')}</th>
          <th scope="col">{t('asset.history.from')}</th>
          <th scope="col">{t('asset.history.to')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, from, to }) => (
          <tr key={field}>
            <th scope="row">{label(field)}</th>
            <td className={classes.from}>{text(field, from) ?? <em>{t('common.notFilled')}</em>}</td>
            <td>{text(field, to) ?? <em>{t('common.notFilled')}</em>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
