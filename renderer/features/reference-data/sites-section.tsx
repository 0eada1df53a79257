import { useState } from 'react';
import { useDirectory } from '../../store/directory.tsx';
import { useText } from '../../text/use-text.ts';
import { SiteEditor } from './site-editor.tsx';
import { TreeSection } from './tree-section.tsx';
import { type SiteRow, useAssetCounts, useSites } from './use-rows.ts';

type Editing = { readonly row?: SiteRow | undefined; readonly parentId?: string };

export function SitesSection() {
  const { t } = useText();
  const { sites } = useDirectory();
  const rows = useSites();
  const counts = useAssetCounts()?.siteId;
  const [editing, setEditing] = useState<Editing>();
  return (
    <>
      <TreeSection
        section="sites"
        tree={sites}
        isReady={rows !== undefined}
        firstLevels={0}
        counts={counts}
        kindOf={(id) => {
          const kind = rows?.get(id)?.kind;
          return kind ? t(`references.siteKind.${kind}`) : '';
        }}
        onAdd={() => setEditing({})}
        onOpen={(id) => setEditing({ row: rows?.get(id) })}
      />
      {editing && (
        <SiteEditor
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
