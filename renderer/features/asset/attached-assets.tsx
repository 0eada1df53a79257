import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { LinkKind } from '#shared/protocol/links.ts';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import { AssetRows } from './asset-rows.tsx';

const STEP = 10;
/** Most that one answer holds. */
const MAX = 200;

type AttachedAssetsProps = {
  readonly kind: LinkKind;
  readonly targetId: string;
  readonly label: string;
  readonly empty?: ReactNode;
  readonly below?: (id: string) => ReactNode;
  readonly onDetach?: ((assetId: string) => void) | undefined;
};

/** What is attached to a record, some at first. */
export function AttachedAssets({ kind, targetId, label, empty, below, onDetach }: AttachedAssetsProps) {
  const { t } = useText();
  const [limit, setLimit] = useState(STEP);
  const found = readyValue(useQuestion('findLinked', { kind, id: targetId, offset: 0, limit }, 'assets'));
  if (!found) return null;
  if (found.total === 0) return empty ?? null;
  const seats = new Map(found.links.map((link) => [link.id, link.seats]));
  const aside = (id: string) => kind === 'licence' && t('natures.links.seats', { count: seats.get(id) ?? 1 });
  return (
    <>
      <AssetRows
        label={label}
        ids={found.links.map(({ id }) => id)}
        aside={aside}
        onDetach={onDetach}
        {...(below && { below })}
      />
      {found.total > limit && limit < MAX && (
        <Button variant="subtle" size="xs" onClick={() => setLimit(Math.min(MAX, limit + STEP * 2))}>
          {t('natures.links.more')}
        </Button>
      )}
    </>
  );
}

/** Ids of what is attached, to leave them out of a search. */
export function useAttachedIds(kind: LinkKind, targetId: string): readonly string[] {
  const found = readyValue(useQuestion('findLinked', { kind, id: targetId, offset: 0, limit: MAX }, 'assets'));
  return found?.links.map(({ id }) => id) ?? [];
}
