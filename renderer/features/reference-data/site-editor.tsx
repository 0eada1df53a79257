import { Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { SITE_PARENTS } from '#shared/domain/reference-data.ts';
import type { CommandInput } from '#shared/protocol/data-port.ts';
import { SITE_KINDS, type SiteKind } from '#shared/schema/site.ts';
import { useDirectory } from '../../store/directory.tsx';
import { useText } from '../../text/use-text.ts';
import { EditorDrawer } from './editor-drawer.tsx';
import { useMayEdit } from './rights.ts';
import { AddBelow, InUse, ParentField } from './row-fields.tsx';
import { mayHoldRow, pruneTree } from './tree-rows.ts';
import { useProblem } from './use-problem.ts';
import { type SiteRow, useSites } from './use-rows.ts';
import { useSaveRow } from './use-save-row.ts';

type SiteEditorProps = {
  readonly row: SiteRow | undefined;
  readonly parentId: string | undefined;
  readonly assetCount: number;
  readonly onAddBelow: (parentId: string) => void;
  readonly onClose: () => void;
};

export function SiteEditor({ row, parentId, assetCount, onAddBelow, onClose }: SiteEditorProps) {
  const { t } = useText();
  const mayEdit = useMayEdit('sites');
  const { sites } = useDirectory();
  const rows = useSites();
  const { save, isRunning, error } = useSaveRow('saveSite', onClose);
  const { of } = useProblem(error);
  const [values, setValues] = useState(() => firstValues(row, parentId, rows?.get(parentId ?? '')?.kind));
  const set = (part: Partial<typeof values>) => setValues((known) => ({ ...known, ...part }));
  const levels = SITE_PARENTS[values.kind];
  const parents = pruneTree(sites, mayHoldRow(row?.id, rows, levels));
  const addBelow = row && row.kind !== 'room' && mayEdit && <AddBelow onClick={() => onAddBelow(row.id)} />;
  return (
    <EditorDrawer
      title={row ? row.name : t('references.add.sites')}
      isReadOnly={!mayEdit}
      isRunning={isRunning}
      error={error}
      aside={addBelow}
      onSave={() => void save(toInput(row?.id, values, levels.length > 0), values.name)}
      onClose={onClose}
    >
      <Select
        label={t('references.field.kind')}
        required
        allowDeselect={false}
        disabled={!mayEdit}
        data={SITE_KINDS.map((kind) => ({ value: kind, label: t(`references.siteKind.${kind}`) }))}
        value={values.kind}
        onChange={(kind) => kind && set({ kind })}
        error={of('kind')}
      />
      <TextInput
        label={t('references.field.name')}
        required
        maxLength={150}
        autoComplete="off"
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={of('name')}
        data-autofocus
      />
      {levels.length > 0 && (
        <ParentField
          label={t('references.field.siteParent')}
          parents={parents}
          value={values.parentId}
          isReadOnly={!mayEdit}
          onChange={(next) => set({ parentId: next })}
          error={of('parentId')}
        />
      )}
      <TextInput
        label={t('references.field.aliases')}
        description={t('references.hint.aliases')}
        autoComplete="off"
        value={values.aliases}
        onChange={(event) => set({ aliases: event.currentTarget.value })}
        error={of('aliases')}
      />
      {row && <InUse value={values.active} onChange={(active) => set({ active })} />}
      {assetCount > 0 && (
        <Text fz="xs" c="dimmed">
          {t('references.stillUsed', { count: assetCount })}
        </Text>
      )}
    </EditorDrawer>
  );
}

type Values = ReturnType<typeof firstValues>;

function firstValues(row: SiteRow | undefined, parentId: string | undefined, above: SiteKind | undefined) {
  const below = SITE_KINDS.find((kind) => above && SITE_PARENTS[kind].includes(above));
  const kind: SiteKind = row?.kind ?? below ?? 'site';
  return {
    kind,
    name: row?.name ?? '',
    parentId: row?.parentId ?? parentId ?? '',
    aliases: (row?.aliases ?? []).join(' ; '),
    active: row?.active !== false,
  };
}

function toInput(id: string | undefined, values: Values, hasParent: boolean): CommandInput<'saveSite'> {
  const { kind, name, parentId, active } = values;
  const aliases = values.aliases
    .split(';')
    .map((alias) => alias.trim().slice(0, 150))
    .filter(Boolean)
    .slice(0, 10);
  return {
    ...(id && { id }),
    kind,
    name: name.trim() || ' ',
    active,
    ...(hasParent && parentId && { parentId }),
    ...(aliases.length > 0 && { aliases }),
  };
}
