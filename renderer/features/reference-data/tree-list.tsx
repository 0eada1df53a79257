import { IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import classes from './reference-data.module.css';
import type { TreeRow } from './tree-rows.ts';

type TreeListProps = {
  readonly label: string;
  readonly rows: readonly TreeRow[];
  readonly onToggle: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly children: (row: TreeRow) => ReactNode;
};

/** Rem by which a level is set in. */
const INDENT = 1.25;

/** A tree that is read and opened with arrows, as everywhere: right opens, left closes or goes up, Enter edits. */
export function TreeList({ label, rows, onToggle, onOpen, children }: TreeListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState('');
  const currentId = rows.some(({ entry }) => entry.id === current) ? current : rows[0]?.entry.id;

  const focus = (row: TreeRow | undefined) => {
    if (!row) return;
    setCurrent(row.entry.id);
    list.current?.querySelector<HTMLElement>(`[data-id="${row.entry.id}"]`)?.focus();
  };
  /** False where the key means nothing here. */
  const move = (key: string, row: TreeRow, at: number): boolean => {
    switch (key) {
      case 'ArrowDown':
        focus(rows[at + 1]);
        return true;
      case 'ArrowUp':
        focus(rows[at - 1]);
        return true;
      case 'Home':
        focus(rows[0]);
        return true;
      case 'End':
        focus(rows.at(-1));
        return true;
      case 'ArrowRight':
        if (row.hasChildren && !row.isOpen) onToggle(row.entry.id);
        else if (row.hasChildren) focus(rows[at + 1]);
        return true;
      case 'ArrowLeft':
        if (row.hasChildren && row.isOpen) onToggle(row.entry.id);
        else focus(rows.find(({ entry }) => entry.id === row.entry.ancestorIds.at(-1)));
        return true;
      case 'Enter':
      case ' ':
        onOpen(row.entry.id);
        return true;
      default:
        return false;
    }
  };
  const press = (event: KeyboardEvent, row: TreeRow, at: number) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (!move(event.key, row, at)) return;
    event.preventDefault();
  };
  return (
    <div role="tree" aria-label={label} ref={list} className={classes.rows}>
      {rows.map((row, at) => (
        <div
          key={row.entry.id}
          role="treeitem"
          aria-level={row.entry.depth + 1}
          aria-expanded={row.hasChildren ? row.isOpen : undefined}
          aria-selected={row.entry.id === currentId}
          data-id={row.entry.id}
          data-retired={row.entry.isRetired || undefined}
          tabIndex={row.entry.id === currentId ? 0 : -1}
          className={classes.node}
          style={{ paddingInlineStart: `${row.entry.depth * INDENT + 0.5}rem` }}
          onFocus={() => setCurrent(row.entry.id)}
          onClick={() => onOpen(row.entry.id)}
          onKeyDown={(event) => press(event, row, at)}
        >
          {/* For the mouse; the keyboard has its arrows. */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the tree item above is what is operated. */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrows of the tree item do the same. */}
          <span
            className={classes.chevron}
            data-open={row.isOpen || undefined}
            data-leaf={!row.hasChildren || undefined}
            onClick={(event) => {
              if (!row.hasChildren) return;
              event.stopPropagation();
              onToggle(row.entry.id);
            }}
          >
            <IconChevronRight size={15} aria-hidden="true" />
          </span>
          {children(row)}
        </div>
      ))}
    </div>
  );
}
