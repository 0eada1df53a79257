import { Autocomplete, Select, Textarea, TextInput } from '@mantine/core';
import { ACQUISITION_MODES, PHYSICAL_STATES } from '#shared/schema/asset.ts';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { foldedFilter } from '../../components/folded-filter.ts';
import { MoneyInput } from '../../components/money-input.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useFieldLabel } from '../../components/use-value-text.ts';
import { useDirectory } from '../../store/directory.tsx';
import { useText } from '../../text/use-text.ts';
import { type EditableField, type EditProblem, mayBeEmpty } from './bulk-edit.ts';

type EditFieldProps = {
  readonly field: EditableField;
  readonly value: string;
  readonly problem: EditProblem | undefined;
  readonly onChange: (value: string) => void;
};

/** The field of an asset as it is filled in for many at once; left empty it says what that will do. */
export function EditField({ field, value, problem, onChange }: EditFieldProps) {
  const { t } = useText();
  const label = useFieldLabel();
  const { structures, sites, types, brands, suppliers } = useDirectory();
  const common = {
    label: label(field),
    required: !mayBeEmpty(field),
    error: problem && t(`domain.problem.${problem}`),
    description: mayBeEmpty(field) && !value.trim() ? t('acts.edit.empty') : undefined,
  };
  const typed = {
    ...common,
    value,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onChange(event.currentTarget.value),
  };
  const chosen = {
    ...common,
    placeholder: t('assetForm.choose'),
    value: value || null,
    onChange: (next: string | null) => onChange(next ?? ''),
  };
  const written = { ...common, value, onChange };
  switch (field) {
    case 'typeCode': {
      const data = types.map(({ code, label: name }) => ({ value: code, label: name }));
      return <Select {...chosen} searchable filter={foldedFilter} data={data} />;
    }
    case 'physicalState':
      return (
        <Select
          {...chosen}
          data={PHYSICAL_STATES.map((name) => ({ value: name, label: t(`domain.physicalState.${name}`) }))}
        />
      );
    case 'acquisitionMode':
      return (
        <Select
          {...chosen}
          data={ACQUISITION_MODES.map((name) => ({ value: name, label: t(`domain.acquisitionMode.${name}`) }))}
        />
      );
    case 'structureId':
      return <TreeSelect {...chosen} tree={structures} />;
    case 'siteId':
      return <TreeSelect {...chosen} tree={sites} />;
    case 'brand':
      return <Autocomplete {...written} maxLength={100} data={[...brands]} filter={foldedFilter} limit={30} />;
    case 'supplier':
      return <Autocomplete {...written} maxLength={150} data={[...suppliers]} filter={foldedFilter} limit={30} />;
    case 'acquisitionDate':
    case 'commissioningDate':
    case 'warrantyEnd':
      return <DateTextInput {...written} placeholder={t('assetForm.dateHint')} />;
    case 'acquisitionValue':
      return <MoneyInput {...common} value={value} onChange={(next) => onChange(String(next))} />;
    case 'notes':
      return <Textarea {...typed} autosize minRows={2} maxLength={4000} />;
    default:
      return <TextInput {...typed} maxLength={MAX_LENGTH[field]} autoComplete="off" />;
  }
}

const MAX_LENGTH = { model: 150, designation: 200, room: 100 } as const;
