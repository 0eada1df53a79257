import { Radio, Text } from '@mantine/core';
import { diffFields } from '#shared/domain/journal.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { ChoiceTable } from '../../components/data-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { useText } from '../../text/use-text.ts';
import classes from './merge.module.css';
import type { Difference } from './merge-choices.ts';

type MergeTableProps = {
  readonly kept: Asset;
  readonly other: Asset;
  readonly differences: readonly Difference[];
  readonly taken: ReadonlySet<string>;
  readonly onTake: (taken: ReadonlySet<string>) => void;
};

/** Where the two differ, one line a field: the value that is marked is the one that stays. */
export function MergeTable({ kept, other, differences, taken, onTake }: MergeTableProps) {
  const { t } = useText();
  const label = useFieldLabel();
  const same = diffFields({}, kept).length - diffFields(other, kept).filter(({ to }) => to !== null).length;
  const take = (field: string, isTaken: boolean) => {
    const next = new Set(taken);
    if (isTaken) next.add(field);
    else next.delete(field);
    onTake(next);
  };
  return (
    <ChoiceTable
      note={
        <Text fz="sm" c="dimmed" p="sm">
          {differences.length === 0 ? t('merge.allSame') : t('merge.same', { count: same })}
        </Text>
      }
    >
      <thead>
        <tr>
          <th scope="col">{t('merge.field')}</th>
          <Side asset={kept} role={t('merge.kept')} />
          <Side asset={other} role={t('merge.other')} />
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, from, to }) => (
          <tr key={field}>
            <th scope="row" id={`merge-${field}`}>
              {label(field)}
            </th>
            <Choice field={field} value={from} isMarked={!taken.has(field)} onMark={() => take(field, false)} />
            <Choice field={field} value={to} isMarked={taken.has(field)} onMark={() => take(field, true)} />
          </tr>
        ))}
      </tbody>
    </ChoiceTable>
  );
}

function Side({ asset, role }: { readonly asset: Asset; readonly role: string }) {
  return (
    <th scope="col">
      <span className={classes.role}>{role}</span>
      <span className={classes.reference}>{asset.reference}</span>
      <span className={classes.designation}>{asset.designation}</span>
      <StatusBadge status={asset.status} />
    </th>
  );
}

type ChoiceProps = {
  readonly field: string;
  readonly value: unknown;
  readonly isMarked: boolean;
  readonly onMark: () => void;
};

function Choice({ field, value, isMarked, onMark }: ChoiceProps) {
  const { t } = useText();
  const text = useValueText();
  const [name = ''] = field.split('.');
  const words = text(name === field ? field : '', value) ?? t('common.notFilled');
  return (
    <td data-marked={isMarked || undefined}>
      <Radio
        name={`merge-${field}`}
        checked={isMarked}
        onChange={onMark}
        label={words}
        aria-describedby={`merge-${field}`}
        classNames={{ label: classes.value }}
        data-empty={value === null || undefined}
      />
    </td>
  );
}
