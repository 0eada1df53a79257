import { ActionIcon, Anchor, Button, CopyButton, Group, Menu, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconCopyPlus, IconDots, IconFileOff, IconPencil, IconStack2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { map } from 'rxjs';
import { Link } from 'wouter';
import { isAllowed } from '#shared/domain/roles.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { AssetPapers } from '../../components/asset-papers.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { EmptyScreen, LoadingScreen } from '../../components/screen-state.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useSession } from '../../store/session.tsx';
import { useLiveQuery } from '../../store/use-live-query.ts';
import { useText } from '../../text/use-text.ts';
import { AssetFacts } from './asset-facts.tsx';
import classes from './asset-screen.module.css';
import { AssetSync } from './asset-sync.tsx';
import { ChangeMapSection } from './change-map-section.tsx';
import { History } from './history.tsx';
import { HardwareSections, LeadingSections } from './nature-sections.tsx';

type AssetScreenProps = {
  readonly id: string;
  /** What may be done to it: the first thing one comes for. */
  readonly actions: (asset: Asset) => ReactNode;
  /** What one should know before anything else. */
  readonly notice: (asset: Asset) => ReactNode;
  /** Photos and documents. */
  readonly files: (asset: Asset) => ReactNode;
};

/** One asset: what it is, where it is, whether the agency has it, and everything that happened to it. */
export function AssetScreen({ id, actions, notice, files }: AssetScreenProps) {
  const { t } = useText();
  const live = useLiveQuery(id, (database) =>
    database.assets.findOne(id).$.pipe(map((document) => (document ? document.toJSON() : null))),
  );
  if (live.state === 'loading') return <LoadingScreen />;
  if (live.state === 'error') return <ErrorAlert error={live.error} />;
  if (!live.value || live.value.id !== id) {
    return (
      <EmptyScreen icon={<IconFileOff />} title={t('asset.notFound.title')} text={t('asset.notFound.text')}>
        <Button component={Link} href={paths.assets} variant="default" mt="sm">
          {t('asset.backToList')}
        </Button>
      </EmptyScreen>
    );
  }
  return (
    <AssetPage asset={live.value} actions={actions(live.value)} notice={notice(live.value)} files={files(live.value)} />
  );
}

type HeadProps = { readonly asset: Asset; readonly actions: ReactNode };

type PageProps = HeadProps & { readonly notice: ReactNode; readonly files: ReactNode };

function AssetPage({ asset, actions, notice, files }: PageProps) {
  return (
    <Stack gap="md" className={classes.page}>
      <Head asset={asset} actions={actions} />
      {notice}
      <div className={classes.columns}>
        <Stack gap="md">
          <LeadingSections asset={asset} />
          <AssetFacts asset={asset} />
          {files}
          <HardwareSections asset={asset} />
        </Stack>
        <Stack gap="md">
          <AssetSync id={asset.id} updatedAt={asset.updatedAt} />
          <AssetPapers assetId={asset.id} />
          <ChangeMapSection assetId={asset.id} />
          <History assetId={asset.id} />
        </Stack>
      </div>
    </Stack>
  );
}

function Head({ asset, actions }: HeadProps) {
  const { t } = useText();
  const { identity } = useSession();
  const role = identity?.person.role;
  return (
    <header>
      <Anchor component={Link} href={paths.assets} fz="sm">
        ← {t('asset.backToList')}
      </Anchor>
      <div className={classes.head}>
        <div className={classes.names}>
          <Title order={1}>{asset.designation}</Title>
          <Group gap="lg" mt={4}>
            <Reference reference={asset.reference} />
            <Text component="span" fz="sm" fw={550}>
              <StatusBadge status={asset.status} />
            </Text>
          </Group>
        </div>
        <Group gap="xs">
          {actions}
          {role && isAllowed(role, 'asset.update') && (
            <Button
              component={Link}
              href={paths.editAsset(asset.id)}
              variant="default"
              leftSection={<IconPencil size={17} />}
            >
              {t('asset.edit')}
            </Button>
          )}
          {role && isAllowed(role, 'asset.create') && <CopyMenu asset={asset} />}
        </Group>
      </div>
    </header>
  );
}

function Reference({ reference }: { readonly reference: string }) {
  const { t } = useText();
  return (
    <Group gap={4}>
      <Text c="dimmed" fz="sm">
        {reference}
      </Text>
      <CopyButton value={reference}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'common.copied' : 'asset.copyReference')}>
            <ActionIcon size="sm" aria-label={t('asset.copyReference')} onClick={copy}>
              {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}

/** The record as a template for others like it. */
function CopyMenu({ asset: { id, nature } }: { readonly asset: Asset }) {
  const { t } = useText();
  return (
    <Menu position="bottom-end" width={280} shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon size={36} variant="default" aria-label={t('common.more')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} href={paths.duplicateAsset(id)} leftSection={<IconCopyPlus size={17} />}>
          {t('series.duplicate')}
          <Text fz="xs" c="dimmed">
            {t('series.duplicateHint')}
          </Text>
        </Menu.Item>
        {nature === 'hardware' && (
          <Menu.Item component={Link} href={paths.newSeriesLike(id)} leftSection={<IconStack2 size={17} />}>
            {t('series.asSeries')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
