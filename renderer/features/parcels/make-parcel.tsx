import { Alert, Button, Checkbox, Group, Progress, Select, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconPackageExport, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import type { QuestionOutput } from '#shared/protocol/data-port.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { formatBytes } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './parcels.module.css';
import { type Parts, useMakeParcel } from './use-make-parcel.ts';

/** Bytes of body in one file. */
const SIZES = { stick: 100_000_000, mail: 25_000_000, smallMail: 4_000_000, floppy: 1_400_000 } as const;
type Size = keyof typeof SIZES;
const NAMES: readonly Size[] = ['stick', 'mail', 'smallMail', 'floppy'];

type MakeParcelProps = {
  readonly waiting: Pick<QuestionOutput['getParcels'], 'totals' | 'rowBytes' | 'files' | 'canMake'>;
  readonly onDone: () => void;
};

/** What waits, sealed into files that go on a stick. */
export function MakeParcel({ waiting: { totals, rowBytes, files, canMake }, onDone }: MakeParcelProps) {
  const { t, language } = useText();
  const [size, setSize] = useState<Size>('stick');
  const [isWithout, setWithout] = useState(false);
  const making = useMakeParcel();
  const rows = totals.local + totals.sent;
  const bytes = files.local.bytes + files.sent.bytes;
  const make = async () => {
    await making.start({ partSize: SIZES[size], withFiles: bytes > 0 && !isWithout });
    onDone();
  };
  return (
    <Section title={t('parcels.make.title')}>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {rows > 0 ? t('parcels.make.waiting', { count: rows }) : t('parcels.make.nothing')}{' '}
          {rows > 0 && t('parcels.make.rowsSize', { size: formatBytes(rowBytes, language) })}
        </Text>
        {canMake ? (
          <>
            {bytes > 0 && (
              <FilesChoice
                count={files.local.files + files.sent.files}
                bytes={bytes}
                isChecked={!isWithout}
                isDisabled={making.isRunning}
                onChange={(isChecked) => setWithout(!isChecked)}
              />
            )}
            <Select
              label={t('parcels.make.size')}
              description={t('parcels.make.folder')}
              data={NAMES.map((name) => ({ value: name, label: t(`parcels.make.sizes.${name}`) }))}
              value={size}
              onChange={(value) => setSize(NAMES.find((name) => name === value) ?? 'stick')}
              allowDeselect={false}
              disabled={making.isRunning}
            />
            <div>
              <Button
                loading={making.isRunning}
                leftSection={<IconPackageExport size={17} />}
                onClick={() => void make()}
              >
                {t('parcels.make.button')}
              </Button>
            </div>
          </>
        ) : (
          <Alert color="yellow" icon={<IconPlugConnectedX />} title={t('parcels.make.noKeys')}>
            <Text fz="sm">{t('parcels.make.noKeysText')}</Text>
          </Alert>
        )}
        {making.isRunning && making.parts && <Writing parts={making.parts} onStop={making.stop} />}
        <ErrorAlert error={making.error} />
        {making.made && !making.error && <Made names={making.made} parts={making.parts} />}
      </Stack>
    </Section>
  );
}

type FilesChoiceProps = {
  readonly count: number;
  readonly bytes: number;
  readonly isChecked: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (isChecked: boolean) => void;
};

/** With photos and documents or without: what they weigh is said before. */
function FilesChoice({ count, bytes, isChecked, isDisabled, onChange }: FilesChoiceProps) {
  const { t, language } = useText();
  const size = formatBytes(bytes, language);
  return (
    <Checkbox
      label={count > 0 ? t('parcels.make.withFiles', { count, size }) : t('parcels.make.withThumbnails', { size })}
      description={t('parcels.make.withFilesText')}
      checked={isChecked}
      disabled={isDisabled}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function Writing({ parts: { done, total }, onStop }: { readonly parts: Parts; readonly onStop: () => void }) {
  const { t } = useText();
  const text = t('parcels.make.writing', { done, total });
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <Text fz="sm">{text}</Text>
        <Button size="compact-sm" variant="default" onClick={onStop}>
          {t('parcels.make.stop')}
        </Button>
      </Group>
      <Progress value={(100 * done) / total} aria-label={text} />
    </Stack>
  );
}

function Made({ names, parts }: { readonly names: readonly string[]; readonly parts: Parts | undefined }) {
  const { t } = useText();
  const left = parts ? parts.total - parts.done : 0;
  return (
    <Alert
      color={left > 0 ? 'yellow' : 'forest'}
      role="status"
      icon={<IconCircleCheck />}
      title={t('parcels.make.doneTitle', { count: names.length })}
    >
      <Stack gap={4}>
        {names.slice(0, 10).map((name) => (
          <Text key={name} fz="sm" fw={600} className={classes.name}>
            {name}
          </Text>
        ))}
        {names.length > 10 && <Text fz="sm">…</Text>}
        {left > 0 && <Text fz="sm">{t('parcels.make.stopped', { count: left })}</Text>}
        <Text fz="sm">{t('parcels.make.doneText')}</Text>
      </Stack>
    </Alert>
  );
}
