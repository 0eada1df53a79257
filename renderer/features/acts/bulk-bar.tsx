import { Button, CloseButton, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconPencil } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { map } from 'rxjs';
import { Link } from 'wouter';
import { MAX_ACT_ASSETS } from '#shared/domain/act.ts';
import { type Act, ruleOf } from '#shared/domain/lifecycle.ts';
import { isAllowed, type Role } from '#shared/domain/roles.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { paths } from '../../components/paths.ts';
import { useSelection } from '../../store/selection.tsx';
import { useSession } from '../../store/session.tsx';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { useText } from '../../text/use-text.ts';
import { type Hindrance, likelyActs, sortActs } from './act-choice.ts';
import { ActDialog } from './act-dialog.tsx';
import classes from './bulk-bar.module.css';
import { BulkEditDialog } from './bulk-edit-dialog.tsx';

/** What may be done to all the assets chosen in the list. Nothing while none is chosen. */
export function BulkBar() {
  const { identity } = useSession();
  const { ids } = useSelection();
  const role = identity?.person.role;
  return ids.size > 0 && role ? <Bar role={role} /> : null;
}

function Bar({ role }: { readonly role: Role }) {
  const { t } = useText();
  const { ids, cutFrom, clear } = useSelection();
  const assets = useChosenAssets(ids);
  const [act, setAct] = useState<Act>();
  const [isEditing, setEditing] = useState(false);
  const { possible, hindered } = useMemo(() => sortActs(assets ?? [], role), [assets, role]);
  const likely = assets ? likelyOf(assets, possible, role) : [];
  return (
    <section className={classes.bar} aria-label={t('acts.selection.label')}>
      <div className={classes.words} role="status">
        <Text fw={600}>{t('acts.selection.count', { count: ids.size })}</Text>
        {cutFrom !== undefined && (
          <Text fz="xs" c="dimmed">
            {t('acts.selection.cut', { max: MAX_ACT_ASSETS, total: cutFrom })}
          </Text>
        )}
        {assets && possible.length === 0 && (
          <Text fz="xs" c="dimmed">
            {t('acts.selection.none')}
          </Text>
        )}
      </div>
      {assets && (
        <>
          {likely.map((name, place) => (
            <Button key={name} size="xs" variant={place === 0 ? 'filled' : 'light'} onClick={() => setAct(name)}>
              {t(`acts.verb.${name}`)}
            </Button>
          ))}
          <BulkMenu possible={possible} hindered={hindered} onChoose={setAct} />
          {assets.length === 2 && ruleOf('record-merge').roles.includes(role) && <MergeButton assets={assets} />}
          {isAllowed(role, 'asset.update') && (
            <Button size="xs" variant="default" leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
              {t('acts.selection.edit')}
            </Button>
          )}
        </>
      )}
      <CloseButton aria-label={t('acts.selection.clear')} title={t('acts.selection.clear')} onClick={clear} />
      {act && assets && (
        <ActDialog key={act} act={act} assets={assets} onClose={() => setAct(undefined)} onDone={clear} />
      )}
      {isEditing && assets && <BulkEditDialog assets={assets} onClose={() => setEditing(false)} onDone={clear} />}
    </section>
  );
}

const BUTTONS = 2;

/** What one most often does to assets of these statuses, as far as all of them allow it. */
function likelyOf(assets: readonly Asset[], possible: readonly Act[], role: Role): readonly Act[] {
  const kinds = new Map(assets.map((asset) => [`${asset.nature} ${asset.status}`, asset]));
  const wished = [...kinds.values()]
    .flatMap((asset) => likelyActs(asset, role))
    .filter((act) => possible.includes(act));
  return [...new Set([...wished, ...possible])].slice(0, BUTTONS);
}

/** Two records that may be one thing; the one that was registered first is proposed as the one to keep. */
function MergeButton({ assets }: { readonly assets: readonly Asset[] }) {
  const { t } = useText();
  const [kept, other] = [...assets].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  if (!kept || !other || kept.nature !== other.nature) return null;
  if (kept.status === 'merged' || other.status === 'merged') return null;
  return (
    <Button component={Link} size="xs" variant="default" href={paths.mergeAssets(kept.id, other.id)}>
      {t('merge.compare')}
    </Button>
  );
}

type BulkMenuProps = {
  readonly possible: readonly Act[];
  readonly hindered: readonly Hindrance[];
  readonly onChoose: (act: Act) => void;
};

function BulkMenu({ possible, hindered, onChoose }: BulkMenuProps) {
  const { t } = useText();
  const why = ({ statuses }: Hindrance) =>
    statuses
      .map(([status, count]) => t('acts.selection.hinders', { count, status: t(`domain.status.${status}`) }))
      .join(', ');
  return (
    <Menu position="top-end" width={330} shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<IconChevronDown size={15} />}>
          {t('acts.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        {possible.length > 0 && <Menu.Label>{t('acts.selection.possible')}</Menu.Label>}
        {possible.map((act) => (
          <Menu.Item key={act} onClick={() => onChoose(act)}>
            {t(`acts.verb.${act}`)}
          </Menu.Item>
        ))}
        {hindered.length > 0 && <Menu.Label>{t('acts.selection.hindered')}</Menu.Label>}
        {hindered.map((hindrance) => (
          // It can be reached and read, so that everyone learns why.
          <Menu.Item key={hindrance.act} aria-disabled="true" closeMenuOnClick={false} c="dimmed">
            {t(`acts.verb.${hindrance.act}`)}
            <span className={classes.why}>{why(hindrance)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** In the order in which they were chosen; undefined until all are read. */
function useChosenAssets(ids: ReadonlySet<string>): readonly Asset[] | undefined {
  const wanted = [...ids];
  const live = useLiveQuery(wanted.join(), (database) =>
    database.assets
      .findByIds(wanted)
      .$.pipe(map((documents) => wanted.flatMap((id) => documents.get(id)?.toJSON() ?? []))),
  );
  const assets = readyValue(live);
  // The former answer stays until the new one: it is of another selection.
  const isThis = assets?.length === ids.size && assets.every(({ id }) => ids.has(id));
  return isThis ? assets : undefined;
}
