import { Text } from '@mantine/core';
import { type ComponentType, createContext, use } from 'react';
import { type Act, ruleOf } from '#shared/domain/lifecycle.ts';
import { useText } from '../text/use-text.ts';

export type ActPapersProps = { readonly actId: string; readonly act: Act; readonly assetIds: readonly string[] };

/** What offers the papers of an act; put in place by the application, so that no feature needs to know another. */
export const ActPapersSlot = createContext<ComponentType<ActPapersProps> | null>(null);

/** The papers that an act asks for: with a way to make them where there is one, else by their names. */
export function ActPapers(props: ActPapersProps) {
  const { t } = useText();
  const Slot = use(ActPapersSlot);
  const { papers } = ruleOf(props.act);
  if (papers.length === 0) return null;
  if (Slot) return <Slot {...props} />;
  return (
    <Text fz="xs" c="dimmed">
      {t('acts.notice.papers')} {papers.map((paper) => t(`acts.paper.${paper}`)).join(', ')}
    </Text>
  );
}
