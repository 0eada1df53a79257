import type { ReactNode } from 'react';
import classes from './data-table.module.css';

type DataTableProps = {
  readonly children: ReactNode;
  /** A click on a row opens it; a button in the row does so for the keyboard. */
  readonly isPickable?: boolean;
};

/**
 * The plain table of a screen: `thead` and `tbody` as they are. `data-kind="number"` on a cell sets figures under each
 * other at the right.
 */
export function DataTable({ children, isPickable = false }: DataTableProps) {
  return (
    <table className={classes.table} data-pickable={isPickable || undefined}>
      {children}
    </table>
  );
}

/** The table in which one value of two is marked on each line (`data-marked`): the first column names the field. */
export function ChoiceTable({ children, note }: { readonly children: ReactNode; readonly note?: ReactNode }) {
  return (
    <div className={classes.frame}>
      <table className={classes.choices}>{children}</table>
      {note}
    </div>
  );
}

type TableScrollProps = {
  readonly label: string;
  readonly children: ReactNode;
  /** `lines`: a part of the screen's height, its head stays; `wide`: as high as it is, for narrow windows. */
  readonly kind?: 'lines' | 'wide';
};

/** What is too long or too wide for the screen scrolls by itself, with the keyboard as well. */
export function TableScroll({ label, children, kind = 'lines' }: TableScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse.
    <section className={classes[kind]} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
