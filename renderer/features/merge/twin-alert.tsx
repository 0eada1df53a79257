import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { IconCopy, IconGitMerge } from '@tabler/icons-react';
import { Link } from 'wouter';
import { ruleOf } from '#shared/domain/lifecycle.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { paths } from '../../components/paths.ts';
import { useSession } from '../../store/session.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';

/** Says that a record was merged, or that others bear its numbers and may be the same thing. */
export function TwinAlert({ asset }: { readonly asset: Asset }) {
  return asset.status === 'merged' ? <Merged asset={asset} /> : <Twins asset={asset} />;
}

function Merged({ asset }: { readonly asset: Asset }) {
  const { t } = useText();
  return (
    <Alert color="gray" icon={<IconGitMerge />} title={t('merge.merged.title')}>
      <Text fz="sm">{t('merge.merged.text')}</Text>
      {asset.mergedIntoId && (
        <Anchor component={Link} fz="sm" fw={550} href={paths.asset(asset.mergedIntoId)}>
          {t('merge.merged.open')}
        </Anchor>
      )}
    </Alert>
  );
}

function Twins({ asset }: { readonly asset: Asset }) {
  const { t } = useText();
  const { identity } = useSession();
  const twins = readyValue(useQuestion('findTwins', { id: asset.id }, 'assets')) ?? [];
  if (twins.length === 0) return null;
  const mayMerge = identity !== null && ruleOf('record-merge').roles.includes(identity.person.role);
  return (
    <Alert color="yellow" icon={<IconCopy />} title={t('merge.twin.title')}>
      {twins.map(({ id, reference, by }) => (
        <Group key={id} gap="md" mt={4}>
          <Anchor component={Link} fz="sm" href={paths.asset(id)}>
            {t(`merge.twin.${by}`, { reference })}
          </Anchor>
          {mayMerge && (
            <Button component={Link} size="compact-sm" variant="default" href={paths.mergeAssets(asset.id, id)}>
              {t('merge.compare')}
            </Button>
          )}
        </Group>
      ))}
    </Alert>
  );
}
