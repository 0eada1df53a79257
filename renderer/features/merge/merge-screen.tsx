import { Anchor, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconGitMerge, IconSwitchHorizontal } from '@tabler/icons-react';
import { type SubmitEvent, useMemo, useState } from 'react';
import { map } from 'rxjs';
import { Link, useLocation } from 'wouter';
import { ruleOf } from '#shared/domain/lifecycle.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { EmptyScreen, LoadingScreen } from '../../components/screen-state.tsx';
import { useActNotice } from '../../store/act-notice.tsx';
import { useSession } from '../../store/session.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useLiveQuery } from '../../store/use-live-query.ts';
import { useText } from '../../text/use-text.ts';
import classes from './merge.module.css';
import { findDifferences, proposeTaken, toMergeChanges } from './merge-choices.ts';
import { MergeTable } from './merge-table.tsx';

type MergeScreenProps = { readonly keepId: string; readonly otherId: string };

/** Two records side by side: which goes on, and with which values. */
export function MergeScreen({ keepId, otherId }: MergeScreenProps) {
  const { t } = useText();
  const { identity } = useSession();
  const live = useLiveQuery(`${keepId} ${otherId}`, (database) =>
    database.assets
      .findByIds([keepId, otherId])
      .$.pipe(map((found) => [found.get(keepId)?.toJSON(), found.get(otherId)?.toJSON()] as const)),
  );
  if (live.state === 'loading') return <LoadingScreen />;
  if (live.state === 'error') return <ErrorAlert error={live.error} />;
  const [kept, other] = live.value;
  const mayMerge = identity !== null && ruleOf('record-merge').roles.includes(identity.person.role);
  const hindrance = mayMerge ? hindranceOf(kept, other) : 'role';
  if (!kept || !other || hindrance) {
    return (
      <EmptyScreen
        icon={<IconGitMerge />}
        title={t('merge.cannot.title')}
        text={t(`merge.cannot.${hindrance ?? 'gone'}`)}
      >
        <Button component={Link} href={paths.assets} variant="default" mt="sm">
          {t('asset.backToList')}
        </Button>
      </EmptyScreen>
    );
  }
  return <MergeForm kept={kept} other={other} />;
}

function hindranceOf(kept: Asset | undefined, other: Asset | undefined): 'gone' | 'nature' | 'merged' | undefined {
  if (!kept || !other || kept.id === other.id) return 'gone';
  if (kept.nature !== other.nature) return 'nature';
  return kept.status === 'merged' || other.status === 'merged' ? 'merged' : undefined;
}

function MergeForm({ kept, other }: { readonly kept: Asset; readonly other: Asset }) {
  const { t } = useText();
  const [, navigate] = useLocation();
  const { announce } = useActNotice();
  const { run, isRunning, error } = useCommand('mergeAssets');
  const differences = useMemo(() => findDifferences(kept, other), [kept, other]);
  const [taken, setTaken] = useState(() => proposeTaken(differences));
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!reason.trim()) return document.getElementById('merge-reason')?.focus();
    const changes = toMergeChanges(kept, differences, taken);
    const answer = await run({ keepId: kept.id, otherId: other.id, changes, reason: reason.trim() });
    if (!answer) return;
    announce({
      actId: answer.actId,
      act: 'record-merge',
      assetIds: [kept.id, other.id],
      message: t('merge.done', { kept: kept.reference, other: other.reference }),
      canBeUndone: true,
    });
    navigate(paths.asset(kept.id));
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className={classes.page}>
      <Stack gap="md">
        <header>
          <Anchor component={Link} href={paths.asset(kept.id)} fz="sm">
            ← {kept.reference}
          </Anchor>
          <Title order={1}>{t('merge.title')}</Title>
          <Text fz="sm" c="dimmed" maw="44rem">
            {t('merge.intro')}
          </Text>
        </header>
        <Group justify="flex-end">
          <Button
            component={Link}
            href={paths.mergeAssets(other.id, kept.id)}
            variant="default"
            size="xs"
            leftSection={<IconSwitchHorizontal size={15} />}
          >
            {t('merge.swap')}
          </Button>
        </Group>
        <MergeTable kept={kept} other={other} differences={differences} taken={taken} onTake={setTaken} />
        <Textarea
          id="merge-reason"
          label={t('merge.reason')}
          description={t('merge.reasonHint')}
          required
          error={isChecked && !reason.trim() && t('domain.problem.required')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={1}
          maxLength={1000}
        />
        <ErrorAlert error={error} />
        <Group justify="flex-end">
          <Button component={Link} href={paths.asset(kept.id)} variant="default">
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={isRunning} leftSection={<IconGitMerge size={17} />}>
            {t('merge.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
