import { Text } from '@mantine/core';
import { useState } from 'react';
import type { Structure } from '#shared/schema/structure.ts';
import { useDirectory } from '../../store/directory.tsx';
import { printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import { StructureEditor } from './structure-editor.tsx';
import { TreeSection } from './tree-section.tsx';
import { useAssetCounts, useStructures } from './use-rows.ts';

type Editing = { readonly row?: Structure | undefined; readonly parentId?: string };

export function StructuresSection() {
  const { t } = useText();
  const { structures } = useDirectory();
  const rows = useStructures();
  const counts = useAssetCounts()?.structureId;
  const [editing, setEditing] = useState<Editing>();
  return (
    <>
      <TreeSection
        section="structures"
        tree={structures}
        isReady={rows !== undefined}
        firstLevels={2}
        counts={counts}
        kindOf={(id) => {
          const kind = rows?.get(id)?.kind;
          return kind ? t(`references.structureKind.${kind}`) : '';
        }}
        notesOf={(id) => <Ended row={rows?.get(id)} />}
        onAdd={() => setEditing({})}
        onOpen={(id) => setEditing({ row: rows?.get(id) })}
      />
      {editing && (
        <StructureEditor
          key={editing.row?.id ?? `new ${editing.parentId}`}
          row={editing.row}
          parentId={editing.parentId}
          assetCount={counts?.[editing.row?.id ?? ''] ?? 0}
          onAddBelow={(parentId) => setEditing({ parentId })}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

function Ended({ row }: { readonly row: Structure | undefined }) {
  const { t } = useText();
  const { nameStructure } = useDirectory();
  if (!row?.validTo) return null;
  const successor = row.replacedById && t('references.replacedBy', { name: nameStructure(row.replacedById) });
  return (
    <Text span fz="xs" c="dimmed">
      {[t('references.endedOn', { date: printPartialDate(row.validTo) }), successor].filter(Boolean).join(', ')}
    </Text>
  );
}
