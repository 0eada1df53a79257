import { Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { STRUCTURE_PARENTS } from '#shared/domain/reference-data.ts';
import type { CommandInput } from '#shared/protocol/data-port.ts';
import { STRUCTURE_KINDS, type Structure, type StructureKind } from '#shared/schema/structure.ts';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { useText } from '../../text/use-text.ts';
import { readDate, showDate } from './dates.ts';
import { EditorDrawer } from './editor-drawer.tsx';
import { useMayEdit } from './rights.ts';
import { AddBelow, ParentField } from './row-fields.tsx';
import { mayHoldRow, pruneTree } from './tree-rows.ts';
import { useProblem } from './use-problem.ts';
import { useStructures } from './use-rows.ts';
import { useSaveRow } from './use-save-row.ts';

type StructureEditorProps = {
  readonly row: Structure | undefined;
  readonly parentId: string | undefined;
  readonly assetCount: number;
  readonly onAddBelow: (parentId: string) => void;
  readonly onClose: () => void;
};

export function StructureEditor({ row, parentId, assetCount, onAddBelow, onClose }: StructureEditorProps) {
  const { t } = useText();
  const mayEdit = useMayEdit('structures');
  const { structures } = useDirectory();
  const rows = useStructures();
  const { save, isRunning, error } = useSaveRow('saveStructure', onClose);
  const { of } = useProblem(error);
  const [values, setValues] = useState(() => firstValues(row, parentId, structures.entries.length === 0));
  const set = (part: Partial<typeof values>) => setValues((known) => ({ ...known, ...part }));
  const levels = STRUCTURE_PARENTS[values.kind];
  const parents = pruneTree(structures, mayHoldRow(row?.id, rows, levels));
  const successors = pruneTree(structures, ({ id }) => id !== row?.id);
  const addBelow = row && mayEdit && <AddBelow onClick={() => onAddBelow(row.id)} />;
  return (
    <EditorDrawer
      title={row ? row.name : t('references.add.structures')}
      isReadOnly={!mayEdit}
      isRunning={isRunning}
      error={error}
      aside={addBelow}
      onSave={() => void save(toInput(row?.id, values, levels.length > 0), values.name)}
      onClose={onClose}
    >
      <TextInput
        label={t('references.field.name')}
        required
        maxLength={200}
        autoComplete="off"
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={of('name')}
        data-autofocus
      />
      <SimpleGrid cols={2} spacing="md">
        <Select
          label={t('references.field.kind')}
          required
          allowDeselect={false}
          disabled={!mayEdit}
          data={STRUCTURE_KINDS.map((kind) => ({ value: kind, label: t(`references.structureKind.${kind}`) }))}
          value={values.kind}
          onChange={(kind) => kind && set({ kind })}
          error={of('kind')}
        />
        <TextInput
          label={t('references.field.acronym')}
          maxLength={20}
          autoComplete="off"
          value={values.acronym}
          onChange={(event) => set({ acronym: event.currentTarget.value })}
          error={of('acronym')}
        />
      </SimpleGrid>
      {levels.length > 0 && (
        <ParentField
          label={t('references.field.parentId')}
          parents={parents}
          value={values.parentId}
          isReadOnly={!mayEdit}
          onChange={(next) => set({ parentId: next })}
          error={of('parentId')}
        />
      )}
      <SimpleGrid cols={2} spacing="md">
        <DateTextInput
          label={t('references.field.validFrom')}
          placeholder={t('references.hint.date')}
          value={values.validFrom}
          onChange={(validFrom) => set({ validFrom })}
          error={of('validFrom')}
        />
        <DateTextInput
          label={t('references.field.validTo')}
          placeholder={t('references.hint.date')}
          value={values.validTo}
          onChange={(validTo) => set({ validTo })}
          error={of('validTo')}
        />
      </SimpleGrid>
      <Text fz="xs" c="dimmed" mt={-8}>
        {t('references.hint.validTo')} {assetCount > 0 && t('references.stillUsed', { count: assetCount })}
      </Text>
      {(values.validTo.trim() !== '' || values.replacedById !== '') && (
        <TreeSelect
          label={t('references.field.replacedById')}
          placeholder={t('references.hint.parent')}
          clearable
          disabled={!mayEdit}
          clearButtonProps={{ 'aria-label': t('references.clear') }}
          tree={successors}
          value={values.replacedById || null}
          onChange={(next) => set({ replacedById: next ?? '' })}
          error={of('replacedById')}
        />
      )}
    </EditorDrawer>
  );
}

type Values = ReturnType<typeof firstValues>;

function firstValues(row: Structure | undefined, parentId: string | undefined, isFirst: boolean) {
  const kind: StructureKind = row?.kind ?? (isFirst ? 'ministry' : 'service');
  return {
    name: row?.name ?? '',
    acronym: row?.acronym ?? '',
    kind,
    parentId: row?.parentId ?? parentId ?? '',
    validFrom: showDate(row?.validFrom),
    validTo: showDate(row?.validTo),
    replacedById: row?.replacedById ?? '',
  };
}

function toInput(id: string | undefined, values: Values, hasParent: boolean): CommandInput<'saveStructure'> {
  const { kind, name, acronym, parentId, replacedById } = values;
  const [validFrom, validTo] = [readDate(values.validFrom), readDate(values.validTo)];
  return {
    ...(id && { id }),
    kind,
    name: name.trim() || ' ',
    ...(acronym.trim() && { acronym: acronym.trim() }),
    ...(hasParent && parentId && { parentId }),
    ...(validFrom && { validFrom }),
    ...(validTo && { validTo }),
    ...(replacedById && { replacedById }),
  };
}
