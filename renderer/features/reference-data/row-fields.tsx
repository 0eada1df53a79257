import { Button, Checkbox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { TreeSelect } from '../../components/tree-select.tsx';
import type { Tree } from '../../store/tree.ts';
import { useText } from '../../text/use-text.ts';

/** Whether a row that is there is still in use. */
export function InUse({ value, onChange }: { readonly value: boolean; readonly onChange: (active: boolean) => void }) {
  const { t } = useText();
  return (
    <Checkbox
      label={t('references.field.active')}
      description={t('references.hint.inUse')}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

type ParentFieldProps = {
  readonly label: string;
  /** What the row may hang under. */
  readonly parents: Tree;
  readonly value: string;
  readonly isReadOnly: boolean;
  readonly error: string | undefined;
  readonly onChange: (parentId: string) => void;
};

/** Where a row of a tree hangs. */
export function ParentField({ label, parents, value, isReadOnly, error, onChange }: ParentFieldProps) {
  const { t } = useText();
  return (
    <TreeSelect
      label={label}
      required
      disabled={isReadOnly}
      placeholder={t('references.hint.parent')}
      tree={parents}
      value={parents.byId.has(value) ? value : null}
      onChange={(next) => onChange(next ?? '')}
      error={error}
    />
  );
}

export function AddBelow({ onClick }: { readonly onClick: () => void }) {
  const { t } = useText();
  return (
    <Button variant="subtle" leftSection={<IconPlus size={15} />} onClick={onClick}>
      {t('references.addBelow')}
    </Button>
  );
}
