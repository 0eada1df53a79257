import { useState } from 'react';
import { hasEnded } from '#shared/domain/validity.ts';
import type { Reference } from '#shared/schema/reference.ts';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { useText } from '../../text/use-text.ts';
import { contentOf } from './contents.ts';
import { type Column, ListTable } from './list-table.tsx';
import { ReferenceEditor } from './reference-editor.tsx';
import { type ListFilter, SectionFrame } from './section-frame.tsx';
import type { ListSection } from './sections.ts';
import { TypeEditor } from './type-editor.tsx';
import { useColumns } from './use-columns.tsx';
import { useReferences } from './use-rows.ts';

/** Types, makers, suppliers, accounts or institutions. */
export function ListSectionScreen({ section }: { readonly section: ListSection }) {
  const rows = useReferences(section);
  const { language } = useText();
  const columns: readonly Column<Reference>[] = useColumns(section);
  const [filter, setFilter] = useState<ListFilter>({ search: '', withRetired: false });
  const [editing, setEditing] = useState<{ readonly row?: Reference }>();
  const today = new Date().toISOString().slice(0, 10);
  const Editor = section === 'types' ? TypeEditor : ReferenceEditor;
  return (
    <SectionFrame section={section} filter={filter} onFilter={setFilter} onAdd={() => setEditing({})}>
      {rows ? (
        <ListTable
          key={language}
          section={section}
          rows={rows}
          filter={filter}
          nameOf={({ label }) => label}
          textOf={({ label, code, content }) =>
            [label, code, contentOf('supplier', content).taxNumber].filter(Boolean).join(' ')
          }
          isRetired={({ active, kind, content }) =>
            !active || (kind === 'institution' && hasEnded(contentOf('institution', content), today))
          }
          columns={columns}
          onOpen={(row) => setEditing({ row })}
        />
      ) : (
        <LoadingScreen />
      )}
      {editing && (
        <Editor
          key={editing.row?.id ?? 'new'}
          section={section}
          row={editing.row}
          onClose={() => setEditing(undefined)}
        />
      )}
    </SectionFrame>
  );
}
