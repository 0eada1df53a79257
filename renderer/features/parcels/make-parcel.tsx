import { Alert, Button, Select, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconPackageExport, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import type { NamedBytes, SyncTotals } from '#shared/protocol/parcel-port.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';
import classes from './parcels.module.css';
import { saveFiles } from './save-files.ts';

/** Bytes of body in one file. */
const SIZES = { stick: 100_000_000, mail: 25_000_000, smallMail: 4_000_000, floppy: 1_400_000 } as const;
type Size = keyof typeof SIZES;
const NAMES: readonly Size[] = ['stick', 'mail', 'smallMail', 'floppy'];

type MakeParcelProps = {
  readonly totals: SyncTotals;
  readonly canMake: boolean;
  readonly onDone: () => void;
};

/** What waits, sealed into files that go on a stick. */
export function MakeParcel({ totals, canMake, onDone }: MakeParcelProps) {
  const { t } = useText();
  const { run, isRunning, error } = useCommand('makeParcel');
  const [size, setSize] = useState<Size>('stick');
  const [made, setMade] = useState<readonly NamedBytes[]>();
  const waiting = totals.local + totals.sent;
  const make = async () => {
    const answer = await run({ partSize: SIZES[size] });
    if (!answer) return;
    saveFiles(answer.files);
    setMade(answer.files);
    onDone();
  };
  return (
    <Section title={t('parcels.make.title')}>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {waiting > 0 ? t('parcels.make.waiting', { count: waiting }) : t('parcels.make.nothing')}
        </Text>
        {canMake ? (
          <>
            <Select
              label={t('parcels.make.size')}
              data={NAMES.map((name) => ({ value: name, label: t(`parcels.make.sizes.${name}`) }))}
              value={size}
              onChange={(value) => setSize(NAMES.find((name) => name === value) ?? 'stick')}
              allowDeselect={false}
            />
            <div>
              <Button loading={isRunning} leftSection={<IconPackageExport size={17} />} onClick={() => void make()}>
                {t('parcels.make.button')}
              </Button>
            </div>
          </>
        ) : (
          <Alert color="yellow" icon={<IconPlugConnectedX />} title={t('parcels.make.noKeys')}>
            <Text fz="sm">{t('parcels.make.noKeysText')}</Text>
          </Alert>
        )}
        <ErrorAlert error={error} />
        {made && !error && <Made files={made} />}
      </Stack>
    </Section>
  );
}

function Made({ files }: { readonly files: readonly NamedBytes[] }) {
  const { t } = useText();
  return (
    <Alert
      color="forest"
      role="status"
      icon={<IconCircleCheck />}
      title={t('parcels.make.doneTitle', { count: files.length })}
    >
      <Stack gap={4}>
        {files.slice(0, 10).map(({ name }) => (
          <Text key={name} fz="sm" fw={600} className={classes.name}>
            {name}
          </Text>
        ))}
        {files.length > 10 && <Text fz="sm">…</Text>}
        <Text fz="sm">{t('parcels.make.doneText')}</Text>
      </Stack>
    </Alert>
  );
}
