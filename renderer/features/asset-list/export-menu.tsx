import { Button, Group, Menu, Progress, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { GroupField } from '#shared/protocol/asset-list.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { MAX_XLSX_ROWS } from '../../components/xlsx.ts';
import { useListView } from '../../store/list-view.tsx';
import { useText } from '../../text/use-text.ts';
import type { AssetQuestion } from './asset-source.ts';
import { usualColumns, WIDE } from './columns.ts';
import type { FileFormat } from './list-file.ts';
import { useGroupExport, useListExport } from './use-list-export.ts';

type ExportMenuProps = { readonly question: AssetQuestion; readonly total: number };

/** The list as a file: what is on screen, and all of it. */
export function ExportMenu({ question, total }: ExportMenuProps) {
  const { t } = useText();
  const { view } = useListView();
  const isWide = useMediaQuery(WIDE, false, { getInitialValueInEffect: false });
  const { progress, error, save, cancel } = useListExport(
    question,
    view.columns ?? usualColumns(isWide, view.chosen.nature),
  );
  const notify = useNotify();
  const [groupError, setGroupError] = useState<ErrorData>();
  const saveGroups = useGroupExport(question.filter);
  const groupBy = view.openGroup ? undefined : view.groupBy;
  const startGroups = async (format: FileFormat, field: GroupField) => {
    setGroupError(undefined);
    await saveGroups(format, field).then(
      (name) => notify(t('list.export.done', { name })),
      (cause: unknown) => setGroupError(toErrorData(cause)),
    );
  };
  const start = async (format: FileFormat) => {
    const name = await save(format);
    if (name) notify(t('list.export.done', { name }));
  };
  if (progress) {
    return (
      <Group gap="xs" wrap="nowrap">
        <div>
          <Text fz="xs">{t('list.export.progress', progress)}</Text>
          <Progress
            size="xs"
            w={150}
            value={progress.total === 0 ? 0 : (100 * progress.done) / progress.total}
            aria-label={t('list.export.open')}
          />
        </div>
        <Button size="compact-xs" variant="default" onClick={cancel}>
          {t('common.cancel')}
        </Button>
      </Group>
    );
  }
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconDownload size={14} />} disabled={total === 0}>
            {t('list.export.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {groupBy && (
            <>
              <Menu.Label>{t('list.export.groups')}</Menu.Label>
              <Menu.Item onClick={() => startGroups('xlsx', groupBy)}>{t('list.export.xlsxGroups')}</Menu.Item>
              <Menu.Item onClick={() => startGroups('csv', groupBy)}>{t('list.export.csvGroups')}</Menu.Item>
              <Menu.Divider />
            </>
          )}
          <Menu.Label>{t('list.export.all', { count: total })}</Menu.Label>
          <Menu.Item disabled={total > MAX_XLSX_ROWS} onClick={() => start('xlsx')}>
            {t('list.export.xlsx')}
          </Menu.Item>
          <Menu.Item onClick={() => start('csv')}>{t('list.export.csv')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ErrorAlert error={error ?? groupError} />
    </>
  );
}
