import { SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { printPhone } from '#shared/domain/phone.ts';
import type { CommandInput } from '#shared/protocol/data-port.ts';
import type { Agent } from '#shared/schema/agent.ts';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { useText } from '../../text/use-text.ts';
import { EditorDrawer } from './editor-drawer.tsx';
import { ListTable } from './list-table.tsx';
import { useMayEdit } from './rights.ts';
import { InUse } from './row-fields.tsx';
import { type ListFilter, SectionFrame } from './section-frame.tsx';
import { useProblem } from './use-problem.ts';
import { useAgents } from './use-rows.ts';
import { useSaveRow } from './use-save-row.ts';

export function AgentsSection() {
  const { t } = useText();
  const { nameStructure, structures } = useDirectory();
  const rows = useAgents();
  const [filter, setFilter] = useState<ListFilter>({ search: '', withRetired: false });
  const [editing, setEditing] = useState<{ readonly row?: Agent }>();
  const acronymOf = (row: Agent) => structures.byId.get(row.structureId ?? '')?.acronym ?? '';
  return (
    <SectionFrame section="agents" filter={filter} onFilter={setFilter} onAdd={() => setEditing({})}>
      {rows ? (
        <ListTable
          section="agents"
          rows={rows}
          filter={filter}
          nameOf={({ name }) => name}
          textOf={(row) =>
            [row.name, row.payrollNumber, row.position, nameStructure(row.structureId), acronymOf(row)].join(' ')
          }
          isRetired={({ active }) => !active}
          columns={[
            { header: t('references.field.payrollNumber'), cell: ({ payrollNumber }) => payrollNumber },
            { header: t('references.field.position'), cell: ({ position }) => position },
            {
              header: t('references.field.structureId'),
              cell: (row) => acronymOf(row) || nameStructure(row.structureId),
            },
            { header: t('references.field.phone'), cell: ({ phone }) => phone && printPhone(phone) },
          ]}
          onOpen={(row) => setEditing({ row })}
        />
      ) : (
        <LoadingScreen />
      )}
      {editing && (
        <AgentEditor key={editing.row?.id ?? 'new'} row={editing.row} onClose={() => setEditing(undefined)} />
      )}
    </SectionFrame>
  );
}

function AgentEditor({ row, onClose }: { readonly row: Agent | undefined; readonly onClose: () => void }) {
  const { t } = useText();
  const mayEdit = useMayEdit('agents');
  const { structures } = useDirectory();
  const { save, isRunning, error } = useSaveRow('saveAgent', onClose);
  const { of } = useProblem(error);
  const [values, setValues] = useState(() => firstValues(row));
  const set = (part: Partial<typeof values>) => setValues((known) => ({ ...known, ...part }));
  const typed = (name: 'name' | 'payrollNumber' | 'position' | 'phone') => ({
    value: values[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
    error: of(name),
    autoComplete: 'off',
  });
  return (
    <EditorDrawer
      title={row ? row.name : t('references.add.agents')}
      isReadOnly={!mayEdit}
      isRunning={isRunning}
      error={error}
      onSave={() => void save(toInput(row?.id, values), values.name)}
      onClose={onClose}
    >
      <Text fz="sm" c="dimmed">
        {t('references.hint.personal')}
      </Text>
      <TextInput {...typed('name')} label={t('references.field.fullName')} required maxLength={150} data-autofocus />
      <SimpleGrid cols={2} spacing="md">
        <TextInput {...typed('payrollNumber')} label={t('references.field.payrollNumber')} maxLength={40} />
        <TextInput {...typed('position')} label={t('references.field.position')} maxLength={150} />
      </SimpleGrid>
      <TreeSelect
        label={t('references.field.structureId')}
        clearable
        disabled={!mayEdit}
        clearButtonProps={{ 'aria-label': t('references.clear') }}
        placeholder={t('references.hint.parent')}
        tree={structures}
        value={values.structureId || null}
        onChange={(structureId) => set({ structureId: structureId ?? '' })}
        error={of('structureId')}
      />
      <TextInput
        {...typed('phone')}
        label={t('references.field.phone')}
        description={t('references.hint.phone')}
        maxLength={30}
      />
      {row && <InUse value={values.active} onChange={(active) => set({ active })} />}
    </EditorDrawer>
  );
}

function firstValues(row: Agent | undefined) {
  return {
    name: row?.name ?? '',
    payrollNumber: row?.payrollNumber ?? '',
    position: row?.position ?? '',
    structureId: row?.structureId ?? '',
    phone: row?.phone ? printPhone(row.phone) : '',
    active: row?.active ?? true,
  };
}

function toInput(id: string | undefined, values: ReturnType<typeof firstValues>): CommandInput<'saveAgent'> {
  const { name, active, ...optional } = values;
  const filled = Object.entries(optional).filter(([, value]) => value.trim() !== '');
  // The optional fields of the command, each a text that is not blank.
  return { ...(id && { id }), name: name.trim() || ' ', active, ...Object.fromEntries(filled) };
}
