import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { ACT_NAMES, type Act, actsFor, ruleOf } from '#shared/domain/lifecycle.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { useSession } from '../../store/session.tsx';
import { useText } from '../../text/use-text.ts';
import { ACT_GROUP_NAMES, ACT_GROUPS, likelyActs } from './act-choice.ts';
import { ActDialog } from './act-dialog.tsx';

/** What may be done to this asset: the likeliest as buttons, all of it in a menu. */
export function AssetActs({ asset }: { readonly asset: Asset }) {
  const { t } = useText();
  const { identity } = useSession();
  const [act, setAct] = useState<Act>();
  if (!identity) return null;
  const { role } = identity.person;
  const possible = actsFor(asset.status, role, asset.nature);
  if (possible.length === 0) return <NoActs asset={asset} />;
  const likely = likelyActs(asset, role);
  return (
    <>
      {likely.map((name, place) => (
        <Button key={name} variant={place === 0 ? 'filled' : 'light'} onClick={() => setAct(name)}>
          {t(`acts.verb.${name}`)}
        </Button>
      ))}
      {possible.length > likely.length && <ActMenu acts={possible} onChoose={setAct} />}
      {act && <ActDialog key={act} act={act} assets={[asset]} onClose={() => setAct(undefined)} />}
    </>
  );
}

function NoActs({ asset: { status } }: { readonly asset: Asset }) {
  const { t } = useText();
  const isFinal = ACT_NAMES.every((act) => !ruleOf(act).from.includes(status));
  return (
    <Text fz="sm" c="dimmed" maw="18rem">
      {t(isFinal ? 'acts.final' : 'acts.menuNone')}
    </Text>
  );
}

type ActMenuProps = { readonly acts: readonly Act[]; readonly onChoose: (act: Act) => void };

function ActMenu({ acts, onChoose }: ActMenuProps) {
  const { t } = useText();
  const groups = ACT_GROUP_NAMES.map((group) => ({
    group,
    members: ACT_GROUPS[group].filter((act) => acts.includes(act)),
  }));
  return (
    <Menu position="bottom-end" width={270} shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} />}>
          {t('acts.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {groups
          .filter(({ members }) => members.length > 0)
          .map(({ group, members }) => (
            <Fragment key={group}>
              <Menu.Label>{t(`acts.group.${group}`)}</Menu.Label>
              {members.map((act) => (
                <Menu.Item key={act} onClick={() => onChoose(act)}>
                  {t(`acts.verb.${act}`)}
                </Menu.Item>
              ))}
            </Fragment>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
