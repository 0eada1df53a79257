import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { printPhone } from '#shared/domain/phone.ts';
import type { CommandInput } from '#shared/protocol/data-port.ts';
import type { Reference } from '#shared/schema/reference.ts';
import { ACCOUNT_GROUPS } from '#shared/schema/reference-content.ts';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { foldedFilter } from '../../components/folded-filter.ts';
import { useText } from '../../text/use-text.ts';
import { contentOf } from './contents.ts';
import { readDate, showDate } from './dates.ts';
import { EditorDrawer } from './editor-drawer.tsx';
import { useMayEdit } from './rights.ts';
import { InUse } from './row-fields.tsx';
import { KIND_OF_SECTION, type ListSection } from './sections.ts';
import { type ProblemText, useProblem } from './use-problem.ts';
import { useReferences } from './use-rows.ts';
import { useSaveRow } from './use-save-row.ts';

type ReferenceEditorProps = {
  readonly section: ListSection;
  readonly row: Reference | undefined;
  readonly onClose: () => void;
};

/** A maker, a supplier, an account or an institution. */
export function ReferenceEditor({ section, row, onClose }: ReferenceEditorProps) {
  const { t } = useText();
  const mayEdit = useMayEdit(section);
  const { save, isRunning, error } = useSaveRow('saveReference', onClose);
  const problem = useProblem(error);
  const [values, setValues] = useState(() => firstValues(row));
  const set = (part: Partial<Values>) => setValues((known) => ({ ...known, ...part }));
  const isCoded = section === 'accounts' || section === 'institutions';
  return (
    <EditorDrawer
      title={row ? row.label : t(`references.add.${section}`)}
      isReadOnly={!mayEdit}
      isRunning={isRunning}
      error={error}
      onSave={() => void save(toInput(section, row?.id, values), values.label)}
      onClose={onClose}
    >
      {isCoded && (
        <TextInput
          label={t(section === 'institutions' ? 'references.field.acronym' : 'references.field.code')}
          description={row ? undefined : t('references.hint.code')}
          required
          readOnly={row !== undefined}
          variant={row ? 'filled' : 'default'}
          maxLength={40}
          autoComplete="off"
          value={values.code}
          onChange={(event) => set({ code: event.currentTarget.value })}
          error={problem.of('code')}
          data-autofocus={!row}
        />
      )}
      <TextInput
        label={t(section === 'accounts' ? 'references.field.label' : 'references.field.name')}
        required
        maxLength={150}
        autoComplete="off"
        value={values.label}
        onChange={(event) => set({ label: event.currentTarget.value })}
        error={problem.of('label') ?? (isCoded ? undefined : problem.of('code'))}
        data-autofocus={!isCoded || row !== undefined}
      />
      <ContentFields section={section} row={row} values={values} set={set} problem={problem} isReadOnly={!mayEdit} />
      {row && <InUse value={values.active} onChange={(active) => set({ active })} />}
    </EditorDrawer>
  );
}

type ContentFieldsProps = {
  readonly section: ListSection;
  readonly row: Reference | undefined;
  readonly values: Values;
  readonly set: (part: Partial<Values>) => void;
  readonly problem: ProblemText;
  readonly isReadOnly: boolean;
};

function ContentFields(props: ContentFieldsProps): ReactNode {
  if (props.section === 'suppliers') return <SupplierFields {...props} />;
  if (props.section === 'accounts') return <AccountFields {...props} />;
  return props.section === 'institutions' ? <InstitutionFields {...props} /> : null;
}

function SupplierFields({ values, set, problem }: ContentFieldsProps) {
  const { t } = useText();
  return (
    <SimpleGrid cols={2} spacing="md">
      <TextInput
        label={t('references.field.taxNumber')}
        maxLength={30}
        autoComplete="off"
        value={values.taxNumber}
        onChange={(event) => set({ taxNumber: event.currentTarget.value })}
        error={problem.of('taxNumber')}
      />
      <TextInput
        label={t('references.field.phone')}
        maxLength={30}
        autoComplete="off"
        value={values.phone}
        onChange={(event) => set({ phone: event.currentTarget.value })}
        error={problem.of('phone')}
      />
    </SimpleGrid>
  );
}

function AccountFields({ values, set, isReadOnly }: ContentFieldsProps) {
  const { t } = useText();
  return (
    <Select
      label={t('references.field.group')}
      disabled={isReadOnly}
      placeholder={t('references.noGroup')}
      clearable
      clearButtonProps={{ 'aria-label': t('references.clear') }}
      data={ACCOUNT_GROUPS.map((group) => ({ value: group, label: t(`references.group.${group}`) }))}
      value={values.group || null}
      onChange={(group) => set({ group: group ?? '' })}
    />
  );
}

function InstitutionFields({ row, values, set, problem, isReadOnly }: ContentFieldsProps) {
  const { t } = useText();
  const others = (useReferences('institutions') ?? []).filter(({ id }) => id !== row?.id);
  return (
    <>
      <SimpleGrid cols={2} spacing="md">
        {(['validFrom', 'validTo'] as const).map((field) => (
          <DateTextInput
            key={field}
            label={t(`references.field.${field}`)}
            placeholder={t('references.hint.date')}
            value={values[field]}
            onChange={(text) => set({ [field]: text })}
            error={problem.of(field)}
          />
        ))}
      </SimpleGrid>
      <Select
        label={t('references.field.replacedBy')}
        disabled={isReadOnly}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('references.clear') }}
        filter={foldedFilter}
        nothingFoundMessage={t('assetForm.nothingFound')}
        data={others.map(({ code, label }) => ({ value: code, label: `${label} (${code})` }))}
        value={values.replacedBy || null}
        onChange={(replacedBy) => set({ replacedBy: replacedBy ?? '' })}
        error={problem.of('replacedBy')}
      />
    </>
  );
}

type Values = {
  readonly code: string;
  readonly label: string;
  readonly active: boolean;
  readonly taxNumber: string;
  readonly phone: string;
  readonly group: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly replacedBy: string;
};

function firstValues(row: Reference | undefined): Values {
  const supplier = contentOf('supplier', row?.kind === 'supplier' ? row.content : undefined);
  const account = contentOf('account', row?.kind === 'account' ? row.content : undefined);
  const institution = contentOf('institution', row?.kind === 'institution' ? row.content : undefined);
  return {
    code: row?.code ?? '',
    label: row?.label ?? '',
    active: row?.active ?? true,
    taxNumber: supplier.taxNumber ?? '',
    phone: supplier.phone ? printPhone(supplier.phone) : '',
    group: account.group ?? '',
    validFrom: showDate(institution.validFrom),
    validTo: showDate(institution.validTo),
    replacedBy: institution.replacedBy ?? '',
  };
}

function toInput(section: ListSection, id: string | undefined, values: Values): CommandInput<'saveReference'> {
  const contents = {
    types: {},
    brands: {},
    suppliers: { taxNumber: values.taxNumber, phone: values.phone },
    accounts: { group: values.group },
    institutions: {
      validFrom: readDate(values.validFrom),
      validTo: readDate(values.validTo),
      replacedBy: values.replacedBy,
    },
  } as const;
  const content = Object.entries(contents[section]).filter(([, value]) => value?.trim());
  return {
    ...(id && { id }),
    kind: KIND_OF_SECTION[section],
    ...(values.code.trim() && { code: values.code.trim() }),
    label: values.label.trim() || ' ',
    active: values.active,
    ...(content.length > 0 && { content: Object.fromEntries(content) }),
  };
}
