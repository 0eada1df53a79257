import { Checkbox, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { readTypeContent } from '#shared/domain/equipment-types.ts';
import type { CommandInput } from '#shared/protocol/data-port.ts';
import { NATURES, type Nature } from '#shared/schema/asset.ts';
import type { TypeContent } from '#shared/schema/equipment-type.ts';
import type { Reference } from '#shared/schema/reference.ts';
import { useText } from '../../text/use-text.ts';
import { findDraftFault, type TypeDraft, toDefinitions, toDrafts } from './attribute-drafts.ts';
import { AttributeEditor } from './attribute-editor.tsx';
import { AttributePreview } from './attribute-preview.tsx';
import { EditorDrawer } from './editor-drawer.tsx';
import classes from './reference-data.module.css';
import { useMayEdit } from './rights.ts';
import { InUse } from './row-fields.tsx';
import { useProblem } from './use-problem.ts';
import { useSaveRow } from './use-save-row.ts';

type TypeEditorProps = { readonly row: Reference | undefined; readonly onClose: () => void };

/** A type with its characteristics, and the form that they make. */
export function TypeEditor({ row, onClose }: TypeEditorProps) {
  const { t } = useText();
  const mayEdit = useMayEdit('types');
  const { save, isRunning, error } = useSaveRow('saveReference', onClose);
  const [values, setValues] = useState(() => firstValues(row));
  const [draft, setDraft] = useState<TypeDraft>(() => toDrafts(readTypeContent(row?.content)));
  const [isChecked, setChecked] = useState(false);
  const submit = () => {
    setChecked(true);
    if (!findDraftFault(draft)) void save(toInput(row?.id, values, draft), values.label);
  };
  return (
    <EditorDrawer
      title={row ? row.label : t('references.add.types')}
      isReadOnly={!mayEdit}
      isRunning={isRunning}
      error={error}
      isWide
      onSave={submit}
      onClose={onClose}
    >
      <div className={classes.columns}>
        <Stack gap="md">
          <TypeFields row={row} values={values} isReadOnly={!mayEdit} error={error} onChange={setValues} />
          <AttributeEditor draft={draft} onChange={setDraft} isReadOnly={!mayEdit} isChecked={isChecked} />
        </Stack>
        <AttributePreview attributes={draft.attributes} />
      </div>
    </EditorDrawer>
  );
}

type TypeFieldsProps = {
  readonly row: Reference | undefined;
  readonly values: Values;
  readonly isReadOnly: boolean;
  readonly error: Parameters<typeof useProblem>[0];
  readonly onChange: (values: Values) => void;
};

function TypeFields({ row, values, isReadOnly, error, onChange }: TypeFieldsProps) {
  const { t } = useText();
  const { of } = useProblem(error);
  const set = (part: Partial<Values>) => onChange({ ...values, ...part });
  return (
    <>
      <SimpleGrid cols={2} spacing="md">
        <TextInput
          label={t('references.field.label')}
          required
          maxLength={150}
          autoComplete="off"
          value={values.label}
          onChange={(event) => set({ label: event.currentTarget.value })}
          error={of('label')}
          data-autofocus
        />
        <TextInput
          label={t('references.field.code')}
          required
          readOnly={row !== undefined}
          variant={row ? 'filled' : 'default'}
          maxLength={8}
          autoComplete="off"
          value={values.code}
          onChange={(event) => set({ code: event.currentTarget.value.toUpperCase() })}
          error={of('code')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          description={row ? undefined : t('references.hint.typeCode')}
        />
        <Select
          label={t('references.field.nature')}
          required
          allowDeselect={false}
          disabled={isReadOnly}
          data={NATURES.map((nature) => ({ value: nature, label: t(`domain.nature.${nature}`) }))}
          value={values.nature}
          onChange={(nature) => nature && set({ nature })}
          error={of('nature')}
        />
        <NumberInput
          label={t('references.field.lifetimeMonths')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          description={t('references.hint.lifetime')}
          allowDecimal={false}
          allowNegative={false}
          min={1}
          max={1200}
          hideControls
          value={values.lifetimeMonths}
          onChange={(lifetimeMonths) => set({ lifetimeMonths })}
          error={of('lifetimeMonths')}
        />
      </SimpleGrid>
      {values.nature === 'hardware' && (
        <Checkbox
          label={t('references.field.storesData')}
          description={t('references.hint.storesData')}
          checked={values.storesData}
          onChange={(event) => set({ storesData: event.currentTarget.checked })}
        />
      )}
      {row && <InUse value={values.active} onChange={(active) => set({ active })} />}
    </>
  );
}

type Values = {
  readonly code: string;
  readonly label: string;
  readonly nature: Nature;
  readonly storesData: boolean;
  readonly lifetimeMonths: number | string;
  readonly active: boolean;
};

function firstValues(row: Reference | undefined): Values {
  const content = readTypeContent(row?.content);
  return {
    code: row?.code ?? '',
    label: row?.label ?? '',
    nature: content.nature,
    storesData: content.storesData === true,
    lifetimeMonths: content.lifetimeMonths ?? '',
    active: row?.active ?? true,
  };
}

function toInput(id: string | undefined, values: Values, draft: TypeDraft): CommandInput<'saveReference'> {
  const { code, label, nature, storesData, lifetimeMonths, active } = values;
  const content: TypeContent = {
    nature,
    ...(nature === 'hardware' && storesData && { storesData }),
    ...(Number(lifetimeMonths) > 0 && { lifetimeMonths: Number(lifetimeMonths) }),
    ...toDefinitions(draft),
  };
  return {
    ...(id && { id }),
    kind: 'equipment-type',
    ...(code.trim() && { code: code.trim() }),
    label: label.trim() || ' ',
    active,
    content,
  };
}
