import { useAssets } from '../store/use-assets.ts';
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
  const text = useNamedValue(changes);
  const nameOf = useLinkedName(changes);
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
            <th scope="row">{[label(field), nameOf(field)].filter(Boolean).join(' : ')}</th>
            <td className={classes.from}>{text(field, from) ?? <em>{t('common.notFilled')}</em>}</td>
            <td>{text(field, to) ?? <em>{t('common.notFilled')}</em>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Changes = FieldChangesProps['changes'];

const LINK = /^(?:licences|contracts)\.(.+)$/;

/** The record that a link of these changes points at, where this desktop has it. */
function useLinkedName(changes: Changes): (field: string) => string | undefined {
  const assets = useAssets(changes.flatMap(({ field }) => LINK.exec(field)?.[1] ?? []));
  return (field) => {
    const id = LINK.exec(field)?.[1];
    return id === undefined ? undefined : assets.find((asset) => asset.id === id)?.designation;
  };
}

/** Values as people say them, with the names of the wholes that parts came from and went to. */
function useNamedValue(changes: Changes): (field: string, value: unknown) => string | undefined {
  const text = useValueText();
  const wholes = changes.filter(({ field }) => field === 'parentId').flatMap(({ from, to }) => [from, to]);
  const assets = useAssets(wholes.filter((id): id is string => typeof id === 'string'));
  return (field, value) => {
    if (field !== 'parentId') return text(field, value);
    const whole = assets.find(({ id }) => id === value);
    return whole ? `${whole.designation} (${whole.reference})` : text(field, value);
  };
}
