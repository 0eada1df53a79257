import { ActionIcon, Anchor, Button, CopyButton, Group, Menu, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconCheck, IconChevronDown, IconCopy, IconFileOff, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { map } from 'rxjs';
import { Link } from 'wouter';
import { TRANSITIONS } from '#shared/domain/lifecycle.ts';
import { isAllowed } from '#shared/domain/roles.ts';
import type { Asset, AssetStatus } from '#shared/schema/asset.ts';
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
import { History } from './history.tsx';
import { StatusDialog } from './status-dialog.tsx';

/** One asset: what it is, where it is, whether the agency has it, and everything that happened to it. */
export function AssetScreen({ id }: { readonly id: string }) {
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
  return <AssetPage asset={live.value} />;
}

function AssetPage({ asset }: { readonly asset: Asset }) {
  return (
    <Stack gap="md" className={classes.page}>
      <Head asset={asset} />
      <div className={classes.columns}>
        <AssetFacts asset={asset} />
        <Stack gap="md">
          <AssetSync id={asset.id} updatedAt={asset.updatedAt} />
          <History assetId={asset.id} />
        </Stack>
      </div>
    </Stack>
  );
}

function Head({ asset }: { readonly asset: Asset }) {
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
        <Group gap="xs" wrap="nowrap">
          {role && isAllowed(role, 'asset.changeStatus') && <StatusMenu asset={asset} />}
          {role && isAllowed(role, 'asset.update') && (
            <Button component={Link} href={paths.editAsset(asset.id)} leftSection={<IconPencil size={17} />}>
              {t('asset.edit')}
            </Button>
          )}
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

function StatusMenu({ asset }: { readonly asset: Asset }) {
  const { t } = useText();
  const [target, setTarget] = useState<AssetStatus>();
  const possible = TRANSITIONS[asset.status];
  return (
    <>
      <Menu position="bottom-end" width={240} shadow="md">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            {t('asset.changeStatus')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {possible.length === 0 && (
            <Text fz="sm" c="dimmed" p="xs">
              {t('asset.statusDialog.final')}
            </Text>
          )}
          {possible.map((status) => (
            <Menu.Item key={status} onClick={() => setTarget(status)}>
              <StatusBadge status={status} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {target && <StatusDialog asset={asset} target={target} onClose={() => setTarget(undefined)} />}
    </>
  );
}
