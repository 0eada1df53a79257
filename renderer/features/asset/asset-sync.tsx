import { Group, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDeviceDesktop, IconPackage } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { QuestionOutput } from '#shared/protocol/data-port.ts';
import { Section } from '../../components/section.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useSyncState } from '../../store/use-sync-state.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';

type State = QuestionOutput['getAssetSync'];

/** Where this one record stands: on this desktop only, on its way by hand, or received by the agency, with its receipt. */
export function AssetSync({ id, updatedAt }: { readonly id: string; readonly updatedAt: string }) {
  const { t } = useText();
  const answer = useQuestion('getAssetSync', { id }, 'assets');
  const sync = useSyncState();
  const { refresh } = answer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an exchange or a change may have moved the record on.
  useEffect(refresh, [refresh, updatedAt, sync?.lastSuccess, sync?.waiting]);
  const state = readyValue(answer);
  return (
    <Section title={t('asset.section.sync')}>
      <div role="status" aria-live="polite">
        {answer.state === 'error' && <Text fz="sm">{t('asset.sync.unknown')}</Text>}
        {state && <SyncWords state={state} />}
      </div>
    </Section>
  );
}

const LOOKS = {
  local: { color: 'yellow', Icon: IconDeviceDesktop },
  sent: { color: 'blue', Icon: IconPackage },
  refused: { color: 'red', Icon: IconAlertTriangle },
  received: { color: 'forest', Icon: IconCheck },
} as const satisfies Record<State['state'], unknown>;

function SyncWords({ state }: { readonly state: State }) {
  const { t, language } = useText();
  const { color, Icon } = LOOKS[state.state];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon variant="light" color={color} radius="xl" size={30}>
        <Icon size={17} />
      </ThemeIcon>
      <div>
        <Text fz="sm" fw={600}>
          {t(`asset.sync.${state.state}`)}
        </Text>
        <Text fz="sm" c="dimmed">
          {words()}
        </Text>
      </div>
    </Group>
  );

  function words(): string {
    if (state.state === 'received') return receipt();
    if (state.state === 'sent') return t('asset.sync.sentText', { parcel: state.parcel });
    return t(`asset.sync.${state.state}Text`);
  }

  function receipt(): string {
    if (state.receipt === undefined) return t('asset.sync.receivedTextPlain');
    if (!state.receivedAt) return t('asset.sync.receivedTextNoDate', { receipt: state.receipt });
    return t('asset.sync.receivedText', { receipt: state.receipt, date: formatInstant(state.receivedAt, language) });
  }
}
