import { Button, Group, Text } from '@mantine/core';
import { IconCopy, IconEye, IconEyeOff, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { Section } from '../../components/section.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useDesktop } from '../../store/desktop.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import { type KeyTask, LicenceKeyDialog } from './licence-key-dialog.tsx';
import classes from './natures.module.css';
import { useMayEdit } from './use-may-edit.ts';
import { useRevealed } from './use-revealed.ts';

const MASK = '••••• ••••• ••••• •••••';

/** The key of a licence, masked until the passphrase is given again (SPEC L4). */
export function LicenceKeySection({ asset }: { readonly asset: Asset }) {
  const { t } = useText();
  const notify = useNotify();
  const mayEdit = useMayEdit(asset);
  const kept = useQuestion('hasLicenceKey', { assetId: asset.id });
  const [task, setTask] = useState<KeyTask>();
  const { revealed, secondsLeft, reveal, hide } = useRevealed(asset.id);
  const copy = useCopySecret();
  const hasKey = readyValue(kept);
  if (hasKey === undefined || (!hasKey && !mayEdit)) return null;
  return (
    <Section title={t('natures.key.title')}>
      {hasKey ? (
        <>
          <div className={classes.key}>{revealed ?? <Mask />}</div>
          <Text fz="xs" c="dimmed" mt={4} {...(revealed !== undefined && { role: 'timer' })}>
            {revealed === undefined ? t('natures.key.local') : t('natures.key.hidesIn', { count: secondsLeft })}
          </Text>
        </>
      ) : (
        <Text fz="sm" c="dimmed">
          {t('natures.key.none')}
        </Text>
      )}
      {mayEdit && (
        <KeyButtons
          hasKey={hasKey}
          isRevealed={revealed !== undefined}
          onChoose={setTask}
          onCopy={() => revealed !== undefined && void copy(revealed)}
          onHide={hide}
        />
      )}
      {task && (
        <LicenceKeyDialog
          assetId={asset.id}
          task={task}
          onClose={() => setTask(undefined)}
          onRevealed={reveal}
          onChanged={() => {
            hide();
            kept.refresh();
            notify(t(task === 'remove' ? 'natures.key.removed' : 'natures.key.saved'));
          }}
        />
      )}
    </Section>
  );
}

type KeyButtonsProps = {
  readonly hasKey: boolean;
  readonly isRevealed: boolean;
  readonly onChoose: (task: KeyTask) => void;
  readonly onCopy: () => void;
  readonly onHide: () => void;
};

function KeyButtons({ hasKey, isRevealed, onChoose, onCopy, onHide }: KeyButtonsProps) {
  const { t } = useText();
  if (!hasKey) {
    return (
      <Button mt="sm" size="xs" variant="default" leftSection={<IconKey size={15} />} onClick={() => onChoose('write')}>
        {t('natures.key.write')}
      </Button>
    );
  }
  return (
    <Group gap="xs" mt="sm">
      {isRevealed ? (
        <>
          <Button size="xs" variant="light" leftSection={<IconCopy size={15} />} onClick={onCopy}>
            {t('natures.key.copy')}
          </Button>
          <Button size="xs" variant="default" leftSection={<IconEyeOff size={15} />} onClick={onHide}>
            {t('natures.key.hide')}
          </Button>
        </>
      ) : (
        <Button size="xs" variant="light" leftSection={<IconEye size={15} />} onClick={() => onChoose('reveal')}>
          {t('natures.key.show')}
        </Button>
      )}
      <Button size="xs" variant="subtle" onClick={() => onChoose('write')}>
        {t('natures.key.replace')}
      </Button>
      <Button size="xs" variant="subtle" color="red" onClick={() => onChoose('remove')}>
        {t('natures.key.remove')}
      </Button>
    </Group>
  );
}

function Mask() {
  const { t } = useText();
  return (
    <>
      <span aria-hidden="true">{MASK}</span>
      <span className="visually-hidden">{t('natures.key.masked')}</span>
    </>
  );
}

/** Copies a secret; the clipboard is emptied of it in a minute. */
function useCopySecret(): (secret: string) => Promise<void> {
  const { t } = useText();
  const notify = useNotify();
  const { bridge } = useDesktop();
  return async (secret) => {
    await navigator.clipboard.writeText(secret);
    await bridge.clearClipboardLater();
    notify(t('natures.key.copied'));
  };
}
