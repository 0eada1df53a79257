import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { AssetFilter, GroupField } from '#shared/protocol/asset-list.ts';
import { paths } from '../../components/paths.ts';
import { type OpenGroup, useListView } from '../../store/list-view.tsx';

type ListLinkProps = {
  readonly filter: AssetFilter;
  readonly groupBy?: GroupField;
  /** Just this group of the list by groups. */
  readonly openGroup?: OpenGroup | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** Opens the list of the assets that a figure counts. */
export function ListLink({ filter, groupBy, openGroup, className, children }: ListLinkProps) {
  const { show } = useListView();
  const [, navigate] = useLocation();
  const open = () => {
    const field = openGroup?.field ?? groupBy;
    show({ filter, ...(field && { groupBy: field }) }, { openGroup });
    navigate(paths.assets);
  };
  return (
    <button type="button" className={className} onClick={open}>
      {children}
    </button>
  );
}
