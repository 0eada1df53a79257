import { Badge } from '@mantine/core';
import { daysUntil } from '#shared/domain/term.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { useText } from '../../text/use-text.ts';

/** From how many days before the end it shows, the most urgent first. */
const LEVELS = [
  [30, 'red'],
  [60, 'orange'],
  [90, 'yellow'],
] as const;

/** How soon a licence or contract ends; nothing while there is time, or where it was ended. */
export function TermBadge({ asset: { expiryDate, status } }: { readonly asset: Asset }) {
  const { t } = useText();
  if (!expiryDate || status === 'terminated') return null;
  const days = daysUntil(expiryDate, new Date().toISOString().slice(0, 10));
  if (days < 0) return <Badge color="red">{t('natures.term.expired')}</Badge>;
  const level = LEVELS.find(([within]) => days <= within);
  if (!level) return null;
  return (
    <Badge color={level[1]} variant="light">
      {days === 0 ? t('natures.term.today') : t('natures.term.inDays', { count: days })}
    </Badge>
  );
}
