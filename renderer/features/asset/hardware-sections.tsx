import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { LINK_KINDS, type LinkKind } from '#shared/protocol/links.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import { AssetRows } from './asset-rows.tsx';
import { AttachBox } from './attach-box.tsx';
import { AttachedAssets, useAttachedIds } from './attached-assets.tsx';
import classes from './natures.module.css';
import { type Links, useLinks } from './use-links.ts';
import { useMayEdit } from './use-may-edit.ts';

/** How far down parts of parts are shown. */
const LEVELS = 3;

/** What a piece of equipment is a part of, its own parts, the licences it uses and the contracts that cover it. */
export function LinksSection({ asset }: { readonly asset: Asset }) {
  const { t } = useText();
  const mayEdit = useMayEdit(asset);
  const links = useLinks();
  const { parentId } = asset;
  const licences = Object.keys(asset.licences ?? {});
  const contracts = Object.keys(asset.contracts ?? {});
  const detach = (kind: LinkKind) =>
    mayEdit ? (targetId: string) => void links.detach({ kind, targetId, assetId: asset.id }) : undefined;
  const parts = readyValue(useQuestion('countLinked', { kind: 'part', ids: [asset.id] }, 'assets'));
  const hasParts = (parts?.[asset.id]?.assets ?? 0) > 0;
  const isEmpty = !parentId && !hasParts && licences.length === 0 && contracts.length === 0;
  if (isEmpty && !mayEdit) return null;
  return (
    <Section title={t('natures.links.title')}>
      {parentId && (
        <Part title={t('natures.links.partOf')}>
          <AssetRows label={t('natures.links.partOf')} ids={[parentId]} onDetach={detach('part')} />
        </Part>
      )}
      {hasParts && (
        <Part title={t('natures.links.parts')}>
          <Parts wholeId={asset.id} level={1} links={mayEdit ? links : undefined} />
        </Part>
      )}
      {licences.length > 0 && (
        <Part title={t('natures.links.licences')}>
          <AssetRows
            label={t('natures.links.licences')}
            ids={licences}
            aside={(id) => t('natures.links.seats', { count: asset.licences?.[id] ?? 1 })}
            onDetach={detach('licence')}
          />
        </Part>
      )}
      {contracts.length > 0 && (
        <Part title={t('natures.links.contracts')}>
          <AssetRows label={t('natures.links.contracts')} ids={contracts} onDetach={detach('contract')} />
        </Part>
      )}
      <ErrorAlert error={links.error} />
      {mayEdit && <AddLink asset={asset} links={links} />}
    </Section>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <h3 className={classes.subtitle}>{title}</h3>
      {children}
    </div>
  );
}

type PartsProps = { readonly wholeId: string; readonly level: number; readonly links: Links | undefined };

/** A small tree; two desktops may have closed a loop, so it ends by itself. */
function Parts({ wholeId, level, links }: PartsProps) {
  const { t } = useText();
  const below =
    level < LEVELS
      ? (id: string) => (
          <div className={classes.below}>
            <Parts wholeId={id} level={level + 1} links={undefined} />
          </div>
        )
      : undefined;
  return (
    <AttachedAssets
      kind="part"
      targetId={wholeId}
      label={t('natures.links.parts')}
      onDetach={links && ((assetId) => void links.detach({ kind: 'part', targetId: wholeId, assetId }))}
      {...(below && { below })}
    />
  );
}

const NATURE_OF = { part: 'hardware', licence: 'licence', contract: 'contract' } as const;
const ADD_TEXT = {
  part: 'natures.links.addPart',
  licence: 'natures.links.addLicence',
  contract: 'natures.links.addContract',
} as const;

function AddLink({ asset, links }: { readonly asset: Asset; readonly links: Links }) {
  const { t } = useText();
  const [kind, setKind] = useState<LinkKind>();
  const parts = useAttachedIds('part', asset.id);
  const without = {
    part: [asset.id, ...(asset.parentId ? [asset.parentId] : []), ...parts],
    licence: Object.keys(asset.licences ?? {}),
    contract: Object.keys(asset.contracts ?? {}),
  } as const;
  const attach = (chosen: string, seats: number) => {
    if (kind === 'part') void links.attach({ kind, targetId: asset.id, assetId: chosen });
    else if (kind) {
      void links.attach({ kind, targetId: chosen, assetId: asset.id, ...(kind === 'licence' && { seats }) });
    }
    setKind(undefined);
  };
  return (
    <>
      {kind && (
        <AttachBox
          key={kind}
          label={t(`natures.links.choose.${kind}`)}
          nature={NATURE_OF[kind]}
          without={without[kind]}
          hasSeats={kind === 'licence'}
          autoFocus
          onChoose={attach}
        />
      )}
      <Group gap="xs" mt="sm">
        {LINK_KINDS.map((name) => (
          <Button
            key={name}
            size="xs"
            variant={name === kind ? 'light' : 'default'}
            aria-pressed={name === kind}
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => setKind(name === kind ? undefined : name)}
          >
            {t(ADD_TEXT[name])}
          </Button>
        ))}
      </Group>
    </>
  );
}
